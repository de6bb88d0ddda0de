-- ---------------------------------------------------------------------------
-- Codes as text, as cities keep them
-- ---------------------------------------------------------------------------
--
-- STABLE, not IMMUTABLE: labels may be added.

SELECT _mission_rates.run(
	format('CREATE FUNCTION mission_rates.to_%1$s(%2$s)'
		   ' RETURNS mission_rates.%1$s AS ''MODULE_PATHNAME'', %3$L'
		   ' LANGUAGE C STABLE STRICT PARALLEL SAFE COST %4$s;'
		   'COMMENT ON FUNCTION mission_rates.to_%1$s(%2$s) IS %5$L',
		   f.type_name, f.argument, f.symbol, f.cost, f.words))
FROM (VALUES
	('customer_class', 'code text', 'to_customer_class', 50,
	 'Customer class of a code in any case, spaces around it left aside, Sec. 114-54(a)'),
	('meter_size', 'size text', 'to_meter_size', 80,
	 'Meter size of a text in inches, such as 3/4", 0.75, 1-1/2, 1.5 or 5/8x3/4 (a 5/8 meter)'),
	('meter_size', 'inches numeric', 'to_meter_size_inches', 80,
	 'Meter size of a number of inches, such as 0.75'),
	('service_area', 'area text', 'to_service_area', 50,
	 'Service area of a text in any case, spaces around it left aside')
) AS f (type_name, argument, symbol, cost, words);

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
