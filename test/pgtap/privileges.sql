-- Anyone may read the rates and call the functions; only the owner, and roles
-- the owner grants it to, may write.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE ROLE mission_rates_test_plain;
CREATE ROLE mission_rates_test_clerk;

-- What a role gets from a statement: "ok", or the SQLSTATE.  What it did is
-- kept for the statements after it.
CREATE FUNCTION pg_temp.as_role(role name, statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SET LOCAL ROLE %I', role);
	EXECUTE statement;
	RESET ROLE;
	RETURN 'ok';
EXCEPTION WHEN OTHERS THEN
	RESET ROLE;
	RETURN SQLSTATE;
END $$;
CREATE FUNCTION pg_temp.answer(role name, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SET LOCAL ROLE %I', role);
	EXECUTE query INTO result;
	RESET ROLE;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RESET ROLE;
	RETURN SQLSTATE;
END $$;

SELECT plan(44);

-- Reading
SELECT is(pg_temp.as_role('mission_rates_test_plain', (
	SELECT string_agg('SELECT count(*) FROM mission_rates.' || t.rate_table, ' UNION ALL ')
	FROM _mission_rates.rate_tables() AS t)), 'ok', 'a plain role reads every rate table');
SELECT is(pg_temp.answer('mission_rates_test_plain', 'SELECT ' || call), result, 'a plain role calls ' || call)
FROM (VALUES
	(1, 'mission_rates.to_customer_class(''a1'')', 'A1'),
	(2, 'mission_rates.to_meter_size(''0.75'')', '3/4'),
	(3, 'mission_rates.to_meter_size(0.75)', '3/4'),
	(4, 'mission_rates.to_service_area(''Inside'')', 'inside'),
	(5, 'mission_rates.water_charge(''A1'', ''3/4'', 6000, service_date => ''2023-05-01'')', '22.75'),
	(6, 'mission_rates.sewer_charge(''A1'', 6000, service_date => ''2023-05-01'')', '17.70'),
	(7, 'mission_rates.fire_sprinkler_charge(2.5, ''2023-05-01'')', '1.88'),
	(8, '(SELECT count(*) FROM mission_rates.bill(''A1'', ''3/4'', 6000, service_date => ''2023-05-01''))', '4'),
	(9, 'mission_rates.bill_total(''A1'', ''3/4'', 6000, service_date => ''2023-05-01'')', '40.45'),
	(10, 'mission_rates.billing_problem(''A7'', ''3/4'', 6000, service_date => ''2023-05-01'')',
	 'invalid customer class: "A7"'),
	(11, 'mission_rates.billing_problem(''A6''::mission_rates.customer_class, ''3/4''::mission_rates.meter_size, 6000,'
		 ' service_date => ''2023-05-01'')', 'no water rate for class A6 (schedule "Ordinance 5244")'),
	(12, 'mission_rates.fee(''meter_box'', 1, ''2023-05-01'')', '50.00'),
	(13, 'mission_rates.late_fee(40.45, ''2023-05-01'')', '2.02'),
	(14, 'mission_rates.meter_test_fee(20, 16, ''2023-05-01'')', '0.00'),
	(15, 'mission_rates.water_tap_charge(''1'', ''inside'', service_date => ''2023-05-01'')', '550.00'),
	(16, 'mission_rates.sewer_permit_fee(4, service_date => ''2023-05-01'')', '200.00'),
	(17, '(mission_rates.deposit_required(''tenant'', service_date => ''2023-05-01'')).deposit', '150.00'),
	(18, '(SELECT sum(amount) FROM mission_rates.opening_quote(''homeowner'', service_date => ''2023-05-01''))', '140.00'),
	(19, '(SELECT sum(amount) FROM mission_rates.reconnection_quote(40.45, ''2023-04-01'', service_date => ''2023-05-01''))', '72.47'),
	(20, '(mission_rates.delinquency(''2023-02-01'', 40.45, ''2023-02-22'')).amount_due', '42.47'),
	(21, '(SELECT count(*) > 100 FROM mission_rates.rate_sheet(''2023-05-01''))', 'true'),
	(22, '_mission_rates.rate_loads() >= 0', 'true'))
	AS v (n, call, result)
ORDER BY n;

-- Writing
SELECT is_empty($$
	SELECT statement
	FROM _mission_rates.rate_tables() AS t,
		 unnest(ARRAY['INSERT INTO mission_rates.%I DEFAULT VALUES', 'DELETE FROM mission_rates.%I',
					  'TRUNCATE mission_rates.%I', 'UPDATE mission_rates.%I SET schedule = ''x''']) AS form,
		 format(form, t.rate_table) AS statement
	WHERE pg_temp.as_role('mission_rates_test_plain', statement) <> '42501'$$, 'a plain role writes no rate table');
SELECT is(pg_temp.as_role('mission_rates_test_plain', statement), '42501', statement)
FROM unnest(ARRAY[
	'UPDATE mission_rates.schedule SET effective_from = ''2023-01-02''',
	'INSERT INTO mission_rates.schedule (schedule) VALUES (''Mine'')',
	'ALTER TABLE mission_rates.fee DISABLE TRIGGER ALL',
	'DROP TABLE mission_rates.fee',
	'CREATE TABLE mission_rates.intruder (a integer)',
	'ALTER TYPE mission_rates.customer_class ADD VALUE ''A10''',
	'DROP EXTENSION mission_rates']) AS statement;

-- A clerk to whom the owner granted it drafts with rows, and rates the draft.
SELECT format('GRANT INSERT, UPDATE, DELETE ON mission_rates.%I TO mission_rates_test_clerk', t.rate_table)
FROM _mission_rates.rate_tables() AS t \gexec
SELECT is(pg_temp.as_role('mission_rates_test_clerk',
						  'INSERT INTO mission_rates.schedule (schedule, title) VALUES (''Clerk 1'', ''A try'')'),
		  'ok', 'a clerk inserts a draft');
SELECT is(pg_temp.as_role('mission_rates_test_clerk',
						  'INSERT INTO mission_rates.fee (schedule, code, amount, unit, label, section)'
						  ' VALUES (''Clerk 1'', ''garbage'', 17.25, ''month'', ''Garbage'', ''114-99'')'),
		  'ok', '... and a fee of the city''s own');
SELECT is(pg_temp.answer('mission_rates_test_clerk',
						 'SELECT mission_rates.fee(''garbage'', 2, schedule => ''Clerk 1'')'), '34.50',
		  '... and has it rated at once');
SELECT is(pg_temp.as_role('mission_rates_test_clerk',
						  'UPDATE mission_rates.fee SET amount = 18.25 WHERE schedule = ''Clerk 1'''),
		  'ok', 'a clerk changes a draft');
SELECT is(pg_temp.answer('mission_rates_test_plain',
						 'SELECT mission_rates.fee(''garbage'', 2, schedule => ''Clerk 1'')'), '36.50',
		  '... and a plain role sees it rated');
SELECT is(pg_temp.as_role('mission_rates_test_clerk',
						  'UPDATE mission_rates.fee SET amount = 0 WHERE schedule = ''Ordinance 5244'''),
		  '55000', 'the ordinance in force is not the clerk''s to change');
SELECT is(pg_temp.as_role('mission_rates_test_clerk',
						  'INSERT INTO mission_rates.schedule (schedule, effective_from, sealed_rows)'
						  ' VALUES (''Clerk 2'', ''2030-01-01'', 0)'),
		  '55000', '... nor may he put a schedule in force by hand');
SELECT is(pg_temp.as_role('mission_rates_test_clerk',
						  'UPDATE mission_rates.schedule SET effective_from = ''2030-01-01'', sealed_rows = 1'
						  ' WHERE schedule = ''Clerk 1'''),
		  '55000', '... not even a draft');
SELECT is(pg_temp.as_role('mission_rates_test_clerk', 'DELETE FROM mission_rates.fee WHERE schedule = ''Clerk 1'''),
		  'ok', 'a clerk deletes from a draft');
SELECT is(pg_temp.answer('mission_rates_test_clerk',
						 'SELECT mission_rates.fee(''garbage'', 2, schedule => ''Clerk 1'')'), 'P0002',
		  '... and it is gone');

-- No function but those of triggers is closed, and none runs with its owner's rights
-- beyond what it is for.
SELECT is_empty(
	$$SELECT p.oid::regprocedure
	  FROM pg_proc AS p
	  WHERE p.pronamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) AND p.prorettype <> 'trigger'::regtype
		AND NOT has_function_privilege('mission_rates_test_plain', p.oid, 'EXECUTE')$$,
	'every function may be called by a plain role');
SELECT is_empty(
	$$SELECT p.oid::regprocedure FROM pg_proc AS p
	  WHERE p.pronamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) AND p.prosecdef$$,
	'no function is SECURITY DEFINER');
SELECT is_empty(
	$$SELECT t.oid::regtype FROM pg_type AS t
	  WHERE t.typnamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) AND NOT has_type_privilege('mission_rates_test_plain', t.oid, 'USAGE')$$,
	'every type may be used by a plain role');

SELECT * FROM finish();
ROLLBACK;
