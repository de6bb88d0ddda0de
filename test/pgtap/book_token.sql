-- The token is written by the triggers of the rate tables alone, and service
-- areas are known by what they are.
SET client_min_messages = error;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS mission_rates;
SELECT plan(20);

CREATE ROLE mission_rates_all;
GRANT ALL ON ALL TABLES IN SCHEMA mission_rates TO mission_rates_all;
CREATE FUNCTION pg_temp.try(role name, statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SET LOCAL ROLE %I', role);
	EXECUTE statement;
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT is(pg_temp.try(role, statement), format('55000 table "%s" is written by the triggers of the rate tables alone', relation),
	format('%s as %s', statement, role))
FROM (VALUES
	(1, '_rate_token', 'UPDATE mission_rates._rate_token SET token = ''00000000-0000-0000-0000-000000000000'''),
	(2, '_rate_token', 'DELETE FROM mission_rates._rate_token'),
	(3, '_rate_token', 'TRUNCATE mission_rates._rate_token'),
	(4, '_missing_schedule', 'INSERT INTO mission_rates._missing_schedule VALUES (''X'')'),
	(5, '_missing_schedule', 'TRUNCATE mission_rates._missing_schedule')) AS v (n, relation, statement),
	 (VALUES ('mission_rates_all'::name), (current_user)) AS r (role)
ORDER BY n, role = current_user;
BEGIN;
SET LOCAL session_replication_role = replica;
SELECT pg_temp.try(current_user, 'UPDATE mission_rates._rate_token SET token = gen_random_uuid()') AS tried \gset
ROLLBACK;
SELECT is(:'tried'::text, '55000 table "_rate_token" is written by the triggers of the rate tables alone', 'under the replica role');
-- An error in a statement that writes the token leaves nothing open.
ALTER TABLE mission_rates._rate_token ADD CONSTRAINT never CHECK (false) NOT VALID;
SELECT is(pg_temp.try('mission_rates_all', 'UPDATE mission_rates.schedule SET title = ''x'' WHERE false'),
	'23514 new row for relation "_rate_token" violates check constraint "never"', 'a token that cannot be written');
SELECT is(pg_temp.try(current_user, 'DELETE FROM mission_rates._rate_token'),
	'55000 table "_rate_token" is written by the triggers of the rate tables alone', 'leaves the guard in place');
ALTER TABLE mission_rates._rate_token DROP CONSTRAINT never;
-- A trigger on its table would run as the owner.
CREATE FUNCTION intrude() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'as %', current_user; END $$;
SET ROLE mission_rates_all;
CREATE TRIGGER intrude BEFORE INSERT OR UPDATE ON mission_rates._rate_token FOR EACH ROW EXECUTE FUNCTION public.intrude();
CREATE TRIGGER intrude BEFORE INSERT ON mission_rates._missing_schedule FOR EACH STATEMENT EXECUTE FUNCTION public.intrude();
RESET ROLE;
SELECT is(pg_temp.try(current_user, 'UPDATE mission_rates.schedule SET title = ''x'' WHERE false'),
	'55000 table "_rate_token" has a trigger "intrude" that mission_rates did not make', 'a trigger on the token');
DROP TRIGGER intrude ON mission_rates._rate_token;
SELECT is(pg_temp.try(current_user, 'INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES (''X'', ''x'', 1, ''each'', ''X'')'),
	'55000 table "_missing_schedule" has a trigger "intrude" that mission_rates did not make', 'and on the list');
DROP FUNCTION intrude CASCADE;
REVOKE ALL ON ALL TABLES IN SCHEMA mission_rates FROM mission_rates_all;
DROP ROLE mission_rates_all;

-- Without that guard nothing is kept between statements, and self_test says so.
ALTER TABLE mission_rates._rate_token ENABLE TRIGGER "0_guard_row";
SELECT mission_rates.fee('reconnection', service_date => '2024-01-01') AS rated, _mission_rates.rate_loads() AS loads \gset
SELECT mission_rates.fee('reconnection', service_date => '2024-01-01') AS rated, _mission_rates.rate_loads() - :loads AS loads \gset
SELECT is(:loads, 1, 'without the guard nothing is kept');
SELECT is((SELECT t.actual FROM mission_rates.self_test() AS t WHERE t.test = 'tables whose guard is missing or disabled'),
	'_rate_token', 'self_test says so');
ALTER TABLE mission_rates._rate_token ENABLE ALWAYS TRIGGER "0_guard_row";

-- Another area, in front of the two that the ordinance knows, and these renamed
\set charges '(SELECT string_agg(concat_ws('' '', b.amount, b.description), '', '') FROM (SELECT (mission_rates.bill(''A1'', ''3/4'', 0, a.area, sewer => false, service_date => ''2024-01-01'')).* FROM pg_enum AS e, LATERAL (SELECT e.enumlabel::text::mission_rates.service_area AS area) AS a WHERE e.enumtypid = ''mission_rates.service_area''::regtype AND e.enumlabel NOT LIKE ''county%'' ORDER BY e.oid) AS b)'
SELECT :charges AS before \gset
ALTER TYPE mission_rates.service_area ADD VALUE 'county' BEFORE 'inside';
ALTER TYPE mission_rates.service_area ADD VALUE 'county 2' BEFORE 'outside';
SELECT is(:charges, :'before', 'areas added in front');
ALTER TYPE mission_rates.service_area RENAME VALUE 'inside' TO 'within';
SELECT is(:charges, replace(:'before', ', inside', ', within'), 'one renamed');
ALTER TYPE mission_rates.service_area RENAME VALUE 'outside' TO 'without';
SELECT is(:charges, replace(replace(:'before', ', inside', ', within'), ', outside', ', without'), 'both renamed');
SELECT * FROM finish();
