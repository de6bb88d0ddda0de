-- What the book does when the extension's own objects change under a session
-- that is already rating: labels, triggers, the token, the extension itself.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS mission_rates;
SELECT plan(31);

\set rated 'mission_rates.fee(''probe'', schedule => ''probe'')'
\set make_probe 'INSERT INTO mission_rates.schedule (schedule) VALUES (''probe''); INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES (''probe'', ''probe'', 1, ''each'', ''Probe'')'
:make_probe;
CREATE FUNCTION pg_temp.set_probe(new_amount numeric) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	UPDATE mission_rates.fee SET amount = new_amount WHERE schedule = 'probe' AND code = 'probe';
END $$;
SELECT is(:rated, 1.00, 'as entered');

-- A label that is added works with rows alone.
ALTER TYPE mission_rates.customer_class ADD VALUE 'A10' BEFORE 'A2';
ALTER TYPE mission_rates.meter_size ADD VALUE '16';
SELECT throws_ok($$SELECT mission_rates.water_charge('A10', '16', 2000, schedule => 'probe')$$, 'P0002', NULL,
	'a new class has no rates until there are rows');
INSERT INTO mission_rates.class_rule (schedule, class, label, rate_group, service_area)
	VALUES ('probe', 'A10', 'Harbor', 'commercial', 'inside');
INSERT INTO mission_rates.water_minimum (schedule, rate_group, meter_size, service_area, amount)
	VALUES ('probe', 'commercial', '16', 'inside', 100);
INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000) VALUES
	('probe', 'A10', 1000, 2), ('probe', 'A10', 0, 1), ('probe', 'A10', 3000, 4), ('probe', 'A10', 2000, 3);
SELECT is(mission_rates.water_charge('A10', '16', 5000, schedule => 'probe'), 114.00, 'with rows it has');
SELECT is(mission_rates.water_charge('A1', '3/4', 6000, service_date => '2024-01-01'), 22.75,
	'a label added in front moves no other class');

-- A label that is renamed, or renamed and rolled back
SELECT description AS said FROM mission_rates.bill('A1', '3/4', 0, sewer => false, service_date => '2024-01-01') \gset
BEGIN;
ALTER TYPE mission_rates.service_area RENAME VALUE 'inside' TO 'within';
SELECT description AS renamed FROM mission_rates.bill('A1', '3/4', 0, sewer => false, service_date => '2024-01-01') \gset
ROLLBACK;
SELECT description AS back FROM mission_rates.bill('A1', '3/4', 0, sewer => false, service_date => '2024-01-01') \gset
SELECT is(ARRAY[:'said', :'renamed', :'back'],
	ARRAY['Water minimum, 3/4 inch, inside', 'Water minimum, 3/4 inch, within', 'Water minimum, 3/4 inch, inside'],
	'a renamed label');

-- While a token trigger is missing, off or ordinary, nothing is kept between
-- statements and everything is exact.
SELECT :rated AS value, _mission_rates.rate_loads() AS loads \gset
SELECT is(_mission_rates.rate_loads(), :loads::bigint, 'armed: kept');
SELECT :rated AS value, _mission_rates.rate_loads() AS loads \gset
SELECT :rated AS value, _mission_rates.rate_loads() - :loads AS reloads \gset
SELECT is(:reloads, 0, 'armed: not read again');
ALTER TABLE mission_rates.fee DISABLE TRIGGER "0_token_before", DISABLE TRIGGER "0_token_row", DISABLE TRIGGER "0_token_after";
SELECT pg_temp.set_probe(2) \gset
SELECT is(:rated, 2.00, 'a change without the token');
SELECT pg_temp.set_probe(3) \gset
SELECT is(:rated, 3.00, 'another');
SELECT :rated AS value, _mission_rates.rate_loads() AS loads \gset
SELECT :rated AS value, _mission_rates.rate_loads() - :loads AS reloads \gset
SELECT is(:reloads, 1, 'not armed: read for each statement');
SELECT _mission_rates.rate_loads() AS loads \gset
SELECT count(:rated) AS n FROM generate_series(1, 1000) \gset
SELECT is(_mission_rates.rate_loads() - :loads, 1::bigint, 'but only once for each statement');
-- What pg_restore --disable-triggers leaves behind
ALTER TABLE mission_rates.fee ENABLE TRIGGER ALL;
SELECT :rated AS value, _mission_rates.rate_loads() AS loads \gset
SELECT :rated AS value, _mission_rates.rate_loads() - :loads AS reloads \gset
SELECT is(:reloads, 1, 'ordinary triggers are not enough');
SET session_replication_role = replica;
SELECT pg_temp.set_probe(4) \gset
RESET session_replication_role;
SELECT is(:rated, 4.00, 'as they do not fire in the replica role');
ALTER TABLE mission_rates.fee ENABLE ALWAYS TRIGGER "0_token_before", ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
SELECT :rated AS value, _mission_rates.rate_loads() AS loads \gset
SELECT :rated AS value, _mission_rates.rate_loads() - :loads AS reloads \gset
SELECT is(:reloads, 0, 'armed again: kept again');
SELECT is(:rated, 4.00, 'and right');
-- Each trigger of each table counts.
CREATE FUNCTION pg_temp.reloads_without(relation regclass, trigger name) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	before bigint;
BEGIN
	EXECUTE format('ALTER TABLE %s ENABLE TRIGGER %I', relation, trigger);
	PERFORM mission_rates.fee('probe', schedule => 'probe');
	before := _mission_rates.rate_loads();
	-- The exception block makes another snapshot of the next call.
	BEGIN
		PERFORM mission_rates.fee('probe', schedule => 'probe');
	EXCEPTION WHEN division_by_zero THEN
		NULL;
	END;
	EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, trigger);
	RETURN _mission_rates.rate_loads() - before;
END $$;
SELECT is((SELECT array_agg(DISTINCT pg_temp.reloads_without(tgrelid, tgname)) FROM pg_trigger
	WHERE tgfoid = 'mission_rates._rate_token_touch'::regproc), ARRAY[1]::bigint[], 'each trigger of each table counts');
SELECT is((SELECT count(*)::integer FROM pg_trigger WHERE tgfoid = 'mission_rates._rate_token_touch'::regproc
	AND tgenabled = 'A'), (SELECT 3 * count(*)::integer FROM _mission_rates.rate_tables()), 'three of each table');

-- DDL that rolls back or rewrites the table
BEGIN;
ALTER TABLE mission_rates.fee DISABLE TRIGGER ALL;
SELECT pg_temp.set_probe(5) \gset
SELECT :rated AS untold \gset
ROLLBACK;
SELECT is(ARRAY[:untold, :rated], ARRAY[5.00, 4.00], 'triggers switched off in a transaction that is rolled back');
BEGIN;
ALTER TABLE mission_rates.fee SET UNLOGGED;
SELECT :rated AS rewritten \gset
ALTER TABLE mission_rates.fee SET LOGGED;
COMMIT;
SELECT is(ARRAY[:rewritten, :rated], ARRAY[4.00, 4.00], 'a rewritten table');

-- The token itself
BEGIN;
ALTER TABLE mission_rates._rate_token DISABLE TRIGGER ALL;
DELETE FROM mission_rates._rate_token;
SELECT :rated AS value, _mission_rates.rate_loads() AS loads \gset
SELECT :rated AS again, _mission_rates.rate_loads() - :loads AS reloads \gset
SELECT pg_temp.set_probe(6) \gset
SELECT :rated AS changed, (SELECT count(*) FROM mission_rates._rate_token) AS tokens \gset
ROLLBACK;
SELECT is(ARRAY[:value, :again, :changed], ARRAY[4.00, 4.00, 6.00], 'without a token rates are exact');
SELECT is(:tokens, 1, 'and the next change makes one');

-- Parallel workers, with a change that is not committed
CREATE TABLE account AS SELECT n FROM generate_series(1, 20000) AS n;
ANALYZE account;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || query;
END $$;
\set spread 'SELECT ARRAY[min(mission_rates.fee(''probe'', schedule => ''probe'')), max(mission_rates.fee(''probe'', schedule => ''probe''))] AS spread FROM account'
SELECT ok(EXISTS (SELECT FROM pg_temp.plan_of(:'spread') AS line WHERE line LIKE '%Gather%'), 'the plan is parallel');
:spread \gset before_
BEGIN;
SELECT pg_temp.set_probe(7) \gset
:spread \gset changed_
SAVEPOINT one;
SELECT pg_temp.set_probe(8) \gset
:spread \gset deeper_
ROLLBACK TO one;
:spread \gset back_
ROLLBACK;
:spread \gset after_
SELECT is(ARRAY[:'before_spread', :'changed_spread', :'deeper_spread', :'back_spread', :'after_spread'],
	ARRAY['{4.00,4.00}', '{7.00,7.00}', '{8.00,8.00}', '{7.00,7.00}', '{4.00,4.00}'], 'parallel workers');

-- Another extension in the place of the first
SELECT is(mission_rates.fee('reconnection', service_date => '2024-01-01'), 25.00, 'before DROP EXTENSION');
DROP EXTENSION mission_rates;
SELECT hasnt_schema('mission_rates');
CREATE EXTENSION mission_rates;
SELECT is(mission_rates.fee('reconnection', service_date => '2024-01-01'), 25.00, 'after CREATE EXTENSION');
SELECT throws_ok($$SELECT mission_rates.fee('probe', schedule => 'probe')$$, 'P0002', NULL, 'the draft is gone');
:make_probe;
SELECT is(:rated, 1.00, 'a draft can be made again');
SELECT pg_temp.set_probe(9) \gset
SELECT is(:rated, 9.00, 'and changed');
-- The same in one transaction, rolled back
BEGIN;
DROP EXTENSION mission_rates;
CREATE EXTENSION mission_rates;
:make_probe;
SELECT pg_temp.set_probe(10) \gset
SELECT :rated AS inside \gset
ROLLBACK;
SELECT is(ARRAY[:inside, :rated], ARRAY[10.00, 9.00], 'both in a transaction that is rolled back');
SELECT pg_temp.set_probe(11) \gset
SELECT is(:rated, 11.00, 'then the first goes on');
SELECT * FROM finish();
