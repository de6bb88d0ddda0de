-- The text forms: codes as text, gallons as numeric; and what is said of what cannot be read.
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT plan(69);

-- SQLSTATE, message, detail and hint of the error that a query raises
CREATE FUNCTION pg_temp.failure(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text;
	detail text;
	hint text;
BEGIN
	EXECUTE query;
	RETURN 'none';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE, message, nullif(detail, ''), nullif(hint, ''));
END $$;

-- ---- the same as the typed forms ----

CREATE TEMP TABLE account AS
SELECT c AS class, m AS meter, a AS area, g AS gallons,
	repeat(' ', g::integer % 3) || lower(c::text) AS class_text, m::text || CASE g % 2 WHEN 0 THEN '"' ELSE ' ' END AS meter_text,
	initcap(a::text) AS area_text, g::numeric(12, 3) AS gallons_numeric
FROM unnest(enum_range(NULL::mission_rates.customer_class)) AS c, unnest(enum_range(NULL::mission_rates.meter_size)) AS m,
	unnest(enum_range(NULL::mission_rates.service_area) || NULL) AS a, unnest('{0,999,6001,25000}'::bigint[]) AS g;
SELECT is_empty($$
	SELECT a.* FROM account AS a
	WHERE mission_rates.billing_problem(class, meter, gallons, area, service_date => '2026-10-01')
		IS DISTINCT FROM mission_rates.billing_problem(class_text, meter_text, gallons_numeric, area_text, service_date => '2026-10-01')
	LIMIT 3$$, 'billing_problem');
SELECT is_empty($$
	SELECT a.* FROM account AS a
	WHERE mission_rates.billing_problem_code(class, meter, gallons, area, metered => false, service_date => '2026-10-01')
		IS DISTINCT FROM mission_rates.billing_problem_code(class_text, meter_text, gallons_numeric, area_text, metered => false,
			service_date => '2026-10-01')
	LIMIT 3$$, 'billing_problem_code');
DELETE FROM account WHERE mission_rates.billing_problem(class, meter, gallons, area, service_date => '2026-10-01') IS NOT NULL;
SELECT cmp_ok(count(*), '>', 300::bigint, 'enough is left to be billed') FROM account;
SELECT is_empty($$
	SELECT a.* FROM account AS a
	WHERE mission_rates.bill_total(class, meter, gallons, area, sewer_gallons => 7 * gallons, fire_sprinkler => 2.5, dumping_stations => 2, service_date => '2026-10-01')
		IS DISTINCT FROM mission_rates.bill_total(class_text, meter_text, gallons_numeric, area_text, sewer_gallons => 7 * gallons_numeric,
			fire_sprinkler => 2.5, dumping_stations => 2, service_date => '2026-10-01')
	LIMIT 3$$, 'bill_total');
SELECT is_empty($$
	SELECT a.* FROM account AS a
	WHERE mission_rates.water_charge(class, meter, gallons, area, '2026-10-01')
		IS DISTINCT FROM mission_rates.water_charge(class_text, meter_text, gallons_numeric, area_text, '2026-10-01')
	LIMIT 3$$, 'water_charge');
SELECT is_empty($$
	SELECT a.* FROM account AS a, unnest('{true,false}'::boolean[]) AS metered
	WHERE mission_rates.sewer_charge(class, gallons, area, metered, '2026-10-01')
		IS DISTINCT FROM mission_rates.sewer_charge(class_text, gallons_numeric, area_text, metered, '2026-10-01')
	LIMIT 3$$, 'sewer_charge');
SELECT is_empty($$
	SELECT a.* FROM account AS a
	WHERE ARRAY(SELECT b FROM mission_rates.bill(class, meter, gallons, area, service_date => '2026-10-01') AS b)
		IS DISTINCT FROM ARRAY(SELECT b FROM mission_rates.bill(class_text, meter_text, gallons_numeric, area_text, service_date => '2026-10-01') AS b)
	LIMIT 3$$, 'bill');
SELECT is_empty($$
	SELECT a.* FROM account AS a
	WHERE ARRAY(SELECT b FROM mission_rates.bill_comparison('Ordinance 5244', 'Ordinance 5244', class, meter, ARRAY[gallons, NULL, 5], area) AS b)
		IS DISTINCT FROM ARRAY(SELECT b FROM mission_rates.bill_comparison('Ordinance 5244', 'Ordinance 5244', class_text, meter_text,
			ARRAY[gallons_numeric, NULL, 5.0], area_text) AS b)
	LIMIT 3$$, 'bill_comparison');
SELECT is_empty($$
	SELECT m, a FROM unnest(enum_range('3/4'::mission_rates.meter_size, '1')) AS m, unnest(enum_range(NULL::mission_rates.service_area)) AS a
	WHERE mission_rates.water_tap_charge(m, a, schedule => 'Ordinance 5244')
		IS DISTINCT FROM mission_rates.water_tap_charge(' ' || m::text || ' in.', upper(a::text), schedule => 'Ordinance 5244')$$, 'water_tap_charge');
SELECT is_empty($$
	SELECT c FROM unnest(enum_range(NULL::mission_rates.deposit_category)) AS c
	WHERE mission_rates.deposit_required(c, 3000, schedule => 'Ordinance 5244')
		IS DISTINCT FROM mission_rates.deposit_required(upper(c::text) || ' ', 3000, schedule => 'Ordinance 5244')$$, 'deposit_required');
SELECT is_empty($$
	SELECT c FROM unnest(enum_range(NULL::mission_rates.deposit_category) || NULL) AS c
	WHERE ARRAY(SELECT b FROM mission_rates.opening_quote(c, CASE WHEN c IS NOT NULL THEN 3000 END, tap_meter => '3/4', tap_area => 'outside', schedule => 'Ordinance 5244') AS b)
		IS DISTINCT FROM ARRAY(SELECT b FROM mission_rates.opening_quote(initcap(c::text), CASE WHEN c IS NOT NULL THEN 3000 END, tap_meter => '.75', tap_area => 'Outside ', schedule => 'Ordinance 5244') AS b)$$,
	'opening_quote');
SELECT is((SELECT sum(amount) FROM mission_rates.opening_quote(NULL::text, tap_meter => '1', schedule => 'Ordinance 5244')),
	(SELECT sum(amount) FROM mission_rates.opening_quote(NULL::mission_rates.deposit_category, tap_meter => '1', schedule => 'Ordinance 5244')),
	'opening_quote: a tap is inside by default');

-- ---- what cannot be read ----

SELECT is(pg_temp.failure(call), expected, call)
FROM (VALUES
	($$SELECT * FROM mission_rates.bill('A7', '3/4', 6000, service_date => '2026-10-01')$$,
	 '22023 | invalid customer class: "A7" | It is not a value of mission_rates.customer_class. | The classes are A1, A2, A3, A4, A5, A6, A8, A9.'),
	($$SELECT mission_rates.bill_total('A1', ' 01', 6000, service_date => '2026-10-01')$$,
	 '22023 | invalid meter size: "01" | It is not the size in inches of any value of mission_rates.meter_size. | The sizes are 1/2, 5/8, 3/4, 1, 1 1/2, 2, 3, 4, 6, 8, 10, 12.'),
	($$SELECT mission_rates.sewer_charge('A1', 6000, 'out', service_date => '2026-10-01')$$,
	 '22023 | invalid service area: "out" | It is not a value of mission_rates.service_area. | The areas are inside, outside.'),
	($$SELECT mission_rates.deposit_required('church')$$,
	 '22023 | invalid deposit category: "church" | It is not a value of mission_rates.deposit_category. | The categories are homeowner, tenant, traveling_meter, commercial, school, hospital, trailer_park.'),
	($$SELECT mission_rates.to_customer_class(repeat('ä', 61))$$,
	 '22023 | invalid customer class: "' || repeat('ä', 60) || '..." | It is not a value of mission_rates.customer_class. | The classes are A1, A2, A3, A4, A5, A6, A8, A9.'),
	($$SELECT mission_rates.to_meter_size(1.25)$$,
	 '22023 | invalid meter size: "1.25" | It is not the size in inches of any value of mission_rates.meter_size. | The sizes are 1/2, 5/8, 3/4, 1, 1 1/2, 2, 3, 4, 6, 8, 10, 12.'))
	AS v (call, expected);
SELECT is(split_part(pg_temp.failure(call), ' | ', 1) || ' ' || split_part(pg_temp.failure(call), ' | ', 2), expected, call)
FROM (VALUES
	-- a blank is no NULL
	($$SELECT mission_rates.bill_total('  ', '3/4', 6000, service_date => '2026-10-01')$$, '22023 invalid customer class: ""'),
	($$SELECT mission_rates.water_charge('A1', '', 6000, service_date => '2026-10-01')$$, '22023 invalid meter size: ""'),
	($$SELECT mission_rates.water_charge('A1', '1', 6000, E' \t', service_date => '2026-10-01')$$, '22023 invalid service area: ""'),
	($$SELECT mission_rates.water_tap_charge('', 'inside')$$, '22023 invalid meter size: ""'),
	($$SELECT * FROM mission_rates.opening_quote('')$$, '22023 invalid deposit category: ""'),
	-- the order: schedule, NULLs, values in the order of the arguments, rates
	($$SELECT mission_rates.bill_total('A7', '3/4', 6000)$$, '22023 no service date and no schedule'),
	($$SELECT mission_rates.bill_total('A7', '3/4', 6000, schedule => 'none')$$, 'P0002 unknown rate schedule "none"'),
	($$SELECT mission_rates.water_tap_charge('x', 'inside', schedule => 'none')$$, 'P0002 unknown rate schedule "none"'),
	($$SELECT mission_rates.bill_total('A1', 'x', -5, 'y', service_date => '2026-10-01')$$, '22023 invalid meter size: "x"'),
	($$SELECT mission_rates.bill_total('A1', '3/4', -5, 'y', service_date => '2026-10-01')$$, '22023 gallons is negative: -5 (schedule "Ordinance 5244")'),
	($$SELECT mission_rates.bill_total('A1', '3/4', 5, 'y', sewer_gallons => 0.5, service_date => '2026-10-01')$$, '22023 invalid service area: "y"'),
	($$SELECT mission_rates.bill_total('A1', '3/4', 5, sewer_gallons => 0.5, fire_sprinkler => 0, service_date => '2026-10-01')$$,
	 '22023 sewer_gallons is not a whole number: 0.5 (schedule "Ordinance 5244")'),
	($$SELECT mission_rates.bill_total('A1', '3/4', 5, fire_sprinkler => 0, dumping_stations => -1, service_date => '2026-10-01')$$,
	 '22023 fire_sprinkler is zero (schedule "Ordinance 5244")'),
	($$SELECT mission_rates.bill_total('A1', '3/4', 5, dumping_stations => -1, services => '[]', service_date => '2026-10-01')$$,
	 '22023 dumping_stations is negative: -1 (schedule "Ordinance 5244")'),
	($$SELECT mission_rates.bill_total('A1', '3/4', 5, services => '[]', service_date => '2026-10-01')$$,
	 '22023 services is not an object: [] (schedule "Ordinance 5244")'),
	($$SELECT mission_rates.bill_total('A1', '3/4', 1e12 + 1, service_date => '2026-10-01')$$,
	 '22003 gallons is more than 1000000000000: 1000000000001 (schedule "Ordinance 5244")'),
	($$SELECT mission_rates.bill_total('A1', '3/4', 'NaN', service_date => '2026-10-01')$$,
	 '22023 gallons is not a finite number: NaN (schedule "Ordinance 5244")'),
	($$SELECT mission_rates.bill_total('A6', '3/4', 6000, service_date => '2026-10-01')$$, 'P0002 no water rate for class A6 (schedule "Ordinance 5244")'),
	($$SELECT * FROM mission_rates.bill_comparison('Ordinance 5244', 'Ordinance 5244', 'A1', '3/4', ARRAY[0.5])$$,
	 '22023 gallons is not a whole number: 0.5 (schedule "Ordinance 5244")'),
	-- labels are exact in the typed form
	($$SELECT mission_rates.billing_problem('a1', '3/4', 6000::bigint, service_date => '2026-10-01')$$,
	 '22P02 invalid input value for enum mission_rates.customer_class: "a1"')) AS v (call, expected);

-- NULL is not known, whatever else is wrong
SELECT is(mission_rates.bill_total(NULL, 'x', -1, service_date => '2026-10-01'), NULL, 'NULL before what cannot be read');
SELECT is(mission_rates.billing_problem(NULL, 'x', -1, service_date => '2026-10-01'), 'class is NULL', '... and its sentence');
SELECT is(mission_rates.water_tap_charge('x', NULL, schedule => 'Ordinance 5244'), NULL, 'of a tap');
SELECT is(mission_rates.billing_problem('A7', '3/4', 6000, service_date => '2026-10-01'), 'invalid customer class: "A7"', 'the sentence has no hint');
SELECT is(mission_rates.bill_total('A1', NULL, 6000, water => false, service_date => '2026-10-01'), 17.70, 'a size that is not needed');
SELECT is((SELECT array_agg(b ORDER BY gallons) FROM mission_rates.bill_comparison('Ordinance 5244', 'Ordinance 5244', 'a1', '0.75')),
	(SELECT array_agg(mission_rates.bill_total('A1'::mission_rates.customer_class, '3/4', g, service_date => '2026-10-01') ORDER BY g)
	 FROM unnest('{0,1000,2000,5000,10000,25000}'::bigint[]) AS g), 'bill_comparison of bare literals');

-- A label that is added is read at once
SELECT lives_ok($$SELECT mission_rates.add_class('B1')$$, 'a label is added');
SELECT is(pg_temp.failure($$SELECT mission_rates.bill_total('b1', '3/4', 6000, service_date => '2026-10-01')$$) LIKE 'P0002 | no rates for class B1 %', true,
	'... and read at once');

-- ---- characters that stand for plain ones ----

SELECT is(mission_rates.to_meter_size(size)::text, label, quote_literal(size))
FROM (VALUES
	('¾', '3/4'), ('1½', '1 1/2'), ('1-½', '1 1/2'), ('1 ½', '1 1/2'), ('⅝', '5/8'), ('½', '1/2'), ('⅝x¾', '5/8'),
	(E'\u00a03/4\u00a0', '3/4'), (E'1\u00a01/2', '1 1/2'), ('3/4”', '3/4'), ('¾″', '3/4'), ('3/4’’', '3/4'), ('3/4′′', '3/4'), ('5/8″ x 3/4″', '5/8'))
	AS v (size, label);
SELECT is(pg_temp.failure(format('SELECT mission_rates.to_meter_size(%L)', size)) ~ '^22023', true, quote_literal(size))
FROM unnest('{¼,⅛,⅜,⅞,3/4’,1/½,½½,é}'::text[]) AS size;
SELECT is(mission_rates.to_customer_class(E'\u00a0a1\u00a0'), 'A1', 'a code between no-break spaces');

SELECT * FROM finish();
ROLLBACK;
