-- self_test: everything passes on a good installation, for anybody; each line on the health of the installation is seen
-- to fail once; an error is the answer of one line and not the end of all.
SET client_min_messages = warning;
SELECT no_plan();

SELECT is_empty($$SELECT * FROM mission_rates.self_test() WHERE passed IS NOT TRUE$$, 'a fresh installation passes');
SELECT ok((SELECT count(*) > 30 AND bool_and(expected = actual) FROM mission_rates.self_test()), 'every test has its answer');
SELECT mission_rates.draft_schedule('New', 'Ordinance 5244');
UPDATE mission_rates.fee SET amount = 13 WHERE schedule = 'New' AND code = 'boring';
SELECT mission_rates.adopt_schedule('New', CURRENT_DATE + 30);
SELECT mission_rates.draft_schedule('Draft');
SELECT is_empty($$SELECT * FROM mission_rates.self_test() WHERE passed IS NOT TRUE$$, 'so does one with an adopted schedule');

-- Change something in a transaction that is rolled back; what does not pass then, as "test: actual"
CREATE FUNCTION pg_temp.failed(command text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	failed text[];
BEGIN
	BEGIN
		EXECUTE command;
		SELECT coalesce(array_agg(t.test || ': ' || coalesce(t.actual, 'NULL') ORDER BY t.n), '{}') INTO failed
		FROM mission_rates.self_test() WITH ORDINALITY AS t (test, expected, actual, passed, n) WHERE t.passed IS NOT TRUE;
		RAISE EXCEPTION USING ERRCODE = 'P0099';
	EXCEPTION WHEN SQLSTATE 'P0099' THEN
		NULL;
	END;
	RETURN failed;
END $$;
CREATE FUNCTION pg_temp.after(command text, about text, VARIADIC expected text[]) RETURNS text LANGUAGE sql AS $$
	SELECT is(pg_temp.failed(command), expected, about)
$$;

CREATE ROLE self_test_other;
SELECT pg_temp.after('SELECT', 'nothing was changed', VARIADIC '{}');
SELECT pg_temp.after($$SET LOCAL session_replication_role = replica;
	UPDATE mission_rates.water_volume SET rate_per_1000 = 2.35 WHERE schedule = 'New' AND class = 'A1' AND above_gallons = 999$$,
	'a superuser who goes around the guard', 'schedules that are not as they were adopted: "New" its fingerprint does not'
	' match, what is charged is not what was adopted');
SELECT is(regexp_replace(array_to_string(pg_temp.failed($$SET LOCAL session_replication_role = replica;
	UPDATE mission_rates.fee SET amount = 5.5 WHERE schedule = 'Ordinance 5244' AND code = 'disconnection'$$), E'\n'),
	'\m[0-9a-f]{64}\M', 'another'), 'fingerprint of Ordinance 5244: another
schedules that are not as they were adopted: "Ordinance 5244" its fingerprint does not match, what is charged is not what was adopted',
	'the same in Ordinance 5244, by which this session goes on to bill');
SELECT pg_temp.after($$SET LOCAL session_replication_role = replica;
	DELETE FROM mission_rates.fee WHERE schedule = 'New' AND code = 'boring'$$,
	'a row less', format('schedules that are not as they were adopted: "New" has %s rate rows but was adopted with %s',
	sealed_rows - 1, sealed_rows)) FROM mission_rates.schedule WHERE schedule = 'New';
SELECT pg_temp.after($$INSERT INTO mission_rates.schedule (schedule, effective_from, sealed_rows, fingerprint)
	VALUES ('By hand', '2099-01-01', 0, repeat('0', 64))$$,
	'a sealed schedule that somebody inserts by hand', 'schedules that are not as they were adopted: "By hand" its fingerprint does'
	' not match, what is charged is not what was adopted', 'adopted schedules that are not in the log: "By hand"');
SELECT pg_temp.after($$SET LOCAL session_replication_role = replica; UPDATE mission_rates.fee SET amount = 14
	WHERE schedule = 'New' AND code = 'boring'; UPDATE mission_rates.schedule
	SET fingerprint = mission_rates.schedule_fingerprint('New') WHERE schedule = 'New'$$,
	'one who also sets the fingerprint', 'adopted schedules that are not in the log: "New"');
SELECT pg_temp.after($$SET LOCAL session_replication_role = replica; DELETE FROM mission_rates.schedule_log$$,
	'an adoption that is not in the log', 'adopted schedules that are not in the log: "New"');
SELECT pg_temp.after($$SET LOCAL session_replication_role = replica; DELETE FROM mission_rates.schedule WHERE schedule = 'New';
	DELETE FROM mission_rates.class_rule WHERE schedule = 'New'; DELETE FROM mission_rates.deposit WHERE schedule = 'New';
	DELETE FROM mission_rates.sewer_permit WHERE schedule = 'New'; DELETE FROM mission_rates.sewer_rate WHERE schedule = 'New';
	DELETE FROM mission_rates.water_tap WHERE schedule = 'New'; DELETE FROM mission_rates.water_minimum WHERE schedule = 'New';
	DELETE FROM mission_rates.water_volume WHERE schedule = 'New'; DELETE FROM mission_rates.fee WHERE schedule = 'New'$$,
	'a schedule that was removed as a whole', 'adoptions in the log whose schedule is gone: "New"');
SELECT mission_rates.withdraw_schedule('New');
SELECT pg_temp.after('SELECT', 'one that was withdrawn', VARIADIC '{}');
SELECT mission_rates.adopt_schedule('New', CURRENT_DATE + 30);
SELECT pg_temp.after(format('ALTER TABLE %s %s TRIGGER %I', t.relation, c.command, t.name),
	format('%s: %s', t.name, c.command),
	format('triggers that are missing or not enabled as installed: %s: %s', t.relation, t.name))
FROM _mission_rates.installed_triggers() AS t, unnest(ARRAY['DISABLE', 'ENABLE REPLICA']) AS c (command)
WHERE t.relation IN ('mission_rates.schedule', 'mission_rates.fee', 'mission_rates.schedule_log', '_mission_rates.added_label');
SELECT pg_temp.after('ALTER TABLE _mission_rates.added_label ENABLE TRIGGER _add_label', 'one that is not ALWAYS any more',
	'triggers that are missing or not enabled as installed: _mission_rates.added_label: _add_label');
SELECT pg_temp.after('ALTER TABLE mission_rates.fee ENABLE ALWAYS TRIGGER _guard_rows', 'one that stops a subscriber',
	'triggers that are missing or not enabled as installed: mission_rates.fee: _guard_rows');
SELECT pg_temp.after('DROP TRIGGER _guard_rows ON mission_rates.fee', 'one that is gone',
	'triggers that are missing or not enabled as installed: mission_rates.fee: _guard_rows');
SELECT pg_temp.after('CREATE OR REPLACE TRIGGER _guard_rows BEFORE INSERT ON mission_rates.fee FOR EACH ROW'
	' EXECUTE FUNCTION _mission_rates.guard_rate_rows()', 'one that was narrowed',
	'triggers that are missing or not enabled as installed: mission_rates.fee: _guard_rows');
SELECT pg_temp.after(command, command, 'objects that belong to somebody else: ' || object)
FROM (VALUES ('ALTER TABLE mission_rates.fee OWNER TO self_test_other', 'table mission_rates.fee'),
	('ALTER TYPE mission_rates.rate_group OWNER TO self_test_other', 'type mission_rates.rate_group'),
	('ALTER FUNCTION mission_rates.schedule_fingerprint(text) OWNER TO self_test_other', 'function mission_rates.schedule_fingerprint(text)'),
	('ALTER SCHEMA _mission_rates OWNER TO self_test_other', 'schema _mission_rates')) AS v (command, object);
SELECT pg_temp.after(command, command, 'tables that are not as they were made: 55000: table "' || answer || ' that mission_rates did not make')
FROM (VALUES
	('CREATE POLICY city ON _mission_rates.added_label USING (true)', 'added_label" has a policy'),
	('CREATE RULE city AS ON UPDATE TO mission_rates.schedule_log DO NOTHING', 'schedule_log" has a rule')) AS v (command, answer);
SELECT ok('rate rows of no schedule: fee, schedule Ghost: 1 rate row names this schedule, which does not exist' = ANY (pg_temp.failed(
	$$SET LOCAL client_min_messages = error; INSERT INTO mission_rates.fee VALUES ('Ghost', 'boring', 1, 'each', 'Boring')$$)), 'rate rows of no schedule');
SELECT pg_temp.after($$UPDATE pg_catalog.pg_extension SET extconfig = extconfig[2:], extcondition = extcondition[2:]
	WHERE extname = 'mission_rates'$$, 'a table that is not dumped', 'tables whose rows are not dumped: ' || relname)
FROM pg_extension AS e JOIN pg_class AS c ON c.oid = e.extconfig[1] WHERE extname = 'mission_rates';
SELECT ok('tables that are not as they were made: 55000: relation "fee" has 7 columns instead of 6' = ANY (failed)
	AND 'water A1, 3/4 inch, 0 gallons: 55000: relation "fee" has 7 columns instead of 6' = ANY (failed), 'errors are answers')
FROM pg_temp.failed('ALTER TABLE mission_rates.fee ADD COLUMN remark text') AS failed;
SELECT ok('adopted schedules that are not in the log: 42P01: relation "mission_rates.schedule_log" does not exist' = ANY (failed)
	AND cardinality(failed) < 10, 'even for what is not there')
FROM pg_temp.failed('ALTER TABLE mission_rates.schedule_log RENAME TO logged') AS failed;

-- Labels
SELECT mission_rates.add_class('A10');
SELECT is_empty('SELECT * FROM mission_rates.self_test() WHERE passed IS NOT TRUE', 'a label that add_class added');
ALTER TYPE mission_rates.customer_class ADD VALUE 'A11';
ALTER TYPE mission_rates.service_area ADD VALUE 'county';
SELECT results_eq('SELECT test, actual FROM mission_rates.self_test() WHERE passed IS NOT TRUE',
	$$VALUES ('labels that are not recorded in added_label', 'customer_class A11, service_area county')$$,
	'labels that ALTER TYPE added');
SELECT mission_rates.add_class('A11');
SELECT results_eq('SELECT test, actual FROM mission_rates.self_test() WHERE passed IS NOT TRUE',
	$$VALUES ('labels that are not recorded in added_label', 'service_area county')$$, 'one of them is recorded since');

-- Anybody may ask
CREATE ROLE self_test_user;
SET ROLE self_test_user;
SELECT results_eq($$SELECT bool_and(passed) FROM mission_rates.self_test() WHERE test NOT LIKE 'labels%'$$, 'VALUES (true)', 'an ordinary user');
RESET ROLE;
DROP ROLE self_test_user, self_test_other;
BEGIN READ ONLY;
SELECT results_eq($$SELECT bool_and(passed) FROM mission_rates.self_test() WHERE test NOT LIKE 'labels%'$$, 'VALUES (true)', 'in a transaction that only reads');
COMMIT;
SET search_path = pg_temp, public;
SELECT results_eq($$SELECT bool_and(passed) FROM mission_rates.self_test() WHERE test NOT LIKE 'labels%'$$, 'VALUES (true)', 'whatever search_path');
RESET search_path;

-- A request to stop is not taken for an answer, and leaves a transaction that goes on.
CREATE FUNCTION pg_temp.stopped() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	FOR n IN 1 .. 20000 LOOP
		PERFORM t.test FROM mission_rates.self_test() AS t;
	END LOOP;
	RETURN 'not stopped';
EXCEPTION WHEN query_canceled THEN
	RETURN 'stopped, then ' || (SELECT count(*) FROM mission_rates.self_test() WHERE NOT passed AND test NOT LIKE 'labels%');
END $$;
SET statement_timeout = 10;
SELECT pg_temp.stopped() AS stopped \gset
RESET statement_timeout;
SELECT is(:'stopped'::text, 'stopped, then 0', 'a timeout is not caught');

SELECT * FROM finish();
