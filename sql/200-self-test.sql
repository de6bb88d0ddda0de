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
COMMENT ON FUNCTION _mission_rates.verify_tables IS
'NULL where the rate tables are as the library expects them, and nothing foreign is attached to schedule_log or added_label; else an error';

CREATE FUNCTION _mission_rates.lost_triggers()
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg(t.relation || ': ' || t.name, ', '
					  ORDER BY t.relation, t.name)
	FROM _mission_rates.installed_triggers() AS t
	WHERE NOT EXISTS (
		SELECT FROM pg_trigger AS g
		WHERE g.tgrelid = to_regclass(t.relation)
		AND g.tgenabled::text = t.enabled
		AND pg_get_triggerdef(g.oid) = t.definition)
$$;
COMMENT ON FUNCTION _mission_rates.lost_triggers IS
'Triggers of the extension that are missing, changed, or not enabled as they were installed';

CREATE FUNCTION _mission_rates.foreign_objects()
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg(pg_describe_object(d.classid, d.objid, 0), ', '
					  ORDER BY pg_describe_object(d.classid, d.objid, 0))
	FROM pg_extension AS e
	JOIN pg_roles AS installer ON installer.oid = e.extowner
	JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass
		AND d.refobjid = e.oid AND d.deptype = 'e'
	JOIN (SELECT 'pg_class'::regclass, c.oid, c.relowner FROM pg_class AS c
		  UNION ALL
		  SELECT 'pg_proc'::regclass, p.oid, p.proowner FROM pg_proc AS p
		  UNION ALL
		  -- Row types and arrays, which are members from 17 on, are part of what
		  -- they are made for.
		  SELECT 'pg_type'::regclass, t.oid, t.typowner FROM pg_type AS t
		  WHERE NOT EXISTS (
			  SELECT FROM pg_depend AS i
			  WHERE i.classid = 'pg_type'::regclass AND i.objid = t.oid
			  AND i.deptype = 'i')
		  UNION ALL
		  SELECT 'pg_namespace'::regclass, n.oid, n.nspowner
		  FROM pg_namespace AS n) AS o (catalog, oid, owner)
		ON o.catalog = d.classid AND o.oid = d.objid
	WHERE e.extname = 'mission_rates'
	AND (o.owner <> e.extowner OR NOT installer.rolsuper)
$$;
COMMENT ON FUNCTION _mission_rates.foreign_objects IS
'Objects of the extension that belong to somebody else than the superuser who installed it';

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
	AND NOT c.oid = ANY (e.extconfig)
$$;
COMMENT ON FUNCTION _mission_rates.undumped_tables IS
'Tables whose rows pg_dump leaves out';

CREATE FUNCTION _mission_rates.unlogged_schedules()
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg('"' || s.schedule || '"', ', ' ORDER BY s.effective_from)
	FROM mission_rates.schedule AS s
	WHERE s.effective_from IS NOT NULL AND s.schedule <> 'Ordinance 5244'
	AND NOT EXISTS (SELECT FROM mission_rates.schedule_log AS l
					WHERE l.event = 'adopt' AND l.schedule = s.schedule
					AND l.effective_from = s.effective_from
					AND l.fingerprint = s.fingerprint)
$$;
COMMENT ON FUNCTION _mission_rates.unlogged_schedules IS
'Adopted schedules that no row of schedule_log tells of';

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
	AND NOT EXISTS (SELECT FROM mission_rates.schedule AS s
					WHERE s.schedule = l.schedule
					AND s.effective_from = l.effective_from)
$$;
COMMENT ON FUNCTION _mission_rates.lost_schedules IS
'Schedules that were adopted and not withdrawn, by the log, and are not there, or not from that date';

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
	AND NOT EXISTS (SELECT FROM _mission_rates.added_label AS a
					WHERE a.type_name = t.typname AND a.label = e.enumlabel)
$$;
COMMENT ON FUNCTION _mission_rates.unrecorded_labels IS
'Labels that are neither shipped nor recorded in added_label, so that no dump holds them';

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
COMMENT ON FUNCTION _mission_rates.worked_examples IS
'Worked examples of Ordinance 5244, dollars';

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
		('tables that are not as they were made', '_mission_rates.verify_tables()', 'none'),
		('triggers that are missing or not enabled as installed', '_mission_rates.lost_triggers()', 'none'),
		('objects that belong to somebody else', '_mission_rates.foreign_objects()', 'none'),
		('tables whose rows are not dumped', '_mission_rates.undumped_tables()', 'none'),
		('schedules that are not as they were adopted',
		 '(SELECT string_agg(format(''"%s" %s'', e.item, e.problem), ''; '' ORDER BY s.effective_from)'
		 ' FROM mission_rates.schedule AS s, _mission_rates.trust_errors(s.schedule) AS e)', 'none'),
		('adopted schedules that are not in the log', '_mission_rates.unlogged_schedules()', 'none'),
		('adoptions in the log whose schedule is gone', '_mission_rates.lost_schedules()', 'none'),
		('rate rows of no schedule',
		 '(SELECT string_agg(format(''%s, %s: %s'', o.rate_table, o.item, o.problem), ''; '''
		 ' ORDER BY o.rate_table, o.item) FROM _mission_rates.orphan_warnings() AS o)', 'none'),
		('labels that are not recorded in added_label', '_mission_rates.unrecorded_labels()', 'none')
	) AS h (test, call, expected);
END;
COMMENT ON FUNCTION _mission_rates.self_tests IS
'Tests of self_test(), each an expression and the text that it should give';

CREATE FUNCTION _mission_rates.answer(expression text)
	RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT (%s)::text', $1) INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ': ' || SQLERRM;
END
$$;
COMMENT ON FUNCTION _mission_rates.answer IS
'Value of an expression as text, or its error';

CREATE FUNCTION mission_rates.self_test(
	OUT test text,
	OUT expected text,
	OUT actual text,
	OUT passed boolean)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL UNSAFE COST 500000 ROWS 40
BEGIN ATOMIC
	SELECT t.test, t.expected, a.actual,
		   coalesce(a.actual = t.expected, false)
	FROM _mission_rates.self_tests() AS t
	CROSS JOIN LATERAL (SELECT _mission_rates.answer(t.expression) AS actual
						OFFSET 0) AS a;
END;
COMMENT ON FUNCTION mission_rates.self_test IS
'Test of the installation: the worked examples of Ordinance 5244, and what can be wrong with the installation, each with what it should give and what it gave';
