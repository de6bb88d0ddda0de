-- ---------------------------------------------------------------------------
-- Studies
-- ---------------------------------------------------------------------------

CREATE FUNCTION mission_rates.bill_tabulation(
	readings bigint[],
	step bigint DEFAULT 1000,
	OUT from_gallons bigint,
	OUT to_gallons bigint,
	OUT bills bigint,
	OUT gallons numeric,
	OUT cumulative_bills bigint,
	OUT cumulative_gallons numeric,
	OUT consolidated_gallons numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'bill_tabulation'
	LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 30;
COMMENT ON FUNCTION mission_rates.bill_tabulation IS
'Bill frequency table of AWWA manual M1: the bills that end in each step of gallons, both added up, and consolidated_gallons, all that all bills used up to to_gallons, which prices a block that ends there';

CREATE FUNCTION _mission_rates.explained(
	amount numeric,
	gallons bigint,
	service_date date,
	schedule text,
	OUT class mission_rates.customer_class,
	OUT meter mission_rates.meter_size,
	OUT area mission_rates.service_area,
	OUT metered boolean,
	OUT water boolean,
	OUT sewer boolean,
	OUT from_gallons bigint,
	OUT to_gallons bigint)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'explained'
	LANGUAGE C STABLE PARALLEL SAFE COST 100000 ROWS 60;
COMMENT ON FUNCTION _mission_rates.explained IS
'Combinations of explain_amount(), each by itself';

-- Sizes that agree for the same classes are one row.
CREATE FUNCTION mission_rates.explain_amount(
	amount numeric,
	gallons bigint DEFAULT NULL,
	service_date date DEFAULT NULL,
	schedule text DEFAULT NULL,
	OUT classes mission_rates.customer_class[],
	OUT meters mission_rates.meter_size[],
	OUT area mission_rates.service_area,
	OUT metered boolean,
	OUT water boolean,
	OUT sewer boolean,
	OUT from_gallons bigint,
	OUT to_gallons bigint)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE COST 100000 ROWS 20
BEGIN ATOMIC
	SELECT s.classes,
		   CASE WHEN s.water THEN array_agg(s.meter ORDER BY s.meter) END,
		   s.area, s.metered, s.water, s.sewer, s.from_gallons, s.to_gallons
	FROM (
		SELECT array_agg(e.class ORDER BY e.class) AS classes, e.meter, e.area,
			   e.metered, e.water, e.sewer, e.from_gallons, e.to_gallons
		FROM _mission_rates.explained($1, $2, $3, $4) AS e
		GROUP BY e.meter, e.area, e.metered, e.water, e.sewer, e.from_gallons,
				 e.to_gallons
	) AS s
	GROUP BY s.classes, s.area, s.metered, s.water, s.sewer, s.from_gallons,
			 s.to_gallons;
END;
COMMENT ON FUNCTION mission_rates.explain_amount IS
'Combinations of class, meter, place and services whose monthly bill is exactly this many dollars, and the gallons that give it, ends included, Sec. 114-54(b)(2), (c)(2)';
