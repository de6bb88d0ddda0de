-- ---------------------------------------------------------------------------
-- Testing an installation
-- ---------------------------------------------------------------------------
--
-- self_test() evaluates the expressions of self_tests().  Those on the health
-- of the installation name what is wrong, NULL: nothing.

CREATE FUNCTION _mission_rates.verify_tables()
	RETURNS text
	AS 'MODULE_PATHNAME', 'verify_tables'
	LANGUAGE C STABLE PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.verify_tables() IS
'Part of self_test(): NULL where the columns of the rate tables are those that the library expects, else 55000';

CREATE FUNCTION _mission_rates.unarmed_tables()
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg(t.rate_table, ', ' ORDER BY t.table_order)
	FROM _mission_rates.rate_tables() AS t
	-- before and after a statement: bits of tgtype
	WHERE NOT EXISTS (
		SELECT FROM (VALUES (2, 60), (0, 60)) AS w (timing, events)
		HAVING bool_and(EXISTS (
			SELECT FROM pg_trigger AS g
			WHERE g.tgrelid = to_regclass('mission_rates.' || t.rate_table)
			AND g.tgfoid = to_regproc('_mission_rates.rate_statement')
			AND g.tgenabled = 'A' AND g.tgqual IS NULL
			AND g.tgtype & 3 = w.timing
			AND g.tgtype & w.events = w.events)))
$$;

COMMENT ON FUNCTION _mission_rates.unarmed_tables() IS
'Part of self_test(): rate tables whose triggers for statements are not all there and ENABLE ALWAYS: nothing is remembered of the rates once a transaction has written some; NULL: none';

CREATE FUNCTION _mission_rates.unguarded_tables()
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg(DISTINCT w.guarded, ', ' ORDER BY w.guarded)
	FROM (SELECT t.rate_table AS guarded, g.name, 'OA' AS states
		  FROM _mission_rates.rate_tables() AS t
		  CROSS JOIN unnest(ARRAY['1_guard_rows', '1_guard_written',
								  '1_guard_truncate']) AS g (name)
		  UNION ALL
		  VALUES ('schedule_log', '1_guard_log', 'OA'),
				 ('added_label', '1_guard_labels', 'OA'),
				 ('added_label', '0_add_label', 'A')) AS w
	WHERE NOT EXISTS (
		SELECT FROM pg_trigger AS g
		JOIN pg_proc AS p ON p.oid = g.tgfoid
		WHERE g.tgrelid = to_regclass('mission_rates.' || w.guarded)
		AND g.tgname = w.name AND g.tgqual IS NULL
		AND strpos(w.states, g.tgenabled::text) > 0
		AND p.pronamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace))
$$;

COMMENT ON FUNCTION _mission_rates.unguarded_tables() IS
'Part of self_test(): tables whose guard is not there or disabled: of adopted schedules, of the log, of added labels; NULL: none';

CREATE FUNCTION _mission_rates.undumped_tables()
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg(c.relname, ', ' ORDER BY c.relname)
	FROM pg_extension AS e
	JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass
		AND d.refobjid = e.oid AND d.deptype = 'e'
		AND d.classid = 'pg_class'::regclass
	JOIN pg_class AS c ON c.oid = d.objid AND c.relkind = 'r'
	WHERE e.extname = 'mission_rates'
	AND c.relname NOT LIKE '\_%'
	AND NOT c.oid = ANY (e.extconfig)
$$;

COMMENT ON FUNCTION _mission_rates.undumped_tables() IS
'Part of self_test(): tables whose rows pg_dump leaves out; NULL: none';

CREATE FUNCTION _mission_rates.changed_schedules()
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg('"' || e.item || '" ' || e.problem, '; '
					  ORDER BY s.effective_from)
	FROM ONLY mission_rates.schedule AS s
	CROSS JOIN LATERAL _mission_rates.trust_errors(s.schedule) AS e
$$;

COMMENT ON FUNCTION _mission_rates.changed_schedules() IS
'Part of self_test(): adopted schedules whose rows or fingerprints are not those that were adopted; NULL: none';

CREATE FUNCTION _mission_rates.orphaned_rows()
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg(o.rate_table || ', ' || o.item || ': ' || o.problem, '; '
					  ORDER BY o.rate_table, o.item)
	FROM _mission_rates.orphan_slips() AS o
$$;

COMMENT ON FUNCTION _mission_rates.orphaned_rows() IS
'Part of self_test(): rate rows of no schedule; NULL: none';

CREATE FUNCTION _mission_rates.unlogged_schedules()
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg('"' || s.schedule || '"', ', ' ORDER BY s.effective_from)
	FROM ONLY mission_rates.schedule AS s
	WHERE s.effective_from IS NOT NULL AND s.schedule <> 'Ordinance 5244'
	AND NOT EXISTS (SELECT FROM mission_rates.schedule_log AS l
					WHERE l.event = 'adopt' AND l.schedule = s.schedule
					AND l.effective_from = s.effective_from
					AND l.fingerprint = s.fingerprint)
$$;

COMMENT ON FUNCTION _mission_rates.unlogged_schedules() IS
'Part of self_test(): adopted schedules that no row of schedule_log tells of; NULL: none';

CREATE FUNCTION _mission_rates.lost_schedules()
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg('"' || l.schedule || '"', ', '
					  ORDER BY l.effective_from, l.schedule COLLATE "C")
	FROM (SELECT DISTINCT ON (g.schedule) g.schedule, g.event, g.effective_from
		  FROM mission_rates.schedule_log AS g
		  WHERE g.event IN ('adopt', 'withdraw')
		  ORDER BY g.schedule, g.at DESC, g.event DESC) AS l
	WHERE l.event = 'adopt'
	AND NOT EXISTS (SELECT FROM ONLY mission_rates.schedule AS s
					WHERE s.schedule = l.schedule
					AND s.effective_from = l.effective_from)
$$;

COMMENT ON FUNCTION _mission_rates.lost_schedules() IS
'Part of self_test(): schedules that were adopted and not withdrawn, by the log, and are not there, or not from that date; NULL: none';

CREATE FUNCTION _mission_rates.unrecorded_labels()
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg(t.typname || ' ' || e.enumlabel, ', '
					  ORDER BY t.typname, e.enumsortorder)
	FROM pg_type AS t
	JOIN pg_enum AS e ON e.enumtypid = t.oid
	WHERE t.typnamespace = 'mission_rates'::regnamespace
	AND NOT EXISTS (SELECT FROM _mission_rates.shipped_labels() AS s
					WHERE s.type_name = t.typname AND s.label = e.enumlabel)
	AND NOT EXISTS (SELECT FROM mission_rates.added_label AS a
					WHERE a.type_name = t.typname AND a.label = e.enumlabel)
$$;

COMMENT ON FUNCTION _mission_rates.unrecorded_labels() IS
'Part of self_test(): labels that are neither shipped nor recorded in added_label: no dump holds them; NULL: none';

-- The worked examples of the reading, doc/ordinance.md
CREATE FUNCTION _mission_rates.worked_examples(
	OUT test text,
	OUT expression text,
	OUT expected text)
	RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 30
BEGIN ATOMIC
	SELECT v.test,
		   replace(replace(v.call, '@', 'mission_rates.'),
				   '#', ', schedule => ''Ordinance 5244'''),
		   v.expected
	FROM (VALUES
		('water A1, 3/4 inch, 0 gallons', '@water_charge(''A1'', ''3/4'', 0#)', '11.50'),
		('water A1, 3/4 inch, 999 gallons', '@water_charge(''A1'', ''3/4'', 999#)', '11.50'),
		('water A1, 3/4 inch, 1,000 gallons', '@water_charge(''A1'', ''3/4'', 1000#)', '11.50'),
		('water A1, 3/4 inch, 1,019 gallons', '@water_charge(''A1'', ''3/4'', 1019#)', '11.55'),
		('water A1, 3/4 inch, 6,000 gallons', '@water_charge(''A1'', ''3/4'', 6000#)', '22.75'),
		('water A1, 3/4 inch, 19,999 gallons', '@water_charge(''A1'', ''3/4'', 19999#)', '54.25'),
		('water A1, 3/4 inch, 20,000 gallons', '@water_charge(''A1'', ''3/4'', 20000#)', '54.25'),
		('water A1, 3/4 inch, 20,001 gallons', '@water_charge(''A1'', ''3/4'', 20001#)', '54.26'),
		('water A5, 8 inch, 1,000,000 gallons', '@water_charge(''A5'', ''8'', 1000000#)', '3304.12'),
		('water A8, 3/4 inch, 6,000 gallons', '@water_charge(''A8'', ''3/4'', 6000#)', '28.79'),
		('water A2 outside, 3/4 inch, 10,000 gallons', '@water_charge(''A2'', ''3/4'', 10000, ''outside''#)', '41.45'),
		('sewer A1, 500 gallons', '@sewer_charge(''A1'', 500#)', '9.73'),
		('sewer A1, 6,000 gallons', '@sewer_charge(''A1'', 6000#)', '17.70'),
		('sewer A5, 1,000,000 gallons', '@sewer_charge(''A5'', 1000000#)', '3191.50'),
		('sewer A8, 6,000 gallons', '@sewer_charge(''A8'', 6000#)', '26.00'),
		('sewer A1 without an operational meter', '@sewer_charge(''A1'', NULL, metered => false#)', '26.00'),
		('bill A1, 3/4 inch, 6,000 gallons', '@bill_total(''A1'', ''3/4'', 6000#)', '40.45'),
		('late fee on 40.45', '@late_fee(40.45#)', '2.02'),
		('late fee on 50.10', '@late_fee(50.10#)', '2.51'),
		('reconnection, bill of 40.45', 'SELECT sum(q.amount) FROM @reconnection_quote(40.45#) AS q', '72.47'),
		('the same after breaking the lock and reconnecting',
		 'SELECT sum(q.amount) FROM @reconnection_quote(40.45, unauthorized => 1, tampering => 1#) AS q', '172.47'),
		('tap 1 inch outside, 18.5 feet of concrete cut',
		 'SELECT sum(q.amount) FROM @opening_quote(NULL, connection => false, tap_meter => ''1'','
		 ' tap_area => ''outside'', concrete_feet => 18.5#) AS q', '1027.50'),
		('home owner opens an account', 'SELECT sum(q.amount) FROM @opening_quote(''homeowner''#) AS q', '140.00')
	) AS v (test, call, expected);
END;

COMMENT ON FUNCTION _mission_rates.worked_examples() IS
'Part of self_test(): the worked examples of Ordinance 5244, dollars';

CREATE FUNCTION _mission_rates.self_tests(
	OUT test text,
	OUT expression text,
	OUT expected text)
	RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 40
BEGIN ATOMIC
	SELECT w.test, w.expression, w.expected
	FROM _mission_rates.worked_examples() AS w
	UNION ALL
	SELECT h.test,
		   'coalesce(' || h.call || ', ''none'')', h.expected
	FROM (VALUES
		('fingerprint of Ordinance 5244', 'mission_rates.schedule_fingerprint(''Ordinance 5244'')',
		 '5230b4704c9bd7d72957922fc5801e95a4f8c39d2b142010651c89a55341949d'),
		('rate tables that are not as described', '_mission_rates.verify_tables()', 'none'),
		('rate tables whose triggers for statements are not all ENABLE ALWAYS', '_mission_rates.unarmed_tables()', 'none'),
		('tables whose guard is missing or disabled', '_mission_rates.unguarded_tables()', 'none'),
		('tables whose rows are not dumped', '_mission_rates.undumped_tables()', 'none'),
		('schedules that are not as they were adopted', '_mission_rates.changed_schedules()', 'none'),
		('adopted schedules that are not in the log', '_mission_rates.unlogged_schedules()', 'none'),
		('adoptions in the log whose schedule is gone', '_mission_rates.lost_schedules()', 'none'),
		('rate rows of no schedule', '_mission_rates.orphaned_rows()', 'none'),
		('labels that are not recorded in added_label', '_mission_rates.unrecorded_labels()', 'none')
	) AS h (test, call, expected);
END;

COMMENT ON FUNCTION _mission_rates.self_tests() IS
'Part of self_test(): its tests, each an expression and the text that it should give';

CREATE FUNCTION mission_rates.self_test(
	OUT test text,
	OUT expected text,
	OUT actual text,
	OUT passed boolean)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'self_test'
	LANGUAGE C STABLE PARALLEL UNSAFE COST 500000 ROWS 40
	SET search_path = pg_catalog, pg_temp;

COMMENT ON FUNCTION mission_rates.self_test() IS
'Tests the installation, to be run after an upgrade or a restore: the worked examples of Ordinance 5244, and what might be amiss around the rates, each with what it should give and what it gave, an error included; never an error itself';
