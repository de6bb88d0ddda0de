-- Plans: several years of increases that are adopted at once, and amended before they start.
SET client_min_messages = warning;
SELECT no_plan();

-- A draft with one rate of its own; the sum of a bill shows which schedule made it
CREATE FUNCTION pg_temp.draft(schedule text, boring numeric, based_on text DEFAULT NULL) RETURNS void
	LANGUAGE plpgsql AS $$
BEGIN
	PERFORM mission_rates.draft_schedule(schedule, based_on);
	UPDATE mission_rates.fee SET amount = boring WHERE fee.schedule = draft.schedule AND code = 'boring';
END
$$;

-- The fee on the days around the first of some months
CREATE FUNCTION pg_temp.fees(VARIADIC days date[]) RETURNS numeric[] LANGUAGE sql AS $$
	SELECT array_agg(mission_rates.fee('boring', service_date => d + n) ORDER BY i, n)
	FROM unnest($1) WITH ORDINALITY AS u(d, i), generate_series(-1, 0) AS n
$$;

-- A draft starts from the schedule that was adopted for the latest date, not from the one in force today
SELECT pg_temp.draft('Plan 2990', 13, 'Ordinance 5244');
UPDATE mission_rates.schedule SET due_days = 25 WHERE schedule = 'Plan 2990';
SELECT mission_rates.adopt_schedule('Plan 2990', '2990-10-01', accept_warnings => true);
SELECT mission_rates.draft_schedule('Other draft', 'Ordinance 5244');
SELECT lives_ok($$SELECT mission_rates.draft_schedule('Plan 2991')$$, 'a draft without a base');
SELECT is(mission_rates.fee('boring', schedule => 'Plan 2991'), 13.00, 'keeps the increase that is adopted');
SELECT is((SELECT due_days FROM mission_rates.schedule WHERE schedule = 'Plan 2991'), 25, 'and the terms');

-- A plan of three years, amended in the middle of its second
UPDATE mission_rates.fee SET amount = 14 WHERE schedule = 'Plan 2991' AND code = 'boring';
SELECT mission_rates.adopt_schedule('Plan 2991', '2991-10-01', accept_warnings => true);
SELECT pg_temp.draft('Plan 2992', 15);
SELECT mission_rates.adopt_schedule('Plan 2992', '2992-10-01', accept_warnings => true);
SELECT is(pg_temp.fees('2990-10-01', '2991-10-01', '2992-10-01'), '{12.00,13.00,13.00,14.00,14.00,15.00}', 'a plan');
SELECT pg_temp.draft('Amendment', 13.50, 'Plan 2991');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Amendment', '2991-10-01', accept_warnings => true)$$, '22023',
	'draft "Amendment" cannot start on 2991-10-01', 'not on the day of another');
SELECT is((SELECT problem FROM _mission_rates.schedule_problems('Amendment', '2992-04-01', NULL) WHERE problem LIKE '%, adopted for %'),
	'changed from 14.00 to 13.50, but "Plan 2992", adopted for 2992-10-01, has 15.00', 'a later year that goes the other way');
SELECT is_empty($$SELECT * FROM mission_rates.check_schedule('Plan 2991') WHERE problem LIKE '%, adopted for %'$$, 'not one that goes on');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Amendment', '2992-04-01', adopted_by => 'City Council',
	accept_warnings => true)$$, 'between two that are still to come');
SELECT is(pg_temp.fees('2990-10-01', '2991-10-01', '2992-04-01', '2992-10-01'),
	'{12.00,13.00,13.00,14.00,14.00,13.50,13.50,15.00}', 'each is in force until the next one starts');
SELECT pg_temp.draft('Before the plan', 12.50, 'Ordinance 5244');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Before the plan', '2990-04-01', accept_warnings => true)$$,
	'between the one in force and the plan');
SELECT is(pg_temp.fees('2990-04-01', '2990-10-01'), '{12.00,12.50,12.50,13.00}', 'too');

-- Every month right before and after, from rows that name no schedule
SELECT results_eq($$SELECT array_agg(DISTINCT c.amount ORDER BY c.amount), count(*)
	FROM generate_series(date '2990-01-01', date '2993-12-01', interval '1 month') AS m,
		 LATERAL (SELECT mission_rates.fee('boring', service_date => m::date) AS amount) AS c$$,
	$$VALUES ('{12.00,12.50,13.00,13.50,14.00,15.00}'::numeric[], 48::bigint)$$, 'all of them');
SELECT is_empty($$
	WITH starts(day, boring) AS (VALUES (date '2023-01-01', 12), ('2990-04-01', 12.5), ('2990-10-01', 13),
		('2991-10-01', 14), ('2992-04-01', 13.5), ('2992-10-01', 15))
	SELECT m FROM generate_series(date '2989-01-31', date '2994-12-31', interval '1 month') AS m,
		 generate_series(-1, 1) AS n
	WHERE mission_rates.fee('boring', service_date => m::date + n) <>
		(SELECT s.boring FROM starts AS s WHERE s.day <= m::date + n ORDER BY s.day DESC LIMIT 1)$$,
	'every month-end is billed by the schedule in force');

-- adopted_by
SELECT is(adopted_by, 'City Council', 'the council that is named') FROM mission_rates.schedule WHERE schedule = 'Amendment';
SELECT mission_rates.draft_schedule('By hand');
UPDATE mission_rates.schedule SET adopted_by = 'Written by the clerk' WHERE schedule = 'By hand';
SELECT mission_rates.adopt_schedule('By hand', '2993-10-01', accept_warnings => true);
SELECT is(adopted_by, 'Written by the clerk', 'NULL leaves the column') FROM mission_rates.schedule WHERE schedule = 'By hand';

-- An ordinance that was entered late: after the last one the date may be past, and that is final
SELECT mission_rates.withdraw_schedule(schedule) FROM mission_rates.schedule WHERE effective_from > '2900-01-01';
SELECT pg_temp.draft('Late', 20, 'Ordinance 5244');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Late', '2024-01-01')$$, '23514', NULL, 'a date in the past is a warning');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Late', '2024-01-01', accept_warnings => true)$$, 'after the last one');
SELECT is(pg_temp.fees('2024-01-01'), '{12.00,20.00}', 'it is in force from then on');
SELECT throws_ok($$SELECT mission_rates.withdraw_schedule('Late')$$, '55000',
	'schedule "Late" is or was in force, it cannot be withdrawn', 'which is final');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('By hand', '2023-06-01', accept_warnings => true)$$, '22023',
	'draft "By hand" cannot start on 2023-06-01', 'between two that were in force: never');

-- What is to come is decided by the clock, not by the session.  In this zone it is a week ago.
SET timezone = 'X+167';
SELECT isnt_empty($$SELECT FROM _mission_rates.date_warnings('By hand', CURRENT_DATE + 3, CURRENT_DATE)
	WHERE problem LIKE '%a date in the past'$$,
	'a date in the past is a warning wherever the session claims to be');
RESET timezone;
SELECT mission_rates.adopt_schedule('By hand', (clock_timestamp() AT TIME ZONE 'UTC')::date - 2, accept_warnings => true);
SET timezone = 'X+167';
SELECT ok((SELECT effective_from > CURRENT_DATE FROM mission_rates.schedule WHERE schedule = 'By hand'),
	'the session takes it for a day to come');
SELECT throws_ok($$SELECT mission_rates.withdraw_schedule('By hand')$$, '55000',
	'schedule "By hand" is or was in force, it cannot be withdrawn', 'the clock does not');
SELECT throws_ok($$SELECT mission_rates.drop_draft('By hand')$$, '55000', 'schedule "By hand" is adopted, it cannot be dropped',
	'nor can it be dropped');
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Plan 2992', CURRENT_DATE + 3, accept_warnings => true)$$, '22023',
	NULL, 'nor another one be adopted before it');
RESET timezone;

-- A day that has begun in the east is not to come
SELECT mission_rates.adopt_schedule('Plan 2992', '2992-10-01', accept_warnings => true);
SELECT throws_ok($$SELECT mission_rates.adopt_schedule('Plan 2991',
	((clock_timestamp() + interval '14 hours') AT TIME ZONE 'UTC')::date, accept_warnings => true)$$, '22023', NULL,
	'today, where today is first');
SET timezone = 'X-167';
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Plan 2991', CURRENT_DATE - 3, accept_warnings => true)$$,
	'a day to come that the session takes for a past one');
SELECT lives_ok($$SELECT mission_rates.withdraw_schedule('Plan 2991')$$, 'can be withdrawn');
RESET timezone;

SELECT * FROM finish();
