-- ---------------------------------------------------------------------------
-- Checking a schedule beside those before and after it
-- ---------------------------------------------------------------------------
--
-- The values of the schedule (b) and of the one before it (a) are paired once,
-- by schedule_problems(), for all functions that look at them.

CREATE FUNCTION _mission_rates.area_warnings(pairs _mission_rates.value_pair[])
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT 'warning', v.rate_table, min(v.item_order),
		   left(min(v.item), -length(', inside')), 'priced inside only'
	FROM unnest($1) AS p
	CROSS JOIN LATERAL (SELECT (p.b).*) AS v
	WHERE v.meter_size IS NOT NULL
	GROUP BY v.rate_table, v.sheet_item, v.meter_size
	HAVING bool_and(v.sheet_column = 'inside');
END;
COMMENT ON FUNCTION _mission_rates.area_warnings IS
'Sizes priced inside but not outside';

CREATE FUNCTION _mission_rates.amount_change(
	before numeric,
	now numeric,
	text_before text,
	text_now text)
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
		WHEN $2 = 0 AND $1 > 0 THEN 'fell to zero from ' || $3
		WHEN abs($2 - $1) > abs($1) / 2
		THEN 'moved by more than half, from ' || $3 || ' to ' || $4
		WHEN $2 < $1 THEN 'fell from ' || $3 || ' to ' || $4 END;
END;
COMMENT ON FUNCTION _mission_rates.amount_change IS
'What is probably a mistake in an amount against the one before, in words; NULL: nothing';

-- Blocks are compared by their number: one may start elsewhere
CREATE FUNCTION _mission_rates.block_changes(schedule text, previous text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
	SELECT 'warning', p.rate_table,
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
		(_mission_rates.amount_change(p.rate, n.rate,
									  _mission_rates.rate_text(p.rate),
									  _mission_rates.rate_text(n.rate)))
	) AS c (problem)
	WHERE c.problem IS NOT NULL;
END;
COMMENT ON FUNCTION _mission_rates.block_changes IS
'Blocks that are probably a mistake against the schedule before';

-- Against the schedule before, the blocks are left aside: they are compared above.
CREATE FUNCTION _mission_rates.value_warnings(
	pairs _mission_rates.value_pair[],
	previous text)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
	SELECT 'warning', v.rate_table, v.item_order, v.item, c.problem
	FROM unnest($1) AS p
	CROSS JOIN LATERAL (
		SELECT (coalesce(p.a, p.b)).*,
			   (coalesce(p.a, p.b)).rate_table = 'schedule' AS is_term,
			   CASE WHEN (coalesce(p.a, p.b)).column_name = 'amount' THEN ''
					ELSE (coalesce(p.a, p.b)).column_name || ' ' END AS name
	) AS v
	CROSS JOIN LATERAL (SELECT (p.b).*) AS b
	LEFT JOIN LATERAL (SELECT (p.a).*) AS a
		ON v.rate_table NOT IN ('water_volume', 'sewer_volume')
	CROSS JOIN LATERAL (VALUES
		(CASE WHEN v.is_term AND b.amount IS NULL
			  THEN 'not set, charges that need it cannot be rated' END),
		(CASE WHEN b.column_order = 1 AND btrim(b.section) = ''
			  THEN 'its section is empty' END),
		(CASE WHEN b.amount <> round(b.amount, 2) AND b.unit IN ('month', 'each')
			  AND b.column_name IN ('amount', 'fixed', 'deposit', 'service_fee')
			  THEN v.name || b.value || ' has more than two decimals' END),
		-- a row that is gone
		(CASE WHEN a.column_order = 1 AND b.item IS NULL
			  THEN 'missing, "' || $2 || '" has it' END),
		-- a value that is gone
		(CASE WHEN NOT v.is_term AND b.item IS NOT NULL AND b.value IS NULL
			  THEN v.column_name || ' is empty, in "' || $2 || '" it is ' || a.value END),
		-- terms may fall, and volume_step may change in any direction
		(CASE WHEN NOT v.is_term OR v.item <> 'volume_step'
			  AND abs(b.amount - a.amount) > a.amount / 2
			  THEN v.name || _mission_rates.amount_change(a.amount, b.amount,
														  a.value, b.value) END)
	) AS c (problem)
	WHERE c.problem IS NOT NULL;
END;
COMMENT ON FUNCTION _mission_rates.value_warnings IS
'Terms that are not set, empty sections, fractions of a cent per month or each, and what is probably a mistake against the schedule before';

-- Changes that schedules already adopted for a later date do not have.  Those
-- were made before the change, from the old value or a percent of it, and would
-- undo it.  Schedules that are in force stay as they are.
CREATE FUNCTION _mission_rates.plan_warnings(
	pairs _mission_rates.value_pair[],
	schedule text,
	effective_from date)
	RETURNS SETOF _mission_rates.problem
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
	SET search_path = pg_catalog, pg_temp
	AS $$
	WITH change AS (
		SELECT v.rate_table, v.item_order, v.item, v.column_name, v.column_order,
			   (p.a).item IS NULL AS added, (p.b).item IS NULL AS dropped,
			   (p.a).value AS before, (p.b).value AS now,
			   (p.b).amount, (p.b).amount - (p.a).amount AS moved_by
		FROM unnest($1) AS p
		CROSS JOIN LATERAL (SELECT (coalesce(p.b, p.a)).*) AS v
		WHERE (p.b).value IS DISTINCT FROM (p.a).value
		OR ((p.b).item IS NULL) <> ((p.a).item IS NULL)
	),
	later AS (
		SELECT s.schedule, v.rate_table, v.item, v.column_name, v.value,
			   v.amount, '"' || s.schedule || '", adopted for '
			   || to_char(s.effective_from, 'YYYY-MM-DD') || ',' AS name
		FROM mission_rates.schedule AS s
		CROSS JOIN LATERAL _mission_rates.rate_values(s.schedule) AS v
		WHERE s.effective_from > $3 AND s.effective_from > CURRENT_DATE
		AND s.schedule <> $2
	)
	SELECT 'warning', c.rate_table, c.item_order, c.item,
		   CASE WHEN c.added THEN 'new, but ' || s.name || ' does not have it'
				WHEN c.dropped THEN 'dropped, but ' || s.name || ' has it'
				ELSE CASE WHEN c.column_name = 'amount' THEN ''
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
COMMENT ON FUNCTION _mission_rates.plan_warnings IS
'Changes of a schedule that is to start on a date, and that schedules adopted for later do not have';

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
		SELECT coalesce(s.effective_from, $2) AS starts,
			   (SELECT p.schedule
				FROM mission_rates.schedule AS p
				WHERE p.effective_from < coalesce(s.effective_from, $2, 'infinity')
				ORDER BY p.effective_from DESC
				LIMIT 1) AS previous
		FROM mission_rates.schedule AS s
		WHERE s.schedule = $1
	),
	compared AS MATERIALIZED (
		SELECT this.starts, this.previous,
			   ARRAY(SELECT v FROM _mission_rates.value_pairs(this.previous, $1) AS v)
			   AS pairs
		FROM this
	),
	found AS (
		SELECT * FROM _mission_rates.trust_errors($1)
		UNION ALL
		SELECT 'error', c.rate_table,
			   ARRAY[_mission_rates.label_position(c.class)], c.item, c.problem
		FROM _mission_rates.contradictions($1) AS c
		UNION ALL
		SELECT * FROM _mission_rates.class_problems($1)
		UNION ALL
		SELECT * FROM _mission_rates.one_time_errors($1)
		UNION ALL
		SELECT * FROM _mission_rates.date_warnings($1, $2, $3)
		UNION ALL
		SELECT * FROM _mission_rates.block_warnings($1)
		UNION ALL
		SELECT * FROM _mission_rates.orphan_warnings()
		UNION ALL
		SELECT w.* FROM compared AS c, _mission_rates.area_warnings(c.pairs) AS w
		UNION ALL
		SELECT w.* FROM compared AS c, _mission_rates.block_changes($1, c.previous) AS w
		UNION ALL
		SELECT w.* FROM compared AS c,
			_mission_rates.value_warnings(c.pairs, c.previous) AS w
		UNION ALL
		SELECT w.* FROM compared AS c,
			_mission_rates.plan_warnings(c.pairs, $1, c.starts) AS w
		WHERE c.previous IS NOT NULL
	)
	SELECT f.severity, f.rate_table, f.item, f.problem
	FROM found AS f
	JOIN _mission_rates.rate_tables() AS t ON t.rate_table = f.rate_table
	ORDER BY f.severity, t.table_order, f.item_order NULLS FIRST,
			 f.item COLLATE "C", f.problem COLLATE "C"
$$;
COMMENT ON FUNCTION _mission_rates.schedule_problems IS
'Problems of a schedule that is to start on a date and was adopted on another; NULL: after all others, and not adopted';

CREATE FUNCTION _mission_rates.known_schedule(schedule text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'known_schedule'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.known_schedule IS
'Name of a schedule as it is passed, once the tables are verified and it is found';

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
COMMENT ON FUNCTION mission_rates.check_schedule IS
'Problems of a schedule, draft or adopted: errors, which keep a draft from being adopted, and warnings, also against the schedule before and those adopted for later';
