-- Service charges and sewer blocks, in the forms in which cities publish them.
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(80);

SELECT mission_rates.draft_schedule('City') \g /dev/null
INSERT INTO mission_rates.service_charge
	(schedule, code, class, amount, unit, above_gallons, base_charges, every_bill, label, section)
VALUES
-- brush at 4.00, drainage at 3.00 and 6.00 by class, on every bill
	('City', 'brush', 'A1', 4.00, 'month', 0, NULL, true, 'Brush collection', '114-61'),
	('City', 'drainage', 'A1', 3.00, 'month', 0, NULL, true, 'Drainage', 'D-1'),
	('City', 'drainage', 'A2', 6.00, 'month', 0, NULL, true, 'Drainage', 'D-1'),
	('City', 'drainage', 'A8', 3.50, 'month', 0, NULL, true, 'Drainage', 'D-1'),
-- garbage by cans, or by parts of one
	('City', 'garbage', 'A1', 17.25, 'each', 0, NULL, false, 'Garbage', '114-61'),
	('City', 'garbage', 'A2', 41.3333, 'each', 0, NULL, false, 'Garbage, commercial', '114-61'),
-- Laredo: a surcharge per 1,000 gallons above a threshold
	('City', 'conservation', 'A1', 0.62, '1,000 gallons', 40000, NULL, false, 'Conservation surcharge', 'L-1'),
-- Harlingen: a credit of 25.00
	('City', 'low_income', 'A1', -25.00, 'month', 0, NULL, false, 'Low income credit', 'H-1'),
-- a drought surcharge of 15 percent of the water volume; a tax on garbage and brush
	('City', 'drought', 'A1', 0.15, 'dollar', 0, '{water_volume}', false, 'Drought surcharge', 'W-1'),
	('City', 'tax', 'A1', 0.0825, 'dollar', 0, '{brush,garbage}', false, 'Sales tax', 'T-1');

CREATE FUNCTION pg_temp.services(services jsonb, class mission_rates.customer_class DEFAULT 'A1',
								 gallons bigint DEFAULT 6000, area mission_rates.service_area DEFAULT NULL)
RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(charge || ' ' || trim_scale(quantity) || ' ' || amount, ', ' ORDER BY line)
	FROM mission_rates.bill($2, '3/4', $3, $4, services => $1, schedule => 'City')
	WHERE service = 'service';
$$;

-- Which lines ----------------------------------------------------------------

SELECT results_eq(
	$$SELECT * FROM mission_rates.bill('A1', '3/4', 50000, sewer => false, services => '{"garbage": 2, "conservation": true,
									   "drought": 1}', schedule => 'City')$$,
	$$VALUES
		(1, 'water'::text, 'water_minimum'::text, 'Water minimum, 3/4 inch, inside'::text, 1.0, 'month'::text, 11.50,
		 11.50, '114-54(c)(2)'::text, 'City'::text, NULL::text, '3/4'::text,
		 'inside'::text, NULL::bigint, NULL::bigint),
		(2, 'water', 'water_volume', 'Water volume, gallons 1,000 to 19,999', 19.0, '1,000 gallons', 2.25, 42.75,
		 '114-54(c)(2)', 'City', 'A1', NULL, NULL, 1000, 19999),
		(3, 'water', 'water_volume', 'Water volume, gallons 20,000 and up', 30.001, '1,000 gallons', 2.50, 75.00,
		 '114-54(c)(2)', 'City', 'A1', NULL, NULL, 20000, NULL),
		(4, 'service', 'brush', 'Brush collection', 1.0, 'month', 4.00, 4.00, '114-61', 'City', 'A1', NULL, NULL, NULL, NULL),
		(5, 'service', 'conservation', 'Conservation surcharge', 10.0, '1,000 gallons', 0.62, 6.20, 'L-1', 'City', 'A1',
		 NULL, NULL, 40001, NULL),
		(6, 'service', 'drainage', 'Drainage', 1.0, 'month', 3.00, 3.00, 'D-1', 'City', 'A1', NULL, NULL, NULL, NULL),
		(7, 'service', 'garbage', 'Garbage', 2.0, 'each', 17.25, 34.50, '114-61', 'City', 'A1', NULL, NULL, NULL, NULL),
		(8, 'service', 'drought', 'Drought surcharge', 117.75, 'dollar', 0.15, 17.66, 'W-1', 'City', 'A1', NULL, NULL,
		 NULL, NULL)$$,
	'every column of services');
SELECT is(pg_temp.services(services, class, gallons, area), lines, coalesce(services::text, 'none') || ' of ' || class)
FROM (VALUES
	(1, NULL::jsonb, 'A1'::mission_rates.customer_class, 6000, NULL::mission_rates.service_area,
	 'brush 1 4.00, drainage 1 3.00'),
	(2, '{}', 'A1', 6000, NULL, 'brush 1 4.00, drainage 1 3.00'),
	(3, '{"brush": 0}', 'A1', 6000, NULL, 'drainage 1 3.00'),
	(4, '{"brush": false, "drainage": true}', 'A1', 6000, NULL, 'drainage 1 3.00'),
	(5, '{"brush": 1.000, "drainage": 0.0}', 'A1', 6000, NULL, 'brush 1 4.00'),
	(6, '{"garbage": 1.5}', 'A1', 6000, NULL, 'brush 1 4.00, drainage 1 3.00, garbage 1.5 25.88'),
	(7, '{"garbage": 0.000000001}', 'A1', 6000, NULL, 'brush 1 4.00, drainage 1 3.00, garbage 0.000000001 0.00'),
	(8, '{"garbage": 3}', 'A2', 6000, NULL, 'drainage 1 6.00, garbage 3 124.00'),
	(9, NULL, 'A3', 6000, NULL, NULL),
	(10, NULL, 'A1', 6000, 'outside', 'drainage 1 3.50'),
	(11, NULL, 'A8', 6000, NULL, 'drainage 1 3.50'),
	(12, '{"conservation": 1}', 'A1', 40000, NULL, 'brush 1 4.00, drainage 1 3.00'),
	(13, '{"conservation": 1}', 'A1', 40001, NULL, 'brush 1 4.00, conservation 0.001 0.00, drainage 1 3.00'),
	(14, '{"conservation": 1}', 'A1', 48065, NULL, 'brush 1 4.00, conservation 8.065 5.00, drainage 1 3.00'),
	(15, '{"low_income": true}', 'A1', 6000, NULL, 'brush 1 4.00, drainage 1 3.00, low_income 1 -25.00'),
	(16, '{"tax": 1, "garbage": 2, "drought": 1}', 'A1', 6000, NULL,
	 'brush 1 4.00, drainage 1 3.00, garbage 2 34.50, drought 11.25 1.69, tax 38.5 3.18'),
	(17, '{"tax": 1, "brush": 0, "drought": 1}', 'A1', 999, NULL, 'drainage 1 3.00'))
	AS v (n, services, class, gallons, area, lines)
ORDER BY n;

-- Totals, and what is something to bill ----------------------------------------

CREATE FUNCTION pg_temp.total(arguments text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT mission_rates.bill_total(%s, schedule => ''City'')', arguments) INTO result;
	RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT is(pg_temp.total(arguments), outcome, arguments)
FROM (VALUES
	(1, '''A1'', ''3/4'', 6000', '47.45'),
	(2, '''A1'', ''3/4'', 0, sewer => false, services => ''{"low_income": 1}''', '-6.50'),
	(3, '''A1'', NULL, NULL, water => false, sewer => false, services => ''{"garbage": 1}''', '24.25'),
	(4, '''A1'', NULL, NULL, water => false, sewer => false, services => ''{"drought": 1}''', '7.00'),
	(5, '''A1'', NULL, NULL, water => false, sewer => false, services => ''{"drainage": 1}''', '7.00'),
	(6, '''A1'', NULL, NULL, water => false, sewer => false, services => ''{"drainage": 0}''',
	 '22023 nothing to bill: no water, no sewer, no fire sprinkler, no service (draft "City")'),
	(7, '''A1'', NULL, NULL, water => false, sewer => false',
	 '22023 nothing to bill: no water, no sewer, no fire sprinkler, no service (draft "City")'),
	(8, '''A1'', NULL, 60000, water => false, services => ''{"conservation": 1}''', '103.00'),
	(9, '''A1'', ''3/4'', 60000, metered => false, services => ''{"conservation": 1}''', '44.50'),
	(10, '''A1'', ''3/4'', NULL, services => ''{"garbage": 1}''', 'NULL'),
	(11, '''A1'', NULL, NULL, water => false, sewer => false, fire_sprinkler => 8', '13.00'))
	AS v (n, arguments, outcome)
ORDER BY n;

-- Nothing but charges on every bill, where one of them is named; the row says the same.
SELECT results_eq(
	$$SELECT line, service, charge, amount
	  FROM mission_rates.bill('A1', NULL, NULL, water => false, sewer => false, services => '{"drainage": 1}', schedule => 'City')$$,
	$$VALUES (1, 'service'::text, 'brush'::text, 4.00), (2, 'service', 'drainage', 3.00)$$, 'charges on every bill alone');
SELECT results_eq(
	$$SELECT c.water_minimum, c.sewer_fixed, c.services, c.total, mission_rates.account_total(a, 'City')
	  FROM (SELECT 'A1' AS class, NULL::text AS meter, NULL::integer AS gallons, 'inside' AS area, false AS water, false AS sewer,
				   '{drainage}'::text[] AS services) AS a,
		   mission_rates.account_charges(a, 'City') AS c$$,
	$$VALUES (0.00, 0.00, 7.00, 7.00, 7.00)$$, 'and in the row of an account');

-- Errors -------------------------------------------------------------------------

CREATE TEMP TABLE fault (n integer GENERATED ALWAYS AS IDENTITY, services jsonb, state text, code text, message text);
INSERT INTO fault (services, state, code, message) VALUES
	('[]', '22023', 'services_invalid', 'services is not an object: [] (draft "City")'),
	('"garbage"', '22023', 'services_invalid', 'services is not an object: "garbage" (draft "City")'),
	('null', '22023', 'services_invalid', 'services is not an object: null (draft "City")'),
	('{"garbage": null}', '22023', 'services_invalid', 'invalid quantity of service "garbage": null (draft "City")'),
	('{"garbage": "2"}', '22023', 'services_invalid', 'invalid quantity of service "garbage": "2" (draft "City")'),
	('{"x": [1]}', '22023', 'services_invalid', 'invalid quantity of service "x": [1] (draft "City")'),
	('{"garbage": -1}', '22023', 'service_quantity',
	 'quantity of service "garbage" is negative: -1, class A1 (draft "City")'),
	('{"x": -1}', '22023', 'service_quantity', 'quantity of service "x" is negative: -1, class A1 (draft "City")'),
	('{"garbage": 0.0000000001}', '22023', 'service_quantity',
	 'quantity of service "garbage" has more than nine decimals: 0.0000000001, class A1 (draft "City")'),
	('{"garbage": 10000000000000000000}', '22003', 'service_quantity',
	 'quantity of service "garbage" is out of range: 10000000000000000000, class A1 (draft "City")'),
	('{"drainage": 2}', '22023', 'service_quantity',
	 'quantity of service "drainage" is neither 0 nor 1: 2, class A1 (draft "City")'),
	('{"conservation": 0.5}', '22023', 'service_quantity',
	 'quantity of service "conservation" is neither 0 nor 1: 0.5, class A1 (draft "City")'),
	('{"drought": 2}', '22023', 'service_quantity',
	 'quantity of service "drought" is neither 0 nor 1: 2, class A1 (draft "City")'),
	('{"recycling": 1}', 'P0002', 'service_unknown', 'no service charge "recycling" for class A1 (draft "City")'),
	('{"recycling": 0}', 'P0002', 'service_unknown', 'no service charge "recycling" for class A1 (draft "City")'),
	('{"Garbage": 1}', 'P0002', 'service_unknown', 'no service charge "Garbage" for class A1 (draft "City")'),
	('{"garbage": 1000000000000000000}', '22003', 'amount_out_of_range', 'charge out of range (draft "City")');
SELECT throws_ok(format('SELECT mission_rates.bill_total(''A1'', ''3/4'', 6000, services => %L, schedule => ''City'')',
						services), state, message, 'services ' || services::text)
FROM fault ORDER BY n;
SELECT is_empty(
	$$SELECT services, typed, raw, row FROM fault,
		LATERAL (SELECT mission_rates.billing_problem('A1'::mission_rates.customer_class, '3/4', 6000, services => services,
													  schedule => 'City') AS typed,
						mission_rates.billing_problem('A1', '3/4', 6000, services => services, schedule => 'City') AS raw,
						mission_rates.account_problem(a, 'City') AS row
				 FROM (SELECT 'A1' AS class, '3/4' AS meter, 6000 AS gallons, 'inside' AS area, fault.services) AS a) AS p
	  WHERE typed IS DISTINCT FROM message OR raw IS DISTINCT FROM message OR row IS DISTINCT FROM message$$,
	'billing_problem and account_problem say the same');
SELECT is_empty(
	$$SELECT services, typed, raw FROM fault,
		LATERAL (SELECT mission_rates.billing_problem_code('A1'::mission_rates.customer_class, '3/4', 6000,
														   services => services, schedule => 'City') AS typed,
						mission_rates.billing_problem_code('A1', '3/4', 6000, services => services,
														   schedule => 'City') AS raw) AS p
	  WHERE typed IS DISTINCT FROM code OR raw IS DISTINCT FROM code$$,
	'and billing_problem_code their codes');
-- Arguments in their order: services are the last
SELECT is(mission_rates.billing_problem_code('A1'::mission_rates.customer_class, '3/4', -1, services => '[]',
											 schedule => 'City'), 'gallons_negative', 'gallons before services');
SELECT is(mission_rates.billing_problem_code('A1', '3/4', 6000, dumping_stations => -1, services => '[]',
											 schedule => 'City'), 'dumping_stations_negative', 'stations before services');
SELECT is(mission_rates.billing_problem_code('A1', '12', 6000, services => '{"garbage": -1}', schedule => 'City'),
		  'service_quantity', 'domains before rates');
SELECT is(mission_rates.billing_problem_code('A1', '12', 6000, services => '{"x": 1}', schedule => 'City'),
		  'no_minimum', 'an unknown service after the other rates');
SELECT is(mission_rates.billing_problem_code('A6', '3/4', 0, 'outside', water => false, sewer => false,
											 services => '{"garbage": 1}', schedule => 'City'),
		  'class_not_outside', 'a class that may not be outside');

-- Rows of accounts -----------------------------------------------------------------

SELECT is(mission_rates.account_total(a, 'City'), total, 'an account with services ' || a.services::text)
FROM (VALUES (1, '{garbage,tax}'::text[], 66.45), (2, '{}', 47.45), (3, NULL, 47.45)) AS v (n, services, total),
	 LATERAL (SELECT 'A1' AS class, '3/4' AS meter, 6000 AS gallons, 'inside' AS area, v.services) AS a
ORDER BY n;
SELECT is(mission_rates.account_problem(a, 'City'), problem, 'codes ' || a.services::text)
FROM (VALUES (1, '{garbage,tax,garbage}'::text[], 'service "garbage" occurs more than once (draft "City")'),
			 (2, '{garbage,NULL}', 'a code in services is NULL (draft "City")'),
			 (3, '{recycling}', 'no service charge "recycling" for class A1 (draft "City")'))
	 AS v (n, services, problem),
	 LATERAL (SELECT 'A1' AS class, '3/4' AS meter, 6000 AS gallons, 'inside' AS area, v.services) AS a
ORDER BY n;
SELECT results_eq(
	$$SELECT c.water_minimum, c.water_volume, c.sewer_fixed, c.sewer_volume, c.services, c.total
	  FROM (SELECT 'A1' AS class, '3/4' AS meter, 6000 AS gallons, 'inside' AS area, '{"garbage": 2}'::jsonb AS services) AS a,
		   mission_rates.account_charges(a, 'City') AS c$$,
	$$VALUES (11.50, 11.25, 9.00, 8.70, 41.50, 81.95)$$, 'account_charges adds services up');

SELECT results_eq(
	$$SELECT p.problem_code, p.problem
	  FROM (SELECT 'A1' AS class, '3/4' AS meter, -1 AS gallons, 'inside' AS area, '{"drainage": 2, "garbage": 1, "x": -1}'::jsonb AS services) AS a,
		   mission_rates.account_problems(a, 'City') AS p$$,
	$$VALUES ('gallons_negative'::text, 'gallons is negative: -1 (draft "City")'::text),
			 ('service_quantity', 'quantity of service "x" is negative: -1, class A1 (draft "City")'),
			 ('service_quantity', 'quantity of service "drainage" is neither 0 nor 1: 2, class A1 (draft "City")')$$,
	'account_problems tells each service that makes no sense');

-- Sewer by blocks --------------------------------------------------------------------

CREATE FUNCTION pg_temp.sewer(gallons bigint) RETURNS text LANGUAGE sql AS $$
	SELECT mission_rates.sewer_charge('A1', $1, schedule => 'City')::text || ': '
		   || string_agg(trim_scale(quantity) || ' at ' || trim_scale(rate) || coalesce(' from ' || from_gallons, '')
						 || coalesce(' to ' || to_gallons, ''), ', ' ORDER BY line)
	FROM mission_rates.bill('A1', NULL, $1, water => false, schedule => 'City') WHERE service = 'sewer';
$$;
UPDATE mission_rates.sewer_rate SET rate_per_1000 = NULL WHERE schedule = 'City' AND class = 'A1';
SELECT throws_ok($$SELECT mission_rates.sewer_charge('A1', 6000, schedule => 'City')$$, '55000',
				 'draft "City" cannot be rated: sewer_rate, class A1: it has a factor, but neither a rate by volume nor blocks', 'neither a rate nor blocks');
-- San Juan: 1.52, 1.88, 2.48
INSERT INTO mission_rates.sewer_volume VALUES
	('City', 'A1', 0, 1.52, 'S-1'), ('City', 'A1', 5000, 1.88, 'S-1'), ('City', 'A1', 10000, 2.48, 'S-1');
SELECT is(pg_temp.sewer(gallons), outcome, 'three blocks, ' || gallons || ' gallons')
FROM (VALUES (0, '9.00: 1 at 9'), (5000, '16.60: 1 at 9, 5 at 1.52 from 1 to 5000'),
			 (5001, '16.60: 1 at 9, 5 at 1.52 from 1 to 5000, 0.001 at 1.88 from 5001 to 10000'),
			 (12345, '31.82: 1 at 9, 5 at 1.52 from 1 to 5000, 5 at 1.88 from 5001 to 10000, 2.345 at 2.48 from 10001'))
	 AS v (gallons, outcome);
SELECT is(mission_rates.billing_problem('A1'::mission_rates.customer_class, NULL, NULL, water => false, schedule => 'City'),
		  'gallons is NULL', 'blocks need gallons');
-- Lake Jackson: capped at 15,000 gallons
DELETE FROM mission_rates.sewer_volume WHERE schedule = 'City';
INSERT INTO mission_rates.sewer_volume VALUES ('City', 'A1', 0, 2.00, 'S-2'), ('City', 'A1', 15000, 0.00, 'S-2');
SELECT is(pg_temp.sewer(gallons), outcome, 'a cap, ' || gallons || ' gallons')
FROM (VALUES (14999, '39.00: 1 at 9, 14.999 at 2 from 1 to 15000'), (15000, '39.00: 1 at 9, 15 at 2 from 1 to 15000'),
			 (15001, '39.00: 1 at 9, 15 at 2 from 1 to 15000, 0.001 at 0 from 15001'),
			 (1000000000000, '39.00: 1 at 9, 15 at 2 from 1 to 15000, 999999985 at 0 from 15001'))
	 AS v (gallons, outcome);
UPDATE mission_rates.sewer_rate SET factor = 0.9 WHERE schedule = 'City' AND class = 'A1';
SELECT is(pg_temp.sewer(16667), '39.00: 1 at 9, 15 at 2 from 1 to 15000, 0.0003 at 0 from 15001',
		  'parts of a gallon count in their block');
SELECT is(pg_temp.sewer(16663), '38.99: 1 at 9, 14.9967 at 2 from 1 to 15000', 'and before the end of one');
SELECT is(description, 'Sewer volume, Residential, factor 0.9, gallons 1 to 15,000', 'the words of a block')
FROM mission_rates.bill('A1', NULL, 6000, water => false, schedule => 'City') WHERE charge = 'sewer_volume';

-- Services of a class without a rule ---------------------------------------------------

INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, every_bill, label)
VALUES ('City', 'brush', 'A9', 4.00, 'month', true, 'Brush collection');
DELETE FROM mission_rates.class_rule WHERE schedule = 'City' AND class = 'A9';
SELECT throws_ok(format('SELECT mission_rates.bill_total(''A9'', %s, schedule => ''City'')', arguments), 'P0002',
				 'no rates for class A9 (draft "City")', arguments || ': no rule for the class')
FROM unnest(ARRAY['''3/4'', 0', 'NULL, 0, water => false, sewer => false, services => ''{"brush": 1}''',
				  'NULL, 0, water => false, sewer => false, services => ''{"x": 1}''']) AS arguments;
SELECT is(pg_temp.total('''A9'', NULL, NULL, water => false, sewer => false, fire_sprinkler => 8'), '6.00',
		  'a fire sprinkler has the same rate for all, its bill no charge of that class');

SELECT * FROM finish();
ROLLBACK;
