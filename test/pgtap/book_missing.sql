-- While rate rows name a schedule that does not exist, a restore is not
-- finished and nothing is billed by date.  The token's triggers keep the list.
SET client_min_messages = error;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS mission_rates;
SELECT plan(42);

\set add 'INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES '
CREATE FUNCTION pg_temp.charge(service_date date DEFAULT '2024-01-01') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN mission_rates.fee('reconnection', service_date => service_date);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE FUNCTION pg_temp.unfinished(name text) RETURNS text LANGUAGE sql AS $$
	SELECT format('55000 rate rows name schedule "%s", which does not exist: a restore is not finished', name)
$$;

-- A restore from its first row to its last
SELECT is(pg_temp.charge(), '25.00', 'before');
:add ('D1', 'probe', 1, 'each', 'Probe');
SELECT is(pg_temp.charge(), pg_temp.unfinished('D1'), 'a rate row without its schedule');
SELECT is(pg_temp.charge('1990-01-01'), pg_temp.unfinished('D1'), 'on any date, one before the first schedule too');
SELECT is(mission_rates.billing_problem('A1', '3/4', 1000, service_date => '2024-01-01'),
	substr(pg_temp.unfinished('D1'), 7), 'billing_problem says so');
SELECT is(mission_rates.billing_problem_code('A1', '3/4', 1000, service_date => '2024-01-01'), 'schedule_incomplete',
	'and so does its code');
SELECT is(mission_rates.fee('reconnection', schedule => 'Ordinance 5244'), 25.00,
	'a schedule that is named is rated: no date picks it');
SELECT throws_ok($$SELECT mission_rates.fee('probe', schedule => 'D1')$$, 'P0002', 'unknown rate schedule "D1"',
	'the schedule that is missing cannot be named');
:add ('C1', 'probe', 1, 'each', 'Probe'), ('D1', 'another', 1, 'each', 'Probe');
SELECT is(pg_temp.charge(), pg_temp.unfinished('C1'), 'of two the first by name is named');
INSERT INTO mission_rates.schedule (schedule) VALUES ('C1');
SELECT is(pg_temp.charge(), pg_temp.unfinished('D1'), 'one schedule comes');
INSERT INTO mission_rates.schedule (schedule) VALUES ('D1');
SELECT is(pg_temp.charge(), '25.00', 'the other comes');
SELECT is((SELECT count(*) FROM mission_rates._missing_schedule), 0::bigint, 'the list is empty');

-- Ways out
SELECT throws_ok($x$DO $do$ BEGIN
	INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('E''1', 'probe', 1, 'each', 'Probe');
	PERFORM mission_rates.fee('reconnection', service_date => '2024-01-01');
	END $do$$x$, '55000', substr(pg_temp.unfinished('E''1'), 7), 'in the transaction that writes the row');
SELECT is(pg_temp.charge(), '25.00', 'rolled back');
:add ('E''1', 'probe', 1, 'each', 'Probe'), ('E''1', 'another', 1, 'each', 'Probe');
CREATE FUNCTION pg_temp.hint() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	PERFORM mission_rates.fee('reconnection', service_date => '2024-01-01');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN hint;
END $$;
SELECT is(pg_temp.hint(), $$Finish the restore, or remove the rows: SELECT mission_rates.drop_draft('E''1').$$, 'the hint');
DELETE FROM mission_rates.fee WHERE schedule = 'E''1' AND code = 'probe';
SELECT is(pg_temp.charge(), pg_temp.unfinished('E''1'), 'one row goes, one is left');
SELECT mission_rates.drop_draft('E''1') AS dropped \gset
SELECT is(pg_temp.charge(), '25.00', 'drop_draft as the hint says');

-- Rows that move, schedules that go
UPDATE mission_rates.fee SET schedule = 'F1' WHERE schedule = 'D1';
SELECT is(pg_temp.charge(), pg_temp.unfinished('F1'), 'rows are moved away');
UPDATE mission_rates.fee SET schedule = 'D1' WHERE schedule = 'F1';
SELECT is(pg_temp.charge(), '25.00', 'and back');
DELETE FROM mission_rates.schedule WHERE schedule = 'D1';
SELECT is(pg_temp.charge(), pg_temp.unfinished('D1'), 'a schedule goes before its rows');
DELETE FROM mission_rates.fee WHERE schedule = 'D1';
SELECT is(pg_temp.charge(), '25.00', 'then the rows');
WITH s AS (INSERT INTO mission_rates.schedule (schedule) VALUES ('G1') RETURNING schedule)
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) SELECT s.schedule, 'probe', 1, 'each', 'Probe' FROM s;
SELECT is(pg_temp.charge(), '25.00', 'schedule and row in one statement');
WITH f AS (DELETE FROM mission_rates.fee WHERE schedule = 'G1')
DELETE FROM mission_rates.schedule WHERE schedule = 'G1';
SELECT is(pg_temp.charge(), '25.00', 'and both removed in one');
BEGIN;
SAVEPOINT one;
:add ('H1', 'probe', 1, 'each', 'Probe');
ROLLBACK TO one;
:add ('H1', 'probe', 1, 'each', 'Probe');
SELECT pg_temp.charge() AS charged \gset
ROLLBACK;
SELECT is(:'charged', pg_temp.unfinished('H1'), 'a row of before and after a savepoint');
SELECT is(pg_temp.charge(), '25.00', 'and of neither');
SELECT is((SELECT string_agg(pg_temp.charge(), ' ' ORDER BY n) FROM generate_series(1, 2) AS n), '25.00 25.00', 'kept');

-- Names that are longer than what is remembered of them
:add (repeat('x', 300), 'probe', 1, 'each', 'Probe');
:add (repeat('x', 301), 'probe', 1, 'each', 'Probe');
INSERT INTO mission_rates.schedule (schedule) VALUES (repeat('x', 300));
SELECT is(pg_temp.charge(), pg_temp.unfinished(repeat('x', 301)), 'long names');
DELETE FROM mission_rates.fee WHERE schedule LIKE 'xxx%';
SELECT is(pg_temp.charge(), '25.00', 'are removed');

-- The replica role, and TRUNCATE
BEGIN;
SET LOCAL session_replication_role = replica;
:add ('I1', 'probe', 1, 'each', 'Probe');
SELECT pg_temp.charge() AS charged \gset
TRUNCATE mission_rates.fee;
SELECT count(*) AS listed FROM mission_rates._missing_schedule \gset
TRUNCATE mission_rates.schedule;
SELECT array_agg(schedule) AS all_listed FROM mission_rates._missing_schedule \gset
ROLLBACK;
SELECT is(:'charged', pg_temp.unfinished('I1'), 'under the replica role');
SELECT is(:listed, 0, 'the table of the rows truncated');
SELECT is(:'all_listed'::text, '{"Ordinance 5244"}', 'the table schedule truncated');
SELECT is(pg_temp.charge(), '25.00', 'rolled back');

-- The triggers were off meanwhile: the tables are searched until the list is
-- made anew.
ALTER TABLE mission_rates.fee DISABLE TRIGGER ALL;
:add ('J1', 'probe', 1, 'each', 'Probe');
SELECT is(pg_temp.charge(), pg_temp.unfinished('J1'), 'a row that came while the triggers were off');
SELECT is((SELECT count(*) FROM mission_rates._missing_schedule), 0::bigint, 'is not in the list');
ALTER TABLE mission_rates.fee ENABLE TRIGGER ALL;
ALTER TABLE mission_rates.fee ENABLE ALWAYS TRIGGER "0_token_before", ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
SELECT is(pg_temp.charge(), pg_temp.unfinished('J1'), 'is found when they are on again');
UPDATE mission_rates.schedule SET title = 'a draft' WHERE schedule = 'C1';
SELECT is((SELECT array_agg(schedule) FROM mission_rates._missing_schedule), '{J1}'::text[], 'the next change lists it');
SELECT is(pg_temp.charge(), pg_temp.unfinished('J1'), 'where it stays');
ALTER TABLE mission_rates.fee DISABLE TRIGGER ALL;
DELETE FROM mission_rates.fee WHERE schedule = 'J1';
ALTER TABLE mission_rates.fee ENABLE TRIGGER ALL;
ALTER TABLE mission_rates.fee ENABLE ALWAYS TRIGGER "0_token_before", ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
SELECT is(pg_temp.charge(), '25.00', 'until its rows are gone, the triggers off or not');

-- Without a primary key all is read from end to end.
BEGIN;
ALTER TABLE mission_rates.fee DROP CONSTRAINT fee_pkey;
ALTER TABLE mission_rates.schedule DROP CONSTRAINT schedule_pkey;
SELECT pg_temp.charge() AS without_keys \gset
:add ('K1', 'probe', 1, 'each', 'Probe');
SELECT pg_temp.charge() AS charged \gset
ALTER TABLE mission_rates.fee DISABLE TRIGGER "0_token_after";
SELECT pg_temp.charge() AS searched \gset
ROLLBACK;
SELECT is(:'without_keys'::text, '25.00', 'without primary keys');
SELECT is(:'charged', pg_temp.unfinished('K1'), 'and a row without its schedule');
SELECT is(:'searched', pg_temp.unfinished('K1'), 'that is searched for');

-- An adopted schedule that is not whole: from its start on
BEGIN;
SELECT mission_rates.draft_schedule('L1') AS drafted \gset
SELECT mission_rates.adopt_schedule('L1', current_date + 10, accept_warnings => true) AS adopted \gset
SET LOCAL session_replication_role = replica;
DELETE FROM mission_rates.fee WHERE schedule = 'L1' AND code = 'tampering';
SELECT format('55000 schedule "L1" has %s rate rows but was adopted with %s', sealed_rows - 1, sealed_rows) AS said,
	ARRAY[pg_temp.charge(current_date + 9), pg_temp.charge(current_date + 10), pg_temp.charge(current_date + 3000)] AS charged,
	mission_rates.billing_problem_code('A1', '3/4', 1000, schedule => 'L1') AS code
FROM mission_rates.schedule WHERE schedule = 'L1' \gset
ROLLBACK;
SELECT is(:'charged', ARRAY['25.00', :'said', :'said']::text, 'an adopted schedule with a row less than its seal');
SELECT is(:'code'::text, 'schedule_incomplete', 'by name too');
SELECT * FROM finish();
