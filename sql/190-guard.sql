-- ---------------------------------------------------------------------------
-- Guard on adopted schedules
-- ---------------------------------------------------------------------------
--
-- Made after the rows of Ordinance 5244.  Ordinary triggers, not ENABLE ALWAYS:
-- a subscriber's apply worker brings changes that were guarded at their origin.
-- Rows are checked again after they are written: a trigger of the user's may
-- have moved them to another schedule.
--
-- Code that runs inside a statement on a rate table, a trigger say, sees more of
-- its rows at each call.  The triggers with rate_statement() tell the session when
-- one begins and ends, so that it remembers nothing in between.  They write
-- nothing, and no session waits for another one.  ENABLE ALWAYS: also under
-- session_replication_role = replica.

SELECT _mission_rates.run(
	format('CREATE FUNCTION _mission_rates.%1$I() RETURNS trigger'
		   ' AS ''MODULE_PATHNAME'', %1$L LANGUAGE C;'
		   'COMMENT ON FUNCTION _mission_rates.%1$I IS %2$L',
		   f.name, 'Trigger function of ' || f.words))
FROM (VALUES
	('guard_rate_rows',
	 'the tables of rate rows: rows of adopted schedules are not changed, and a draft is not adopted while somebody edits it'),
	('guard_schedule',
	 'the table schedule: adopted schedules are not changed, nor are drafts adopted by hand, or deleted before their rows'),
	('guard_truncate',
	 'the rate tables: rows of adopted schedules are not truncated'),
	('rate_statement',
	 'the rate tables: tells the session that a statement on one of them begins or ends'),
	('guard_log',
	 'schedule_log: its rows are neither changed nor removed, and only its owner adds any'),
	('add_label',
	 'added_label: adds the label to its type, and passes over a row that is there already'),
	('guard_labels',
	 'added_label: its rows are neither changed nor removed')
) AS f (name, words);

-- All triggers of the extension.  Triggers fire in the order of their names: the
-- underscore comes before small letters, so these fire before a city's own.  The
-- definition is in the words of pg_get_triggerdef(), so that self_test() can tell
-- what became of it.
CREATE FUNCTION _mission_rates.installed_triggers(
	OUT relation text,
	OUT name text,
	OUT definition text,
	OUT enabled text,
	OUT comment text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 40
BEGIN ATOMIC
	SELECT w.relation, w.name,
		   format('CREATE TRIGGER %I %s ON %s FOR EACH %s EXECUTE FUNCTION'
				  ' _mission_rates.%s()', w.name, w.events, w.relation,
				  w.level, w.function),
		   w.enabled, w.comment
	FROM (SELECT 'mission_rates.' || t.rate_table, g.*
		  FROM _mission_rates.rate_tables() AS t
		  CROSS JOIN LATERAL (VALUES
			('_begin_statement',
			 'BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE', 'STATEMENT',
			 'rate_statement', 'A',
			 'Beginning of a statement: rates are not remembered until its end'),
			('_end_statement',
			 'AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE', 'STATEMENT',
			 'rate_statement', 'A', 'End of a statement'),
			('_guard_rows', 'BEFORE INSERT OR DELETE OR UPDATE', 'ROW',
			 CASE t.rate_table WHEN 'schedule' THEN 'guard_schedule'
							   ELSE 'guard_rate_rows' END, 'O',
			 'Adopted schedules are not changed'),
			('_guard_written', 'AFTER INSERT OR UPDATE', 'ROW',
			 CASE t.rate_table WHEN 'schedule' THEN 'guard_schedule'
							   ELSE 'guard_rate_rows' END, 'O',
			 'Adopted schedules are not changed, whatever other triggers made of a row'),
			('_guard_truncate', 'BEFORE TRUNCATE', 'STATEMENT',
			 'guard_truncate', 'O', 'Adopted schedules are not truncated')
		  ) AS g
		  UNION ALL
		  VALUES
			('mission_rates.schedule_log', '_guard_log',
			 'BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE', 'STATEMENT',
			 'guard_log', 'O', 'What was done stays on record'),
			('_mission_rates.added_label', '_add_label', 'BEFORE INSERT',
			 'ROW', 'add_label', 'A', 'A restore adds the labels again'),
			('_mission_rates.added_label', '_guard_labels',
			 'BEFORE DELETE OR UPDATE OR TRUNCATE', 'STATEMENT',
			 'guard_labels', 'O', 'What was added stays')
	) AS w (relation, name, events, level, function, enabled, comment);
END;
COMMENT ON FUNCTION _mission_rates.installed_triggers IS
'Triggers of the extension with definition, state (O: ordinary, A: ENABLE ALWAYS) and comment';

SELECT _mission_rates.run(
	format('%1$s; ALTER TABLE %2$s ENABLE %3$s TRIGGER %4$I;'
		   'COMMENT ON TRIGGER %4$I ON %2$s IS %5$L', t.definition, t.relation,
		   CASE t.enabled WHEN 'A' THEN 'ALWAYS' END, t.name, t.comment))
FROM _mission_rates.installed_triggers() AS t;
