-- ---------------------------------------------------------------------------
-- Types
-- ---------------------------------------------------------------------------

-- The enum types and their labels in order.  A version that adds a label
-- replaces this function in its step: it tells the labels that are shipped from
-- those that a city added.
CREATE FUNCTION _mission_rates.shipped_labels(
	OUT type_name text,
	OUT label text,
	OUT place integer)
	RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 31
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT t.type_name, l.label, l.place::integer
	FROM (VALUES
		-- Sec. 114-54(a).  There is no A7.
		('customer_class',
		 '{A1, A2, A3, A4, A5, A6, A8, A9}'::text[]),
		('meter_size',
		 '{1/2, 5/8, 3/4, 1, 1 1/2, 2, 3, 4, 6, 8, 10, 12}'),
		('service_area',
		 '{inside, outside}'),
		('rate_group',
		 '{residential, commercial}'),
		('deposit_category',
		 '{homeowner, tenant, traveling_meter, commercial, school, hospital, trailer_park}')
	) AS t (type_name, labels)
	CROSS JOIN LATERAL unnest(t.labels) WITH ORDINALITY AS l (label, place)
$$;
COMMENT ON FUNCTION _mission_rates.shipped_labels() IS
'Labels of the enum types that this version ships, in their order';

SELECT _mission_rates.run(
	format('CREATE TYPE mission_rates.%I AS ENUM (%s)', l.type_name,
		   string_agg(quote_literal(l.label), ', ' ORDER BY l.place)))
FROM _mission_rates.shipped_labels() AS l
GROUP BY l.type_name;
COMMENT ON TYPE mission_rates.customer_class IS
'Customer class, Sec. 114-54(a): A1 residential, A2 commercial, A3 institutional and government, A4 trailer park master meter, A5 industrial, A6 other water service provider, A8 outside, A9 inactive';
COMMENT ON TYPE mission_rates.meter_size IS
'Nominal size of a meter in inches, smallest first';
COMMENT ON TYPE mission_rates.service_area IS
'Place of the premises, inside or outside the city';
COMMENT ON TYPE mission_rates.rate_group IS
'Table of minimum water charges, Sec. 114-54(c)(2): residential (also institutional, government, trailer park) or commercial (also industrial)';
COMMENT ON TYPE mission_rates.deposit_category IS
'Kind of customer who makes a deposit, Sec. 114-52(a)';

CREATE TYPE mission_rates.bill_line AS (
	line		integer,
	service		text,
	charge		text,
	description	text,
	quantity	numeric,
	unit		text,
	rate		numeric,
	amount		numeric,
	section		text,
	schedule	text,
	rate_class	text,
	rate_meter	text,
	rate_area	text,
	from_gallons	bigint,
	to_gallons	bigint
);
COMMENT ON TYPE mission_rates.bill_line IS
'Line of a bill or of a quote, amount = round(quantity * rate, 2)';
SELECT _mission_rates.run(
	format('COMMENT ON COLUMN mission_rates.bill_line.%I IS %L', c.name, c.words))
FROM (VALUES
	('line', 'Number of the line, from 1'),
	('service', 'water, sewer, fire, service (a service charge), fee, deposit, arrears, or problem (a row of accounts without a bill)'),
	('charge', 'Stable code of the charge, for joins with ledgers and translations'),
	('description', 'Charge in words'),
	('quantity', 'Number of units; of volumes thousands of gallons, multiplication factor included'),
	('unit', 'Unit of the rate'),
	('rate', 'Dollars per unit'),
	('amount', 'Dollars, rounded half up to the cent'),
	('section', 'Section of the ordinance that sets the rate'),
	('schedule', 'Rate schedule of the rate'),
	('rate_class', 'Class of the rate row of a volume, fixed sewer rate or service charge (outside the city the outside class); else NULL'),
	('rate_meter', 'Meter size, in inches, of the rate row of a water minimum or tap; else NULL'),
	('rate_area', 'Service area of the rate row of a water minimum or tap; else NULL'),
	('from_gallons', 'First gallon of the block of a volume; else NULL'),
	('to_gallons', 'Last gallon of the block of a volume; NULL in the last block')
) AS c (name, words);
