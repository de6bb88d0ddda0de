-- Functions over rows of accounts are planned over the columns that they read: that changes no result and no error.  A column that
-- the row does not have stands as NULL::unknown in the plan.
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(47);

CREATE SCHEMA wide;
CREATE TABLE wide.account (
	note text, class text, owner text, meter text, gallons numeric, place text, area text, service_date date, dumping_stations integer, more text);
INSERT INTO wide.account
SELECT 'n', (ARRAY['A1', 'a2 ', 'A8', 'A7', NULL])[1 + n % 5], 'o', (ARRAY['3/4', '1', '2', '1.25'])[1 + n % 4], (n * 997) % 40000 - 100,
	'p', (ARRAY['inside', 'Outside', NULL])[1 + n % 3], date '2022-12-01' + n, n % 3, 'm'
FROM generate_series(1, 400) AS n;
ALTER TABLE wide.account ADD COLUMN gone text, ADD COLUMN metered boolean DEFAULT true;
ALTER TABLE wide.account DROP COLUMN gone, DROP COLUMN owner;
CREATE VIEW wide.of_view AS SELECT upper(note) AS note, class, meter, gallons, area, service_date, dumping_stations, metered FROM wide.account;
CREATE VIEW wide.grouped AS
SELECT class, meter, max(gallons) AS gallons, area, service_date, min(dumping_stations) AS dumping_stations, max(note) AS note, true AS metered
FROM wide.account GROUP BY class, meter, area, service_date;
CREATE TABLE wide.parts (LIKE wide.account) PARTITION BY RANGE (service_date);
CREATE TABLE wide.early PARTITION OF wide.parts FOR VALUES FROM (MINVALUE) TO ('2023-06-01');
CREATE TABLE wide.late (metered boolean, service_date date, more text, area text, place text, gallons numeric, meter text, class text, note text, dumping_stations integer);
ALTER TABLE wide.parts ATTACH PARTITION wide.late FOR VALUES FROM ('2023-06-01') TO (MAXVALUE);
INSERT INTO wide.parts SELECT * FROM wide.account;

-- What the functions say of a row that no planner has seen
CREATE FUNCTION wide.told(account record) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	told text;
BEGIN
	EXECUTE 'SELECT concat_ws(''|'', mission_rates.account_total($1), mission_rates.account_problem($1), mission_rates.account_charges($1),
		(SELECT string_agg(p::text, '';'') FROM mission_rates.account_problems($1) AS p),
		(SELECT string_agg(b::text, '';'' ORDER BY b.line) FROM mission_rates.account_bill($1) AS b))' INTO told USING account;
	RETURN told;
END
$$;
CREATE FUNCTION pg_temp.differences(source text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	EXECUTE format('SELECT count(*) FILTER (WHERE wide.told(a) IS DISTINCT FROM concat_ws(''|'', mission_rates.account_total(a), mission_rates.account_problem(a),
			mission_rates.account_charges(a), (SELECT string_agg(p::text, '';'') FROM mission_rates.account_problems(a) AS p),
			(SELECT string_agg(b::text, '';'' ORDER BY b.line) FROM mission_rates.account_bill(a) AS b))
			OR c::text IS DISTINCT FROM mission_rates.account_charges(a)::text OR b.schedule IS DISTINCT FROM c.schedule) + CASE count(*) WHEN 0 THEN 1 ELSE 0 END
		FROM %s CROSS JOIN LATERAL mission_rates.account_charges(a) AS c CROSS JOIN LATERAL mission_rates.account_bill(a) AS b', source) INTO n;
	RETURN n;
END
$$;
SELECT is(pg_temp.differences(source), 0::bigint, 'the same over ' || source)
FROM unnest(ARRAY['wide.account AS a', 'wide.of_view AS a', 'wide.grouped AS a', 'wide.parts AS a', '(SELECT * FROM wide.account) AS a',
	'(SELECT * FROM wide.account OFFSET 0) AS a', '(SELECT class, meter, gallons, area, service_date, more FROM wide.account) AS a',
	'(SELECT DISTINCT class, meter, gallons, area, service_date FROM wide.account) AS a',
	'(SELECT class AS note, ''A2'' AS class, meter, 7 AS gallons, area, service_date FROM wide.account) AS a',
	'(VALUES (''A1'', 1, ''3/4'', 6000, ''inside'', date ''2025-01-01'')) AS a (class, n, meter, gallons, area, service_date)',
	'wide.account AS a (class, meter, gallons, area, service_date)',
	'(WITH w AS MATERIALIZED (SELECT * FROM wide.account) SELECT * FROM w) AS a', 'wide.account AS z JOIN wide.account AS a USING (gallons)',
	'(SELECT * FROM wide.account UNION ALL SELECT * FROM wide.account) AS a', '(wide.account AS x CROSS JOIN (SELECT true AS sewer) AS y) AS a']) AS source;

-- What is read
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		lines := lines || line || E'\n';
	END LOOP;
	RETURN lines;
END
$$;
SELECT matches(pg_temp.plan_of('SELECT mission_rates.account_total(a) FROM wide.account AS a'),
	'account_total\(class, meter, gallons, area, metered, (NULL::unknown, ){4}dumping_stations, NULL::unknown, service_date, NULL::text\)', 'the columns that are read');
SELECT matches(pg_temp.plan_of('SELECT c.* FROM wide.of_view AS a, mission_rates.account_charges(a) AS c'),
	'account_charges\(account.class, account.meter, account.gallons, account.area, account.metered, (NULL::unknown, ){4}account.dumping_stations, ', 'of a view');
SELECT matches(pg_temp.plan_of('SELECT p.* FROM wide.account AS a, mission_rates.account_problems(a) AS p'), 'account_problems\(a.class, ', 'by account_problems');
SELECT doesnt_match(pg_temp.plan_of('SELECT 1 FROM wide.account AS a WHERE mission_rates.account_total(a) > 100'), 'a\.\*', 'in WHERE');
SELECT matches(pg_temp.plan_of($$SELECT b.* FROM (SELECT class, meter, gallons, area, more FROM wide.account) AS a, mission_rates.account_bill(a, 'Ordinance 5244') AS b$$),
	$r$account.area, (NULL::unknown, ){8}'Ordinance 5244'::text\)$r$, 'without a date where the schedule is named');
SELECT matches(pg_temp.plan_of($$SELECT mission_rates.account_total(a, 'Ordinance 5244') FROM (SELECT class, meter, gallons, area, true AS service_date FROM wide.account) AS a$$),
	$r$area, (NULL::unknown, ){8}'Ordinance 5244'::text\)$r$, 'nor with one that is none');
CREATE VIEW wide.total AS SELECT mission_rates.account_total(a) AS total FROM wide.parts AS a;
SELECT matches(pg_get_viewdef('wide.total'::regclass), 'account_total\(a\.\*\)', 'a view keeps what was written');

-- Where else a row may stand
CREATE TABLE wide.billed (account integer PRIMARY KEY, class text, meter text, gallons numeric, area text, service_date date, total numeric, problem text);
INSERT INTO wide.billed (account, class, meter, gallons, area, service_date)
SELECT row_number() OVER (), class, meter, gallons, area, service_date FROM wide.account;
CREATE TABLE wide.expected AS
SELECT a.*, mission_rates.account_total(a) AS right_total FROM wide.billed AS a LEFT JOIN (SELECT) AS as_it_is ON true;
UPDATE wide.billed AS a SET total = mission_rates.account_total(a), problem = mission_rates.account_problem(a);
SELECT is((SELECT count(*) FROM wide.billed JOIN wide.expected USING (account) WHERE billed.total = right_total OR right_total IS NULL AND billed.total IS NULL AND billed.problem IS NOT NULL),
	400::bigint, 'in UPDATE');
SELECT results_eq('WITH d AS (DELETE FROM wide.billed AS a RETURNING account, mission_rates.account_total(a)) SELECT * FROM d ORDER BY account',
	'SELECT account, right_total FROM wide.expected ORDER BY account', 'in RETURNING');
INSERT INTO wide.billed (account) SELECT account FROM wide.expected;
INSERT INTO wide.billed (account, class, meter, gallons, area, service_date) SELECT account, class, meter, gallons, area, service_date FROM wide.expected
ON CONFLICT (account) DO UPDATE SET total = mission_rates.account_total(excluded);
SELECT is((SELECT count(*) FROM wide.billed JOIN wide.expected USING (account) WHERE billed.total IS NOT DISTINCT FROM right_total), 400::bigint, 'in ON CONFLICT');
UPDATE wide.billed SET total = NULL;
MERGE INTO wide.billed AS b USING wide.expected AS a ON a.account = b.account AND b.account % 2 = 0
WHEN MATCHED THEN UPDATE SET total = mission_rates.account_total(a)
WHEN NOT MATCHED THEN INSERT (account, total) VALUES (a.account + 1000, mission_rates.account_total(a));
SELECT is((SELECT count(*) FROM wide.billed AS b JOIN wide.expected AS a ON a.account = b.account % 1000 WHERE b.total IS NOT DISTINCT FROM right_total AND (b.account >= 1000 OR b.account % 2 = 0)),
	400::bigint, 'in MERGE');
SELECT is((SELECT mission_rates.account_total(ROW(1, 'A1', '3/4', 6000, 'inside', '2025-01-01', 0, NULL)::wide.billed)), (SELECT mission_rates.bill_total('A1', '3/4', 6000, 'inside', service_date => '2025-01-01')),
	'a row of constants');

-- In parallel
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
ALTER TABLE wide.expected SET (parallel_workers = 2);
SELECT matches(pg_temp.plan_of('SELECT sum(mission_rates.account_total(a)) FROM wide.expected AS a'), 'Partial Aggregate.*Parallel Seq Scan', 'in parallel');
SELECT is((SELECT sum(mission_rates.account_total(a)) FROM wide.expected AS a), (SELECT sum(right_total) FROM wide.expected), 'with the same sum');

-- Rows of other servers: postgres_fdw fetches the columns that are read, and sends no function that is STABLE.
CREATE EXTENSION postgres_fdw;
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (extensions 'mission_rates');
CREATE USER MAPPING FOR CURRENT_USER SERVER other;
CREATE FOREIGN TABLE wide.far (note text, class text, meter text, gallons numeric, area text, service_date date) SERVER other OPTIONS (schema_name 'far', table_name 'account');
SELECT matches(pg_temp.plan_of('SELECT mission_rates.account_total(a) FROM wide.far AS a WHERE mission_rates.account_problem(a) IS NULL ORDER BY 1'),
	'Remote SQL: SELECT class, meter, gallons, area, service_date FROM far.account\n', 'a foreign table');

-- Citus sends to other nodes what was planned: nothing is changed where it is.
SAVEPOINT without_citus;
INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion) VALUES (4294967000, 'citus', 10, 11, false, '0');
SELECT matches(pg_temp.plan_of('SELECT mission_rates.account_total(a) FROM wide.account AS a'), 'account_total\(a.\*, NULL::text\)', 'a whole row beside Citus');
ROLLBACK TO without_citus;

-- A row that is missing is NULL, and not one of NULLs
SELECT is_empty($$SELECT 1 FROM (VALUES (1)) AS v (n) LEFT JOIN wide.account AS a ON false
	WHERE mission_rates.account_total(a) IS NOT NULL OR mission_rates.account_problem(a) IS NOT NULL OR mission_rates.account_charges(a) IS NOT NULL$$, 'beside an outer join');
SELECT is_empty($$SELECT b.* FROM (VALUES (1)) AS v (n) LEFT JOIN wide.account AS a ON false CROSS JOIN LATERAL mission_rates.account_bill(a) AS b$$, 'and its lines');
SELECT is_empty($$SELECT 1 FROM (VALUES (1)) AS v (n) LEFT JOIN (SELECT class, meter, gallons, area, service_date, note FROM wide.account) AS a ON false
	WHERE mission_rates.account_problem(a) IS NOT NULL$$, 'of a subquery');
SELECT is_empty($$SELECT 1 FROM (SELECT x.n FROM (VALUES (1)) AS x (n)) AS v FULL JOIN (SELECT * FROM wide.account WHERE false) AS a ON true
	WHERE mission_rates.account_problem(a) IS NOT NULL$$, 'on either side');
SELECT is((SELECT count(*) FROM (SELECT mission_rates.account_total(a) AS total FROM wide.account AS a WHERE mission_rates.account_total(a) > 0
	GROUP BY ROLLUP (a)) AS t WHERE total IS NULL), 1::bigint, 'and among grouping sets');
SELECT is((SELECT sum(total) FROM (SELECT mission_rates.account_total(a) AS total FROM wide.account AS a GROUP BY a) AS t),
	(SELECT sum(mission_rates.account_total(a)) FROM wide.account AS a), 'grouped by the row itself');

-- Errors name all columns of the row
SELECT throws_ok($$SELECT mission_rates.account_total(a) FROM (SELECT class, meter, gallons, area, note FROM wide.account) AS a$$, '42703',
	'row of accounts has no column "service_date"', 'a column that is not there');
SELECT throws_ok($$SELECT mission_rates.account_total(a) FROM (SELECT *, 'A1' AS class FROM wide.account) AS a$$, '42702',
	'row of accounts has more than one column "class"', 'one that is there twice');
SELECT throws_ok($$SELECT mission_rates.account_total(a) FROM (SELECT class, meter, true AS gallons, area, service_date, note FROM wide.account) AS a$$, '42804',
	'column "gallons" of a row of accounts cannot be of type boolean', 'one of a type that is not read');
SELECT is_empty($$SELECT mission_rates.account_total(a) FROM (SELECT class, note FROM wide.account WHERE false) AS a$$, 'with the first row alone');

-- A prepared statement, and a table that is altered
PREPARE total AS SELECT sum(mission_rates.account_total(a)) FROM wide.account AS a WHERE class = 'A1';
SELECT lives_ok('EXECUTE total', 'prepared');
ALTER TABLE wide.account ADD COLUMN water boolean DEFAULT false, ADD COLUMN sewer boolean DEFAULT false, ADD COLUMN fire_sprinkler numeric DEFAULT 2;
UPDATE wide.account SET dumping_stations = 0;
SELECT results_eq('EXECUTE total', $$SELECT 1.5 * count(*) FROM wide.account WHERE class = 'A1' AND gallons >= 0 AND area IS NOT NULL AND service_date >= '2023-01-01'
	AND mission_rates.account_problem(account) IS NULL$$, 'columns that were added are read');
ALTER TABLE wide.account RENAME COLUMN class TO code;
SELECT throws_ok($$SELECT mission_rates.account_total(a) FROM wide.account AS a$$, '42703', 'row of accounts has no column "class"', 'one that was renamed is missed');

-- Side effects of what is left out stay
CREATE SEQUENCE wide.counted;
SELECT is((SELECT count(mission_rates.account_problem(a)) FROM (SELECT nextval('wide.counted') AS n, 'A1' AS class, '3/4' AS meter, -1 AS gallons, 'inside' AS area,
	date '2025-01-01' AS service_date FROM generate_series(1, 5)) AS a), 5::bigint, 'a volatile column beside them');
SELECT is((SELECT last_value FROM wide.counted), 5::bigint, 'which is computed for each row');

-- Rights
CREATE ROLE planner_reader;
GRANT USAGE ON SCHEMA wide TO planner_reader;
GRANT SELECT ON wide.parts TO planner_reader;
REVOKE EXECUTE ON FUNCTION mission_rates.account_total(record, text) FROM PUBLIC;
SET LOCAL ROLE planner_reader;
SELECT throws_ok('SELECT mission_rates.account_total(a) FROM wide.parts AS a', '42501', 'permission denied for function account_total', 'the right to the function');
RESET ROLE;
SELECT * FROM finish();
ROLLBACK;
