-- 200,000 dirty rows of every column type against an independent rating in plain SQL, amount and problem code; and the
-- functions over rows against each other and against bill_total.
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT plan(31);

-- A number from 0 to below "below", and one of a list, out of the bytes of a digest; so simple that they are inlined
CREATE FUNCTION pg_temp.draw(digest bytea, at integer, below integer) RETURNS integer LANGUAGE sql IMMUTABLE
	RETURN (get_byte(digest, at) * 256 + get_byte(digest, at + 1)) % below;
CREATE FUNCTION pg_temp.pick(digest bytea, at integer, list text[]) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN list[1 + (get_byte(digest, at) * 256 + get_byte(digest, at + 1)) % cardinality(list)];

-- What each row says: a value, NULL, or a word in angle brackets for a value that is none.
CREATE TEMP TABLE said AS
SELECT n,
	CASE WHEN pg_temp.draw(h, 0, 30) = 0 THEN pg_temp.pick(h, 2, '{NULL,<bad>}')
		ELSE pg_temp.pick(h, 4, '{A1,A1,A1,A2,A2,A3,A4,A5,A6,A8,A8,A9}') END AS class,
	CASE WHEN pg_temp.draw(h, 6, 30) = 0 THEN pg_temp.pick(h, 8, '{NULL,<bad>}')
		ELSE pg_temp.pick(h, 10, '{1/2,5/8,3/4,3/4,3/4,1,1 1/2,2,3,4,6,8,10,12}') END AS meter,
	CASE WHEN pg_temp.draw(h, 12, 15) = 0
		THEN pg_temp.pick(h, 14, '{NULL,<word>,1000000000001,-1,0.5,-0.5,1000000000000,0,999,1000,19999,20000}')
		ELSE pg_temp.draw(h, 16, 45000)::text END AS gallons,
	CASE WHEN pg_temp.draw(h, 18, 30) = 0 THEN pg_temp.pick(h, 20, '{NULL,<bad>}')
		ELSE pg_temp.pick(h, 22, '{inside,inside,inside,outside}') END AS area,
	CASE WHEN pg_temp.draw(h, 24, 10) > 0 THEN 'true' ELSE pg_temp.pick(h, 26, '{true,false,false,false,NULL,<bad>}') END AS metered,
	CASE WHEN pg_temp.draw(h, 28, 10) > 0 THEN 'true' ELSE pg_temp.pick(h, 30, '{true,false,false,false,NULL,<bad>}') END AS water,
	CASE WHEN pg_temp.draw(h, 32, 10) > 0 THEN 'true' ELSE pg_temp.pick(h, 34, '{true,false,false,false,NULL,<bad>}') END AS sewer,
	CASE WHEN pg_temp.draw(h, 36, 12) > 0 THEN 'NULL'
		ELSE pg_temp.pick(h, 38, '{0,1500,30000,1000000000001,-3,7.25,<word>}') END AS sewer_gallons,
	CASE WHEN pg_temp.draw(h, 40, 12) > 0 THEN 'NULL' ELSE pg_temp.pick(h, 42, '{4,6,2.5,8,0,-1,<word>}') END AS fire_sprinkler,
	CASE WHEN pg_temp.draw(h, 44, 12) > 0 THEN '0' ELSE pg_temp.pick(h, 46, '{1,2,3,NULL,-1,1.5,<word>}') END AS dumping_stations,
	CASE WHEN pg_temp.draw(h, 48, 60) = 0 THEN pg_temp.pick(h, 50, '{NULL,1999-12-31}')
		ELSE (date '2025-10-01' + pg_temp.draw(h, 52, 300)::integer)::text END AS service_date
FROM generate_series(1, 200000) AS n, sha512(n::text::bytea) AS h;
UPDATE said SET class = nullif(class, 'NULL'), meter = nullif(meter, 'NULL'), gallons = nullif(gallons, 'NULL'), area = nullif(area, 'NULL'),
	metered = nullif(metered, 'NULL'), water = nullif(water, 'NULL'), sewer = nullif(sewer, 'NULL'),
	sewer_gallons = nullif(sewer_gallons, 'NULL'), fire_sprinkler = nullif(fire_sprinkler, 'NULL'),
	dumping_stations = nullif(dumping_stations, 'NULL'), service_date = nullif(service_date, 'NULL');

ANALYZE said;

-- What is wrong with a number by itself
CREATE FUNCTION pg_temp.number_problem(name text, value text, most numeric, whole boolean) RETURNS text LANGUAGE sql IMMUTABLE RETURN
	name || CASE
		WHEN value = '<word>' THEN '_not_a_number'
		WHEN value::numeric < 0 THEN '_negative'
		WHEN value::numeric > most THEN '_too_large'
		WHEN whole AND value::numeric <> trunc(value::numeric) THEN '_fraction'
		WHEN NOT whole AND value::numeric = 0 THEN '_zero'
	END;

-- The number that a text is, if it is one
CREATE FUNCTION pg_temp.number(value text) RETURNS numeric LANGUAGE sql IMMUTABLE RETURN CASE WHEN value <> '<word>' THEN value::numeric END;

-- The rates of Ordinance 5244, one row for each class and place
CREATE TEMP TABLE place AS
SELECT r.class::text, a.area::text, r.rate_group, r.service_area = 'outside' AND a.area = 'inside' AS not_inside,
	a.area = 'outside' AND r.outside_class IS NULL AS not_outside, p.payer, s.fixed, s.rate_per_1000, s.factor
FROM mission_rates.class_rule AS r
CROSS JOIN unnest(enum_range(NULL::mission_rates.service_area)) AS a (area)
CROSS JOIN LATERAL (SELECT CASE WHEN a.area = 'outside' THEN r.outside_class ELSE r.class END) AS p (payer)
LEFT JOIN mission_rates.sewer_rate AS s ON s.schedule = r.schedule AND s.class = p.payer
WHERE r.schedule = 'Ordinance 5244';

CREATE TEMP TABLE block AS
SELECT v.class, v.above_gallons AS above, v.rate_per_1000 AS rate,
	coalesce(lead(v.above_gallons) OVER (PARTITION BY v.class ORDER BY v.above_gallons), 1000000000000000000) AS upto
FROM mission_rates.water_volume AS v
WHERE v.schedule = 'Ordinance 5244';

ANALYZE place, block;

-- The independent rating: first what keeps a bill from being made, then its charges
CREATE TEMP TABLE expected AS
WITH known AS (
	SELECT s.*, coalesce(s.water = 'true', false) AS w, coalesce(s.sewer = 'true', false) AS e, coalesce(s.metered = 'true', false) AS m,
		p.not_inside, p.not_outside, p.payer, p.fixed, p.rate_per_1000, p.factor, p.rate_group, q.amount AS minimum,
		CASE WHEN s.gallons ~ '^\d+$' THEN s.gallons::bigint END AS g, p.fixed IS NOT NULL AND p.factor IS NULL AS flat
	FROM said AS s
	LEFT JOIN place AS p ON p.class = s.class AND p.area = CASE WHEN s.area IN ('inside', 'outside') THEN s.area ELSE 'inside' END
	LEFT JOIN mission_rates.water_minimum AS q ON q.schedule = 'Ordinance 5244' AND q.rate_group = p.rate_group
		AND q.meter_size::text = s.meter AND q.service_area::text = s.area
), judged AS (
	SELECT k.*, coalesce(
		CASE WHEN k.service_date IS NULL THEN 'service_date_null' WHEN k.service_date < '2000-01-01' THEN 'no_schedule' END,
		-- what is NULL
		CASE WHEN k.class IS NULL THEN 'class_null' END,
		CASE WHEN k.meter IS NULL AND k.w THEN 'meter_null' END,
		CASE WHEN k.gallons IS NULL AND k.m AND (k.w OR (k.e AND k.sewer_gallons IS NULL AND NOT k.flat)) THEN 'gallons_null' END,
		CASE WHEN k.area IS NULL THEN 'area_null' END,
		CASE WHEN k.metered IS NULL THEN 'metered_null' END,
		CASE WHEN k.water IS NULL THEN 'water_null' END,
		CASE WHEN k.sewer IS NULL THEN 'sewer_null' END,
		CASE WHEN k.dumping_stations IS NULL THEN 'dumping_stations_null' END,
		-- what cannot be read, or can be of no account
		CASE WHEN k.class = '<bad>' THEN 'class_unknown' END,
		CASE WHEN k.meter = '<bad>' THEN 'meter_unknown' END,
		pg_temp.number_problem('gallons', k.gallons, 10::numeric ^ 12, true),
		CASE WHEN k.area = '<bad>' THEN 'area_unknown' END,
		CASE WHEN k.metered = '<bad>' THEN 'metered_unknown' END,
		CASE WHEN k.water = '<bad>' THEN 'water_unknown' END,
		CASE WHEN k.sewer = '<bad>' THEN 'sewer_unknown' END,
		pg_temp.number_problem('sewer_gallons', k.sewer_gallons, 10::numeric ^ 12, true),
		pg_temp.number_problem('fire_sprinkler', k.fire_sprinkler, 10::numeric ^ 9, false),
		pg_temp.number_problem('dumping_stations', k.dumping_stations, 2::numeric ^ 31 - 1, true),
		-- what does not go together
		CASE WHEN NOT k.e AND k.dumping_stations <> '0' THEN 'dumping_stations_without_sewer' END,
		CASE WHEN NOT k.w AND NOT k.e AND k.fire_sprinkler IS NULL THEN 'nothing_to_bill' END,
		CASE WHEN k.not_inside THEN 'class_not_inside' END,
		CASE WHEN k.not_outside AND (k.w OR k.e) THEN 'class_not_outside' END,
		-- what the ordinance does not set
		CASE WHEN k.w AND k.rate_group IS NULL THEN 'no_water_service' END,
		CASE WHEN k.w AND k.minimum IS NULL THEN 'no_minimum' END,
		CASE WHEN k.e AND k.m AND k.fixed IS NULL THEN 'no_sewer_rate' END) AS code
	FROM known AS k
)
SELECT j.n, j.code, c.*, CASE WHEN j.code IS NULL THEN c.water_minimum + c.water_volume + c.sewer_fixed + c.sewer_volume + c.sewer_flat
	+ c.dumping_station + c.fire END AS total
FROM judged AS j
LEFT JOIN LATERAL (
	SELECT CASE WHEN j.w THEN j.minimum ELSE 0 END AS water_minimum,
		CASE WHEN j.w AND j.m THEN (SELECT coalesce(sum(round(greatest(least(j.g, b.upto) - b.above, 0) * b.rate / 1000, 2)), 0)
			FROM block AS b WHERE b.class = j.payer) ELSE 0 END AS water_volume,
		CASE WHEN j.e AND j.m THEN j.fixed ELSE 0 END AS sewer_fixed,
		CASE WHEN j.e AND j.m AND NOT j.flat THEN round(coalesce(pg_temp.number(j.sewer_gallons), j.g) * j.factor * j.rate_per_1000 / 1000, 2)
			ELSE 0 END AS sewer_volume,
		CASE WHEN j.e AND NOT j.m THEN 26.00 ELSE 0 END AS sewer_flat,
		30.00 * pg_temp.number(j.dumping_stations) AS dumping_station,
		coalesce(round(pg_temp.number(j.fire_sprinkler) * 0.75, 2), 0) AS fire
) AS c ON j.code IS NULL;

-- ---- the same rows as cities keep them ----

-- All text, padded and in any case; blanks for some NULLs
CREATE TEMP TABLE as_text AS
SELECT s.n, repeat(' ', s.n % 3) || lower(s.class) AS class,
	CASE s.meter WHEN '<bad>' THEN '1.25' WHEN '3/4' THEN (CASE s.n % 4 WHEN 0 THEN '0.75' WHEN 1 THEN '3/4"' WHEN 2 THEN '3/4 ' ELSE '.75 in' END) ELSE s.meter END::varchar AS meter,
	CASE WHEN s.gallons = '<word>' THEN ('{NaN,1e3,"6,000",--,0x1F}'::text[])[1 + s.n % 5] WHEN s.gallons ~ '^\d+$' AND s.n % 5 = 0 THEN ' +' || s.gallons || '.00'
		ELSE s.gallons END::char(24) AS gallons,
	CASE s.area WHEN '<bad>' THEN 'OUT' ELSE initcap(s.area) END AS area,
	CASE WHEN s.metered IS NULL THEN '  ' WHEN s.metered = '<bad>' THEN '?' ELSE (CASE s.metered WHEN 'true' THEN '{Y,t,1,on}' ELSE '{N,f,0,off}' END::text[])[1 + s.n % 4] END AS metered,
	CASE WHEN s.water IS NULL THEN '' WHEN s.water = '<bad>' THEN '2' ELSE s.water END AS water,
	CASE WHEN s.sewer = '<bad>' THEN 'x' ELSE upper(s.sewer) END AS sewer,
	replace(s.sewer_gallons, '<word>', '1 500') AS sewer_gallons,
	coalesce(replace(s.fire_sprinkler, '<word>', '4"'), ' ') AS fire_sprinkler,
	replace(s.dumping_stations, '<word>', 'two') AS dumping_stations,
	s.service_date::timestamp + interval '5 hours' AS service_date
FROM said AS s
WHERE s.n % 4 = 0;

-- Numbers and char(n); words cannot be kept so: those rows are left out
CREATE DOMAIN pg_temp.code AS char(6);
CREATE TEMP TABLE as_numbers AS
SELECT s.n, replace(s.class, '<bad>', 'A7')::pg_temp.code AS class,
	CASE s.meter WHEN '<bad>' THEN 7 WHEN '1/2' THEN 0.5 WHEN '5/8' THEN 0.625 WHEN '3/4' THEN 0.75 WHEN '1 1/2' THEN 1.5 ELSE s.meter::numeric END::numeric(6, 3) AS meter,
	s.gallons::numeric AS gallons, replace(s.area, '<bad>', 'none')::varchar(10) AS area,
	CASE s.metered WHEN 'true' THEN 1 WHEN 'false' THEN 0 WHEN '<bad>' THEN 2 END::smallint AS metered,
	CASE s.water WHEN 'true' THEN 1 WHEN 'false' THEN 0 WHEN '<bad>' THEN -1 END AS water,
	CASE s.sewer WHEN 'true' THEN 1 WHEN 'false' THEN 0 WHEN '<bad>' THEN 0.5 END AS sewer,
	s.sewer_gallons::numeric(20, 4) AS sewer_gallons, s.fire_sprinkler::numeric(4, 1) AS fire_sprinkler,
	s.dumping_stations::numeric AS dumping_stations, s.service_date::date AS service_date
FROM said AS s
WHERE s.n % 4 = 1 AND '<word>' NOT IN (coalesce(s.gallons, ''), coalesce(s.sewer_gallons, ''), coalesce(s.fire_sprinkler, ''), coalesce(s.dumping_stations, ''));

-- Floating-point numbers, NaN for words
CREATE TEMP TABLE as_floats AS
SELECT s.n, s.service_date::date AS service_date, replace(s.area, '<bad>', '-') AS area,
	replace(s.gallons, '<word>', 'NaN')::double precision AS gallons,
	CASE s.meter WHEN '<bad>' THEN 'NaN' WHEN '1/2' THEN '0.5' WHEN '5/8' THEN '0.625' WHEN '3/4' THEN '0.75' WHEN '1 1/2' THEN '1.5' ELSE s.meter END::real AS meter,
	replace(s.class, '<bad>', '-') AS class, replace(s.sewer, '<bad>', '-') AS sewer, replace(s.water, '<bad>', '-') AS water,
	replace(s.metered, '<bad>', '-') AS metered, replace(s.sewer_gallons, '<word>', 'Infinity')::double precision AS sewer_gallons,
	replace(s.fire_sprinkler, '<word>', '-Infinity')::real AS fire_sprinkler, replace(s.dumping_stations, '<word>', 'NaN')::real AS dumping_stations
FROM said AS s
WHERE s.n % 4 = 2;

-- The types of bill()'s arguments, whatever fits them
CREATE TEMP TABLE as_types AS
SELECT s.n, s.class::mission_rates.customer_class, s.meter::mission_rates.meter_size, s.gallons::bigint, s.area::mission_rates.service_area,
	s.metered::boolean, s.water::boolean, s.sewer::boolean, s.sewer_gallons::bigint, s.fire_sprinkler::numeric,
	s.dumping_stations::integer, s.service_date::date
FROM said AS s
WHERE s::text !~ '<|\.' AND s.n % 4 = 3;

-- Integers of every size
CREATE TEMP TABLE as_integers AS
SELECT t.n, t.class, t.meter, t.gallons::integer, t.area, t.metered, t.water, t.sewer, t.sewer_gallons::integer,
	t.fire_sprinkler::smallint, t.dumping_stations::smallint, t.service_date
FROM as_types AS t
WHERE coalesce(t.gallons, 0) < 2000000000 AND coalesce(t.sewer_gallons, 0) < 2000000000;

ANALYZE said, expected, as_text, as_numbers, as_floats, as_types, as_integers;

SELECT cmp_ok((SELECT count(*) FROM expected WHERE code IS NULL), '>', 80000::bigint, 'enough rows can be billed');
SELECT set_has((SELECT 'SELECT code FROM expected'), format('SELECT unnest(%L::text[])',
	'{service_date_null,no_schedule,class_null,meter_null,gallons_null,area_null,metered_null,water_null,sewer_null,dumping_stations_null,
	class_unknown,meter_unknown,area_unknown,metered_unknown,water_unknown,sewer_unknown,gallons_not_a_number,gallons_negative,
	gallons_too_large,gallons_fraction,sewer_gallons_not_a_number,sewer_gallons_negative,sewer_gallons_too_large,sewer_gallons_fraction,
	fire_sprinkler_not_a_number,fire_sprinkler_negative,fire_sprinkler_zero,dumping_stations_not_a_number,dumping_stations_negative,
	dumping_stations_fraction,dumping_stations_without_sewer,nothing_to_bill,class_not_inside,class_not_outside,no_water_service,
	no_minimum,no_sewer_rate}'), 'every problem is there');

-- Each table against the independent rating, charge by charge
SELECT is_empty(format($$
	SELECT a.*, c.problem_code, c.total, e.code, e.total AS expected
	FROM %I AS a
	JOIN expected AS e USING (n)
	CROSS JOIN LATERAL mission_rates.account_charges(a) AS c
	WHERE (c.problem_code, c.water_minimum, c.water_volume, c.sewer_fixed, c.sewer_volume, c.sewer_flat, c.dumping_station,
			c.fire_sprinkler, c.total)
		IS DISTINCT FROM (e.code, e.water_minimum, e.water_volume, e.sewer_fixed, e.sewer_volume, e.sewer_flat, e.dumping_station,
			e.fire, e.total)
	LIMIT 3$$, name), name || ': account_charges against the independent rating')
FROM unnest('{as_text,as_numbers,as_floats,as_types,as_integers}'::text[]) AS name;

-- And the functions against each other
SELECT is_empty(format($$
	SELECT a.*
	FROM %I AS a
	JOIN expected AS e USING (n)
	WHERE mission_rates.account_total(a) IS DISTINCT FROM e.total
		OR (mission_rates.account_problem(a) IS NULL) <> (e.code IS NULL)
	LIMIT 3$$, name), name || ': account_total and account_problem')
FROM unnest('{as_text,as_numbers,as_floats,as_types,as_integers}'::text[]) AS name;
SELECT is_empty(format($$
	SELECT a.n, b.*
	FROM %I AS a
	JOIN expected AS e USING (n)
	CROSS JOIN LATERAL (SELECT sum(amount) AS total, min(charge) FILTER (WHERE service = 'problem') AS code,
		count(*) FILTER (WHERE service = 'problem') AS problems, bool_and(amount = round(quantity * rate, 2)) AS exact
		FROM mission_rates.account_bill(a)) AS b
	WHERE (b.total, b.code, b.problems) IS DISTINCT FROM (e.total, e.code, CASE WHEN e.code IS NULL THEN 0 ELSE 1 END::bigint) OR NOT b.exact
	LIMIT 3$$, name), name || ': account_bill')
FROM unnest('{as_text,as_numbers,as_floats,as_types,as_integers}'::text[]) AS name;
SELECT results_eq(format($$
	SELECT a.n %% 7 AS k, mission_rates.account_revenue(a) FROM %I AS a GROUP BY a.n %% 7 ORDER BY k$$, name),
	format($$
	SELECT a.n %% 7 AS k, ROW(count(*) FILTER (WHERE e.code IS NULL), count(e.code), coalesce(sum(a.gallons::numeric) FILTER (WHERE e.code IS NULL), 0)::numeric(30, 0),
		sum(e.water_minimum), sum(e.water_volume), sum(e.sewer_fixed), sum(e.sewer_volume), sum(e.sewer_flat), sum(e.dumping_station),
		sum(e.fire), 0.00, sum(e.total))::mission_rates.revenue_sums
	FROM %I AS a JOIN expected AS e USING (n) GROUP BY a.n %% 7 ORDER BY k$$, name), name || ': account_revenue')
FROM unnest('{as_numbers,as_types,as_integers}'::text[]) AS name;
SELECT is_empty($$
	SELECT t.*
	FROM as_types AS t
	JOIN expected AS e USING (n)
	WHERE e.code IS NULL AND e.total IS DISTINCT FROM mission_rates.bill_total(t.class, t.meter, t.gallons, t.area, t.metered, t.water, t.sewer,
		t.sewer_gallons, t.fire_sprinkler, t.dumping_stations, service_date => t.service_date)$$, 'bill_total');

-- Problems of the functions over arguments: the same code, and the same sentence
SELECT is_empty($$
	SELECT t.*, mission_rates.account_problem(t) AS of_row, p.problem, p.code
	FROM as_types AS t
	JOIN expected AS e USING (n)
	CROSS JOIN LATERAL (SELECT
		mission_rates.billing_problem(t.class, t.meter, t.gallons, t.area, t.metered, t.water, t.sewer, t.sewer_gallons, t.fire_sprinkler,
			t.dumping_stations, service_date => t.service_date) AS problem,
		mission_rates.billing_problem_code(t.class, t.meter, t.gallons, t.area, t.metered, t.water, t.sewer, t.sewer_gallons, t.fire_sprinkler,
			t.dumping_stations, service_date => t.service_date) AS code) AS p
	WHERE t.area IS NOT NULL AND t.service_date IS NOT NULL
		AND (p.problem, p.code) IS DISTINCT FROM (mission_rates.account_problem(t), e.code)
	LIMIT 3$$, 'billing_problem and billing_problem_code over the types');
SELECT is_empty($$
	SELECT t.*, mission_rates.account_problem(t) AS of_row, p.problem, p.code
	FROM (SELECT n, class::text AS class, meter::text AS meter, gallons, area::text AS area, metered = 1 AS metered, water = 1 AS water,
		sewer = 1 AS sewer, sewer_gallons, fire_sprinkler, dumping_stations::integer AS dumping_stations, service_date
		FROM as_numbers WHERE dumping_stations = trunc(dumping_stations) AND metered <> 2 AND water <> -1 AND sewer <> 0.5) AS t
	JOIN expected AS e USING (n)
	CROSS JOIN LATERAL (SELECT
		mission_rates.billing_problem(t.class, t.meter, t.gallons, t.area, t.metered, t.water, t.sewer, t.sewer_gallons, t.fire_sprinkler,
			t.dumping_stations, service_date => t.service_date) AS problem,
		mission_rates.billing_problem_code(t.class, t.meter, t.gallons, t.area, t.metered, t.water, t.sewer, t.sewer_gallons, t.fire_sprinkler,
			t.dumping_stations, service_date => t.service_date) AS code) AS p
	WHERE t.area IS NOT NULL AND t.service_date IS NOT NULL
		AND (p.problem, p.code) IS DISTINCT FROM (mission_rates.account_problem(t), e.code)
	LIMIT 3$$, 'billing_problem and billing_problem_code over raw columns');

-- The text forms over the same rows as arguments, and everything that is wrong with a row
SELECT is_empty($$
	SELECT a.n, e.total
	FROM as_numbers AS a
	JOIN expected AS e USING (n)
	WHERE e.code IS NULL AND e.total IS DISTINCT FROM mission_rates.bill_total(a.class, trim_scale(a.meter)::text, a.gallons, a.area, a.metered = 1,
		a.water = 1, a.sewer = 1, a.sewer_gallons, a.fire_sprinkler, a.dumping_stations::integer, service_date => a.service_date)
	LIMIT 3$$, 'bill_total over text');
SELECT is_empty(format($$
	SELECT a.n, e.code, p.first
	FROM %I AS a
	JOIN expected AS e USING (n)
	CROSS JOIN LATERAL (SELECT count(*) AS n, (array_agg(w.problem_code ORDER BY w.n))[1] AS code,
		(array_agg(w.problem ORDER BY w.n))[1] AS first,
		count(DISTINCT w.problem) AS different FROM mission_rates.account_problems(a) WITH ORDINALITY AS w (problem_code, problem, n)) AS p
	WHERE (p.code, p.first, p.n) IS DISTINCT FROM (e.code, mission_rates.account_problem(a), p.different) OR (p.n = 0) <> (e.code IS NULL)
	LIMIT 3$$, name), name || ': account_problems begins with account_problem')
FROM unnest('{as_text,as_numbers,as_floats,as_types,as_integers}'::text[]) AS name;

-- A named schedule, whatever the date
SELECT is_empty(format($$
	SELECT a.n, mission_rates.account_charges(a, 'Ordinance 5244') AS by_name, mission_rates.account_charges(d) AS by_date
	FROM %I AS a
	JOIN %I AS d USING (n)
	WHERE a.service_date > '2000-01-01' AND mission_rates.account_charges(a, 'Ordinance 5244') IS DISTINCT FROM mission_rates.account_charges(d)
	LIMIT 3$$, name, name), name || ': a schedule by its name')
FROM unnest('{as_text,as_types}'::text[]) AS name;

SELECT * FROM finish();
ROLLBACK;
