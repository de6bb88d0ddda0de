-- ---------------------------------------------------------------------------
-- The rate tables in words
-- ---------------------------------------------------------------------------
--
-- One function for each rate table, named after it, tells what each value of
-- its rows is called and where the rate sheet prints it.  The function
-- rate_values() joins them; reports and checks read that.  Bodies that read rate
-- tables are strings: with BEGIN ATOMIC no later version could change a column's
-- type without dropping them first.

-- Words that bills print too

CREATE FUNCTION _mission_rates.rate_text(amount numeric)
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT round($1, greatest(2, min_scale($1)))::text;
END;
COMMENT ON FUNCTION _mission_rates.rate_text IS
'Amount or rate with two decimals, or more where it has more';

CREATE FUNCTION _mission_rates.count_text(quantity numeric)
	RETURNS text
	AS 'MODULE_PATHNAME', 'count_text'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.count_text IS
'Number of gallons, feet or rows with commas between the thousands';

CREATE FUNCTION _mission_rates.gallons_text(above bigint, upto bigint)
	RETURNS text
	AS 'MODULE_PATHNAME', 'gallons_text'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.gallons_text IS
'Gallons that a block covers, such as "gallons 1,000 to 19,999"; upto NULL: the last block';

CREATE FUNCTION _mission_rates.square_feet_text(above numeric, upto numeric)
	RETURNS text
	AS 'MODULE_PATHNAME', 'square_feet_text'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.square_feet_text IS
'Buildings that a step of a deposit covers, such as ", above 2,000 to 5,000 square feet"; upto NULL: the last step; empty where there is only one';

CREATE FUNCTION _mission_rates.line_size_text(
	line_inches numeric,
	larger_than boolean)
	RETURNS text
	AS 'MODULE_PATHNAME', 'line_size_text'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.line_size_text IS
'Sewer lines that a permit is for, such as "larger than 8 inch"';

CREATE FUNCTION _mission_rates.label_position(label anyenum)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'enum_position'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.label_position IS
'Number that orders the labels of an enum as the enum does';

-- What is said of a value

CREATE TYPE _mission_rates.rate_value AS (
	rate_table		text,
	item_order		numeric[],
	item			text,
	column_order	integer,
	column_name		text,
	value			text,
	amount			numeric,
	open_value		text,
	unit			text,
	section			text,
	sheet_section	text,
	sheet_item		text,
	sheet_column	text,
	meter_size		mission_rates.meter_size
);
COMMENT ON TYPE _mission_rates.rate_value IS
'Value of a rate row';
SELECT _mission_rates.run(
	format('COMMENT ON COLUMN _mission_rates.rate_value.%I IS %L', c.name, c.words))
FROM (VALUES
	('rate_table', 'Table of the row'),
	('item_order', 'Order of the items of a table'),
	('item', 'Name of the row within its table, alike in all schedules'),
	('column_order', 'Order of the values of a row, from 1'),
	('column_name', 'Column of the value'),
	('value', 'Value as text; NULL where the row leaves it open'),
	('amount', 'Value that is a number; else NULL'),
	('open_value', 'What it means to leave the value open'),
	('unit', 'Unit of the amount'),
	('section', 'Section of the row; NULL where the table has none'),
	('sheet_section', 'Section of the rate sheet that the value is in; NULL: that of the row'),
	('sheet_item', 'Item of the rate sheet, or its beginning before a meter size; NULL: not printed'),
	('sheet_column', 'Column label of the rate sheet'),
	('meter_size', 'Size that ends the item of the rate sheet, where neighboring sizes that agree become one item')
) AS c (name, words);

-- The tables

-- Each term of a schedule counts as a row.  The terms have no section; the rate
-- sheet prints them with the rates they go with.
CREATE FUNCTION _mission_rates.schedule_values(schedule text)
	RETURNS SETOF _mission_rates.rate_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'schedule', ARRAY[t.term_order], t.term, 1, 'amount',
		   _mission_rates.count_text(t.amount), t.amount, 'not set', t.unit,
		   NULL, coalesce(t.section, ''), t.words, t.term,
		   NULL::mission_rates.meter_size
	FROM mission_rates.schedule AS s
	CROSS JOIN LATERAL (
		SELECT (SELECT min(v.section COLLATE "C")
				FROM mission_rates.water_volume AS v
				WHERE v.schedule = s.schedule) AS volume,
			   (SELECT min(w.section COLLATE "C")
				FROM mission_rates.water_tap AS w
				WHERE w.schedule = s.schedule) AS tap,
			   max(f.section) FILTER (WHERE f.code = 'boring') AS boring,
			   max(f.section) FILTER (WHERE f.code = 'late_fee') AS late,
			   max(f.section) FILTER (WHERE f.code = 'meter_test') AS test
		FROM mission_rates.fee AS f
		WHERE f.schedule = s.schedule
	) AS place
	CROSS JOIN LATERAL (VALUES
		(1, 'volume_step', s.volume_step, 'gallon',
		 place.volume, 'Step of consumption'),
		(2, 'due_days', s.due_days, 'day',
		 place.late, 'Bill due, after mailing'),
		(3, 'notice_days', s.notice_days, 'day',
		 place.late, 'Last day to pay, after notice'),
		(4, 'included_pipe_feet', s.included_pipe_feet, 'foot',
		 place.tap, 'Pipe that a tap includes'),
		(5, 'boring_from_inches', s.boring_from_inches, 'inch',
		 place.boring, 'Smallest line bored'),
		(6, 'boring_to_inches', s.boring_to_inches, 'inch',
		 place.boring, 'Largest line bored'),
		(7, 'waiver_overcharge', s.waiver_overcharge,
		 'of the corrected charge',
		 place.test, 'Overcharge that waives the test fee')
	) AS t (term_order, term, amount, unit, section, words)
	WHERE s.schedule = $1
$$;

-- The rate sheet prints a class as one line.  The table has no sections.
CREATE FUNCTION _mission_rates.class_rule_values(schedule text)
	RETURNS SETOF _mission_rates.rate_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'class_rule', ARRAY[_mission_rates.label_position(r.class)],
		   'class ' || r.class::text, c.column_order, c.column_name, c.value,
		   NULL::numeric, c.open_value, NULL, NULL, '114-54(a)',
		   CASE WHEN c.column_order = 1 THEN r.class::text || ' ' || r.label END,
		   coalesce(r.rate_group::text || ' minimum', 'no minimum')
		   || ', ' || r.service_area::text
		   || coalesce(', outside as ' || r.outside_class::text, ', never outside'),
		   NULL::mission_rates.meter_size
	FROM mission_rates.class_rule AS r
	CROSS JOIN LATERAL (VALUES
		(1, 'label', r.label, NULL),
		(2, 'rate_group', r.rate_group::text, 'no minimum'),
		(3, 'service_area', r.service_area::text, NULL),
		(4, 'outside_class', r.outside_class::text, 'never outside')
	) AS c (column_order, column_name, value, open_value)
	WHERE r.schedule = $1
$$;

CREATE FUNCTION _mission_rates.deposit_values(schedule text)
	RETURNS SETOF _mission_rates.rate_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'deposit', ARRAY[_mission_rates.label_position(d.category), d.above],
		   d.words || _mission_rates.square_feet_text(d.above, NULL),
		   c.column_order, c.column_name, _mission_rates.rate_text(c.amount),
		   c.amount, NULL, 'each', d.section, NULL,
		   d.words || _mission_rates.square_feet_text(d.above, d.upto),
		   replace(c.column_name, '_', ' '), NULL::mission_rates.meter_size
	FROM (SELECT p.category, replace(p.category::text, '_', ' ') AS words,
				 p.above_square_feet AS above,
				 lead(p.above_square_feet)
				 OVER (PARTITION BY p.category
					   ORDER BY p.above_square_feet) AS upto,
				 p.deposit, p.service_fee, p.section
		  FROM mission_rates.deposit AS p
		  WHERE p.schedule = $1) AS d
	CROSS JOIN LATERAL (VALUES
		(1, 'deposit', d.deposit),
		(2, 'service_fee', d.service_fee)
	) AS c (column_order, column_name, amount)
$$;

CREATE FUNCTION _mission_rates.sewer_permit_values(schedule text)
	RETURNS SETOF _mission_rates.rate_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'sewer_permit', ARRAY[p.line_inches, p.larger_than::integer],
		   _mission_rates.line_size_text(p.line_inches, p.larger_than),
		   1, 'amount', _mission_rates.rate_text(p.amount), p.amount,
		   'as determined by the city', 'each', p.section, NULL,
		   _mission_rates.line_size_text(p.line_inches, p.larger_than),
		   'permit', NULL::mission_rates.meter_size
	FROM mission_rates.sewer_permit AS p
	WHERE p.schedule = $1
$$;

CREATE FUNCTION _mission_rates.sewer_rate_values(schedule text)
	RETURNS SETOF _mission_rates.rate_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'sewer_rate', ARRAY[_mission_rates.label_position(s.class)],
		   'class ' || s.class::text, c.column_order, c.column_name,
		   _mission_rates.rate_text(c.amount), c.amount,
		   CASE WHEN s.factor IS NULL THEN 'flat rate' ELSE 'by blocks' END,
		   c.unit, s.section, NULL, concat_ws(' ', s.class, r.label),
		   c.words, NULL::mission_rates.meter_size
	FROM mission_rates.sewer_rate AS s
	LEFT JOIN mission_rates.class_rule AS r
		ON r.schedule = s.schedule AND r.class = s.class
	CROSS JOIN LATERAL (VALUES
		(1, 'fixed', s.fixed, 'month', 'fixed rate'),
		(2, 'rate_per_1000', s.rate_per_1000, '1,000 gallons',
		 'variable rate'),
		(3, 'factor', s.factor, 'of water consumption',
		 'multiplication factor')
	) AS c (column_order, column_name, amount, unit, words)
	WHERE s.schedule = $1
$$;

CREATE FUNCTION _mission_rates.water_tap_values(schedule text)
	RETURNS SETOF _mission_rates.rate_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'water_tap', ARRAY[t.compound::integer,
				 _mission_rates.label_position(t.meter_size),
				 _mission_rates.label_position(t.service_area)],
		   t.meter_size::text || ' inch'
		   || CASE WHEN t.compound THEN ' compound, ' ELSE ', ' END
		   || t.service_area::text,
		   1, 'amount', _mission_rates.rate_text(t.amount), t.amount,
		   'at market price', 'each', t.section, NULL,
		   CASE WHEN t.compound THEN 'compound, ' ELSE '' END,
		   t.service_area::text, t.meter_size
	FROM mission_rates.water_tap AS t
	WHERE t.schedule = $1
$$;

CREATE FUNCTION _mission_rates.water_minimum_values(schedule text)
	RETURNS SETOF _mission_rates.rate_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'water_minimum', ARRAY[_mission_rates.label_position(m.rate_group),
				 _mission_rates.label_position(m.meter_size),
				 _mission_rates.label_position(m.service_area)],
		   m.rate_group::text || ', ' || m.meter_size::text || ' inch, '
		   || m.service_area::text,
		   1, 'amount', _mission_rates.rate_text(m.amount), m.amount,
		   NULL, 'month', m.section, NULL,
		   m.rate_group::text || ', ', m.service_area::text, m.meter_size
	FROM mission_rates.water_minimum AS m
	WHERE m.schedule = $1
$$;

-- Both tables of blocks
CREATE FUNCTION _mission_rates.rate_blocks(
	schedule text,
	OUT rate_table text,
	OUT class mission_rates.customer_class,
	OUT number bigint,
	OUT above_gallons bigint,
	OUT upto bigint,
	OUT item text,
	OUT rate numeric,
	OUT section text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT b.rate_table, b.class, row_number() OVER steps, b.above_gallons,
		   lead(b.above_gallons) OVER steps,
		   'class ' || b.class::text || ', above '
		   || _mission_rates.count_text(b.above_gallons) || ' gallons',
		   b.rate_per_1000, b.section
	FROM (SELECT 'water_volume' AS rate_table, w.*
		  FROM mission_rates.water_volume AS w
		  UNION ALL
		  SELECT 'sewer_volume', v.*
		  FROM mission_rates.sewer_volume AS v) AS b
	WHERE b.schedule = $1
	WINDOW steps AS (PARTITION BY b.rate_table, b.class
					 ORDER BY b.above_gallons)
$$;
COMMENT ON FUNCTION _mission_rates.rate_blocks IS
'Blocks by volume of a schedule, water and sewer, numbered in each class from the lowest; upto NULL: the last one';

SELECT _mission_rates.run(format($form$
	CREATE FUNCTION _mission_rates.%1$s_values(schedule text)
		RETURNS SETOF _mission_rates.rate_value
		LANGUAGE sql STABLE PARALLEL SAFE
		SET search_path = pg_catalog, pg_temp
		AS $$
		SELECT %1$L, ARRAY[_mission_rates.label_position(b.class), b.above_gallons],
			   b.item, 1, 'rate_per_1000', _mission_rates.rate_text(b.rate), b.rate,
			   NULL, '1,000 gallons', b.section, NULL,
			   concat_ws(' ', b.class, r.label),
			   _mission_rates.gallons_text(b.above_gallons, b.upto),
			   NULL::mission_rates.meter_size
		FROM _mission_rates.rate_blocks($1) AS b
		LEFT JOIN mission_rates.class_rule AS r
			ON r.schedule = $1 AND r.class = b.class
		WHERE b.rate_table = %1$L
	$$
	$form$, t.rate_table))
FROM (VALUES ('water_volume'), ('sewer_volume')) AS t (rate_table);

-- Fees that the ordinance does not know come last, by their code.
CREATE FUNCTION _mission_rates.fee_values(schedule text)
	RETURNS SETOF _mission_rates.rate_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'fee', ARRAY[k.charge_order], f.code, c.column_order,
		   c.column_name, c.value, c.amount, NULL, f.unit, f.section,
		   NULL, CASE WHEN c.column_order = 1 THEN f.label END, f.code,
		   NULL::mission_rates.meter_size
	FROM mission_rates.fee AS f
	LEFT JOIN _mission_rates.charge_codes() AS k
		ON k.charge = f.code AND k.is_fee
	CROSS JOIN LATERAL (VALUES
		(1, 'amount', _mission_rates.rate_text(f.amount), f.amount),
		(2, 'unit', f.unit, NULL),
		(3, 'label', f.label, NULL)
	) AS c (column_order, column_name, value, amount)
	WHERE f.schedule = $1
$$;

-- The rate sheet prints a service charge as one line: its unit says what it is a
-- part of.
CREATE FUNCTION _mission_rates.service_charge_values(schedule text)
	RETURNS SETOF _mission_rates.rate_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'service_charge', ARRAY[NULL, dense_rank() OVER (ORDER BY s.code COLLATE "C"),
				 _mission_rates.label_position(s.class)],
		   s.code || ', class ' || s.class::text, c.column_order,
		   c.column_name, c.value, c.amount, c.open_value,
		   s.unit || CASE WHEN s.above_gallons > 0
						  THEN ' above '
							   || _mission_rates.count_text(s.above_gallons)
						  ELSE '' END
		   || coalesce(' of ' || t.codes, ''),
		   s.section, NULL,
		   CASE WHEN c.column_order = 1
				THEN s.label || CASE WHEN s.every_bill THEN ', on every bill'
									 ELSE '' END END,
		   s.code || ', ' || concat_ws(' ', s.class, r.label),
		   NULL::mission_rates.meter_size
	FROM mission_rates.service_charge AS s
	LEFT JOIN mission_rates.class_rule AS r
		ON r.schedule = s.schedule AND r.class = s.class
	CROSS JOIN LATERAL (SELECT string_agg(u.code, ', ' ORDER BY u.code
										  COLLATE "C") AS codes
						FROM unnest(s.base_charges) AS u (code)) AS t
	CROSS JOIN LATERAL (VALUES
		(1, 'amount', _mission_rates.rate_text(s.amount), s.amount, NULL),
		(2, 'unit', s.unit, NULL, NULL),
		(3, 'above_gallons', _mission_rates.count_text(s.above_gallons),
		 s.above_gallons, NULL),
		(4, 'base_charges', t.codes, NULL, 'no other charge'),
		(5, 'every_bill', s.every_bill::text, NULL, NULL),
		(6, 'label', s.label, NULL, NULL)
	) AS c (column_order, column_name, value, amount, open_value)
	WHERE s.schedule = $1
$$;

-- All of them
SELECT _mission_rates.run(
	format('COMMENT ON FUNCTION _mission_rates.%I IS %L', t.rate_table || '_values',
		   'Values of the table ' || t.rate_table))
FROM _mission_rates.rate_tables() AS t;

SELECT _mission_rates.run(
	format('CREATE FUNCTION _mission_rates.rate_values(schedule text)'
		   ' RETURNS SETOF _mission_rates.rate_value'
		   ' LANGUAGE sql STABLE PARALLEL SAFE ROWS 300'
		   ' SET search_path = pg_catalog, pg_temp AS %L',
		   string_agg(format('SELECT v.* FROM _mission_rates.%I($1) AS v',
							 t.rate_table || '_values'), ' UNION ALL ')))
FROM _mission_rates.rate_tables() AS t;
COMMENT ON FUNCTION _mission_rates.rate_values IS
'Values of all rate rows of a schedule';

-- Two schedules side by side

CREATE TYPE _mission_rates.value_pair AS (
	a	_mission_rates.rate_value,
	b	_mission_rates.rate_value
);
COMMENT ON TYPE _mission_rates.value_pair IS
'Value as two schedules have it';
COMMENT ON COLUMN _mission_rates.value_pair.a IS
'Value in the first; NULL: no such row';
COMMENT ON COLUMN _mission_rates.value_pair.b IS
'Value in the second; NULL: no such row';

CREATE FUNCTION _mission_rates.value_pairs(schedule_a text, schedule_b text)
	RETURNS SETOF _mission_rates.value_pair
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 300
	SET search_path = pg_catalog, pg_temp
	AS $$
	WITH v AS (		-- one call for both, which is planned once
		SELECT s.side, r AS value
		FROM unnest(ARRAY[$1, $2]) WITH ORDINALITY AS s (schedule, side)
		CROSS JOIN LATERAL _mission_rates.rate_values(s.schedule) AS r)
	SELECT a.value, b.value
	FROM (SELECT v.value FROM v WHERE v.side = 1) AS a
	FULL JOIN (SELECT v.value FROM v WHERE v.side = 2) AS b
		ON (b.value).rate_table = (a.value).rate_table
		AND (b.value).item = (a.value).item
		AND (b.value).column_name = (a.value).column_name
$$;
COMMENT ON FUNCTION _mission_rates.value_pairs IS
'Values of two schedules side by side';

-- The one place that tells which amounts are which kind of charge.  A unit may
-- be that of the row, "dollar", or in words, "dollar of water_volume".
CREATE FUNCTION _mission_rates.charge_group(
	rate_table text,
	column_name text,
	code text,
	unit text)
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
		WHEN $1 = 'water_minimum' AND $2 = 'amount' THEN 'water'
		WHEN $1 = 'water_volume' AND $2 = 'rate_per_1000' THEN 'water'
		WHEN $1 = 'sewer_rate' AND $2 IN ('fixed', 'rate_per_1000') THEN 'sewer'
		WHEN $1 = 'sewer_volume' AND $2 = 'rate_per_1000' THEN 'sewer'
		WHEN $1 = 'service_charge' AND $2 = 'amount' AND $4 NOT LIKE 'dollar%'
			THEN 'services'
		WHEN $1 = 'fee' AND $2 = 'amount' AND $3 <> 'late_fee'
			THEN CASE (SELECT c.service
					   FROM _mission_rates.charge_codes() AS c
					   WHERE c.is_fee AND c.charge = $3)
				WHEN 'fire' THEN 'water'
				WHEN 'sewer' THEN 'sewer'
				ELSE 'fees' END
		WHEN $1 = 'deposit' AND $2 IN ('deposit', 'service_fee')
			THEN 'deposits'
		WHEN $1 = 'water_tap' AND $2 = 'amount' THEN 'taps'
		WHEN $1 = 'sewer_permit' AND $2 = 'amount' THEN 'permits'
	END;
END;
COMMENT ON FUNCTION _mission_rates.charge_group IS
'Kind of charge of an amount, as scale_schedule() calls it, by table, column, and the code and unit of the row; NULL: none that is raised by a percent';
