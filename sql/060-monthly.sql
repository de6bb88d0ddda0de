-- ---------------------------------------------------------------------------
-- Monthly charges
-- ---------------------------------------------------------------------------
--
-- The last two arguments are the first day of the service period, which picks
-- the schedule in force, and the name of a schedule outright, with which the
-- date is not looked at.
--
-- Each function with a class has two forms.  The text form takes codes as text
-- and gallons as numeric, and is chosen where a code is text or all of them are
-- bare literals; the typed form takes the extension's own types and is faster.
--
-- COST, here and below, is what was measured, in additions of two bigints.
-- billing_problem over text takes some 60 of them, but must not cost more than
-- bill_total: the planner would turn "problem IS NULL AND total > 0" around.

-- One charge alone
CREATE FUNCTION mission_rates.water_charge(
	class mission_rates.customer_class,
	meter mission_rates.meter_size,
	gallons bigint,
	area mission_rates.service_area DEFAULT NULL,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'water_charge'
	LANGUAGE C STABLE PARALLEL SAFE COST 15;

COMMENT ON FUNCTION mission_rates.water_charge(
	mission_rates.customer_class, mission_rates.meter_size, bigint,
	mission_rates.service_area, date, text) IS
'Dollars for a month of water: the minimum charge and the volume beyond it, gallons being whole gallons; area NULL: as the rule of the class says; class, meter or gallons NULL gives NULL; no rate or schedule is P0002, negative gallons, a class where it may not be, or neither date nor schedule 22023, more than 10^12 gallons 22003; § 114-54(c)(2)';

CREATE FUNCTION mission_rates.water_charge(
	class text,
	meter text,
	gallons numeric,
	area text DEFAULT NULL,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'water_charge_text'
	LANGUAGE C STABLE PARALLEL SAFE COST 45;

COMMENT ON FUNCTION mission_rates.water_charge(
	text, text, numeric, text, date, text) IS
'Dollars for a month of water, as over the types, of codes as text and gallons as a number; also 22023: an unknown code, and a fraction of a gallon; § 114-54(c)(2)';

CREATE FUNCTION mission_rates.sewer_charge(
	class mission_rates.customer_class,
	gallons bigint,
	area mission_rates.service_area DEFAULT NULL,
	metered boolean DEFAULT true,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'sewer_charge'
	LANGUAGE C STABLE PARALLEL SAFE COST 12;

COMMENT ON FUNCTION mission_rates.sewer_charge(
	mission_rates.customer_class, bigint, mission_rates.service_area, boolean,
	date, text) IS
'Dollars for a month of sewer: the fixed rate and the volume of all gallons times the factor, or the flat fee where no meter works (metered false, gallons not needed); area NULL: as the rule of the class says; class, metered or needed gallons NULL gives NULL; no rate or schedule is P0002, negative gallons, a class where it may not be, or neither date nor schedule 22023, more than 10^12 gallons 22003; § 114-54(b)(2)';

CREATE FUNCTION mission_rates.sewer_charge(
	class text,
	gallons numeric,
	area text DEFAULT NULL,
	metered boolean DEFAULT true,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'sewer_charge_text'
	LANGUAGE C STABLE PARALLEL SAFE COST 40;

COMMENT ON FUNCTION mission_rates.sewer_charge(
	text, numeric, text, boolean, date, text) IS
'Dollars for a month of sewer, as over the types, of a class as text and gallons as a number; also 22023: an unknown code, and a fraction of a gallon; § 114-54(b)(2)';

CREATE FUNCTION mission_rates.fire_sprinkler_charge(
	diameter numeric,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'fire_sprinkler_charge'
	LANGUAGE C STABLE PARALLEL SAFE COST 25;

COMMENT ON FUNCTION mission_rates.fire_sprinkler_charge IS
'Dollars for a month of a connection for fire protection only, diameter in inches; NULL gives NULL; no fee or schedule is P0002, a diameter of 0 or less, or neither date nor schedule 22023; § 114-54(c)(2)';

-- A whole bill: four functions of the same arguments, each in both forms
DO $script$
DECLARE
	form record;
	fn record;
BEGIN
	FOR form IN SELECT * FROM (VALUES
		('', 'mission_rates.customer_class', 'mission_rates.meter_size',
		 'bigint', 'mission_rates.service_area', ''),
		('_text', 'text', 'text', 'numeric', 'text',
		 '; of codes as text and gallons as numbers, as cities keep them: an unknown code and a fraction of a gallon are 22023, too'))
		AS f (suffix, class, meter, gallons, area, words)
	LOOP
		FOR fn IN SELECT * FROM (VALUES
			('bill', 'SETOF mission_rates.bill_line', '300 ROWS 4', '300 ROWS 4',
			 'Lines of a monthly bill: water, sewer, fire sprinkler (inches), sanitary dumping stations and service charges; services: an object of codes and quantities of the service charges that the account has, NULL: none beside those on every bill; sewer_gallons where they are not the gallons of this meter; area NULL: as the rule of the class says; a needed class, meter, gallons, flag or count that is NULL gives no line; errors as billing_problem() words them: no rate, service or schedule P0002, a value out of its domain or nothing to bill 22023, more than 10^12 gallons 22003; §§ 114-54(b)(2), (c)(2), 114-61'),
			('bill_total', 'numeric', '20', '60',
			 'Dollars of a monthly bill: the sum of the lines of bill() for the same arguments, negative where credits prevail; a needed class, meter, gallons, flag or count that is NULL gives NULL; errors as bill(); §§ 114-54(b)(2), (c)(2), 114-61'),
			('billing_problem', 'text', '12', '20',
			 'What keeps bill() from making a bill of the same arguments: the message of its error, or which needed value is NULL; NULL where the bill can be made; never an error for bad account data'),
			('billing_problem_code', 'text', '12', '20',
			 'The stable code, such as class_null or no_minimum, of what billing_problem() says of the same arguments, to group by; NULL where the bill can be made; never an error for bad account data'))
			AS f (name, result, cost, text_cost, words)
		LOOP
			EXECUTE format('CREATE FUNCTION mission_rates.%I(
				class %s, meter %s, gallons %s, area %s DEFAULT NULL,
				metered boolean DEFAULT true, water boolean DEFAULT true,
				sewer boolean DEFAULT true, sewer_gallons %4$s DEFAULT NULL,
				fire_sprinkler numeric DEFAULT NULL,
				dumping_stations integer DEFAULT 0,
				services jsonb DEFAULT NULL, service_date date DEFAULT NULL,
				schedule text DEFAULT NULL)
				RETURNS %6$s AS ''MODULE_PATHNAME'', %7$L
				LANGUAGE C STABLE PARALLEL SAFE COST %8$s',
				fn.name, form.class, form.meter, form.gallons, form.area,
				fn.result, fn.name || form.suffix,
				CASE form.suffix WHEN '' THEN fn.cost ELSE fn.text_cost END);
			EXECUTE format('COMMENT ON FUNCTION mission_rates.%I(%s, %s, %s, %s,
				boolean, boolean, boolean, %4$s, numeric, integer, jsonb, date,
				text) IS %6$L',
				fn.name, form.class, form.meter, form.gallons, form.area,
				fn.words || form.words);
		END LOOP;
	END LOOP;
END
$script$;
