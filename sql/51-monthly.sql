-- ---------------------------------------------------------------------------
-- Monthly charges
-- ---------------------------------------------------------------------------
--
-- The last two arguments are the first day of the service period, which picks
-- the schedule in force, and the name of a schedule outright, with which the
-- date is not looked at.
--
-- COST, here and below, is what was measured, in additions of two bigints.
-- billing_problem over text takes some 60 of them, but must not cost more than
-- bill_total: the planner would turn "problem IS NULL AND total > 0" around.

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

COMMENT ON FUNCTION mission_rates.water_charge IS
'Dollars for a month of water: the minimum charge and the volume beyond it, gallons being whole gallons; area NULL: as the rule of the class says; class, meter or gallons NULL gives NULL; no rate or schedule is P0002, negative gallons, a class where it may not be, or neither date nor schedule 22023, more than 10^12 gallons 22003; § 114-54(c)(2)';

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

COMMENT ON FUNCTION mission_rates.sewer_charge IS
'Dollars for a month of sewer: the fixed rate and the volume of all gallons times the factor, or the flat fee where no meter works (metered false, gallons not needed); area NULL: as the rule of the class says; class, metered or needed gallons NULL gives NULL; no rate or schedule is P0002, negative gallons, a class where it may not be, or neither date nor schedule 22023, more than 10^12 gallons 22003; § 114-54(b)(2)';

CREATE FUNCTION mission_rates.fire_sprinkler_charge(
	diameter numeric,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'fire_sprinkler_charge'
	LANGUAGE C STABLE PARALLEL SAFE COST 25;

COMMENT ON FUNCTION mission_rates.fire_sprinkler_charge IS
'Dollars for a month of a connection for fire protection only, diameter in inches; NULL gives NULL; no fee or schedule is P0002, a diameter of 0 or less, or neither date nor schedule 22023; § 114-54(c)(2)';

CREATE FUNCTION mission_rates.bill(
	class mission_rates.customer_class,
	meter mission_rates.meter_size,
	gallons bigint,
	area mission_rates.service_area DEFAULT NULL,
	metered boolean DEFAULT true,
	water boolean DEFAULT true,
	sewer boolean DEFAULT true,
	sewer_gallons bigint DEFAULT NULL,
	fire_sprinkler numeric DEFAULT NULL,
	dumping_stations integer DEFAULT 0,
	services jsonb DEFAULT NULL,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS SETOF mission_rates.bill_line
	AS 'MODULE_PATHNAME', 'bill'
	LANGUAGE C STABLE PARALLEL SAFE COST 300 ROWS 4;

COMMENT ON FUNCTION mission_rates.bill IS
'Lines of a monthly bill: water, sewer, fire sprinkler (inches), sanitary dumping stations and service charges; services: an object of codes and quantities of the service charges that the account has, NULL: none beside those on every bill; sewer_gallons where they are not the gallons of this meter; area NULL: as the rule of the class says; a needed class, meter, gallons, flag or count that is NULL gives no line; errors as billing_problem() words them: no rate, service or schedule P0002, a value out of its domain or nothing to bill 22023, more than 10^12 gallons 22003; §§ 114-54(b)(2), (c)(2), 114-61';

CREATE FUNCTION mission_rates.bill_total(
	class mission_rates.customer_class,
	meter mission_rates.meter_size,
	gallons bigint,
	area mission_rates.service_area DEFAULT NULL,
	metered boolean DEFAULT true,
	water boolean DEFAULT true,
	sewer boolean DEFAULT true,
	sewer_gallons bigint DEFAULT NULL,
	fire_sprinkler numeric DEFAULT NULL,
	dumping_stations integer DEFAULT 0,
	services jsonb DEFAULT NULL,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'bill_total'
	LANGUAGE C STABLE PARALLEL SAFE COST 20;

COMMENT ON FUNCTION mission_rates.bill_total IS
'Dollars of a monthly bill: the sum of the lines of bill() for the same arguments, negative where credits prevail; a needed class, meter, gallons, flag or count that is NULL gives NULL; errors as bill(); §§ 114-54(b)(2), (c)(2), 114-61';

CREATE FUNCTION mission_rates.billing_problem(
	class mission_rates.customer_class,
	meter mission_rates.meter_size,
	gallons bigint,
	area mission_rates.service_area DEFAULT NULL,
	metered boolean DEFAULT true,
	water boolean DEFAULT true,
	sewer boolean DEFAULT true,
	sewer_gallons bigint DEFAULT NULL,
	fire_sprinkler numeric DEFAULT NULL,
	dumping_stations integer DEFAULT 0,
	services jsonb DEFAULT NULL,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS text
	AS 'MODULE_PATHNAME', 'billing_problem'
	LANGUAGE C STABLE PARALLEL SAFE COST 12;

COMMENT ON FUNCTION mission_rates.billing_problem(
	mission_rates.customer_class, mission_rates.meter_size, bigint,
	mission_rates.service_area, boolean, boolean, boolean, bigint, numeric,
	integer, jsonb, date, text) IS
'What keeps bill() from making a bill of the same arguments: the message of its error, or which needed value is NULL; NULL where the bill can be made; never an error for bad account data';

CREATE FUNCTION mission_rates.billing_problem(
	class text,
	meter text,
	gallons numeric,
	area text DEFAULT NULL,
	metered boolean DEFAULT true,
	water boolean DEFAULT true,
	sewer boolean DEFAULT true,
	sewer_gallons numeric DEFAULT NULL,
	fire_sprinkler numeric DEFAULT NULL,
	dumping_stations integer DEFAULT 0,
	services jsonb DEFAULT NULL,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS text
	AS 'MODULE_PATHNAME', 'billing_problem_raw'
	LANGUAGE C STABLE PARALLEL SAFE COST 20;

COMMENT ON FUNCTION mission_rates.billing_problem(
	text, text, numeric, text, boolean, boolean, boolean, numeric, numeric,
	integer, jsonb, date, text) IS
'The same over codes as text and readings as numbers, as cities keep them: also names a code that is none and a fraction of a gallon; NULL where the bill can be made; never an error for bad account data';

CREATE FUNCTION mission_rates.billing_problem_code(
	class mission_rates.customer_class,
	meter mission_rates.meter_size,
	gallons bigint,
	area mission_rates.service_area DEFAULT NULL,
	metered boolean DEFAULT true,
	water boolean DEFAULT true,
	sewer boolean DEFAULT true,
	sewer_gallons bigint DEFAULT NULL,
	fire_sprinkler numeric DEFAULT NULL,
	dumping_stations integer DEFAULT 0,
	services jsonb DEFAULT NULL,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS text
	AS 'MODULE_PATHNAME', 'billing_problem_code'
	LANGUAGE C STABLE PARALLEL SAFE COST 12;

COMMENT ON FUNCTION mission_rates.billing_problem_code(
	mission_rates.customer_class, mission_rates.meter_size, bigint,
	mission_rates.service_area, boolean, boolean, boolean, bigint, numeric,
	integer, jsonb, date, text) IS
'The stable code, such as class_null or no_minimum, of what billing_problem() says of the same arguments, to group by; NULL where the bill can be made; never an error for bad account data';

CREATE FUNCTION mission_rates.billing_problem_code(
	class text,
	meter text,
	gallons numeric,
	area text DEFAULT NULL,
	metered boolean DEFAULT true,
	water boolean DEFAULT true,
	sewer boolean DEFAULT true,
	sewer_gallons numeric DEFAULT NULL,
	fire_sprinkler numeric DEFAULT NULL,
	dumping_stations integer DEFAULT 0,
	services jsonb DEFAULT NULL,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS text
	AS 'MODULE_PATHNAME', 'billing_problem_code_raw'
	LANGUAGE C STABLE PARALLEL SAFE COST 20;

COMMENT ON FUNCTION mission_rates.billing_problem_code(
	text, text, numeric, text, boolean, boolean, boolean, numeric, numeric,
	integer, jsonb, date, text) IS
'The stable code, such as class_unknown or gallons_fraction, of what billing_problem() says of the same arguments as cities keep them; NULL where the bill can be made; never an error for bad account data';
