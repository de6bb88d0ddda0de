-- ---------------------------------------------------------------------------
-- The rate tables in words
-- ---------------------------------------------------------------------------
--
-- One function for each rate table, named after it, tells what each value of
-- its rows is called and where the rate sheet prints it.  The function
-- rate_values() joins them; reports and checks read that.  Their bodies are
-- strings: with BEGIN ATOMIC no later version could change a column's type
-- without dropping them first.

-- Words that bills print too

CREATE FUNCTION _mission_rates.rate_text(amount numeric)
	RETURNS text
	AS 'MODULE_PATHNAME', 'rate_text'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.rate_text IS
'Internal: an amount or rate with two decimals, or more where it has more; NULL gives NULL';

CREATE FUNCTION _mission_rates.count_text(quantity numeric)
	RETURNS text
	AS 'MODULE_PATHNAME', 'count_text'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.count_text IS
'Internal: a number of gallons, feet or rows with commas between the thousands; NULL gives NULL';

CREATE FUNCTION _mission_rates.gallons_text(above bigint, upto bigint)
	RETURNS text
	AS 'MODULE_PATHNAME', 'gallons_text'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.gallons_text IS
'Internal: the gallons that a block covers, such as "gallons 1,000 to 19,999"; upto NULL: the last block; above NULL gives NULL';

CREATE FUNCTION _mission_rates.square_feet_text(above numeric, upto numeric)
	RETURNS text
	AS 'MODULE_PATHNAME', 'square_feet_text'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.square_feet_text IS
'Internal: the buildings that a step of a deposit covers, such as ", above 2,000 to 5,000 square feet"; upto NULL: the last step; empty where there is only one; above NULL gives NULL';

CREATE FUNCTION _mission_rates.line_size_text(
	line_inches numeric,
	larger_than boolean)
	RETURNS text
	AS 'MODULE_PATHNAME', 'line_size_text'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.line_size_text IS
'Internal: the sewer lines that a permit is for, such as "larger than 8 inch"; NULL gives NULL';

CREATE FUNCTION _mission_rates.label_position(label anyenum)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'enum_position'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.label_position IS
'Internal: a number that orders the labels of an enum as the enum does; NULL gives NULL';

-- What is said of a value

CREATE TYPE _mission_rates.described_value AS (
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

COMMENT ON TYPE _mission_rates.described_value IS
'Internal: a value of a rate row';
COMMENT ON COLUMN _mission_rates.described_value.item_order IS
'Orders the items of a table';
COMMENT ON COLUMN _mission_rates.described_value.item IS
'Names the rate row within its table, alike in all schedules';
COMMENT ON COLUMN _mission_rates.described_value.column_order IS
'Orders the values of a row, from 1';
COMMENT ON COLUMN _mission_rates.described_value.column_name IS
'Column of the value';
COMMENT ON COLUMN _mission_rates.described_value.value IS
'The value as text; NULL where the row leaves it open';
COMMENT ON COLUMN _mission_rates.described_value.amount IS
'The value if it is a number';
COMMENT ON COLUMN _mission_rates.described_value.open_value IS
'What it means to leave the value open';
COMMENT ON COLUMN _mission_rates.described_value.unit IS
'What the amount is per';
COMMENT ON COLUMN _mission_rates.described_value.section IS
'Section of the row; NULL where the table has none';
COMMENT ON COLUMN _mission_rates.described_value.sheet_section IS
'Section that the rate sheet prints the value in; NULL: that of the row';
COMMENT ON COLUMN _mission_rates.described_value.sheet_item IS
'Item of the rate sheet; before a meter size, its beginning; NULL: the value is not printed';
COMMENT ON COLUMN _mission_rates.described_value.sheet_column IS
'Column label of the rate sheet';
COMMENT ON COLUMN _mission_rates.described_value.meter_size IS
'Size that ends the item of the rate sheet, where neighboring sizes that agree become one item';

-- The tables

-- The schedule's own terms have no section; the rate sheet prints them with the
-- rates they go with.
CREATE FUNCTION _mission_rates.schedule_values(schedule text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT NULL::numeric[], 'terms', t.column_order, t.column_name,
		   _mission_rates.count_text(t.amount), t.amount, 'not set', t.unit,
		   NULL::text, coalesce(t.section, ''), t.item, t.column_name,
		   NULL::mission_rates.meter_size
	FROM ONLY mission_rates.schedule AS s
	CROSS JOIN LATERAL (
		SELECT (SELECT min(v.section COLLATE "C")
				FROM ONLY mission_rates.water_volume AS v
				WHERE v.schedule = s.schedule) AS volume,
			   (SELECT min(w.section COLLATE "C")
				FROM ONLY mission_rates.water_tap AS w
				WHERE w.schedule = s.schedule) AS tap,
			   max(f.section) FILTER (WHERE f.code = 'boring') AS boring,
			   max(f.section) FILTER (WHERE f.code = 'late_fee') AS late,
			   max(f.section) FILTER (WHERE f.code = 'meter_test') AS test
		FROM ONLY mission_rates.fee AS f
		WHERE f.schedule = s.schedule
	) AS place
	CROSS JOIN LATERAL (VALUES
		(1, 'volume_step', s.volume_step::numeric, 'gallon',
		 place.volume, 'Step of consumption'),
		(2, 'due_days', s.due_days::numeric, 'day',
		 place.late, 'Bill due, after mailing'),
		(3, 'notice_days', s.notice_days::numeric, 'day',
		 place.late, 'Last day to pay, after notice'),
		(4, 'included_pipe_feet', s.included_pipe_feet::numeric, 'foot',
		 place.tap, 'Pipe that a tap includes'),
		(5, 'boring_from_inches', s.boring_from_inches::numeric, 'inch',
		 place.boring, 'Smallest line bored'),
		(6, 'boring_to_inches', s.boring_to_inches::numeric, 'inch',
		 place.boring, 'Largest line bored'),
		(7, 'waiver_overcharge', s.waiver_overcharge::numeric,
		 'of the corrected charge',
		 place.test, 'Overcharge that waives the test fee')
	) AS t (column_order, column_name, amount, unit, section, item)
	WHERE s.schedule = $1
$$;

COMMENT ON FUNCTION _mission_rates.schedule_values IS
'Internal: values of the table schedule, see rate_values()';

-- The rate sheet prints a class as one line.  The table has no sections.
CREATE FUNCTION _mission_rates.class_rule_values(schedule text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT ARRAY[_mission_rates.label_position(r.class)],
		   'class ' || r.class::text, c.column_order, c.column_name, c.value,
		   NULL::numeric, c.open_value, NULL::text, NULL::text,
		   '114-54(a)', CASE WHEN c.column_order = 1
							 THEN r.class::text || ' ' || r.label END,
		   coalesce(r.rate_group::text || ' minimum', 'no minimum')
		   || ', ' || r.service_area::text
		   || coalesce(', outside as ' || r.outside_class::text,
					   ', never outside'),
		   NULL::mission_rates.meter_size
	FROM ONLY mission_rates.class_rule AS r
	CROSS JOIN LATERAL (VALUES
		(1, 'label', r.label, NULL),
		(2, 'rate_group', r.rate_group::text, 'no minimum'),
		(3, 'service_area', r.service_area::text, NULL),
		(4, 'outside_class', r.outside_class::text, 'never outside')
	) AS c (column_order, column_name, value, open_value)
	WHERE r.schedule = $1
$$;

COMMENT ON FUNCTION _mission_rates.class_rule_values IS
'Internal: values of the table class_rule, see rate_values()';

CREATE FUNCTION _mission_rates.deposit_values(schedule text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT ARRAY[_mission_rates.label_position(d.category), d.above],
		   d.words || _mission_rates.square_feet_text(d.above, NULL),
		   c.column_order, c.column_name, _mission_rates.rate_text(c.amount),
		   c.amount, NULL::text, 'each', d.section, NULL::text,
		   d.words || _mission_rates.square_feet_text(d.above, d.upto),
		   replace(c.column_name, '_', ' '), NULL::mission_rates.meter_size
	FROM (SELECT p.category, replace(p.category::text, '_', ' ') AS words,
				 p.above_square_feet::numeric AS above,
				 lead(p.above_square_feet::numeric)
				 OVER (PARTITION BY p.category
					   ORDER BY p.above_square_feet) AS upto,
				 p.deposit, p.service_fee, p.section
		  FROM ONLY mission_rates.deposit AS p
		  WHERE p.schedule = $1) AS d
	CROSS JOIN LATERAL (VALUES
		(1, 'deposit', d.deposit::numeric),
		(2, 'service_fee', d.service_fee::numeric)
	) AS c (column_order, column_name, amount)
$$;

COMMENT ON FUNCTION _mission_rates.deposit_values IS
'Internal: values of the table deposit, see rate_values()';

CREATE FUNCTION _mission_rates.sewer_permit_values(schedule text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT ARRAY[p.line_inches::numeric,
				 CASE WHEN p.larger_than THEN 1 ELSE 0 END],
		   _mission_rates.line_size_text(p.line_inches, p.larger_than),
		   1, 'amount', _mission_rates.rate_text(p.amount), p.amount::numeric,
		   'as determined by the city', 'each', p.section, NULL::text,
		   _mission_rates.line_size_text(p.line_inches, p.larger_than),
		   'permit', NULL::mission_rates.meter_size
	FROM ONLY mission_rates.sewer_permit AS p
	WHERE p.schedule = $1
$$;

COMMENT ON FUNCTION _mission_rates.sewer_permit_values IS
'Internal: values of the table sewer_permit, see rate_values()';

CREATE FUNCTION _mission_rates.sewer_rate_values(schedule text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT ARRAY[_mission_rates.label_position(s.class)],
		   'class ' || s.class::text, c.column_order, c.column_name,
		   _mission_rates.rate_text(c.amount), c.amount,
		   CASE WHEN s.factor IS NULL THEN 'flat rate' ELSE 'by blocks' END,
		   c.unit, s.section, NULL::text, concat_ws(' ', s.class, r.label),
		   c.words,
		   NULL::mission_rates.meter_size
	FROM ONLY mission_rates.sewer_rate AS s
	LEFT JOIN ONLY mission_rates.class_rule AS r
		ON r.schedule = s.schedule AND r.class = s.class
	CROSS JOIN LATERAL (VALUES
		(1, 'fixed', s.fixed::numeric, 'month', 'fixed rate'),
		(2, 'rate_per_1000', s.rate_per_1000::numeric, '1,000 gallons',
		 'variable rate'),
		(3, 'factor', s.factor::numeric, 'of water consumption',
		 'multiplication factor')
	) AS c (column_order, column_name, amount, unit, words)
	WHERE s.schedule = $1
$$;

COMMENT ON FUNCTION _mission_rates.sewer_rate_values IS
'Internal: values of the table sewer_rate, see rate_values()';

CREATE FUNCTION _mission_rates.water_tap_values(schedule text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT ARRAY[CASE WHEN t.compound THEN 1 ELSE 0 END,
				 _mission_rates.label_position(t.meter_size),
				 _mission_rates.label_position(t.service_area)],
		   t.meter_size::text || ' inch'
		   || CASE WHEN t.compound THEN ' compound, ' ELSE ', ' END
		   || t.service_area::text,
		   1, 'amount', _mission_rates.rate_text(t.amount), t.amount::numeric,
		   'at market price', 'each', t.section, NULL::text,
		   CASE WHEN t.compound THEN 'compound, ' ELSE '' END,
		   t.service_area::text, t.meter_size
	FROM ONLY mission_rates.water_tap AS t
	WHERE t.schedule = $1
$$;

COMMENT ON FUNCTION _mission_rates.water_tap_values IS
'Internal: values of the table water_tap, see rate_values()';

CREATE FUNCTION _mission_rates.water_minimum_values(schedule text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT ARRAY[_mission_rates.label_position(m.rate_group),
				 _mission_rates.label_position(m.meter_size),
				 _mission_rates.label_position(m.service_area)],
		   m.rate_group::text || ', ' || m.meter_size::text || ' inch, '
		   || m.service_area::text,
		   1, 'amount', _mission_rates.rate_text(m.amount), m.amount::numeric,
		   NULL::text, 'month', m.section, NULL::text,
		   m.rate_group::text || ', ', m.service_area::text, m.meter_size
	FROM ONLY mission_rates.water_minimum AS m
	WHERE m.schedule = $1
$$;

COMMENT ON FUNCTION _mission_rates.water_minimum_values IS
'Internal: values of the table water_minimum, see rate_values()';

-- Both tables of blocks
CREATE FUNCTION _mission_rates.rate_blocks(
	schedule text,
	OUT rate_table text,
	OUT class mission_rates.customer_class,
	OUT number bigint,
	OUT above_gallons bigint,
	OUT upto bigint,
	OUT rate numeric,
	OUT section text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT b.rate_table, b.class, row_number() OVER steps, b.above_gallons,
		   lead(b.above_gallons) OVER steps, b.rate_per_1000::numeric, b.section
	FROM (SELECT 'water_volume' AS rate_table, w.*
		  FROM ONLY mission_rates.water_volume AS w
		  UNION ALL
		  SELECT 'sewer_volume', v.*
		  FROM ONLY mission_rates.sewer_volume AS v) AS b
	WHERE b.schedule = $1
	WINDOW steps AS (PARTITION BY b.rate_table, b.class
					 ORDER BY b.above_gallons)
$$;

COMMENT ON FUNCTION _mission_rates.rate_blocks IS
'Internal: the blocks by volume of a schedule, water and sewer, numbered in each class from the lowest; upto NULL: the last one';

CREATE FUNCTION _mission_rates.block_values(schedule text, rate_table text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT ARRAY[_mission_rates.label_position(b.class), b.above_gallons],
		   'class ' || b.class::text || ', above '
		   || _mission_rates.count_text(b.above_gallons) || ' gallons',
		   1, 'rate_per_1000', _mission_rates.rate_text(b.rate), b.rate,
		   NULL::text, '1,000 gallons', b.section, NULL::text,
		   concat_ws(' ', b.class, r.label),
		   _mission_rates.gallons_text(b.above_gallons, b.upto),
		   NULL::mission_rates.meter_size
	FROM _mission_rates.rate_blocks($1) AS b
	LEFT JOIN ONLY mission_rates.class_rule AS r
		ON r.schedule = $1 AND r.class = b.class
	WHERE b.rate_table = $2
$$;

COMMENT ON FUNCTION _mission_rates.block_values IS
'Internal: values of a table of blocks, see rate_values()';

CREATE FUNCTION _mission_rates.water_volume_values(schedule text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT v.* FROM _mission_rates.block_values($1, 'water_volume') AS v;
END;

COMMENT ON FUNCTION _mission_rates.water_volume_values IS
'Internal: values of the table water_volume, see rate_values()';

CREATE FUNCTION _mission_rates.sewer_volume_values(schedule text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT v.* FROM _mission_rates.block_values($1, 'sewer_volume') AS v;
END;

COMMENT ON FUNCTION _mission_rates.sewer_volume_values IS
'Internal: values of the table sewer_volume, see rate_values()';

-- Fees that the ordinance does not know come last, by their code.
CREATE FUNCTION _mission_rates.fee_values(schedule text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT ARRAY[k.charge_order::numeric], f.code, c.column_order,
		   c.column_name, c.value, c.amount, NULL::text, f.unit, f.section,
		   NULL::text, CASE WHEN c.column_order = 1 THEN f.label END, f.code,
		   NULL::mission_rates.meter_size
	FROM ONLY mission_rates.fee AS f
	LEFT JOIN _mission_rates.charge_codes() AS k
		ON k.charge = f.code AND k.is_fee
	CROSS JOIN LATERAL (VALUES
		(1, 'amount', _mission_rates.rate_text(f.amount), f.amount::numeric),
		(2, 'unit', f.unit, NULL),
		(3, 'label', f.label, NULL)
	) AS c (column_order, column_name, value, amount)
	WHERE f.schedule = $1
$$;

COMMENT ON FUNCTION _mission_rates.fee_values IS
'Internal: values of the table fee, see rate_values()';

-- The rate sheet prints a service charge as one line: its unit says what it is a
-- part of.
CREATE FUNCTION _mission_rates.service_charge_values(schedule text)
	RETURNS SETOF _mission_rates.described_value
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT ARRAY[NULL::numeric, dense_rank() OVER (ORDER BY s.code COLLATE "C"),
				 _mission_rates.label_position(s.class)],
		   s.code || ', class ' || s.class::text, c.column_order,
		   c.column_name, c.value, c.amount, c.open_value,
		   s.unit || CASE WHEN s.above_gallons > 0
						  THEN ' above '
							   || _mission_rates.count_text(s.above_gallons)
						  ELSE '' END
		   || coalesce(' of ' || t.codes, ''),
		   s.section, NULL::text,
		   CASE WHEN c.column_order = 1
				THEN s.label || CASE WHEN s.every_bill THEN ', on every bill'
									 ELSE '' END END,
		   s.code || ', ' || concat_ws(' ', s.class, r.label),
		   NULL::mission_rates.meter_size
	FROM ONLY mission_rates.service_charge AS s
	LEFT JOIN ONLY mission_rates.class_rule AS r
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

COMMENT ON FUNCTION _mission_rates.service_charge_values IS
'Internal: values of the table service_charge, see rate_values()';

-- All of them, with the columns of the type described_value
DO $$
DECLARE
	columns text = (
		SELECT string_agg(format('OUT %I %s', a.attname,
								 format_type(a.atttypid, a.atttypmod)),
						  ', ' ORDER BY a.attnum)
		FROM pg_attribute AS a
		WHERE a.attrelid = '_mission_rates.described_value'::regclass
		AND a.attnum > 0);
	parts text = (
		SELECT string_agg(format('SELECT %s, %L, v.*'
								 ' FROM _mission_rates.%I($1) AS v',
								 t.table_order, t.rate_table,
								 t.rate_table || '_values'),
						  ' UNION ALL ' ORDER BY t.table_order)
		FROM _mission_rates.rate_tables() AS t);
BEGIN
	EXECUTE format('CREATE FUNCTION _mission_rates.rate_values(schedule text,'
				   ' OUT table_order integer, OUT rate_table text, %s)'
				   ' RETURNS SETOF record'
				   ' LANGUAGE sql STABLE PARALLEL SAFE ROWS 300'
				   ' BEGIN ATOMIC %s; END', columns, parts);
END
$$;

COMMENT ON FUNCTION _mission_rates.rate_values IS
'Internal: every value of every rate row of a schedule, one to a row, with the columns of the type described_value; no row for a schedule that is not known';
