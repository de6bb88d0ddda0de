-- check_schedule beside the schedules before and after: dates, amounts that fell, and plans that lack an amendment.
SET client_min_messages = warning;
SELECT no_plan();

-- The problems that keep a draft from being adopted, one to a line
CREATE FUNCTION pg_temp.refusal(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
BEGIN
	EXECUTE 'SELECT mission_rates.adopt_schedule(' || call || ')';
	RETURN 'adopted';
EXCEPTION WHEN check_violation THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN detail;
END $$;
CREATE FUNCTION pg_temp.problems(schedule text) RETURNS text[] LANGUAGE sql AS $$
	SELECT coalesce(array_agg(format('%s|%s|%s|%s', c.severity, c.rate_table, c.item, c.problem)), '{}')
	FROM mission_rates.check_schedule($1) AS c
$$;

-- Dates
SELECT mission_rates.draft_schedule('Dates', 'Ordinance 5244');
SELECT is(pg_temp.refusal($$'Dates', '2207-01-01', '2208-01-01'$$),
	'warning: schedule, Dates: adopted on 2208-01-01, a date in the future
warning: schedule, Dates: adopted on 2208-01-01, after it takes effect on 2207-01-01
warning: schedule, Dates: it starts on 2207-01-01, more than five years from today', 'adopted in the year 2208 for 2207');
SELECT is(pg_temp.refusal($$'Dates', CURRENT_DATE + 30, CURRENT_DATE + 31$$), format(
	'warning: schedule, Dates: adopted on %1$s, a date in the future
warning: schedule, Dates: adopted on %1$s, after it takes effect on %2$s', CURRENT_DATE + 31, CURRENT_DATE + 30),
	'adopted after it takes effect');
SELECT is(pg_temp.refusal($$'Dates', CURRENT_DATE + 30, CURRENT_DATE + 30$$),
	format('warning: schedule, Dates: adopted on %s, a date in the future', CURRENT_DATE + 30), 'adopted in the future');
SELECT is(pg_temp.refusal($$'Dates', (CURRENT_DATE + interval '5 years 1 day')::date$$),
	format('warning: schedule, Dates: it starts on %s, more than five years from today',
	(CURRENT_DATE + interval '5 years 1 day')::date), 'five years and a day from today');
SELECT is(pg_temp.refusal($$'Dates', (CURRENT_DATE - 1)$$), format(
	'warning: schedule, Dates: adopted on %1$s, after it takes effect on %2$s
warning: schedule, Dates: it is to start on %2$s, a date in the past', CURRENT_DATE, CURRENT_DATE - 1),
	'an ordinance that was entered late');
SELECT is(pg_temp.refusal($$'Dates', (CURRENT_DATE + interval '5 years')::date$$), 'adopted', 'five years are no problem');
SELECT is(pg_temp.problems('Dates'), '{}', 'nor afterwards');
SELECT mission_rates.withdraw_schedule('Dates');
SELECT is(pg_temp.refusal($$'Dates', '2207-01-01', '2208-01-01', accept_warnings => true$$), 'adopted', 'accepted');
SELECT is(pg_temp.problems('Dates'), ARRAY[
	'warning|schedule|Dates|adopted on 2208-01-01, a date in the future',
	'warning|schedule|Dates|adopted on 2208-01-01, after it takes effect on 2207-01-01',
	'warning|schedule|Dates|it starts on 2207-01-01, more than five years from today'],
	'dates of an adopted schedule are still reported');
SELECT mission_rates.withdraw_schedule('Dates');
SELECT mission_rates.drop_draft('Dates');

-- A plan of two years, and an amendment that comes before it
SELECT mission_rates.draft_schedule('Year 1', 'Ordinance 5244');
UPDATE mission_rates.fee SET amount = 13 WHERE schedule = 'Year 1' AND code = 'boring';
SELECT mission_rates.adopt_schedule('Year 1', CURRENT_DATE + 400);
SELECT mission_rates.draft_schedule('Year 2', 'Year 1');
UPDATE mission_rates.fee SET amount = 14 WHERE schedule = 'Year 2' AND code = 'boring';
UPDATE mission_rates.water_volume SET rate_per_1000 = rate_per_1000 + 0.05 WHERE schedule = 'Year 2';
SELECT mission_rates.adopt_schedule('Year 2', CURRENT_DATE + 800);
SELECT is(pg_temp.problems('Year 1') || pg_temp.problems('Year 2'), '{}', 'a plan has no problem');
SELECT mission_rates.draft_schedule('Amendment', 'Ordinance 5244');
UPDATE mission_rates.fee SET amount = 12.50 WHERE schedule = 'Amendment' AND code = 'boring';
UPDATE mission_rates.fee SET amount = 30, label = 'Lid' WHERE schedule = 'Amendment' AND code = 'meter_lid';
UPDATE mission_rates.schedule SET due_days = 25 WHERE schedule = 'Amendment';
INSERT INTO mission_rates.fee VALUES ('Amendment', 'after_hours', 75, 'each', 'After hours', '114-61');
DELETE FROM mission_rates.sewer_permit WHERE schedule = 'Amendment' AND line_inches = 4;
UPDATE mission_rates.water_tap SET amount = 650 WHERE schedule = 'Amendment' AND meter_size = '3'
	AND service_area = 'inside' AND compound;
CREATE FUNCTION pg_temp.lacking() RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(format('%s: %s, %s: %s', severity, rate_table, item, problem) ORDER BY n)
	FROM _mission_rates.schedule_problems('Amendment', CURRENT_DATE + 200, CURRENT_DATE)
		WITH ORDINALITY AS t (severity, rate_table, item, problem, n)
	WHERE problem LIKE '%but "Year%'
$$;
SELECT is(pg_temp.lacking(), ARRAY(SELECT replace(p, '@', format('"Year %s", adopted for %s,', y, CURRENT_DATE + 400 * y))
	FROM (VALUES (1, 'warning: schedule, due_days: changed from 20 to 25, but @ still has 20'),
		(2, 'warning: sewer_permit, 4 inch: dropped, but @ has it'),
		(3, 'warning: water_tap, 3 inch compound, inside: changed from empty to 650.00, but @ still has it empty'),
		(4, 'warning: fee, meter_lid: changed from 25.00 to 30.00, but @ still has 25.00'),
		(5, 'warning: fee, meter_lid: label changed from Meter box lid replacement to Lid, but @ still has Meter box lid replacement'),
		(6, 'warning: fee, after_hours: new, but @ does not have it'))
		AS v (n, p), (VALUES (1), (2)) AS s (y) ORDER BY n, y),
	'plans that are already adopted lack an amendment; what they changed themselves is theirs');
SELECT mission_rates.withdraw_schedule('Year 2');
SELECT ok(array_to_string(pg_temp.lacking(), ' ') LIKE '%"Year 1"%' AND array_to_string(pg_temp.lacking(), ' ') NOT LIKE '%"Year 2"%',
	'drafts are not asked');

SELECT * FROM finish();
