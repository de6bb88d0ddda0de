-- What NULL means, argument by argument and function by function; and the
-- order in which facts are looked at: schedule, NULLs, domains, rates.
BEGIN;
SET LOCAL client_min_messages = warning;

-- What a call gives: its rows, "NULL", "no row", or its SQLSTATE.
CREATE FUNCTION pg_temp.outcome(call text) RETURNS text LANGUAGE plpgsql
SET search_path = mission_rates, pg_temp AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT string_agg(coalesce(t::text, ''NULL''), '' | '') FROM %s AS t', call) INTO result;
	RETURN coalesce(result, 'no row');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

CREATE TEMP TABLE example (n integer GENERATED ALWAYS AS IDENTITY, call text, outcome text);
-- Calls that end in a date are completed here.
CREATE FUNCTION pg_temp.complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.call = replace(NEW.call, '@', 'service_date => ''2023-05-01''');
	RETURN NEW;
END $$;
CREATE TRIGGER complete BEFORE INSERT ON example FOR EACH ROW EXECUTE FUNCTION pg_temp.complete();

-- Monthly charges: what is needed and not known gives NULL.
INSERT INTO example (call, outcome) VALUES
	('water_charge(NULL, ''3/4'', 6000, @)', 'NULL'),
	('water_charge(''A1'', NULL, 6000, @)', 'NULL'),
	('water_charge(''A1'', ''3/4'', NULL, @)', 'NULL'),
	('water_charge(NULL, NULL, NULL, NULL, ''2023-05-01'')', 'NULL'),
	('water_charge(''A1'', ''3/4'', 6000, NULL, ''2023-05-01'')', '22.75'),
	('water_charge(''A8'', ''3/4'', 6000, NULL, ''2023-05-01'')', '28.79'),
	('water_charge(''A1'', ''3/4'', 6000, NULL, NULL, ''Ordinance 5244'')', '22.75'),
	('sewer_charge(NULL, 6000, @)', 'NULL'),
	('sewer_charge(''A1'', NULL, @)', 'NULL'),
	('sewer_charge(''A1'', 6000, metered => NULL, @)', 'NULL'),
	('sewer_charge(''A1'', NULL, metered => false, @)', '26.00'),
	('sewer_charge(NULL, NULL, metered => false, @)', 'NULL'),
	('sewer_charge(''A1'', 6000, NULL, true, ''2023-05-01'')', '17.70'),
	('sewer_charge(''A8'', NULL, @)', '26.00'),		-- not rated by volume
	('sewer_charge(''A2'', NULL, ''outside'', @)', '26.00'),
	('sewer_charge(''A2'', NULL, ''inside'', @)', 'NULL'),
	('fire_sprinkler_charge(NULL, ''2023-05-01'')', 'NULL');

INSERT INTO example (call, outcome)
SELECT function || facts, CASE function WHEN 'bill' THEN 'no row' ELSE 'NULL' END
FROM unnest('{bill,bill_total}'::text[]) AS function,
	 (VALUES ('(NULL, ''3/4'', 6000, @)'),
			 ('(''A1'', NULL, 6000, @)'),
			 ('(''A1'', ''3/4'', NULL, @)'),
			 ('(''A1'', ''3/4'', NULL, sewer => false, @)'),
			 ('(''A1'', ''3/4'', NULL, water => false, @)'),
			 ('(''A1'', ''3/4'', NULL, sewer_gallons => 6000, @)'),
			 ('(''A1'', ''3/4'', 6000, metered => NULL, @)'),
			 ('(''A1'', ''3/4'', 6000, water => NULL, @)'),
			 ('(''A1'', ''3/4'', 6000, sewer => NULL, @)'),
			 ('(''A1'', ''3/4'', 6000, dumping_stations => NULL, @)'),
			 ('(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ''2023-05-01'')'),
			 ('(''A8'', NULL, 6000, @)')) AS v (facts);
INSERT INTO example (call, outcome) VALUES
	('bill_total(''A1'', ''3/4'', 6000, NULL, true, true, true, NULL, NULL, 0, NULL, ''2023-05-01'')', '40.45'),
	('bill_total(''A1'', NULL, 6000, water => false, @)', '17.70'),
	('bill_total(''A1'', NULL, NULL, water => false, sewer_gallons => 6000, @)', '17.70'),
	('bill_total(''A1'', ''3/4'', NULL, metered => false, @)', '37.50'),
	('bill_total(''A1'', NULL, NULL, metered => false, water => false, @)', '26.00'),
	('bill_total(''A8'', NULL, NULL, water => false, @)', '26.00'),
	('bill_total(''A1'', NULL, NULL, water => false, sewer => false, fire_sprinkler => 2.5, @)', '1.88');

-- One-time charges
INSERT INTO example (call, outcome) VALUES
	('fee(''meter_box'', NULL, ''2023-05-01'')', 'NULL'),
	('late_fee(NULL, ''2023-05-01'')', 'NULL'),
	('meter_test_fee(NULL, NULL, ''2023-05-01'')', '20.00'),
	('water_tap_charge(NULL, ''inside'', @)', 'NULL'),
	('water_tap_charge(''1'', NULL, @)', 'NULL'),
	('water_tap_charge(''1'', ''inside'', NULL, @)', 'NULL'),
	('water_tap_charge(''1'', ''inside'', false, NULL, ''2023-05-01'')', '550.00'),
	('water_tap_charge(''3'', ''inside'', false, NULL, ''2023-05-01'')', '22023'),
	('sewer_permit_fee(NULL, @)', 'NULL'),
	('sewer_permit_fee(4, NULL, ''2023-05-01'')', '200.00'),
	('sewer_permit_fee(8, NULL, ''2023-05-01'')', '22023'),
	('deposit_required(NULL, @)', '(,)'),
	('deposit_required(NULL, 3000, @)', '(,)'),
	('deposit_required(''tenant'', NULL, ''2023-05-01'')', '(150.00,20.00)'),
	('deposit_required(''commercial'', NULL, ''2023-05-01'')', '22023'),
	('delinquency(NULL, 40.45, ''2023-03-01'')', '(,,,,,,)'),
	('delinquency(''2023-02-01'', NULL, ''2023-03-01'')', '(,,,,,,)'),
	('delinquency(NULL, NULL, NULL)', '(,,,,,,)'),
	('delinquency(NULL, 40.45, ''2023-03-01'', schedule => ''Ordinance 5244'')', '(,,,,,,)'),
	('delinquency(''2023-02-01'', 40.45, ''2023-02-21'', NULL, NULL, NULL)',
	 '(current,2023-02-21,2023-02-22,0.00,,,40.45)');

-- opening_quote and reconnection_quote: no lines
INSERT INTO example (call, outcome)
SELECT 'opening_quote(''tenant'', tap_meter => ''1'', ' || argument || ' => NULL, @)', 'no row'
FROM unnest('{deposit_held,connection,final_bill,tap_area,compound,pipe_feet,asphalt_feet,concrete_feet,boring_feet}'::text[])
	 AS argument;
INSERT INTO example (call, outcome)
SELECT 'reconnection_quote(' || facts || ', mailed_on => ''2023-05-01'', @)', 'no row'
FROM unnest('{"NULL","40.45, late => NULL","40.45, meters => NULL","40.45, unauthorized => NULL","40.45, tampering => NULL","40.45, other_due => NULL"}'::text[])
	 AS facts;
INSERT INTO example (call, outcome)
SELECT '(SELECT sum(amount) FROM opening_quote(''tenant'', ' || argument || ' => NULL, @))', '(190.00)'
FROM unnest('{square_feet,tap_meter,market_price,excess_pipe_quote,boring_line_inches,sewer_line_inches,determined_fee}'::text[])
	 AS argument;
INSERT INTO example (call, outcome) VALUES
	('(SELECT sum(amount) FROM opening_quote(NULL, @))', '(20.00)'),
	('opening_quote(''commercial'', @)', '22023'),
	('opening_quote(NULL, tap_meter => ''3'', @)', '22023'),
	('opening_quote(NULL, tap_meter => ''1'', pipe_feet => 81, @)', '22023'),
	('opening_quote(NULL, boring_feet => 10, @)', '22023'),
	('opening_quote(NULL, sewer_line_inches => 8, @)', '22023');

-- Without a date and a schedule nothing is rated, whatever else is NULL.
INSERT INTO example (call, outcome)
SELECT call, '22023'
FROM unnest(ARRAY[
	'water_charge(''A1'', ''3/4'', 6000)', 'water_charge(NULL, ''3/4'', 6000)', 'water_charge(''A1'', ''3/4'', -1)',
	'water_charge(NULL, NULL, NULL, NULL, NULL, NULL)',
	'sewer_charge(''A1'', 6000)', 'sewer_charge(NULL, NULL)', 'fire_sprinkler_charge(2.5)', 'fire_sprinkler_charge(NULL)',
	'bill(''A1'', ''3/4'', 6000)', 'bill(NULL, NULL, NULL)', 'bill_total(''A1'', ''3/4'', 6000)',
	'bill_total(NULL, NULL, NULL)',
	'fee(''meter_box'', 1, NULL)', 'fee(''meter_box'', NULL, NULL)', 'late_fee(40.45, NULL)', 'late_fee(NULL, NULL)',
	'meter_test_fee(service_date => NULL)', 'water_tap_charge(''1'', ''inside'', service_date => NULL)',
	'water_tap_charge(NULL, NULL, service_date => NULL)', 'sewer_permit_fee(4, service_date => NULL)',
	'sewer_permit_fee(NULL, service_date => NULL)', 'deposit_required(''tenant'', service_date => NULL)',
	'deposit_required(NULL, service_date => NULL)', 'opening_quote(''tenant'', service_date => NULL)',
	'opening_quote(''tenant'', connection => NULL, service_date => NULL)',
	'reconnection_quote(40.45, service_date => NULL)', 'reconnection_quote(NULL, service_date => NULL)',
	'rate_sheet(NULL)', 'rate_sheet(NULL, NULL)']) AS call;

-- The order: schedule before NULLs ...
INSERT INTO example (call, outcome)
SELECT call, 'P0002'
FROM unnest(ARRAY[
	'water_charge(NULL, ''3/4'', 6000, service_date => ''2022-12-31'')',
	'water_charge(NULL, NULL, NULL, schedule => ''Ordinance 1'')',
	'sewer_charge(NULL, NULL, schedule => ''Ordinance 1'')',
	'fire_sprinkler_charge(NULL, ''2022-12-31'')',
	'bill(NULL, NULL, NULL, service_date => ''2022-12-31'')',
	'bill_total(''A1'', ''3/4'', -1, dumping_stations => NULL, schedule => ''Ordinance 1'')',
	'fee(''meter_box'', NULL, ''2022-12-31'')', 'late_fee(NULL, ''2022-12-31'')',
	'meter_test_fee(-1, -1, ''2022-12-31'')', 'water_tap_charge(NULL, NULL, service_date => ''2022-12-31'')',
	'sewer_permit_fee(NULL, -1, ''2022-12-31'')', 'deposit_required(NULL, -1, ''2022-12-31'')',
	'opening_quote(NULL, connection => NULL, service_date => ''2022-12-31'')',
	'reconnection_quote(NULL, service_date => ''2022-12-31'')',
	'delinquency(''2022-12-31'', NULL, NULL)', 'delinquency(NULL, NULL, NULL, schedule => ''Ordinance 1'')',
	'rate_sheet(''2022-12-31'')']) AS call;
-- ... NULLs before domains ...
INSERT INTO example (call, outcome) VALUES
	('water_charge(NULL, ''3/4'', -1, @)', 'NULL'),
	('water_charge(''A8'', NULL, 6000, ''inside'', ''2023-05-01'')', 'NULL'),
	('sewer_charge(NULL, -1, @)', 'NULL'),
	('sewer_charge(''A8'', -1, ''inside'', NULL, ''2023-05-01'')', 'NULL'),
	('bill_total(''A1'', NULL, -1, @)', 'NULL'),
	('bill(''A1'', ''3/4'', NULL, sewer_gallons => -1, @)', 'no row'),
	('bill_total(''A1'', ''3/4'', 6000, fire_sprinkler => 0, dumping_stations => NULL, @)', 'NULL'),
	('bill_total(''A1'', ''3/4'', 6000, metered => NULL, fire_sprinkler => ''NaN'', @)', 'NULL'),
	('water_tap_charge(NULL, ''inside'', market_price => -1, @)', 'NULL'),
	('deposit_required(NULL, -1, ''2023-05-01'')', '(,)'),
	('sewer_permit_fee(NULL, -1, ''2023-05-01'')', 'NULL'),
	('opening_quote(''tenant'', connection => NULL, final_bill => -1, @)', 'no row'),
	('reconnection_quote(-1, late => NULL, @)', 'no row'),
	('delinquency(''2023-02-01'', NULL, ''2023-01-01'')', '(,,,,,,)'),
-- ... domains before rates.
	('water_charge(''A6'', ''3/4'', -1, @)', '22023'),
	('water_charge(''A1'', ''12'', -1, @)', '22023'),
	('water_charge(''A8'', ''12'', 6000, ''inside'', ''2023-05-01'')', '22023'),
	('water_charge(''A6'', ''12'', 1000000000001, @)', '22003'),
	('sewer_charge(''A6'', -1, @)', '22023'),
	('bill_total(''A6'', ''12'', 6000, fire_sprinkler => 0, @)', '22023'),
	('bill_total(''A6'', ''12'', 6000, dumping_stations => -1, @)', '22023'),
	('fee(''no such fee'', -1, ''2023-05-01'')', '22023'),
	('water_tap_charge(''1/2'', ''inside'', false, -1, ''2023-05-01'')', '22023'),
	('sewer_permit_fee(5, -1, ''2023-05-01'')', '22023'),
	('opening_quote(NULL, tap_meter => ''1/2'', asphalt_feet => -1, @)', '22023'),
	('opening_quote(NULL, sewer_line_inches => 5, final_bill => -1, @)', '22023'),
	('opening_quote(NULL, sewer_line_inches => 5, market_price => 10, @)', '22023');

SELECT plan(191);

SELECT is(pg_temp.outcome(call), outcome, call) FROM example ORDER BY n;

-- billing_problem names what is NULL, and never raises an error.
SELECT ok(problem LIKE '%' || name || '%', coalesce(problem, 'no problem') || ': names ' || name)
FROM (VALUES
	(1, 'class', mission_rates.billing_problem(NULL::mission_rates.customer_class, '3/4'::mission_rates.meter_size,
											   6000, service_date => '2023-05-01')),
	(2, 'meter', mission_rates.billing_problem('A1'::mission_rates.customer_class, NULL::mission_rates.meter_size,
											   6000, service_date => '2023-05-01')),
	(3, 'gallons', mission_rates.billing_problem('A1'::mission_rates.customer_class, '3/4'::mission_rates.meter_size,
												 NULL::bigint, service_date => '2023-05-01')),
	(4, 'metered', mission_rates.billing_problem('A1'::mission_rates.customer_class, '3/4'::mission_rates.meter_size,
												 6000::bigint, metered => NULL, service_date => '2023-05-01')),
	(5, 'water', mission_rates.billing_problem('A1'::mission_rates.customer_class, '3/4'::mission_rates.meter_size,
											   6000::bigint, water => NULL, service_date => '2023-05-01')),
	(6, 'sewer', mission_rates.billing_problem('A1'::mission_rates.customer_class, '3/4'::mission_rates.meter_size,
											   6000::bigint, sewer => NULL, service_date => '2023-05-01')),
	(7, 'dumping_stations', mission_rates.billing_problem('A1'::mission_rates.customer_class,
														  '3/4'::mission_rates.meter_size, 6000::bigint,
														  dumping_stations => NULL, service_date => '2023-05-01')),
	(8, 'service_date', mission_rates.billing_problem('A1'::mission_rates.customer_class,
													  '3/4'::mission_rates.meter_size, 6000::bigint)),
	(9, 'service_date', mission_rates.billing_problem(NULL::mission_rates.customer_class,
													  NULL::mission_rates.meter_size, NULL::bigint)),
	(10, '2022-12-31', mission_rates.billing_problem(NULL::mission_rates.customer_class,
													 NULL::mission_rates.meter_size, NULL::bigint,
													 service_date => '2022-12-31')),
	(11, 'Ordinance 1', mission_rates.billing_problem(NULL::mission_rates.customer_class,
													  NULL::mission_rates.meter_size, NULL::bigint,
													  schedule => 'Ordinance 1'))
	) AS v (n, name, problem) ORDER BY n;
-- The same over raw columns
SELECT ok(problem LIKE '%' || name || '%', coalesce(problem, 'no problem') || ': names ' || name)
FROM (VALUES
	(1, 'class', mission_rates.billing_problem(NULL::text, '3/4', 6000, service_date => '2023-05-01')),
	(2, 'meter', mission_rates.billing_problem('A1', NULL, 6000, service_date => '2023-05-01')),
	(3, 'gallons', mission_rates.billing_problem('A1', '3/4', NULL, service_date => '2023-05-01')),
	(4, 'metered', mission_rates.billing_problem('A1', '3/4', 6000, metered => NULL, service_date => '2023-05-01')),
	(5, 'water', mission_rates.billing_problem('A1', '3/4', 6000, water => NULL, service_date => '2023-05-01')),
	(6, 'sewer', mission_rates.billing_problem('A1', '3/4', 6000, sewer => NULL, service_date => '2023-05-01')),
	(7, 'dumping_stations', mission_rates.billing_problem('A1', '3/4', 6000, dumping_stations => NULL,
														  service_date => '2023-05-01')),
	(8, 'service_date', mission_rates.billing_problem('A1', '3/4', 6000)),
	(9, 'service_date', mission_rates.billing_problem(NULL, NULL, NULL)),
	(10, '2022-12-31', mission_rates.billing_problem(NULL, NULL, NULL, service_date => '2022-12-31')),
	(11, 'Ordinance 1', mission_rates.billing_problem(NULL, NULL, NULL, schedule => 'Ordinance 1'))
	) AS v (n, name, problem) ORDER BY n;

SELECT * FROM finish();
ROLLBACK;
