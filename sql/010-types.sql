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
		-- § 114-54(a).  There is no A7.
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
'Internal: the labels of the enum types that this version ships, in their order';

DO $$
DECLARE
	command text;
BEGIN
	FOR command IN
		SELECT format('CREATE TYPE mission_rates.%I AS ENUM (%s)', l.type_name,
					  string_agg(quote_literal(l.label), ', ' ORDER BY l.place))
		FROM _mission_rates.shipped_labels() AS l
		GROUP BY l.type_name
	LOOP
		EXECUTE command;
	END LOOP;
END
$$;

COMMENT ON TYPE mission_rates.customer_class IS
'Customer class, § 114-54(a): A1 residential, A2 commercial, A3 institutional and government, A4 trailer park master meter, A5 industrial, A6 other water service provider, A8 outside, A9 inactive; add_class() adds one that a later ordinance has';

COMMENT ON TYPE mission_rates.meter_size IS
'Nominal size of a meter in inches, smallest first; add_meter_size() adds one that a later ordinance has';

COMMENT ON TYPE mission_rates.service_area IS
'Where the premises are: inside or outside the city';

COMMENT ON TYPE mission_rates.rate_group IS
'The tables of minimum water charges, § 114-54(c)(2): residential (also institutional, government, trailer park) and commercial (also industrial)';

COMMENT ON TYPE mission_rates.deposit_category IS
'Who makes a deposit, § 114-52(a); the commercial deposit depends on the size of the building';

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
'A line of a bill or of a quote: amount = round(quantity * rate, 2)';
COMMENT ON COLUMN mission_rates.bill_line.line IS
'Number of the line, from 1';
COMMENT ON COLUMN mission_rates.bill_line.service IS
'What the line is for: water, sewer, fire, service (a service charge), fee, deposit or arrears; problem: a row of accounts that cannot be billed';
COMMENT ON COLUMN mission_rates.bill_line.charge IS
'Stable code of the charge, for joins with ledgers and translations';
COMMENT ON COLUMN mission_rates.bill_line.description IS
'The charge in words';
COMMENT ON COLUMN mission_rates.bill_line.quantity IS
'How many units; for volumes thousands of gallons, multiplication factor included';
COMMENT ON COLUMN mission_rates.bill_line.unit IS
'The unit that the rate is per';
COMMENT ON COLUMN mission_rates.bill_line.rate IS
'Dollars per unit';
COMMENT ON COLUMN mission_rates.bill_line.amount IS
'Dollars, rounded half up to the cent';
COMMENT ON COLUMN mission_rates.bill_line.section IS
'Section of the ordinance that sets the rate';
COMMENT ON COLUMN mission_rates.bill_line.schedule IS
'Rate schedule that the rate was taken from';
COMMENT ON COLUMN mission_rates.bill_line.rate_class IS
'Customer class whose rate row the line was rated by (outside the city the outside class): volume, fixed sewer rate, service charges; else NULL';
COMMENT ON COLUMN mission_rates.bill_line.rate_meter IS
'Meter size (inches) of the rate row that the line was rated by: water minimum, taps; else NULL';
COMMENT ON COLUMN mission_rates.bill_line.rate_area IS
'Service area of the rate row that the line was rated by: water minimum, taps; else NULL';
COMMENT ON COLUMN mission_rates.bill_line.from_gallons IS
'First gallon that the block covers; NULL where the line has no volume';
COMMENT ON COLUMN mission_rates.bill_line.to_gallons IS
'Last gallon that the block covers; NULL in the last block and where the line has no volume';
