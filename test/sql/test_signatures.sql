--
-- The functions for users: names, arguments, defaults and results
--
\pset format unaligned
\pset tuples_only on
SELECT format(E'%s(\n\t%s)\n\treturns %s\n', p.proname,
			  replace(pg_get_function_arguments(p.oid), ', ', E',\n\t'), pg_get_function_result(p.oid))
FROM pg_proc AS p
WHERE p.pronamespace = 'mission_rates'::regnamespace
  AND p.proname NOT LIKE '\_%'
ORDER BY p.proname, pg_get_function_arguments(p.oid) COLLATE "C";
