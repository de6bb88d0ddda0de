-- Draft, adopt, withdraw and drop: what each does, and what it refuses.
SET client_min_messages = warning;
SELECT plan(66);

-- Every rate row of a schedule, its name aside
CREATE FUNCTION pg_temp.rows_of(schedule text) RETURNS TABLE (rate_table text, rate_row jsonb) LANGUAGE sql AS $$
	SELECT 'class_rule', to_jsonb(r) - 'schedule' FROM mission_rates.class_rule AS r WHERE r.schedule = $1
	UNION ALL SELECT 'water_minimum', to_jsonb(r) - 'schedule' FROM mission_rates.water_minimum AS r WHERE r.schedule = $1
	UNION ALL SELECT 'water_volume', to_jsonb(r) - 'schedule' FROM mission_rates.water_volume AS r WHERE r.schedule = $1
	UNION ALL SELECT 'sewer_rate', to_jsonb(r) - 'schedule' FROM mission_rates.sewer_rate AS r WHERE r.schedule = $1
	UNION ALL SELECT 'fee', to_jsonb(r) - 'schedule' FROM mission_rates.fee AS r WHERE r.schedule = $1
	UNION ALL SELECT 'deposit', to_jsonb(r) - 'schedule' FROM mission_rates.deposit AS r WHERE r.schedule = $1
	UNION ALL SELECT 'water_tap', to_jsonb(r) - 'schedule' FROM mission_rates.water_tap AS r WHERE r.schedule = $1
	UNION ALL SELECT 'sewer_permit', to_jsonb(r) - 'schedule' FROM mission_rates.sewer_permit AS r WHERE r.schedule = $1
$$;

-- The schedule that is shipped
SELECT results_eq($$SELECT schedule, adopted_on, adopted_by, effective_from, volume_step, due_days,
	notice_days, included_pipe_feet::numeric, boring_from_inches::numeric, boring_to_inches::numeric,
	waiver_overcharge::numeric FROM mission_rates.schedule$$,
	$$VALUES ('Ordinance 5244', date '2022-10-24', 'City Council of the City of Mission', date '2023-01-01', 1, 20,
	10, 80::numeric, 0.75::numeric, 2::numeric, 0.25::numeric)$$, 'Ordinance 5244 alone is shipped');
SELECT is(count(*), (SELECT sealed_rows::bigint FROM mission_rates.schedule), 'with as many rate rows as its seal says')
FROM pg_temp.rows_of('Ordinance 5244');
SELECT is_empty($$SELECT * FROM mission_rates.check_schedule('Ordinance 5244')$$, 'and without any problem');

-- Drafts
SELECT lives_ok($$SELECT mission_rates.draft_schedule('First')$$, 'a draft of what is in force');
SELECT bag_eq($$SELECT * FROM pg_temp.rows_of('First')$$, $$SELECT * FROM pg_temp.rows_of('Ordinance 5244')$$,
	'has all of its rows');
SELECT results_eq($$SELECT title, adopted_on, adopted_by, effective_from, sealed_rows, due_days
	FROM mission_rates.schedule WHERE schedule = 'First'$$,
	$$VALUES ('', NULL::date, NULL, NULL::date, NULL::integer, 20)$$, 'and its terms, but was adopted by nobody');
SELECT is_empty($$SELECT * FROM mission_rates.compare_schedules('Ordinance 5244', 'First')$$, 'nothing differs');
SELECT is_empty($$SELECT * FROM mission_rates.check_schedule('First')$$, 'a copy has no problem');
SELECT throws_ok($$SELECT mission_rates.draft_schedule('First')$$, '23505', 'schedule "First" exists already',
	'a name that exists');
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Ordinance 5244')$$, '23505',
	'schedule "Ordinance 5244" exists already', 'that of an adopted schedule too');
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Second', 'Nothing')$$, 'P0002',
	'unknown rate schedule "Nothing"', 'a copy of nothing');
SELECT throws_ok($$SELECT mission_rates.draft_schedule(NULL)$$, '22023', 'schedule is NULL', 'no name');
SELECT throws_ok($$SELECT mission_rates.draft_schedule('')$$, '23514', NULL, 'an empty name');
SELECT throws_ok($$SELECT mission_rates.draft_schedule('First ')$$, '23514', NULL, 'a name that ends in a space');
UPDATE mission_rates.fee SET amount = 13 WHERE schedule = 'First' AND code = 'boring';
UPDATE mission_rates.schedule SET due_days = 25 WHERE schedule = 'First';
SELECT lives_ok($$SELECT mission_rates.draft_schedule('Second', 'First')$$, 'a draft of a draft');
SELECT is(mission_rates.fee('boring', schedule => 'Second'), 13.00, 'has its rates');
SELECT is((SELECT due_days FROM mission_rates.schedule WHERE schedule = 'Second'), 25, 'and its terms');
SELECT is(mission_rates.fee('boring', service_date => '2999-01-01'), 12.00, 'drafts are not in force');
SELECT throws_ok($$SELECT mission_rates.fee('nothing', schedule => 'Second')$$, 'P0002',
	'no fee "nothing" (draft "Second")', 'an error of a draft says that it is one');

-- Rate rows without a schedule do not slip into a draft
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('Ghost', 'garbage', 1, 'month', 'Garbage');
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Ghost')$$, '23505',
	'rate rows of a schedule "Ghost" exist already', 'a draft over rows without a schedule');
SELECT lives_ok($$SELECT mission_rates.drop_draft('Ghost')$$, 'such rows can be dropped');
SELECT throws_ok($$SELECT mission_rates.drop_draft('Ghost')$$, 'P0002', 'unknown rate schedule "Ghost"',
	'once');

-- Adoption
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Nothing', '2999-01-01', accept_warnings => true)$$, 'P0002',
	'unknown rate schedule "Nothing"', 'adopting nothing');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule(NULL, '2999-01-01')$$, '22023', 'schedule is NULL', 'no name');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('First', NULL)$$, '22023', 'effective_from is NULL', 'no date');
DO $$
DECLARE
	hint text;
BEGIN
	PERFORM mission_rates.adopt_schedule('First');
EXCEPTION WHEN invalid_parameter_value THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	PERFORM set_config('test.hint', hint, false);
END
$$;
SELECT is(current_setting('test.hint'), $$Say from which day on: SELECT mission_rates.adopt_schedule('First', 'its first day').$$, 'and how to give one');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('First', 'infinity')$$, '22023', 'effective_from is infinite',
	'never');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('First', '2999-01-01', '-infinity')$$, '22023',
	'adopted_on is infinite', 'adopted at no time');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('First', '2999-01-01', accept_warnings => NULL)$$, '22023',
	'accept_warnings is NULL', 'accepted or not');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('First', '2023-01-01', accept_warnings => true)$$, '22023',
	'draft "First" cannot start on 2023-01-01', 'on the day of another');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Ordinance 5244', '2999-01-01', accept_warnings => true)$$, '55000',
	'schedule "Ordinance 5244" is adopted already', 'what is adopted');
SELECT is((SELECT count(*) FROM mission_rates.schedule WHERE effective_from IS NOT NULL), 1::bigint,
	'none of these adopted anything');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('First', '2999-01-01', '2998-11-02', 'City Council', true)$$, 'a good draft');
SELECT results_eq($$SELECT adopted_on, adopted_by, effective_from, sealed_rows::bigint FROM mission_rates.schedule
	WHERE schedule = 'First'$$, $$VALUES (date '2998-11-02', 'City Council', date '2999-01-01',
	_mission_rates.number_of_rate_rows('First'))$$, 'is dated and sealed');
SELECT is(mission_rates.fee('boring', service_date => '2998-12-31'), 12.00, 'the day before, the old rates');
SELECT is(mission_rates.fee('boring', service_date => '2999-01-01'), 13.00, 'from the day on, the new ones');
SELECT is(mission_rates.fee('boring', service_date => '2023-01-01'), 12.00, 'the past stays as it was');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Second', '2023-01-02', accept_warnings => true)$$, '22023',
	'draft "Second" cannot start on 2023-01-02', 'while another one is in force');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Second', '2999-01-01', accept_warnings => true)$$, '22023',
	NULL, 'on the day of the last one');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Second', '2999-01-02', accept_warnings => true)$$, 'the day after it');
SELECT is((SELECT adopted_on FROM mission_rates.schedule WHERE schedule = 'Second'), CURRENT_DATE,
	'adopted today unless said');

-- An earlier ordinance
SELECT mission_rates.draft_schedule('Ordinance 4000', 'Ordinance 5244');
UPDATE mission_rates.fee SET amount = 8 WHERE schedule = 'Ordinance 4000' AND code = 'boring';
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Ordinance 4000', '2011-10-01', '2011-09-12')$$, '23514',
	'draft "Ordinance 4000" cannot be adopted: 0 errors, 1 warning', 'a date in the past is a warning');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Ordinance 4000', '2011-10-01', '2011-09-12', 'City Council', true)$$,
	'once accepted, an earlier ordinance can be adopted');
SELECT is(mission_rates.fee('boring', service_date => '2022-12-31'), 8.00, 'it rates what had no rates');
SELECT is(mission_rates.fee('boring', service_date => '2023-01-01'), 12.00, 'and nothing that had');
SELECT is_empty($$SELECT * FROM mission_rates.check_schedule('Ordinance 4000')$$,
	'its date is no problem once it is adopted');

-- Withdrawal
SELECT throws_ok($$SELECT mission_rates.withdraw_schedule('Ordinance 5244')$$, '55000',
	'schedule "Ordinance 5244" is or was in force, it cannot be withdrawn', 'what is in force');
SELECT throws_ok($$SELECT mission_rates.withdraw_schedule('Ordinance 4000')$$, '55000',
	'schedule "Ordinance 4000" is or was in force, it cannot be withdrawn', 'what was in force');
SELECT throws_ok($$SELECT mission_rates.withdraw_schedule('Nothing')$$, 'P0002', 'unknown rate schedule "Nothing"',
	'nothing');
SELECT throws_ok($$SELECT mission_rates.withdraw_schedule(NULL)$$, '22023', 'schedule is NULL', 'no name');
SELECT throws_ok($$SELECT mission_rates.drop_draft('First')$$, '55000', 'schedule "First" is adopted, it cannot be dropped',
	'an adopted schedule is not dropped');
SELECT lives_ok($$SELECT mission_rates.withdraw_schedule('First')$$, 'what is not in force yet can be withdrawn');
SELECT results_eq($$SELECT adopted_on, adopted_by, effective_from, sealed_rows, fingerprint FROM mission_rates.schedule
	WHERE schedule = 'First'$$, $$VALUES (NULL::date, NULL, NULL::date, NULL::integer, NULL)$$, 'it is a draft again');
SELECT is(mission_rates.fee('boring', service_date => '2999-01-01'), 12.00, 'and not in force');
SELECT throws_ok($$SELECT mission_rates.withdraw_schedule('First')$$, '55000',
	'schedule "First" is a draft, there is nothing to withdraw', 'a draft');
SELECT lives_ok($$UPDATE mission_rates.fee SET amount = 14 WHERE schedule = 'First' AND code = 'boring'$$,
	'its rows can be changed');
SELECT mission_rates.draft_schedule('Today', 'Second');
SELECT mission_rates.withdraw_schedule('Second');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Today', CURRENT_DATE)$$, 'in force from today: no warning');
SELECT throws_ok($$SELECT mission_rates.withdraw_schedule('Today')$$, '55000', NULL,
	'what starts today cannot be withdrawn');
SELECT is(mission_rates.fee('boring'), 13.00, 'it is in force');
SELECT mission_rates.draft_schedule('Tomorrow');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Tomorrow', CURRENT_DATE + 3)$$, 'from a day to come');
SELECT lives_ok($$SELECT mission_rates.withdraw_schedule('Tomorrow')$$, 'can be withdrawn today');

-- Removal
SELECT lives_ok($$SELECT mission_rates.drop_draft('First')$$, 'a draft is dropped');
SELECT is_empty($$SELECT * FROM pg_temp.rows_of('First')$$, 'with its rows');
SELECT throws_ok($$SELECT mission_rates.drop_draft('First')$$, 'P0002', 'unknown rate schedule "First"', 'once');
SELECT throws_ok($$SELECT mission_rates.drop_draft(NULL)$$, '22023', 'schedule is NULL', 'no name');

-- A rollback takes all of it back
BEGIN;
SELECT mission_rates.draft_schedule('Gone');
SELECT mission_rates.adopt_schedule('Gone', '2999-01-01', accept_warnings => true);
ROLLBACK;
SELECT throws_ok($$SELECT mission_rates.fee('boring', schedule => 'Gone')$$, 'P0002', 'unknown rate schedule "Gone"',
	'a rollback takes a draft and its adoption back');

SELECT * FROM finish();
