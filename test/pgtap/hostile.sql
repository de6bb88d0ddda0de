-- No function depends on the caller's search_path: not with tables, types,
-- functions and operators of the same names in front of the extension's and
-- the server's.
BEGIN;
SET LOCAL client_min_messages = error;

SELECT plan(63);

-- Calls, and their results before the attack
CREATE TEMP TABLE call (n integer GENERATED ALWAYS AS IDENTITY, call text, plain text, hostile text);
INSERT INTO call (call)
SELECT *
FROM unnest(ARRAY[
	'to_customer_class('' a1'')', 'to_customer_class(''A7'')', 'to_meter_size(''1-1/2"'')', 'to_meter_size(0.75)',
	'to_meter_size(1.25)', 'to_service_area(''Outside'')',
	'water_charge(''A1'', ''3/4'', 6000, service_date => ''2023-05-01'')',
	'water_charge(''A2'', ''3/4'', 10000, ''outside'', ''2023-05-01'')',
	'water_charge(''A6'', ''3/4'', 10000, NULL, ''2023-05-01'')',
	'sewer_charge(''A5'', 1000000, service_date => ''2023-05-01'')', 'fire_sprinkler_charge(2.5, ''2023-05-01'')',
	'bill(''A1'', ''3/4'', 25000, dumping_stations => 1, service_date => ''2023-05-01'')',
	'bill_total(''A1'', ''3/4'', 25000, service_date => ''2023-05-01'')',
	'bill_total(''A1'', ''3/4'', 25000, schedule => ''Ordinance 5244'')',
	'bill_total(''A1'', ''3/4'', 25000, schedule => ''Ordinance 1'')',
	'billing_problem(''a1'', ''0.75'', 6000, ''inside'', service_date => ''2023-05-01'')',
	'billing_problem(''A7'', ''0.75'', 6000, service_date => ''2023-05-01'')',
	'billing_problem(''A1'', ''0.75'', 6000.5, service_date => ''2023-05-01'')',
	'fee(''street_cut_concrete'', 18.5, ''2023-05-01'')', 'late_fee(50.10, ''2023-05-01'')',
	'meter_test_fee(20, 16, ''2023-05-01'')', 'water_tap_charge(''2'', ''outside'', true, service_date => ''2023-05-01'')',
	'sewer_permit_fee(8, 410.50, ''2023-05-01'')', 'deposit_required(''commercial'', 2001, ''2023-05-01'')',
	'opening_quote(''commercial'', 6000, 150, true, 40.45, ''2'', ''outside'', true, NULL, 100, 250, 10, 20.5, 30, 1.5, 8,'
	' 500, ''2023-05-01'')',
	'reconnection_quote(40.45, ''2023-05-01'', true, 2, 1, 3, 80.00, ''2023-05-01'')',
	'delinquency(''2023-02-01'', 40.45, ''2023-03-05'', ''2023-02-22'')',
	'rate_sheet(''2023-05-01'')', 'rate_sheet(schedule => ''Ordinance 1'')']) AS call;

-- The answer is gathered with the server's own functions, whatever the path.
CREATE FUNCTION pg_temp.answer(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result pg_catalog.text;
BEGIN
	EXECUTE 'SELECT pg_catalog.string_agg(t::pg_catalog.text, '' | '') FROM mission_rates.' OPERATOR(pg_catalog.||) call
			OPERATOR(pg_catalog.||) ' AS t' INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) SQLERRM;
END $$;
CREATE FUNCTION pg_temp.ask() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	c record;
BEGIN
	FOR c IN SELECT call.n, call.call FROM pg_temp.call LOOP
		UPDATE pg_temp.call SET hostile = pg_temp.answer(c.call) WHERE call.n OPERATOR(pg_catalog.=) c.n;
	END LOOP;
END $$;

UPDATE call SET plain = pg_temp.answer(call);
SELECT is_empty($$SELECT call FROM call WHERE plain IS NULL AND call NOT LIKE 'billing_problem(''a1''%'$$,
				'every call but one gives something');

-- Temporary tables with the names of the rate tables, with rows that are
-- cheaper
CREATE TEMP TABLE schedule AS SELECT * FROM mission_rates.schedule;
UPDATE pg_temp.schedule SET effective_from = '1900-01-01', due_days = 1, notice_days = 1, included_pipe_feet = 1000,
	waiver_overcharge = 0;
CREATE TEMP TABLE class_rule AS SELECT * FROM mission_rates.class_rule;
UPDATE pg_temp.class_rule SET rate_group = 'residential', service_area = 'inside', outside_class = class;
CREATE TEMP TABLE water_minimum AS SELECT * FROM mission_rates.water_minimum;
UPDATE pg_temp.water_minimum SET amount = 1;
CREATE TEMP TABLE water_volume AS SELECT * FROM mission_rates.water_volume;
UPDATE pg_temp.water_volume SET rate_per_1000 = 1;
CREATE TEMP TABLE sewer_rate AS SELECT * FROM mission_rates.sewer_rate;
UPDATE pg_temp.sewer_rate SET fixed = 1;
CREATE TEMP TABLE fee AS SELECT * FROM mission_rates.fee;
UPDATE pg_temp.fee SET amount = 1;
CREATE TEMP TABLE deposit AS SELECT * FROM mission_rates.deposit;
UPDATE pg_temp.deposit SET deposit = 1, service_fee = 1;
CREATE TEMP TABLE water_tap AS SELECT * FROM mission_rates.water_tap;
UPDATE pg_temp.water_tap SET amount = 1;
CREATE TEMP TABLE sewer_permit AS SELECT * FROM mission_rates.sewer_permit;
UPDATE pg_temp.sewer_permit SET amount = 1;
CREATE TEMP TABLE bill_line (line integer);

SELECT pg_temp.ask() \g /dev/null
SELECT is(hostile, plain, 'temporary tables: ' || call) FROM call ORDER BY n;

SET LOCAL search_path = pg_temp, public, pg_catalog;
SELECT pg_temp.ask() \g /dev/null
RESET search_path;
SELECT is_empty($$SELECT call, plain, hostile FROM call WHERE hostile IS DISTINCT FROM plain$$,
				'temporary tables, pg_temp named first');

-- A schema of types, functions and operators that stand in front of all others
CREATE SCHEMA hostile;
CREATE TYPE hostile.customer_class AS ENUM ('A1', 'A7');
CREATE TYPE hostile.meter_size AS ENUM ('3/4', '1 1/4');
CREATE TYPE hostile.service_area AS ENUM ('outside', 'inside');
CREATE TYPE hostile.rate_group AS ENUM ('commercial', 'residential');
CREATE TYPE hostile.deposit_category AS ENUM ('tenant');
CREATE DOMAIN hostile.rate_value AS numeric CHECK (VALUE < 0);
CREATE DOMAIN hostile.numeric AS pg_catalog.text;
CREATE DOMAIN hostile.text AS pg_catalog.int4;
CREATE DOMAIN hostile.date AS pg_catalog.int4;
CREATE TABLE hostile.pg_enum (enumtypid oid, enumlabel name, enumsortorder real);
CREATE TABLE hostile.pg_class (oid oid, relname name);
CREATE TABLE hostile.pg_type (oid oid, typname name);


-- Functions and operators that fit better than the server's, and fail
DO $do$
DECLARE
	name text;
	arguments text;
	n integer = 0;
BEGIN
	FOR name, arguments IN VALUES
		('round', 'pg_catalog.numeric, pg_catalog.int4'), ('round', 'pg_catalog.numeric'), ('lower', 'pg_catalog.text'),
		('upper', 'pg_catalog.text'), ('btrim', 'pg_catalog.text'), ('rtrim', 'pg_catalog.text, pg_catalog.text'),
		('replace', 'pg_catalog.text, pg_catalog.text, pg_catalog.text'), ('scale', 'pg_catalog.numeric'),
		('trim_scale', 'pg_catalog.numeric'), ('to_char', 'pg_catalog.numeric, pg_catalog.text'),
		('schedule_in_force', 'pg_catalog.date, pg_catalog.text'), ('rate_text', 'pg_catalog.numeric'),
		('count_text', 'pg_catalog.numeric'), ('numeric_mul', 'pg_catalog.numeric, pg_catalog.numeric'),
		('label_position', 'mission_rates.customer_class'), ('bill', 'pg_catalog.text'),
		('format', 'pg_catalog.text, pg_catalog.text'), ('pg_typeof', 'mission_rates.customer_class')
	LOOP
		EXECUTE format('CREATE FUNCTION hostile.%I(%s) RETURNS pg_catalog.numeric LANGUAGE plpgsql IMMUTABLE AS '
					   '$f$ BEGIN RAISE EXCEPTION ''hostile function''; END $f$', name, arguments);
	END LOOP;
	FOR name, arguments IN
		SELECT o.oprname, format('pg_catalog.%I, pg_catalog.%I', l.typname, r.typname)
		FROM pg_operator AS o
			 JOIN pg_type AS l ON l.oid = o.oprleft
			 JOIN pg_type AS r ON r.oid = o.oprright
		WHERE o.oprnamespace = 'pg_catalog'::regnamespace
		  AND o.oprname IN ('=', '<>', '<', '>', '<=', '>=', '+', '-', '*', '/', '||', '%')
		  AND l.typname IN ('numeric', 'text', 'int4', 'int8', 'date', 'oid', 'name', 'float4', 'bool')
		  AND r.typname IN ('numeric', 'text', 'int4', 'int8', 'date', 'oid', 'name', 'float4', 'bool')
	LOOP
		n = n + 1;
		EXECUTE format('CREATE FUNCTION hostile.operator_%s(%s) RETURNS pg_catalog.%s LANGUAGE plpgsql IMMUTABLE AS '
					   '$f$ BEGIN RAISE EXCEPTION ''hostile operator''; END $f$', n, arguments,
					   CASE WHEN name IN ('+', '-', '*', '/', '||', '%') THEN 'numeric' ELSE 'bool' END);
		EXECUTE format('CREATE OPERATOR hostile.%s (leftarg = %s, rightarg = %s, function = hostile.operator_%s)', name,
					   split_part(arguments, ', ', 1), split_part(arguments, ', ', 2), n);
	END LOOP;
END $do$;

SET LOCAL search_path = hostile, pg_temp, public, pg_catalog;
SELECT pg_temp.ask() \g /dev/null
RESET search_path;
SELECT is(hostile, plain, 'a hostile schema first: ' || call) FROM call ORDER BY n;

SET LOCAL search_path = '';
SELECT pg_temp.ask() \g /dev/null
RESET search_path;
SELECT is_empty($$SELECT call, plain, hostile FROM call WHERE hostile IS DISTINCT FROM plain$$, 'an empty search_path');

-- The trap is one: with that path an ordinary expression does fail.
CREATE FUNCTION pg_temp.trapped() RETURNS text LANGUAGE plpgsql SET search_path = hostile, pg_temp, public, pg_catalog AS $$
BEGIN
	EXECUTE 'SELECT 1.5 * 2.5';
	RETURN 'not trapped';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLERRM;
END $$;
SELECT is(pg_temp.trapped(), 'hostile operator', 'the hostile operators are in the way of others');

-- Two calls that were planned before, in one session
PREPARE planned AS SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2023-05-01');
CREATE TEMP TABLE planned_before AS EXECUTE planned;
SET LOCAL search_path = hostile, pg_temp, public, pg_catalog;
CREATE TEMP TABLE planned_after AS EXECUTE planned;
RESET search_path;
SELECT results_eq('SELECT * FROM planned_before UNION ALL SELECT * FROM planned_after', ARRAY[40.45, 40.45],
				  'a prepared statement');

SELECT * FROM finish();
ROLLBACK;
