-- ---------------------------------------------------------------------------
-- Codes as text, as cities keep them
-- ---------------------------------------------------------------------------
--
-- STABLE, not IMMUTABLE: labels may be added.

CREATE FUNCTION mission_rates.to_customer_class(code text)
	RETURNS mission_rates.customer_class
	AS 'MODULE_PATHNAME', 'to_customer_class'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mission_rates.to_customer_class IS
'Customer class of a code in any case, spaces around it left aside, Sec. 114-54(a)';

CREATE FUNCTION mission_rates.to_meter_size(size text)
	RETURNS mission_rates.meter_size
	AS 'MODULE_PATHNAME', 'to_meter_size'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 80;
COMMENT ON FUNCTION mission_rates.to_meter_size(text) IS
'Meter size of a text in inches, such as 3/4", 0.75, 1-1/2, 1.5 or 5/8x3/4 (a 5/8 meter)';

CREATE FUNCTION mission_rates.to_meter_size(inches numeric)
	RETURNS mission_rates.meter_size
	AS 'MODULE_PATHNAME', 'to_meter_size_inches'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 80;
COMMENT ON FUNCTION mission_rates.to_meter_size(numeric) IS
'Meter size of a number of inches, such as 0.75';

CREATE FUNCTION mission_rates.to_service_area(area text)
	RETURNS mission_rates.service_area
	AS 'MODULE_PATHNAME', 'to_service_area'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mission_rates.to_service_area IS
'Service area of a text in any case, spaces around it left aside';

-- Each function with a code has two forms.  The typed form above takes the
-- extension's own types, and is faster.  The text form, made of it here, takes
-- codes as text and gallons as numeric; it is chosen where a code is text or all
-- of them are bare literals.
--
-- billing_problem over text takes some 60 additions, but must not cost more than
-- bill_total: the planner would turn "problem IS NULL AND total > 0" around.
SELECT _mission_rates.run(
	replace(replace(regexp_replace(
		format('CREATE FUNCTION mission_rates.%1$I(%2$s) RETURNS %3$s'
			   ' AS ''MODULE_PATHNAME'', ''%1$s_text'''
			   ' LANGUAGE C STABLE PARALLEL SAFE COST %4$s %5$s;'
			   'COMMENT ON FUNCTION mission_rates.%1$I(%6$s) IS'
			   ' ''The same of codes as text and gallons as numbers''',
			   t.name, pg_get_function_arguments(p.oid),
			   pg_get_function_result(p.oid), t.cost,
			   'ROWS ' || nullif(p.prorows, 0),
			   pg_get_function_identity_arguments(p.oid)),
		'mission_rates[.](customer_class|meter_size|service_area|deposit_category)',
		'text', 'g'),
		'gallons bigint', 'gallons numeric'),
		'NULL::bigint', 'NULL::numeric'))
FROM (VALUES
	('water_charge', 45),
	('sewer_charge', 40),
	('bill', 300),
	('bill_total', 60),
	('billing_problem', 20),
	('billing_problem_code', 20),
	('water_tap_charge', 15),
	('deposit_required', 60),
	('opening_quote', 400)
) AS t (name, cost)
JOIN pg_proc AS p ON p.proname = t.name
	AND p.pronamespace = 'mission_rates'::regnamespace;
