-- Monthly charges at every boundary, for each class, size and place, the
-- contradictions among them.  What is expected is worked out here from the
-- rate rows and from what the ordinance says of each class; the rows
-- themselves are proof-read in ordinance_tables.sql.
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(31);

-- What a statement gives: its value as text, or its SQLSTATE.
CREATE FUNCTION pg_temp.outcome(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE statement INTO result;
	RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

CREATE TEMP TABLE gallon (gallons bigint);
INSERT INTO gallon VALUES (-1), (0), (1), (998), (999), (1000), (1001), (19998), (19999), (20000), (20001),
	(1000000000000), (1000000000001);

-- The words of class, size and place; a NULL place is the class's own.
CREATE TEMP TABLE facts AS
SELECT class, size, asked, coalesce(asked, CASE class WHEN 'A8' THEN 'outside' ELSE 'inside' END) AS place,
	   gallons,
	   CASE WHEN class IN ('A2', 'A5') THEN 'commercial' ELSE 'residential' END AS minimum_table
FROM unnest('{A1,A2,A3,A4,A5,A6,A8,A9}'::text[]) AS class,
	 unnest('{1/2,5/8,3/4,1,1 1/2,2,3,4,6,8,10,12}'::text[]) AS size,
	 unnest('{NULL,inside,outside}'::text[]) AS asked,
	 gallon;

-- Whose volume and sewer rates apply (C5)
ALTER TABLE facts ADD COLUMN rates_of text;
UPDATE facts SET rates_of = CASE place WHEN 'outside' THEN 'A8' ELSE class END;

-- Errors, in the order in which the facts are looked at: domains, rates.
ALTER TABLE facts ADD COLUMN domain_error text, ADD COLUMN water_error text, ADD COLUMN sewer_error text;
UPDATE facts SET
	domain_error = CASE WHEN gallons < 0 THEN '22023'
						WHEN (class, place) IN (('A8', 'inside'), ('A6', 'outside')) THEN '22023'
						WHEN gallons > 1000000000000 THEN '22003' END,
	water_error = CASE WHEN class = 'A6' OR size IN ('10', '12') THEN 'P0002' END,
	sewer_error = CASE WHEN class = 'A6' THEN 'P0002' END;
-- Two values outside their domain: the message may name either.
DELETE FROM facts WHERE (class, place) IN (('A8', 'inside'), ('A6', 'outside')) AND gallons > 1000000000000;

ALTER TABLE facts ADD COLUMN water numeric, ADD COLUMN sewer numeric;
UPDATE facts SET
	water = (SELECT m.amount FROM mission_rates.water_minimum AS m
			 WHERE m.rate_group::text = facts.minimum_table AND m.meter_size::text = facts.size
			   AND m.service_area::text = facts.place)
			+ (SELECT round(CASE WHEN gallons <= 999 THEN 0
								 WHEN gallons <= 19999 THEN gallons - 999
								 ELSE 19000 END * v.rate_per_1000 / 1000, 2)
			   FROM mission_rates.water_volume AS v
			   WHERE v.class::text = facts.rates_of AND v.above_gallons = 999)
			+ (SELECT round(CASE WHEN gallons <= 19999 THEN 0 ELSE gallons - 19999 END * v.rate_per_1000 / 1000, 2)
			   FROM mission_rates.water_volume AS v
			   WHERE v.class::text = facts.rates_of AND v.above_gallons = 19999),
	sewer = (SELECT s.fixed + coalesce(round(gallons * s.rate_per_1000 * s.factor / 1000, 2), 0)
			 FROM mission_rates.sewer_rate AS s
			 WHERE s.class::text = facts.rates_of)
WHERE domain_error IS NULL;

ALTER TABLE facts ADD COLUMN arguments text;
UPDATE facts SET arguments = format('%L, %L, %s, %L', class, size, gallons, asked);

SELECT is(count(*), 3720::bigint, 'eight classes, twelve sizes, three places, thirteen readings') FROM facts;
SELECT is_empty(
	$$SELECT * FROM facts
	  WHERE coalesce(domain_error, water_error) IS NULL AND water IS NULL
		 OR coalesce(domain_error, sewer_error) IS NULL AND sewer IS NULL$$,
	'every one has an amount or an error to expect');

SELECT is_empty(
	format($$SELECT class, size, asked, gallons, expected, outcome
			 FROM (SELECT class, size, asked, gallons,
						  coalesce(domain_error, water_error, water::text) AS expected,
						  pg_temp.outcome('SELECT mission_rates.water_charge('
										  || arguments || ', ''2023-01-01'')') AS outcome
				   FROM facts WHERE class = %L) AS water
			 WHERE expected IS DISTINCT FROM outcome$$, class),
	'water_charge at every boundary: ' || class)
FROM unnest('{A1,A2,A3,A4,A5,A6,A8,A9}'::text[]) AS class;

SELECT is_empty(
	format($$SELECT class, asked, gallons, expected, outcome
			 FROM (SELECT class, asked, gallons,
						  coalesce(domain_error, sewer_error, sewer::text) AS expected,
						  pg_temp.outcome(format('SELECT mission_rates.sewer_charge(%%L, %%s, %%L, true, ''2023-01-01'')',
												 class, gallons, asked)) AS outcome
				   FROM facts WHERE class = %L AND size = '3/4') AS sewer
			 WHERE expected IS DISTINCT FROM outcome$$, class),
	'sewer_charge at every boundary: ' || class)
FROM unnest('{A1,A2,A3,A4,A5,A6,A8,A9}'::text[]) AS class;

SELECT is_empty(
	format($$SELECT class, size, asked, gallons, expected, outcome
			 FROM (SELECT class, size, asked, gallons,
						  coalesce(domain_error, water_error, sewer_error, (water + sewer)::text) AS expected,
						  pg_temp.outcome('SELECT mission_rates.bill_total('
										  || arguments || ', service_date => ''2023-01-01'')') AS outcome
				   FROM facts WHERE class = %L) AS bill
			 WHERE expected IS DISTINCT FROM outcome$$, class),
	'bill_total at every boundary: ' || class)
FROM unnest('{A1,A2,A3,A4,A5,A6,A8,A9}'::text[]) AS class;

-- Without an operational meter: the minimum, whatever the reading, and the
-- flat fee
SELECT is_empty(
	$$SELECT class, size, asked, gallons, expected, outcome
	  FROM (SELECT class, size, asked, gallons,
				   coalesce(domain_error, water_error,
							(26.00 + (SELECT water FROM facts AS dry
									  WHERE (dry.class, dry.size, dry.gallons) = (facts.class, facts.size, 0)
										AND dry.asked IS NOT DISTINCT FROM facts.asked))::text) AS expected,
				   pg_temp.outcome('SELECT mission_rates.bill_total(' || arguments
								   || ', metered => false, service_date => ''2023-01-01'')') AS outcome
			FROM facts) AS bill
	  WHERE expected IS DISTINCT FROM outcome$$,
	'bill_total without an operational meter');
SELECT is_empty(
	$$SELECT class, asked, gallons, outcome
	  FROM (SELECT class, asked, gallons, domain_error,
				   pg_temp.outcome(format('SELECT mission_rates.sewer_charge(%L, %s, %L, false, ''2023-01-01'')',
										  class, gallons, asked)) AS outcome
			FROM facts WHERE size = '3/4') AS sewer
	  WHERE coalesce(domain_error, '26.00') IS DISTINCT FROM outcome$$,
	'sewer_charge without an operational meter, A6 included');

-- The day on which the ordinance comes into force
SELECT is(pg_temp.outcome(format('SELECT mission_rates.water_charge(''A1'', ''3/4'', 6000, service_date => %L)', day)),
		  expected, 'water of a period that begins on ' || day)
FROM (VALUES (DATE '2022-12-31', 'P0002'), ('2023-01-01', '22.75'), ('2099-12-31', '22.75')) AS service (day, expected)
ORDER BY day;

SELECT * FROM finish();
ROLLBACK;
