-- ---------------------------------------------------------------------------
-- Checking a schedule before it is adopted, and after
-- ---------------------------------------------------------------------------
--
-- One function for each concern; schedule_problems() puts them together.  All
-- read the rate tables themselves, never a table that inherits from one.

CREATE TYPE _mission_rates.problem AS (
	rate_table	text,
	item_order	numeric[],
	item		text,
	problem		text
);

COMMENT ON TYPE _mission_rates.problem IS
'Part of check_schedule(): a problem of a schedule, the rate table and the item that it concerns, and what orders the items of a table';
COMMENT ON COLUMN _mission_rates.problem.rate_table IS
'Rate table that the problem is in';
COMMENT ON COLUMN _mission_rates.problem.item_order IS
'Orders the items of a table; NULL: first';
COMMENT ON COLUMN _mission_rates.problem.item IS
'Row of the table, or column of the table schedule';
COMMENT ON COLUMN _mission_rates.problem.problem IS
'The problem in words';

DO $$
DECLARE
	counts text = (
		SELECT string_agg(format('SELECT %L, r.schedule, count(*)'
								 ' FROM mission_rates.%I AS r'
								 ' GROUP BY r.schedule',
								 t.rate_table, t.rate_table),
						  ' UNION ALL ' ORDER BY t.table_order)
		FROM _mission_rates.rate_tables() AS t
		WHERE t.rate_table <> 'schedule');
BEGIN
	EXECUTE format('CREATE FUNCTION _mission_rates.rate_rows('
				   'OUT rate_table text, OUT schedule text, OUT rows bigint)'
				   ' RETURNS SETOF record'
				   ' LANGUAGE sql STABLE PARALLEL SAFE ROWS 50'
				   ' SET search_path = pg_catalog, pg_temp AS %L', counts);
END
$$;

COMMENT ON FUNCTION _mission_rates.rate_rows() IS
'Part of check_schedule(): how many rows each rate table has of each schedule, whether or not the schedule exists';

CREATE FUNCTION _mission_rates.number_of_rate_rows(schedule text)
	RETURNS bigint
	AS 'MODULE_PATHNAME', 'number_of_rate_rows'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.number_of_rate_rows(text) IS
'Part of check_schedule(): how many rate rows a schedule has, as its seal counts them';

-- ---- errors: what no reader of the schedule could mean ----

-- A schedule that lost rows, is being restored, or was changed with its guard
-- disabled
CREATE FUNCTION _mission_rates.trust_errors(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'schedule', NULL::numeric[], s.schedule, c.problem
	FROM ONLY mission_rates.schedule AS s
	CROSS JOIN LATERAL _mission_rates.number_of_rate_rows(s.schedule) AS r (rows)
	CROSS JOIN LATERAL (SELECT CASE
		WHEN r.rows <> s.sealed_rows
		THEN 'has ' || _mission_rates.count_text(r.rows)
			 || ' rate rows but was adopted with '
			 || _mission_rates.count_text(s.sealed_rows)
		WHEN s.fingerprint <> mission_rates.schedule_fingerprint(s.schedule)
		THEN 'its fingerprint does not match, what is charged is not what was adopted'
		END) AS c (problem)
	WHERE s.schedule = $1 AND s.effective_from IS NOT NULL
	AND c.problem IS NOT NULL
$$;

COMMENT ON FUNCTION _mission_rates.trust_errors(text) IS
'Part of check_schedule(): an adopted schedule that is not as it was adopted';

CREATE FUNCTION _mission_rates.class_errors(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
	SET search_path = pg_catalog, pg_temp
	AS $$
	-- rates of a class without a rule
	SELECT c.rate_table, ARRAY[_mission_rates.label_position(c.class)],
		   'class ' || c.class::text,
		   'rates of a class without a class_rule row'
	FROM (SELECT DISTINCT b.rate_table, b.class
		  FROM _mission_rates.rate_blocks($1) AS b
		  UNION ALL
		  SELECT 'sewer_rate', s.class
		  FROM ONLY mission_rates.sewer_rate AS s
		  WHERE s.schedule = $1
		  UNION ALL
		  SELECT DISTINCT 'service_charge', s.class
		  FROM ONLY mission_rates.service_charge AS s
		  WHERE s.schedule = $1) AS c
	WHERE NOT EXISTS (SELECT FROM ONLY mission_rates.class_rule AS r
					  WHERE r.schedule = $1 AND r.class = c.class)
	UNION ALL
	-- an outside class without rates: no volume rates where water is rated
	SELECT 'class_rule', ARRAY[_mission_rates.label_position(r.class)],
		   'class ' || r.class::text,
		   'outside the city it is rated as class ' || r.outside_class::text
		   || ', which has no '
		   || CASE WHEN r.rate_group IS NULL THEN 'rates'
				   ELSE 'water_volume rows' END
	FROM ONLY mission_rates.class_rule AS r
	WHERE r.schedule = $1 AND r.outside_class IS NOT NULL
	AND NOT EXISTS (SELECT FROM ONLY mission_rates.water_volume AS v
					WHERE v.schedule = $1 AND v.class = r.outside_class)
	AND (r.rate_group IS NOT NULL
		 OR NOT EXISTS (SELECT FROM ONLY mission_rates.sewer_rate AS s
						WHERE s.schedule = $1 AND s.class = r.outside_class))
	UNION ALL
	-- a group in use without any minimum
	SELECT 'class_rule', ARRAY[_mission_rates.label_position(r.class)],
		   'class ' || r.class::text,
		   'its rate group ' || r.rate_group::text
		   || ' has no water_minimum rows'
	FROM ONLY mission_rates.class_rule AS r
	WHERE r.schedule = $1 AND r.rate_group IS NOT NULL
	AND NOT EXISTS (SELECT FROM ONLY mission_rates.water_minimum AS m
					WHERE m.schedule = $1 AND m.rate_group = r.rate_group)
$$;

COMMENT ON FUNCTION _mission_rates.class_errors(text) IS
'Part of check_schedule(): classes whose rows contradict each other';

-- Rows that contradict one another, as the library found them when it compiled
-- the schedule: by such rows nothing is rated.
CREATE FUNCTION _mission_rates.contradictions(
	schedule text,
	OUT rate_table text,
	OUT class mission_rates.customer_class,
	OUT item text,
	OUT problem text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'contradictions'
	LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 1;

COMMENT ON FUNCTION _mission_rates.contradictions(text) IS
'Part of check_schedule(): sewer rates by volume, and charges per dollar, that contradict other rows of the schedule';

CREATE FUNCTION _mission_rates.contradiction_errors(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT c.rate_table, ARRAY[_mission_rates.label_position(c.class)], c.item,
		   c.problem
	FROM _mission_rates.contradictions($1) AS c;
END;

COMMENT ON FUNCTION _mission_rates.contradiction_errors(text) IS
'Part of check_schedule(): the same as problems';

CREATE FUNCTION _mission_rates.one_time_errors(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
	SET search_path = pg_catalog, pg_temp
	AS $$
	-- a lowest deposit step above 0
	SELECT 'deposit', ARRAY[_mission_rates.label_position(d.category)],
		   replace(d.category::text, '_', ' '),
		   'its lowest step is above '
		   || _mission_rates.count_text(min(d.above_square_feet))
		   || ' square feet, smaller buildings have no deposit'
	FROM ONLY mission_rates.deposit AS d
	WHERE d.schedule = $1
	GROUP BY d.category
	HAVING min(d.above_square_feet) > 0
	UNION ALL
	-- a fee that the functions need
	SELECT 'fee', ARRAY[c.charge_order]::numeric[], c.charge,
		   'missing, the functions need this fee'
	FROM _mission_rates.charge_codes() AS c
	WHERE c.needed
	AND NOT EXISTS (SELECT FROM ONLY mission_rates.fee AS f
					WHERE f.schedule = $1 AND f.code = c.charge)
$$;

COMMENT ON FUNCTION _mission_rates.one_time_errors(text) IS
'Part of check_schedule(): deposits with a gap, and fees that are missing';

-- ---- warnings: what is probably a mistake, by itself ----

CREATE FUNCTION _mission_rates.date_warnings(
	schedule text,
	effective_from date,
	adopted_on date)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'schedule', NULL::numeric[], $1, c.problem
	FROM (SELECT coalesce(s.effective_from, $2) AS starts,
				 coalesce($3, s.adopted_on) AS adopted,
				 s.effective_from IS NULL AS draft
		  FROM ONLY mission_rates.schedule AS s
		  WHERE s.schedule = $1) AS d
	CROSS JOIN LATERAL (VALUES
		-- in the past by the clock, or in the session's time zone
		(d.draft AND d.starts < GREATEST(CURRENT_DATE,
										 _mission_rates.last_day_begun() - 1),
		 'it is to start on ' || to_char(d.starts, 'YYYY-MM-DD')
		 || ', a date in the past'),
		(d.starts > CURRENT_DATE + interval '5 years',
		 'it starts on ' || to_char(d.starts, 'YYYY-MM-DD')
		 || ', more than five years from today'),
		(d.adopted > d.starts,
		 'adopted on ' || to_char(d.adopted, 'YYYY-MM-DD')
		 || ', after it takes effect on ' || to_char(d.starts, 'YYYY-MM-DD')),
		(d.adopted > CURRENT_DATE,
		 'adopted on ' || to_char(d.adopted, 'YYYY-MM-DD')
		 || ', a date in the future')
	) AS c (applies, problem)
	WHERE c.applies
$$;

COMMENT ON FUNCTION _mission_rates.date_warnings(text, date, date) IS
'Part of check_schedule(): dates that are probably a mistake; a draft has the dates that are passed, NULL: none yet';

CREATE FUNCTION _mission_rates.class_warnings(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'class_rule', ARRAY[_mission_rates.label_position(r.class)],
		   'class ' || r.class::text, c.problem
	FROM ONLY mission_rates.class_rule AS r
	CROSS JOIN LATERAL (
		SELECT EXISTS (SELECT FROM ONLY mission_rates.water_volume AS v
					   WHERE v.schedule = $1 AND v.class = r.class) AS water,
			   EXISTS (SELECT FROM ONLY mission_rates.sewer_rate AS s
					   WHERE s.schedule = $1 AND s.class = r.class) AS sewer
	) AS has
	CROSS JOIN LATERAL (VALUES
		(r.rate_group IS NOT NULL AND NOT has.water,
		 'it has no water_volume rows, its water cannot be rated'),
		((r.rate_group IS NOT NULL OR has.water) AND NOT has.sewer,
		 'it has water rates, but no sewer rate'),
		(r.rate_group IS NULL AND NOT has.water AND has.sewer,
		 'it has a sewer rate, but no water rates'),
		-- always outside, but without an outside class
		(r.outside_class IS NULL AND r.rate_group IS NOT NULL
		 AND r.service_area <> 'inside',
		 'it is ' || r.service_area::text
		 || ' by its rule, but has no outside_class to be rated as')
	) AS c (applies, problem)
	WHERE r.schedule = $1 AND c.applies
$$;

COMMENT ON FUNCTION _mission_rates.class_warnings(text) IS
'Part of check_schedule(): classes that cannot be rated, or have only one of water and sewer';

CREATE FUNCTION _mission_rates.block_warnings(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT b.rate_table,
		   ARRAY[_mission_rates.label_position(b.class), b.above_gallons],
		   'class ' || b.class::text || ', above '
		   || _mission_rates.count_text(b.above_gallons) || ' gallons',
		   _mission_rates.rate_text(b.rate) || ' is less than the block below it, '
		   || _mission_rates.rate_text(b.below)
	FROM (SELECT a.rate_table, a.class, a.above_gallons, a.rate,
				 lag(a.rate) OVER blocks AS below,
				 lead(a.rate) OVER blocks IS NULL AS is_last
		  FROM _mission_rates.rate_blocks($1) AS a
		  WINDOW blocks AS (PARTITION BY a.rate_table, a.class
							ORDER BY a.number)) AS b
	WHERE b.rate < b.below
	-- a last sewer block at 0.00 is a cap
	AND NOT (b.rate_table = 'sewer_volume' AND b.is_last AND b.rate = 0)
	UNION ALL
	-- water consumption is rounded down to a volume step, W2
	SELECT w.rate_table,
		   ARRAY[_mission_rates.label_position(w.class), w.above_gallons],
		   w.item, 'not a multiple of the volume step of '
				   || _mission_rates.count_text(s.volume_step) || ' gallons'
	FROM ONLY mission_rates.schedule AS s
	JOIN (SELECT b.rate_table, b.class, b.above_gallons,
				 'class ' || b.class::text || ', above '
				 || _mission_rates.count_text(b.above_gallons)
				 || ' gallons' AS item
		  FROM _mission_rates.rate_blocks($1) AS b
		  WHERE b.rate_table = 'water_volume'
		  UNION ALL
		  SELECT 'service_charge', c.class, c.above_gallons,
				 c.code || ', class ' || c.class::text || ', above '
				 || _mission_rates.count_text(c.above_gallons) || ' gallons'
		  FROM ONLY mission_rates.service_charge AS c
		  WHERE c.schedule = $1) AS w
		ON w.above_gallons % s.volume_step <> 0
	WHERE s.schedule = $1
$$;

COMMENT ON FUNCTION _mission_rates.block_warnings(text) IS
'Part of check_schedule(): blocks that are cheaper than the one below, or do not start at a step of the consumption';

CREATE FUNCTION _mission_rates.area_warnings(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'water_minimum',
		   ARRAY[_mission_rates.label_position(m.rate_group),
				 _mission_rates.label_position(m.meter_size)],
		   m.rate_group::text || ', ' || m.meter_size::text || ' inch',
		   'priced inside only'
	FROM ONLY mission_rates.water_minimum AS m
	WHERE m.schedule = $1 AND m.service_area = 'inside'
	AND NOT EXISTS (SELECT FROM ONLY mission_rates.water_minimum AS o
					WHERE o.schedule = $1 AND o.rate_group = m.rate_group
					AND o.meter_size = m.meter_size
					AND o.service_area = 'outside')
	UNION ALL
	SELECT 'water_tap',
		   ARRAY[CASE WHEN t.compound THEN 1 ELSE 0 END,
				 _mission_rates.label_position(t.meter_size)],
		   t.meter_size::text || ' inch'
		   || CASE WHEN t.compound THEN ' compound' ELSE '' END,
		   'priced inside only'
	FROM ONLY mission_rates.water_tap AS t
	WHERE t.schedule = $1 AND t.service_area = 'inside'
	AND NOT EXISTS (SELECT FROM ONLY mission_rates.water_tap AS o
					WHERE o.schedule = $1 AND o.meter_size = t.meter_size
					AND o.compound = t.compound
					AND o.service_area = 'outside')
$$;

COMMENT ON FUNCTION _mission_rates.area_warnings(text) IS
'Part of check_schedule(): sizes priced inside but not outside';

CREATE FUNCTION _mission_rates.value_warnings(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	-- a term that is not set
	SELECT 'schedule', ARRAY[v.column_order]::numeric[], v.column_name,
		   'not set, charges that need it cannot be rated'
	FROM _mission_rates.rate_values($1) AS v
	WHERE v.rate_table = 'schedule' AND v.amount IS NULL
	UNION ALL
	-- an empty section
	SELECT v.rate_table, v.item_order, v.item, 'its section is empty'
	FROM _mission_rates.rate_values($1) AS v
	WHERE v.column_order = 1 AND btrim(v.section) = ''
	UNION ALL
	-- fractions of a cent in what is charged once a month or for each
	SELECT v.rate_table, v.item_order, v.item,
		   CASE WHEN v.column_name = 'amount' THEN ''
				ELSE v.column_name || ' ' END
		   || v.value || ' has more than two decimals'
	FROM _mission_rates.rate_values($1) AS v
	LEFT JOIN _mission_rates.rate_values($1) AS u
		ON u.rate_table = v.rate_table AND u.item = v.item
		AND u.column_name = 'unit'
	WHERE v.amount <> round(v.amount, 2)
	AND v.column_name IN ('amount', 'fixed', 'deposit', 'service_fee')
	AND coalesce(u.value, 'each') IN ('month', 'each');
END;

COMMENT ON FUNCTION _mission_rates.value_warnings(text) IS
'Part of check_schedule(): terms that are not set, empty sections, and fractions of a cent per month or each';

CREATE FUNCTION _mission_rates.orphan_warnings()
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT r.rate_table, NULL::numeric[], 'schedule ' || r.schedule,
		   _mission_rates.count_text(r.rows)
		   || CASE WHEN r.rows = 1 THEN ' rate row names'
				   ELSE ' rate rows name' END
		   || ' this schedule, which does not exist'
	FROM _mission_rates.rate_rows() AS r
	WHERE NOT EXISTS (SELECT FROM ONLY mission_rates.schedule AS s
					  WHERE s.schedule = r.schedule)
$$;

COMMENT ON FUNCTION _mission_rates.orphan_warnings() IS
'Part of check_schedule(): rate rows of no schedule, whatever their name';
