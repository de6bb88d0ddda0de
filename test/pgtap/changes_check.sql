-- check_schedule: every error and every warning, each in a draft of its own,
-- and what adopt_schedule makes of them.
SET client_min_messages = warning;
SELECT no_plan();

-- Change a fresh draft by a command (about the draft "D"), and compare the
-- problems of the draft: "severity|table|item|problem" in the order reported.
CREATE FUNCTION pg_temp.finds(change text, expected text[], about text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	problems text[];
BEGIN
	PERFORM mission_rates.draft_schedule('D', 'Ordinance 5244');
	EXECUTE change;
	SELECT coalesce(array_agg(format('%s|%s|%s|%s', c.severity, c.rate_table, c.item, c.problem)), '{}') INTO problems
	FROM mission_rates.check_schedule('D') AS c;
	PERFORM mission_rates.drop_draft('D');
	RETURN is(problems, expected, about);
END $$;

SELECT throws_ok($$SELECT * FROM mission_rates.check_schedule('Nothing')$$, 'P0002',
	'unknown rate schedule "Nothing"', 'an unknown schedule');
SELECT throws_ok($$SELECT * FROM mission_rates.check_schedule(NULL)$$, '22023', 'schedule is NULL', 'none');
SELECT pg_temp.finds('SELECT', '{}', 'a copy has no problem');

-- Errors
SELECT pg_temp.finds($$DELETE FROM mission_rates.class_rule WHERE schedule = 'D' AND class = 'A3'$$, ARRAY[
	'error|sewer_rate|class A3|rates of a class without a class_rule row',
	'error|water_volume|class A3|rates of a class without a class_rule row',
	'warning|class_rule|class A3|missing, "Ordinance 5244" has it'], 'rates of a class without a rule');
SELECT pg_temp.finds($$UPDATE mission_rates.class_rule SET outside_class = 'A6' WHERE schedule = 'D' AND class = 'A2'$$,
	ARRAY['error|class_rule|class A2|outside the city it is rated as class A6, which has no water_volume rows'],
	'an outside class without rates');
SELECT pg_temp.finds($$DELETE FROM mission_rates.water_volume WHERE schedule = 'D' AND class = 'A8';
	UPDATE mission_rates.class_rule SET outside_class = NULL WHERE schedule = 'D' AND class <> 'A8'$$, ARRAY[
	'error|class_rule|class A8|outside the city it is rated as class A8, which has no water_volume rows',
	'warning|class_rule|class A1|outside_class is empty, in "Ordinance 5244" it is A8',
	'warning|class_rule|class A2|outside_class is empty, in "Ordinance 5244" it is A8',
	'warning|class_rule|class A3|outside_class is empty, in "Ordinance 5244" it is A8',
	'warning|class_rule|class A4|outside_class is empty, in "Ordinance 5244" it is A8',
	'warning|class_rule|class A5|outside_class is empty, in "Ordinance 5244" it is A8',
	'warning|class_rule|class A8|it has no water_volume rows, its water cannot be rated',
	'warning|class_rule|class A9|outside_class is empty, in "Ordinance 5244" it is A8',
	'warning|water_volume|class A8, block 1|missing, "Ordinance 5244" has it',
	'warning|water_volume|class A8, block 2|missing, "Ordinance 5244" has it'], 'the outside class lost its rates');
SELECT pg_temp.finds($$UPDATE mission_rates.class_rule SET rate_group = NULL, outside_class = 'A6'
	WHERE schedule = 'D' AND class = 'A6'$$,
	ARRAY['error|class_rule|class A6|outside the city it is rated as class A6, which has no rates'],
	'neither water nor sewer rates outside');
SELECT pg_temp.finds($$DELETE FROM mission_rates.water_minimum WHERE schedule = 'D' AND rate_group = 'commercial'
	AND meter_size <> '1'; DELETE FROM mission_rates.water_minimum WHERE schedule = 'D' AND rate_group = 'commercial';
	UPDATE mission_rates.class_rule SET rate_group = 'residential' WHERE schedule = 'D' AND class = 'A5'$$,
	(SELECT array_agg(p) FROM (SELECT 'error|class_rule|class A2|its rate group commercial has no water_minimum rows' AS p
		UNION ALL (SELECT format('warning|water_minimum|commercial, %s inch, %s|missing, "Ordinance 5244" has it',
			meter_size, service_area) FROM mission_rates.water_minimum WHERE schedule = 'Ordinance 5244'
			AND rate_group = 'commercial' ORDER BY meter_size, service_area)) AS x), 'a group without any minimum');
SELECT pg_temp.finds($$UPDATE mission_rates.deposit SET above_square_feet = 0.5 WHERE schedule = 'D'
	AND category = 'commercial' AND above_square_feet = 0$$, ARRAY[
	'error|deposit|commercial|its lowest step is above 0.5 square feet, smaller buildings have no deposit',
	'warning|deposit|commercial|missing, "Ordinance 5244" has it'], 'a lowest deposit step above 0');
SELECT pg_temp.finds(format($$DELETE FROM mission_rates.fee WHERE schedule = 'D' AND code = %L$$, code), ARRAY[
	format('error|fee|%s|missing, the functions need this fee', code),
	format('warning|fee|%s|missing, "Ordinance 5244" has it', code)], 'a fee that the functions need: ' || code)
FROM unnest(ARRAY['sewer_flat', 'dumping_station', 'fire_sprinkler', 'street_cut_asphalt', 'street_cut_concrete',
	'boring', 'late_fee', 'reconnection', 'disconnection', 'unauthorized_reconnection', 'tampering', 'meter_test',
	'connection']) AS code;
SELECT pg_temp.finds(format($$DELETE FROM mission_rates.fee WHERE schedule = 'D' AND code = %L$$, code), ARRAY[
	format('warning|fee|%s|missing, "Ordinance 5244" has it', code)], 'a fee that they do not need: ' || code)
FROM unnest(ARRAY['service_call', 'meter_box', 'meter_lid']) AS code;

-- Warnings: what the schedule before had
SELECT pg_temp.finds($$DELETE FROM mission_rates.class_rule WHERE schedule = 'D' AND class = 'A4';
	DELETE FROM mission_rates.water_volume WHERE schedule = 'D' AND class = 'A4';
	DELETE FROM mission_rates.sewer_rate WHERE schedule = 'D' AND class = 'A4'$$, ARRAY[
	'warning|class_rule|class A4|missing, "Ordinance 5244" has it',
	'warning|sewer_rate|class A4|missing, "Ordinance 5244" has it',
	'warning|water_volume|class A4, block 1|missing, "Ordinance 5244" has it',
	'warning|water_volume|class A4, block 2|missing, "Ordinance 5244" has it'], 'a class abolished');
SELECT pg_temp.finds($$DELETE FROM mission_rates.water_tap WHERE schedule = 'D' AND meter_size = '12'$$, ARRAY[
	'warning|water_tap|12 inch, inside|missing, "Ordinance 5244" has it',
	'warning|water_tap|12 inch, outside|missing, "Ordinance 5244" has it',
	'warning|water_tap|12 inch compound, inside|missing, "Ordinance 5244" has it',
	'warning|water_tap|12 inch compound, outside|missing, "Ordinance 5244" has it'], 'a size abolished');
SELECT pg_temp.finds($$DELETE FROM mission_rates.sewer_permit WHERE schedule = 'D' AND line_inches = 6$$, ARRAY[
	'warning|sewer_permit|6 inch|missing, "Ordinance 5244" has it',
	'warning|sewer_permit|larger than 6 inch|missing, "Ordinance 5244" has it'], 'permits abolished');
SELECT pg_temp.finds($$DELETE FROM mission_rates.deposit WHERE schedule = 'D' AND category = 'commercial'
	AND above_square_feet = 2000$$,
	ARRAY['warning|deposit|commercial, above 2,000 square feet|missing, "Ordinance 5244" has it'], 'a deposit step');
SELECT pg_temp.finds($$UPDATE mission_rates.sewer_rate SET rate_per_1000 = NULL, factor = NULL
	WHERE schedule = 'D' AND class = 'A1'$$, ARRAY[
	'warning|sewer_rate|class A1|factor is empty, in "Ordinance 5244" it is 1.00',
	'warning|sewer_rate|class A1|rate_per_1000 is empty, in "Ordinance 5244" it is 1.45'], 'a rate that became flat');
SELECT pg_temp.finds($$UPDATE mission_rates.water_tap SET amount = NULL WHERE schedule = 'D' AND meter_size = '2'
	AND service_area = 'inside' AND NOT compound$$,
	ARRAY['warning|water_tap|2 inch, inside|amount is empty, in "Ordinance 5244" it is 1700.00'], 'a price left open');
SELECT pg_temp.finds($$UPDATE mission_rates.schedule SET notice_days = NULL WHERE schedule = 'D'$$,
	ARRAY['warning|schedule|notice_days|not set, charges that need it cannot be rated'], 'a term that is not set');

-- Warnings: amounts
SELECT pg_temp.finds(format($$UPDATE mission_rates.fee SET amount = %s WHERE schedule = 'D' AND code = 'meter_box'$$, amount),
	CASE WHEN problem IS NULL THEN '{}' ELSE ARRAY['warning|fee|meter_box|' || problem] END, 'a fee of 50.00 is now ' || amount)
FROM (VALUES ('50', NULL), ('25', 'fell from 50.00 to 25.00'), ('49.99', 'fell from 50.00 to 49.99'), ('50.01', NULL), ('75', NULL), ('75.01', 'moved by more than half, from 50.00 to 75.01'),
	('24.99', 'moved by more than half, from 50.00 to 24.99'), ('0', 'fell to zero from 50.00'),
	('500', 'moved by more than half, from 50.00 to 500.00')) AS v (amount, problem);
SELECT pg_temp.finds($$UPDATE mission_rates.water_minimum SET amount = 115.00 WHERE schedule = 'D'
	AND rate_group = 'residential' AND meter_size = '3/4' AND service_area = 'inside'$$, ARRAY[
	'warning|water_minimum|residential, 3/4 inch, inside|moved by more than half, from 11.50 to 115.00'],
	'a slipped decimal point');
SELECT pg_temp.finds($$UPDATE mission_rates.sewer_rate SET factor = 0 WHERE schedule = 'D' AND class = 'A1';
	UPDATE mission_rates.sewer_rate SET fixed = 0 WHERE schedule = 'D' AND class = 'A2'$$, ARRAY[
	'warning|sewer_rate|class A1|factor fell to zero from 1.00',
	'warning|sewer_rate|class A2|fixed fell to zero from 11.50'], 'factors and fixed rates');
SELECT pg_temp.finds($$UPDATE mission_rates.deposit SET service_fee = 200 WHERE schedule = 'D' AND category = 'tenant'$$,
	ARRAY['warning|deposit|tenant|service_fee moved by more than half, from 20.00 to 200.00'], 'service fees');
SELECT pg_temp.finds($$UPDATE mission_rates.schedule SET due_days = 2, volume_step = 999 WHERE schedule = 'D'$$,
	ARRAY['warning|schedule|due_days|moved by more than half, from 20 to 2'] || ARRAY(SELECT format(
	'warning|water_volume|class %s, above 19,999 gallons|not a multiple of the volume step of 999 gallons', class)
	FROM mission_rates.class_rule WHERE schedule = 'Ordinance 5244' AND class <> 'A6' ORDER BY class),
	'terms may move, the volume step as it likes, if the blocks start at a multiple of it');
SELECT pg_temp.finds($$UPDATE mission_rates.schedule SET volume_step = 1000 WHERE schedule = 'D'; UPDATE
	mission_rates.water_volume SET above_gallons = above_gallons / 1000 * 1000 WHERE schedule = 'D' AND class <> 'A1'$$,
	ARRAY['warning|water_volume|class A1, above 999 gallons|not a multiple of the volume step of 1,000 gallons',
	'warning|water_volume|class A1, above 19,999 gallons|not a multiple of the volume step of 1,000 gallons']
	|| ARRAY(SELECT format('warning|water_volume|class %s, block %s|starts above %s gallons, in "Ordinance 5244" above %s',
		class, block, a, b) FROM mission_rates.class_rule, (VALUES (1, '0', '999'), (2, '19,000', '19,999'))
		AS v (block, a, b) WHERE schedule = 'Ordinance 5244' AND class NOT IN ('A1', 'A6') ORDER BY class, block),
	'a city that bills completed thousands, and forgot a class');

-- Warnings: blocks
SELECT pg_temp.finds($$UPDATE mission_rates.water_volume SET rate_per_1000 = 2.24 WHERE schedule = 'D'
	AND class = 'A1' AND above_gallons = 19999$$,
	ARRAY['warning|water_volume|class A1, block 2|fell from 2.50 to 2.24',
	'warning|water_volume|class A1, above 19,999 gallons|2.24 is less than the block below it, 2.25'],
	'a block that is cheaper than the one below');
SELECT pg_temp.finds($$UPDATE mission_rates.water_volume SET rate_per_1000 = 2.25 WHERE schedule = 'D'
	AND class = 'A1'$$, ARRAY['warning|water_volume|class A1, block 2|fell from 2.50 to 2.25'],
	'one rate for both blocks: it fell, but not below the other');
SELECT pg_temp.finds($$UPDATE mission_rates.water_volume SET rate_per_1000 = 2.5125 WHERE schedule = 'D' AND class = 'A1'
	AND above_gallons = 19999; UPDATE mission_rates.sewer_rate SET rate_per_1000 = 1.4499 WHERE schedule = 'D'
	AND class = 'A1'$$, ARRAY['warning|sewer_rate|class A1|rate_per_1000 fell from 1.45 to 1.4499'],
	'rates by volume may have four decimals');
SELECT pg_temp.finds($$UPDATE mission_rates.water_minimum SET amount = 11.9025 WHERE schedule = 'D'
	AND rate_group = 'residential' AND meter_size = '3/4' AND service_area = 'inside';
	UPDATE mission_rates.sewer_rate SET fixed = 9.1234 WHERE schedule = 'D' AND class = 'A1';
	UPDATE mission_rates.fee SET amount = round(amount * 1.035, 4) WHERE schedule = 'D' AND code IN ('boring', 'late_fee',
		'sewer_flat', 'connection', 'meter_test', 'fire_sprinkler');
	UPDATE mission_rates.fee SET amount = 5.175 WHERE schedule = 'D' AND code = 'disconnection';
	UPDATE mission_rates.deposit SET service_fee = 20.125 WHERE schedule = 'D' AND category = 'tenant';
	UPDATE mission_rates.water_tap SET amount = amount + 0.001 WHERE schedule = 'D' AND meter_size = '1'
		AND service_area = 'inside';
	UPDATE mission_rates.sewer_permit SET amount = 200.005 WHERE schedule = 'D' AND line_inches = 4$$, ARRAY[
	'warning|deposit|tenant|service_fee 20.125 has more than two decimals',
	'warning|sewer_permit|4 inch|200.005 has more than two decimals',
	'warning|sewer_rate|class A1|fixed 9.1234 has more than two decimals',
	'warning|water_tap|1 inch, inside|550.001 has more than two decimals',
	'warning|water_minimum|residential, 3/4 inch, inside|11.9025 has more than two decimals',
	'warning|fee|disconnection|5.175 has more than two decimals'], 'fractions of a cent per month or each');
SELECT pg_temp.finds($$UPDATE mission_rates.water_volume SET above_gallons = 9999 WHERE schedule = 'D'
	AND class = 'A1' AND above_gallons = 999$$,
	ARRAY['warning|water_volume|class A1, block 1|starts above 9,999 gallons, in "Ordinance 5244" above 999'],
	'a block that starts elsewhere');
SELECT pg_temp.finds($$UPDATE mission_rates.water_volume SET above_gallons = 0, rate_per_1000 = 22.5
	WHERE schedule = 'D' AND class = 'A9' AND above_gallons = 999$$, ARRAY[
	'warning|water_volume|class A9, block 1|moved by more than half, from 2.25 to 22.50',
	'warning|water_volume|class A9, block 1|starts above 0 gallons, in "Ordinance 5244" above 999',
	'warning|water_volume|class A9, above 19,999 gallons|2.50 is less than the block below it, 22.50'],
	'a block that starts elsewhere at another rate');
SELECT pg_temp.finds($$DELETE FROM mission_rates.water_volume WHERE schedule = 'D' AND class = 'A1'
	AND above_gallons = 19999$$,
	ARRAY['warning|water_volume|class A1, block 2|missing, "Ordinance 5244" has it'], 'a block that is gone');
SELECT pg_temp.finds($$INSERT INTO mission_rates.water_volume VALUES ('D', 'A1', 49999, 3, '114-54(c)(2)'),
	('D', 'A1', 99999, 4, '114-54(c)(2)')$$, '{}', 'a third and a fourth block on top are no mistake');

-- Warnings: places, sections, dates, rows of no schedule
SELECT pg_temp.finds($$INSERT INTO mission_rates.water_minimum VALUES
	('D', 'residential', '10', 'inside', 800, '114-54(c)(2)')$$,
	ARRAY['warning|water_minimum|residential, 10 inch|priced inside only'], 'a minimum inside but not outside');
SELECT pg_temp.finds($$INSERT INTO mission_rates.water_minimum VALUES
	('D', 'residential', '10', 'outside', 800, '114-54(c)(2)')$$, '{}', 'outside but not inside');
SELECT pg_temp.finds($$INSERT INTO mission_rates.water_tap VALUES ('D', '1/2', false, 'inside', 400, '114-54(c)(1)'),
	('D', '1', true, 'inside', 400, '114-54(c)(1)')$$, ARRAY['warning|water_tap|1/2 inch|priced inside only',
	'warning|water_tap|1 inch compound|priced inside only'], 'a tap inside but not outside');
SELECT mission_rates.add_rate_group('parks, inside the loop', 'commercial');
SELECT pg_temp.finds($$INSERT INTO mission_rates.water_minimum VALUES
	('D', 'parks, inside the loop', '1', 'inside', 20, '114-54(c)(2)')$$,
	ARRAY['warning|water_minimum|parks, inside the loop, 1 inch|priced inside only'], 'a group whose name says inside');
SELECT pg_temp.finds($$UPDATE mission_rates.fee SET section = ' ' WHERE schedule = 'D' AND code = 'boring';
	UPDATE mission_rates.sewer_rate SET section = '' WHERE schedule = 'D' AND class = 'A8';
	UPDATE mission_rates.deposit SET section = '' WHERE schedule = 'D' AND above_square_feet = 5000$$, ARRAY[
	'warning|deposit|commercial, above 5,000 square feet|its section is empty',
	'warning|sewer_rate|class A8|its section is empty',
	'warning|fee|boring|its section is empty'], 'empty sections');
SELECT pg_temp.finds($$INSERT INTO mission_rates.class_rule VALUES ('D', 'A1', 'x', 'residential', 'inside', 'A8')
	ON CONFLICT DO NOTHING; DELETE FROM mission_rates.water_volume WHERE schedule = 'D' AND class = 'A9'$$, ARRAY[
	'warning|class_rule|class A9|it has no water_volume rows, its water cannot be rated',
	'warning|water_volume|class A9, block 1|missing, "Ordinance 5244" has it',
	'warning|water_volume|class A9, block 2|missing, "Ordinance 5244" has it'], 'a class without volume rates');
SELECT pg_temp.finds($$UPDATE mission_rates.class_rule SET outside_class = NULL WHERE schedule = 'D'
	AND class = 'A8'$$, ARRAY[
	'warning|class_rule|class A8|it is outside by its rule, but has no outside_class to be rated as',
	'warning|class_rule|class A8|outside_class is empty, in "Ordinance 5244" it is A8'], 'a class that may be nowhere');
SELECT pg_temp.finds($$DELETE FROM mission_rates.sewer_rate WHERE schedule = 'D' AND class = 'A9'$$, ARRAY[
	'warning|class_rule|class A9|it has water rates, but no sewer rate',
	'warning|sewer_rate|class A9|missing, "Ordinance 5244" has it'], 'a class with water and no sewer rate');
SELECT pg_temp.finds($$INSERT INTO mission_rates.sewer_rate VALUES ('D', 'A6', 8.25, 1.45, 1, '114-54(b)(2)a')$$, ARRAY[
	'warning|class_rule|class A6|it has a sewer rate, but no water rates'], 'a class with sewer and no water rates');
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
	VALUES ('Ghost', 'a', 1, 'month', 'A'), ('Ghost', 'b', 1, 'month', 'B'), ('ordinance 5244', 'b', 1, 'month', 'B');
INSERT INTO mission_rates.deposit VALUES ('Ghost', 'tenant', 10, 1, 1);
SELECT pg_temp.finds('SELECT', ARRAY[
	'warning|deposit|schedule Ghost|1 rate row names this schedule, which does not exist',
	'warning|fee|schedule Ghost|2 rate rows name this schedule, which does not exist',
	'warning|fee|schedule ordinance 5244|1 rate row names this schedule, which does not exist'],
	'rate rows of no schedule, whatever their name');
SELECT is((SELECT count(*) FROM mission_rates.check_schedule('Ordinance 5244')), 3::bigint,
	'they are reported with every schedule');
SELECT mission_rates.drop_draft('Ghost');
SELECT mission_rates.drop_draft('ordinance 5244');

-- The schedule before: the last that starts before this one
SELECT mission_rates.draft_schedule('Early', 'Ordinance 5244');
UPDATE mission_rates.fee SET amount = 1 WHERE schedule = 'Early';
INSERT INTO mission_rates.fee VALUES ('Early', 'garbage', 10, 'month', 'Garbage', '114-64');
SELECT ok((SELECT count(*) > 10 FROM mission_rates.check_schedule('Early')),
	'a draft without a date is compared with what is in force last');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Early', '2001-01-01', '2000-12-01', accept_warnings => true)$$,
	'adopted before the first');
SELECT is_empty($$SELECT * FROM mission_rates.check_schedule('Early')$$, 'it has none before it');
SELECT results_eq($$SELECT item, problem FROM mission_rates.check_schedule('Ordinance 5244')
	WHERE rate_table = 'fee' AND item IN ('garbage', 'boring')$$,
	$$VALUES ('boring', 'moved by more than half, from 1.00 to 12.00'), ('garbage', 'missing, "Early" has it')$$,
	'and is the one before the next');

-- What adoption makes of it
SELECT mission_rates.draft_schedule('D', 'Ordinance 5244');
UPDATE mission_rates.fee SET amount = 30 WHERE schedule = 'D' AND code = 'boring';
UPDATE mission_rates.fee SET section = '' WHERE schedule = 'D' AND code = 'meter_lid';
CREATE FUNCTION pg_temp.refusal(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text; message text; detail text; hint text;
BEGIN
	EXECUTE call;
	RETURN 'passed';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
		hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(E'\n', state, message, detail, hint);
END $$;
SELECT is(pg_temp.refusal($$SELECT mission_rates.adopt_schedule('D', '2999-01-01')$$), concat_ws(E'\n', '23514',
	'draft "D" cannot be adopted: 0 errors, 3 warnings',
	'warning: schedule, D: it starts on 2999-01-01, more than five years from today',
	'warning: fee, boring: moved by more than half, from 12.00 to 30.00',
	'warning: fee, meter_lid: its section is empty',
	'Correct the draft, or adopt it with accept_warnings => true if all of this is meant.'), 'warnings keep a draft back');
DELETE FROM mission_rates.fee WHERE schedule = 'D' AND code = 'late_fee';
SELECT is(pg_temp.refusal($$SELECT mission_rates.adopt_schedule('D', '2999-01-01', accept_warnings => true)$$),
	concat_ws(E'\n', '23514', 'draft "D" cannot be adopted: 1 error, 4 warnings',
	'error: fee, late_fee: missing, the functions need this fee',
	'warning: schedule, D: it starts on 2999-01-01, more than five years from today',
	'warning: fee, boring: moved by more than half, from 12.00 to 30.00',
	'warning: fee, late_fee: missing, "Ordinance 5244" has it',
	'warning: fee, meter_lid: its section is empty', 'Correct the draft, then adopt it.'), 'an error always does');
SELECT is((SELECT effective_from FROM mission_rates.schedule WHERE schedule = 'D'), NULL, 'it is still a draft');
INSERT INTO mission_rates.fee VALUES ('D', 'late_fee', 0.05, 'of the unpaid bill', 'Late fee', '114-55(a)');
SELECT is(pg_temp.refusal($$SELECT mission_rates.adopt_schedule('D', '2999-01-01', accept_warnings => true)$$), 'passed',
	'warnings can be accepted');

-- An ordinance that abolishes a class, a size and a fee
SELECT mission_rates.draft_schedule('Less', 'Ordinance 5244');
DELETE FROM mission_rates.class_rule WHERE schedule = 'Less' AND class = 'A4';
DELETE FROM mission_rates.water_volume WHERE schedule = 'Less' AND class = 'A4';
DELETE FROM mission_rates.sewer_rate WHERE schedule = 'Less' AND class = 'A4';
DELETE FROM mission_rates.water_minimum WHERE schedule = 'Less' AND meter_size = '8';
DELETE FROM mission_rates.fee WHERE schedule = 'Less' AND code = 'meter_lid';
SELECT is(left(pg_temp.refusal($$SELECT mission_rates.adopt_schedule('Less', '2999-02-01')$$), 5), '23514',
	'an ordinance that abolishes a class, a size and a fee is asked about');
SELECT is(pg_temp.refusal($$SELECT mission_rates.adopt_schedule('Less', '2999-02-01', accept_warnings => true)$$),
	'passed', 'and can be adopted');
SELECT throws_ok($$SELECT mission_rates.water_charge('A4', '3/4', 5000, service_date => '2999-02-01')$$, 'P0002', NULL,
	'the class is gone');
SELECT is(mission_rates.water_charge('A4', '3/4', 6000, service_date => '2999-01-31'), 22.75, 'from that day on');

SELECT * FROM finish();
