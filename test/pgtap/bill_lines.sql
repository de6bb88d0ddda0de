-- The lines of bills: what each says, and that they add up.
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(39);

-- Whole bills, every column -------------------------------------------------

SELECT results_eq(
	$$SELECT * FROM mission_rates.bill('A1', '3/4', 25000, service_date => '2023-05-01')$$,
	$$VALUES
		(1, 'water'::text, 'water_minimum'::text, 'Water minimum, 3/4 inch, inside'::text,
		 1.0, 'month'::text, 11.50, 11.50, '114-54(c)(2)'::text, 'Ordinance 5244'::text, NULL::text, '3/4'::text,
		 'inside'::text, NULL::bigint, NULL::bigint),
		(2, 'water', 'water_volume', 'Water volume, gallons 1,000 to 19,999',
		 19.0, '1,000 gallons', 2.25, 42.75, '114-54(c)(2)', 'Ordinance 5244', 'A1', NULL, NULL, 1000, 19999),
		(3, 'water', 'water_volume', 'Water volume, gallons 20,000 and up',
		 5.001, '1,000 gallons', 2.50, 12.50, '114-54(c)(2)', 'Ordinance 5244', 'A1', NULL, NULL, 20000, NULL),
		(4, 'sewer', 'sewer_fixed', 'Sewer fixed rate, Residential',
		 1.0, 'month', 9.00, 9.00, '114-54(b)(2)a', 'Ordinance 5244', 'A1', NULL, NULL, NULL, NULL),
		(5, 'sewer', 'sewer_volume', 'Sewer volume, Residential',
		 25.0, '1,000 gallons', 1.45, 36.25, '114-54(b)(2)a', 'Ordinance 5244', 'A1', NULL, NULL, 1, NULL)$$,
	'water and sewer of a house, both blocks');
SELECT results_eq(
	$$SELECT * FROM mission_rates.bill('A2', '1 1/2', 6000, 'outside', fire_sprinkler => 2.5, dumping_stations => 3,
									   service_date => '2023-05-01')$$,
	$$VALUES
		(1, 'water'::text, 'water_minimum'::text, 'Water minimum, 1 1/2 inch, outside'::text,
		 1.0, 'month'::text, 53.87, 53.87, '114-54(c)(2)'::text, 'Ordinance 5244'::text, NULL::text, '1 1/2'::text,
		 'outside'::text, NULL::bigint, NULL::bigint),
		(2, 'water', 'water_volume', 'Water volume, gallons 1,000 to 19,999',
		 5.001, '1,000 gallons', 2.87, 14.35, '114-54(c)(2)', 'Ordinance 5244', 'A8', NULL, NULL, 1000, 19999),
		(3, 'sewer', 'sewer_fixed', 'Sewer flat rate, Outside',
		 1.0, 'month', 26.00, 26.00, '114-54(b)(2)a', 'Ordinance 5244', 'A8', NULL, NULL, NULL, NULL),
		(4, 'sewer', 'dumping_station', (SELECT label FROM mission_rates.fee WHERE code = 'dumping_station'),
		 3.0, 'month', 30.00, 90.00, '114-54(b)(2)b', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(5, 'fire', 'fire_sprinkler', (SELECT label FROM mission_rates.fee WHERE code = 'fire_sprinkler'),
		 2.5, 'inch', 0.75, 1.88, '114-54(c)(2)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL)$$,
	'a shop outside the city with everything on its bill');
SELECT results_eq(
	$$SELECT * FROM mission_rates.bill('A3', '2', NULL, metered => false, service_date => '2023-05-01')$$,
	$$VALUES
		(1, 'water'::text, 'water_minimum'::text, 'Water minimum, 2 inch, inside'::text,
		 1.0, 'month'::text, 43.85, 43.85, '114-54(c)(2)'::text, 'Ordinance 5244'::text, NULL::text, '2'::text,
		 'inside'::text, NULL::bigint, NULL::bigint),
		(2, 'sewer', 'sewer_flat', (SELECT label FROM mission_rates.fee WHERE code = 'sewer_flat'),
		 1.0, 'month', 26.00, 26.00, '114-54(b)(2)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL)$$,
	'no operational meter');
SELECT results_eq(
	$$SELECT * FROM mission_rates.bill('A1', NULL, NULL, water => false, sewer => false, fire_sprinkler => 8,
									   service_date => '2023-05-01')$$,
	$$VALUES
		(1, 'fire'::text, 'fire_sprinkler'::text, (SELECT label FROM mission_rates.fee WHERE code = 'fire_sprinkler'),
		 8.0, 'inch'::text, 0.75, 6.00, '114-54(c)(2)'::text, 'Ordinance 5244'::text, NULL::text, NULL::text,
		 NULL::text, NULL::bigint, NULL::bigint)$$,
	'a connection for fire protection only');

-- Which lines there are -----------------------------------------------------

CREATE FUNCTION pg_temp.charges(gallons bigint, water boolean DEFAULT true, sewer boolean DEFAULT true,
								sewer_gallons bigint DEFAULT NULL, class mission_rates.customer_class DEFAULT 'A1')
RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(charge || ' ' || trim_scale(quantity) || ' ' || amount, ', ' ORDER BY line)
	FROM mission_rates.bill($5, '3/4', $1, water => $2, sewer => $3, sewer_gallons => $4,
							service_date => '2023-05-01');
$$;

SELECT is(pg_temp.charges(0), 'water_minimum 1 11.50, sewer_fixed 1 9.00', 'no gallons, no line for them');
SELECT is(pg_temp.charges(999), 'water_minimum 1 11.50, sewer_fixed 1 9.00, sewer_volume 0.999 1.45',
		  '999 gallons have no water volume charge, but a sewer volume charge');
SELECT is(pg_temp.charges(1000),
		  'water_minimum 1 11.50, water_volume 0.001 0.00, sewer_fixed 1 9.00, sewer_volume 1 1.45',
		  'gallon 1,000 is the first on a line of its own, of less than half a cent');
SELECT is(pg_temp.charges(19999, sewer => false), 'water_minimum 1 11.50, water_volume 19 42.75',
		  '19,999 gallons are one block');
SELECT is(pg_temp.charges(20000, sewer => false),
		  'water_minimum 1 11.50, water_volume 19 42.75, water_volume 0.001 0.00',
		  'gallon 20,000 is the first of the second');
SELECT is(pg_temp.charges(6000, water => false), 'sewer_fixed 1 9.00, sewer_volume 6 8.70', 'sewer alone');
SELECT is(pg_temp.charges(6000, water => false, sewer_gallons => 8000), 'sewer_fixed 1 9.00, sewer_volume 8 11.60',
		  'sewer alone, on other gallons than this meter''s');
SELECT is(pg_temp.charges(6000, sewer_gallons => 0),
		  'water_minimum 1 11.50, water_volume 5.001 11.25, sewer_fixed 1 9.00',
		  'nothing of this water into the sewer');
SELECT is(pg_temp.charges(6000, sewer => false, sewer_gallons => 8000),
		  'water_minimum 1 11.50, water_volume 5.001 11.25', 'sewer gallons without a sewer connection cost nothing');
SELECT is(pg_temp.charges(6000, class => 'A8'), 'water_minimum 1 14.44, water_volume 5.001 14.35, sewer_fixed 1 26.00',
		  'a flat class has a fixed rate and no volume');
SELECT is(pg_temp.charges(1000000000, class => 'A5'),
		  'water_minimum 1 12.50, water_volume 19 47.50, water_volume 999980.001 2749945.00, '
		  'sewer_fixed 1 11.50, sewer_volume 1000000 3180000.00',
		  'a billion gallons, exact');

-- All that holds of every line ----------------------------------------------

CREATE TEMP TABLE account AS
SELECT row_number() OVER () AS account, *
FROM unnest('{A1,A2,A3,A4,A5,A8,A9}'::mission_rates.customer_class[]) AS class,
	 unnest('{1/2,5/8,3/4,1,1 1/2,2,3,4,6,8}'::mission_rates.meter_size[]) AS meter,
	 unnest('{0,7,999,1000,1234,19999,20000,54321,1000000000000}'::bigint[]) AS gallons,
	 unnest('{NULL,outside}'::mission_rates.service_area[]) AS area,
	 (VALUES (true, true, true, NULL::bigint, NULL::numeric, 0), (true, true, false, NULL, 2.5, 0),
			 (true, false, true, 777, NULL, 2), (false, true, true, NULL, 6, 1), (true, false, false, NULL, 0.1, 0))
	 AS v (metered, water, sewer, sewer_gallons, fire_sprinkler, dumping_stations);
CREATE TEMP TABLE bill AS
SELECT a.account, line.*
FROM account AS a,
	 LATERAL mission_rates.bill(a.class, a.meter, a.gallons, a.area, a.metered, a.water, a.sewer, a.sewer_gallons,
								a.fire_sprinkler, a.dumping_stations, NULL, '2023-05-01') AS line;
ANALYZE account, bill;

SELECT is(count(*), (7 * 10 * 9 * 2 * 5)::bigint, 'thousands of accounts') FROM account;
SELECT is(count(DISTINCT account), (SELECT count(*) FROM account), '... each of which has a bill') FROM bill;
SELECT is_empty($$SELECT * FROM bill WHERE amount IS DISTINCT FROM round(quantity * rate, 2) LIMIT 5$$,
				'amount = round(quantity * rate, 2)');
SELECT is_empty($$SELECT * FROM bill WHERE scale(amount) <> 2 LIMIT 5$$, 'amounts have two decimals');
SELECT is_empty($$SELECT * FROM bill WHERE quantity <= 0 LIMIT 5$$, 'no line without a quantity');
SELECT is_empty(
	$$SELECT account FROM bill GROUP BY account
	  HAVING min(line) <> 1 OR max(line) <> count(*) OR count(DISTINCT line) <> count(*) LIMIT 5$$,
	'lines are numbered from 1, without gaps');
SELECT is_empty(
	$$SELECT account, total, sum
	  FROM (SELECT a.account,
				   mission_rates.bill_total(a.class, a.meter, a.gallons, a.area, a.metered, a.water, a.sewer,
											a.sewer_gallons, a.fire_sprinkler, a.dumping_stations, NULL,
											'2023-05-01') AS total
			FROM account AS a) AS t
		   JOIN (SELECT account, sum(amount) FROM bill GROUP BY account) AS s USING (account)
	  WHERE total IS DISTINCT FROM sum LIMIT 5$$,
	'bill_total is the sum of the lines');
SELECT is_empty(
	$$SELECT account, charge, sum
	  FROM (SELECT a.account, mission_rates.water_charge(a.class, a.meter, a.gallons, a.area, '2023-05-01') AS charge
			FROM account AS a WHERE water AND metered) AS t
		   JOIN (SELECT account, sum(amount) FROM bill WHERE service = 'water' GROUP BY account) AS s USING (account)
	  WHERE charge IS DISTINCT FROM sum LIMIT 5$$,
	'water_charge is the sum of the water lines');
SELECT is_empty(
	$$SELECT account, charge, sum
	  FROM (SELECT a.account, mission_rates.sewer_charge(a.class, coalesce(a.sewer_gallons, a.gallons), a.area, a.metered,
														 '2023-05-01')
							  + dumping_stations * mission_rates.fee('dumping_station', 1, '2023-05-01') AS charge
			FROM account AS a WHERE sewer) AS t
		   JOIN (SELECT account, sum(amount) FROM bill WHERE service = 'sewer' GROUP BY account) AS s USING (account)
	  WHERE charge IS DISTINCT FROM sum LIMIT 5$$,
	'sewer_charge and the dumping stations are the sum of the sewer lines');
SELECT is_empty(
	$$SELECT account, charge, sum
	  FROM (SELECT a.account, mission_rates.fire_sprinkler_charge(a.fire_sprinkler, '2023-05-01') AS charge
			FROM account AS a WHERE fire_sprinkler IS NOT NULL) AS t
		   LEFT JOIN (SELECT account, sum(amount) FROM bill WHERE service = 'fire' GROUP BY account) AS s USING (account)
	  WHERE charge IS DISTINCT FROM sum LIMIT 5$$,
	'fire_sprinkler_charge is the fire line');
SELECT set_eq(
	$$SELECT DISTINCT service, charge, unit, section FROM bill$$,
	$$VALUES ('water'::text, 'water_minimum'::text, 'month'::text, '114-54(c)(2)'::text),
			 ('water', 'water_volume', '1,000 gallons', '114-54(c)(2)'),
			 ('sewer', 'sewer_fixed', 'month', '114-54(b)(2)a'),
			 ('sewer', 'sewer_volume', '1,000 gallons', '114-54(b)(2)a'),
			 ('sewer', 'sewer_flat', 'month', '114-54(b)(2)'),
			 ('sewer', 'dumping_station', 'month', '114-54(b)(2)b'),
			 ('fire', 'fire_sprinkler', 'inch', '114-54(c)(2)')$$,
	'services, charges, units and sections');
SELECT is_empty(
	$$SELECT a.class, a.area, b.*
	  FROM account AS a JOIN bill AS b USING (account)
	  WHERE b.rate_class IS DISTINCT FROM
			CASE WHEN b.charge IN ('water_volume', 'sewer_fixed', 'sewer_volume')
				 THEN CASE WHEN a.area = 'outside' THEN 'A8' ELSE a.class::text END END LIMIT 5$$,
	'volume and the fixed sewer rate name the class whose rates apply');
SELECT is_empty(
	$$SELECT a.class, a.meter, a.area, b.*
	  FROM account AS a JOIN bill AS b USING (account)
	  WHERE (b.rate_meter, b.rate_area) IS DISTINCT FROM
			(CASE WHEN b.charge = 'water_minimum' THEN a.meter::text END,
			 CASE WHEN b.charge = 'water_minimum'
				  THEN CASE WHEN a.area = 'outside' OR a.class = 'A8' THEN 'outside' ELSE 'inside' END END) LIMIT 5$$,
	'the minimum names its size and place');
SELECT set_eq(
	$$SELECT DISTINCT charge, from_gallons, to_gallons FROM bill$$,
	$$VALUES ('water_minimum'::text, NULL::bigint, NULL::bigint), ('water_volume', 1000, 19999),
			 ('water_volume', 20000, NULL), ('sewer_fixed', NULL, NULL), ('sewer_volume', 1, NULL),
			 ('sewer_flat', NULL, NULL), ('dumping_station', NULL, NULL), ('fire_sprinkler', NULL, NULL)$$,
	'volume names the gallons that its block covers');
SELECT set_eq($$SELECT DISTINCT schedule FROM bill$$, $$VALUES ('Ordinance 5244'::text)$$,
			  'every line names its schedule');
SELECT is_empty(
	$$SELECT account FROM bill
	  GROUP BY account
	  HAVING array_agg(charge ORDER BY line)
			 <> array_agg(charge ORDER BY array_position('{water_minimum,water_volume,sewer_fixed,sewer_volume,sewer_flat,dumping_station,fire_sprinkler}', charge), line)$$,
	'water first, then sewer, then fire');
SELECT is_empty(
	$$SELECT a.gallons, b.* FROM account AS a JOIN bill AS b USING (account)
	  WHERE b.charge = 'water_minimum'
		AND b.description IS DISTINCT FROM
			format('Water minimum, %s inch, %s', a.meter,
				   coalesce(a.area::text, CASE a.class WHEN 'A8' THEN 'outside' ELSE 'inside' END)) LIMIT 5$$,
	'the minimum says size and place');
SELECT set_eq(
	$$SELECT DISTINCT description FROM bill WHERE charge = 'water_volume'$$,
	$$VALUES ('Water volume, gallons 1,000 to 19,999'::text), ('Water volume, gallons 20,000 and up')$$,
	'the volume says which gallons');
SELECT is_empty(
	$$SELECT a.account, a.gallons, sum(b.quantity)
	  FROM account AS a JOIN bill AS b USING (account)
	  WHERE b.charge = 'water_volume'
	  GROUP BY a.account, a.gallons
	  HAVING sum(b.quantity) * 1000 <> greatest(a.gallons - 999, 0) LIMIT 5$$,
	'the quantities of the water volume are all gallons but the first 999');
SELECT is_empty(
	$$SELECT a.account, a.gallons, b.quantity
	  FROM account AS a JOIN bill AS b USING (account)
	  WHERE b.charge = 'sewer_volume' AND b.quantity * 1000 <> coalesce(a.sewer_gallons, a.gallons) LIMIT 5$$,
	'the quantity of the sewer volume is all gallons');
SELECT set_eq(
	$$SELECT DISTINCT a.class::text, b.description
	  FROM account AS a JOIN bill AS b USING (account)
	  WHERE b.charge = 'sewer_fixed' AND a.area IS NULL$$,
	$$SELECT class::text, CASE class WHEN 'A8' THEN 'Sewer flat rate, ' ELSE 'Sewer fixed rate, ' END || label
	  FROM mission_rates.class_rule WHERE class <> 'A6'$$,
	'the fixed rate names the class');
SELECT is_empty($$SELECT * FROM bill WHERE description = '' OR description IS NULL LIMIT 5$$,
				'every line has a description');

-- A statement that uses the lines of two bills at once
SELECT results_eq(
	$$SELECT a.line, a.amount, b.amount
	  FROM mission_rates.bill('A1', '3/4', 6000, service_date => '2023-05-01') AS a
		   JOIN mission_rates.bill('A5', '8', 6000, service_date => '2023-05-01') AS b USING (line)
	  ORDER BY line$$,
	$$VALUES (1, 11.50, 561.62), (2, 11.25, 12.50), (3, 9.00, 11.50), (4, 8.70, 19.08)$$,
	'two bills side by side');
SELECT is((mission_rates.bill('A1', '3/4', 0, sewer => false, service_date => '2023-05-01')).charge, 'water_minimum',
		  'bill in the select list');

SELECT * FROM finish();
ROLLBACK;
