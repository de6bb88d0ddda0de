-- Row security on the rate tables: what is checked, sealed and dated is what the rate book sees, whoever asks; what a
-- clerk cannot see or write is never left out without a word.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS mission_rates;
SELECT no_plan();

CREATE ROLE policy_clerk;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA mission_rates TO policy_clerk;
SELECT mission_rates.draft_schedule(name, 'Ordinance 5244') FROM unnest(ARRAY['Draft', 'Second', 'Third']) AS name;

-- A clerk who does not see all fees
ALTER TABLE mission_rates.fee ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON mission_rates.fee USING (code <> 'boring') WITH CHECK (true);
SET ROLE policy_clerk;
SELECT is((SELECT count(*) FROM mission_rates.fee WHERE schedule = 'Draft'), 15::bigint, 'the clerk sees 15 of 16 fees');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Draft', '2990-01-01', accept_warnings => true)$$, 'and adopts');
SELECT is((SELECT sealed_rows FROM mission_rates.schedule WHERE schedule = 'Draft'), 134, 'the seal counts all rows');
SELECT is(mission_rates.fee('boring', service_date => '2990-01-01'), 12.00, 'as the rate book does');
SELECT is_empty($$SELECT * FROM mission_rates.schedule_log WHERE event = 'adopt' AND detail -> 'warnings' @> '[{"item": "boring"}]'$$,
	'nothing was missing in the check');
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Copy', 'Draft')$$, '09000',
	'only 133 of 134 rate rows of schedule "Draft" could be copied', 'a copy of less is refused');
SELECT throws_ok($$SELECT mission_rates.drop_draft('Second')$$, '09000',
	'1 rate row of schedule "Second" could not be deleted', 'rows are not left behind');
SELECT throws_ok($$INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('Draft', 'extra', 1, 'each', 'Extra')$$,
	'55000', NULL, 'nor is there room where rows are hidden');
RESET ROLE;
DROP POLICY part ON mission_rates.fee;
ALTER TABLE mission_rates.fee DISABLE ROW LEVEL SECURITY;

-- A clerk who sees no adopted schedule
ALTER TABLE mission_rates.schedule ENABLE ROW LEVEL SECURITY;
CREATE POLICY drafts ON mission_rates.schedule USING (effective_from IS NULL) WITH CHECK (true);
SET ROLE policy_clerk;
SELECT is((SELECT count(*) FROM mission_rates.schedule WHERE effective_from IS NOT NULL), 0::bigint, 'the clerk sees drafts alone');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Second', '2990-01-01', accept_warnings => true)$$, '22023',
	'draft "Second" cannot start on 2990-01-01', 'a day is taken though its schedule is hidden');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Second', '2023-06-01', accept_warnings => true)$$, '22023', NULL,
	'nor can the past be changed');
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Draft')$$, '23505', 'schedule "Draft" exists already',
	'a name is taken too');
SELECT throws_ok($$UPDATE mission_rates.fee SET amount = 1 WHERE schedule = 'Draft'$$, '55000', NULL,
	'an adopted schedule is guarded though it is hidden');
SELECT throws_ok($$SELECT mission_rates.withdraw_schedule('Draft')$$, '09000', 'schedule "Draft" could not be changed',
	'a policy that hides a schedule keeps it from being withdrawn, which is said');
RESET ROLE;

-- A trigger of the city's own that skips the row of a schedule
CREATE FUNCTION pg_temp.skip() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE TRIGGER city BEFORE INSERT OR DELETE ON mission_rates.schedule FOR EACH ROW EXECUTE FUNCTION pg_temp.skip();
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Skipped', 'Ordinance 5244')$$, '09000',
	'schedule "Skipped" could not be changed', 'no draft without its row');
SELECT throws_ok($$SELECT mission_rates.drop_draft('Second')$$, '09000', 'schedule "Second" could not be changed',
	'no row without its rates');
DROP TRIGGER city ON mission_rates.schedule;

-- The owner too, where the policies are forced on the owner
ALTER TABLE mission_rates.schedule FORCE ROW LEVEL SECURITY;
SELECT throws_ok($$UPDATE mission_rates.fee SET amount = 1 WHERE schedule = 'Draft'$$, '55000', NULL, 'forced row security');
ALTER TABLE mission_rates.schedule NO FORCE ROW LEVEL SECURITY;
DROP POLICY drafts ON mission_rates.schedule;
ALTER TABLE mission_rates.schedule DISABLE ROW LEVEL SECURITY;

-- A table that inherits from a rate table: its rows are no rates, and no seal counts them
CREATE TABLE public.more_fees () INHERITS (mission_rates.fee);
INSERT INTO public.more_fees (schedule, code, amount, unit, label) VALUES ('Third', 'garbage', 1, 'month', 'Garbage');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Third', '2991-01-01', accept_warnings => true)$$, '55000', NULL,
	'nothing is adopted beside it');
DROP TABLE public.more_fees;
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Third', '2991-01-01', accept_warnings => true)$$, 'without it');
SELECT is((SELECT sealed_rows FROM mission_rates.schedule WHERE schedule = 'Third'), 134, 'all is as before');

DROP OWNED BY policy_clerk;
DROP ROLE policy_clerk;
SELECT * FROM finish();
