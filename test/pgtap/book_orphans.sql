-- While rate rows name a schedule that does not exist, a restore is not finished,
-- and a session that begins to rate bills nothing by date.
SET client_min_messages = error;
CREATE FUNCTION charge(service_date date DEFAULT '2024-01-01') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN mission_rates.fee('reconnection', service_date => service_date);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE FUNCTION hint() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	PERFORM charge, mission_rates.fee('reconnection', service_date => '2024-01-01') FROM charge();
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN hint;
END $$;
CREATE FUNCTION unfinished(name text) RETURNS text LANGUAGE sql AS $$
	SELECT format('55000 rate rows name schedule "%s", which does not exist: a restore is not finished', name)
$$;
\set add 'INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES '

-- A session that rated before the first such row goes on.
SELECT charge() AS before \gset warm_
:add ('E''1', 'probe', 1, 'each', 'Probe');
SELECT charge() AS after \gset warm_

\connect
SET client_min_messages = error;
SELECT plan(21);
SELECT is(ARRAY[:'warm_before', :'warm_after'], ARRAY['25.00', '25.00'], 'a session that began before goes on');
SELECT is(charge(), unfinished('E''1'), 'a rate row without its schedule');
SELECT is(charge('1990-01-01'), unfinished('E''1'), 'on any date, one before the first schedule too');
SELECT is(hint(), $$Finish the restore, or remove the rows: SELECT mission_rates.drop_draft('E''1').$$, 'the hint');
SELECT is(mission_rates.billing_problem('A1', '3/4', 1000, service_date => '2024-01-01'), substr(unfinished('E''1'), 7), 'billing_problem says so');
SELECT is(mission_rates.billing_problem_code('A1', '3/4', 1000, service_date => '2024-01-01'), 'schedule_incomplete', 'and its code');
SELECT is(mission_rates.fee('reconnection', schedule => 'Ordinance 5244'), 25.00, 'a schedule that is named is rated: no date picks it');
SELECT throws_ok($$SELECT mission_rates.fee('probe', schedule => 'E''1')$$, 'P0002', 'unknown rate schedule "E''1"',
	'the schedule that is missing cannot be named');
:add ('C1', 'probe', 1, 'each', 'Probe');
SELECT is(charge(), unfinished('C1'), 'of two the first by name is named');
INSERT INTO mission_rates.schedule (schedule) VALUES ('C1');
SELECT is(charge(), unfinished('E''1'), 'one schedule comes');

-- A way out that is rolled back is none.
BEGIN;
SET LOCAL session_replication_role = replica;
DELETE FROM mission_rates.fee WHERE schedule = 'E''1';
SELECT charge() AS without \gset
ROLLBACK;
SELECT is(:'without'::text, '25.00', 'its rows are deleted');
SELECT is(charge(), unfinished('E''1'), 'and come back');
BEGIN;
SAVEPOINT one;
INSERT INTO mission_rates.schedule (schedule) VALUES ('E''1');
SELECT charge() AS with \gset
ROLLBACK TO one;
SELECT charge() AS back \gset
COMMIT;
SELECT is(ARRAY[:'with', :'back'], ARRAY['25.00', unfinished('E''1')], 'so does a schedule of a savepoint');

-- Wherever the row is
SELECT mission_rates.drop_draft('E''1') AS dropped \gset
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, label) VALUES ('Last', 'garbage', 'A1', 1, 'month', 'Garbage');
SELECT is(charge(), unfinished('Last'), 'in another table');
INSERT INTO mission_rates.schedule (schedule) VALUES ('Last');
SELECT is(charge(), '25.00', 'all schedules are there');
:add ('Later', 'probe', 1, 'each', 'Probe');
SELECT is(charge(), '25.00', 'then the session goes on');

-- Another extension in the place of the first is looked through anew.
DROP EXTENSION mission_rates;
CREATE EXTENSION mission_rates;
:add ('Anew', 'probe', 1, 'each', 'Probe');
SELECT is(charge(), unfinished('Anew'), 'another extension');
DELETE FROM mission_rates.fee WHERE schedule = 'Anew';

-- Names that differ in what a comparison might leave out
:add ('Ordinance 5244 ', 'probe', 1, 'each', 'Probe');
SELECT is(charge(), unfinished('Ordinance 5244 '), 'a blank more');
DELETE FROM mission_rates.fee WHERE schedule = 'Ordinance 5244 ';
:add ('Ordinance 524', 'probe', 1, 'each', 'Probe');
SELECT is(charge(), unfinished('Ordinance 524'), 'a letter less');
DELETE FROM mission_rates.fee WHERE schedule = 'Ordinance 524';
:add (repeat('x', 300), 'probe', 1, 'each', 'Probe');
SELECT is(charge(), unfinished(repeat('x', 60) || '...'), 'a long name, of which the message has the beginning');
INSERT INTO mission_rates.schedule (schedule) VALUES (repeat('x', 300));
SELECT is(charge(), '25.00', 'which comes');

SELECT * FROM finish();
