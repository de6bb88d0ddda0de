-- Adopted schedules are history: their rows cannot be inserted, updated,
-- deleted or truncated; drafts are free to edit, and a restore can bring one
-- back.
SET client_min_messages = warning;
SELECT no_plan();

CREATE TEMP TABLE rate_table (name text, assignment text);
INSERT INTO rate_table VALUES
	('class_rule', 'label = label'),
	('water_minimum', 'amount = amount + 1'),
	('water_volume', 'rate_per_1000 = rate_per_1000 + 1'),
	('sewer_rate', 'fixed = fixed + 1'),
	('fee', 'amount = 0'),
	('deposit', 'deposit = 0'),
	('water_tap', 'amount = NULL'),
	('sewer_permit', 'amount = NULL');
CREATE TEMP TABLE every_table AS
	SELECT name, assignment FROM rate_table
	UNION ALL SELECT 'schedule', 'title = ''changed''';
CREATE FUNCTION pg_temp.all_rows() RETURNS TABLE (rate_table text, rate_row text) LANGUAGE plpgsql AS $$
DECLARE
	t text;
BEGIN
	FOR t IN SELECT name FROM every_table LOOP
		RETURN QUERY EXECUTE format('SELECT %L, r::text FROM mission_rates.%I AS r', t, t);
	END LOOP;
END $$;

SELECT mission_rates.draft_schedule('Next');
SELECT mission_rates.adopt_schedule('Next', '2999-01-01', accept_warnings => true);
SELECT mission_rates.draft_schedule('Draft');
CREATE TEMP TABLE before AS SELECT * FROM pg_temp.all_rows();

-- The owner, who is a superuser here, on each of the nine tables
SELECT throws_ok(format('UPDATE mission_rates.%I SET %s WHERE schedule = %L', name, assignment, s), '55000',
	format('schedule "%s" is adopted, its rows cannot be changed', s), format('UPDATE of %s, %s', name, s))
FROM every_table, unnest(ARRAY['Ordinance 5244', 'Next']) AS s;
SELECT throws_ok(format('DELETE FROM mission_rates.%I WHERE schedule = %L', name, s), '55000',
	format('schedule "%s" is adopted, its rows cannot be changed', s), format('DELETE from %s, %s', name, s))
FROM every_table, unnest(ARRAY['Ordinance 5244', 'Next']) AS s;
SELECT throws_ok(format('TRUNCATE mission_rates.%I', name), '55000',
	format('table "%s" has rows of adopted schedules, it cannot be truncated', name), 'TRUNCATE ' || name)
FROM every_table;
SELECT throws_ok('TRUNCATE ' || string_agg('mission_rates.' || name, ', '), '55000', NULL, 'TRUNCATE of all at once')
FROM every_table;
SELECT throws_ok('TRUNCATE mission_rates.fee CASCADE', '55000', NULL, 'TRUNCATE ... CASCADE');
INSERT INTO mission_rates.sewer_volume VALUES ('Draft', 'A1', 0, 1.5, '');
SELECT lives_ok('TRUNCATE mission_rates.sewer_volume', 'TRUNCATE of a table that has rows of a draft alone');
SELECT is_empty('SELECT FROM mission_rates.sewer_volume', 'which are gone');

-- Rows moved out of an adopted schedule, and into one
SELECT throws_ok(format('UPDATE mission_rates.%I SET schedule = ''Elsewhere'' WHERE schedule = ''Next''', name), '55000',
	'schedule "Next" is adopted, its rows cannot be changed', 'out of it: ' || name)
FROM every_table;
SET client_min_messages = error;
SELECT lives_ok(format($$CREATE TEMP TABLE spare_%1$s AS SELECT * FROM mission_rates.%1$I WHERE schedule = 'Draft';
	UPDATE spare_%1$s SET schedule = 'Nowhere'; INSERT INTO mission_rates.%1$I SELECT * FROM spare_%1$s$$, name),
	'the owner may insert rows of no schedule: ' || name)
FROM rate_table;
SET client_min_messages = warning;
SELECT throws_ok(format('UPDATE mission_rates.%I SET schedule = ''Next'' WHERE schedule = ''Nowhere''', name), '55000',
	'schedule "Next" is adopted, its rows cannot be changed', 'into it: ' || name)
FROM rate_table;
SELECT throws_ok($$UPDATE mission_rates.schedule SET schedule = 'Next' WHERE schedule = 'Draft'$$, '55000', NULL,
	'a draft cannot take the name of an adopted schedule');

-- More rows than the seal
SELECT throws_ok($$INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
	VALUES ('Next', 'garbage', 1, 'month', 'Garbage')$$, '55000',
	'schedule "Next" is adopted, its rows cannot be changed', 'INSERT');
SELECT throws_ok($$INSERT INTO mission_rates.fee SELECT * FROM mission_rates.fee WHERE schedule = 'Next'
	ON CONFLICT DO NOTHING$$, '55000', NULL, 'INSERT ... ON CONFLICT DO NOTHING');
SELECT throws_ok($$INSERT INTO mission_rates.fee SELECT * FROM mission_rates.fee WHERE schedule = 'Next'
	ON CONFLICT (schedule, code) DO UPDATE SET amount = 0$$, '55000', NULL, 'INSERT ... ON CONFLICT DO UPDATE');
SELECT CASE WHEN current_setting('server_version_num')::int >= 150000 THEN throws_ok($$
	MERGE INTO mission_rates.fee AS f USING (VALUES ('Next')) AS s (schedule) ON f.schedule = s.schedule
	WHEN MATCHED THEN DELETE$$, '55000', NULL, 'MERGE') ELSE pass('MERGE came with 15') END;
SELECT throws_ok($$WITH gone AS (DELETE FROM mission_rates.fee WHERE schedule = 'Next' RETURNING *)
	SELECT count(*) FROM gone$$, '55000', NULL, 'DELETE in a WITH');

-- Dates and seals set by hand
SELECT throws_ok($$UPDATE mission_rates.schedule SET effective_from = '2998-01-01',
	sealed_rows = _mission_rates.number_of_rate_rows(schedule) WHERE schedule = 'Draft'$$, '55000',
	'effective_from, sealed_rows and fingerprint of schedule "Draft" cannot be set by hand', 'a draft adopted by hand');
SELECT throws_ok($$UPDATE mission_rates.schedule SET sealed_rows = 1 WHERE schedule = 'Draft'$$, '55000', NULL,
	'a seal set by hand');
SELECT throws_ok($$UPDATE mission_rates.schedule SET effective_from = NULL, sealed_rows = NULL
	WHERE schedule = 'Next'$$, '55000', 'schedule "Next" is adopted, its rows cannot be changed',
	'withdrawn by hand');
SELECT throws_ok($$UPDATE mission_rates.schedule SET sealed_rows = sealed_rows + 1 WHERE schedule = 'Next'$$,
	'55000', NULL, 'a seal made larger');
SELECT throws_ok($$UPDATE mission_rates.schedule SET effective_from = '2998-01-01' WHERE schedule = 'Next'$$,
	'55000', NULL, 'another date');
SELECT throws_ok($$INSERT INTO mission_rates.schedule (schedule, effective_from) VALUES ('Bad', '2998-01-01')$$,
	'23514', NULL, 'a date without a seal');
SELECT throws_ok($$INSERT INTO mission_rates.schedule (schedule, sealed_rows) VALUES ('Bad', 1)$$,
	'23514', NULL, 'a seal without a date');
SELECT throws_ok($$INSERT INTO mission_rates.schedule (schedule, effective_from, sealed_rows)
	VALUES ('Bad', '2998-01-01', 1)$$, '23514', NULL, 'a date without a fingerprint');
SELECT throws_ok($$INSERT INTO mission_rates.schedule (schedule, fingerprint) VALUES ('Bad', repeat('0', 64))$$,
	'23514', NULL, 'a fingerprint without a date');
SELECT throws_ok(format($$INSERT INTO mission_rates.schedule (schedule, effective_from, sealed_rows, fingerprint)
	VALUES ('Bad', %L, 1, repeat('0', 64))$$, day), '23514', NULL, 'not in the calendar: ' || day)
FROM unnest('{infinity,-infinity,0001-12-31 BC,10000-01-01}'::date[]) AS day;
SELECT throws_ok(format($$INSERT INTO mission_rates.schedule (schedule, adopted_on) VALUES ('Bad', %L)$$, day), '23514', NULL,
	'nor passed on such a day: ' || day)
FROM unnest('{infinity,-infinity,0001-12-31 BC,10000-01-01}'::date[]) AS day;

-- Nothing of this changed anything
SELECT bag_eq('SELECT * FROM pg_temp.all_rows() WHERE rate_row NOT LIKE ''(Nowhere,%''', 'SELECT * FROM before',
	'every row is as it was');
SELECT mission_rates.drop_draft('Nowhere');

-- Drafts are free
SELECT lives_ok(format('UPDATE mission_rates.%I SET %s WHERE schedule = ''Draft''', name, assignment),
	'UPDATE of a draft: ' || name)
FROM every_table;
SELECT lives_ok(format('DELETE FROM mission_rates.%I WHERE schedule = ''Draft''', name), 'DELETE from a draft: ' || name)
FROM rate_table;
SELECT lives_ok($$INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
	VALUES ('Draft', 'garbage', 1, 'month', 'Garbage')$$, 'INSERT into a draft');
SELECT throws_ok($$DELETE FROM mission_rates.schedule WHERE schedule = 'Draft'$$, '55000',
	'draft "Draft" still has 1 rate row', 'its row cannot go while it has rates');
SELECT throws_ok($$UPDATE mission_rates.schedule SET schedule = 'Renamed' WHERE schedule = 'Draft'$$, '55000',
	'the name of draft "Draft" cannot be changed', 'a draft cannot be renamed: its rows would stay behind');
SELECT lives_ok($$UPDATE mission_rates.schedule SET schedule = 'Draft' WHERE schedule = 'Draft'$$, 'the same name is none');
SELECT lives_ok($$DELETE FROM mission_rates.fee WHERE schedule = 'Draft'$$, 'its last row deleted');
SELECT lives_ok($$DELETE FROM mission_rates.schedule WHERE schedule = 'Draft'$$, 'and the draft');

-- A restore: the owner brings the schedule and fills it up to its seal
CREATE TEMP TABLE saved AS SELECT * FROM mission_rates.fee WHERE schedule = 'Next';
UPDATE saved SET schedule = 'Restored';
-- (its fingerprint, as the schedule would have had it)
SET client_min_messages = error;
CREATE TEMP TABLE sealed (print text);
DO $$
BEGIN
	INSERT INTO mission_rates.schedule (schedule, effective_from, sealed_rows, fingerprint)
		VALUES ('Restored', '2999-06-01', 16, repeat('0', 64));
	INSERT INTO mission_rates.fee SELECT * FROM saved;
	RAISE EXCEPTION '%', mission_rates.schedule_fingerprint('Restored');
EXCEPTION WHEN raise_exception THEN
	INSERT INTO sealed VALUES (SQLERRM);
END $$;
SET client_min_messages = warning;
SELECT lives_ok($$INSERT INTO mission_rates.schedule (schedule, effective_from, sealed_rows, fingerprint)
	VALUES ('Restored', '2999-06-01', 16, (SELECT print FROM sealed))$$, 'the schedule comes back');
SELECT throws_ok($$SELECT mission_rates.fee('boring', schedule => 'Restored')$$, '55000',
	'rates of schedule "Restored" are not those that were adopted', 'while it is empty it rates nothing');
SELECT lives_ok($$INSERT INTO mission_rates.fee SELECT * FROM saved WHERE code < 'm'$$, 'some of its rows come back');
SELECT throws_ok($$SELECT mission_rates.fee('boring', schedule => 'Restored')$$, '55000',
	'rates of schedule "Restored" are not those that were adopted', 'while rows are missing it rates nothing');
SELECT results_eq($$SELECT severity, rate_table, item, problem FROM mission_rates.check_schedule('Restored')
	WHERE rate_table = 'schedule' AND severity = 'error'$$,
	$$VALUES ('error', 'schedule', 'Restored', 'has 6 rate rows but was adopted with 16')$$, 'check_schedule says so');
SELECT throws_ok($$UPDATE mission_rates.fee SET amount = 1 WHERE schedule = 'Restored'$$, '55000', NULL,
	'rows that are there cannot be changed');
SELECT lives_ok($$INSERT INTO mission_rates.fee SELECT * FROM saved WHERE code >= 'm'$$, 'the others come back');
SELECT is(mission_rates.fee('boring', schedule => 'Restored'), 12.00, 'then it rates');
SELECT throws_ok($$INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
	VALUES ('Restored', 'garbage', 1, 'month', 'Garbage')$$, '55000', NULL, 'and is closed');

-- One statement cannot overfill it either
SELECT lives_ok($$INSERT INTO mission_rates.schedule (schedule, effective_from, sealed_rows, fingerprint)
	VALUES ('Overfull', '2999-07-01', 3, repeat('0', 64))$$, 'a schedule with a seal of 3');
SELECT throws_ok($$INSERT INTO mission_rates.fee SELECT 'Overfull', code, amount, unit, label, section
	FROM saved LIMIT 4$$, '55000', NULL, 'four rows in one statement');
SELECT is_empty($$SELECT FROM mission_rates.fee WHERE schedule = 'Overfull'$$, 'none of them stayed');

-- Replication and repair: the guard does not fire, the seal still holds
SET session_replication_role = replica;
SELECT lives_ok($$DELETE FROM mission_rates.fee WHERE schedule = 'Restored' AND code = 'boring'$$,
	'under session_replication_role = replica');
RESET session_replication_role;
SELECT lives_ok($$SELECT mission_rates.fee('late_fee', 10, schedule => 'Restored')$$, 'a session that has read it goes on');
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Copy', 'Restored')$$, '55000', NULL, 'nor is it copied as if it were whole');

-- A user's trigger aborts an adoption: the guard is closed again
SELECT mission_rates.draft_schedule('Draft', 'Ordinance 5244');
CREATE FUNCTION pg_temp.break_off() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'not today'; END$$;
CREATE FUNCTION pg_temp.skip() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE TRIGGER city BEFORE UPDATE ON mission_rates.schedule FOR EACH ROW EXECUTE FUNCTION pg_temp.break_off();
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Draft', '2999-08-01', accept_warnings => true)$$, 'P0001', 'not today',
	'a trigger of the city''s own breaks an adoption off');
SELECT throws_ok($$SELECT mission_rates.withdraw_schedule('Next')$$, 'P0001', 'not today', 'and a withdrawal');
DROP TRIGGER city ON mission_rates.schedule;
SELECT throws_ok($$UPDATE mission_rates.schedule SET effective_from = '2999-08-01',
	sealed_rows = _mission_rates.number_of_rate_rows(schedule) WHERE schedule = 'Draft'$$, '55000', NULL, 'afterwards a date cannot be set by hand');
SELECT throws_ok($$UPDATE mission_rates.schedule SET effective_from = NULL, sealed_rows = NULL
	WHERE schedule = 'Next'$$, '55000', NULL, 'nor taken away');
CREATE TRIGGER city BEFORE UPDATE ON mission_rates.schedule FOR EACH ROW EXECUTE FUNCTION pg_temp.skip();
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Draft', '2999-08-01', accept_warnings => true)$$, '09000',
	'schedule "Draft" could not be changed', 'an adoption that a trigger skips is an error');
DROP TRIGGER city ON mission_rates.schedule;
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Draft', '2999-08-01', accept_warnings => true)$$, 'without it the draft is adopted');
SELECT throws_ok($$UPDATE mission_rates.schedule SET title = 'x' WHERE schedule = 'Draft'$$, '55000', NULL,
	'and closed in the same session');
SELECT throws_ok($$DELETE FROM mission_rates.schedule WHERE schedule = 'Draft'$$, '55000', NULL, 'its row too');

-- A user's trigger that changes rows before they are written does not get
-- around it
CREATE FUNCTION pg_temp.trim_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.schedule := btrim(NEW.schedule, ' _');
	RETURN NEW;
END $$;
CREATE TRIGGER city BEFORE INSERT OR UPDATE ON mission_rates.fee FOR EACH ROW EXECUTE FUNCTION pg_temp.trim_name();
SELECT throws_ok($$INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
	VALUES ('Next_', 'garbage', 1, 'month', 'Garbage')$$, '55000', 'schedule "Next" is adopted, its rows cannot be changed',
	'a row that a trigger moves into an adopted schedule');
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('Loose', 'garbage', 1, 'month', 'Garbage');
SELECT throws_ok($$UPDATE mission_rates.fee SET schedule = 'Next ' WHERE schedule = 'Loose'$$, '55000', NULL,
	'by an update too');
SELECT lives_ok($$UPDATE mission_rates.fee SET schedule = 'Looser ' WHERE schedule = 'Loose'$$, 'others it may move');
DROP TRIGGER city ON mission_rates.fee;
SELECT mission_rates.drop_draft('Looser');
SELECT mission_rates.draft_schedule('Dated');
CREATE FUNCTION pg_temp.set_date() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.effective_from := '2998-01-01';
	NEW.sealed_rows := _mission_rates.number_of_rate_rows(NEW.schedule);
	NEW.fingerprint := repeat('0', 64);
	RETURN NEW;
END $$;
CREATE TRIGGER city BEFORE UPDATE ON mission_rates.schedule FOR EACH ROW EXECUTE FUNCTION pg_temp.set_date();
SELECT throws_ok($$UPDATE mission_rates.schedule SET title = 'x' WHERE schedule = 'Dated'$$, '55000',
	'effective_from, sealed_rows and fingerprint of schedule "Dated" cannot be set by hand', 'nor can a trigger set the date');
DROP TRIGGER city ON mission_rates.schedule;
SELECT lives_ok($$SELECT mission_rates.drop_draft('Dated')$$, 'it is still a draft');

-- A clerk: a role that may write to the rate tables, and no more
DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'mission_rates_clerk') THEN
		REVOKE ALL ON ALL TABLES IN SCHEMA mission_rates FROM mission_rates_clerk;
	ELSE
		CREATE ROLE mission_rates_clerk;
	END IF;
END $$;
SELECT format('GRANT INSERT, UPDATE, DELETE ON mission_rates.%I TO mission_rates_clerk', t.rate_table)
FROM _mission_rates.rate_tables() AS t \gexec
GRANT USAGE ON SCHEMA public TO mission_rates_clerk;
SET ROLE mission_rates_clerk;
SELECT throws_ok($$INSERT INTO mission_rates.schedule (schedule, effective_from, sealed_rows)
	VALUES ('Forged', '2998-01-01', 0)$$, '55000',
	'effective_from, sealed_rows and fingerprint of schedule "Forged" cannot be set by hand', 'a clerk cannot insert a date');
SELECT throws_ok($$UPDATE mission_rates.fee SET amount = 0 WHERE schedule = 'Ordinance 5244'$$, '55000', NULL,
	'a clerk cannot change what is adopted');
SELECT throws_ok($$INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
	VALUES ('Nowhere', 'garbage', 1, 'month', 'Garbage')$$, '23503',
	'there is no schedule "Nowhere" that a row of table "fee" could belong to', 'nor write rows of no schedule');
SELECT throws_ok($$SELECT _mission_rates.guard_schedule()$$, '42501', NULL, 'trigger functions are not for calling');
SELECT lives_ok($$SELECT mission_rates.draft_schedule('Clerk', 'Ordinance 5244')$$, 'a clerk drafts');
SELECT lives_ok($$UPDATE mission_rates.fee SET amount = amount + 1 WHERE schedule = 'Clerk'$$, 'edits');
SELECT throws_ok($$UPDATE mission_rates.schedule SET effective_from = '2999-09-01',
	sealed_rows = _mission_rates.number_of_rate_rows(schedule) WHERE schedule = 'Clerk'$$, '55000', NULL, 'cannot adopt by hand');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Clerk', '2999-09-01', accept_warnings => true)$$, 'adopts');
SELECT lives_ok($$SELECT mission_rates.withdraw_schedule('Clerk')$$, 'withdraws');
SELECT lives_ok($$SELECT mission_rates.drop_draft('Clerk')$$, 'and drops');
SELECT throws_ok($$TRUNCATE mission_rates.fee$$, '42501', NULL, 'a clerk has no right to truncate');
RESET ROLE;
REVOKE ALL ON ALL TABLES IN SCHEMA mission_rates FROM mission_rates_clerk;
REVOKE ALL ON SCHEMA public FROM mission_rates_clerk;
SET ROLE mission_rates_clerk;
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Clerk')$$, '42501', NULL, 'without the rights: no draft');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Next', '2999-12-01', accept_warnings => true)$$, '42501', NULL, 'no adoption');
SELECT throws_ok($$SELECT mission_rates.withdraw_schedule('Next')$$, '42501', NULL, 'no withdrawal');
SELECT throws_ok($$SELECT mission_rates.drop_draft('Next')$$, '42501', NULL, 'no removal');
RESET ROLE;
DROP ROLE mission_rates_clerk;

SELECT * FROM finish();
