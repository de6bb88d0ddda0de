-- Bills of many accounts, with service charges of every kind and sewer blocks, against a calculation in plain SQL over
-- the rate tables.  How many accounts: psql -v accounts=200000.
\if :{?accounts}
\else
\set accounts 10000
\endif
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(7);

-- A schedule with all of it -----------------------------------------------------

SELECT mission_rates.draft_schedule('City', 'Ordinance 5244') \g /dev/null
UPDATE mission_rates.schedule SET volume_step = 10 WHERE schedule = 'City';
UPDATE mission_rates.sewer_rate SET rate_per_1000 = NULL, factor = CASE class WHEN 'A1' THEN 0.9001 ELSE 1 END
WHERE schedule = 'City' AND class IN ('A1', 'A3');
UPDATE mission_rates.sewer_rate SET factor = 0.8500 WHERE schedule = 'City' AND class = 'A2';
INSERT INTO mission_rates.sewer_volume VALUES
	('City', 'A1', 0, 1.52, ''), ('City', 'A1', 5000, 1.8833, ''), ('City', 'A1', 10000, 2.48, ''),
	('City', 'A3', 500, 2.25, ''), ('City', 'A3', 15000, 0.00, '');
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, above_gallons, base_charges, every_bill, label)
SELECT 'City', v.code, c.class, v.amount * c.n, v.unit, v.above_gallons, v.base_charges, v.every_bill, 'A charge'
FROM unnest('{A1,A2,A3,A8}'::mission_rates.customer_class[]) WITH ORDINALITY AS c (class, n),
	 (VALUES ('brush', 4.00, 'month', 0, NULL::text[], true), ('drainage', 3.0001, 'month', 0, NULL, true),
			 ('garbage', 17.2505, 'each', 0, NULL, false), ('recycling', 0.3333, 'each', 0, NULL, true),
			 ('conservation', 0.6125, '1,000 gallons', 10000, NULL, true),
			 ('rebate', -0.1111, '1,000 gallons', 0, NULL, false), ('senior', -25.00, 'month', 0, NULL, false),
			 ('drought', 0.15, 'dollar', 0, '{water_volume}', false),
			 ('franchise', 0.0333, 'dollar', 0, '{water_minimum,sewer_fixed,sewer_volume,fire_sprinkler,conservation}', true),
			 ('tax', 0.0825, 'dollar', 0, '{garbage,brush,senior,sewer_flat,dumping_station}', false))
	 AS v (code, amount, unit, above_gallons, base_charges, every_bill)
WHERE (c.class, v.code) <> ('A8', 'recycling');

-- Accounts ------------------------------------------------------------------------

DO $$ BEGIN PERFORM setseed(0.61); END $$;
CREATE FUNCTION pg_temp.one_of(choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT $1[1 + floor(random() * array_length($1, 1))];
$$;
CREATE TEMP TABLE account AS
SELECT a.*, r.rate_group, CASE WHEN a.area = 'outside' OR a.class = 'A8' THEN 'outside' ELSE 'inside' END AS place,
	   CASE WHEN a.area = 'outside' THEN 'A8' ELSE a.class END AS rates_of
FROM (SELECT n, pg_temp.one_of('{A1,A1,A1,A2,A3,A4,A8,A9}')::mission_rates.customer_class AS class,
			 pg_temp.one_of('{3/4,3/4,1,2,8}')::mission_rates.meter_size AS meter,
			 floor(exp(random() * 11) * 3)::bigint AS gallons,
			 pg_temp.one_of('{NULL,NULL,NULL,outside}')::mission_rates.service_area AS area,
			 random() < 0.9 AS metered, random() < 0.9 AS water, random() < 0.9 AS sewer,
			 CASE WHEN random() < 0.2 THEN floor(random() * 30000)::bigint END AS sewer_gallons,
			 CASE WHEN random() < 0.1 THEN round((random() * 8 + 0.001)::numeric, 3) END AS fire_sprinkler,
			 (random() * 3)::integer AS stations,
			 (SELECT jsonb_object_agg(v.code, v.quantity)
			  FROM (VALUES ('garbage', round((random() * 4)::numeric, (random() * 9)::integer)),
						   ('senior', (random() * 1)::integer), ('brush', (random() * 1)::integer),
						   ('conservation', (random() * 1)::integer), ('rebate', 1), ('drought', 1), ('tax', 1),
						   ('franchise', (random() * 1)::integer)) AS v (code, quantity)
			  WHERE random() < 0.4 AND i.n > 0) AS services
	  FROM generate_series(1, :accounts) AS i (n)) AS a
	 JOIN mission_rates.class_rule AS r ON r.schedule = 'City' AND r.class = a.class;
UPDATE account SET stations = 0 WHERE NOT sewer;
UPDATE account SET services = NULL WHERE rates_of IN ('A4', 'A9');
DELETE FROM account WHERE NOT water AND NOT sewer AND fire_sprinkler IS NULL;

-- The calculation in plain SQL -----------------------------------------------------

CREATE TEMP VIEW block AS
SELECT 'water_volume' AS charge, class, above_gallons, rate_per_1000::numeric AS rate,
	   lead(above_gallons) OVER (PARTITION BY class ORDER BY above_gallons) AS upto
FROM mission_rates.water_volume WHERE schedule = 'City'
UNION ALL
SELECT 'sewer_volume', class, above_gallons, rate_per_1000,
	   lead(above_gallons) OVER (PARTITION BY class ORDER BY above_gallons)
FROM mission_rates.sewer_volume WHERE schedule = 'City'
UNION ALL
SELECT 'sewer_volume', class, 0, rate_per_1000, NULL
FROM mission_rates.sewer_rate WHERE schedule = 'City' AND rate_per_1000 IS NOT NULL;
CREATE TEMP TABLE plain AS
SELECT a.n, 'water_minimum' AS charge, round(m.amount, 2) AS amount
FROM account AS a JOIN mission_rates.water_minimum AS m
	 ON (m.schedule, m.rate_group, m.meter_size, m.service_area::text) = ('City', a.rate_group, a.meter, a.place)
WHERE a.water
UNION ALL
SELECT a.n, b.charge, round(greatest(least(v.volume, b.upto) - b.above_gallons, 0) / 1000 * b.rate, 2)
FROM account AS a
	 LEFT JOIN mission_rates.sewer_rate AS s ON s.schedule = 'City' AND s.class = a.rates_of
	 CROSS JOIN LATERAL (
		SELECT 'water_volume' AS charge, (a.gallons - a.gallons % 10)::numeric AS volume WHERE a.water AND a.metered
		UNION ALL
		SELECT 'sewer_volume', coalesce(a.sewer_gallons, a.gallons) * s.factor
		WHERE a.sewer AND a.metered AND s.factor IS NOT NULL) AS v
	 JOIN block AS b ON b.charge = v.charge AND b.class = a.rates_of
UNION ALL
SELECT a.n, CASE WHEN a.metered THEN 'sewer_fixed' ELSE 'sewer_flat' END,
	   CASE WHEN a.metered THEN s.fixed::numeric ELSE 26.00 END
FROM account AS a JOIN mission_rates.sewer_rate AS s ON s.schedule = 'City' AND s.class = a.rates_of
WHERE a.sewer
UNION ALL
SELECT n, 'dumping_station', stations * 30.00 FROM account WHERE sewer
UNION ALL
SELECT n, 'fire_sprinkler', round(fire_sprinkler * 0.75, 2) FROM account WHERE fire_sprinkler IS NOT NULL;
CREATE TEMP TABLE plain_service AS
SELECT a.n, c.code AS charge, c.unit, c.amount AS rate, c.base_charges, q.asked,
	   CASE c.unit WHEN '1,000 gallons'
			THEN round(q.asked * CASE WHEN a.water AND a.metered
									  THEN greatest(a.gallons - a.gallons % 10 - c.above_gallons, 0) / 1000::numeric ELSE 0 END
					   * c.amount, 2)
			ELSE round(q.asked * c.amount, 2) END AS amount
FROM account AS a
	 JOIN mission_rates.service_charge AS c ON c.schedule = 'City' AND c.class = a.rates_of
	 CROSS JOIN LATERAL (SELECT coalesce((a.services ->> c.code)::numeric, c.every_bill::integer) AS asked) AS q;
INSERT INTO plain SELECT n, charge, amount FROM plain_service WHERE unit <> 'dollar';
CREATE INDEX ON plain (n);
ANALYZE plain;
INSERT INTO plain
SELECT s.n, s.charge,
	   round((SELECT coalesce(sum(p.amount), 0) FROM plain AS p WHERE p.n = s.n AND p.charge = ANY (s.base_charges)) * s.rate, 2)
FROM plain_service AS s
WHERE s.unit = 'dollar' AND s.asked = 1;
CREATE TEMP TABLE expected AS
SELECT n, charge, sum(amount) AS amount FROM plain GROUP BY n, charge HAVING sum(amount) <> 0;

-- What the functions make of them -----------------------------------------------------

CREATE TEMP TABLE billed AS
SELECT a.n, b.*
FROM account AS a,
	 mission_rates.bill(a.class, a.meter, a.gallons, a.area, a.metered, a.water, a.sewer, a.sewer_gallons, a.fire_sprinkler,
						a.stations, a.services, schedule => 'City') AS b;
SELECT cmp_ok(count(*), '>', (0.9 * :accounts)::bigint, 'accounts') FROM account;
SELECT is(count(DISTINCT charge), 17::bigint, 'every charge occurs') FROM billed;
SELECT is_empty(
	$$SELECT n, charge, e.amount AS expected, b.amount AS billed
	  FROM expected AS e
		   FULL JOIN (SELECT n, charge, sum(amount) AS amount FROM billed GROUP BY n, charge HAVING sum(amount) <> 0) AS b
		   USING (n, charge)
	  WHERE e.amount IS DISTINCT FROM b.amount LIMIT 10$$,
	'every charge of every account');
SELECT is_empty($$SELECT * FROM billed WHERE amount <> round(quantity * rate, 2) OR quantity = 0 LIMIT 10$$,
				'amount = round(quantity * rate, 2)');
SELECT is_empty(
	$$SELECT n FROM (SELECT n, array_agg(charge ORDER BY line) AS given,
							array_agg(charge ORDER BY service = 'service', charge IN ('drought', 'franchise', 'tax'),
													  CASE WHEN service = 'service' THEN charge COLLATE "C" END, line) AS due
					 FROM billed GROUP BY n) AS o WHERE given <> due LIMIT 10$$,
	'services follow by their code, those per dollar last');
SELECT is_empty(
	$$SELECT a.n, mission_rates.bill_total(a.class, a.meter, a.gallons, a.area, a.metered, a.water, a.sewer, a.sewer_gallons,
										   a.fire_sprinkler, a.stations, a.services, schedule => 'City') AS total,
			 coalesce(b.total, 0) AS sum
	  FROM account AS a LEFT JOIN (SELECT n, sum(amount) AS total FROM billed GROUP BY n) AS b USING (n)
	  WHERE mission_rates.bill_total(a.class, a.meter, a.gallons, a.area, a.metered, a.water, a.sewer, a.sewer_gallons,
									 a.fire_sprinkler, a.stations, a.services, schedule => 'City')
			IS DISTINCT FROM coalesce(b.total, 0)
	  LIMIT 10$$,
	'bill_total is the sum of the lines');
SELECT is_empty(
	$$SELECT r.n, c.total, b.total AS billed
	  FROM (SELECT n, class, meter, gallons, coalesce(area, place::mission_rates.service_area) AS area, metered, water, sewer,
				   sewer_gallons, fire_sprinkler, stations AS dumping_stations, services FROM account) AS r
		   CROSS JOIN LATERAL mission_rates.account_charges(r, 'City') AS c
		   LEFT JOIN (SELECT n, sum(amount) AS total, sum(amount) FILTER (WHERE service = 'service') AS services
					  FROM billed GROUP BY n) AS b USING (n)
	  WHERE (c.total, c.services) IS DISTINCT FROM (coalesce(b.total, 0), coalesce(b.services, 0)) LIMIT 10$$,
	'account_charges says the same');

SELECT * FROM finish();
ROLLBACK;
