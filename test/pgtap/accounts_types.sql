-- Rows of accounts of every origin: tables, views, joins, subqueries, partitions, row security, prepared statements,
-- parallel plans, types altered in a running session; and the names of columns.
-- Types are altered and seen by plans that are kept: no BEGIN here.
SET client_min_messages = warning;
SELECT plan(69);

CREATE SCHEMA cis;
CREATE TABLE cis.account (account integer PRIMARY KEY, class char(3), meter numeric(5, 3), gallons numeric, area varchar(10), service_date date);
INSERT INTO cis.account VALUES (1, 'A1', 0.75, 6000, 'Inside', '2026-10-01'), (2, 'a2', 1.5, 30000, 'outside', '2026-10-01'),
	(3, 'A7', 0.75, 4000, 'inside', '2026-10-01'), (4, 'A1', 0.75, NULL, 'inside', '2026-10-01');

-- The error of a query: SQLSTATE and message
CREATE FUNCTION pg_temp.failure(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
	hint text;
BEGIN
	EXECUTE query;
	RETURN 'none';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE, SQLERRM, nullif(detail, ''), nullif(hint, ''));
END $$;

-- ---- names ----

SELECT is(pg_temp.failure($$SELECT mission_rates.account_total(a) FROM (SELECT class, meter, gallons, service_date, 1 AS "Area" FROM cis.account) AS a$$),
	'42703 | row of accounts has no column "area" | The row has the columns "class", "meter", "gallons", "service_date", "Area". | Rename a column, or add one, in a subquery, for instance: ''inside'' AS area.',
	'a missing column: what the row has, and what to do');
SELECT is(pg_temp.failure(format('SELECT mission_rates.%s(a) FROM (SELECT 1 AS gallons) AS a', function)) ~ '^42703 \| row of accounts has no column "class"',
	true, function || ' says so too')
FROM unnest('{account_charges,account_problem,account_bill,account_revenue}'::text[]) AS function;
SELECT is(pg_temp.failure($$SELECT mission_rates.account_total(ROW(1, 2))$$) ~ '^42703 .*"f1", "f2"', true, 'a row without names');
SELECT is(pg_temp.failure($$SELECT mission_rates.account_total(a) FROM (SELECT *, 1 AS class FROM cis.account) AS a$$),
	'42702 | row of accounts has more than one column "class" | The row has the columns "account", "class", "meter", "gallons", "area", "service_date", "class". | Select the columns that are needed in a subquery, each once.',
	'a column that is there twice');
SELECT is(pg_temp.failure($$SELECT mission_rates.account_total(a) FROM (SELECT *, 1 AS account FROM cis.account) AS a$$), 'none', 'one that is not read may be');
SELECT is(pg_temp.failure($$SELECT mission_rates.account_total(a) FROM (SELECT class, meter, gallons, area, service_date::timestamptz FROM cis.account) AS a$$),
	'42804 | column "service_date" of a row of accounts cannot be of type timestamp with time zone | Cast it in a subquery to date, timestamp without time zone or text.',
	'a type that is not read');
SELECT is(pg_temp.failure($$SELECT mission_rates.account_total(a) FROM cis.account AS a WHERE false$$), 'none', 'no row, no error');
SELECT is(pg_temp.failure($$SELECT mission_rates.account_total(a) FROM (SELECT 1 AS x WHERE false) AS a$$), 'none', 'not even of columns that are missing');
SELECT is(pg_temp.failure(format('SELECT mission_rates.account_total(a, ''Ordinance 5244'') FROM (SELECT class, meter, gallons, area %s FROM cis.account) AS a', date)),
	'none', 'a named schedule needs no date: ' || coalesce(nullif(date, ''), 'no column'))
FROM unnest(ARRAY['', ', service_date::text', ', service_date, service_date', ', NULL::date AS service_date']) AS date;
SELECT is(pg_temp.failure($$SELECT mission_rates.account_total(a, NULL) FROM (SELECT class, meter, gallons, area FROM cis.account) AS a$$) ~ '^42703 .*service_date',
	true, 'a schedule that is NULL does');
SELECT is(pg_temp.failure($$SELECT mission_rates.account_problem(a, 'no such') FROM cis.account AS a$$) ~ '^P0002', true, 'an unknown schedule is an error');
SELECT is((SELECT mission_rates.account_problem(a) FROM (SELECT 'A1' AS class, '3/4' AS meter, 1 AS gallons, 'inside' AS area, date '1999-01-01' AS service_date) AS a) ~ '1999-01-01',
	true, 'no schedule on the date is a problem');

-- The order in which problems are looked at
SELECT is((mission_rates.account_charges(a)).problem_code, 'service_date_null', 'the schedule first')
FROM (SELECT NULL::text AS class, 'x' AS meter, -1 AS gallons, 'x' AS area, NULL::date AS service_date) AS a;
SELECT is((mission_rates.account_charges(a, 'Ordinance 5244')).problem_code, 'area_null', 'then what is NULL')
FROM (SELECT 'x' AS class, 'x' AS meter, -1 AS gallons, '' AS area) AS a;
SELECT is((mission_rates.account_charges(a, 'Ordinance 5244')).problem_code, 'gallons_negative', 'then values, in the order of the arguments')
FROM (SELECT 'A6' AS class, '12' AS meter, -1 AS gallons, 'x' AS area, 'x' AS metered) AS a;
SELECT is((mission_rates.account_charges(a, 'Ordinance 5244')).problem_code, 'area_unknown', 'each in its turn')
FROM (SELECT 'A6' AS class, '12' AS meter, 1 AS gallons, 'x' AS area, 'x' AS metered) AS a;
SELECT is((mission_rates.account_charges(a, 'Ordinance 5244')).problem_code, 'class_not_outside', 'then what does not go together')
FROM (SELECT 'A6' AS class, '12' AS meter, 1 AS gallons, 'outside' AS area) AS a;
SELECT is((mission_rates.account_charges(a, 'Ordinance 5244')).problem_code, 'no_minimum', 'then the rates')
FROM (SELECT 'A1' AS class, '12' AS meter, 1 AS gallons, 'inside' AS area) AS a;
SELECT is((mission_rates.account_charges(a, 'Ordinance 5244')).problem_code, 'gallons_too_large', 'gallons beyond the limit, whether they matter or not')
FROM (SELECT 'A1' AS class, '3/4' AS meter, 1000000000001 AS gallons, 'inside' AS area, false AS metered) AS a;
SELECT is((mission_rates.account_charges(a, 'Ordinance 5244')).problem_code, 'meter_unknown', 'a meter that cannot be read, without water')
FROM (SELECT 'A1' AS class, 'x' AS meter, 1 AS gallons, 'inside' AS area, false AS water) AS a;

-- ---- NULL and rows of NULLs ----

SELECT is(mission_rates.account_total(NULL::cis.account), NULL, 'a NULL row has no total');
SELECT is(mission_rates.account_problem(NULL::cis.account), NULL, 'and no problem');
SELECT is_empty($$SELECT * FROM mission_rates.account_bill(NULL::cis.account)$$, 'and no line');
SELECT results_eq($$SELECT count(*), count(total), count(problem_code), count(schedule) FROM mission_rates.account_charges(NULL::cis.account)$$,
	$$VALUES (1::bigint, 0::bigint, 0::bigint, 0::bigint)$$, 'and one row of NULLs');
SELECT is(mission_rates.account_problem(a), 'service_date is NULL', 'a row of NULLs has a problem')
FROM (SELECT (NULL::cis.account).*) AS a;
SELECT is(mission_rates.account_revenue(a)::text, '(2,2,36000,65.37,98.38,35.00,8.70,0.00,0.00,0.00,0.00,207.45)', 'rows that an outer join leaves NULL are not counted')
FROM generate_series(1, 9) AS n LEFT JOIN cis.account AS a ON a.account = n;
SELECT is(mission_rates.account_revenue(a)::text, '(0,0,0,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00)', 'no rows, zeros') FROM cis.account AS a WHERE false;

-- ---- aggregates ----

SELECT results_eq($$SELECT k, (r).bills, (r).set_aside, (r).total FROM (SELECT upper(a.class) AS k, mission_rates.account_revenue(a) AS r
		FROM cis.account AS a GROUP BY ROLLUP (upper(a.class))) AS t ORDER BY k NULLS LAST$$,
	$$VALUES ('A1', 1::bigint, 1::bigint, 40.45), ('A2', 1, 0, 167.00), ('A7', 0, 1, 0.00), (NULL, 2, 2, 207.45)$$, 'ROLLUP');
SELECT results_eq($$SELECT (mission_rates.account_revenue(a) FILTER (WHERE a.account > 1)).total, (mission_rates.account_revenue(a, 'Ordinance 5244')).total FROM cis.account AS a$$,
	$$VALUES (167.00, 207.45)$$, 'FILTER, and a named schedule');
SELECT results_eq($$SELECT (mission_rates.account_revenue(a) OVER (ORDER BY a.account)).total FROM cis.account AS a ORDER BY a.account$$,
	$$VALUES (40.45), (207.45), (207.45), (207.45)$$, 'as a window function');

-- ---- where rows come from ----

CREATE VIEW cis.charges AS
SELECT a.account, c.* FROM cis.account AS a CROSS JOIN LATERAL mission_rates.account_charges(a) AS c;
SELECT results_eq($$SELECT account, problem_code, total FROM cis.charges ORDER BY account$$,
	$$VALUES (1, NULL, 40.45), (2, NULL, 167.00), (3, 'class_unknown', NULL), (4, 'gallons_null', NULL)$$, 'a view');
SELECT results_eq($$SELECT sum(mission_rates.account_total(v)) FROM (SELECT a.*, true AS metered FROM cis.account AS a JOIN cis.account AS b USING (account)
		WHERE b.gallons > 0) AS v$$, $$VALUES (207.45)$$, 'a join in a subquery');
SELECT results_eq($$WITH v AS MATERIALIZED (SELECT * FROM cis.account) SELECT sum(mission_rates.account_total(v)) FROM v$$, $$VALUES (207.45)$$, 'a WITH query');
SELECT results_eq($$SELECT sum(mission_rates.account_total(v)) FROM (SELECT * FROM cis.account ORDER BY account LIMIT 2) AS v$$, $$VALUES (207.45)$$, 'LIMIT');
SELECT results_eq($$SELECT mission_rates.account_total(v) FROM (VALUES ('A1', '3/4', 6000, 'inside', date '2026-10-01')) AS v (class, meter, gallons, area, service_date)$$,
	$$VALUES (40.45)$$, 'VALUES');
SELECT results_eq($$SELECT mission_rates.account_total(v) FROM (SELECT class, meter, gallons, area, service_date FROM cis.account WHERE account = 1
		UNION ALL SELECT 'A1', 1, 6000.0, 'inside', '2026-10-01') AS v$$, $$VALUES (40.45), (41.39)$$, 'UNION ALL');
SELECT is(mission_rates.account_total(jsonb_populate_record(NULL::cis.account, '{"class": "A1", "meter": 0.75, "gallons": 6000, "area": "inside", "service_date": "2026-10-01"}')),
	40.45, 'a row made of jsonb');
CREATE DOMAIN cis.clean_account AS cis.account CHECK ((VALUE).account > 0);
SELECT is(mission_rates.account_total(a::cis.clean_account), 40.45, 'a domain over the row type') FROM cis.account AS a WHERE a.account = 1;

-- Partitions whose columns stand in another order, and inheritance
CREATE TABLE cis.reading (service_date date, gallons bigint, meter text, area text, class text) PARTITION BY RANGE (service_date);
CREATE TABLE cis.reading_1 (gone integer, class text, area text, service_date date, meter text, gallons bigint);
ALTER TABLE cis.reading_1 DROP COLUMN gone;
ALTER TABLE cis.reading ATTACH PARTITION cis.reading_1 FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
CREATE TABLE cis.reading_2 PARTITION OF cis.reading FOR VALUES FROM ('2026-07-01') TO ('2027-01-01');
INSERT INTO cis.reading VALUES ('2026-02-01', 6000, '3/4', 'inside', 'A1'), ('2026-08-01', 6000, '1', 'inside', 'A1');
SELECT results_eq(format('SELECT mission_rates.account_total(r) FROM cis.%I AS r ORDER BY 1', source), format('SELECT unnest(%L::numeric[])', totals), source)
FROM (VALUES ('reading', '{40.45,41.39}'), ('reading_1', '{40.45}'), ('reading_2', '{41.39}')) AS v (source, totals);
CREATE TABLE cis.old_account () INHERITS (cis.account);
INSERT INTO cis.old_account VALUES (9, 'A1', 0.75, 6000, 'inside', '2026-10-01');
SELECT is(sum(mission_rates.account_total(a)), 247.90, 'a child table') FROM cis.account AS a;
DROP TABLE cis.old_account;

-- Row security: under the caller's rights
CREATE ROLE accounts_reader;
GRANT USAGE ON SCHEMA cis TO accounts_reader;
GRANT SELECT ON cis.account TO accounts_reader;
ALTER TABLE cis.account ENABLE ROW LEVEL SECURITY;
CREATE POLICY some_accounts ON cis.account TO accounts_reader USING (account <> 2);
SET ROLE accounts_reader;
SELECT results_eq($$SELECT mission_rates.account_revenue(a)::text FROM cis.account AS a$$, $$VALUES ('(1,2,6000,11.50,11.25,9.00,8.70,0.00,0.00,0.00,0.00,40.45)')$$,
	'row security');
SELECT is(pg_temp.failure('SELECT mission_rates.account_total(r) FROM cis.reading AS r') ~ '^42501', true, 'the rights of the caller');
RESET ROLE;
ALTER TABLE cis.account DISABLE ROW LEVEL SECURITY;

-- ---- types altered in a running session ----

PREPARE totals AS SELECT mission_rates.account_total(a) FROM cis.account AS a WHERE a.account = 1;
CREATE FUNCTION pg_temp.total_of(n integer) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	a cis.account;
BEGIN
	SELECT * INTO a FROM cis.account WHERE account = n;
	RETURN mission_rates.account_total(a);
END $$;
SELECT results_eq('EXECUTE totals', 'VALUES (40.45)', 'a prepared statement');
SELECT is(pg_temp.total_of(1), 40.45, 'a variable of PL/pgSQL');
ALTER TABLE cis.account ADD COLUMN metered boolean DEFAULT false;
SELECT results_eq('EXECUTE totals', 'VALUES (37.50)', 'a column is added: it is read');
SELECT is(pg_temp.total_of(1), 37.50, 'in PL/pgSQL too');
ALTER TABLE cis.account DROP COLUMN metered;
SELECT results_eq('EXECUTE totals', 'VALUES (40.45)', 'and dropped');
ALTER TABLE cis.account RENAME COLUMN area TO place;
SELECT is(pg_temp.failure('EXECUTE totals') ~ '^42703 .*"area"', true, 'renamed: it is missing');
SELECT is(pg_temp.failure('SELECT pg_temp.total_of(1)') ~ '^42703 .*"area"', true, 'in PL/pgSQL too');
ALTER TABLE cis.account RENAME COLUMN place TO area;
SELECT results_eq('EXECUTE totals', 'VALUES (40.45)', 'renamed back');
DROP VIEW cis.charges;
DROP DOMAIN cis.clean_account;
ALTER TABLE cis.account ALTER COLUMN gallons TYPE text, ALTER COLUMN class TYPE mission_rates.customer_class USING CASE WHEN account < 3 THEN upper(trim(class)) ELSE 'A1' END::mission_rates.customer_class;
SELECT results_eq('EXECUTE totals', 'VALUES (40.45)', 'of other types');
ALTER TABLE cis.account ALTER COLUMN gallons TYPE boolean USING true;
SELECT is(pg_temp.failure('EXECUTE totals') ~ '^42804 .*"gallons"', true, 'of a type that is not read');

-- One call that meets many row types
CREATE FUNCTION pg_temp.total_of_json(columns text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	r record;
	total numeric := 0;
	i integer;
BEGIN
	FOR i IN 1..60 LOOP
		EXECUTE format('SELECT %s %s FROM (SELECT 1) AS one', columns, repeat(', 1 AS x', i % 20)) INTO r;
		total := total + mission_rates.account_total(r);
	END LOOP;
	RETURN total;
END $$;
SELECT is(pg_temp.total_of_json($$'A1' AS class, '3/4' AS meter, 6000 AS gallons, 'inside' AS area, date '2026-10-01' AS service_date$$), 40.45 * 60,
	'rows of twenty anonymous types by turns');

-- ---- parallel ----

CREATE TABLE cis.many AS
SELECT n, (ARRAY['A1', 'a2', 'A8', 'A7', ''])[1 + n % 5]::char(4) AS class, (ARRAY[0.75, 1, 1.5, 7])[1 + n % 4] AS meter, (n % 50000)::numeric AS gallons,
	CASE WHEN n % 5 = 2 THEN 'outside' ELSE 'Inside' END AS area, date '2026-01-01' + n % 300 AS service_date
FROM generate_series(1, 50000) AS n;
ANALYZE cis.many;
CREATE TEMP TABLE serial AS
SELECT upper(trim(m.class)) AS k, mission_rates.account_revenue(m) AS r, sum(mission_rates.account_total(m)) AS total, count(mission_rates.account_problem(m)) AS problems
FROM cis.many AS m GROUP BY 1;
SET max_parallel_workers_per_gather = 3;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		lines := lines || line || E'\n';
	END LOOP;
	RETURN lines;
END $$;
SELECT matches(pg_temp.plan_of($$SELECT upper(trim(m.class)) AS k, mission_rates.account_revenue(m) AS r FROM cis.many AS m GROUP BY 1$$), 'Partial', 'the aggregate is computed in part by workers');
SELECT set_eq($$SELECT upper(trim(m.class)), mission_rates.account_revenue(m), sum(mission_rates.account_total(m)), count(mission_rates.account_problem(m)) FROM cis.many AS m GROUP BY 1$$,
	'SELECT * FROM serial', 'and the same as without them');
SELECT is((r).bills + (r).set_aside, 50000::bigint, 'every row is counted') FROM (SELECT mission_rates.account_revenue(m) AS r FROM cis.many AS m) AS t;
SELECT is((r).total, (SELECT sum(total) FROM serial), 'in one group as well') FROM (SELECT mission_rates.account_revenue(m) AS r FROM cis.many AS m) AS t;
RESET max_parallel_workers_per_gather;

-- ---- account_columns ----

CREATE TABLE cis.described (gallons numeric(12, 0), class char(3), extra text, gone integer, meter real, sewer boolean);
ALTER TABLE cis.described DROP COLUMN gone;
SELECT results_eq('SELECT * FROM mission_rates.account_columns(NULL::cis.described)',
	$$VALUES ('class', 'class', 'character(3)', 'read'), ('meter', 'meter', 'real', 'read'), ('gallons', 'gallons', 'numeric(12,0)', 'read'),
		('area', NULL, NULL, 'missing'), ('metered', NULL, NULL, 'default'), ('water', NULL, NULL, 'default'), ('sewer', 'sewer', 'boolean', 'read'),
		('sewer_gallons', NULL, NULL, 'default'), ('fire_sprinkler', NULL, NULL, 'default'), ('dumping_stations', NULL, NULL, 'default'),
		('services', NULL, NULL, 'default'), ('service_date', NULL, NULL, 'missing'), (NULL, 'extra', 'text', 'ignored')$$, 'a NULL of a named type describes it');
SELECT results_eq($$SELECT c.* FROM (SELECT 1 AS a, 'x' AS class) AS r, mission_rates.account_columns(r) AS c WHERE c.state <> 'default'$$,
	$$VALUES ('class', 'class', 'text', 'read'), ('meter', NULL, NULL, 'missing'), ('gallons', NULL, NULL, 'missing'), ('area', NULL, NULL, 'missing'),
		('service_date', NULL, NULL, 'missing'), (NULL, 'a', 'integer', 'ignored')$$, 'so does a row');
SELECT is_empty('SELECT * FROM mission_rates.account_columns(NULL::record)', 'of a NULL without a type nothing is known');
SELECT is(pg_temp.failure('SELECT * FROM (SELECT 1 AS class) AS r, mission_rates.account_columns(r)') ~ '^42804', true, 'a type that is not read');

DROP OWNED BY accounts_reader;
DROP ROLE accounts_reader;
SELECT * FROM finish();
