-- The book depends neither on privileges nor on row security, whichever role
-- asks first, nor on search_path or a temporary table.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS mission_rates;
DROP ROLE IF EXISTS mission_rates_teller;
DROP ROLE IF EXISTS mission_rates_clerk;
CREATE ROLE mission_rates_teller;
CREATE ROLE mission_rates_clerk;
INSERT INTO mission_rates.schedule (schedule) VALUES ('probe');
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe', 1, 'each', 'Probe');
-- The teller may call the functions and cannot read the tables; row security
-- would hide every row.
REVOKE SELECT ON ALL TABLES IN SCHEMA mission_rates FROM PUBLIC;
ALTER TABLE mission_rates.fee ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE mission_rates._rate_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- The clerk may change fees, and has no right on the token.
GRANT SELECT, UPDATE ON mission_rates.fee TO mission_rates_clerk;
CREATE POLICY clerk ON mission_rates.fee TO mission_rates_clerk USING (true);
\set rated 'mission_rates.fee(''probe'', schedule => ''probe'')'

-- A fresh backend, in which the teller asks first
\connect
SET client_min_messages = warning;
SET ROLE mission_rates_teller;
CREATE TEMPORARY TABLE fee AS SELECT 'probe' AS schedule, 'probe' AS code, 99::numeric AS amount, 'each' AS unit,
	''::text AS label, ''::text AS section;
CREATE TEMPORARY TABLE _rate_token AS SELECT true AS only_row, gen_random_uuid() AS token;
SET search_path = pg_temp, mission_rates;
SELECT :rated AS teller_cold \gset
RESET search_path;
RESET ROLE;
SELECT :rated AS owner_warm, _mission_rates.rate_loads() AS loads \gset
SET ROLE mission_rates_clerk;
UPDATE mission_rates.fee SET amount = 2 WHERE schedule = 'probe' AND code = 'probe';
SELECT :rated AS clerk \gset
SELECT current_user AS clerk_name \gset
SET ROLE mission_rates_teller;
SELECT :rated AS teller_warm \gset
RESET ROLE;
-- The trigger on a table of one's own
CREATE TEMPORARY TABLE own (n integer);
CREATE TRIGGER own AFTER INSERT ON own FOR EACH ROW EXECUTE FUNCTION mission_rates._rate_token_touch();
\set ON_ERROR_STOP off
INSERT INTO own VALUES (1);
\set ON_ERROR_STOP on
\set own :SQLSTATE
SELECT has_table_privilege('mission_rates_clerk', 'mission_rates._rate_token', 'INSERT, UPDATE, DELETE, TRUNCATE') AS may_write
\gset

SELECT plan(8);
SELECT is(:teller_cold, 1.00, 'a role that may read no table is the first to ask');
SELECT is(:owner_warm, 1.00, 'then the owner');
SELECT is(:loads, 1, 'from the same book');
SELECT is(:clerk, 2.00, 'a clerk without any right on the token changes a fee');
SELECT is(:'clerk_name'::text, 'mission_rates_clerk', 'and the role stays the same');
SELECT is(:teller_warm, 2.00, 'the teller sees it');
SELECT is(:'may_write'::boolean, false, 'nobody else may write the token');
SELECT is(:'own'::text, '39P01', 'nor move it by a trigger on another table');
SELECT * FROM finish();
DROP OWNED BY mission_rates_clerk, mission_rates_teller;
DROP ROLE mission_rates_clerk, mission_rates_teller;
