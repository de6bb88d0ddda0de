-- ---------------------------------------------------------------------------
-- Token of the compiled rate book
-- ---------------------------------------------------------------------------
--
-- A session keeps the rate tables compiled for as long as it sees the same
-- token.  Whoever writes to a rate table gives it a new value; a random one,
-- so that no value ever comes back after a rollback or from another server.
-- It is not dumped: a new database has a token of its own.

CREATE TABLE mission_rates._rate_token (
	only_row	boolean NOT NULL DEFAULT true,
	token		uuid NOT NULL,
	CONSTRAINT _rate_token_pkey PRIMARY KEY (only_row),
	CONSTRAINT _rate_token_one_row CHECK (only_row)
);

COMMENT ON TABLE mission_rates._rate_token IS
'Internal: one row that identifies the current state of the rate tables; written by their triggers';
COMMENT ON COLUMN mission_rates._rate_token.only_row IS
'Always true: the table has one row';
COMMENT ON COLUMN mission_rates._rate_token.token IS
'Random value, a new one after every change of a rate table';
COMMENT ON CONSTRAINT _rate_token_pkey ON mission_rates._rate_token IS
'The table has at most one row';
COMMENT ON CONSTRAINT _rate_token_one_row ON mission_rates._rate_token IS
'The key of the only row is true';

INSERT INTO mission_rates._rate_token (token) VALUES (gen_random_uuid());

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
	FOR rate_table IN SELECT t.rate_table FROM mission_rates._rate_tables() AS t
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
