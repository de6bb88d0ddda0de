-- billing_problem says what bill would raise, or what is NULL: nothing else,
-- and never an error of its own.
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(61);

-- What bill, bill_total and billing_problem make of the same facts ----------

CREATE TEMP TABLE facts (
	n integer GENERATED ALWAYS AS IDENTITY,
	class mission_rates.customer_class, meter mission_rates.meter_size, gallons bigint,
	area mission_rates.service_area, metered boolean, water boolean, sewer boolean, sewer_gallons bigint,
	fire_sprinkler numeric, dumping_stations integer, service_date date, schedule text);

-- One of an array's elements
CREATE FUNCTION pg_temp.one_of(choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT $1[1 + floor(random() * array_length($1, 1))];
$$;
DO $$ BEGIN PERFORM setseed(0.114); END $$;
-- Mostly good facts: one fault or two at a time
INSERT INTO facts (class, meter, gallons, area, metered, water, sewer, sewer_gallons, fire_sprinkler, dumping_stations,
				   service_date, schedule)
SELECT pg_temp.one_of('{A1,A1,A2,A3,A4,A5,A8,A9,A6,NULL}')::mission_rates.customer_class,
	   pg_temp.one_of('{3/4,5/8,1,1 1/2,2,3,4,6,8,10,NULL}')::mission_rates.meter_size,
	   pg_temp.one_of('{0,500,999,1000,6000,20001,1000000000000,-1,1000000000001,NULL}')::bigint,
	   pg_temp.one_of('{NULL,NULL,NULL,outside,inside}')::mission_rates.service_area,
	   pg_temp.one_of('{true,true,true,true,true,false,false,NULL}')::boolean,
	   pg_temp.one_of('{true,true,true,true,true,false,false,NULL}')::boolean,
	   pg_temp.one_of('{true,true,true,true,true,false,false,NULL}')::boolean,
	   pg_temp.one_of('{NULL,NULL,NULL,NULL,NULL,0,7000,-1,1000000000001}')::bigint,
	   pg_temp.one_of('{NULL,NULL,NULL,NULL,2.5,8,0,-1,NaN,Infinity,1e30}')::numeric,
	   pg_temp.one_of('{0,0,0,0,0,2,-1,NULL}')::integer,
	   pg_temp.one_of('{2023-01-01,2023-05-01,2024-02-29,2023-05-01,2023-05-01,2022-12-31,NULL}')::date,
	   pg_temp.one_of('{NULL,NULL,NULL,NULL,Ordinance 5244,Ordinance 5244,Ordinance 1}')
FROM generate_series(1, 30000);
-- Good facts with each fault alone
INSERT INTO facts (class, meter, gallons, area, metered, water, sewer, sewer_gallons, fire_sprinkler, dumping_stations,
				   service_date, schedule)
SELECT coalesce(class, 'A1')::mission_rates.customer_class, coalesce(meter, '3/4')::mission_rates.meter_size,
	   coalesce(gallons, 6000), area::mission_rates.service_area, true, coalesce(water, true), coalesce(sewer, true),
	   sewer_gallons, fire_sprinkler, coalesce(dumping_stations, 0), coalesce(service_date, '2023-05-01'), schedule
FROM (VALUES
	(NULL, NULL, NULL::bigint, NULL, NULL::boolean, NULL::boolean, NULL::bigint, NULL::numeric, NULL::integer, NULL::date,
	 NULL::text),
	('A6', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('A6', NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL),
	('A8', NULL, NULL, 'inside', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('A6', NULL, NULL, 'outside', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(NULL, '10', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(NULL, '12', NULL, 'outside', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(NULL, NULL, -1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(NULL, NULL, 1000000000001, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(NULL, NULL, NULL, NULL, false, false, NULL, NULL, NULL, NULL, NULL),
	(NULL, NULL, NULL, NULL, NULL, NULL, -1, NULL, NULL, NULL, NULL),
	(NULL, NULL, NULL, NULL, NULL, false, -1, NULL, NULL, NULL, NULL),
	(NULL, NULL, NULL, NULL, NULL, NULL, 1000000000001, NULL, NULL, NULL, NULL),
	(NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL),
	(NULL, NULL, NULL, NULL, NULL, NULL, NULL, -1, NULL, NULL, NULL),
	(NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'NaN', NULL, NULL, NULL),
	(NULL, NULL, NULL, NULL, NULL, NULL, NULL, '-Infinity', NULL, NULL, NULL),
	(NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1e30, NULL, NULL, NULL),
	(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, -1, NULL, NULL),
	(NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, 1, NULL, NULL),
	(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2022-12-31', NULL),
	(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Ordinance 1'),
	(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2022-12-31', 'Ordinance 5244'))
	AS v (class, meter, gallons, area, water, sewer, sewer_gallons, fire_sprinkler, dumping_stations, service_date,
		  schedule);

CREATE TEMP TABLE finding (n integer, lines bigint, line_sum numeric, total numeric, problem text, raw_problem text,
						   bill_error text, bill_state text, total_error text, total_state text);
CREATE FUNCTION pg_temp.examine() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	f facts;
	found finding;
BEGIN
	FOR f IN SELECT * FROM facts ORDER BY n LOOP
		found = NULL;
		found.n = f.n;
		found.problem = mission_rates.billing_problem(f.class, f.meter, f.gallons, f.area, f.metered, f.water, f.sewer,
													  f.sewer_gallons, f.fire_sprinkler, f.dumping_stations, NULL,
													  f.service_date, f.schedule);
		found.raw_problem = mission_rates.billing_problem(' ' || lower(f.class::text), f.meter || ' ', f.gallons::numeric,
														  upper(f.area::text), f.metered, f.water, f.sewer,
														  f.sewer_gallons::numeric, f.fire_sprinkler,
														  f.dumping_stations, NULL, f.service_date, f.schedule);
		BEGIN
			SELECT count(*), sum(amount) INTO found.lines, found.line_sum
			FROM mission_rates.bill(f.class, f.meter, f.gallons, f.area, f.metered, f.water, f.sewer, f.sewer_gallons,
									f.fire_sprinkler, f.dumping_stations, NULL, f.service_date, f.schedule);
		EXCEPTION WHEN OTHERS THEN
			found.bill_error = SQLERRM;
			found.bill_state = SQLSTATE;
		END;
		BEGIN
			found.total = mission_rates.bill_total(f.class, f.meter, f.gallons, f.area, f.metered, f.water, f.sewer,
												   f.sewer_gallons, f.fire_sprinkler, f.dumping_stations, NULL,
												   f.service_date, f.schedule);
		EXCEPTION WHEN OTHERS THEN
			found.total_error = SQLERRM;
			found.total_state = SQLSTATE;
		END;
		INSERT INTO finding SELECT found.*;
	END LOOP;
END $$;
DO $$ BEGIN PERFORM pg_temp.examine(); END $$;

SELECT is_empty(
	$$SELECT * FROM finding WHERE bill_error IS NOT NULL AND problem IS DISTINCT FROM bill_error LIMIT 5$$,
	'where bill raises an error, billing_problem is its message');
SELECT is_empty(
	$$SELECT * FROM finding
	  WHERE (bill_error, bill_state) IS DISTINCT FROM (total_error, total_state) LIMIT 5$$,
	'bill_total raises the error that bill raises');
SELECT is_empty(
	$$SELECT * FROM finding WHERE problem IS NULL AND (bill_error IS NOT NULL OR lines = 0 OR total IS NULL) LIMIT 5$$,
	'where billing_problem is NULL, there is a bill');
SELECT is_empty(
	$$SELECT * FROM finding
	  WHERE bill_error IS NULL AND problem IS NOT NULL
		AND (lines > 0 OR total IS NOT NULL OR problem NOT LIKE '% is NULL') LIMIT 5$$,
	'where bill raises nothing and billing_problem says something, it is what is NULL, and there is no line');
SELECT is_empty($$SELECT * FROM finding WHERE total IS DISTINCT FROM line_sum LIMIT 5$$,
				'bill_total is the sum of the lines of bill, NULL without lines');
SELECT is_empty(
	$$SELECT * FROM finding WHERE raw_problem IS DISTINCT FROM problem LIMIT 5$$,
	'billing_problem over raw columns says the same');
SELECT cmp_ok(count(*) FILTER (WHERE problem IS NULL), '>', 1000::bigint, 'there were good facts among them')
FROM finding;
SELECT set_eq(
	$$SELECT DISTINCT bill_state FROM finding WHERE bill_state IS NOT NULL$$,
	$$VALUES ('22023'::text), ('22003'), ('P0002')$$,
	'... and facts with every kind of error');
SELECT cmp_ok(count(DISTINCT problem), '>', 30::bigint, '... and many problems') FROM finding;

-- Raw columns: what no type of the extension can hold -----------------------

CREATE FUNCTION pg_temp.raised(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLERRM;
END $$;

SELECT is(mission_rates.billing_problem(code, '3/4', 6000, service_date => '2023-05-01'),
		  pg_temp.raised(format('SELECT mission_rates.to_customer_class(%L)', code)),
		  format('class %L: what the converter says', code))
FROM unnest('{A7,"",  " ", Residential, A10, 1, a1x}'::text[]) AS code;
SELECT is(mission_rates.billing_problem('A1', size, 6000, service_date => '2023-05-01'),
		  pg_temp.raised(format('SELECT mission_rates.to_meter_size(%L)', size)),
		  format('size %L: what the converter says', size))
FROM unnest('{1.25, "", 7/8, 0, -1, big, 5}'::text[]) AS size;
SELECT is(mission_rates.billing_problem('A1', '3/4', 6000, area, service_date => '2023-05-01'),
		  pg_temp.raised(format('SELECT mission_rates.to_service_area(%L)', area)),
		  format('area %L: what the converter says', area))
FROM unnest('{near, "", in}'::text[]) AS area;
SELECT isnt(pg_temp.raised('SELECT mission_rates.to_customer_class(''A7'')'), NULL, 'the converters do say something');

SELECT is(mission_rates.billing_problem('A1', '3/4', gallons, service_date => '2023-05-01'), problem,
		  gallons || ' gallons')
FROM (VALUES
	(1, 6000.0, NULL),
	(2, 6000.5, 'gallons is not a whole number: 6000.5 (schedule "Ordinance 5244")'),
	(3, 0.999, 'gallons is not a whole number: 0.999 (schedule "Ordinance 5244")'),
	(4, -1, 'gallons is negative: -1 (schedule "Ordinance 5244")'),
	(5, 1000000000000, NULL),
	(6, 1000000000001, 'gallons is more than 1000000000000: 1000000000001 (schedule "Ordinance 5244")'),
	(7, 1e20, 'gallons is more than 1000000000000: 100000000000000000000 (schedule "Ordinance 5244")'),
	(8, -1e20, 'gallons is negative: -100000000000000000000 (schedule "Ordinance 5244")'),
	(9, 'NaN'::numeric, 'gallons is not a finite number: NaN (schedule "Ordinance 5244")'),
	(10, 'Infinity'::numeric, 'gallons is not a finite number: Infinity (schedule "Ordinance 5244")'))
	AS v (n, gallons, problem)
ORDER BY n;
SELECT is(mission_rates.billing_problem('A1', '3/4', 6000, sewer => false, sewer_gallons => gallons,
										service_date => '2023-05-01'), problem, 'sewer_gallons ' || gallons)
FROM (VALUES
	(1, 100.0, NULL),
	(2, 100.25, 'sewer_gallons is not a whole number: 100.25 (schedule "Ordinance 5244")'),
	(3, -5, 'sewer_gallons is negative: -5 (schedule "Ordinance 5244")'),
	(4, 1e13, 'sewer_gallons is more than 1000000000000: 10000000000000 (schedule "Ordinance 5244")'))
	AS v (n, gallons, problem)
ORDER BY n;

-- The order: schedule, NULLs, then bad codes and values
SELECT is(mission_rates.billing_problem('A7', '3/4', 6000, service_date => '2022-12-31'),
		  'no rate schedule is in force on 2022-12-31', 'the schedule before a bad class');
SELECT is(mission_rates.billing_problem('A7', NULL, 6000, service_date => '2023-05-01'), 'meter is NULL',
		  'a NULL before a bad class');
SELECT is(mission_rates.billing_problem('A7', '10', 6000, service_date => '2023-05-01'), 'invalid customer class: "A7"',
		  'a bad class before a missing rate');
SELECT is(mission_rates.billing_problem('A7', 'big', 6000, water => false, service_date => '2023-05-01'),
		  'invalid customer class: "A7"', 'the first of two');

-- Which of the two forms a call chooses -------------------------------------

SELECT is(mission_rates.billing_problem('A7', '3/4', 6000, service_date => '2023-05-01'), 'invalid customer class: "A7"',
		  'bare literals choose the form over text');
SELECT is(mission_rates.billing_problem('a1 ', '0.75', 6000, 'Inside', service_date => '2023-05-01'), NULL,
		  '... with an area, too');
SELECT is(mission_rates.billing_problem('a1', '0.75', 6000.0, service_date => '2023-05-01'), NULL,
		  '... and with decimals');
SELECT is(mission_rates.billing_problem(class => 'a1', meter => '3/4"', gallons => 6000, sewer_gallons => 10,
										service_date => '2023-05-01'), NULL, '... and by name');

CREATE TEMP TABLE raw_account (class text, meter text, gallons numeric, area text, code character(3), size varchar(10),
							   reading integer, big_reading bigint);
INSERT INTO raw_account VALUES (' a1', '3/4"', 6000.0, 'INSIDE', 'a1', '0.75', 6000, 6000),
							   ('A7', '3/4', 6000, NULL, 'A7', '3/4', 6000, 6000);
SELECT results_eq(
	$$SELECT mission_rates.billing_problem(class, meter, gallons, area, service_date => '2023-05-01') FROM raw_account
	  ORDER BY class$$,
	ARRAY[NULL, 'invalid customer class: "A7"'], 'columns of type text and numeric');
SELECT results_eq(
	$$SELECT mission_rates.billing_problem(code, size, reading, area, service_date => '2023-05-01') FROM raw_account
	  ORDER BY class$$,
	ARRAY[NULL, 'invalid customer class: "A7"'], 'columns of type char, varchar and integer');
SELECT results_eq(
	$$SELECT mission_rates.billing_problem(class, meter, big_reading, service_date => '2023-05-01') FROM raw_account
	  ORDER BY class$$,
	ARRAY[NULL, 'invalid customer class: "A7"'], 'columns of type text and bigint');
CREATE TEMP TABLE typed_account (class mission_rates.customer_class, meter mission_rates.meter_size, gallons bigint,
								 area mission_rates.service_area, reading integer);
INSERT INTO typed_account VALUES ('A1', '3/4', 6000, 'inside', 6000), ('A6', '3/4', 6000, NULL, 6000);
SELECT results_eq(
	$$SELECT mission_rates.billing_problem(class, meter, gallons, area, service_date => '2023-05-01') FROM typed_account
	  ORDER BY class$$,
	ARRAY[NULL, 'no water rate for class A6 (schedule "Ordinance 5244")'], 'columns of the extension''s types');
SELECT results_eq(
	$$SELECT mission_rates.billing_problem(class, meter, reading, service_date => '2023-05-01') FROM typed_account
	  ORDER BY class$$,
	ARRAY[NULL, 'no water rate for class A6 (schedule "Ordinance 5244")'], '... with an integer reading');

-- As a guard -----------------------------------------------------------------

SELECT is_empty(
	$$SELECT oid::regprocedure, procost FROM pg_proc
	  WHERE pronamespace = 'mission_rates'::regnamespace AND proname = 'billing_problem'
		AND procost > (SELECT min(procost) FROM pg_proc
					   WHERE pronamespace = 'mission_rates'::regnamespace AND proname = 'bill_total')$$,
	'billing_problem does not cost more than bill_total, so that a WHERE keeps its order');
SELECT results_eq(
	$$SELECT class::text, mission_rates.bill_total(class, meter, gallons, area, service_date => '2023-05-01')
	  FROM typed_account
	  WHERE mission_rates.billing_problem(class, meter, gallons, area, service_date => '2023-05-01') IS NULL
		AND mission_rates.bill_total(class, meter, gallons, area, service_date => '2023-05-01') > 0$$,
	$$VALUES ('A1'::text, 40.45)$$,
	'billing_problem in a WHERE sets aside what cannot be billed');
SELECT results_eq(
	$$SELECT class::text,
			 CASE WHEN mission_rates.billing_problem(class, meter, gallons, area, service_date => '2023-05-01') IS NULL
				  THEN mission_rates.bill_total(class, meter, gallons, area, service_date => '2023-05-01') END
	  FROM typed_account ORDER BY class$$,
	$$VALUES ('A1'::text, 40.45), ('A6', NULL)$$,
	'... and in a CASE');

-- Of several faults of raw values the first, in the order of bill's arguments
SELECT is(mission_rates.billing_problem('A1', '3/4', -1, 'near', sewer_gallons => 1.5, service_date => '2023-05-01'),
		  'gallons is negative: -1 (schedule "Ordinance 5244")', 'gallons before area and sewer_gallons');
SELECT is(mission_rates.billing_problem('A1', '3/4', 6000, sewer_gallons => 1.5, fire_sprinkler => 0,
										dumping_stations => -1, service_date => '2023-05-01'),
		  'sewer_gallons is not a whole number: 1.5 (schedule "Ordinance 5244")', 'sewer_gallons before the sprinkler');
SELECT is(mission_rates.billing_problem('A8', '3/4', 6000.5, 'inside', fire_sprinkler => 0,
										service_date => '2023-05-01'),
		  'gallons is not a whole number: 6000.5 (schedule "Ordinance 5244")', 'a single value before two that disagree');
SELECT is(mission_rates.billing_problem('A7', '3/4', 6000, metered => NULL, service_date => '2023-05-01'),
		  'metered is NULL', 'NULLs before all');

SELECT * FROM finish();
ROLLBACK;
