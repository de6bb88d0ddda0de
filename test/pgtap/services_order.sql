-- Charges per dollar in the order in which they depend on one another, and drafts whose rows contradict one another.
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT plan(42);

-- SQLSTATE and message, or else the first value
CREATE FUNCTION pg_temp.outcome(expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE 'SELECT ' || expression INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE FUNCTION pg_temp.charges() RETURNS TABLE (charge text, quantity text, rate text, amount numeric) LANGUAGE sql AS $$
	SELECT b.charge, b.quantity::text, b.rate::text, b.amount
	FROM mission_rates.bill('A1', '3/4', 5000, sewer => false, schedule => 'D') AS b ORDER BY b.line
$$;

-- A base of 10 and 2 per 1,000 gallons; a surcharge of 10 percent, and 6 percent of all, whatever the codes
SELECT mission_rates.draft_schedule('D');
UPDATE mission_rates.water_minimum SET amount = 10 WHERE schedule = 'D';
DELETE FROM mission_rates.water_volume WHERE schedule = 'D' AND class = 'A1';
INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000) VALUES ('D', 'A1', 0, 2);
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, base_charges, every_bill, label) VALUES
	('D', 'a tax', 'A1', 0.06, 'dollar', '{surcharge,water_minimum,water_volume}', true, 'Tax'),
	('D', 'surcharge', 'A1', 0.10, 'dollar', '{water_minimum,water_volume}', true, 'Surcharge');
SELECT results_eq('SELECT * FROM pg_temp.charges()', $$VALUES ('water_minimum', '1', '10.00', 10.00), ('water_volume', '5.000', '2.00', 10.00),
	('surcharge', '20.00', '0.10', 2.00), ('a tax', '22.00', '0.06', 1.32)$$, 'a tax on a surcharge');
SELECT is(mission_rates.bill_total('A1', '3/4', 5000, sewer => false, schedule => 'D'), 23.32, '... the total');
SELECT is((SELECT (c.services, c.total)::text FROM (VALUES ('A1', '3/4', 5000, 'inside', false)) AS a (class, meter, gallons, area, sewer), mission_rates.account_charges(a, 'D') AS c),
	'(3.32,23.32)', '... of a row');
SELECT is(mission_rates.bill_total('A1', '3/4', 5000, sewer => false, services => '{"surcharge": 0}', schedule => 'D'), 21.20, 'without the surcharge');
SELECT is(mission_rates.bill_total('A1', '3/4', 5000, sewer => false, services => '{"a tax": 0}', schedule => 'D'), 22.00, 'without the tax');
SELECT is_empty($$SELECT * FROM mission_rates.check_schedule('D') WHERE severity = 'error'$$, 'no error');

-- Six decimals per dollar, four elsewhere
UPDATE mission_rates.service_charge SET amount = 0.06875, base_charges = '{water_minimum}' WHERE schedule = 'D' AND code = 'a tax';
UPDATE mission_rates.water_minimum SET amount = 1354 WHERE schedule = 'D';
SELECT is((SELECT (rate, amount)::text FROM pg_temp.charges() WHERE charge = 'a tax'), '(0.06875,93.09)', 'a sales tax');
UPDATE mission_rates.service_charge SET amount = 0.25 WHERE schedule = 'D' AND code = 'surcharge';
UPDATE mission_rates.service_charge SET amount = 0.00625 WHERE schedule = 'D' AND code = 'a tax';
SELECT is((SELECT (rate, amount)::text FROM pg_temp.charges() WHERE charge = 'a tax'), '(0.00625,8.46)', 'half a percent of a quarter');
UPDATE mission_rates.service_charge SET amount = 0.000001 WHERE schedule = 'D' AND code = 'a tax';
SELECT is((SELECT rate FROM pg_temp.charges() WHERE charge = 'a tax'), '0.000001', 'six decimals');
SELECT throws_ok($$UPDATE mission_rates.service_charge SET amount = 0.0000001 WHERE schedule = 'D' AND code = 'a tax'$$, '23514',
	'invalid value for column "amount" of rate table "service_charge": 0.0000001', 'seven');
SELECT throws_ok($$INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, label) VALUES ('D', 'x', 'A1', 0.00625, 'month', 'X')$$, '23514',
	'invalid value for column "amount" of rate table "service_charge": 0.00625', 'five per month');

-- A chain against the order of codes, and a credit in it
DELETE FROM mission_rates.service_charge WHERE schedule = 'D';
UPDATE mission_rates.water_minimum SET amount = 80 WHERE schedule = 'D';
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, base_charges, every_bill, label) VALUES
	('D', 'a', 'A1', 0.5, 'dollar', '{b}', true, 'A'), ('D', 'b', 'A1', -0.5, 'dollar', '{c,fixed}', true, 'B'),
	('D', 'c', 'A1', 0.1, 'dollar', '{water_minimum}', true, 'C'), ('D', 'd', 'A1', 0.01, 'dollar', '{water_minimum}', true, 'D'),
	('D', 'fixed', 'A1', 2, 'month', NULL, true, 'Fixed');
SELECT is((SELECT array_agg(charge || ' ' || amount) FROM pg_temp.charges() WHERE charge !~ 'water'),
	'{"fixed 2.00","c 8.00","b -5.00","a -2.50","d 0.80"}'::text[], 'a chain');

-- ---- CHECKs ----

SELECT throws_ok(format($$INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, base_charges, label)
	VALUES ('D', 'x', 'A1', 0.1, 'dollar', %L, 'X')$$, base), '23514',
	'new row for relation "service_charge" violates check constraint "service_charge_base_charges_' || name || '"', base)
FROM (VALUES ('{}', 'monthly'), ('{water_volume,water_volume}', 'monthly'), ('{NULL}', 'monthly'), ('{water_volume,NULL}', 'monthly'),
	('{{water_volume}}', 'monthly'), ('[0:0]={water_volume}', 'monthly'), ('{x}', 'others')) AS v (base, name);
DO $$
BEGIN
	INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, label) VALUES ('D', 'x', 'A1', 0.1, 'week', 'X');
EXCEPTION WHEN check_violation THEN
	DECLARE
		hint text;
		name text;
	BEGIN
		GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT, name = CONSTRAINT_NAME;
		PERFORM set_config('test.said', concat_ws(' | ', SQLERRM, hint, name), true);
	END;
END $$;
SELECT is(current_setting('test.said'),
	'invalid unit of a service charge: "week" | The units are "month", "each", "1,000 gallons", "dollar". | service_charge_unit_known', 'the units');

-- ---- no silent amount ----

-- A base that the class does not have
UPDATE mission_rates.service_charge SET base_charges = '{water_minimum,brush,meter_lid}' WHERE schedule = 'D' AND code = 'c';
SELECT is((SELECT array_agg(concat_ws(' | ', rate_table, item, problem) ORDER BY problem) FROM mission_rates.check_schedule('D') WHERE severity = 'error'),
	'{"service_charge | c, class A1 | based on \"brush\", which class A1 does not have","service_charge | c, class A1 | based on \"meter_lid\", which class A1 does not have"}',
	'check_schedule');
SELECT is(pg_temp.outcome(expression), outcome, expression)
FROM (VALUES
	($$mission_rates.bill_total('A1', '3/4', 5000, schedule => 'D')$$, '55000 draft "D" cannot be rated: service_charge, c, class A1: based on "meter_lid", which class A1 does not have'),
	($$count(*) FROM mission_rates.bill('A1'::mission_rates.customer_class, '3/4', 5000, schedule => 'D')$$,
	 '55000 draft "D" cannot be rated: service_charge, c, class A1: based on "meter_lid", which class A1 does not have'),
	($$mission_rates.billing_problem('A1', '3/4', 5000, schedule => 'D')$$, 'draft "D" cannot be rated: service_charge, c, class A1: based on "meter_lid", which class A1 does not have'),
	($$mission_rates.billing_problem_code('A1', '3/4', 5000, schedule => 'D')$$, 'draft_contradictory'),
	($$mission_rates.account_total(a, 'D') FROM (VALUES ('A1', '3/4', 5, 'inside')) AS a (class, meter, gallons, area)$$,
	 '55000 draft "D" cannot be rated: service_charge, c, class A1: based on "meter_lid", which class A1 does not have'),
	($$count(*) FROM (VALUES ('A1', '3/4', 5, 'inside')) AS a (class, meter, gallons, area), mission_rates.account_problems(a, 'D')$$,
	 '55000 draft "D" cannot be rated: service_charge, c, class A1: based on "meter_lid", which class A1 does not have'),
	($$mission_rates.account_revenue(a, 'D') FROM (VALUES ('A1', '3/4', 5, 'inside')) AS a (class, meter, gallons, area)$$,
	 '55000 draft "D" cannot be rated: service_charge, c, class A1: based on "meter_lid", which class A1 does not have'),
	($$sum(a) FROM mission_rates.bill_comparison('D', 'Ordinance 5244', 'A1', '3/4')$$,
	 '55000 draft "D" cannot be rated: service_charge, c, class A1: based on "meter_lid", which class A1 does not have'),
	($$count(*) FROM mission_rates.explain_amount(40.45, schedule => 'D')$$,
	 '55000 draft "D" cannot be rated: service_charge, c, class A1: based on "meter_lid", which class A1 does not have'),
	-- what it does not concern
	($$mission_rates.bill_total('A1', '3/4', 5000, sewer => false, services => '{"c": 0}', schedule => 'D')$$, '91.30'),
	($$mission_rates.bill_total('A2', '3/4', 0, sewer => false, schedule => 'D')$$, '80.00'),
	($$mission_rates.water_charge('A1', '3/4', 5000, schedule => 'D')$$, '90.00')) AS v (expression, outcome);

-- Circles
UPDATE mission_rates.service_charge SET base_charges = '{b}' WHERE schedule = 'D' AND code = 'c';
SELECT is((SELECT array_agg(concat_ws(' | ', item, problem) ORDER BY item) FROM mission_rates.check_schedule('D') WHERE severity = 'error'),
	'{"a, class A1 | its base_charges lead into a circle","b, class A1 | its base_charges lead into a circle","c, class A1 | its base_charges lead into a circle"}',
	'a circle, and what leads there');
SELECT matches(pg_temp.outcome($$mission_rates.bill_total('A1', '3/4', 5000, schedule => 'D')$$), '^55000 draft "D" cannot be rated: .* its base_charges lead into a circle$', '... is not rated');
DELETE FROM mission_rates.service_charge WHERE schedule = 'D';

-- Sewer
SELECT is(pg_temp.outcome($$mission_rates.sewer_charge('A1', 5000, schedule => 'D')$$), '16.25', 'sewer by a rate');
INSERT INTO mission_rates.sewer_volume (schedule, class, above_gallons, rate_per_1000) VALUES ('D', 'A1', 0, 1), ('D', 'A1', 1000, 2);
SELECT is(pg_temp.outcome($$mission_rates.sewer_charge('A1', 5000, schedule => 'D')$$),
	'55000 draft "D" cannot be rated: sewer_volume, class A1: blocks beside a rate by volume, sewer_rate has 1.45', 'blocks beside a rate');
SELECT is(pg_temp.outcome($$mission_rates.sewer_charge('A1', 5000, metered => false, schedule => 'D')$$), '26.00', '... the flat fee is another matter');
UPDATE mission_rates.sewer_rate SET rate_per_1000 = NULL WHERE schedule = 'D' AND class = 'A1';
SELECT is(pg_temp.outcome($$mission_rates.sewer_charge('A1', 5000, schedule => 'D')$$), '18.00', 'blocks alone');
DELETE FROM mission_rates.sewer_volume WHERE schedule = 'D';
SELECT is(pg_temp.outcome($$mission_rates.sewer_charge('A1', 5000, schedule => 'D')$$),
	'55000 draft "D" cannot be rated: sewer_rate, class A1: it has a factor, but neither a rate by volume nor blocks', 'blocks missing');
DELETE FROM mission_rates.sewer_rate WHERE schedule = 'D' AND class = 'A1';
SELECT is(pg_temp.outcome($$mission_rates.sewer_charge('A1', 5000, schedule => 'D')$$), 'P0002 no sewer rate for class A1 (draft "D")', 'no rate at all');
INSERT INTO mission_rates.sewer_volume (schedule, class, above_gallons, rate_per_1000) VALUES ('D', 'A1', 0, 1);
SELECT is(pg_temp.outcome($$mission_rates.sewer_charge('A1', 5000, schedule => 'D')$$),
	'55000 draft "D" cannot be rated: sewer_volume, class A1: blocks of a class without a sewer_rate row', 'blocks without a rate');

SELECT * FROM finish();
ROLLBACK;
