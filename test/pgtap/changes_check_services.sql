-- check_schedule: sewer by blocks and service charges.
SET client_min_messages = warning;
SELECT no_plan();

-- A city with garbage, drainage, a surcharge, a discount and a tax, and sewer by blocks for class A2
SELECT mission_rates.draft_schedule('City', 'Ordinance 5244');
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, above_gallons, base_charges, every_bill, label, section) VALUES
	('City', 'garbage', 'A1', 17.25, 'month', 0, NULL, true, 'Garbage', '114-64'),
	('City', 'container', 'A1', 8.50, 'each', 0, NULL, false, 'Container', '114-64'),
	('City', 'drought', 'A1', 0.4125, '1,000 gallons', 10000, NULL, true, 'Drought surcharge', '114-66'),
	('City', 'senior', 'A1', -0.15, 'dollar', 0, '{water_volume,garbage}', false, 'Senior discount', '114-67'),
	('City', 'credit', 'A1', -25, 'month', 0, NULL, false, 'Credit', '114-68'),
	('City', 'tax', 'A1', 0.0825, 'dollar', 0, '{garbage,container}', true, 'Sales tax', '114-69');
UPDATE mission_rates.sewer_rate SET rate_per_1000 = NULL WHERE schedule = 'City' AND class = 'A2';
INSERT INTO mission_rates.sewer_volume VALUES ('City', 'A2', 0, 1.52, '114-54(b)(2)a'), ('City', 'A2', 5000, 1.88, '114-54(b)(2)a'),
	('City', 'A2', 15000, 0, '114-54(b)(2)a');
SELECT results_eq($$SELECT severity, rate_table, item, problem FROM mission_rates.check_schedule('City')$$,
	$$VALUES ('warning', 'sewer_rate', 'class A2', 'rate_per_1000 is empty, in "Ordinance 5244" it is 2.50')$$,
	'services, sewer by blocks and a cap are no problem');
SELECT mission_rates.adopt_schedule('City', CURRENT_DATE + 30, accept_warnings => true);

CREATE FUNCTION pg_temp.finds(change text, about text, VARIADIC expected text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	problems text[];
BEGIN
	PERFORM mission_rates.draft_schedule('D', 'City');
	EXECUTE change;
	SELECT coalesce(array_agg(format('%s|%s|%s|%s', c.severity, c.rate_table, c.item, c.problem)), '{}') INTO problems
	FROM mission_rates.check_schedule('D') AS c;
	PERFORM mission_rates.drop_draft('D');
	RETURN is(problems, expected, about);
END $$;

-- Errors
SELECT pg_temp.finds($$UPDATE mission_rates.sewer_rate SET rate_per_1000 = 1.45 WHERE schedule = 'D' AND class = 'A2'$$,
	'blocks beside a rate by volume', 'error|sewer_volume|class A2|blocks beside a rate by volume, sewer_rate has 1.45');
SELECT pg_temp.finds($$UPDATE mission_rates.sewer_rate SET factor = NULL WHERE schedule = 'D' AND class = 'A2'$$,
	'blocks of a flat class', 'error|sewer_volume|class A2|blocks of a class with a flat rate, sewer_rate has no factor',
	'warning|sewer_rate|class A2|factor is empty, in "City" it is 1.00');
SELECT pg_temp.finds($$INSERT INTO mission_rates.sewer_volume VALUES ('D', 'A6', 0, 1, '114-54(b)(2)a')$$,
	'blocks of a class without a sewer rate', 'error|sewer_volume|class A6|blocks of a class without a sewer_rate row');
SELECT pg_temp.finds($$DELETE FROM mission_rates.sewer_volume WHERE schedule = 'D'$$, 'a factor and nothing to multiply',
	'error|sewer_rate|class A2|it has a factor, but neither a rate by volume nor blocks',
	'warning|sewer_volume|class A2, block 1|missing, "City" has it', 'warning|sewer_volume|class A2, block 2|missing, "City" has it',
	'warning|sewer_volume|class A2, block 3|missing, "City" has it');
SELECT pg_temp.finds($$DELETE FROM mission_rates.service_charge WHERE schedule = 'D' AND code = 'container'$$,
	'taken of what does not exist', 'error|service_charge|tax, class A1|based on "container", which class A1 does not have',
	'warning|service_charge|container, class A1|missing, "City" has it');
SELECT pg_temp.finds($$UPDATE mission_rates.service_charge SET base_charges = '{garbage,meter_lid}' WHERE schedule = 'D' AND code = 'tax'$$,
	'taken of a fee', 'error|service_charge|tax, class A1|based on "meter_lid", which class A1 does not have');
SELECT pg_temp.finds($$UPDATE mission_rates.service_charge SET base_charges = '{garbage,senior}' WHERE schedule = 'D' AND code = 'tax'$$,
	'a chain is none', VARIADIC '{}');
SELECT pg_temp.finds($$INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, base_charges, label, section)
	VALUES ('D', 'tax', 'A3', 0.0825, 'dollar', '{garbage}', 'Tax', '1')$$,
	'of another class', 'error|service_charge|tax, class A3|based on "garbage", which class A3 does not have');
SELECT pg_temp.finds($$DELETE FROM mission_rates.class_rule WHERE schedule = 'D' AND class = 'A9';
	INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, label, section)
	VALUES ('D', 'garbage', 'A9', 17.25, 'month', 'Garbage', '114-64')$$, 'a class without a rule',
	'error|sewer_rate|class A9|rates of a class without a class_rule row', 'error|water_volume|class A9|rates of a class without a class_rule row',
	'error|service_charge|class A9|rates of a class without a class_rule row', 'warning|class_rule|class A9|missing, "City" has it');

-- Warnings
SELECT pg_temp.finds($$UPDATE mission_rates.service_charge SET amount = CASE code WHEN 'garbage' THEN 17 WHEN 'credit' THEN -30
	WHEN 'senior' THEN -0.1 WHEN 'drought' THEN 0.9 ELSE 0 END WHERE schedule = 'D' AND code <> 'tax'$$, 'amounts',
	'warning|service_charge|container, class A1|fell to zero from 8.50', 'warning|service_charge|credit, class A1|fell from -25.00 to -30.00',
	'warning|service_charge|drought, class A1|moved by more than half, from 0.4125 to 0.90',
	'warning|service_charge|garbage, class A1|fell from 17.25 to 17.00');
SELECT pg_temp.finds($$UPDATE mission_rates.service_charge SET amount = amount + 0.001 WHERE schedule = 'D'$$, 'fractions of a cent',
	'warning|service_charge|container, class A1|8.501 has more than two decimals',
	'warning|service_charge|credit, class A1|-24.999 has more than two decimals',
	'warning|service_charge|garbage, class A1|17.251 has more than two decimals');
SELECT pg_temp.finds($$UPDATE mission_rates.service_charge SET above_gallons = 10500 WHERE schedule = 'D' AND code = 'drought';
	UPDATE mission_rates.schedule SET volume_step = 1000 WHERE schedule = 'D'; UPDATE mission_rates.water_volume
	SET above_gallons = above_gallons + 1 WHERE schedule = 'D'; UPDATE mission_rates.sewer_volume SET above_gallons = 5500
	WHERE schedule = 'D' AND above_gallons = 5000$$,
	'the volume step cuts what services are rated by, not sewer',
	VARIADIC ARRAY(SELECT format('warning|%s', p) FROM (VALUES
		(1, 'sewer_volume|class A2, block 2|starts above 5,500 gallons, in "City" above 5,000')) AS v (n, p))
	|| ARRAY(SELECT format('warning|water_volume|class %s, block %s|starts above %s gallons, in "City" above %s', class, b, a, o)
		FROM mission_rates.class_rule, (VALUES (1, '1,000', '999'), (2, '20,000', '19,999')) AS v (b, a, o)
		WHERE schedule = 'City' AND class <> 'A6' ORDER BY class, b)
	|| ARRAY['warning|service_charge|drought, class A1, above 10,500 gallons|not a multiple of the volume step of 1,000 gallons']);
SELECT pg_temp.finds($$UPDATE mission_rates.sewer_volume SET rate_per_1000 = 1.5 WHERE schedule = 'D' AND above_gallons = 5000$$,
	'blocks of sewer', 'warning|sewer_volume|class A2, block 2|fell from 1.88 to 1.50',
	'warning|sewer_volume|class A2, above 5,000 gallons|1.50 is less than the block below it, 1.52');
SELECT pg_temp.finds($$INSERT INTO mission_rates.sewer_volume VALUES ('D', 'A2', 20000, 2, '')$$, 'a cap that is none',
	'warning|sewer_volume|class A2, above 15,000 gallons|0.00 is less than the block below it, 1.88',
	'warning|sewer_volume|class A2, above 20,000 gallons|its section is empty');
SELECT pg_temp.finds($$DELETE FROM mission_rates.service_charge WHERE schedule = 'D' AND code = 'drought';
	UPDATE mission_rates.service_charge SET every_bill = false, section = '' WHERE schedule = 'D' AND code = 'garbage'$$, 'a service that is gone',
	'warning|service_charge|drought, class A1|missing, "City" has it', 'warning|service_charge|garbage, class A1|its section is empty');

SELECT * FROM finish();
