-- The converters: codes and sizes as cities keep them.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE FUNCTION pg_temp.outcome(converter text, argument text, argument_type text DEFAULT 'text')
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT mission_rates.%I(%L::%s)', converter, argument, argument_type) INTO result;
	RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

CREATE TEMP TABLE spelling (n integer GENERATED ALWAYS AS IDENTITY, converter text, argument text, outcome text,
							argument_type text DEFAULT 'text');

INSERT INTO spelling (converter, argument, outcome)
SELECT 'to_customer_class', argument, class
FROM unnest('{A1,A2,A3,A4,A5,A6,A8,A9}'::text[]) AS class,
	 LATERAL unnest(ARRAY[class, lower(class), class || ' ', '  ' || lower(class) || '   ']) AS argument;
INSERT INTO spelling (converter, argument, outcome) VALUES
	('to_customer_class', 'A7', '22023'),
	('to_customer_class', 'A10', '22023'),
	('to_customer_class', '', '22023'),
	('to_customer_class', '   ', '22023'),
	('to_customer_class', 'A', '22023'),
	('to_customer_class', '1', '22023'),
	('to_customer_class', 'A 1', '22023'),
	('to_customer_class', 'A1A', '22023'),
	('to_customer_class', 'Residential', '22023'),
	('to_customer_class', NULL, 'NULL');

INSERT INTO spelling (converter, argument, outcome) VALUES
	('to_service_area', 'inside', 'inside'),
	('to_service_area', 'Inside', 'inside'),
	('to_service_area', ' INSIDE ', 'inside'),
	('to_service_area', 'outside', 'outside'),
	('to_service_area', 'OutSide  ', 'outside'),
	('to_service_area', 'in', '22023'),
	('to_service_area', 'within', '22023'),
	('to_service_area', '', '22023'),
	('to_service_area', ' ', '22023'),
	('to_service_area', NULL, 'NULL');

-- Sizes, as labels, decimals, mixed numbers, with inch marks
INSERT INTO spelling (converter, argument, outcome)
SELECT 'to_meter_size', argument, size
FROM (VALUES
	('1/2', '{1/2," 1/2 ",0.5,.5,0.50,"1/2\""}'::text[]),
	('5/8', '{5/8,0.625,.625,"5/8\"",5/8x3/4,"5/8 X 3/4 "}'),
	('3/4', '{3/4,"3/4 ",0.75,.75,0.750,"3/4\""," 0.75 "}'),
	('1', '{1,1.0,1.00,"1\""," 1 "}'),
	('1 1/2', '{1 1/2,1-1/2,1.5,1.50,"1 1/2\"","1-1/2\"","1  1/2"}'),
	('2', '{2,2.0,"2\""}'),
	('3', '{3,3.000,"3\""}'),
	('4', '{4,4.0}'),
	('6', '{6,6.00}'),
	('8', '{8,"8 "}'),
	('10', '{10,10.0}'),
	('12', '{12,"12\""}')) AS v (size, arguments),
	unnest(arguments) AS argument;
INSERT INTO spelling (converter, argument, outcome)
SELECT 'to_meter_size', argument, '22023'
FROM unnest('{"",  " ", 0, -1, -0.75, 1.25, 5, 7, 9, 11, 14, 0.76, 0.7500001, 1/3, 3/0, 0/4, /4, 3/, 1/2/3, "1 1", "1 -1/2",
	one, "3/4x5/8", 1e0, NaN, Infinity, inf, 0x10, "3/4 inches of rain", "\"", "1.5.0", "+", ., 01, 02, 00.75, 03/4}'::text[]) AS argument;
INSERT INTO spelling (converter, argument, outcome) VALUES ('to_meter_size', NULL, 'NULL');

INSERT INTO spelling (converter, argument, outcome, argument_type) VALUES
	('to_meter_size', '0.5', '1/2', 'numeric'),
	('to_meter_size', '0.625', '5/8', 'numeric'),
	('to_meter_size', '0.75', '3/4', 'numeric'),
	('to_meter_size', '0.7500', '3/4', 'numeric'),
	('to_meter_size', '1', '1', 'numeric'),
	('to_meter_size', '1.00', '1', 'numeric'),
	('to_meter_size', '1.5', '1 1/2', 'numeric'),
	('to_meter_size', '2', '2', 'numeric'),
	('to_meter_size', '3', '3', 'numeric'),
	('to_meter_size', '4', '4', 'numeric'),
	('to_meter_size', '6', '6', 'numeric'),
	('to_meter_size', '8', '8', 'numeric'),
	('to_meter_size', '10', '10', 'numeric'),
	('to_meter_size', '12', '12', 'integer'),
	('to_meter_size', '0', '22023', 'numeric'),
	('to_meter_size', '-1', '22023', 'numeric'),
	('to_meter_size', '1.25', '22023', 'numeric'),
	('to_meter_size', '0.7500000000001', '22023', 'numeric'),
	('to_meter_size', '5', '22023', 'numeric'),
	('to_meter_size', 'NaN', '22023', 'numeric'),
	('to_meter_size', 'Infinity', '22023', 'numeric'),
	('to_meter_size', '1e30', '22023', 'numeric'),
	('to_meter_size', NULL, 'NULL', 'numeric');

SELECT plan(184);

SELECT is(pg_temp.outcome(converter, argument, argument_type), outcome,
		  format('%s(%L::%s)', converter, argument, argument_type))
FROM spelling ORDER BY n;

-- Every label is read back.
SELECT is(mission_rates.to_customer_class(class::text), class, 'class ' || class)
FROM unnest(enum_range(NULL::mission_rates.customer_class)) AS class;
SELECT is(mission_rates.to_meter_size(size::text), size, 'size ' || size)
FROM unnest(enum_range(NULL::mission_rates.meter_size)) AS size;
SELECT is(mission_rates.to_service_area(area::text), area, 'area ' || area)
FROM unnest(enum_range(NULL::mission_rates.service_area)) AS area;

-- char(n) columns, as they are
CREATE TEMP TABLE account (class character(4), size character(10), size_inches numeric(6,4));
INSERT INTO account VALUES ('a1', '1-1/2"', 1.5);
SELECT is(mission_rates.bill_total(mission_rates.to_customer_class(class), mission_rates.to_meter_size(size), 0,
								   service_date => '2023-05-01'), 43.73, 'columns of type char(n)') FROM account;
SELECT is(mission_rates.to_meter_size(size_inches)::text, '1 1/2', 'a column of type numeric(6,4)') FROM account;

SELECT * FROM finish();
ROLLBACK;
