-- ---------------------------------------------------------------------------
-- Checking a schedule beside those before and after it
-- ---------------------------------------------------------------------------

CREATE FUNCTION _mission_rates.amount_change(before numeric, now numeric)
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
		WHEN $2 = $1 THEN NULL
		WHEN $2 = 0 AND $1 > 0
		THEN 'fell to zero from ' || _mission_rates.rate_text($1)
		WHEN abs($2 - $1) > abs($1) / 2
		THEN 'moved by more than half, from ' || _mission_rates.rate_text($1)
			 || ' to ' || _mission_rates.rate_text($2)
		WHEN $2 < $1
		THEN 'fell from ' || _mission_rates.rate_text($1)
			 || ' to ' || _mission_rates.rate_text($2) END;
END;

COMMENT ON FUNCTION _mission_rates.amount_change(numeric, numeric) IS
'Part of check_schedule(): what is probably a mistake in an amount against the one before, in words; NULL: nothing';

-- Blocks are compared by their number: one may start elsewhere
CREATE FUNCTION _mission_rates.block_changes(schedule text, previous text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
	SELECT p.rate_table,
		   ARRAY[_mission_rates.label_position(p.class), p.number],
		   'class ' || p.class::text || ', block ' || p.number::text, c.problem
	FROM _mission_rates.rate_blocks($2) AS p
	LEFT JOIN _mission_rates.rate_blocks($1) AS n
		ON n.rate_table = p.rate_table AND n.class = p.class
		AND n.number = p.number
	CROSS JOIN LATERAL (VALUES
		(CASE WHEN n.number IS NULL THEN 'missing, "' || $2 || '" has it' END),
		(CASE WHEN n.above_gallons <> p.above_gallons
			  THEN 'starts above ' || _mission_rates.count_text(n.above_gallons)
				   || ' gallons, in "' || $2 || '" above '
				   || _mission_rates.count_text(p.above_gallons) END),
		(_mission_rates.amount_change(p.rate, n.rate))
	) AS c (problem)
	WHERE c.problem IS NOT NULL;
END;

COMMENT ON FUNCTION _mission_rates.block_changes(text, text) IS
'Part of check_schedule(): blocks that are probably a mistake against the schedule before';

-- Rows, values and amounts; the blocks are compared above
CREATE FUNCTION _mission_rates.value_changes(schedule text, previous text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
	SELECT p.rate_table, p.item_order,
		   CASE WHEN p.rate_table = 'schedule' THEN p.column_name
				ELSE p.item END,
		   c.problem
	FROM _mission_rates.rate_values($2) AS p
	LEFT JOIN _mission_rates.rate_values($1) AS n
		ON n.rate_table = p.rate_table AND n.item = p.item
		AND n.column_name = p.column_name
	CROSS JOIN LATERAL (VALUES
		-- a row that is gone
		(CASE WHEN p.column_order = 1 AND n.item IS NULL
			  THEN 'missing, "' || $2 || '" has it' END),
		-- a value that is gone
		(CASE WHEN n.item IS NOT NULL AND p.rate_table <> 'schedule'
			  AND n.value IS NULL AND p.value IS NOT NULL
			  THEN p.column_name || ' is empty, in "' || $2 || '" it is '
				   || p.value END),
		-- terms may fall, and volume_step may change in any direction
		(CASE WHEN p.rate_table <> 'schedule'
			  THEN CASE WHEN p.column_name = 'amount' THEN ''
						ELSE p.column_name || ' ' END
				   || _mission_rates.amount_change(p.amount, n.amount)
			  WHEN p.column_name <> 'volume_step'
			  AND abs(n.amount - p.amount) > p.amount / 2
			  THEN CASE WHEN n.amount = 0 THEN 'fell to zero from ' || p.value
						ELSE 'moved by more than half, from ' || p.value
							 || ' to ' || n.value END END)
	) AS c (problem)
	WHERE p.rate_table NOT IN ('water_volume', 'sewer_volume')
	AND c.problem IS NOT NULL;
END;

COMMENT ON FUNCTION _mission_rates.value_changes(text, text) IS
'Part of check_schedule(): rows, values and amounts that are probably a mistake against the schedule before';

-- Changes that schedules already adopted for a later date do not have.  Those
-- were made before the change, from the old value or a percent of it, and would
-- undo it.  Schedules that are in force stay as they are.
CREATE FUNCTION _mission_rates.plan_warnings(
	schedule text,
	previous text,
	effective_from date)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
	SET search_path = pg_catalog, pg_temp
	AS $$
	WITH change AS (
		SELECT coalesce(n.rate_table, p.rate_table) AS rate_table,
			   coalesce(n.item_order, p.item_order) AS item_order,
			   coalesce(n.item, p.item) AS item,
			   coalesce(n.column_name, p.column_name) AS column_name,
			   coalesce(n.column_order, p.column_order) AS column_order,
			   p.item IS NULL AS added, n.item IS NULL AS dropped,
			   p.value AS before, n.value AS now,
			   n.amount AS amount, n.amount - p.amount AS moved_by
		FROM _mission_rates.rate_values($2) AS p
		FULL JOIN _mission_rates.rate_values($1) AS n
			ON n.rate_table = p.rate_table AND n.item = p.item
			AND n.column_name = p.column_name
		WHERE n.value IS DISTINCT FROM p.value
		OR (n.item IS NULL) <> (p.item IS NULL)
	),
	later AS (
		SELECT s.schedule, v.rate_table, v.item, v.column_name, v.value,
			   v.amount, '"' || s.schedule || '", adopted for '
			   || to_char(s.effective_from, 'YYYY-MM-DD') || ',' AS name
		FROM ONLY mission_rates.schedule AS s
		CROSS JOIN LATERAL _mission_rates.rate_values(s.schedule) AS v
		WHERE s.effective_from > $3 AND s.effective_from > CURRENT_DATE
		AND s.schedule <> $1
	)
	SELECT c.rate_table, c.item_order,
		   CASE WHEN c.rate_table = 'schedule' THEN c.column_name
				ELSE c.item END,
		   CASE WHEN c.added THEN 'new, but ' || s.name || ' does not have it'
				WHEN c.dropped THEN 'dropped, but ' || s.name || ' has it'
				ELSE CASE WHEN c.column_name = 'amount'
						  OR c.rate_table = 'schedule' THEN ''
						  ELSE c.column_name || ' ' END
					 || 'changed from ' || coalesce(c.before, 'empty') || ' to '
					 || coalesce(c.now, 'empty') || ', but ' || s.name
					 || CASE WHEN l.value IS DISTINCT FROM c.before THEN ' has '
							 ELSE ' still has ' END
					 || coalesce(l.value, 'it empty') END
	FROM change AS c
	CROSS JOIN (SELECT DISTINCT l.schedule, l.name FROM later AS l) AS s
	LEFT JOIN later AS l ON l.schedule = s.schedule
		AND l.rate_table = c.rate_table AND l.item = c.item
		AND l.column_name = c.column_name
	WHERE (c.column_order = 1 OR NOT (c.added OR c.dropped))
	AND ((l.value IS NOT DISTINCT FROM c.before
		  AND (l.item IS NULL) = c.added)
		 -- the later amount lies behind the change, so it was computed from
		 -- the amount before it
		 OR sign(l.amount - c.amount) * sign(c.moved_by) < 0)
$$;

COMMENT ON FUNCTION _mission_rates.plan_warnings(text, text, date) IS
'Part of check_schedule(): changes of a schedule that is to start on a date against the one before it, and that schedules adopted for later do not have';

-- ---- all together ----

CREATE FUNCTION _mission_rates.schedule_errors(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
	SELECT * FROM _mission_rates.trust_errors($1)
	UNION ALL
	SELECT * FROM _mission_rates.class_errors($1)
	UNION ALL
	SELECT * FROM _mission_rates.contradiction_errors($1)
	UNION ALL
	SELECT * FROM _mission_rates.one_time_errors($1);
END;

COMMENT ON FUNCTION _mission_rates.schedule_errors(text) IS
'Part of check_schedule(): what no reader of the schedule could mean';

CREATE FUNCTION _mission_rates.schedule_warnings(schedule text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
	SELECT * FROM _mission_rates.class_warnings($1)
	UNION ALL
	SELECT * FROM _mission_rates.block_warnings($1)
	UNION ALL
	SELECT * FROM _mission_rates.area_warnings($1)
	UNION ALL
	SELECT * FROM _mission_rates.value_warnings($1)
	UNION ALL
	SELECT * FROM _mission_rates.orphan_warnings();
END;

COMMENT ON FUNCTION _mission_rates.schedule_warnings(text) IS
'Part of check_schedule(): what is probably a mistake in the schedule by itself';

CREATE FUNCTION _mission_rates.schedule_changes(
	schedule text,
	previous text,
	effective_from date)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
	SELECT * FROM _mission_rates.block_changes($1, $2)
	UNION ALL
	SELECT * FROM _mission_rates.value_changes($1, $2)
	UNION ALL
	SELECT * FROM _mission_rates.plan_warnings($1, $2, $3);
END;

COMMENT ON FUNCTION _mission_rates.schedule_changes(text, text, date) IS
'Part of check_schedule(): what is probably a mistake against the schedule before, and those after';

-- The schedule before is the latest one that starts before this one; a draft
-- without a date comes after all others.  adopt_schedule() passes the dates that
-- the draft will have.  jit is off: compiling the query takes longer than
-- running it.
CREATE FUNCTION _mission_rates.schedule_problems(
	schedule text,
	effective_from date,
	adopted_on date,
	OUT severity text,
	OUT rate_table text,
	OUT item text,
	OUT problem text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
	SET jit = off
	SET search_path = pg_catalog, pg_temp
	AS $$
	WITH this AS (
		SELECT coalesce(s.effective_from, $2) AS starts
		FROM ONLY mission_rates.schedule AS s
		WHERE s.schedule = $1
	),
	previous AS (
		SELECT p.schedule, this.starts
		FROM ONLY mission_rates.schedule AS p, this
		WHERE p.effective_from < coalesce(this.starts, 'infinity')
		ORDER BY p.effective_from DESC
		LIMIT 1
	),
	found AS (
		SELECT 'error' AS severity, e.*
		FROM _mission_rates.schedule_errors($1) AS e
		UNION ALL
		SELECT 'warning', w.*
		FROM _mission_rates.date_warnings($1, $2, $3) AS w
		UNION ALL
		SELECT 'warning', w.*
		FROM _mission_rates.schedule_warnings($1) AS w
		UNION ALL
		SELECT 'warning', w.*
		FROM previous, _mission_rates.schedule_changes(
			$1, previous.schedule, previous.starts) AS w
	)
	SELECT f.severity, f.rate_table, f.item, f.problem
	FROM found AS f
	JOIN _mission_rates.rate_tables() AS t ON t.rate_table = f.rate_table
	ORDER BY f.severity, t.table_order, f.item_order NULLS FIRST,
			 f.item COLLATE "C", f.problem COLLATE "C"
$$;

COMMENT ON FUNCTION _mission_rates.schedule_problems(text, date, date) IS
'Part of check_schedule() and adopt_schedule(): the problems of a schedule that is to start on a date and was adopted on another; NULL: after all others, and not adopted';

CREATE FUNCTION _mission_rates.known_schedule(schedule text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'known_schedule'
	LANGUAGE C STABLE PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.known_schedule(text) IS
'Part of check_schedule(): the name of a schedule as it is passed; an unknown one is P0002, NULL 22023, tables of another version 55000';

CREATE FUNCTION mission_rates.check_schedule(
	schedule text,
	OUT severity text,
	OUT rate_table text,
	OUT item text,
	OUT problem text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE COST 2000000 ROWS 10
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT p.severity, p.rate_table, p.item, p.problem
	FROM _mission_rates.known_schedule($1) AS k (schedule)
	CROSS JOIN LATERAL _mission_rates.schedule_problems(k.schedule, NULL, NULL)
		AS p
$$;

COMMENT ON FUNCTION mission_rates.check_schedule(text) IS
'Problems of a schedule, draft or adopted: errors, which keep a draft from being adopted, and warnings, which are probably mistakes, also against the schedule before and those adopted for later; no row where there is none; an unknown schedule is P0002, NULL 22023';
