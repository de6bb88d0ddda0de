-- One-time charges: fees, meter tests, taps, permits, deposits.
BEGIN;
SET LOCAL client_min_messages = warning;

-- What a call gives: its value, or its SQLSTATE.
CREATE FUNCTION pg_temp.outcome(call text) RETURNS text LANGUAGE plpgsql
SET search_path = mission_rates, pg_temp AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT t::text FROM %s AS t', call) INTO result;
	RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

CREATE TEMP TABLE example (n integer GENERATED ALWAYS AS IDENTITY, call text, outcome text);

-- Fees: a fraction of a foot, an inch or a dollar, but of nothing else (T9)
INSERT INTO example (call, outcome) VALUES
	('fee(''meter_box'', service_date => ''2023-05-01'')', '50.00'),
	('fee(''meter_box'', 2, ''2023-05-01'')', '100.00'),
	('fee(''meter_box'', 2.00, ''2023-05-01'')', '100.00'),
	('fee(''meter_box'', 0, ''2023-05-01'')', '0.00'),
	('fee(''meter_box'', 1.5, ''2023-05-01'')', '22023'),
	('fee(''meter_box'', 0.000000001, ''2023-05-01'')', '22023'),
	('fee(''meter_box'', -1, ''2023-05-01'')', '22023'),
	('fee(''meter_box'', ''NaN'', ''2023-05-01'')', '22023'),
	('fee(''meter_box'', ''Infinity'', ''2023-05-01'')', '22023'),
	('fee(''meter_box'', ''-Infinity'', ''2023-05-01'')', '22023'),
	('fee(''meter_lid'', 1, ''2023-05-01'')', '25.00'),
	('fee(''service_call'', 1, ''2023-05-01'')', '20.00'),
	('fee(''connection'', 1, ''2023-05-01'')', '20.00'),
	('fee(''sewer_flat'', 1, ''2023-05-01'')', '26.00'),
	('fee(''sewer_flat'', 12, ''2023-05-01'')', '312.00'),
	('fee(''sewer_flat'', 0.5, ''2023-05-01'')', '22023'),
	('fee(''dumping_station'', 1.5, ''2023-05-01'')', '22023'),
	('fee(''street_cut_asphalt'', 18.5, ''2023-05-01'')', '222.00'),
	('fee(''street_cut_concrete'', 18.5, ''2023-05-01'')', '277.50'),
	('fee(''boring'', 0.333, ''2023-05-01'')', '4.00'),
	('fee(''fire_sprinkler'', 2.5, ''2023-05-01'')', '1.88'),
	('fee(''fire_sprinkler'', 0.006, ''2023-05-01'')', '0.00'),
	('fee(''fire_sprinkler'', 0.007, ''2023-05-01'')', '0.01'),
	('fee(''late_fee'', 40.45, ''2023-05-01'')', '2.02'),
	('fee(''garbage'', 1, ''2023-05-01'')', 'P0002'),
	('fee(''METER_BOX'', 1, ''2023-05-01'')', 'P0002'),
	('fee('''', 1, ''2023-05-01'')', 'P0002'),
	('fee(''deposit'', 1, ''2023-05-01'')', 'P0002'),
	('fee(''meter_box'', 1, NULL, ''Ordinance 5244'')', '50.00'),
	('fee(''meter_box'', 1, ''2022-12-31'', ''Ordinance 5244'')', '50.00'),
	('fee(''meter_box'', 1, ''2022-12-31'')', 'P0002'),
	('fee(''meter_box'', 1, ''2023-05-01'', ''Ordinance 5243'')', 'P0002');

-- Late fee: half a cent goes up
INSERT INTO example (call, outcome) VALUES
	('late_fee(0, ''2023-05-01'')', '0.00'),
	('late_fee(0.09, ''2023-05-01'')', '0.00'),
	('late_fee(0.10, ''2023-05-01'')', '0.01'),
	('late_fee(0.29, ''2023-05-01'')', '0.01'),
	('late_fee(0.30, ''2023-05-01'')', '0.02'),
	('late_fee(50.09, ''2023-05-01'')', '2.50'),
	('late_fee(50.10, ''2023-05-01'')', '2.51'),
	('late_fee(1000000.00, ''2023-05-01'')', '50000.00'),
	('late_fee(-0.01, ''2023-05-01'')', '22023'),
	('late_fee(''NaN'', ''2023-05-01'')', '22023'),
	('late_fee(''Infinity'', ''2023-05-01'')', '22023'),
	('late_fee(10, ''2022-12-31'')', 'P0002');

-- Meter tests: (billed - corrected) / corrected of at least 25 percent
INSERT INTO example (call, outcome) VALUES
	('meter_test_fee(service_date => ''2023-05-01'')', '20.00'),
	('meter_test_fee(20.00, 16.00, ''2023-05-01'')', '0.00'),
	('meter_test_fee(19.99, 16.00, ''2023-05-01'')', '20.00'),
	('meter_test_fee(20.00, 16.01, ''2023-05-01'')', '20.00'),
	('meter_test_fee(20.01, 16.00, ''2023-05-01'')', '0.00'),
	('meter_test_fee(14.37, 11.50, ''2023-05-01'')', '20.00'),	-- 14.375 would be 25 percent
	('meter_test_fee(14.38, 11.50, ''2023-05-01'')', '0.00'),
	('meter_test_fee(1250000.00, 1000000.00, ''2023-05-01'')', '0.00'),
	('meter_test_fee(1249999.99, 1000000.00, ''2023-05-01'')', '20.00'),
	('meter_test_fee(11.50, 11.50, ''2023-05-01'')', '20.00'),
	('meter_test_fee(11.50, 22.75, ''2023-05-01'')', '20.00'),	-- undercharged
	('meter_test_fee(-1, 11.50, ''2023-05-01'')', '22023'),
	('meter_test_fee(11.50, -1, ''2023-05-01'')', '22023'),
	('meter_test_fee(''NaN'', 11.50, ''2023-05-01'')', '22023'),
	('meter_test_fee(11.50, ''Infinity'', ''2023-05-01'')', '22023'),
	('meter_test_fee(20.00, 16.00, ''2022-12-31'')', 'P0002');

-- Taps
INSERT INTO example (call, outcome) VALUES
	('water_tap_charge(''5/8'', ''inside'', service_date => ''2023-05-01'')', '450.00'),
	('water_tap_charge(''2'', ''inside'', service_date => ''2023-05-01'')', '1700.00'),
	('water_tap_charge(''2'', ''outside'', true, service_date => ''2023-05-01'')', '3000.00'),
	('water_tap_charge(''3'', ''inside'', false, 4321.00, ''2023-05-01'')', '4321.00'),
	('water_tap_charge(''12'', ''outside'', true, 98765.43, ''2023-05-01'')', '98765.43'),
	('water_tap_charge(''3'', ''inside'', service_date => ''2023-05-01'')', '22023'),
	('water_tap_charge(''3'', ''inside'', true, service_date => ''2023-05-01'')', '22023'),
	('water_tap_charge(''1'', ''inside'', false, 550.00, ''2023-05-01'')', '22023'),	-- listed
	('water_tap_charge(''2'', ''inside'', true, 2700.00, ''2023-05-01'')', '22023'),
	('water_tap_charge(''3'', ''inside'', false, -1, ''2023-05-01'')', '22023'),
	('water_tap_charge(''3'', ''inside'', false, ''NaN'', ''2023-05-01'')', '22023'),
	('water_tap_charge(''3'', ''inside'', false, ''Infinity'', ''2023-05-01'')', '22023'),
	('water_tap_charge(''1/2'', ''inside'', service_date => ''2023-05-01'')', 'P0002'),
	('water_tap_charge(''1/2'', ''outside'', service_date => ''2023-05-01'')', 'P0002'),
	('water_tap_charge(''1/2'', ''inside'', false, 400.00, ''2023-05-01'')', 'P0002'),
	('water_tap_charge(''5/8'', ''inside'', true, service_date => ''2023-05-01'')', 'P0002'),
	('water_tap_charge(''3/4'', ''inside'', true, service_date => ''2023-05-01'')', 'P0002'),
	('water_tap_charge(''1'', ''inside'', true, service_date => ''2023-05-01'')', 'P0002'),
	('water_tap_charge(''1 1/2'', ''outside'', true, service_date => ''2023-05-01'')', 'P0002'),
	('water_tap_charge(''7/8'', ''inside'', service_date => ''2023-05-01'')', '22023'),
	('water_tap_charge(''1'', ''near'', service_date => ''2023-05-01'')', '22023'),
	('water_tap_charge(''1'', ''inside'', service_date => ''2022-12-31'')', 'P0002');

-- Sewer connection permits
INSERT INTO example (call, outcome) VALUES
	('sewer_permit_fee(4, service_date => ''2023-05-01'')', '200.00'),
	('sewer_permit_fee(4.00, service_date => ''2023-05-01'')', '200.00'),
	('sewer_permit_fee(6, service_date => ''2023-05-01'')', '230.00'),
	('sewer_permit_fee(6.001, 300, ''2023-05-01'')', '300.00'),
	('sewer_permit_fee(8, 410.50, ''2023-05-01'')', '410.50'),
	('sewer_permit_fee(36, 5000, ''2023-05-01'')', '5000.00'),
	('sewer_permit_fee(8, service_date => ''2023-05-01'')', '22023'),
	('sewer_permit_fee(6, 230, ''2023-05-01'')', '22023'),		-- listed
	('sewer_permit_fee(4, 250, ''2023-05-01'')', '22023'),
	('sewer_permit_fee(8, -1, ''2023-05-01'')', '22023'),
	('sewer_permit_fee(8, ''NaN'', ''2023-05-01'')', '22023'),
	('sewer_permit_fee(5, service_date => ''2023-05-01'')', 'P0002'),
	('sewer_permit_fee(5, 215, ''2023-05-01'')', 'P0002'),
	('sewer_permit_fee(3, service_date => ''2023-05-01'')', 'P0002'),
	('sewer_permit_fee(4.5, service_date => ''2023-05-01'')', 'P0002'),
	('sewer_permit_fee(5.999, service_date => ''2023-05-01'')', 'P0002'),
	('sewer_permit_fee(0, service_date => ''2023-05-01'')', '22023'),
	('sewer_permit_fee(-4, service_date => ''2023-05-01'')', '22023'),
	('sewer_permit_fee(''NaN'', service_date => ''2023-05-01'')', '22023'),
	('sewer_permit_fee(''Infinity'', 10, ''2023-05-01'')', '22023'),
	('sewer_permit_fee(4, service_date => ''2022-12-31'')', 'P0002');

-- Deposits: exactly at the limit is the lower step (D3)
INSERT INTO example (call, outcome)
SELECT format('deposit_required(''commercial'', %s, ''2023-05-01'')', square_feet), amounts
FROM (VALUES ('0', '(150.00,20.00)'), ('1', '(150.00,20.00)'), ('1999', '(150.00,20.00)'),
			 ('2000', '(150.00,20.00)'), ('2000.0', '(150.00,20.00)'), ('2000.01', '(250.00,20.00)'),
			 ('2001', '(250.00,20.00)'), ('5000', '(250.00,20.00)'), ('5000.5', '(350.00,20.00)'),
			 ('5001', '(350.00,20.00)'), ('10000', '(350.00,20.00)'), ('10001', '(500.00,20.00)'),
			 ('123456789', '(500.00,20.00)'), ('-1', '22023'), ('-0.01', '22023'),
			 ('''NaN''', '22023'), ('''Infinity''', '22023'), ('NULL', '22023')) AS v (square_feet, amounts);
INSERT INTO example (call, outcome)
SELECT format('deposit_required(%L, %s, ''2023-05-01'')', category, square_feet), amounts
FROM (VALUES ('homeowner', '(100.00,20.00)'), ('tenant', '(150.00,20.00)'), ('traveling_meter', '(300.00,30.00)'),
			 ('school', '(250.00,20.00)'), ('hospital', '(250.00,20.00)'), ('trailer_park', '(250.00,20.00)'))
	 AS v (category, amounts),
	 unnest('{"NULL",0,100000}'::text[]) AS square_feet;
INSERT INTO example (call, outcome) VALUES
	('deposit_required(''school'', -1, ''2023-05-01'')', '22023'),
	('deposit_required(''church'', 100, ''2023-05-01'')', '22023'),
	('deposit_required(''tenant'', service_date => ''2022-12-31'')', 'P0002'),
	('deposit_required(''tenant'', service_date => ''2022-12-31'', schedule => ''Ordinance 5244'')', '(150.00,20.00)'),
	('deposit_required(''tenant'', schedule => ''Ordinance 9999'')', 'P0002');

-- Fire protection
INSERT INTO example (call, outcome) VALUES
	('fire_sprinkler_charge(2.5, ''2023-05-01'')', '1.88'),
	('fire_sprinkler_charge(0.5, ''2023-05-01'')', '0.38'),
	('fire_sprinkler_charge(0.01, ''2023-05-01'')', '0.01'),
	('fire_sprinkler_charge(7.3, ''2023-05-01'')', '5.48'),
	('fire_sprinkler_charge(12, ''2023-05-01'')', '9.00'),
	('fire_sprinkler_charge(24, ''2023-05-01'')', '18.00'),
	('fire_sprinkler_charge(0, ''2023-05-01'')', '22023'),
	('fire_sprinkler_charge(0.000, ''2023-05-01'')', '22023'),
	('fire_sprinkler_charge(-2, ''2023-05-01'')', '22023'),
	('fire_sprinkler_charge(''NaN'', ''2023-05-01'')', '22023'),
	('fire_sprinkler_charge(''Infinity'', ''2023-05-01'')', '22023'),
	('fire_sprinkler_charge(2.5, ''2022-12-31'')', 'P0002'),
	('fire_sprinkler_charge(2.5)', '22023');

-- Beyond the range
INSERT INTO example (call, outcome) VALUES
	('fee(''meter_box'', 1e15, ''2023-05-01'')', '50000000000000000.00'),
	('fee(''meter_box'', 1e18, ''2023-05-01'')', '22003'),
	('fee(''meter_box'', 1e30, ''2023-05-01'')', '22003'),
	('late_fee(1e30, ''2023-05-01'')', '22003'),
	('fire_sprinkler_charge(1e30, ''2023-05-01'')', '22003'),
	('meter_test_fee(1e30, 1, ''2023-05-01'')', '22003'),
	('water_tap_charge(''3'', ''inside'', false, 1e30, ''2023-05-01'')', '22003'),
	('sewer_permit_fee(8, 1e30, ''2023-05-01'')', '22003'),
	('deposit_required(''commercial'', 1e30, ''2023-05-01'')', '22003');

SELECT plan(175);

SELECT is(pg_temp.outcome(call), outcome, call) FROM example ORDER BY n;

-- The date of an event is today's unless it is passed.
SELECT is(mission_rates.fee('meter_box'), mission_rates.fee('meter_box', 1, CURRENT_DATE), 'fee: today');
SELECT is(mission_rates.meter_test_fee(), mission_rates.meter_test_fee(NULL, NULL, CURRENT_DATE),
		  'meter_test_fee: today');
SELECT is(mission_rates.water_tap_charge('1', 'inside'),
		  mission_rates.water_tap_charge('1', 'inside', service_date => CURRENT_DATE), 'water_tap_charge: today');
SELECT is(mission_rates.sewer_permit_fee(4), mission_rates.sewer_permit_fee(4, NULL, CURRENT_DATE),
		  'sewer_permit_fee: today');
SELECT is(mission_rates.deposit_required('tenant'), mission_rates.deposit_required('tenant', NULL, CURRENT_DATE),
		  'deposit_required: today');

-- Every half cent of a late fee, against numeric
SELECT is_empty(
	$$SELECT unpaid, round(unpaid * 0.05, 2), mission_rates.late_fee(unpaid, '2023-05-01')
	  FROM (SELECT cents / 100.0 FROM generate_series(0, 20000) AS cents) AS v (unpaid)
	  WHERE mission_rates.late_fee(unpaid, '2023-05-01') IS DISTINCT FROM round(unpaid * 0.05, 2)$$,
	'late_fee: every cent up to 200.00');
SELECT is_empty(
	$$SELECT diameter, round(diameter * 0.75, 2), mission_rates.fire_sprinkler_charge(diameter, '2023-05-01')
	  FROM (SELECT n / 100.0 FROM generate_series(1, 2400) AS n) AS v (diameter)
	  WHERE mission_rates.fire_sprinkler_charge(diameter, '2023-05-01') IS DISTINCT FROM round(diameter * 0.75, 2)$$,
	'fire_sprinkler_charge: every hundredth of an inch up to 24');
SELECT is_empty(
	$$SELECT billed, corrected, mission_rates.meter_test_fee(billed, corrected, '2023-05-01')
	  FROM (SELECT c / 100.0, b / 100.0
			FROM generate_series(1150, 6000, 7) AS c, generate_series(c * 5 / 4 - 2, c * 5 / 4 + 2) AS b)
		   AS v (corrected, billed)
	  WHERE mission_rates.meter_test_fee(billed, corrected, '2023-05-01')
			IS DISTINCT FROM CASE WHEN billed >= 1.25 * corrected THEN 0.00 ELSE 20.00 END$$,
	'meter_test_fee: cents around 25 percent');
SELECT is_empty(
	$$SELECT feet, d.*
	  FROM generate_series(0, 12000) AS feet,
		   LATERAL mission_rates.deposit_required('commercial', feet, '2023-05-01') AS d
	  WHERE (deposit, service_fee) IS DISTINCT FROM
			(CASE WHEN feet <= 2000 THEN 150.00 WHEN feet <= 5000 THEN 250.00 WHEN feet <= 10000 THEN 350.00
				  ELSE 500.00 END, 20.00)$$,
	'deposit_required: every square foot up to 12,000');

SELECT * FROM finish();
ROLLBACK;
