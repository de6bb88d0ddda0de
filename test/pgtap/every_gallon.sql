-- A second implementation, in plain SQL over the rate tables, against the
-- functions: every gallon from 0 to 40,000 for each class and place, and a
-- larger random sample of whole accounts.
BEGIN;
SET LOCAL client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS mission_rates;

SELECT plan(34);

-- The second implementation -------------------------------------------------

-- Which rows an account is rated by: the minimum of its class's own group in
-- its area; the volume and sewer rates of the class whose rates apply there.
CREATE TEMP TABLE rated_by AS
SELECT rule.class, area.service_area, rule.rate_group,
	   CASE WHEN area.service_area = 'outside' THEN rule.outside_class ELSE rule.class END AS rates_of
FROM mission_rates.class_rule AS rule
	 CROSS JOIN unnest(enum_range(NULL::mission_rates.service_area)) AS area (service_area)
WHERE rule.schedule = 'Ordinance 5244' AND (rule.service_area = 'inside' OR area.service_area = 'outside');

CREATE TEMP TABLE block AS
SELECT class, above_gallons, rate_per_1000,
	   coalesce(lead(above_gallons) OVER (PARTITION BY class ORDER BY above_gallons), 1000000000000) AS upto_gallons
FROM mission_rates.water_volume
WHERE schedule = 'Ordinance 5244';

CREATE TEMP TABLE amount_of_fee AS
SELECT code, amount FROM mission_rates.fee WHERE schedule = 'Ordinance 5244';

-- Every gallon --------------------------------------------------------------

-- The size changes from gallon to gallon, so that all ten are met.
CREATE TEMP TABLE reading AS
SELECT r.class, r.service_area, r.rate_group, r.rates_of, gallons, s.size
FROM rated_by AS r
	 CROSS JOIN generate_series(0::bigint, 40000) AS gallons
	 JOIN unnest('{1/2,5/8,3/4,1,1 1/2,2,3,4,6,8}'::mission_rates.meter_size[]) WITH ORDINALITY AS s (size, n)
	 ON s.n = gallons % 10 + 1
WHERE r.rate_group IS NOT NULL;

ANALYZE rated_by, block, amount_of_fee, reading;

CREATE TEMP TABLE expected AS
SELECT r.class, r.service_area, r.gallons, r.size,
	   m.amount + coalesce((SELECT sum(round((least(r.gallons, b.upto_gallons) - b.above_gallons)
											 * b.rate_per_1000 / 1000, 2))
							FROM block AS b
							WHERE b.class = r.rates_of AND b.above_gallons < r.gallons), 0) AS water,
	   s.fixed + coalesce(round(r.gallons * s.factor * s.rate_per_1000 / 1000, 2), 0) AS sewer
FROM reading AS r
	 JOIN mission_rates.water_minimum AS m
	 ON m.schedule = 'Ordinance 5244' AND m.rate_group = r.rate_group AND m.meter_size = r.size
		AND m.service_area = r.service_area
	 JOIN mission_rates.sewer_rate AS s
	 ON s.schedule = 'Ordinance 5244' AND s.class = r.rates_of;
ANALYZE expected;

SELECT is(count(*), 13 * 40001::bigint, 'seven classes, six of them inside and outside, 40,001 readings')
FROM expected;

SELECT is_empty(
	format($$SELECT gallons, size, water,
					mission_rates.water_charge(class, size, gallons, service_area, '2023-01-01')
			 FROM expected
			 WHERE class = %L AND service_area = %L
			   AND mission_rates.water_charge(class, size, gallons, service_area, '2023-01-01')
				   IS DISTINCT FROM water
			 ORDER BY gallons LIMIT 5$$, class, service_area),
	format('water_charge: every gallon, %s %s', class, service_area))
FROM rated_by WHERE rate_group IS NOT NULL ORDER BY class, service_area;

SELECT is_empty(
	format($$SELECT gallons, sewer, mission_rates.sewer_charge(class, gallons, service_area, true, '2023-01-01')
			 FROM expected
			 WHERE class = %L AND service_area = %L
			   AND mission_rates.sewer_charge(class, gallons, service_area, true, '2023-01-01')
				   IS DISTINCT FROM sewer
			 ORDER BY gallons LIMIT 5$$, class, service_area),
	format('sewer_charge: every gallon, %s %s', class, service_area))
FROM rated_by WHERE rate_group IS NOT NULL ORDER BY class, service_area;

SELECT is_empty(
	$$SELECT class, service_area, gallons, size, water + sewer,
			 mission_rates.bill_total(class, size, gallons, service_area, service_date => '2023-01-01')
	  FROM expected
	  WHERE mission_rates.bill_total(class, size, gallons, service_area, service_date => '2023-01-01')
			IS DISTINCT FROM water + sewer
	  ORDER BY class, service_area, gallons LIMIT 5$$,
	'bill_total: every gallon, every class and place');
SELECT is_empty(
	$$SELECT class, service_area, gallons, size
	  FROM expected
	  WHERE gallons % 7 = 3
		AND mission_rates.billing_problem(class, size, gallons, service_area, service_date => '2023-01-01')
			IS NOT NULL
	  LIMIT 5$$,
	'billing_problem: none');

-- A random sample of whole accounts ----------------------------------------

-- Reproducible; consumption of a house, of a mill, and close to the blocks.
DO $$ BEGIN PERFORM setseed(0.5244); END $$;
CREATE TEMP TABLE account AS
SELECT n AS account, r.class, r.service_area, r.rate_group, r.rates_of,
	   (enum_range(NULL::mission_rates.meter_size))[1 + floor(random() * 10)] AS size,
	   CASE floor(random() * 4)
		   WHEN 0 THEN floor(random() * 12000)
		   WHEN 1 THEN 990 + floor(random() * 20)
		   WHEN 2 THEN 19990 + floor(random() * 20)
		   ELSE floor(10 ^ (random() * 12))
	   END::bigint AS gallons,
	   random() < 0.9 AS metered,
	   random() < 0.9 AS water,
	   random() < 0.9 AS sewer,
	   CASE WHEN random() < 0.2 THEN floor(random() * 60000)::bigint END AS sewer_gallons,
	   CASE WHEN random() < 0.2 THEN 0.5 * (1 + floor(random() * 24))::numeric END AS fire_sprinkler,
	   CASE WHEN random() < 0.1 THEN floor(random() * 4)::integer ELSE 0 END AS dumping_stations,
	   CASE WHEN random() < 0.5 THEN DATE '2023-01-01' + floor(random() * 3000)::integer END AS service_date
FROM generate_series(1, 60000) AS n
	 JOIN (SELECT *, row_number() OVER (ORDER BY class, service_area) AS k FROM rated_by) AS r
	 ON r.k = 1 + n % (SELECT count(*) FROM rated_by);
-- What cannot be billed is the business of other tests.
DELETE FROM account
WHERE class = 'A6' AND (water OR sewer AND metered OR service_area = 'outside')
   OR dumping_stations > 0 AND NOT sewer
   OR NOT water AND NOT sewer AND fire_sprinkler IS NULL;

ANALYZE account;

CREATE TEMP TABLE second_bill AS
SELECT a.account,
	   CASE WHEN a.water THEN m.amount END AS water_minimum,
	   CASE WHEN a.water AND a.metered THEN
		   (SELECT sum(round((least(a.gallons, b.upto_gallons) - b.above_gallons) * b.rate_per_1000 / 1000, 2))
			FROM block AS b
			WHERE b.class = a.rates_of AND b.above_gallons < a.gallons) END AS water_volume,
	   CASE WHEN a.sewer AND a.metered THEN s.fixed END AS sewer_fixed,
	   CASE WHEN a.sewer AND a.metered THEN
		   round(nullif(coalesce(a.sewer_gallons, a.gallons), 0) * s.factor * s.rate_per_1000 / 1000, 2)
	   END AS sewer_volume,
	   CASE WHEN a.sewer AND NOT a.metered THEN flat.amount END AS sewer_flat,
	   CASE WHEN a.dumping_stations > 0 THEN a.dumping_stations * station.amount END AS dumping_station,
	   round(a.fire_sprinkler * sprinkler.amount, 2) AS fire_sprinkler
FROM account AS a
	 LEFT JOIN mission_rates.water_minimum AS m
	 ON m.schedule = 'Ordinance 5244' AND m.rate_group = a.rate_group AND m.meter_size = a.size
		AND m.service_area = a.service_area
	 LEFT JOIN mission_rates.sewer_rate AS s
	 ON s.schedule = 'Ordinance 5244' AND s.class = a.rates_of
	 JOIN amount_of_fee AS flat ON flat.code = 'sewer_flat'
	 JOIN amount_of_fee AS station ON station.code = 'dumping_station'
	 JOIN amount_of_fee AS sprinkler ON sprinkler.code = 'fire_sprinkler';

CREATE TEMP TABLE first_bill AS
SELECT a.account, line.*
FROM account AS a
	 LEFT JOIN LATERAL mission_rates.bill(a.class, a.size, a.gallons, a.service_area, a.metered, a.water, a.sewer,
										  a.sewer_gallons, a.fire_sprinkler, a.dumping_stations, NULL, a.service_date,
										  CASE WHEN a.service_date IS NULL THEN 'Ordinance 5244' END) AS line
	 ON true;

ANALYZE second_bill, first_bill;

SELECT cmp_ok(count(*), '>', 50000::bigint, 'a sample of more than 50,000 accounts') FROM account;
SELECT is_empty(
	$$SELECT account, charge, first.amount, second.amount
	  FROM (SELECT account, charge, sum(amount) FROM first_bill GROUP BY account, charge)
		   AS first (account, charge, amount)
		   FULL JOIN
		   (SELECT account, charge, amount
			FROM second_bill,
				 LATERAL (VALUES ('water_minimum', water_minimum), ('water_volume', water_volume),
								 ('sewer_fixed', sewer_fixed), ('sewer_volume', sewer_volume),
								 ('sewer_flat', sewer_flat), ('dumping_station', dumping_station),
								 ('fire_sprinkler', fire_sprinkler)) AS v (charge, amount)
			WHERE amount IS NOT NULL) AS second
		   USING (account, charge)
	  WHERE first.amount IS DISTINCT FROM second.amount
	  ORDER BY account LIMIT 5$$,
	'bill: every charge of every account of the sample, and no other');
SELECT is_empty(
	$$SELECT a.*, second.total
	  FROM account AS a
		   JOIN (SELECT account, coalesce(water_minimum, 0) + coalesce(water_volume, 0) + coalesce(sewer_fixed, 0)
								 + coalesce(sewer_volume, 0) + coalesce(sewer_flat, 0)
								 + coalesce(dumping_station, 0) + coalesce(fire_sprinkler, 0)
				 FROM second_bill) AS second (account, total)
		   USING (account)
	  WHERE mission_rates.bill_total(a.class, a.size, a.gallons, a.service_area, a.metered, a.water, a.sewer,
									 a.sewer_gallons, a.fire_sprinkler, a.dumping_stations, NULL, a.service_date,
									 CASE WHEN a.service_date IS NULL THEN 'Ordinance 5244' END)
			IS DISTINCT FROM second.total
	  LIMIT 5$$,
	'bill_total: every account of the sample');
SELECT is_empty(
	$$SELECT a.*
	  FROM account AS a
	  WHERE mission_rates.billing_problem(a.class, a.size, a.gallons, a.service_area, a.metered, a.water, a.sewer,
										  a.sewer_gallons, a.fire_sprinkler, a.dumping_stations, NULL, a.service_date,
										  CASE WHEN a.service_date IS NULL THEN 'Ordinance 5244' END)
			IS NOT NULL
	  LIMIT 5$$,
	'billing_problem: none in the sample');
SELECT is_empty(
	$$SELECT account, water_minimum + coalesce(water_volume, 0),
			 mission_rates.water_charge(a.class, a.size, a.gallons, a.service_area, a.service_date, 'Ordinance 5244')
	  FROM account AS a JOIN second_bill USING (account)
	  WHERE a.water AND a.metered
		AND mission_rates.water_charge(a.class, a.size, a.gallons, a.service_area, a.service_date, 'Ordinance 5244')
			IS DISTINCT FROM water_minimum + coalesce(water_volume, 0)
	  LIMIT 5$$,
	'water_charge: the sample');

SELECT * FROM finish();
ROLLBACK;
