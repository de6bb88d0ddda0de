-- calls.sql: one session that calls every function of mission_rates many times with values of every kind, right and
-- wrong, and edits rates in every way in between.  Nothing is compared: what is looked for is a fault of memory.
--
-- psql variable: rounds (how many calls of each function).  The calls are the same each time.
\set ON_ERROR_STOP on
CREATE EXTENSION IF NOT EXISTS mission_rates;

CREATE SCHEMA memcheck;

CREATE TABLE memcheck.account AS
SELECT n,
	(ARRAY['A1', ' a2 ', 'A3', 'A8', 'A6', 'A7', NULL, ''])[1 + n % 8] AS class,
	(ARRAY[0.75, 1, 1.5, 2, 0.8, NULL])[1 + n % 6] AS meter,
	(ARRAY['6000', '0', '-1', '12.5', 'many', NULL, ' 9000 '])[1 + n % 7] AS gallons,
	(ARRAY['inside', 'Outside', NULL, 'here'])[1 + n % 4] AS area,
	(ARRAY['Y', 'n', 't', '?'])[1 + n % 4] AS metered,
	n % 5 <> 0 AS water,
	(n % 3)::smallint AS dumping_stations,
	(ARRAY[2.5, NULL, 0, 1e30])[1 + n % 4]::numeric AS fire_sprinkler,
	date '2026-10-01' + n AS service_date
FROM generate_series(0, 199) AS n;

-- The values that are passed to an argument, as expressions; the first is a good one.
CREATE FUNCTION memcheck.pool(argument text, type text) RETURNS text[]
	LANGUAGE sql
	AS $$
SELECT CASE
	WHEN type = 'text' AND argument LIKE 'schedule%' THEN
		'{"''Ordinance 5244''", "NULL", "''Probe''", "''no such schedule''", "''Probe''", "repeat(''x'', 70000)"}'
	WHEN type = 'text' AND argument IN ('based_on', 'adopted_by') THEN '{NULL, "''Ordinance 5244''", "''Probe''"}'
	WHEN type = 'text' AND argument = 'code' THEN
		'{"''street_cut_asphalt''", "'' A1 ''", "''late_fee''", "''''", "NULL", "''no such code''", "repeat(''x'', 70000)"}'
	WHEN type = 'text' AND argument = 'class' THEN '{"'' a1 ''", "''A8''", "NULL", "''Z9''", "''''"}'
	WHEN type = 'text' AND argument IN ('meter', 'size') THEN
		'{"''1-1/2''", "''0.75''", "''5/8x3/4''", "NULL", "''3/4\"''", "''1/0''", "''1e400''"}'
	WHEN type = 'text' AND argument = 'area' THEN '{"''Inside''", "''outside''", "NULL", "''moon''"}'
	WHEN type = 'text' THEN '{"''a''", "NULL", "''''", "repeat(''é'', 60)"}'
	WHEN type = 'text[]' THEN '{"''{water,sewer}''", "''{}''", "''{NULL}''", "NULL", "''{no such}''"}'
	WHEN type LIKE '%customer_class' THEN '{"''A1''", "''A2''", "''A8''", "''A6''", "NULL"}'
	WHEN type LIKE '%meter_size' THEN '{"''3/4''", "''1 1/2''", "''12''", "NULL"}'
	WHEN type LIKE '%service_area' THEN '{"''inside''", "''outside''", "NULL"}'
	WHEN type LIKE '%deposit_category' THEN '{"''homeowner''", "''commercial''", "''school''", "NULL"}'
	WHEN type = 'date' THEN '{"''2026-10-01''", "''1999-12-31''", "''infinity''", "''-infinity''", "NULL", "''2040-01-01''"}'
	WHEN type = 'bigint' THEN '{6000, 0, 1000000000000, -1, 9223372036854775807, NULL, 1000000000001}'
	WHEN type = 'integer' THEN '{1, 0, 2, -1, 2147483647, NULL}'
	WHEN type = 'boolean' THEN '{true, false, NULL}'
	WHEN type = 'numeric' THEN '{31.22, 0, 1.5, 0.75, -1, "''NaN''", "''Infinity''", 1e40, 1e-30, NULL, 6, 12}'
	WHEN type = 'bigint[]' THEN '{"''{0,1000,25000}''", "''{}''", "''{NULL,5}''", "''{{1,2},{3,4}}''", "NULL", "''{-1}''"}'
	WHEN type = 'jsonb' THEN
		'{NULL, "''{}''", "''{\"garbage\": 2, \"drainage\": true}''", "''[1]''", "''{\"garbage\": null}''", "''{\"garbage\": 1e50}''"}'
	WHEN type = 'record' THEN
		'{"(SELECT a FROM memcheck.account AS a WHERE a.n = 0)", "(SELECT a FROM memcheck.account AS a WHERE a.n = 9)",
		  "(SELECT a FROM memcheck.account AS a WHERE a.n = 26)", "NULL::memcheck.account", "ROW(1)",
		  "(SELECT t FROM (SELECT 1 AS class, 2 AS class) AS t)"}'
	ELSE '{NULL}'
END::text[]
$$;

-- The call of a function with values picked by a number; of an aggregate over all accounts.
CREATE FUNCTION memcheck.call(function oid, round integer) RETURNS text
	LANGUAGE sql
	AS $$
SELECT format(CASE p.prokind WHEN 'a' THEN 'SELECT to_json(%s.%s(%s))::text FROM memcheck.account AS a'
					ELSE 'SELECT count(to_json(t)::text) FROM %s.%s(%s) AS t' END,
			  p.pronamespace::regnamespace, quote_ident(p.proname),
			  string_agg(CASE WHEN p.prokind = 'a' AND t.type = 'record' THEN 'a'
							  WHEN t.type = 'record' THEN v.pool[v.pick]
							  ELSE v.pool[v.pick] || '::' || t.type END, ', ' ORDER BY n.n))
FROM pg_proc AS p
	 CROSS JOIN generate_series(1, greatest(p.pronargs, 1)) AS n (n)
	 CROSS JOIN LATERAL (SELECT coalesce(p.proargnames[n.n], '') AS argument,
								format_type(p.proargtypes[n.n - 1], NULL) AS type) AS t
	 CROSS JOIN LATERAL (SELECT w.pool,
								CASE WHEN w.draw % 3 < 2 THEN 1 ELSE 1 + w.draw / 3 % array_length(w.pool, 1) END AS pick
						 FROM (SELECT memcheck.pool(t.argument, t.type) AS pool,
									  CASE WHEN call.round = 0 THEN 0
									  ELSE abs(hashint4(call.round * 1000 + n.n)) END AS draw) AS w) AS v
WHERE p.oid = call.function
GROUP BY p.oid, p.prokind, p.pronamespace, p.proname
$$;

-- All functions of the extension, but for triggers and internal SQL, which is reached through what calls it.
CREATE FUNCTION memcheck.functions() RETURNS TABLE (function oid)
	LANGUAGE sql
	AS $$
SELECT p.oid
FROM pg_proc AS p
	 JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	 JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE e.extname = 'mission_rates' AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype)
	  AND NOT 'internal'::regtype = ANY (p.proargtypes) AND (p.proname !~ '^_' OR p.probin IS NOT NULL)
ORDER BY p.proname, p.oid::regprocedure::text COLLATE "C"
$$;

-- Calls every function with the values of each round; an error is as good as a result.  One that takes long is not
-- called more than twice.
CREATE PROCEDURE memcheck.call_all(rounds integer)
	LANGUAGE plpgsql
	AS $$
DECLARE
	f oid;
	ignored text;
	good integer := 0;
	bad integer := 0;
	began timestamptz;
BEGIN
	FOR f IN SELECT function FROM memcheck.functions() LOOP
		began := clock_timestamp();
		FOR round IN 0 .. rounds - 1 LOOP
			EXIT WHEN round > 1 AND clock_timestamp() > began + interval '5 seconds';
			BEGIN
				EXECUTE memcheck.call(f, round) INTO ignored;
				good := good + 1;
			EXCEPTION WHEN OTHERS THEN
				bad := bad + 1;
			END;
		END LOOP;
	END LOOP;
	RAISE NOTICE '% calls with a result, % with an error', good, bad;
END;
$$;

-- In autocommit, then with rates changed in the same transaction, before and after a rollback to a savepoint.
SELECT mission_rates.draft_schedule('Probe');
CALL memcheck.call_all(:rounds);

BEGIN;
SELECT mission_rates.draft_schedule('Other');
UPDATE mission_rates.water_volume SET rate_per_1000 = rate_per_1000 + 0.05 WHERE schedule = 'Other';
SAVEPOINT before;
DELETE FROM mission_rates.sewer_rate WHERE schedule = 'Other' AND class = 'A2';
SELECT count(*) FROM mission_rates.bill('A1', '3/4', 6000, schedule => 'Other');
DO $$
BEGIN
	PERFORM mission_rates.bill_total('A2', '3/4', 6000, schedule => 'Other');
EXCEPTION WHEN no_data_found THEN
	NULL;
END;
$$;
CALL memcheck.call_all(2);
ROLLBACK TO SAVEPOINT before;
CALL memcheck.call_all(1);
ROLLBACK;

-- Read by a cursor while the rates change under it.
SELECT mission_rates.draft_schedule('By hand');
BEGIN;
DECLARE open_bill CURSOR FOR
	SELECT b.amount FROM memcheck.account AS a, mission_rates.bill('A1', '3/4', a.n * 100, schedule => 'By hand') AS b;
FETCH 3 FROM open_bill;
UPDATE mission_rates.water_minimum SET amount = amount + 1 WHERE schedule = 'By hand';
FETCH 3 FROM open_bill;
SELECT mission_rates.bill_total('A1', '3/4', 6000, schedule => 'By hand');
COMMIT;

-- In parallel workers.
SELECT set_config(name, 'on', false) FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT count(mission_rates.bill_total('A1', '3/4', a.n * 100, schedule => 'By hand')) FROM memcheck.account AS a;
SELECT set_config(name, 'off', false) FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');

-- COPY in, an adoption, its withdrawal, and what the guard refuses.
COPY mission_rates.fee (schedule, code, amount, unit, label) FROM stdin;
By hand	probe	1	each	Probe
\.
SELECT mission_rates.adopt_schedule('By hand', current_date + 400, accept_warnings => true);
DO $$
BEGIN
	UPDATE mission_rates.fee SET amount = 2 WHERE schedule = 'By hand';
EXCEPTION WHEN object_not_in_prerequisite_state THEN
	NULL;
END;
$$;
SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => current_date + 500);
SELECT mission_rates.withdraw_schedule('By hand');
SELECT mission_rates.draft_from_document(mission_rates.schedule_document('By hand'), 'From a document');
SELECT mission_rates.drop_draft('From a document');
SELECT mission_rates.drop_draft('By hand');

-- The catalog changes under the session.
DROP EXTENSION mission_rates CASCADE;
CREATE EXTENSION mission_rates;
SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2026-10-01');
