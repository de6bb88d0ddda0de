-- The log of what was done to schedules: one row for each call; only the
-- functions write it, and no row can be changed.
SET client_min_messages = warning;
SELECT no_plan();

SELECT is_empty($$SELECT * FROM mission_rates.schedule_log$$, 'Ordinance 5244 has no row');
SELECT has_column('mission_rates', 'schedule_log', 'role', 'the log has its columns');
SELECT is((SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute
	WHERE attrelid = 'mission_rates.schedule_log'::regclass AND attnum > 0 AND NOT attisdropped),
	'at timestamp with time zone, event text, schedule text, role text, effective_from date, fingerprint text, detail jsonb',
	'in their order');

-- A life of a schedule, by a clerk who has no right on the log
CREATE ROLE log_clerk;
SELECT format('GRANT INSERT, UPDATE, DELETE ON mission_rates.%I TO log_clerk', t.rate_table)
FROM _mission_rates.rate_tables() AS t \gexec
SET ROLE log_clerk;
SET datestyle = 'German';
SELECT mission_rates.draft_schedule('New', 'Ordinance 5244');
UPDATE mission_rates.fee SET amount = 120 WHERE schedule = 'New' AND code = 'boring';
SELECT mission_rates.adopt_schedule('New', '2990-01-01', '2989-11-02', 'City "Council"', true);
SELECT mission_rates.withdraw_schedule('New');
SELECT mission_rates.drop_draft('New');
RESET datestyle;
SELECT results_eq($$SELECT event, schedule, effective_from FROM mission_rates.schedule_log ORDER BY at$$,
	$$VALUES ('draft', 'New', NULL::date), ('adopt', 'New', '2990-01-01'), ('withdraw', 'New', '2990-01-01'),
	('drop', 'New', NULL)$$, 'each step is on record');
SELECT is((SELECT array_agg(DISTINCT role) FROM mission_rates.schedule_log), ARRAY[session_user::text],
	'with the role that logged in');
SELECT is((SELECT detail FROM mission_rates.schedule_log WHERE event = 'draft'), '{"based_on": "Ordinance 5244"}',
	'what it was based on');
SELECT is((SELECT detail - 'warnings' FROM mission_rates.schedule_log WHERE event = 'adopt'),
	jsonb_build_object('adopted_on', '2989-11-02', 'adopted_by', 'City "Council"', 'sealed_rows',
	_mission_rates.number_of_rate_rows('Ordinance 5244')), 'how it was adopted');
SELECT ok((SELECT detail -> 'warnings' @> '[{"rate_table": "fee", "item": "boring"}]' FROM mission_rates.schedule_log
	WHERE event = 'adopt'), 'with the warnings that were accepted');
SELECT is((SELECT detail FROM mission_rates.schedule_log WHERE event = 'withdraw'), '{}', 'withdrawn');
SELECT is((SELECT detail FROM mission_rates.schedule_log WHERE event = 'drop'),
	jsonb_build_object('rate_rows', _mission_rates.number_of_rate_rows('Ordinance 5244')), 'how much was dropped');

-- By the clock, not by the transaction
BEGIN;
SELECT mission_rates.draft_schedule('One');
SELECT mission_rates.draft_schedule('Two');
SELECT ok(two.at > one.at AND one.at > now(), 'at is the clock')
FROM mission_rates.schedule_log AS one, mission_rates.schedule_log AS two WHERE one.schedule = 'One' AND two.schedule = 'Two';
ROLLBACK;
SELECT is_empty($$SELECT * FROM mission_rates.schedule_log WHERE schedule = 'One'$$, 'what was rolled back did not happen');
SELECT throws_ok($$SELECT mission_rates.draft_schedule('New', 'Nothing')$$, 'P0002', NULL, 'what failed');
SELECT is((SELECT count(*) FROM mission_rates.schedule_log), 4::bigint, 'is not on record');

-- It cannot be written by hand
SELECT throws_ok($$INSERT INTO mission_rates.schedule_log (at, event, schedule, role) VALUES (now(), 'adopt', 'New', 'x')$$,
	'42501', NULL, 'a clerk has no right');
RESET ROLE;
GRANT ALL ON mission_rates.schedule_log TO log_clerk;
SET ROLE log_clerk;
SELECT throws_ok($$INSERT INTO mission_rates.schedule_log (at, event, schedule, role) VALUES (now(), 'adopt', 'New', 'x')$$,
	'55000', 'the log of schedules cannot be written by hand', 'and with one is refused');
RESET ROLE;
SELECT throws_ok(statement, '55000', 'the log of schedules cannot be changed', 'the owner too: ' || statement)
FROM unnest(ARRAY[$$UPDATE mission_rates.schedule_log SET role = 'x'$$, 'DELETE FROM mission_rates.schedule_log',
	'DELETE FROM mission_rates.schedule_log WHERE false', 'TRUNCATE mission_rates.schedule_log']) AS statement;

-- A restore brings its rows back
SELECT lives_ok($$INSERT INTO mission_rates.schedule_log (at, event, schedule, role, effective_from, detail)
	VALUES ('2020-01-01', 'adopt', 'Restored', 'gone', '2020-01-01', '{}')$$, 'the owner restores');
SELECT throws_ok($$INSERT INTO mission_rates.schedule_log (at, event, schedule, role) VALUES (now(), 'other', 'x', 'x')$$,
	'23514', NULL, 'only what can be done to a schedule');

-- A clerk who was granted too much cannot have code run as the owner of the log
GRANT TRIGGER ON mission_rates.schedule_log TO log_clerk;
GRANT CREATE ON SCHEMA public TO log_clerk;
SET ROLE log_clerk;
CREATE FUNCTION public.as_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'run as %', current_user;
END $$;
CREATE TRIGGER clerk BEFORE INSERT ON mission_rates.schedule_log FOR EACH ROW EXECUTE FUNCTION public.as_owner();
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Unseen')$$, '55000',
	'table "schedule_log" has a trigger "clerk" that mission_rates did not make', 'a trigger on the log');
SELECT is(actual, '55000: table "schedule_log" has a trigger "clerk" that mission_rates did not make', 'self_test names it')
FROM mission_rates.self_test() WHERE test = 'tables that are not as they were made';
RESET ROLE;
DROP TRIGGER clerk ON mission_rates.schedule_log;
CREATE RULE skip AS ON INSERT TO mission_rates.schedule_log DO INSTEAD NOTHING;
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Unseen')$$, '55000',
	'table "schedule_log" has a rule that mission_rates did not make', 'a rule');
DROP RULE skip ON mission_rates.schedule_log;
CREATE POLICY part ON mission_rates.schedule_log USING (false);
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Unseen')$$, '55000',
	'table "schedule_log" has a policy that mission_rates did not make', 'a policy, be row security enabled or not');
DROP POLICY part ON mission_rates.schedule_log;
CREATE TABLE public.more () INHERITS (mission_rates.schedule_log);
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Unseen')$$, '55000',
	'table "schedule_log" has a child that mission_rates did not make', 'a child');
DROP TABLE public.more;
CREATE TABLE public.above (at timestamptz NOT NULL);
ALTER TABLE mission_rates.schedule_log INHERIT public.above;
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Unseen')$$, '55000',
	'table "schedule_log" has a parent that mission_rates did not make', 'a parent');
ALTER TABLE mission_rates.schedule_log NO INHERIT public.above;
DROP TABLE public.above;
SELECT lives_ok($$SELECT mission_rates.draft_schedule('Seen')$$, 'without them');

DROP OWNED BY log_clerk;
DROP ROLE log_clerk;
SELECT * FROM finish();
