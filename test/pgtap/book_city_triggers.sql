-- User triggers on the rate tables that call rating functions: each sees what
-- a plain SELECT at the same point sees, also while the statement is half
-- done.
SET client_min_messages = warning;
SELECT plan(25);

INSERT INTO mission_rates.schedule (schedule) VALUES ('probe');
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
	SELECT 'probe', 'probe' || n, n, 'each', 'Probe' FROM generate_series(1, 3) AS n;

-- What the functions say of the three fees, and what the table says.
CREATE TABLE seen (n integer GENERATED ALWAYS AS IDENTITY, at text, rated numeric, stored numeric);
CREATE FUNCTION look(at text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO seen (at, rated, stored) VALUES (
		at,
		mission_rates.fee('probe1', schedule => 'probe') + mission_rates.fee('probe2', schedule => 'probe')
			+ mission_rates.fee('probe3', schedule => 'probe'),
		(SELECT sum(amount) FROM mission_rates.fee WHERE schedule = 'probe' AND code LIKE 'probe_'));
END $$;
CREATE FUNCTION look_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM look(TG_WHEN || ' ' || TG_LEVEL);
	RETURN NEW;
END $$;

-- Names that sort before and behind the extension's triggers.
CREATE TRIGGER "!before_statement" BEFORE UPDATE ON mission_rates.fee FOR EACH STATEMENT EXECUTE FUNCTION look_on();
CREATE TRIGGER z_before_statement BEFORE UPDATE ON mission_rates.fee FOR EACH STATEMENT EXECUTE FUNCTION look_on();
CREATE TRIGGER "!before_row" BEFORE UPDATE ON mission_rates.fee FOR EACH ROW EXECUTE FUNCTION look_on();
CREATE TRIGGER z_before_row BEFORE UPDATE ON mission_rates.fee FOR EACH ROW EXECUTE FUNCTION look_on();
CREATE TRIGGER "!after_row" AFTER UPDATE ON mission_rates.fee FOR EACH ROW EXECUTE FUNCTION look_on();
CREATE TRIGGER z_after_row AFTER UPDATE ON mission_rates.fee FOR EACH ROW EXECUTE FUNCTION look_on();
CREATE TRIGGER "!after_statement" AFTER UPDATE ON mission_rates.fee FOR EACH STATEMENT EXECUTE FUNCTION look_on();
CREATE TRIGGER z_after_statement AFTER UPDATE ON mission_rates.fee FOR EACH STATEMENT EXECUTE FUNCTION look_on();

CREATE VIEW disagreement AS SELECT n, at, rated, stored FROM seen WHERE rated IS DISTINCT FROM stored ORDER BY n;
CREATE FUNCTION pg_temp.forget() RETURNS void LANGUAGE sql AS 'TRUNCATE seen RESTART IDENTITY';

SELECT look('first') \gset
UPDATE mission_rates.fee SET amount = amount * 2 WHERE schedule = 'probe';
SELECT look('last') \gset
SELECT is_empty('SELECT * FROM disagreement', 'one statement, three rows');
SELECT results_eq('SELECT at, count(*)::integer, count(DISTINCT stored)::integer FROM seen GROUP BY at ORDER BY at COLLATE "C"',
	$$VALUES ('AFTER ROW', 6, 1), ('AFTER STATEMENT', 2, 1), ('BEFORE ROW', 6, 3), ('BEFORE STATEMENT', 2, 1),
		('first', 1, 1), ('last', 1, 1)$$,
	'the triggers looked, before each row at another state');

SELECT pg_temp.forget() \gset
BEGIN;
SELECT look('first') \gset
UPDATE mission_rates.fee SET amount = amount * 2 WHERE schedule = 'probe';
SAVEPOINT one;
UPDATE mission_rates.fee SET amount = amount + 1 WHERE schedule = 'probe';
ROLLBACK TO one;
SELECT look('rolled back') \gset
UPDATE mission_rates.fee SET amount = amount + 2 WHERE schedule = 'probe' AND code = 'probe2';
SELECT look('last') \gset
COMMIT;
SELECT is_empty('SELECT * FROM disagreement', 'several statements and a savepoint');

-- Volatile code in the statement itself
SELECT pg_temp.forget() \gset
CREATE FUNCTION looked(amount numeric) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
	PERFORM look('SET');
	RETURN amount + 1;
END $$;
UPDATE mission_rates.fee SET amount = looked(amount) WHERE schedule = 'probe';
SELECT is_empty('SELECT * FROM disagreement', 'a volatile function in SET');
SELECT is((SELECT count(DISTINCT stored)::integer FROM seen WHERE at = 'SET'), 3, 'which sees the rows one after the other');

-- A stable one sees the statement's own snapshot.
UPDATE mission_rates.fee SET amount = mission_rates.fee('probe1', schedule => 'probe') WHERE schedule = 'probe';
SELECT is((SELECT count(DISTINCT amount)::integer FROM mission_rates.fee WHERE schedule = 'probe'), 1,
	'a rate function in SET goes by the statement''s snapshot');

-- A trigger that changes another rate, which has triggers of its own
SELECT pg_temp.forget() \gset
CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE mission_rates.fee SET amount = NEW.amount + 1 WHERE schedule = 'probe' AND code = 'probe3';
	PERFORM look('follow');
	RETURN NULL;
END $$;
CREATE TRIGGER follow AFTER UPDATE ON mission_rates.fee FOR EACH ROW WHEN (NEW.code = 'probe1') EXECUTE FUNCTION follow();
UPDATE mission_rates.fee SET amount = 50 WHERE schedule = 'probe' AND code = 'probe1';
SELECT look('last') \gset
SELECT is_empty('SELECT * FROM disagreement', 'a trigger that changes a rate itself');

-- One that fails inside an exception block
CREATE OR REPLACE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	BEGIN
		UPDATE mission_rates.fee SET amount = looked(amount) / 0 WHERE schedule = 'probe';
	EXCEPTION WHEN division_by_zero THEN
		PERFORM look('caught');
	END;
	RETURN NULL;
END $$;
SELECT pg_temp.forget() \gset
BEGIN;
UPDATE mission_rates.fee SET amount = 60 WHERE schedule = 'probe' AND code = 'probe1';
SELECT look('last') \gset
COMMIT;
SELECT is_empty('SELECT * FROM disagreement', 'a trigger that fails in an exception block');
DROP TRIGGER follow ON mission_rates.fee;

-- Several rate tables in one statement
SELECT pg_temp.forget() \gset
INSERT INTO mission_rates.deposit (schedule, category, deposit, service_fee) VALUES ('probe', 'tenant', 10, 1);
CREATE FUNCTION look_deposit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO seen (at, rated, stored) VALUES ('deposit',
		(SELECT deposit FROM mission_rates.deposit_required('tenant', schedule => 'probe')),
		(SELECT deposit FROM mission_rates.deposit WHERE schedule = 'probe'));
	PERFORM look('with deposit');
	RETURN NEW;
END $$;
CREATE TRIGGER "!before_row" BEFORE UPDATE ON mission_rates.deposit FOR EACH ROW EXECUTE FUNCTION look_deposit();
CREATE TRIGGER "!after_row" AFTER UPDATE ON mission_rates.deposit FOR EACH ROW EXECUTE FUNCTION look_deposit();
WITH fees AS (UPDATE mission_rates.fee SET amount = amount + 5 WHERE schedule = 'probe' RETURNING 1)
UPDATE mission_rates.deposit SET deposit = deposit + 5 WHERE schedule = 'probe';
SELECT is_empty('SELECT * FROM disagreement', 'two tables changed by one statement');

-- An upsert fires the triggers of both commands.
SELECT pg_temp.forget() \gset
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe1', 70, 'each', 'Probe')
	ON CONFLICT (schedule, code) DO UPDATE SET amount = excluded.amount;
SELECT look('last') \gset
SELECT is_empty('SELECT * FROM disagreement', 'an upsert');
SELECT _mission_rates.rate_loads() AS loads \gset
SELECT count(mission_rates.fee('probe1', schedule => 'probe')) AS rated FROM generate_series(1, 3) \gset
SELECT is(_mission_rates.rate_loads() - :loads, 1::bigint, 'afterwards answers are remembered');

-- Rows that are read back by the statement that writes them
SELECT is((SELECT mission_rates.fee('probe1', schedule => 'probe')), 70.00, 'before');
WITH changed AS (
	UPDATE mission_rates.fee SET amount = 80 WHERE schedule = 'probe' AND code = 'probe1'
	RETURNING mission_rates.fee('probe1', schedule => 'probe') AS rated
)
SELECT rated AS returned FROM changed \gset
SELECT is(ARRAY[:returned, mission_rates.fee('probe1', schedule => 'probe')], ARRAY[70.00, 80.00],
	'RETURNING sees what the statement saw, the next statement what it wrote');

-- The end of every kind of statement is noticed: in the same transaction answers
-- are remembered again.
CREATE FUNCTION pg_temp.reloads_after(statement text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	before bigint;
BEGIN
	EXECUTE statement;
	before := _mission_rates.rate_loads();
	PERFORM count(mission_rates.fee('probe1', schedule => 'probe')) FROM generate_series(1, 3);
	RETURN _mission_rates.rate_loads() - before;
END $$;
SELECT is(pg_temp.reloads_after(statement), 1::bigint, 'remembered after ' || what) FROM (VALUES
	('an UPDATE', $$UPDATE mission_rates.fee SET amount = 71 WHERE schedule = 'probe'$$),
	('one of no rows', $$UPDATE mission_rates.fee SET amount = 71 WHERE false$$),
	('an upsert', $$INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe1', 72, 'each', 'Probe')
		ON CONFLICT (schedule, code) DO UPDATE SET amount = excluded.amount$$),
	('an INSERT that does nothing', $$INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe1', 72, 'each', 'Probe')
		ON CONFLICT DO NOTHING$$),
	('four statements in one', $$WITH a AS (UPDATE mission_rates.fee SET amount = 73 WHERE schedule = 'probe' AND code = 'probe1'),
		b AS (UPDATE mission_rates.fee SET amount = 74 WHERE schedule = 'probe' AND code = 'probe2'),
		c AS (DELETE FROM mission_rates.fee WHERE schedule = 'probe' AND code = 'nothing')
		UPDATE mission_rates.deposit SET deposit = 75 WHERE schedule = 'probe'$$),
	('a DELETE', $$DELETE FROM mission_rates.deposit WHERE schedule = 'probe'$$)
) AS example (what, statement);

-- The same while the extension's triggers are off: no statement tells that it is in
-- progress.
UPDATE mission_rates.fee SET amount = 1 WHERE schedule = 'probe';
SELECT pg_temp.forget() \gset
ALTER TABLE mission_rates.fee DISABLE TRIGGER ALL;
-- It writes nothing, so that its statements all have the same command number.
CREATE FUNCTION told(amount numeric) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	rated numeric := mission_rates.fee('probe1', schedule => 'probe') + mission_rates.fee('probe2', schedule => 'probe')
		+ mission_rates.fee('probe3', schedule => 'probe');
	stored numeric := (SELECT sum(f.amount) FROM mission_rates.fee AS f WHERE f.schedule = 'probe' AND f.code LIKE 'probe_');
BEGIN
	PERFORM set_config('probe.said', concat_ws(', ', nullif(current_setting('probe.said', true), ''), rated || ' ' || stored), false);
	RETURN amount + 1;
END $$;
UPDATE mission_rates.fee SET amount = told(amount) WHERE schedule = 'probe';
SELECT is(current_setting('probe.said'), '3.00 3, 4.00 4, 5.00 5', 'a volatile function in SET, the triggers off');
SELECT set_config('probe.said', '', false) AS said \gset
BEGIN;
UPDATE mission_rates.fee SET amount = told(amount) WHERE schedule = 'probe';
SELECT current_setting('probe.said') AS said \gset
ROLLBACK;
SELECT is(:'said'::text, '6.00 6, 7.00 7, 8.00 8', 'again, rolled back');
SELECT set_config('probe.said', '', false) AS said \gset
SELECT is(told(0), 1::numeric, 'afterwards');
SELECT is(current_setting('probe.said'), '6.00 6', 'nothing stays of it');
BEGIN;
UPDATE mission_rates.fee SET amount = looked(amount) WHERE schedule = 'probe';
SAVEPOINT one;
UPDATE mission_rates.fee SET amount = looked(amount) * 10 WHERE schedule = 'probe' AND code = 'probe2';
ROLLBACK TO one;
SELECT look('savepoint') \gset
SELECT _mission_rates.rate_loads() AS loads \gset
SELECT count(mission_rates.fee('probe1', schedule => 'probe')) AS rated FROM generate_series(1, 3) \gset
SELECT _mission_rates.rate_loads() - :loads AS loads \gset
ROLLBACK;
SELECT look('rolled back') \gset
SELECT is_empty('SELECT * FROM disagreement', 'and rolled back');
SELECT is(:loads, 3, 'in a transaction that writes rates nothing is kept from call to call');
ALTER TABLE mission_rates.fee ENABLE TRIGGER ALL;
ALTER TABLE mission_rates.fee ENABLE ALWAYS TRIGGER _begin_statement, ENABLE ALWAYS TRIGGER _end_statement;
SELECT * FROM finish();
