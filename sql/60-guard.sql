-- ---------------------------------------------------------------------------
-- Guard on adopted schedules
-- ---------------------------------------------------------------------------
--
-- Made after the rows of Ordinance 5244.  Ordinary triggers, not ENABLE ALWAYS:
-- a subscriber's apply worker brings changes that were guarded at their origin.
-- Their names sort after those of the token, whose lock comes first.  Rows are
-- checked again after they are written: a trigger of the user's may have moved
-- them to another schedule.

CREATE FUNCTION _mission_rates.guard_rate_rows() RETURNS trigger
	AS 'MODULE_PATHNAME', 'guard_rate_rows'
	LANGUAGE C;

COMMENT ON FUNCTION _mission_rates.guard_rate_rows IS
'Internal: trigger function of the tables of rate rows, refuses to change rows of adopted schedules (55000); lets rows in while an adopted schedule has fewer than its seal';

CREATE FUNCTION _mission_rates.guard_schedule() RETURNS trigger
	AS 'MODULE_PATHNAME', 'guard_schedule'
	LANGUAGE C;

COMMENT ON FUNCTION _mission_rates.guard_schedule IS
'Internal: trigger function of the table schedule, refuses to change adopted schedules, and to set effective_from or sealed_rows by hand (55000); lets the owner of the table insert adopted schedules';

CREATE FUNCTION _mission_rates.guard_truncate() RETURNS trigger
	AS 'MODULE_PATHNAME', 'guard_truncate'
	LANGUAGE C;

COMMENT ON FUNCTION _mission_rates.guard_truncate IS
'Internal: trigger function of the rate tables, refuses to truncate rows of adopted schedules (55000)';

DO $$
DECLARE
	rate_table text;
BEGIN
	FOR rate_table IN SELECT t.rate_table FROM _mission_rates.rate_tables() AS t
		ORDER BY t.table_order
	LOOP
		EXECUTE format($trigger$
			CREATE TRIGGER "1_guard_rows"
				BEFORE INSERT OR UPDATE OR DELETE ON mission_rates.%1$I
				FOR EACH ROW EXECUTE FUNCTION _mission_rates.%2$I();
			CREATE TRIGGER "1_guard_written"
				AFTER INSERT OR UPDATE ON mission_rates.%1$I
				FOR EACH ROW EXECUTE FUNCTION _mission_rates.%2$I();
			CREATE TRIGGER "1_guard_truncate"
				BEFORE TRUNCATE ON mission_rates.%1$I
				FOR EACH STATEMENT
				EXECUTE FUNCTION _mission_rates.guard_truncate();
			COMMENT ON TRIGGER "1_guard_rows" ON mission_rates.%1$I IS
			'Adopted schedules are not changed';
			COMMENT ON TRIGGER "1_guard_written" ON mission_rates.%1$I IS
			'Adopted schedules are not changed, whatever other triggers made of a row';
			COMMENT ON TRIGGER "1_guard_truncate" ON mission_rates.%1$I IS
			'Adopted schedules are not truncated'
			$trigger$, rate_table,
			CASE rate_table WHEN 'schedule' THEN 'guard_schedule'
							ELSE 'guard_rate_rows' END);
	END LOOP;
END
$$;
