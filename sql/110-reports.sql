-- ---------------------------------------------------------------------------
-- Reports on rates
-- ---------------------------------------------------------------------------

CREATE FUNCTION _mission_rates.rate_loads()
	RETURNS bigint
	AS 'MODULE_PATHNAME', 'rate_loads'
	LANGUAGE C VOLATILE PARALLEL RESTRICTED;
COMMENT ON FUNCTION _mission_rates.rate_loads IS
'Number of times that this backend has read the rate tables';

-- Parts of the reports

CREATE FUNCTION _mission_rates.schedule_in_force(
	service_date date,
	schedule text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'schedule_in_force'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.schedule_in_force IS
'Name of the schedule that the rating functions take for the same date and schedule, with their errors';

-- Neighboring sizes that agree in every column, as one item.  "place" numbers
-- all sizes, so that sizes without a price part their neighbors.
CREATE FUNCTION _mission_rates.size_runs(
	rate_values _mission_rates.rate_value[],
	OUT rate_table text,
	OUT sheet_item text,
	OUT first_size mission_rates.meter_size,
	OUT sizes text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 30
BEGIN ATOMIC
	WITH priced AS (
		SELECT v.rate_table, v.sheet_item, v.meter_size,
			   array_position(enum_range(v.meter_size), v.meter_size) AS place,
			   array_agg(ROW(v.sheet_column, trim_scale(v.amount),
							 v.section)::text
						 ORDER BY v.item_order) AS columns
		FROM unnest($1) AS v
		WHERE v.meter_size IS NOT NULL
		GROUP BY v.rate_table, v.sheet_item, v.meter_size
	),
	island AS (
		SELECT p.rate_table, p.sheet_item, p.meter_size, p.columns,
			   p.place - row_number()
			   OVER (PARTITION BY p.rate_table, p.sheet_item, p.columns
					 ORDER BY p.place) AS number
		FROM priced AS p
	)
	SELECT i.rate_table, i.sheet_item, min(i.meter_size),
		   CASE WHEN count(*) = 1 THEN min(i.meter_size)::text || ' inch'
				WHEN count(*) = cardinality(enum_range(min(i.meter_size)))
				THEN 'every size'
				WHEN min(i.meter_size) = enum_first(min(i.meter_size))
				THEN 'up to ' || max(i.meter_size)::text || ' inch'
				WHEN max(i.meter_size) = enum_last(min(i.meter_size))
				THEN min(i.meter_size)::text || ' inch and larger'
				ELSE min(i.meter_size)::text || ' to '
					 || max(i.meter_size)::text || ' inch' END
	FROM island AS i
	GROUP BY i.rate_table, i.sheet_item, i.columns, i.number;
END;
COMMENT ON FUNCTION _mission_rates.size_runs IS
'Neighboring meter sizes that agree in every column of the rate sheet, by the first of them, in words';

-- The tables of the schedule as the ordinance prints them.  Within Sec. 114-54(c)(2)
-- the sprinkler fee comes before the blocks of water.
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
BEGIN ATOMIC
	WITH sheet AS MATERIALIZED (
		SELECT array_agg(v) AS rate_values
		FROM _mission_rates.schedule_in_force($1, $2) AS s (schedule)
		CROSS JOIN LATERAL _mission_rates.rate_values(s.schedule) AS v
	)
	SELECT p.section, v.rate_table, v.sheet_item || coalesce(r.sizes, ''),
		   v.sheet_column, v.amount,
		   CASE WHEN v.amount IS NULL THEN v.open_value ELSE v.unit END
	FROM sheet
	CROSS JOIN LATERAL unnest(sheet.rate_values) AS v
	CROSS JOIN LATERAL (SELECT coalesce(v.sheet_section, v.section)
							AS section) AS p
	JOIN _mission_rates.rate_tables() AS t ON t.rate_table = v.rate_table
	LEFT JOIN LATERAL _mission_rates.size_runs(sheet.rate_values) AS r
		ON r.rate_table = v.rate_table AND r.sheet_item = v.sheet_item
		AND r.first_size = v.meter_size
	WHERE v.sheet_item IS NOT NULL
	AND (v.meter_size IS NULL OR r.first_size IS NOT NULL)
	ORDER BY p.section COLLATE "C", v.rate_table = 'schedule',
			 v.rate_table = 'water_volume', t.table_order, v.item_order,
			 v.column_order, v.sheet_column COLLATE "C";
END;
COMMENT ON FUNCTION mission_rates.rate_sheet IS
'Tables of a schedule in the order of the ordinance, to proof-read against the paper; amounts are dollars per unit, or what the column label says';

CREATE FUNCTION _mission_rates.compared_schedule(
	schedule text,
	argument text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'compared_schedule'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.compared_schedule IS
'Name of a schedule as it is passed, with a warning where its rows are not those that were adopted';

-- A row that only one of the schedules has leaves the other side NULL.  A
-- value that a row leaves open prints as what that means.
CREATE FUNCTION mission_rates.compare_schedules(
	schedule_a text,
	schedule_b text DEFAULT NULL,
	OUT rate_table text,
	OUT item text,
	OUT a text,
	OUT b text,
	OUT change numeric,
	OUT percent numeric)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
BEGIN ATOMIC
	WITH chosen AS MATERIALIZED (
		SELECT _mission_rates.compared_schedule($1, 'schedule_a') AS a,
			   _mission_rates.compared_schedule($2, 'schedule_b') AS b
	)
	SELECT v.rate_table, d.item, d.a, d.b,
		   round(d.b_amount - d.a_amount,
				 GREATEST(CASE WHEN v.rate_table = 'schedule'
							   OR v.column_name = 'above_gallons'
							   THEN 0 ELSE 2 END,
						  scale(trim_scale(d.b_amount - d.a_amount)))),
		   round(100 * (d.b_amount - d.a_amount) / nullif(d.a_amount, 0), 2)
	FROM chosen
	CROSS JOIN LATERAL _mission_rates.value_pairs(chosen.a, chosen.b) AS p
	CROSS JOIN LATERAL (SELECT (coalesce(p.a, p.b)).*) AS v
	CROSS JOIN LATERAL (
		SELECT v.column_order,
			   CASE WHEN v.column_name = 'amount' THEN v.item
					ELSE v.item || ', ' || v.column_name END,
			   coalesce((p.a).value, (p.a).open_value),
			   coalesce((p.b).value, (p.b).open_value),
			   (p.a).amount, (p.b).amount
		UNION ALL
		SELECT 9, v.item || ', section', (p.a).section, (p.b).section, NULL, NULL
		WHERE v.column_order = 1 AND (p.a).section <> (p.b).section
	) AS d (column_order, item, a, b, a_amount, b_amount)
	JOIN _mission_rates.rate_tables() AS t ON t.rate_table = v.rate_table
	WHERE d.a IS DISTINCT FROM d.b
	ORDER BY t.table_order, v.item_order, v.item COLLATE "C", d.column_order;
END;
COMMENT ON FUNCTION mission_rates.compare_schedules IS
'Differences between two schedules, drafts included: table, item, value under each as text (NULL: no such row), change of numbers and percent of the first';

-- Both forms, typed and of text
SELECT _mission_rates.run(format($form$
	CREATE FUNCTION mission_rates.bill_comparison(
		schedule_a text,
		schedule_b text,
		class %1$s,
		meter %2$s,
		gallons_list %3$s[] DEFAULT '{0,1000,2000,5000,10000,25000}',
		area %4$s DEFAULT NULL,
		OUT gallons bigint,
		OUT a numeric,
		OUT b numeric,
		OUT change numeric,
		OUT percent numeric)
		RETURNS SETOF record
		LANGUAGE sql STABLE PARALLEL SAFE ROWS 6
	BEGIN ATOMIC
		SELECT t.gallons::bigint, t.a, t.b, t.b - t.a,
			   round(100 * (t.b - t.a) / nullif(t.a, 0), 2)
		FROM (
			SELECT g.gallons, g.place,
				   mission_rates.bill_total($3, $4, g.gallons, $6,
											schedule => $1) AS a,
				   mission_rates.bill_total($3, $4, g.gallons, $6,
											schedule => $2) AS b
			FROM unnest($5) WITH ORDINALITY AS g (gallons, place)
		) AS t
		ORDER BY t.place;
	END;
	COMMENT ON FUNCTION mission_rates.bill_comparison(
		text, text, %1$s, %2$s, %3$s[], %4$s) IS %5$L
	$form$, v.class, v.meter, v.gallons, v.area, v.words))
FROM (VALUES
	('mission_rates.customer_class', 'mission_rates.meter_size', 'bigint',
	 'mission_rates.service_area',
	 'Whole bills (dollars: water, sewer and the service charges on every bill) of a class and meter under two schedules, at each of the gallons'),
	('text', 'text', 'numeric', 'text',
	 'The same of codes as text and gallons as numbers')
) AS v (class, meter, gallons, area, words);
