-- ---------------------------------------------------------------------------
-- Statements on rate tables that are in progress
-- ---------------------------------------------------------------------------
--
-- Code that runs inside such a statement, a trigger say, sees more of its rows
-- at each call.  These triggers tell the session when one begins and ends, so
-- that it remembers nothing in between.  They write nothing, and no session
-- waits for another one.  ENABLE ALWAYS: also under session_replication_role =
-- replica.

CREATE FUNCTION _mission_rates.rate_statement() RETURNS trigger
	AS 'MODULE_PATHNAME', 'rate_statement'
	LANGUAGE C;

COMMENT ON FUNCTION _mission_rates.rate_statement() IS
'Trigger function of the rate tables: tells the session that a statement on one of them begins or ends';

DO $$
DECLARE
	rate_table text;
BEGIN
	FOR rate_table IN SELECT t.rate_table FROM _mission_rates.rate_tables() AS t
		ORDER BY t.table_order
	LOOP
		EXECUTE format($trigger$
			CREATE TRIGGER "0_statement_begins"
				BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE
				ON mission_rates.%1$I
				FOR EACH STATEMENT
				EXECUTE FUNCTION _mission_rates.rate_statement();
			CREATE TRIGGER "0_statement_ends"
				AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
				ON mission_rates.%1$I
				FOR EACH STATEMENT
				EXECUTE FUNCTION _mission_rates.rate_statement();
			ALTER TABLE mission_rates.%1$I
				ENABLE ALWAYS TRIGGER "0_statement_begins",
				ENABLE ALWAYS TRIGGER "0_statement_ends";
			COMMENT ON TRIGGER "0_statement_begins" ON mission_rates.%1$I IS
			'Beginning of a statement: rates are not remembered until its end';
			COMMENT ON TRIGGER "0_statement_ends" ON mission_rates.%1$I IS
			'End of a statement'
			$trigger$, rate_table);
	END LOOP;
END
$$;
