-- bill_tabulation and explain_amount.
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT plan(54);

-- ---- bill_tabulation ----

SELECT results_eq(
	$$SELECT from_gallons, to_gallons, bills, gallons::text, cumulative_bills, cumulative_gallons::text, consolidated_gallons::text
	FROM mission_rates.bill_tabulation('{0, 0, 5, NULL, 999, 1000, 1001, 3500}')$$,
	$$VALUES (0::bigint, 0::bigint, 2::bigint, '0', 2::bigint, '0', '0'),
		(1, 1000, 3, '2004', 5, '2004', '4004'),
		(1001, 2000, 1, '1001', 6, '3005', '5005'),
		(2001, 3000, 0, '0', 6, '3005', '6005'),
		(3001, 4000, 1, '3500', 7, '6505', '6505')$$, 'steps of 1,000 gallons, empty ones included');
SELECT results_eq(
	$$SELECT from_gallons, to_gallons, bills FROM mission_rates.bill_tabulation('{1, 2, 3, 4}', 3)$$,
	$$VALUES (0::bigint, 0::bigint, 0::bigint), (1, 3, 3), (4, 6, 1)$$, 'steps of another size');
SELECT is_empty(format('SELECT * FROM mission_rates.bill_tabulation(%s)', readings), 'no readings, no rows: ' || readings)
FROM unnest(ARRAY['NULL', '''{}''', '''{NULL}''']) AS readings;
SELECT results_eq($$SELECT from_gallons, to_gallons, bills FROM mission_rates.bill_tabulation('{0, 0}')$$,
	$$VALUES (0::bigint, 0::bigint, 2::bigint)$$, 'bills without consumption alone');
SELECT throws_ok($$SELECT * FROM mission_rates.bill_tabulation('{5, -1}')$$, '22023', 'reading is negative: -1', 'a negative reading');
SELECT throws_ok($$SELECT * FROM mission_rates.bill_tabulation('{1000000000001}')$$, '22003',
	'reading is more than 1000000000000 gallons: 1000000000001', 'a reading beyond the limit');
SELECT throws_ok(format('SELECT * FROM mission_rates.bill_tabulation(''{5}'', %s)', step), '22023', 'step is less than 1: ' || step, 'a step of ' || step)
FROM unnest('{0, -5}'::int[]) AS step;
SELECT throws_ok($$SELECT * FROM mission_rates.bill_tabulation('{100001}', 1)$$, '22023', 'more than 100000 steps', 'too many steps');
SELECT is((SELECT count(*) FROM mission_rates.bill_tabulation('{100000}', 1)), 100001::bigint, 'as many as there may be');
SELECT results_eq($$SELECT to_gallons, cumulative_gallons::text FROM mission_rates.bill_tabulation('{7}', 9223372036854775807)$$,
	$$VALUES (0::bigint, '0'), (9223372036854775807, '7')$$, 'the largest step');
-- What a block costs is its rate times the difference of two consolidated amounts.
CREATE TEMP TABLE consumption AS
SELECT (('x' || substr(md5(n::text), 1, 8))::bit(32)::bigint % 30000) AS gallons FROM generate_series(1, 2000) AS n;
SELECT results_eq(
	$$SELECT t.to_gallons, t.bills, t.gallons, t.cumulative_bills, t.consolidated_gallons
	FROM mission_rates.bill_tabulation((SELECT array_agg(gallons) FROM consumption), 700) AS t$$,
	$$SELECT k * 700, count(gallons) FILTER (WHERE gallons BETWEEN k * 700 - 699 AND k * 700 AND (k > 0 OR gallons = 0)),
		coalesce(sum(gallons) FILTER (WHERE gallons BETWEEN k * 700 - 699 AND k * 700), 0),
		count(*) FILTER (WHERE gallons <= k * 700), sum(least(gallons, k * 700))
	FROM generate_series(0, (SELECT ceil(max(gallons) / 700.0)::bigint FROM consumption)) AS k, consumption
	GROUP BY k ORDER BY k$$, 'against plain SQL over 2,000 readings');

-- ---- explain_amount ----

-- Every bill up to 3,500 gallons of three sizes, made by bill_total
CREATE FUNCTION pg_temp.total(class mission_rates.customer_class, meter mission_rates.meter_size, gallons bigint,
	area mission_rates.service_area, metered boolean, water boolean, sewer boolean, schedule text) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
	RETURN mission_rates.bill_total(class, meter, gallons, area, metered, water, sewer, schedule => schedule);
EXCEPTION WHEN OTHERS THEN
	RETURN NULL;
END $$;
CREATE TEMP TABLE made (class mission_rates.customer_class, meter mission_rates.meter_size, area mission_rates.service_area, metered boolean,
	water boolean, sewer boolean, gallons bigint, total numeric);
CREATE FUNCTION pg_temp.make_bills(schedule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE made;
	INSERT INTO made
	SELECT c.*, g.gallons, mission_rates.bill_total(c.class, c.meter, g.gallons, c.area, c.metered, c.water, c.sewer, schedule => $1) AS total
	FROM (
		SELECT class, meter, area, metered, water, sewer
		FROM unnest(enum_range(NULL::mission_rates.customer_class)) AS class, unnest('{3/4,2,NULL}'::mission_rates.meter_size[]) AS meter,
			unnest('{inside,outside}'::mission_rates.service_area[]) AS area, unnest('{t,f}'::bool[]) AS metered,
			unnest('{t,f}'::bool[]) AS water, unnest('{t,f}'::bool[]) AS sewer
		WHERE (meter IS NOT NULL) = water AND pg_temp.total(class, meter, 0, area, metered, water, sewer, $1) IS NOT NULL
	) AS c
	CROSS JOIN generate_series(0, 3500) AS g (gallons);
	ANALYZE made;
END $$;

-- Runs of gallons with one total, as plain SQL finds them
CREATE FUNCTION pg_temp.runs(amount numeric) RETURNS TABLE (found text) LANGUAGE sql AS $$
	SELECT concat_ws(' ', class, coalesce(meter::text, '-'), area, metered, water, sewer, min(gallons), max(gallons))
	FROM (
		SELECT *, gallons - row_number() OVER (PARTITION BY class, meter, area, metered, water, sewer ORDER BY gallons) AS island
		FROM made WHERE total = amount
	) AS m
	GROUP BY class, meter, area, metered, water, sewer, island
$$;
CREATE FUNCTION pg_temp.explained(amount numeric, schedule text) RETURNS TABLE (found text) LANGUAGE sql AS $$
	SELECT concat_ws(' ', class, coalesce(meter::text, '-'), area, metered, water, sewer, coalesce(from_gallons, 0),
		least(coalesce(to_gallons, 3500), 3500))
	FROM mission_rates.explain_amount(amount, schedule => schedule), unnest(classes) AS class,
		unnest(coalesce(meters, ARRAY[NULL::mission_rates.meter_size])) AS meter
	WHERE (meter IN ('3/4', '2') OR meter IS NULL) AND coalesce(from_gallons, 0) <= 3500
$$;
SELECT pg_temp.make_bills('Ordinance 5244');
SELECT set_eq(format('SELECT * FROM pg_temp.explained(%s, ''Ordinance 5244'')', amount),
	format('SELECT * FROM pg_temp.runs(%s)', amount), format('%s against every bill up to 3,500 gallons', amount))
FROM unnest('{40.45, 20.50, 26.00, 11.50, 22.75, 37.50, 25.66, 33.33, 31.22, 0.00, 9.00}'::numeric[]) AS amount;

-- A schedule with a volume step, a block at 0.00 and one block for every gallon
SELECT mission_rates.draft_schedule('Steps', 'Ordinance 5244');
UPDATE mission_rates.schedule SET volume_step = 100 WHERE schedule = 'Steps';
UPDATE mission_rates.water_volume SET above_gallons = 3000, rate_per_1000 = 0 WHERE schedule = 'Steps' AND class = 'A1' AND above_gallons = 19999;
UPDATE mission_rates.sewer_rate SET factor = 0.85 WHERE schedule = 'Steps' AND class = 'A2';
SELECT pg_temp.make_bills('Steps');
SELECT set_eq(format('SELECT * FROM pg_temp.explained(%s, ''Steps'')', amount),
	format('SELECT * FROM pg_temp.runs(%s)', amount), format('%s with volume steps', amount))
FROM unnest('{16.00, 16.22, 22.75, 25.66, 33.33}'::numeric[]) AS amount;
SELECT results_eq(
	$$SELECT DISTINCT from_gallons, to_gallons FROM mission_rates.explain_amount(16.00, 5000000, schedule => 'Steps')
	WHERE 'A1' = ANY (classes) AND '3/4' = ANY (meters) AND area = 'inside' AND NOT sewer$$,
	$$VALUES (3000::bigint, NULL::bigint)$$, 'a last block at 0.00 has no end');

-- Charges on every bill: by gallons, a credit by gallons, and per dollar of both
SELECT mission_rates.draft_schedule('Charges', 'Ordinance 5244');
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, above_gallons, base_charges, every_bill, label)
SELECT 'Charges', c.code, r.class, c.amount, c.unit, c.above, c.base_charges, true, c.code
FROM mission_rates.class_rule AS r, (VALUES ('garbage', 17.25, 'month', 0, NULL::text[]), ('credit', -1.90, '1,000 gallons', 1000, NULL),
	('drought', 0.15, 'dollar', 0, '{water_volume}'), ('senior', -0.10, 'dollar', 0, '{water_volume,credit,sewer_volume,tax}'),
	('tax', 0.08, 'dollar', 0, '{drought,credit,water_minimum}')) AS c (code, amount, unit, above, base_charges)
WHERE r.schedule = 'Charges' AND r.class IN ('A1', 'A5', 'A8');
SELECT pg_temp.make_bills('Charges');
SELECT set_eq(format('SELECT * FROM pg_temp.explained(%s, ''Charges'')', amount),
	format('SELECT * FROM pg_temp.runs(%s)', amount), format('%s with charges on every bill', amount))
FROM (SELECT DISTINCT round(total, 1) FROM made WHERE gallons % 431 = 7 AND class IN ('A1', 'A5') AND water ORDER BY 1 LIMIT 8) AS a (amount);

-- With gallons
SELECT results_eq(
	$$SELECT classes::text, meters::text, sewer, from_gallons, to_gallons FROM mission_rates.explain_amount(40.45, 6000, service_date => '2026-10-01')
	WHERE '3/4' = ANY (meters)$$,
	$$VALUES ('{A1,A3,A4,A9}', '{1/2,5/8,3/4}', true, 5997::bigint, 6001::bigint)$$,
	'only the runs that hold the gallons, and one row for what agrees');
SELECT cmp_ok((SELECT count(*) FROM mission_rates.explain_amount(31.22, service_date => '2026-10-01')), '<', 40::bigint, 'so there is no row for each class and size');
SELECT is((SELECT max(n) FROM (SELECT count(*) AS n FROM mission_rates.explain_amount(31.22, service_date => '2026-10-01') AS e, unnest(e.classes) AS c,
	unnest(coalesce(e.meters, ARRAY[NULL::mission_rates.meter_size])) AS m GROUP BY c, m, e.area, e.metered, e.water, e.sewer, e.from_gallons) AS t),
	1::bigint, '... and none is there twice');
SELECT is_empty($$SELECT * FROM mission_rates.explain_amount(26.00, 0, service_date => '2026-10-01') WHERE from_gallons IS NULL$$,
	'a run that does not depend on gallons holds none');
SELECT is_empty(format('SELECT * FROM mission_rates.explain_amount(%s, service_date => ''2026-10-01'')', amount), 'no bill is ' || amount)
FROM unnest('{"NULL",40.455,-5,1e15,1e30}'::text[]) AS amount;
SELECT throws_ok($$SELECT * FROM mission_rates.explain_amount('NaN', service_date => '2026-10-01')$$, '22023', NULL, 'NaN is no amount');
SELECT throws_ok($$SELECT * FROM mission_rates.explain_amount(40.45)$$, '22023', NULL, 'neither date nor schedule');
SELECT throws_ok($$SELECT * FROM mission_rates.explain_amount(40.45, -1, schedule => 'Steps')$$, '22023', NULL, 'negative gallons');
SELECT throws_ok($$SELECT * FROM mission_rates.explain_amount(40.45, 1000000000001, schedule => 'Steps')$$, '22003', NULL, 'too many gallons');
SELECT throws_ok($$SELECT * FROM mission_rates.explain_amount(40.45, schedule => 'none')$$, 'P0002', NULL, 'an unknown schedule');
SELECT throws_ok($$SELECT * FROM mission_rates.explain_amount(40.45, service_date => '1990-01-01')$$, 'P0002', NULL, 'a date without a schedule');

SELECT * FROM finish();
ROLLBACK;
