-- schema.sql: the accounts of the benchmark and what the extension is measured against.
--
-- psql variables: accounts (how many), bare (the library of the bare functions).

CREATE SCHEMA bench;
SELECT setseed(0.5244);

-- All classes and sizes that have rates, both places (class A8 is outside), dates within one schedule.
CREATE TABLE bench.accounts AS
SELECT (ARRAY['A1', 'A2', 'A3', 'A4', 'A5', 'A8', 'A9'])[1 + floor(random() * 7)::integer]::mission_rates.customer_class AS class,
	(ARRAY['1/2', '5/8', '3/4', '1', '1 1/2', '2', '3', '4', '6', '8'])[1 + floor(random() * 10)::integer]::mission_rates.meter_size AS meter,
	floor(40000 * random() ^ 2)::bigint AS gallons,
	date '2025-01-01' + floor(random() * 365)::integer AS service_date
FROM generate_series(1, :accounts);

-- The same on one date, and with dates over four years.
CREATE TABLE bench.one_date AS
SELECT a.class, a.meter, a.gallons, date '2025-10-01' AS service_date FROM bench.accounts AS a;

CREATE TABLE bench.all_dates AS
SELECT a.class, a.meter, a.gallons, date '2023-01-01' + floor(random() * 1520)::integer AS service_date
FROM bench.accounts AS a;

-- Rows of accounts: of the types of bill(), and as cities keep them.
CREATE TABLE bench.typed AS
SELECT a.class, a.meter, a.gallons, CASE a.class WHEN 'A8' THEN 'outside' ELSE 'inside' END::mission_rates.service_area AS area, a.service_date
FROM bench.accounts AS a;

CREATE TABLE bench.raw AS
SELECT t.class::text::char(3) AS class,
	CASE t.meter WHEN '1/2' THEN 0.5 WHEN '5/8' THEN 0.625 WHEN '3/4' THEN 0.75 WHEN '1 1/2' THEN 1.5 ELSE t.meter::text::numeric END::numeric(5, 3) AS meter,
	t.gallons::numeric AS gallons, initcap(t.area::text)::varchar(10) AS area, t.service_date
FROM bench.typed AS t;

VACUUM ANALYZE bench.accounts, bench.one_date, bench.all_dates, bench.typed, bench.raw;

-- Bare functions with the arguments, and the cost, of those they stand beside.
CREATE FUNCTION bench.bare_charge(class mission_rates.customer_class, meter mission_rates.meter_size, gallons bigint,
		area mission_rates.service_area DEFAULT NULL, service_date date DEFAULT NULL, schedule text DEFAULT NULL)
	RETURNS numeric AS :'bare', 'bare_amount' LANGUAGE C STABLE PARALLEL SAFE;

CREATE FUNCTION bench.bare_total(class mission_rates.customer_class, meter mission_rates.meter_size, gallons bigint,
		area mission_rates.service_area DEFAULT NULL, metered boolean DEFAULT true, water boolean DEFAULT true,
		sewer boolean DEFAULT true, sewer_gallons bigint DEFAULT NULL, fire_sprinkler numeric DEFAULT NULL,
		dumping_stations integer DEFAULT 0, services jsonb DEFAULT NULL, service_date date DEFAULT NULL, schedule text DEFAULT NULL)
	RETURNS numeric AS :'bare', 'bare_amount' LANGUAGE C STABLE PARALLEL SAFE;

CREATE FUNCTION bench.bare_bill(class mission_rates.customer_class, meter mission_rates.meter_size, gallons bigint,
		area mission_rates.service_area DEFAULT NULL, metered boolean DEFAULT true, water boolean DEFAULT true,
		sewer boolean DEFAULT true, sewer_gallons bigint DEFAULT NULL, fire_sprinkler numeric DEFAULT NULL,
		dumping_stations integer DEFAULT 0, services jsonb DEFAULT NULL, service_date date DEFAULT NULL, schedule text DEFAULT NULL)
	RETURNS SETOF mission_rates.bill_line AS :'bare', 'bare_bill' LANGUAGE C STABLE PARALLEL SAFE;

SELECT format('ALTER FUNCTION bench.%s(%s) COST %s ROWS %s', b.name, pg_get_function_identity_arguments(p.oid), p.procost, p.prorows)
FROM (VALUES ('bare_charge', 'water_charge'), ('bare_total', 'bill_total'), ('bare_bill', 'bill')) AS b(name, measured)
JOIN pg_proc AS p ON p.proname = b.measured AND p.pronamespace = 'mission_rates'::regnamespace
	AND p.proargtypes[0] = 'mission_rates.customer_class'::regtype
WHERE p.proretset \gexec

SELECT format('ALTER FUNCTION bench.%s(%s) COST %s', b.name, pg_get_function_identity_arguments(p.oid), p.procost)
FROM (VALUES ('bare_charge', 'water_charge'), ('bare_total', 'bill_total')) AS b(name, measured)
JOIN pg_proc AS p ON p.proname = b.measured AND p.pronamespace = 'mission_rates'::regnamespace
	AND p.proargtypes[0] = 'mission_rates.customer_class'::regtype \gexec

-- The rivals: what a good SQL programmer would write instead.

CREATE FUNCTION bench.water_in_sql(mission_rates.customer_class, mission_rates.meter_size, bigint, date)
	RETURNS numeric
	LANGUAGE sql STABLE PARALLEL SAFE
	AS $$
	SELECT m.amount + coalesce(v.amount, 0)
	FROM (SELECT s.schedule FROM mission_rates.schedule AS s
		WHERE s.effective_from <= $4 ORDER BY s.effective_from DESC LIMIT 1) AS s
	JOIN mission_rates.class_rule AS r ON r.schedule = s.schedule AND r.class = $1
	JOIN mission_rates.water_minimum AS m ON m.schedule = s.schedule AND m.rate_group = r.rate_group
		AND m.meter_size = $2 AND m.service_area = r.service_area
	CROSS JOIN LATERAL (
		SELECT sum(round((least($3, b.next_block) - b.above_gallons) * b.rate_per_1000 / 1000, 2)) AS amount
		FROM (
			SELECT v.above_gallons, v.rate_per_1000, lead(v.above_gallons) OVER (ORDER BY v.above_gallons) AS next_block
			FROM mission_rates.water_volume AS v
			WHERE v.schedule = s.schedule AND v.class = $1
		) AS b
		WHERE $3 > b.above_gallons) AS v
	$$;

CREATE FUNCTION bench.water_in_plpgsql(customer_class mission_rates.customer_class, meter mission_rates.meter_size,
		gallons bigint, on_date date)
	RETURNS numeric
	LANGUAGE plpgsql STABLE PARALLEL SAFE
	AS $$
DECLARE
	in_force text;
	rule record;
	block record;
	total numeric;
BEGIN
	SELECT s.schedule INTO in_force FROM mission_rates.schedule AS s
	WHERE s.effective_from <= on_date ORDER BY s.effective_from DESC LIMIT 1;
	SELECT r.rate_group, r.service_area INTO rule FROM mission_rates.class_rule AS r
	WHERE r.schedule = in_force AND r.class = customer_class;
	SELECT m.amount INTO total FROM mission_rates.water_minimum AS m
	WHERE m.schedule = in_force AND m.rate_group = rule.rate_group AND m.meter_size = meter
		AND m.service_area = rule.service_area;
	FOR block IN
		SELECT v.above_gallons, v.rate_per_1000, lead(v.above_gallons) OVER (ORDER BY v.above_gallons) AS next_block
		FROM mission_rates.water_volume AS v
		WHERE v.schedule = in_force AND v.class = customer_class
	LOOP
		EXIT WHEN gallons <= block.above_gallons;
		total := total + round((least(gallons, block.next_block) - block.above_gallons) * block.rate_per_1000 / 1000, 2);
	END LOOP;
	RETURN total;
END
	$$;

-- Memory of this backend that is its own, in kilobytes.
CREATE FUNCTION bench.own_memory() RETURNS bigint
	LANGUAGE sql VOLATILE
	RETURN substring(pg_read_file('/proc/self/status') FROM 'RssAnon:\s+(\d+)')::bigint;

-- Time that this backend has had a processor, in nanoseconds; what others do at the same time does not count.
CREATE FUNCTION bench.own_time() RETURNS bigint
	LANGUAGE sql VOLATILE
	RETURN split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::bigint;
