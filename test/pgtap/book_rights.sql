-- What is rated does not depend on privileges, whichever role asks first, nor on
-- search_path or a temporary table.
SET client_min_messages = warning;
DROP ROLE IF EXISTS mission_rates_teller;
DROP ROLE IF EXISTS mission_rates_clerk;
CREATE ROLE mission_rates_teller;
CREATE ROLE mission_rates_clerk;
INSERT INTO mission_rates.schedule (schedule) VALUES ('probe');
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe', 1, 'each', 'Probe');
-- The teller may call the functions and cannot read the tables.
REVOKE SELECT ON ALL TABLES IN SCHEMA mission_rates FROM PUBLIC;
-- The clerk may change fees.
GRANT SELECT, UPDATE ON mission_rates.fee TO mission_rates_clerk;
\set rated 'mission_rates.fee(''probe'', schedule => ''probe'')'

-- A fresh backend, in which the teller asks first
\connect
SET client_min_messages = warning;
SET ROLE mission_rates_teller;
CREATE TEMPORARY TABLE fee AS SELECT 'probe' AS schedule, 'probe' AS code, 99::numeric AS amount, 'each' AS unit,
	''::text AS label, ''::text AS section;
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
SELECT plan(7);
SELECT is(:teller_cold, 1.00, 'a role that may read no table is the first to ask');
SELECT is(:owner_warm, 1.00, 'then the owner');
SELECT is(:loads, 2, 'a draft is read for each statement');
SELECT is(:clerk, 2.00, 'a clerk changes a fee');
SELECT is(:'clerk_name'::text, 'mission_rates_clerk', 'and the role stays the same');
SELECT is(:teller_warm, 2.00, 'the teller sees it');
SELECT throws_ok('SELECT _mission_rates.rate_statement()', '39P01', NULL, 'the trigger function is for triggers');
SELECT * FROM finish();
DROP OWNED BY mission_rates_clerk, mission_rates_teller;
DROP ROLE mission_rates_clerk, mission_rates_teller;
