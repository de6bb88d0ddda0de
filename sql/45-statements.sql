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
