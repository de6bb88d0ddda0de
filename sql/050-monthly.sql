-- ---------------------------------------------------------------------------
-- Monthly charges
-- ---------------------------------------------------------------------------
--
-- The last two arguments are the first day of the service period, which picks
-- the schedule in force, and the name of a schedule outright, with which the
-- date is not looked at.
--
-- COST, here and below, is what was measured, in additions of two bigints.

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
COMMENT ON FUNCTION mission_rates.water_charge IS
'Dollars for a month of water: the minimum charge and the volume beyond it, Sec. 114-54(c)(2)';

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
'Dollars for a month of sewer: the fixed rate and the volume, or the flat fee where no meter works, Sec. 114-54(b)(2)';

CREATE FUNCTION mission_rates.fire_sprinkler_charge(
	diameter numeric,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'fire_sprinkler_charge'
	LANGUAGE C STABLE PARALLEL SAFE COST 25;
COMMENT ON FUNCTION mission_rates.fire_sprinkler_charge IS
'Dollars for a month of a connection for fire protection only, diameter in inches, Sec. 114-54(c)(2)';

-- A whole bill: four functions of the same arguments
SELECT _mission_rates.run(format('CREATE FUNCTION mission_rates.%1$I(
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
	RETURNS %2$s
	AS ''MODULE_PATHNAME'', %1$L
	LANGUAGE C STABLE PARALLEL SAFE COST %3$s', f.name, f.result, f.cost))
FROM (VALUES
	('bill', 'SETOF mission_rates.bill_line', '300 ROWS 4'),
	('bill_total', 'numeric', '20'),
	('billing_problem', 'text', '12'),
	('billing_problem_code', 'text', '12')
) AS f (name, result, cost);
COMMENT ON FUNCTION mission_rates.bill IS
'Lines of a monthly bill: water, sewer, sanitary dumping stations, fire sprinkler (inches) and service charges, Sec. 114-54(b)(2), (c)(2), 114-61';
COMMENT ON FUNCTION mission_rates.bill_total IS
'Dollars of a monthly bill: the sum of the lines of bill()';
COMMENT ON FUNCTION mission_rates.billing_problem IS
'What keeps bill() from making a bill, in a sentence; NULL where it can be made';
COMMENT ON FUNCTION mission_rates.billing_problem_code IS
'Stable code of what billing_problem() says, such as class_null';
