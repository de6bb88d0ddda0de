-- ---------------------------------------------------------------------------
-- Changing rates
-- ---------------------------------------------------------------------------

CREATE FUNCTION mission_rates.draft_schedule(
	schedule text,
	based_on text DEFAULT NULL)
	RETURNS void
	AS 'MODULE_PATHNAME', 'draft_schedule'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.draft_schedule(text, text) IS
'Makes a new draft with a copy of every rate row of another schedule; based_on NULL: of the adopted one that starts last, be it in the future (P0002 where none is adopted); a name that exists is 23505, an unknown based_on P0002, a NULL name 22023; the caller needs the right to write to the rate tables';

CREATE FUNCTION mission_rates._last_day_begun()
	RETURNS date
	AS 'MODULE_PATHNAME', 'last_day_begun_sql'
	LANGUAGE C STABLE PARALLEL SAFE;

COMMENT ON FUNCTION mission_rates._last_day_begun() IS
'Part of check_schedule(): the last day that has begun anywhere on earth, by the clock; later days are still to come';

CREATE FUNCTION mission_rates._known_schedule(schedule text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'known_schedule'
	LANGUAGE C STABLE PARALLEL SAFE;

COMMENT ON FUNCTION mission_rates._known_schedule(text) IS
'Part of check_schedule(): the name of a schedule, adopted or a draft, whatever state its rows are in; an unknown one is P0002, NULL 22023';

-- The eight tables of rate rows, with the section of each row
CREATE FUNCTION mission_rates._rate_rows(
	OUT table_order integer,
	OUT rate_table text,
	OUT schedule text,
	OUT section text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 500
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 1, 'class_rule', r.schedule, NULL::text
	FROM mission_rates.class_rule AS r
	UNION ALL
	SELECT 2, 'deposit', r.schedule, r.section
	FROM mission_rates.deposit AS r
	UNION ALL
	SELECT 3, 'sewer_permit', r.schedule, r.section
	FROM mission_rates.sewer_permit AS r
	UNION ALL
	SELECT 4, 'sewer_rate', r.schedule, r.section
	FROM mission_rates.sewer_rate AS r
	UNION ALL
	SELECT 5, 'water_tap', r.schedule, r.section
	FROM mission_rates.water_tap AS r
	UNION ALL
	SELECT 6, 'water_minimum', r.schedule, r.section
	FROM mission_rates.water_minimum AS r
	UNION ALL
	SELECT 7, 'water_volume', r.schedule, r.section
	FROM mission_rates.water_volume AS r
	UNION ALL
	SELECT 8, 'fee', r.schedule, r.section
	FROM mission_rates.fee AS r
$$;

COMMENT ON FUNCTION mission_rates._rate_rows() IS
'Part of check_schedule(): every rate row of every schedule, with its table and section';

-- What no reader of the schedule could mean
CREATE FUNCTION mission_rates._schedule_errors(
	schedule text,
	OUT table_order integer,
	OUT rate_table text,
	OUT item_order numeric[],
	OUT item text,
	OUT problem text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
	SET search_path = pg_catalog, pg_temp
	AS $$
	-- a schedule that lost rows, or is being restored
	SELECT 0, 'schedule', NULL::numeric[], s.schedule,
		   'sealed with ' || mission_rates._count_text(s.sealed_rows)
		   || ' rate rows, ' || mission_rates._count_text(r.rows)
		   || ' are there'
	FROM mission_rates.schedule AS s
	CROSS JOIN LATERAL (SELECT count(*) AS rows
						FROM mission_rates._rate_rows() AS a
						WHERE a.schedule = s.schedule) AS r
	WHERE s.schedule = $1 AND r.rows <> s.sealed_rows
	UNION ALL
	-- rates of a class without a rule
	SELECT c.table_order, c.rate_table,
		   ARRAY[mission_rates._label_position(c.class)],
		   'class ' || c.class::text, 'rates of a class without a class_rule row'
	FROM (SELECT DISTINCT 7 AS table_order, 'water_volume' AS rate_table,
				 v.class
		  FROM mission_rates.water_volume AS v
		  WHERE v.schedule = $1
		  UNION ALL
		  SELECT 4, 'sewer_rate', s.class
		  FROM mission_rates.sewer_rate AS s
		  WHERE s.schedule = $1) AS c
	WHERE NOT EXISTS (SELECT FROM mission_rates.class_rule AS r
					  WHERE r.schedule = $1 AND r.class = c.class)
	UNION ALL
	-- an outside class without rates: no volume rates where water is rated
	SELECT 1, 'class_rule', ARRAY[mission_rates._label_position(r.class)],
		   'class ' || r.class::text,
		   'outside the city it is rated as class ' || r.outside_class::text
		   || ', which has no '
		   || CASE WHEN r.rate_group IS NULL THEN 'rates'
				   ELSE 'water_volume rows' END
	FROM mission_rates.class_rule AS r
	WHERE r.schedule = $1 AND r.outside_class IS NOT NULL
	AND NOT EXISTS (SELECT FROM mission_rates.water_volume AS v
					WHERE v.schedule = $1 AND v.class = r.outside_class)
	AND (r.rate_group IS NOT NULL
		 OR NOT EXISTS (SELECT FROM mission_rates.sewer_rate AS s
						WHERE s.schedule = $1 AND s.class = r.outside_class))
	UNION ALL
	-- a group in use without any minimum
	SELECT 1, 'class_rule', ARRAY[mission_rates._label_position(r.class)],
		   'class ' || r.class::text,
		   'its rate group ' || r.rate_group::text
		   || ' has no water_minimum rows'
	FROM mission_rates.class_rule AS r
	WHERE r.schedule = $1 AND r.rate_group IS NOT NULL
	AND NOT EXISTS (SELECT FROM mission_rates.water_minimum AS m
					WHERE m.schedule = $1 AND m.rate_group = r.rate_group)
	UNION ALL
	-- a lowest deposit step above 0
	SELECT 2, 'deposit', ARRAY[mission_rates._label_position(d.category)],
		   replace(d.category::text, '_', ' '),
		   'its lowest step is above '
		   || mission_rates._count_text(min(d.above_square_feet))
		   || ' square feet, smaller buildings have no deposit'
	FROM mission_rates.deposit AS d
	WHERE d.schedule = $1
	GROUP BY d.category
	HAVING min(d.above_square_feet) > 0
	UNION ALL
	-- a fee that the functions need
	SELECT 8, 'fee', NULL, n.code, 'missing, the functions need this fee'
	FROM unnest(ARRAY['sewer_flat', 'dumping_station', 'fire_sprinkler',
					  'street_cut_asphalt', 'street_cut_concrete', 'boring',
					  'late_fee', 'reconnection', 'disconnection',
					  'unauthorized_reconnection', 'tampering', 'meter_test',
					  'connection']) AS n (code)
	WHERE NOT EXISTS (SELECT FROM mission_rates.fee AS f
					  WHERE f.schedule = $1 AND f.code = n.code)
$$;

COMMENT ON FUNCTION mission_rates._schedule_errors(text) IS
'Part of check_schedule(): the errors, without their severity';

-- What is probably a slip, by itself
CREATE FUNCTION mission_rates._schedule_slips(
	schedule text,
	OUT table_order integer,
	OUT rate_table text,
	OUT item_order numeric[],
	OUT item text,
	OUT problem text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
	SET search_path = pg_catalog, pg_temp
	AS $$
	-- a term that is not set
	SELECT 0, 'schedule', ARRAY[v.column_order], v.column_name,
		   'not set, charges that need it cannot be rated'
	FROM mission_rates._rate_values($1) AS v
	WHERE v.rate_table = 'schedule' AND v.amount IS NULL
	UNION ALL
	-- a class that pays a minimum, but has nothing to rate volumes by
	SELECT 1, 'class_rule', ARRAY[mission_rates._label_position(r.class)],
		   'class ' || r.class::text,
		   'it has no water_volume rows, its water cannot be rated'
	FROM mission_rates.class_rule AS r
	WHERE r.schedule = $1 AND r.rate_group IS NOT NULL
	AND NOT EXISTS (SELECT FROM mission_rates.water_volume AS v
					WHERE v.schedule = $1 AND v.class = r.class)
	UNION ALL
	-- a class that is always outside, where it may not be
	SELECT 1, 'class_rule', ARRAY[mission_rates._label_position(r.class)],
		   'class ' || r.class::text,
		   'it is ' || r.service_area::text
		   || ' by its rule, but has no outside_class to be rated as'
	FROM mission_rates.class_rule AS r
	WHERE r.schedule = $1 AND r.outside_class IS NULL
	AND r.rate_group IS NOT NULL
	AND r.service_area > enum_first(r.service_area)
	UNION ALL
	-- a block cheaper than the one below
	SELECT 7, 'water_volume',
		   ARRAY[mission_rates._label_position(v.class), v.above_gallons],
		   'class ' || v.class::text || ', above '
		   || mission_rates._count_text(v.above_gallons) || ' gallons',
		   mission_rates._rate_text(v.rate_per_1000)
		   || ' is less than the block below it, '
		   || mission_rates._rate_text(v.below)
	FROM (SELECT w.class, w.above_gallons, w.rate_per_1000,
				 lag(w.rate_per_1000) OVER (PARTITION BY w.class
											ORDER BY w.above_gallons) AS below
		  FROM mission_rates.water_volume AS w
		  WHERE w.schedule = $1) AS v
	WHERE v.rate_per_1000 < v.below
	UNION ALL
	-- a size priced inside but not outside
	SELECT 6, 'water_minimum',
		   ARRAY[mission_rates._label_position(m.rate_group),
				 mission_rates._label_position(m.meter_size)],
		   m.rate_group::text || ', ' || m.meter_size::text || ' inch',
		   'priced ' || m.service_area::text || ' only'
	FROM mission_rates.water_minimum AS m
	WHERE m.schedule = $1
	AND m.service_area = enum_first(m.service_area)
	AND NOT EXISTS (SELECT FROM mission_rates.water_minimum AS o
					WHERE o.schedule = $1 AND o.rate_group = m.rate_group
					AND o.meter_size = m.meter_size
					AND o.service_area > m.service_area)
	UNION ALL
	SELECT 5, 'water_tap',
		   ARRAY[CASE WHEN t.compound THEN 1 ELSE 0 END,
				 mission_rates._label_position(t.meter_size)],
		   t.meter_size::text || ' inch'
		   || CASE WHEN t.compound THEN ' compound' ELSE '' END,
		   'priced ' || t.service_area::text || ' only'
	FROM mission_rates.water_tap AS t
	WHERE t.schedule = $1
	AND t.service_area = enum_first(t.service_area)
	AND NOT EXISTS (SELECT FROM mission_rates.water_tap AS o
					WHERE o.schedule = $1 AND o.meter_size = t.meter_size
					AND o.compound = t.compound
					AND o.service_area > t.service_area)
	UNION ALL
	-- an empty section
	SELECT DISTINCT ON (v.table_order, v.item)
		   v.table_order, v.rate_table, v.item_order, v.item,
		   'its section is empty'
	FROM mission_rates._rate_values($1) AS v
	WHERE btrim(v.section) = ''
	UNION ALL
	-- rate rows of no schedule
	SELECT r.table_order, r.rate_table, NULL, 'schedule ' || r.schedule,
		   mission_rates._count_text(count(*))
		   || CASE WHEN count(*) = 1 THEN ' rate row names'
				   ELSE ' rate rows name' END
		   || ' this schedule, which does not exist'
	FROM mission_rates._rate_rows() AS r
	WHERE NOT EXISTS (SELECT FROM mission_rates.schedule AS s
					  WHERE s.schedule = r.schedule)
	GROUP BY r.table_order, r.rate_table, r.schedule
$$;

COMMENT ON FUNCTION mission_rates._schedule_slips(text) IS
'Part of check_schedule(): the warnings that the schedule gives rise to by itself, without their severity';

-- What is probably a slip, against the schedule before
CREATE FUNCTION mission_rates._schedule_departures(
	schedule text,
	previous text,
	OUT table_order integer,
	OUT rate_table text,
	OUT item_order numeric[],
	OUT item text,
	OUT problem text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
	SET search_path = pg_catalog, pg_temp
	AS $$
	WITH pair AS (
		SELECT p.table_order, p.rate_table, p.item_order, p.item,
			   p.column_order, p.column_name, p.value AS before,
			   p.amount AS before_amount, n.item IS NOT NULL AS there,
			   n.value AS now, n.amount AS now_amount
		FROM mission_rates._rate_values($2) AS p
		LEFT JOIN mission_rates._rate_values($1) AS n
			ON n.rate_table = p.rate_table AND n.item = p.item
			AND n.column_name = p.column_name
	),
	block AS (
		SELECT v.schedule, v.class, v.above_gallons,
			   v.rate_per_1000::numeric AS rate,
			   row_number() OVER (PARTITION BY v.schedule, v.class
								  ORDER BY v.above_gallons) AS number
		FROM mission_rates.water_volume AS v
		WHERE v.schedule IN ($1, $2)
	)
	-- a block that starts elsewhere, is gone, fell to zero or moved by more
	-- than half; blocks are compared by their number
	SELECT 7, 'water_volume',
		   ARRAY[mission_rates._label_position(p.class), p.number],
		   'class ' || p.class::text || ', block ' || p.number::text, c.problem
	FROM block AS p
	LEFT JOIN block AS n ON n.schedule = $1 AND n.class = p.class
		AND n.number = p.number
	CROSS JOIN LATERAL (VALUES
		(n.number IS NULL, 'missing, "' || $2 || '" has it'),
		(n.above_gallons <> p.above_gallons,
		 'starts above ' || mission_rates._count_text(n.above_gallons)
		 || ' gallons, in "' || $2 || '" above '
		 || mission_rates._count_text(p.above_gallons)),
		(abs(n.rate - p.rate) > p.rate / 2,
		 CASE WHEN n.rate = 0
			  THEN 'fell to zero from ' || mission_rates._rate_text(p.rate)
			  ELSE 'moved by more than half, from '
				   || mission_rates._rate_text(p.rate) || ' to '
				   || mission_rates._rate_text(n.rate) END)
	) AS c (applies, problem)
	WHERE p.schedule = $2 AND c.applies
	UNION ALL
	-- a row that is gone
	SELECT p.table_order, p.rate_table, p.item_order, p.item,
		   'missing, "' || $2 || '" has it'
	FROM pair AS p
	WHERE p.column_order = 1 AND NOT p.there
	AND p.rate_table <> 'water_volume'
	UNION ALL
	-- a value that is gone
	SELECT p.table_order, p.rate_table, p.item_order, p.item,
		   p.column_name || ' is empty, in "' || $2 || '" it is ' || p.before
	FROM pair AS p
	WHERE p.there AND p.rate_table <> 'schedule'
	AND p.now IS NULL AND p.before IS NOT NULL
	UNION ALL
	-- an amount that fell to zero or moved by more than half
	SELECT p.table_order, p.rate_table, p.item_order,
		   CASE WHEN p.rate_table = 'schedule' THEN p.column_name
				ELSE p.item END,
		   CASE WHEN p.column_name = 'amount' OR p.rate_table = 'schedule'
				THEN '' ELSE p.column_name || ' ' END
		   || CASE WHEN p.now_amount = 0 THEN 'fell to zero from ' || p.before
				   ELSE 'moved by more than half, from ' || p.before
						|| ' to ' || p.now END
	FROM pair AS p
	WHERE p.column_name <> 'volume_step' AND p.rate_table <> 'water_volume'
	AND abs(p.now_amount - p.before_amount) > p.before_amount / 2
$$;

COMMENT ON FUNCTION mission_rates._schedule_departures(text, text) IS
'Part of check_schedule(): the warnings that the schedule gives rise to against the schedule before it, without their severity';

-- The schedule before is the last that starts before this one does; a draft
-- without a date follows all.  adopt_schedule() passes the date that the draft
-- is to have.
CREATE FUNCTION mission_rates._schedule_problems(
	schedule text,
	effective_from date,
	OUT severity text,
	OUT rate_table text,
	OUT item text,
	OUT problem text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
	SET search_path = pg_catalog, pg_temp
	AS $$
	WITH chosen AS MATERIALIZED (
		SELECT mission_rates._known_schedule($1) AS schedule
	),
	this AS (
		SELECT s.schedule, s.effective_from IS NULL AS draft,
			   coalesce(s.effective_from, $2) AS starts
		FROM mission_rates.schedule AS s, chosen
		WHERE s.schedule = chosen.schedule
	),
	previous AS (
		SELECT p.schedule
		FROM mission_rates.schedule AS p, this
		WHERE p.effective_from < coalesce(this.starts, 'infinity')
		ORDER BY p.effective_from DESC
		LIMIT 1
	),
	found AS (
		SELECT 'error' AS severity, e.table_order, e.rate_table,
			   e.item_order, e.item, e.problem
		FROM this, mission_rates._schedule_errors(this.schedule) AS e
		UNION ALL
		SELECT 'warning', 0, 'schedule', NULL, this.schedule,
			   'it is to start on ' || to_char(this.starts, 'YYYY-MM-DD')
			   || ', a date in the past'
		FROM this
		WHERE this.draft AND this.starts < CURRENT_DATE
		UNION ALL
		SELECT 'warning', s.table_order, s.rate_table, s.item_order, s.item,
			   s.problem
		FROM this, mission_rates._schedule_slips(this.schedule) AS s
		UNION ALL
		SELECT 'warning', d.table_order, d.rate_table, d.item_order, d.item,
			   d.problem
		FROM this, previous,
			 mission_rates._schedule_departures(this.schedule,
											   previous.schedule) AS d
	)
	SELECT f.severity, f.rate_table, f.item, f.problem
	FROM found AS f
	ORDER BY f.severity, f.table_order, f.item_order NULLS FIRST,
			 f.item COLLATE "C", f.problem COLLATE "C"
$$;

COMMENT ON FUNCTION mission_rates._schedule_problems(text, date) IS
'Part of check_schedule() and adopt_schedule(): the problems of a schedule that is to start on a date; NULL: after all others';

CREATE FUNCTION mission_rates.check_schedule(
	schedule text,
	OUT severity text,
	OUT rate_table text,
	OUT item text,
	OUT problem text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT p.severity, p.rate_table, p.item, p.problem
	FROM mission_rates._schedule_problems($1, NULL) AS p
$$;

COMMENT ON FUNCTION mission_rates.check_schedule(text) IS
'Problems of a schedule, draft or adopted: errors, which keep a draft from being adopted, and warnings, which are probably slips, also against the schedule before; no row where there is none; an unknown schedule is P0002, NULL 22023';

CREATE FUNCTION mission_rates.adopt_schedule(
	schedule text,
	effective_from date,
	adopted_on date DEFAULT CURRENT_DATE,
	adopted_by text DEFAULT NULL,
	accept_warnings boolean DEFAULT false)
	RETURNS void
	AS 'MODULE_PATHNAME', 'adopt_schedule'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.adopt_schedule(text, date, date, text, boolean) IS
'Puts a draft in force from a date and seals it: from then on its rows cannot be changed; adopted_by NULL leaves that column as it is; errors that check_schedule() finds, or warnings that were not accepted, are 23514; a date that is neither after today (by the clock, everywhere on earth) nor after the last nor before the first adopted schedule, or that another one starts on, 22023; an adopted schedule 55000, an unknown one P0002, any other NULL argument 22023; the caller needs the right to write to the rate tables';

CREATE FUNCTION mission_rates.withdraw_schedule(schedule text)
	RETURNS void
	AS 'MODULE_PATHNAME', 'withdraw_schedule'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.withdraw_schedule(text) IS
'Makes an adopted schedule that starts after today (by the clock, everywhere on earth) a draft again; one that is or was in force, or a draft, is 55000, an unknown one P0002, NULL 22023; the caller needs the right to write to the rate tables';

CREATE FUNCTION mission_rates.drop_draft(schedule text)
	RETURNS void
	AS 'MODULE_PATHNAME', 'drop_draft'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.drop_draft(text) IS
'Removes a draft with its rate rows, also rate rows whose schedule does not exist; an adopted schedule is 55000, a name that nothing bears P0002, NULL 22023; the caller needs the right to write to the rate tables';
