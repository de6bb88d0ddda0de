-- Triggers of the city's own on the rate tables: what they keep from being written is never left out without a word,
-- and what they make of an adoption is not sealed.
SET client_min_messages = warning;
SELECT no_plan();

SELECT mission_rates.draft_schedule(name, 'Ordinance 5244') FROM unnest(ARRAY['Draft', 'Second']) AS name;
CREATE FUNCTION pg_temp.skip() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;

CREATE TRIGGER city BEFORE INSERT OR DELETE ON mission_rates.schedule FOR EACH ROW EXECUTE FUNCTION pg_temp.skip();
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Skipped', 'Ordinance 5244')$$, '09000',
	'schedule "Skipped" could not be changed', 'no draft without its row');
SELECT throws_ok($$SELECT mission_rates.drop_draft('Second')$$, '09000', 'schedule "Second" could not be changed',
	'no row without its rates');
DROP TRIGGER city ON mission_rates.schedule;

CREATE TRIGGER city BEFORE INSERT ON mission_rates.fee FOR EACH ROW WHEN (NEW.code = 'boring') EXECUTE FUNCTION pg_temp.skip();
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Copy', 'Draft')$$, '09000',
	format('only %s of %s rate rows of schedule "Draft" could be copied', _mission_rates.number_of_rate_rows('Draft') - 1,
	_mission_rates.number_of_rate_rows('Draft')), 'a copy of less is refused');
DROP TRIGGER city ON mission_rates.fee;
CREATE TRIGGER city BEFORE DELETE ON mission_rates.fee FOR EACH ROW WHEN (OLD.code = 'boring') EXECUTE FUNCTION pg_temp.skip();
SELECT throws_ok($$SELECT mission_rates.drop_draft('Second')$$, '09000',
	'1 rate row of schedule "Second" could not be deleted', 'rows are not left behind');
DROP TRIGGER city ON mission_rates.fee;
CREATE TRIGGER city BEFORE UPDATE ON mission_rates.fee FOR EACH ROW WHEN (NEW.code = 'boring') EXECUTE FUNCTION pg_temp.skip();
SELECT throws_ok($$SELECT mission_rates.scale_schedule('Second', 10, '{fees}')$$, '09000',
	'only 11 of 12 amounts of schedule "Second" could be changed', 'nor is a part of them raised');
DROP TRIGGER city ON mission_rates.fee;

-- What was checked is what is sealed
CREATE FUNCTION pg_temp.change_terms() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.due_days := 1; RETURN NEW; END$$;
CREATE TRIGGER city BEFORE UPDATE ON mission_rates.schedule FOR EACH ROW EXECUTE FUNCTION pg_temp.change_terms();
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Draft', '2990-01-01', accept_warnings => true)$$, '09000',
	'schedule "Draft" could not be changed', 'a trigger that changes a term');
DROP TRIGGER city ON mission_rates.schedule;
CREATE FUNCTION pg_temp.change_date() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.effective_from := NEW.effective_from - 1;
	RETURN NEW;
END$$;
CREATE TRIGGER city BEFORE UPDATE ON mission_rates.schedule FOR EACH ROW EXECUTE FUNCTION pg_temp.change_date();
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Draft', '2990-01-01', accept_warnings => true)$$, '09000',
	'schedule "Draft" could not be changed', 'one that changes the date');
DROP TRIGGER city ON mission_rates.schedule;
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Draft', '2990-01-01', accept_warnings => true)$$, 'without them');

SELECT * FROM finish();
