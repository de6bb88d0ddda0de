-- What the book does when the extension's own objects change under a session
-- that is already rating: labels, triggers, the extension itself.
SET client_min_messages = warning;
SELECT plan(32);

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

-- A label that is renamed: what was adopted has another text.  Renamed back, or
-- rolled back, it is billed again.
\set words '(SELECT description FROM mission_rates.bill(''A1'', ''3/4'', 0, sewer => false, service_date => ''2024-01-01''))'
\set draft_words '(SELECT description FROM mission_rates.bill(''A10'', ''16'', 0, sewer => false, schedule => ''probe''))'
CREATE FUNCTION pg_temp.answer(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE 'SELECT ' || query INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT is(pg_temp.answer(:'words'), 'Water minimum, 3/4 inch, inside', 'a label');
BEGIN;
ALTER TYPE mission_rates.service_area RENAME VALUE 'inside' TO 'within';
SELECT pg_temp.answer(:'words') AS adopted, pg_temp.answer(:'draft_words') AS draft,
	mission_rates.billing_problem('A1', '3/4', 0, service_date => '2024-01-01') AS problem,
	mission_rates.billing_problem_code('A1', '3/4', 0, service_date => '2024-01-01') AS code \gset renamed_
ROLLBACK;
SELECT is(:'renamed_adopted'::text, '55000 rates of schedule "Ordinance 5244" are not those that were adopted', 'renamed');
SELECT is(:'renamed_draft'::text, 'Water minimum, 16 inch, within', 'a draft has the new text');
SELECT is(:'renamed_problem'::text, 'rates of schedule "Ordinance 5244" are not those that were adopted', 'billing_problem says so');
SELECT is(:'renamed_code'::text, 'schedule_incomplete', 'and its code');
SELECT is(pg_temp.answer(:'words'), 'Water minimum, 3/4 inch, inside', 'rolled back');
ALTER TYPE mission_rates.service_area RENAME VALUE 'inside' TO 'within';
SELECT is(left(pg_temp.answer(:'words'), 5), '55000', 'renamed and committed');
ALTER TYPE mission_rates.service_area RENAME VALUE 'within' TO 'inside';
SELECT is(pg_temp.answer(:'words'), 'Water minimum, 3/4 inch, inside', 'renamed back');

-- While a statement's trigger is missing, off or ordinary, nothing is remembered
-- once the transaction has locked a rate table to write it, and all is exact.
CREATE FUNCTION pg_temp.loads(relation regclass, command text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	before bigint;
BEGIN
	EXECUTE format('ALTER TABLE %s %s', relation, command);
	before := _mission_rates.rate_loads();
	PERFORM count(mission_rates.fee('probe', schedule => 'probe')) FROM generate_series(1, 3);
	RETURN _mission_rates.rate_loads() - before;
END $$;
SELECT is(pg_temp.loads('mission_rates.fee', 'SET (fillfactor = 100)'), 1::bigint, 'a draft is read once for a statement');
SELECT is((SELECT array_agg(DISTINCT l.without) FROM (
	SELECT pg_temp.loads(tgrelid, format('%s TRIGGER %I', state, tgname)) AS without,
		pg_temp.loads(tgrelid, format('ENABLE ALWAYS TRIGGER %I', tgname)) AS again
	FROM pg_trigger, unnest(ARRAY['DISABLE', 'ENABLE', 'ENABLE REPLICA']) AS state
	WHERE tgfoid = '_mission_rates.rate_statement'::regproc) AS l), ARRAY[3]::bigint[], 'without one of them, for each call');
SELECT is((SELECT count(*)::integer FROM pg_trigger WHERE tgfoid = '_mission_rates.rate_statement'::regproc
	AND tgenabled = 'A'), (SELECT 2 * count(*)::integer FROM _mission_rates.rate_tables()), 'two of each table');
ALTER TABLE mission_rates.fee DISABLE TRIGGER _begin_statement, DISABLE TRIGGER _end_statement;
SELECT pg_temp.set_probe(2) \gset
SELECT is(:rated, 2.00, 'a change that no trigger tells of');
SELECT pg_temp.set_probe(3) \gset
SELECT is(:rated, 3.00, 'another');
SELECT _mission_rates.rate_loads() AS loads \gset
SELECT count(:rated) AS n FROM generate_series(1, 1000) \gset
SELECT is(_mission_rates.rate_loads() - :loads, 1::bigint, 'who only reads reads once for a statement');
-- What pg_restore --disable-triggers leaves behind
ALTER TABLE mission_rates.fee ENABLE TRIGGER ALL;
SET session_replication_role = replica;
SELECT pg_temp.set_probe(4) \gset
RESET session_replication_role;
SELECT is(:rated, 4.00, 'ordinary triggers do not fire in the replica role');
ALTER TABLE mission_rates.fee ENABLE ALWAYS TRIGGER _begin_statement, ENABLE ALWAYS TRIGGER _end_statement;
SELECT is(:rated, 4.00, 'with all triggers again');

-- DDL that rolls back or rewrites the table
BEGIN;
ALTER TABLE mission_rates.fee DISABLE TRIGGER ALL;
SELECT pg_temp.set_probe(5) \gset
SELECT :rated AS untold \gset
ROLLBACK;
SELECT is(ARRAY[:untold, :rated], ARRAY[5.00, 4.00], 'triggers switched off in a transaction that is rolled back');
BEGIN;
CLUSTER mission_rates.fee USING fee_pkey;
SELECT :rated AS rewritten \gset
COMMIT;
SELECT is(ARRAY[:rewritten, :rated], ARRAY[4.00, 4.00], 'a rewritten table');

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
