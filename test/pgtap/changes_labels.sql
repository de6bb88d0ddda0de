-- A class, a size, a fee and blocks that a later ordinance adds, and a volume
-- step, work with rows alone, in a session that is already rating.
-- Labels cannot be added in a transaction that uses them: no BEGIN here.
SET client_min_messages = warning;
SELECT plan(53);

-- Rating, by kept plans too
PREPARE water(text, text, bigint, text, text) AS
	SELECT mission_rates.water_charge(mission_rates.to_customer_class($1), mission_rates.to_meter_size($2), $3,
		mission_rates.to_service_area($4), schedule => $5);
CREATE FUNCTION pg_temp.problem(class text, meter text, gallons numeric, schedule text) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
	RETURN mission_rates.billing_problem(class, meter, gallons, schedule => schedule);
END $$;
SELECT results_eq($$EXECUTE water('A1', '3/4', 6000, NULL, 'Ordinance 5244')$$, $$VALUES (22.75)$$, 'this session rates');
SELECT is(pg_temp.problem('A1', '3/4', 6000, 'Ordinance 5244'), NULL, 'and looks for problems');
SELECT isnt(pg_temp.problem('A10', '3/4', 6000, 'Ordinance 5244'), NULL, 'A10 is no class yet');
SELECT isnt(pg_temp.problem('A1', '16', 6000, 'Ordinance 5244'), NULL, '16 is no size yet');

-- Labels
ALTER TYPE mission_rates.customer_class ADD VALUE 'A10';
ALTER TYPE mission_rates.meter_size ADD VALUE '16';
ALTER TYPE mission_rates.meter_size ADD VALUE '2 1/2' BEFORE '3';
SELECT is(mission_rates.to_customer_class(' a10'), 'A10', 'the class is read');
SELECT is(mission_rates.to_meter_size(16.0), '16', 'the size is read');
SELECT is(mission_rates.to_meter_size('2.5'), '2 1/2', 'a size in between is read');
SELECT throws_ok($$EXECUTE water('A10', '3/4', 6000, NULL, 'Ordinance 5244')$$, 'P0002', NULL, 'but has no rates yet');
SELECT throws_ok($$EXECUTE water('A1', '16', 6000, NULL, 'Ordinance 5244')$$, 'P0002', NULL, 'nor has the size');

-- Rows
SELECT mission_rates.draft_schedule('Ordinance 6000');
INSERT INTO mission_rates.class_rule VALUES ('Ordinance 6000', 'A10', 'Farm', 'commercial', 'inside', 'A8');
INSERT INTO mission_rates.water_volume VALUES
	('Ordinance 6000', 'A10', 0, 1.00, '114-54(c)(2)'),
	('Ordinance 6000', 'A10', 1000, 2.00, '114-54(c)(2)'),
	('Ordinance 6000', 'A10', 2000, 3.00, '114-54(c)(2)'),
	('Ordinance 6000', 'A10', 3000, 4.00, '114-54(c)(2)');
INSERT INTO mission_rates.sewer_rate VALUES ('Ordinance 6000', 'A10', 5.00, 1.00, 0.8, '114-54(b)(2)a');
INSERT INTO mission_rates.water_minimum
	SELECT 'Ordinance 6000', rate_group, size, area, price, '114-54(c)(2)'
	FROM unnest(enum_range(NULL::mission_rates.rate_group)) AS rate_group,
		(VALUES ('16'::mission_rates.meter_size, 'inside'::mission_rates.service_area, 2000.00),
			('16', 'outside', 3000.00), ('2 1/2', 'inside', 50.00), ('2 1/2', 'outside', 70.00)) AS v (size, area, price);
INSERT INTO mission_rates.water_tap VALUES
	('Ordinance 6000', '2 1/2', false, 'inside', 2500, '114-54(c)(1)'),
	('Ordinance 6000', '2 1/2', false, 'outside', 2900, '114-54(c)(1)'),
	('Ordinance 6000', '16', false, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 6000', '16', false, 'outside', NULL, '114-54(c)(1)');
INSERT INTO mission_rates.fee VALUES ('Ordinance 6000', 'garbage', 17.25, 'month', 'Garbage', '114-70');
INSERT INTO mission_rates.water_volume VALUES
	('Ordinance 6000', 'A1', 49999, 3.00, '114-54(c)(2)'), ('Ordinance 6000', 'A1', 99999, 3.50, '114-54(c)(2)');

-- A draft rates at once
SELECT results_eq(format($$EXECUTE water('A10', '3/4', %s, NULL, 'Ordinance 6000')$$, gallons),
	format('VALUES (%s)', charge), 'A10, ' || gallons || ' gallons')
FROM (VALUES (0, 12.50), (1, 12.50), (5, 12.51), (1000, 13.50), (1500, 14.50), (2000, 15.50), (2500, 17.00),
	(3000, 18.50), (4000, 22.50)) AS v (gallons, charge);
SELECT results_eq($$EXECUTE water('A10', '3/4', 6000, 'outside', 'Ordinance 6000')$$,
	$$VALUES (15.62 + round(5.001 * 2.87, 2))$$, 'A10 outside pays the volume rates of A8');
SELECT is(mission_rates.sewer_charge('A10', 10000, schedule => 'Ordinance 6000'), 13.00, 'sewer of A10, factor 0.8');
SELECT results_eq($$SELECT description, quantity, rate, amount
	FROM mission_rates.bill('A10', '16', 2500, schedule => 'Ordinance 6000')$$, $$VALUES
	('Water minimum, 16 inch, inside', 1::numeric, 2000.00, 2000.00),
	('Water volume, gallons 1 to 1,000', 1.000, 1.00, 1.00),
	('Water volume, gallons 1,001 to 2,000', 1.000, 2.00, 2.00),
	('Water volume, gallons 2,001 to 3,000', 0.500, 3.00, 1.50),
	('Sewer fixed rate, Farm', 1, 5.00, 5.00),
	('Sewer volume, Farm, factor 0.8', 2.0000, 1.00, 2.00)$$, 'a whole bill of A10 with a 16 inch meter');
SELECT is(mission_rates.bill_total('A10', '16', 2500, schedule => 'Ordinance 6000'), 2011.50, 'and its total');
SELECT results_eq($$EXECUTE water('A1', '2 1/2', 0, NULL, 'Ordinance 6000')$$, $$VALUES (50.00)$$, 'a size in between');
SELECT is(mission_rates.water_tap_charge('2 1/2', 'outside', schedule => 'Ordinance 6000'), 2900.00, 'its tap');
SELECT is(mission_rates.water_tap_charge('16', 'inside', market_price => 9000, schedule => 'Ordinance 6000'), 9000.00,
	'a tap of the new size at market price');
SELECT is(mission_rates.fee('garbage', schedule => 'Ordinance 6000'), 17.25, 'a fee of the city''s own');
SELECT results_eq(format($$EXECUTE water('A1', '3/4', %s, NULL, 'Ordinance 6000')$$, gallons),
	format('VALUES (%s)', charge), 'four blocks of A1, ' || gallons || ' gallons')
FROM (VALUES (49999, 129.25), (50000, 129.25), (99999, 279.25), (100999, 282.75)) AS v (gallons, charge);
SELECT is(pg_temp.problem('a10 ', '16"', 2500, 'Ordinance 6000'), NULL, 'no problem over raw columns');
SELECT throws_ok($$EXECUTE water('A10', '3/4', 6000, NULL, 'Ordinance 5244')$$, 'P0002', NULL,
	'under the ordinance in force it still has no rates');

-- The check, the rate sheet, adoption
SELECT is_empty($$SELECT * FROM mission_rates.check_schedule('Ordinance 6000')$$, 'nothing is wrong with it');
SELECT results_eq($$SELECT item, column_label, amount FROM mission_rates.rate_sheet(schedule => 'Ordinance 6000')
	WHERE item LIKE 'A10%' AND rate_table = 'water_volume'$$, $$VALUES
	('A10 Farm', 'gallons 1 to 1,000', 1.00), ('A10 Farm', 'gallons 1,001 to 2,000', 2.00),
	('A10 Farm', 'gallons 2,001 to 3,000', 3.00), ('A10 Farm', 'gallons 3,001 and up', 4.00)$$, 'the rate sheet has its blocks');
SELECT results_eq($$SELECT item, column_label, amount FROM mission_rates.rate_sheet(schedule => 'Ordinance 6000')
	WHERE rate_table = 'water_tap' AND amount IS NULL AND column_label = 'inside' AND item NOT LIKE 'compound%'$$,
	$$VALUES ('3 inch and larger', 'inside', NULL::numeric)$$, 'the new largest size is one of "3 inch and larger"');
SELECT results_eq($$SELECT DISTINCT item FROM mission_rates.rate_sheet(schedule => 'Ordinance 6000')
	WHERE rate_table = 'water_tap' AND amount IS NULL AND item LIKE 'compound%'$$,
	$$VALUES ('compound, 3 to 12 inch')$$, 'compound meters go to 12 inch only');
SELECT lives_ok($$SELECT mission_rates.adopt_schedule('Ordinance 6000', '2999-01-01', accept_warnings => true)$$, 'it is adopted');
SELECT is(mission_rates.water_charge('A10', '16', 0, service_date => '2999-01-01'), 2000.00, 'and in force');
SELECT is((SELECT max(sealed_rows) FILTER (WHERE schedule = 'Ordinance 6000')
	- max(sealed_rows) FILTER (WHERE schedule = 'Ordinance 5244') FROM mission_rates.schedule),
	1 + 4 + 1 + 8 + 4 + 1 + 2, 'sealed with all its rows');

-- A deposit category, a rate group
ALTER TYPE mission_rates.deposit_category ADD VALUE 'church';
ALTER TYPE mission_rates.rate_group ADD VALUE 'farm';
SELECT mission_rates.draft_schedule('Groups', 'Ordinance 6000');
INSERT INTO mission_rates.deposit VALUES ('Groups', 'church', 0, 75, 10, '114-52(a)(4)');
INSERT INTO mission_rates.water_minimum VALUES ('Groups', 'farm', '3/4', 'inside', 9.00, '114-54(c)(2)');
UPDATE mission_rates.class_rule SET rate_group = 'farm' WHERE schedule = 'Groups' AND class = 'A10';
SELECT results_eq($$SELECT deposit, service_fee FROM mission_rates.deposit_required('church', schedule => 'Groups')$$,
	$$VALUES (75.00, 10.00)$$, 'a deposit category');
SELECT results_eq($$EXECUTE water('A10', '3/4', 0, NULL, 'Groups')$$, $$VALUES (9.00)$$, 'a rate group');

-- Completed thousands: a volume step, and blocks that start at them
SELECT mission_rates.draft_schedule('Thousands', 'Ordinance 5244');
UPDATE mission_rates.schedule SET volume_step = 1000 WHERE schedule = 'Thousands';
UPDATE mission_rates.water_volume SET above_gallons = 0 WHERE schedule = 'Thousands' AND above_gallons = 999;
UPDATE mission_rates.water_volume SET above_gallons = 19000 WHERE schedule = 'Thousands' AND above_gallons = 19999;
SELECT results_eq(format($$EXECUTE water('A1', '3/4', %s, NULL, 'Thousands')$$, gallons),
	format('VALUES (%s)', charge), 'completed thousands, ' || gallons || ' gallons')
FROM (VALUES (0, 11.50), (999, 11.50), (1000, 13.75), (1999, 13.75), (2000, 16.00), (19999, 54.25),
	(20000, 56.75)) AS v (gallons, charge);
SELECT is(mission_rates.sewer_charge('A1', 1500, schedule => 'Thousands'), round(9 + 1.5 * 1.45, 2),
	'sewer stays exact to the gallon');

-- A label renamed
ALTER TYPE mission_rates.customer_class RENAME VALUE 'A10' TO 'F1';
SELECT throws_ok($$SELECT mission_rates.water_charge('F1', '16', 0, schedule => 'Ordinance 6000')$$, '55000',
	'rates of schedule "Ordinance 6000" are not those that were adopted', 'a renamed label stops an adopted schedule');
SELECT is(mission_rates.water_charge('F1', '3/4', 0, schedule => 'Groups'), 9.00, 'a draft keeps its rates');
SELECT is((SELECT string_agg(concat_ws(' ', b.rate_class, b.rate_meter, b.rate_area), ', ' ORDER BY b.line)
	FROM mission_rates.bill('F1', '3/4', 2000, sewer => false, schedule => 'Groups') AS b), '3/4 inside, F1, F1', 'lines of a bill name it anew');
SELECT is(mission_rates.to_customer_class('f1'), 'F1', 'and is read by its new name');

SELECT * FROM finish();
