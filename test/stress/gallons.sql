-- A second implementation of the monthly bill, in plain SQL over the rate tables, against the functions: every gallon
-- from 0 to 40,000 for each class and place, and a random sample of whole accounts.  What differs is in the table wrong.
CREATE TEMP TABLE wrong (what text, answer text);

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

INSERT INTO wrong
SELECT 'water_charge', e::text FROM expected AS e
WHERE mission_rates.water_charge(e.class, e.size, e.gallons, e.service_area, '2023-01-01') IS DISTINCT FROM e.water
UNION ALL
SELECT 'sewer_charge', e::text FROM expected AS e
WHERE mission_rates.sewer_charge(e.class, e.gallons, e.service_area, true, '2023-01-01') IS DISTINCT FROM e.sewer
UNION ALL
SELECT 'bill_total', e::text FROM expected AS e
WHERE mission_rates.bill_total(e.class, e.size, e.gallons, e.service_area, service_date => '2023-01-01')
	  IS DISTINCT FROM e.water + e.sewer
UNION ALL
SELECT 'billing_problem', e::text FROM expected AS e
WHERE mission_rates.billing_problem(e.class, e.size, e.gallons, e.service_area, service_date => '2023-01-01') IS NOT NULL;

-- A random sample of whole accounts ----------------------------------------

-- Reproducible; consumption of a house, of a mill, and close to the blocks.
DO $$ BEGIN PERFORM setseed(current_setting('stress.seed')::integer % 100000 / 100000.0); END $$;
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

INSERT INTO wrong
SELECT 'bill, ' || charge, concat_ws(', ', account, first.amount, second.amount)
FROM (SELECT account, charge, sum(amount) FROM first_bill GROUP BY account, charge) AS first (account, charge, amount)
	 FULL JOIN
	 (SELECT account, charge, amount
	  FROM second_bill,
		   LATERAL (VALUES ('water_minimum', water_minimum), ('water_volume', water_volume), ('sewer_fixed', sewer_fixed),
						   ('sewer_volume', sewer_volume), ('sewer_flat', sewer_flat), ('dumping_station', dumping_station),
						   ('fire_sprinkler', fire_sprinkler)) AS v (charge, amount)
	  WHERE amount IS NOT NULL) AS second
	 USING (account, charge)
WHERE first.amount IS DISTINCT FROM second.amount;

-- The totals are those of the lines, which were compared.
INSERT INTO wrong
SELECT 'bill_total or billing_problem', concat_ws(', ', a::text, t.total, t.problem)
FROM account AS a
	 JOIN (SELECT account, sum(amount) AS total FROM first_bill GROUP BY account) AS first USING (account)
	 CROSS JOIN LATERAL (SELECT CASE WHEN a.service_date IS NULL THEN 'Ordinance 5244' END AS schedule) AS s
	 CROSS JOIN LATERAL (
		SELECT mission_rates.bill_total(a.class, a.size, a.gallons, a.service_area, a.metered, a.water, a.sewer, a.sewer_gallons,
										a.fire_sprinkler, a.dumping_stations, NULL, a.service_date, s.schedule) AS total,
			   mission_rates.billing_problem(a.class, a.size, a.gallons, a.service_area, a.metered, a.water, a.sewer,
											 a.sewer_gallons, a.fire_sprinkler, a.dumping_stations, NULL, a.service_date,
											 s.schedule) AS problem) AS t
WHERE t.total IS DISTINCT FROM first.total OR t.problem IS NOT NULL;

SELECT format('%s consumptions and %s accounts, %s answers wrong', (SELECT count(*) FROM expected),
			  (SELECT count(DISTINCT account) FROM first_bill), (SELECT count(*) FROM wrong));
SELECT what || ': ' || answer FROM wrong LIMIT 20;
SELECT 1 / ((SELECT count(*) FROM wrong) = 0 AND (SELECT count(*) FROM expected) = 13 * 40001
			AND (SELECT count(DISTINCT account) FROM first_bill) > 50000)::integer \g /dev/null
