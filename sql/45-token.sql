-- ---------------------------------------------------------------------------
-- Token of the compiled rate book
-- ---------------------------------------------------------------------------
--
-- A session keeps the rate tables compiled for as long as it sees the same
-- token.  Every write to a rate table gives it a new value; a random one, so
-- that no value ever comes back after a rollback or from another server.  It
-- is not dumped: a new database has a token of its own.

CREATE TABLE mission_rates._rate_token (
	only_row		boolean NOT NULL DEFAULT true,
	token			uuid NOT NULL,
	searched_under	bigint NOT NULL DEFAULT 0,
	CONSTRAINT _rate_token_pkey PRIMARY KEY (only_row),
	CONSTRAINT _rate_token_one_row CHECK (only_row)
);

COMMENT ON TABLE mission_rates._rate_token IS
'Internal: one row that identifies the current state of the rate tables; written by their triggers';
COMMENT ON COLUMN mission_rates._rate_token.only_row IS
'Always true: the table has one row';
COMMENT ON COLUMN mission_rates._rate_token.token IS
'Random value, a new one after every change of a rate table';
COMMENT ON COLUMN mission_rates._rate_token.searched_under IS
'Which state of the triggers _missing_schedule has been complete under; in any other state the rate tables are searched';
COMMENT ON CONSTRAINT _rate_token_pkey ON mission_rates._rate_token IS
'The table has at most one row';
COMMENT ON CONSTRAINT _rate_token_one_row ON mission_rates._rate_token IS
'The key of the only row is true';

INSERT INTO mission_rates._rate_token (token) VALUES (gen_random_uuid());

-- While rate rows name a schedule that does not exist, a restore is not
-- finished, and nothing is billed by date.  The token's triggers keep this list
-- up to date, so that nobody has to search the rate tables.  It is not dumped
-- either: the rows that a restore brings make it anew.
CREATE TABLE mission_rates._missing_schedule (
	schedule	text NOT NULL,
	CONSTRAINT _missing_schedule_pkey PRIMARY KEY (schedule)
);

COMMENT ON TABLE mission_rates._missing_schedule IS
'Internal: schedules that rate rows name and the table schedule does not have; written by the triggers of the rate tables';
COMMENT ON COLUMN mission_rates._missing_schedule.schedule IS
'Name of the schedule that is missing';
COMMENT ON CONSTRAINT _missing_schedule_pkey ON mission_rates._missing_schedule IS
'Each name once';

-- Nobody else may write to the two tables, whatever was granted: if an old token
-- came back, sessions would use old rates.
CREATE FUNCTION mission_rates._rate_token_guard() RETURNS trigger
	AS 'MODULE_PATHNAME', 'rate_token_guard'
	LANGUAGE C;

COMMENT ON FUNCTION mission_rates._rate_token_guard IS
'Internal: trigger function of _rate_token and _missing_schedule, refuses what is not written by the triggers of the rate tables (55000)';

DO $$
DECLARE
	guarded text;
BEGIN
	FOREACH guarded IN ARRAY ARRAY['_rate_token', '_missing_schedule'] LOOP
		EXECUTE format($trigger$
			CREATE TRIGGER "0_guard_row"
				BEFORE INSERT OR UPDATE OR DELETE ON mission_rates.%1$I
				FOR EACH ROW
				EXECUTE FUNCTION mission_rates._rate_token_guard();
			CREATE TRIGGER "0_guard_truncate"
				BEFORE TRUNCATE ON mission_rates.%1$I
				FOR EACH STATEMENT
				EXECUTE FUNCTION mission_rates._rate_token_guard();
			ALTER TABLE mission_rates.%1$I
				ENABLE ALWAYS TRIGGER "0_guard_row",
				ENABLE ALWAYS TRIGGER "0_guard_truncate";
			COMMENT ON TRIGGER "0_guard_row" ON mission_rates.%1$I IS
			'Only the triggers of the rate tables write rows';
			COMMENT ON TRIGGER "0_guard_truncate" ON mission_rates.%1$I IS
			'Nobody truncates the table'
			$trigger$, guarded);
	END LOOP;
END
$$;

CREATE FUNCTION mission_rates._rate_token_touch() RETURNS trigger
	AS 'MODULE_PATHNAME', 'rate_token_touch'
	LANGUAGE C;

COMMENT ON FUNCTION mission_rates._rate_token_touch IS
'Internal: trigger function of the rate tables, gives the token a new value';

-- Before the statement, so that a second session waits before it changes
-- anything; after each row, so that a trigger of the user's that rates in between
-- does not leave a half-changed book in memory (row triggers also fire where a
-- logical subscriber applies changes); after the statement, because until then
-- it is half done and nothing is kept.  ENABLE ALWAYS: also under
-- session_replication_role = replica.
DO $$
DECLARE
	rate_table text;
BEGIN
	FOR rate_table IN SELECT t.rate_table FROM _mission_rates.rate_tables() AS t
		ORDER BY t.table_order
	LOOP
		EXECUTE format($trigger$
			CREATE TRIGGER "0_token_before"
				BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE
				ON mission_rates.%1$I
				FOR EACH STATEMENT
				EXECUTE FUNCTION mission_rates._rate_token_touch();
			CREATE TRIGGER "0_token_row"
				AFTER INSERT OR UPDATE OR DELETE ON mission_rates.%1$I
				FOR EACH ROW
				EXECUTE FUNCTION mission_rates._rate_token_touch();
			CREATE TRIGGER "0_token_after"
				AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
				ON mission_rates.%1$I
				FOR EACH STATEMENT
				EXECUTE FUNCTION mission_rates._rate_token_touch();
			ALTER TABLE mission_rates.%1$I
				ENABLE ALWAYS TRIGGER "0_token_before",
				ENABLE ALWAYS TRIGGER "0_token_row",
				ENABLE ALWAYS TRIGGER "0_token_after";
			COMMENT ON TRIGGER "0_token_before" ON mission_rates.%1$I IS
			'New token before the statement';
			COMMENT ON TRIGGER "0_token_row" ON mission_rates.%1$I IS
			'New token after each row';
			COMMENT ON TRIGGER "0_token_after" ON mission_rates.%1$I IS
			'New token after the statement'
			$trigger$, rate_table);
	END LOOP;
END
$$;

-- The first look: from here on the list of missing schedules is complete.
UPDATE mission_rates.schedule SET title = title WHERE false;
