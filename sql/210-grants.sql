-- ---------------------------------------------------------------------------
-- Privileges
-- ---------------------------------------------------------------------------
--
-- Anyone may read the rates and call the functions.  Only the owner, and roles
-- granted that right, may write: the functions that change schedules write with
-- the rights of their caller.

GRANT USAGE ON SCHEMA mission_rates, _mission_rates TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA mission_rates, _mission_rates TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA mission_rates, _mission_rates TO PUBLIC;
SELECT _mission_rates.run(format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC',
								 p.oid::regprocedure))
FROM pg_proc AS p
WHERE p.pronamespace = '_mission_rates'::regnamespace
AND p.prorettype = 'trigger'::regtype;

DROP FUNCTION _mission_rates.run(text);
