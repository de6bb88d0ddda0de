-- Which rates a transaction sees: its own uncommitted changes at once, and none
-- that were rolled back: whole, to a savepoint, or in an exception block.
--
-- Results inside a transaction that is rolled back are kept in psql variables
-- and looked at afterwards.
SET client_min_messages = warning;
SELECT plan(30);

-- A draft of its own, with one fee.
INSERT INTO mission_rates.schedule (schedule) VALUES ('probe');
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe', 1, 'each', 'Probe');
\set rated 'mission_rates.fee(''probe'', schedule => ''probe'')'
CREATE FUNCTION pg_temp.set_probe(new_amount numeric) RETURNS void LANGUAGE sql AS $$
	UPDATE mission_rates.fee SET amount = new_amount WHERE schedule = 'probe' AND code = 'probe'
$$;

SELECT is(:rated, 1.00, 'as entered');

-- A statement of its own
SELECT pg_temp.set_probe(2) \gset
SELECT is(:rated, 2.00, 'a committed change');
-- An adopted schedule is read once, a draft for each snapshot.
\set adopted 'mission_rates.fee(''reconnection'', service_date => ''2024-01-01'')'
SELECT :adopted AS adopted, _mission_rates.rate_loads() AS loads \gset
SELECT pg_temp.set_probe(2) \gset
SELECT :adopted AS again \gset
SELECT is(_mission_rates.rate_loads(), :loads::bigint, 'an adopted schedule is not read again');

-- A whole transaction
BEGIN;
SELECT :rated AS before \gset
SELECT pg_temp.set_probe(3) \gset
SELECT :rated AS own \gset
SELECT pg_temp.set_probe(4) \gset
SELECT :rated AS again \gset
ROLLBACK;
SELECT :rated AS after \gset
SELECT is(ARRAY[:before, :own, :again, :after], ARRAY[2.00, 3.00, 4.00, 2.00], 'ROLLBACK');

-- Savepoints
BEGIN;
SELECT pg_temp.set_probe(3) \gset
SELECT :rated AS outer \gset
SAVEPOINT one;
SELECT :rated AS inside \gset
SELECT pg_temp.set_probe(4) \gset
SELECT :rated AS changed \gset
SAVEPOINT two;
SELECT pg_temp.set_probe(5) \gset
SELECT :rated AS deep \gset
ROLLBACK TO two;
SELECT :rated AS back_two \gset
RELEASE two;
ROLLBACK TO one;
SELECT :rated AS back_one \gset
SELECT pg_temp.set_probe(6) \gset
SELECT :rated AS anew \gset
RELEASE one;
SELECT :rated AS released \gset
COMMIT;
SELECT is(ARRAY[:outer, :inside, :changed, :deep], ARRAY[3.00, 3.00, 4.00, 5.00], 'changes inside savepoints');
SELECT is(ARRAY[:back_two, :back_one], ARRAY[4.00, 3.00], 'ROLLBACK TO');
SELECT is(ARRAY[:anew, :released, :rated], ARRAY[6.00, 6.00, 6.00], 'RELEASE');

-- A change that nobody looked at before the savepoint
BEGIN;
SELECT pg_temp.set_probe(7) \gset
SAVEPOINT unread;
SELECT pg_temp.set_probe(8) \gset
SELECT :rated AS inside \gset
ROLLBACK TO unread;
SELECT :rated AS outside \gset
ROLLBACK;
SELECT is(ARRAY[:inside, :outside, :rated], ARRAY[8.00, 7.00, 6.00], 'rolled back to a change that nobody had looked at');

-- Exception blocks
CREATE FUNCTION pg_temp.tried(new_amount numeric, OUT inside numeric, OUT outside numeric)
LANGUAGE plpgsql AS $$
BEGIN
	BEGIN
		UPDATE mission_rates.fee SET amount = new_amount WHERE schedule = 'probe' AND code = 'probe';
		inside := mission_rates.fee('probe', schedule => 'probe');
		RAISE EXCEPTION 'never mind';
	EXCEPTION WHEN raise_exception THEN
		outside := mission_rates.fee('probe', schedule => 'probe');
	END;
END $$;
SELECT is((SELECT ARRAY[inside, outside] FROM pg_temp.tried(9)), ARRAY[9.00, 6.00], 'an exception block');
BEGIN;
SELECT pg_temp.set_probe(7) \gset
SELECT ARRAY[inside, outside] AS blocks FROM pg_temp.tried(9) \gset
ROLLBACK;
SELECT is(:'blocks'::numeric[], ARRAY[9.00, 7.00], 'an exception block after a change of its own');

-- A statement that fails half-way
DO $$
BEGIN
	UPDATE mission_rates.fee SET amount = 10 / (amount - 6) WHERE schedule = 'probe';
EXCEPTION WHEN division_by_zero THEN
	NULL;
END $$;
SELECT is(:rated, 6.00, 'a statement that failed');
BEGIN;
SELECT 1 AS ignored FROM pg_temp.tried(9) \gset
DO $$
BEGIN
	UPDATE mission_rates.fee SET amount = 10 / (amount - 6) WHERE schedule = 'probe';
EXCEPTION WHEN division_by_zero THEN
	NULL;
END $$;
SELECT :rated, _mission_rates.rate_loads() AS loads \gset
SELECT :rated, :rated, _mission_rates.rate_loads() - :loads AS reloads \gset
COMMIT;
SELECT is(:reloads, 0, 'after a failed statement answers are remembered again in the same transaction');

-- PL/pgSQL: a loop, which evaluates one and the same expression again and again
CREATE FUNCTION pg_temp.looped() RETURNS numeric[] LANGUAGE plpgsql AS $$
DECLARE
	results numeric[];
BEGIN
	FOR n IN 11 .. 14 LOOP
		UPDATE mission_rates.fee SET amount = n WHERE schedule = 'probe';
		results := results || mission_rates.fee('probe', schedule => 'probe');
	END LOOP;
	RETURN results;
END $$;
SELECT is(pg_temp.looped(), ARRAY[11.00, 12.00, 13.00, 14.00], 'a PL/pgSQL loop');
-- A STABLE function uses the snapshot of the statement that calls it.
CREATE FUNCTION pg_temp.steady() RETURNS numeric LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN mission_rates.fee('probe', schedule => 'probe');
END $$;
SELECT is((SELECT ARRAY[:rated, pg_temp.steady(), (pg_temp.looped())[4] - 14, :rated, pg_temp.steady()]),
	ARRAY[14.00, 14.00, 0.00, 14.00, 14.00], 'a STABLE function beside one that changes rates');
SELECT pg_temp.set_probe(20) \gset
SELECT is((SELECT ARRAY[:rated, (pg_temp.looped())[1], :rated]), ARRAY[20.00, 11.00, 20.00],
	'one statement sees one state, whatever a function of it changes');

-- Prepared statements: the plan is made once, the rate is not.
SET plan_cache_mode = force_generic_plan;
PREPARE rated AS SELECT :rated AS amount;
EXECUTE rated \gset first_
SELECT pg_temp.set_probe(21) \gset
EXECUTE rated \gset second_
BEGIN;
SELECT pg_temp.set_probe(22) \gset
EXECUTE rated \gset third_
ROLLBACK;
EXECUTE rated \gset fourth_
SELECT is(ARRAY[:first_amount, :second_amount, :third_amount, :fourth_amount], ARRAY[14.00, 21.00, 22.00, 21.00],
	'a prepared statement');
RESET plan_cache_mode;

-- A cursor sees what was there when it was opened.
BEGIN;
DECLARE earlier CURSOR FOR SELECT :rated AS amount FROM generate_series(1, 4);
FETCH earlier \gset one_
SELECT pg_temp.set_probe(23) \gset
SELECT :rated AS now, _mission_rates.rate_loads() AS loads \gset
FETCH earlier \gset two_
SELECT :rated AS then \gset
FETCH earlier \gset three_
SELECT _mission_rates.rate_loads() - :loads AS reloads \gset
COMMIT;
SELECT is(ARRAY[:one_amount, :now, :two_amount, :then, :three_amount], ARRAY[21.00, 23.00, 21.00, 23.00, 21.00],
	'a cursor opened earlier');
SELECT is(:reloads, 3, 'a draft is compiled for each snapshot in turn');

-- One statement that edits and rates
BEGIN;
SELECT mission_rates.draft_schedule('D', 'Ordinance 5244') AS drafted \gset
SELECT min(b) AS beside FROM (SELECT mission_rates.scale_schedule('D', 10), mission_rates.bill_total('A1', '3/4', 6000, schedule => 'D') AS b) AS s \gset
COMMIT;
SELECT is(ARRAY[:beside, mission_rates.bill_total('A1', '3/4', 6000, schedule => 'D')], ARRAY[40.45, 44.55],
	'a statement that edits rates by what it began with, the next by what it wrote');

-- A cursor that is held over an adoption, which reads the draft when it ends
BEGIN;
UPDATE mission_rates.fee SET amount = 77 WHERE schedule = 'D' AND code = 'meter_box';
DECLARE held CURSOR WITH HOLD FOR SELECT mission_rates.fee('meter_box', schedule => 'D') AS amount;
SELECT mission_rates.adopt_schedule('D', '2999-01-01', accept_warnings => true) AS adopted \gset
COMMIT;
FETCH held \gset held_
CLOSE held;
SELECT is(ARRAY[:held_amount, mission_rates.fee('meter_box', service_date => '2999-01-01')], ARRAY[77.00, 77.00],
	'a cursor held over an adoption');
SELECT is(mission_rates.fee('meter_box', service_date => '2998-12-31'), 50.00, 'the day before');

-- A cursor that is opened inside an UPDATE, and read after it
CREATE FUNCTION open_cursor() RETURNS refcursor LANGUAGE plpgsql AS $$
DECLARE
	inside refcursor := 'inside';
BEGIN
	OPEN inside NO SCROLL FOR SELECT mission_rates.fee('probe', schedule => 'probe') AS amount;
	RETURN inside;
END $$;
BEGIN;
WITH u AS (UPDATE mission_rates.fee SET amount = 99 WHERE schedule = 'probe' AND code = 'probe' RETURNING 1)
SELECT open_cursor() AS name, count(*) AS changed FROM u \gset
FETCH ALL FROM inside \gset inside_
ROLLBACK;
SELECT is(ARRAY[:inside_amount, :rated], ARRAY[99.00, 23.00], 'a cursor that was opened inside an UPDATE, which is rolled back');

-- TRUNCATE and COPY; TRUNCATE of adopted rows is for the replica role alone.
BEGIN;
SET LOCAL session_replication_role = replica;
TRUNCATE mission_rates.fee;
SAVEPOINT emptied;
\set ON_ERROR_STOP off
SELECT :rated;
\set ON_ERROR_STOP on
\set emptied :SQLSTATE
ROLLBACK TO emptied;
ROLLBACK;
SELECT is(:'emptied'::text, 'P0002', 'no rates after TRUNCATE');
SELECT is(:rated, 23.00, 'they are back after its ROLLBACK');
COPY mission_rates.fee (schedule, code, amount, unit, label) FROM STDIN;
probe	copied	24	each	Copied
\.
SELECT is(mission_rates.fee('copied', schedule => 'probe'), 24.00, 'a row written by COPY');
BEGIN;
DELETE FROM mission_rates.fee WHERE schedule = 'probe' AND code = 'copied';
SAVEPOINT deleted;
\set ON_ERROR_STOP off
SELECT mission_rates.fee('copied', schedule => 'probe');
\set ON_ERROR_STOP on
\set deleted :SQLSTATE
ROLLBACK;
SELECT is(:'deleted'::text, 'P0002', 'a row deleted');
SELECT is(mission_rates.fee('copied', schedule => 'probe'), 24.00, 'and not deleted after all');

-- session_replication_role = replica: ordinary triggers do not fire
SET session_replication_role = replica;
SELECT pg_temp.set_probe(25) \gset
SELECT is(:rated, 25.00, 'a change in the replica role, seen in it');
RESET session_replication_role;
SELECT is(:rated, 25.00, 'and after it');

SELECT is(:rated, (SELECT amount::numeric FROM mission_rates.fee WHERE schedule = 'probe' AND code = 'probe'),
	'in the end it is what the table says');
SELECT * FROM finish();
