-- ---------------------------------------------------------------------------
-- Reports on rates
-- ---------------------------------------------------------------------------

CREATE FUNCTION mission_rates.rate_loads()
	RETURNS bigint
	AS 'MODULE_PATHNAME', 'rate_loads'
	LANGUAGE C VOLATILE PARALLEL RESTRICTED;

COMMENT ON FUNCTION mission_rates.rate_loads() IS
'How often this backend has read the rate tables';

-- Parts of the reports, for them alone

CREATE FUNCTION mission_rates._schedule_in_force(
	service_date date,
	schedule text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'schedule_in_force'
	LANGUAGE C STABLE PARALLEL SAFE;

COMMENT ON FUNCTION mission_rates._schedule_in_force(date, text) IS
'Part of the reports: name of the schedule that the rating functions take for the same date and schedule, with their errors: none in force or unknown is P0002, neither date nor schedule 22023';

CREATE FUNCTION mission_rates._label_position(label anyenum)
	RETURNS numeric
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT e.enumsortorder::numeric
	FROM pg_enum AS e
	WHERE e.enumtypid = pg_typeof($1) AND e.enumlabel = $1::text
$$;

COMMENT ON FUNCTION mission_rates._label_position(anyenum) IS
'Part of the reports: a number that orders the labels of an enum as the enum does; NULL gives NULL';

CREATE FUNCTION mission_rates._rate_text(amount numeric)
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	AS $$
	SELECT pg_catalog.round($1, GREATEST(2, pg_catalog.scale(
		pg_catalog.trim_scale($1))))::pg_catalog.text
$$;

COMMENT ON FUNCTION mission_rates._rate_text(numeric) IS
'Part of the reports: an amount or rate with two decimals, or more where it has more; NULL gives NULL';

CREATE FUNCTION mission_rates._count_text(quantity numeric)
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	AS $$
	SELECT pg_catalog.rtrim(
		pg_catalog.to_char($1, 'FM9,999,999,999,990.9999'), '.')
$$;

COMMENT ON FUNCTION mission_rates._count_text(numeric) IS
'Part of the reports: a number of gallons, feet or rows with its thousands set off; NULL gives NULL';

-- The tables of the schedule as the ordinance prints them.  "sized" brings the
-- two tables by size of meter into one form, "run" joins neighbouring sizes
-- that agree in every column.  The schedule's own terms have no section; they
-- take that of the rates they go with.
CREATE FUNCTION mission_rates.rate_sheet(
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL,
	OUT section text,
	OUT rate_table text,
	OUT item text,
	OUT column_label text,
	OUT amount numeric,
	OUT unit text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 150
	SET search_path = pg_catalog, pg_temp
	AS $$
	WITH chosen AS MATERIALIZED (
		SELECT mission_rates._schedule_in_force($1, $2) AS schedule
	),
	size AS (
		SELECT e.enumlabel::text AS label,
			   row_number() OVER (ORDER BY e.enumsortorder) AS position,
			   count(*) OVER () AS labels
		FROM pg_enum AS e
		WHERE e.enumtypid = 'mission_rates.meter_size'::regtype
	),
	rule AS (
		SELECT r.class, r.class::text || ' ' || r.label AS item,
			   r.rate_group, r.service_area, r.outside_class
		FROM mission_rates.class_rule AS r, chosen
		WHERE r.schedule = chosen.schedule
	),
	sized AS (
		SELECT 'water_tap' AS rate_table, 4 AS table_order,
			   CASE WHEN t.compound THEN 1 ELSE 0 END::numeric AS kind_order,
			   CASE WHEN t.compound THEN 'compound, ' ELSE '' END AS kind,
			   size.label, size.position, size.labels,
			   t.service_area, t.amount::numeric AS amount,
			   CASE WHEN t.amount IS NULL THEN 'at market price'
					ELSE 'each' END AS unit,
			   t.section
		FROM mission_rates.water_tap AS t, size, chosen
		WHERE t.schedule = chosen.schedule AND size.label = t.meter_size::text
		UNION ALL
		SELECT 'water_minimum', 5,
			   mission_rates._label_position(m.rate_group),
			   m.rate_group::text || ', ',
			   size.label, size.position, size.labels,
			   m.service_area, m.amount::numeric, 'month', m.section
		FROM mission_rates.water_minimum AS m, size, chosen
		WHERE m.schedule = chosen.schedule AND size.label = m.meter_size::text
	),
	priced AS (
		SELECT s.rate_table, s.kind, s.position, s.labels,
			   array_agg(ROW(s.service_area, trim_scale(s.amount),
							 s.section)::text
						 ORDER BY s.service_area) AS columns
		FROM sized AS s
		GROUP BY s.rate_table, s.kind, s.position, s.labels
	),
	neighbour AS (
		SELECT p.rate_table, p.kind, p.position, p.labels, p.columns,
			   p.position - row_number()
			   OVER (PARTITION BY p.rate_table, p.kind, p.columns
					 ORDER BY p.position) AS island
		FROM priced AS p
	),
	run AS (
		SELECT n.rate_table, n.kind, n.labels,
			   min(n.position) AS first, max(n.position) AS last
		FROM neighbour AS n
		GROUP BY n.rate_table, n.kind, n.labels, n.columns, n.island
	),
	term AS (
		SELECT t.term_order, t.section, t.item, t.column_label, t.amount,
			   t.unit
		FROM mission_rates.schedule AS s
		JOIN chosen ON chosen.schedule = s.schedule
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
			(1, place.tap, 'Pipe that a tap includes', 'included_pipe_feet',
			 s.included_pipe_feet::numeric, 'foot'),
			(2, place.boring, 'Smallest line bored', 'boring_from_inches',
			 s.boring_from_inches::numeric, 'inch'),
			(3, place.boring, 'Largest line bored', 'boring_to_inches',
			 s.boring_to_inches::numeric, 'inch'),
			(4, place.volume, 'Step of consumption', 'volume_step',
			 s.volume_step::numeric, 'gallon'),
			(5, place.late, 'Bill due, after mailing', 'due_days',
			 s.due_days::numeric, 'day'),
			(6, place.late, 'Last day to pay, after notice', 'notice_days',
			 s.notice_days::numeric, 'day'),
			(7, place.test, 'Overcharge that waives the test fee',
			 'waiver_overcharge', s.waiver_overcharge::numeric,
			 'of the corrected charge')
		) AS t (term_order, section, item, column_label, amount, unit)
	),
	line AS (
		-- class_rule has no section of its own
		SELECT '114-54(a)' AS section, 0 AS table_order,
			   'class_rule' AS rate_table,
			   ARRAY[mission_rates._label_position(r.class)] AS item_order,
			   r.item, 1::numeric AS column_order,
			   coalesce(r.rate_group::text || ' minimum', 'no minimum')
			   || ', ' || r.service_area::text
			   || coalesce(', outside as ' || r.outside_class::text,
						   ', never outside') AS column_label,
			   NULL::numeric AS amount, NULL AS unit
		FROM rule AS r
		UNION ALL
		SELECT d.section, 1, 'deposit',
			   ARRAY[mission_rates._label_position(d.category),
					 d.above_square_feet],
			   replace(d.category::text, '_', ' ')
			   || CASE WHEN d.above_square_feet > 0 AND d.upto IS NULL
					   THEN ', above ' || mission_rates._count_text(
							d.above_square_feet) || ' square feet'
					   WHEN d.upto IS NULL THEN ''
					   WHEN d.above_square_feet > 0
					   THEN ', above ' || mission_rates._count_text(
							d.above_square_feet) || ' to '
							|| mission_rates._count_text(d.upto)
							|| ' square feet'
					   ELSE ', up to ' || mission_rates._count_text(d.upto)
							|| ' square feet' END,
			   c.column_order, c.column_label, c.amount, 'each'
		FROM (SELECT p.category, p.deposit, p.service_fee, p.section,
					 p.above_square_feet::numeric AS above_square_feet,
					 lead(p.above_square_feet::numeric)
					 OVER (PARTITION BY p.category
						   ORDER BY p.above_square_feet) AS upto
			  FROM mission_rates.deposit AS p, chosen
			  WHERE p.schedule = chosen.schedule) AS d
		CROSS JOIN LATERAL (VALUES
			(1, 'deposit', d.deposit::numeric),
			(2, 'service fee', d.service_fee::numeric)
		) AS c (column_order, column_label, amount)
		UNION ALL
		SELECT p.section, 2, 'sewer_permit',
			   ARRAY[p.line_inches::numeric,
					 CASE WHEN p.larger_than THEN 1 ELSE 0 END],
			   CASE WHEN p.larger_than THEN 'larger than ' ELSE '' END
			   || trim_scale(p.line_inches)::text || ' inch',
			   1, 'permit', p.amount::numeric,
			   CASE WHEN p.amount IS NULL THEN 'as determined by the city'
					ELSE 'each' END
		FROM mission_rates.sewer_permit AS p, chosen
		WHERE p.schedule = chosen.schedule
		UNION ALL
		SELECT s.section, 3, 'sewer_rate',
			   ARRAY[mission_rates._label_position(s.class)],
			   coalesce(r.item, s.class::text),
			   c.column_order, c.column_label, c.amount, c.unit
		FROM mission_rates.sewer_rate AS s
		JOIN chosen ON chosen.schedule = s.schedule
		LEFT JOIN rule AS r ON r.class = s.class
		CROSS JOIN LATERAL (VALUES
			(1, 'fixed rate', s.fixed::numeric, 'month'),
			(2, 'variable rate', s.rate_per_1000::numeric,
			 CASE WHEN s.rate_per_1000 IS NULL THEN 'flat rate'
				  ELSE '1,000 gallons' END),
			(3, 'multiplication factor', s.factor::numeric,
			 CASE WHEN s.factor IS NULL THEN 'flat rate'
				  ELSE 'of water consumption' END)
		) AS c (column_order, column_label, amount, unit)
		UNION ALL
		SELECT s.section, s.table_order, s.rate_table,
			   ARRAY[s.kind_order, s.position],
			   s.kind
			   || CASE WHEN run.first = run.last THEN s.label || ' inch'
					   WHEN run.first = 1 AND run.last = run.labels
					   THEN 'every size'
					   WHEN run.first = 1 THEN 'up to ' || upto.label || ' inch'
					   WHEN run.last = run.labels
					   THEN s.label || ' inch and larger'
					   ELSE s.label || ' to ' || upto.label || ' inch' END,
			   mission_rates._label_position(s.service_area),
			   s.service_area::text, s.amount, s.unit
		FROM run
		JOIN sized AS s ON s.rate_table = run.rate_table
			AND s.kind = run.kind AND s.position = run.first
		JOIN size AS upto ON upto.position = run.last
		UNION ALL
		-- fees of other codes come last, by their code
		SELECT f.section, 6, 'fee',
			   ARRAY[array_position(ARRAY[
				   'sewer_flat', 'dumping_station', 'fire_sprinkler',
				   'street_cut_asphalt', 'street_cut_concrete', 'boring',
				   'late_fee', 'reconnection', 'disconnection',
				   'unauthorized_reconnection', 'tampering', 'meter_test',
				   'service_call', 'connection', 'meter_box', 'meter_lid'
			   ], f.code)::numeric],
			   f.label, 1, f.code, f.amount::numeric, f.unit
		FROM mission_rates.fee AS f, chosen
		WHERE f.schedule = chosen.schedule
		UNION ALL
		SELECT v.section, 7, 'water_volume',
			   ARRAY[mission_rates._label_position(v.class)],
			   coalesce(r.item, v.class::text), v.above_gallons,
			   'gallons ' || mission_rates._count_text(v.above_gallons + 1)
			   || coalesce(' to ' || mission_rates._count_text(v.upto),
						   ' and up'),
			   v.rate_per_1000::numeric, '1,000 gallons'
		FROM (SELECT w.class, w.above_gallons, w.rate_per_1000, w.section,
					 lead(w.above_gallons)
					 OVER (PARTITION BY w.class
						   ORDER BY w.above_gallons) AS upto
			  FROM mission_rates.water_volume AS w, chosen
			  WHERE w.schedule = chosen.schedule) AS v
		LEFT JOIN rule AS r ON r.class = v.class
		UNION ALL
		SELECT coalesce(t.section, ''), 8, 'schedule', ARRAY[t.term_order],
			   t.item, 1, t.column_label, t.amount,
			   CASE WHEN t.amount IS NULL THEN 'not set' ELSE t.unit END
		FROM term AS t
	)
	SELECT l.section, l.rate_table, l.item, l.column_label, l.amount, l.unit
	FROM line AS l
	ORDER BY l.section COLLATE "C", l.table_order, l.item_order,
			 l.column_order, l.column_label COLLATE "C"
$$;

COMMENT ON FUNCTION mission_rates.rate_sheet(date, text) IS
'The tables of a schedule in the order of the ordinance, to proof-read against the paper: amounts are dollars per unit, or what the column label says; NULL where the unit says why (at market price, flat rate, not set); neighbouring sizes that agree in every column are one item; no schedule is P0002, neither date nor schedule 22023';

-- Every value of every rate row of a schedule, one to a row: what two
-- schedules are compared by.  "item" names the rate row, "column_name" the
-- value in it; "amount" is NULL where the value is no number.
CREATE FUNCTION mission_rates._rate_values(
	schedule text,
	OUT table_order integer,
	OUT rate_table text,
	OUT item_order numeric[],
	OUT item text,
	OUT column_order integer,
	OUT column_name text,
	OUT value text,
	OUT amount numeric,
	OUT section text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 300
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 0, 'schedule', NULL::numeric[], 'terms', c.column_order,
		   c.column_name, mission_rates._count_text(c.amount), c.amount,
		   NULL::text
	FROM mission_rates.schedule AS s
	CROSS JOIN LATERAL (VALUES
		(1, 'volume_step', s.volume_step::numeric),
		(2, 'due_days', s.due_days::numeric),
		(3, 'notice_days', s.notice_days::numeric),
		(4, 'included_pipe_feet', s.included_pipe_feet::numeric),
		(5, 'boring_from_inches', s.boring_from_inches::numeric),
		(6, 'boring_to_inches', s.boring_to_inches::numeric),
		(7, 'waiver_overcharge', s.waiver_overcharge::numeric)
	) AS c (column_order, column_name, amount)
	WHERE s.schedule = $1
	UNION ALL
	SELECT 1, 'class_rule', ARRAY[mission_rates._label_position(r.class)],
		   'class ' || r.class::text, c.column_order, c.column_name, c.value,
		   NULL, NULL
	FROM mission_rates.class_rule AS r
	CROSS JOIN LATERAL (VALUES
		(1, 'label', r.label),
		(2, 'rate_group', r.rate_group::text),
		(3, 'service_area', r.service_area::text),
		(4, 'outside_class', r.outside_class::text)
	) AS c (column_order, column_name, value)
	WHERE r.schedule = $1
	UNION ALL
	SELECT 2, 'deposit',
		   ARRAY[mission_rates._label_position(d.category),
				 d.above_square_feet::numeric],
		   replace(d.category::text, '_', ' ')
		   || CASE WHEN d.above_square_feet > 0
				   THEN ', above '
						|| mission_rates._count_text(d.above_square_feet)
						|| ' square feet'
				   ELSE '' END,
		   c.column_order, c.column_name, mission_rates._rate_text(c.amount),
		   c.amount, d.section
	FROM mission_rates.deposit AS d
	CROSS JOIN LATERAL (VALUES
		(1, 'deposit', d.deposit::numeric),
		(2, 'service_fee', d.service_fee::numeric)
	) AS c (column_order, column_name, amount)
	WHERE d.schedule = $1
	UNION ALL
	SELECT 3, 'sewer_permit',
		   ARRAY[p.line_inches::numeric,
				 CASE WHEN p.larger_than THEN 1 ELSE 0 END],
		   CASE WHEN p.larger_than THEN 'larger than ' ELSE '' END
		   || mission_rates._count_text(p.line_inches) || ' inch',
		   1, 'amount', mission_rates._rate_text(p.amount),
		   p.amount::numeric, p.section
	FROM mission_rates.sewer_permit AS p
	WHERE p.schedule = $1
	UNION ALL
	SELECT 4, 'sewer_rate', ARRAY[mission_rates._label_position(s.class)],
		   'class ' || s.class::text, c.column_order, c.column_name,
		   mission_rates._rate_text(c.amount), c.amount, s.section
	FROM mission_rates.sewer_rate AS s
	CROSS JOIN LATERAL (VALUES
		(1, 'fixed', s.fixed::numeric),
		(2, 'rate_per_1000', s.rate_per_1000::numeric),
		(3, 'factor', s.factor::numeric)
	) AS c (column_order, column_name, amount)
	WHERE s.schedule = $1
	UNION ALL
	SELECT 5, 'water_tap',
		   ARRAY[CASE WHEN t.compound THEN 1 ELSE 0 END,
				 mission_rates._label_position(t.meter_size),
				 mission_rates._label_position(t.service_area)],
		   t.meter_size::text || ' inch'
		   || CASE WHEN t.compound THEN ' compound, ' ELSE ', ' END
		   || t.service_area::text,
		   1, 'amount', mission_rates._rate_text(t.amount),
		   t.amount::numeric, t.section
	FROM mission_rates.water_tap AS t
	WHERE t.schedule = $1
	UNION ALL
	SELECT 6, 'water_minimum',
		   ARRAY[mission_rates._label_position(m.rate_group),
				 mission_rates._label_position(m.meter_size),
				 mission_rates._label_position(m.service_area)],
		   m.rate_group::text || ', ' || m.meter_size::text || ' inch, '
		   || m.service_area::text,
		   1, 'amount', mission_rates._rate_text(m.amount),
		   m.amount::numeric, m.section
	FROM mission_rates.water_minimum AS m
	WHERE m.schedule = $1
	UNION ALL
	SELECT 7, 'water_volume',
		   ARRAY[mission_rates._label_position(v.class), v.above_gallons],
		   'class ' || v.class::text || ', above '
		   || mission_rates._count_text(v.above_gallons) || ' gallons',
		   1, 'rate_per_1000', mission_rates._rate_text(v.rate_per_1000),
		   v.rate_per_1000::numeric, v.section
	FROM mission_rates.water_volume AS v
	WHERE v.schedule = $1
	UNION ALL
	SELECT 8, 'fee', NULL, f.code, c.column_order, c.column_name, c.value,
		   c.amount, f.section
	FROM mission_rates.fee AS f
	CROSS JOIN LATERAL (VALUES
		(1, 'amount', mission_rates._rate_text(f.amount), f.amount::numeric),
		(2, 'unit', f.unit, NULL),
		(3, 'label', f.label, NULL)
	) AS c (column_order, column_name, value, amount)
	WHERE f.schedule = $1
$$;

COMMENT ON FUNCTION mission_rates._rate_values(text) IS
'Part of the reports: every value of every rate row of a schedule, one to a row; no row for a schedule that is not known';

-- A row that only one of the schedules has leaves the other side NULL.  An
-- amount that a row leaves open prints as what that means.
CREATE FUNCTION mission_rates.compare_schedules(
	schedule_a text,
	schedule_b text,
	OUT rate_table text,
	OUT item text,
	OUT a text,
	OUT b text,
	OUT change numeric,
	OUT percent numeric)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
	SET search_path = pg_catalog, pg_temp
	AS $$
	WITH chosen AS MATERIALIZED (
		SELECT mission_rates._schedule_in_force(NULL, $1) AS a,
			   mission_rates._schedule_in_force(NULL, $2) AS b
	),
	open_value AS (
		SELECT o.rate_table, o.column_name, o.value
		FROM (VALUES
			('schedule', NULL, 'not set'),
			('class_rule', 'rate_group', 'no minimum'),
			('class_rule', 'outside_class', 'never outside'),
			('sewer_permit', NULL, 'as determined by the city'),
			('sewer_rate', NULL, 'flat rate'),
			('water_tap', NULL, 'at market price')
		) AS o (rate_table, column_name, value)
	),
	side AS (
		SELECT s.side, v.table_order, v.rate_table, v.item_order, v.item,
			   v.column_order, v.column_name, v.amount, v.section,
			   coalesce(v.value, o.value) AS value
		FROM chosen
		CROSS JOIN LATERAL (VALUES ('a', chosen.a), ('b', chosen.b))
			AS s (side, schedule)
		CROSS JOIN LATERAL mission_rates._rate_values(s.schedule) AS v
		LEFT JOIN open_value AS o ON o.rate_table = v.rate_table
			AND coalesce(o.column_name, v.column_name) = v.column_name
	),
	pair AS (
		SELECT coalesce(l.table_order, r.table_order) AS table_order,
			   coalesce(l.rate_table, r.rate_table) AS rate_table,
			   coalesce(l.item_order, r.item_order) AS item_order,
			   coalesce(l.item, r.item) AS item,
			   coalesce(l.column_order, r.column_order) AS column_order,
			   coalesce(l.column_name, r.column_name) AS column_name,
			   l.value AS a, r.value AS b,
			   l.amount AS a_amount, r.amount AS b_amount,
			   l.section AS a_section, r.section AS b_section
		FROM (SELECT s.* FROM side AS s WHERE s.side = 'a') AS l
		FULL JOIN (SELECT s.* FROM side AS s WHERE s.side = 'b') AS r
			ON r.rate_table = l.rate_table AND r.item = l.item
			AND r.column_name = l.column_name
	),
	difference AS (
		SELECT p.table_order, p.rate_table, p.item_order, p.column_order,
			   CASE WHEN p.rate_table = 'schedule' THEN p.column_name
					WHEN p.column_name = 'amount' THEN p.item
					ELSE p.item || ', ' || p.column_name END AS full_item,
			   p.item, p.a, p.b, p.a_amount, p.b_amount
		FROM pair AS p
		WHERE p.a IS DISTINCT FROM p.b
		UNION ALL
		SELECT p.table_order, p.rate_table, p.item_order, 9,
			   p.item || ', section', p.item, p.a_section, p.b_section,
			   NULL, NULL
		FROM pair AS p
		WHERE p.column_order = 1 AND p.a_section <> p.b_section
	)
	SELECT d.rate_table, d.full_item, d.a, d.b,
		   round(d.b_amount - d.a_amount,
				 GREATEST(CASE WHEN d.rate_table = 'schedule' THEN 0 ELSE 2 END,
						  scale(trim_scale(d.b_amount - d.a_amount)))),
		   round(100 * (d.b_amount - d.a_amount) / nullif(d.a_amount, 0), 2)
	FROM difference AS d
	ORDER BY d.table_order, d.item_order, d.item COLLATE "C", d.column_order
$$;

COMMENT ON FUNCTION mission_rates.compare_schedules(text, text) IS
'What differs between two schedules, drafts included: table, item, value under each as text (NULL: no such row), change of numbers and percent of the first; an unknown schedule is P0002, a NULL 22023';

CREATE FUNCTION mission_rates.bill_comparison(
	schedule_a text,
	schedule_b text,
	class mission_rates.customer_class,
	meter mission_rates.meter_size,
	gallons_list bigint[] DEFAULT '{0,1000,2000,5000,10000,25000}',
	area mission_rates.service_area DEFAULT NULL,
	OUT gallons bigint,
	OUT a numeric,
	OUT b numeric,
	OUT change numeric,
	OUT percent numeric)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 6
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT t.gallons, t.a, t.b, t.b - t.a,
		   round(100 * (t.b - t.a) / nullif(t.a, 0), 2)
	FROM (
		SELECT g.gallons, g.place,
			   mission_rates.bill_total($3, $4, g.gallons, $6,
										schedule => $1) AS a,
			   mission_rates.bill_total($3, $4, g.gallons, $6,
										schedule => $2) AS b
		FROM unnest($5) WITH ORDINALITY AS g (gallons, place)
	) AS t
	ORDER BY t.place
$$;

COMMENT ON FUNCTION mission_rates.bill_comparison(
	text, text, mission_rates.customer_class, mission_rates.meter_size,
	bigint[], mission_rates.service_area) IS
'Whole bills (dollars, water and sewer) of a class and meter under two schedules, drafts included, at each of the gallons: change and percent of the first; area NULL: as the rule of the class says; class, meter or gallons NULL gives NULL amounts; errors as bill_total()';
