-- ---------------------------------------------------------------------------
-- Checking a schedule before it is adopted, and after
-- ---------------------------------------------------------------------------
--
-- One function for each concern; schedule_problems() puts them together.  An
-- error is what no reader of the schedule could mean, a warning is probably a
-- mistake.

CREATE TYPE _mission_rates.problem AS (
	severity	text,
	rate_table	text,
	item_order	numeric[],
	item		text,
	problem		text
);
COMMENT ON TYPE _mission_rates.problem IS
'Problem of a schedule';
COMMENT ON COLUMN _mission_rates.problem.severity IS
'error or warning';
COMMENT ON COLUMN _mission_rates.problem.rate_table IS
'Rate table that the problem is in';
COMMENT ON COLUMN _mission_rates.problem.item_order IS
'Order of the items of a table; NULL: first';
COMMENT ON COLUMN _mission_rates.problem.item IS
'Row of the table, or column of the table schedule';
COMMENT ON COLUMN _mission_rates.problem.problem IS
'Problem in words';

CREATE FUNCTION _mission_rates.number_of_rate_rows(schedule text)
	RETURNS bigint
	AS 'MODULE_PATHNAME', 'number_of_rate_rows'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.number_of_rate_rows IS
'Number of rate rows of a schedule, as its seal counts them';

-- A schedule that lost rows, is being restored, or was changed with its guard
-- disabled
CREATE FUNCTION _mission_rates.trust_errors(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'error', 'schedule', NULL::numeric[], s.schedule, c.problem
	FROM mission_rates.schedule AS s
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
COMMENT ON FUNCTION _mission_rates.trust_errors IS
'Adopted schedule that is not as it was adopted';

-- Rows by which nothing is rated, as the library found them when it compiled the
-- schedule
CREATE FUNCTION _mission_rates.contradictions(
	schedule text,
	OUT rate_table text,
	OUT class mission_rates.customer_class,
	OUT item text,
	OUT problem text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'contradictions'
	LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 1;
COMMENT ON FUNCTION _mission_rates.contradictions IS
'Sewer rates by volume, and charges per dollar, that contradict other rows of the schedule';

CREATE FUNCTION _mission_rates.class_problems(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'error', c.rate_table, ARRAY[_mission_rates.label_position(c.class)],
		   'class ' || c.class::text, 'rates of a class without a class_rule row'
	FROM (SELECT b.rate_table, b.class
		  FROM _mission_rates.rate_blocks($1) AS b
		  UNION
		  SELECT 'sewer_rate', s.class
		  FROM mission_rates.sewer_rate AS s
		  WHERE s.schedule = $1
		  UNION
		  SELECT 'service_charge', s.class
		  FROM mission_rates.service_charge AS s
		  WHERE s.schedule = $1) AS c
	WHERE NOT EXISTS (SELECT FROM mission_rates.class_rule AS r
					  WHERE r.schedule = $1 AND r.class = c.class)
	UNION ALL
	SELECT c.severity, 'class_rule', ARRAY[_mission_rates.label_position(r.class)],
		   'class ' || r.class::text, c.problem
	FROM mission_rates.class_rule AS r
	CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE v.class = r.class) > 0 AS water,
			   count(*) FILTER (WHERE v.class = r.outside_class) > 0 AS outside_water
		FROM mission_rates.water_volume AS v
		WHERE v.schedule = $1
	) AS volume
	CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE s.class = r.class) > 0 AS sewer,
			   count(*) FILTER (WHERE s.class = r.outside_class) > 0 AS outside_sewer
		FROM mission_rates.sewer_rate AS s
		WHERE s.schedule = $1
	) AS rate
	CROSS JOIN LATERAL (VALUES
		-- an outside class without rates: no volume rates where water is rated
		('error', r.outside_class IS NOT NULL AND NOT volume.outside_water
				  AND (r.rate_group IS NOT NULL OR NOT rate.outside_sewer),
		 'outside the city it is rated as class ' || r.outside_class::text
		 || ', which has no '
		 || CASE WHEN r.rate_group IS NULL THEN 'rates' ELSE 'water_volume rows' END),
		('error', r.rate_group IS NOT NULL
				  AND NOT EXISTS (SELECT FROM mission_rates.water_minimum AS m
								  WHERE m.schedule = $1
								  AND m.rate_group = r.rate_group),
		 'its rate group ' || r.rate_group::text || ' has no water_minimum rows'),
		('warning', r.rate_group IS NOT NULL AND NOT volume.water,
		 'it has no water_volume rows, its water cannot be rated'),
		('warning', (r.rate_group IS NOT NULL OR volume.water) AND NOT rate.sewer,
		 'it has water rates, but no sewer rate'),
		('warning', r.rate_group IS NULL AND NOT volume.water AND rate.sewer,
		 'it has a sewer rate, but no water rates'),
		('warning', r.outside_class IS NULL AND r.rate_group IS NOT NULL
					AND r.service_area <> 'inside',
		 'it is ' || r.service_area::text
		 || ' by its rule, but has no outside_class to be rated as')
	) AS c (severity, applies, problem)
	WHERE r.schedule = $1 AND c.applies
$$;
COMMENT ON FUNCTION _mission_rates.class_problems IS
'Classes whose rows contradict each other, that cannot be rated, or that have only one of water and sewer';

CREATE FUNCTION _mission_rates.one_time_errors(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'error', 'deposit', ARRAY[_mission_rates.label_position(d.category)],
		   replace(d.category::text, '_', ' '),
		   'its lowest step is above '
		   || _mission_rates.count_text(min(d.above_square_feet))
		   || ' square feet, smaller buildings have no deposit'
	FROM mission_rates.deposit AS d
	WHERE d.schedule = $1
	GROUP BY d.category
	HAVING min(d.above_square_feet) > 0
	UNION ALL
	SELECT 'error', 'fee', ARRAY[c.charge_order], c.charge,
		   'missing, the functions need this fee'
	FROM _mission_rates.charge_codes() AS c
	WHERE c.needed
	AND NOT EXISTS (SELECT FROM mission_rates.fee AS f
					WHERE f.schedule = $1 AND f.code = c.charge)
$$;
COMMENT ON FUNCTION _mission_rates.one_time_errors IS
'Deposits with a gap, and fees that are missing';

CREATE FUNCTION _mission_rates.date_warnings(
	schedule text,
	effective_from date,
	adopted_on date)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'warning', 'schedule', NULL::numeric[], $1, c.problem
	FROM (SELECT coalesce(s.effective_from, $2) AS starts,
				 to_char(coalesce(s.effective_from, $2), 'YYYY-MM-DD') AS start,
				 coalesce($3, s.adopted_on) AS adopted,
				 to_char(coalesce($3, s.adopted_on), 'YYYY-MM-DD') AS adoption,
				 s.effective_from IS NULL AS draft
		  FROM mission_rates.schedule AS s
		  WHERE s.schedule = $1) AS d
	CROSS JOIN LATERAL (VALUES
		-- in the past by the clock, or in the session's time zone
		(d.draft AND d.starts < GREATEST(CURRENT_DATE,
										 _mission_rates.last_day_begun() - 1),
		 'it is to start on ' || d.start || ', a date in the past'),
		(d.starts > CURRENT_DATE + interval '5 years',
		 'it starts on ' || d.start || ', more than five years from today'),
		(d.adopted > d.starts,
		 'adopted on ' || d.adoption || ', after it takes effect on ' || d.start),
		(d.adopted > CURRENT_DATE,
		 'adopted on ' || d.adoption || ', a date in the future')
	) AS c (applies, problem)
	WHERE c.applies
$$;
COMMENT ON FUNCTION _mission_rates.date_warnings IS
'Dates that are probably a mistake; a draft has the dates that are passed, NULL: none yet';

CREATE FUNCTION _mission_rates.block_warnings(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'warning', b.rate_table,
		   ARRAY[_mission_rates.label_position(b.class), b.above_gallons], b.item,
		   _mission_rates.rate_text(b.rate) || ' is less than the block below it, '
		   || _mission_rates.rate_text(b.below)
	FROM (SELECT a.*, lag(a.rate) OVER (PARTITION BY a.rate_table, a.class
										ORDER BY a.number) AS below
		  FROM _mission_rates.rate_blocks($1) AS a) AS b
	WHERE b.rate < b.below
	-- a last sewer block at 0.00 is a cap
	AND NOT (b.rate_table = 'sewer_volume' AND b.upto IS NULL AND b.rate = 0)
	UNION ALL
	-- water consumption is rounded down to a volume step, W2
	SELECT 'warning', w.rate_table,
		   ARRAY[_mission_rates.label_position(w.class), w.above_gallons],
		   w.item, 'not a multiple of the volume step of '
				   || _mission_rates.count_text(s.volume_step) || ' gallons'
	FROM mission_rates.schedule AS s
	JOIN (SELECT b.rate_table, b.class, b.above_gallons, b.item
		  FROM _mission_rates.rate_blocks($1) AS b
		  WHERE b.rate_table = 'water_volume'
		  UNION ALL
		  SELECT 'service_charge', c.class, c.above_gallons,
				 c.code || ', class ' || c.class::text || ', above '
				 || _mission_rates.count_text(c.above_gallons) || ' gallons'
		  FROM mission_rates.service_charge AS c
		  WHERE c.schedule = $1) AS w
		ON w.above_gallons % s.volume_step <> 0
	WHERE s.schedule = $1
$$;
COMMENT ON FUNCTION _mission_rates.block_warnings IS
'Blocks that are cheaper than the one below, or do not start at a step of the consumption';

SELECT _mission_rates.run(
	format('CREATE FUNCTION _mission_rates.rate_rows('
		   'OUT rate_table text, OUT schedule text, OUT rows bigint)'
		   ' RETURNS SETOF record LANGUAGE sql STABLE PARALLEL SAFE ROWS 50'
		   ' SET search_path = pg_catalog, pg_temp AS %L',
		   string_agg(format('SELECT %1$L, r.schedule, count(*)'
							 ' FROM mission_rates.%1$I AS r GROUP BY r.schedule',
							 t.rate_table),
					  ' UNION ALL ' ORDER BY t.table_order)))
FROM _mission_rates.rate_tables() AS t
WHERE t.rate_table <> 'schedule';
COMMENT ON FUNCTION _mission_rates.rate_rows IS
'Numbers of rows of each schedule in each rate table, whether or not the schedule exists';

CREATE FUNCTION _mission_rates.orphan_warnings()
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'warning', r.rate_table, NULL::numeric[], 'schedule ' || r.schedule,
		   _mission_rates.count_text(r.rows)
		   || CASE WHEN r.rows = 1 THEN ' rate row names' ELSE ' rate rows name' END
		   || ' this schedule, which does not exist'
	FROM _mission_rates.rate_rows() AS r
	WHERE NOT EXISTS (SELECT FROM mission_rates.schedule AS s
					  WHERE s.schedule = r.schedule)
$$;
COMMENT ON FUNCTION _mission_rates.orphan_warnings IS
'Rate rows of no schedule, whatever their name';
