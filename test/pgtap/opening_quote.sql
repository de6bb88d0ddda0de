-- All that is due at the counter: opening_quote in all its rules.
BEGIN;
SET LOCAL client_min_messages = warning;

-- The lines of a quote as "charge amount, ...", or its SQLSTATE.
CREATE FUNCTION pg_temp.quote(arguments text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT string_agg(charge || '' '' || amount, '', '' ORDER BY line)'
				   ' FROM mission_rates.opening_quote(%s, service_date => ''2023-05-01'')', arguments) INTO result;
	RETURN coalesce(result, 'no line');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

CREATE TEMP TABLE example (n integer GENERATED ALWAYS AS IDENTITY, arguments text, outcome text);

INSERT INTO example (arguments, outcome) VALUES
-- Opening an account costs deposit, service fee and connection fee (F4).
	('''homeowner''', 'deposit 100.00, service_fee 20.00, connection 20.00'),
	('''tenant''', 'deposit 150.00, service_fee 20.00, connection 20.00'),
	('''traveling_meter''', 'deposit 300.00, service_fee 30.00, connection 20.00'),
	('''school''', 'deposit 250.00, service_fee 20.00, connection 20.00'),
	('''hospital'', 12000', 'deposit 250.00, service_fee 20.00, connection 20.00'),
	('''commercial'', 0', 'deposit 150.00, service_fee 20.00, connection 20.00'),
	('''commercial'', 2000', 'deposit 150.00, service_fee 20.00, connection 20.00'),
	('''commercial'', 10000.5', 'deposit 500.00, service_fee 20.00, connection 20.00'),
	('''commercial''', '22023'),
	('''commercial'', -1', '22023'),
	('''homeowner'', connection => false', 'deposit 100.00, service_fee 20.00'),
	('NULL', 'connection 20.00'),
	('NULL, connection => true', 'connection 20.00'),
-- A transfer: the deposit held is credited, no second service fee (D9, D11).
	('''homeowner'', deposit_held => 100', 'deposit 100.00, deposit_held -100.00, connection 20.00'),
	('''commercial'', 6000, 150', 'deposit 350.00, deposit_held -150.00, connection 20.00'),
	('''homeowner'', deposit_held => 150.00', 'deposit 100.00, deposit_held -150.00, connection 20.00'),
	('''homeowner'', deposit_held => 0.01', 'deposit 100.00, deposit_held -0.01, connection 20.00'),
	('''homeowner'', deposit_held => 0', 'deposit 100.00, service_fee 20.00, connection 20.00'),
	('''homeowner'', deposit_held => 100, final_bill => 40.45',
	 'deposit 100.00, deposit_held -100.00, connection 20.00, final_bill 40.45'),
	('''homeowner'', deposit_held => -1', '22023'),
	('''homeowner'', deposit_held => ''NaN''', '22023'),
	('''homeowner'', final_bill => -0.01', '22023'),
	('''homeowner'', final_bill => ''Infinity''', '22023'),
	('''homeowner'', final_bill => 0', 'deposit 100.00, service_fee 20.00, connection 20.00'),
-- Closing an account
	('NULL, deposit_held => 100, connection => false', 'deposit_held -100.00'),
	('NULL, final_bill => 40.45, connection => false', 'final_bill 40.45'),
	('NULL, deposit_held => 100, connection => false, final_bill => 40.45', 'deposit_held -100.00, final_bill 40.45'),
-- Nothing asked for
	('NULL, connection => false', '22023'),
	('NULL, connection => false, deposit_held => 0, final_bill => 0', '22023'),
	('NULL, connection => false, asphalt_feet => 0, concrete_feet => 0, boring_feet => 0, pipe_feet => 0', '22023'),
-- Taps (T4, T9): by the largest meter, streets by the exact foot
	('NULL, connection => false, tap_meter => ''3/4''', 'water_tap 480.00'),
	('NULL, tap_meter => ''3/4'', tap_area => ''outside''', 'connection 20.00, water_tap 680.00'),
	('NULL, connection => false, tap_meter => ''2'', compound => true', 'water_tap 2700.00'),
	('NULL, connection => false, tap_meter => ''2'', compound => true, tap_area => ''outside''', 'water_tap 3000.00'),
	('NULL, connection => false, tap_meter => ''1/2''', 'P0002'),
	('NULL, connection => false, tap_meter => ''1'', compound => true', 'P0002'),
	('NULL, connection => false, tap_meter => ''4''', '22023'),
	('NULL, connection => false, tap_meter => ''4'', market_price => 12345.67', 'water_tap 12345.67'),
	('NULL, connection => false, tap_meter => ''4'', market_price => -1', '22023'),
	('NULL, connection => false, tap_meter => ''1'', market_price => 12345.67', '22023'),
	('NULL, market_price => 12345.67', '22023'),
	('NULL, market_price => 0', '22023'),
	('NULL, compound => true', '22023'),
	('NULL, connection => false, tap_meter => ''1'', tap_area => ''outside'', concrete_feet => 18.5',
	 'water_tap 750.00, street_cut_concrete 277.50'),
	('NULL, connection => false, tap_meter => ''1'', asphalt_feet => 10, concrete_feet => 2.25',
	 'water_tap 550.00, street_cut_asphalt 120.00, street_cut_concrete 33.75'),
	('NULL, connection => false, tap_meter => ''8'', market_price => 9000, asphalt_feet => 10',
	 'water_tap 9000.00, street_cut_asphalt 120.00'),
-- Pipe (T8): 80 feet are included
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => 0', 'water_tap 550.00'),
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => 79.99', 'water_tap 550.00'),
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => 80', 'water_tap 550.00'),
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => 80.0', 'water_tap 550.00'),
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => 80.01', '22023'),
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => 81', '22023'),
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => 81, excess_pipe_quote => 44.50',
	 'water_tap 550.00, excess_pipe 44.50'),
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => 80.01, excess_pipe_quote => 0.75',
	 'water_tap 550.00, excess_pipe 0.75'),
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => 80, excess_pipe_quote => 44.50', '22023'),
	('NULL, connection => false, tap_meter => ''1'', excess_pipe_quote => 44.50', '22023'),
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => 81, excess_pipe_quote => -1', '22023'),
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => -1', '22023'),
	('NULL, connection => false, tap_meter => ''1'', pipe_feet => ''NaN''', '22023'),
	('NULL, pipe_feet => 10', '22023'),
	('NULL, pipe_feet => 81, excess_pipe_quote => 44.50', '22023'),
	('NULL, excess_pipe_quote => 44.50', '22023'),
-- Boring (T11, T12): lines of 3/4 to 2 inches, ends included
	('NULL, connection => false, boring_feet => 10, boring_line_inches => 0.75', 'boring 120.00'),
	('NULL, connection => false, boring_feet => 12.5, boring_line_inches => 1.25', 'boring 150.00'),
	('NULL, connection => false, boring_feet => 10, boring_line_inches => 2', 'boring 120.00'),
	('NULL, connection => false, boring_feet => 10, boring_line_inches => 2.00', 'boring 120.00'),
	('NULL, connection => false, boring_feet => 10, boring_line_inches => 0.74', 'P0002'),
	('NULL, connection => false, boring_feet => 10, boring_line_inches => 2.01', 'P0002'),
	('NULL, connection => false, boring_feet => 10, boring_line_inches => 4', 'P0002'),
	('NULL, connection => false, boring_feet => 10', '22023'),
	('NULL, connection => false, boring_feet => 10, boring_line_inches => 0', '22023'),
	('NULL, connection => false, boring_feet => 10, boring_line_inches => -1', '22023'),
	('NULL, connection => false, boring_feet => -10, boring_line_inches => 1', '22023'),
	('NULL, boring_line_inches => 1', '22023'),
	('NULL, boring_feet => 0, boring_line_inches => 1', '22023'),
-- A repair: cuts without a tap
	('NULL, connection => false, asphalt_feet => 10', 'street_cut_asphalt 120.00'),
	('NULL, connection => false, concrete_feet => 10.1', 'street_cut_concrete 151.50'),
	('NULL, connection => false, asphalt_feet => -0.5', '22023'),
	('NULL, connection => false, concrete_feet => -0.5', '22023'),
-- Sewer permits (T1, T2, T3)
	('NULL, connection => false, sewer_line_inches => 4', 'sewer_permit 200.00'),
	('NULL, connection => false, sewer_line_inches => 6', 'sewer_permit 230.00'),
	('NULL, connection => false, sewer_line_inches => 8, determined_fee => 410.50', 'sewer_permit 410.50'),
	('NULL, connection => false, sewer_line_inches => 8', '22023'),
	('NULL, connection => false, sewer_line_inches => 6, determined_fee => 230', '22023'),
	('NULL, connection => false, sewer_line_inches => 5', 'P0002'),
	('NULL, connection => false, sewer_line_inches => 0', '22023'),
	('NULL, connection => false, sewer_line_inches => -4', '22023'),
	('NULL, connection => false, sewer_line_inches => ''NaN''', '22023'),
	('NULL, determined_fee => 410.50', '22023'),
-- Square feet without a category
	('NULL, 3000', '22023'),
	('NULL, 0', '22023'),
-- All of it
	('''commercial'', 6000, 150, true, 40.45, ''2'', ''outside'', true, NULL, 100, 250.00, 10, 20.5, 30, 1.5, 8, 500',
	 'deposit 350.00, deposit_held -150.00, connection 20.00, final_bill 40.45, water_tap 3000.00, excess_pipe 250.00, '
	 'street_cut_asphalt 120.00, street_cut_concrete 307.50, boring 360.00, sewer_permit 500.00');

SELECT plan(104);

SELECT is(pg_temp.quote(arguments), outcome, arguments) FROM example ORDER BY n;

-- The lines themselves
SELECT results_eq(
	$$SELECT * FROM mission_rates.opening_quote('commercial', 6000, 150, true, 40.45, '2', 'outside', true, NULL, 100,
												250.00, 10, 20.5, 30, 1.5, 8, 500, '2023-05-01')$$,
	$$VALUES
		(1, 'deposit'::text, 'deposit'::text, 'Deposit, commercial, above 5,000 to 10,000 square feet'::text,
		 1.0, 'each'::text, 350.00, 350.00, '114-52(a)(4)'::text, 'Ordinance 5244'::text, NULL::text, NULL::text,
		 NULL::text, NULL::bigint, NULL::bigint),
		(2, 'deposit', 'deposit_held', 'Deposit held, credited', 1.0, 'each', -150.00, -150.00, NULL, 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(3, 'fee', 'connection', (SELECT label FROM mission_rates.fee WHERE code = 'connection'),
		 1.0, 'each', 20.00, 20.00, '114-61', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(4, 'arrears', 'final_bill', 'Final bill', 1.0, 'each', 40.45, 40.45, NULL, 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(5, 'water', 'water_tap', 'Water tap, 2 inch compound, outside',
		 1.0, 'each', 3000.00, 3000.00, '114-54(c)(1)', 'Ordinance 5244', NULL, '2', 'outside', NULL, NULL),
		(6, 'water', 'excess_pipe', 'Pipe beyond the included length, as quoted',
		 1.0, 'each', 250.00, 250.00, '114-54(c)(1)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(7, 'fee', 'street_cut_asphalt', (SELECT label FROM mission_rates.fee WHERE code = 'street_cut_asphalt'),
		 10.0, 'linear foot', 12.00, 120.00, '114-54(c)(1)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(8, 'fee', 'street_cut_concrete', (SELECT label FROM mission_rates.fee WHERE code = 'street_cut_concrete'),
		 20.5, 'linear foot', 15.00, 307.50, '114-54(c)(1)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(9, 'fee', 'boring', (SELECT label FROM mission_rates.fee WHERE code = 'boring'),
		 30.0, 'linear foot', 12.00, 360.00, '114-54(c)(1)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(10, 'sewer', 'sewer_permit', 'Sewer connection permit, larger than 6 inch',
		 1.0, 'each', 500.00, 500.00, '114-54(b)(1)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL)$$,
	'every line of a quote with everything');
SELECT results_eq(
	$$SELECT service, charge, description, quantity, unit, rate, amount, section
	  FROM mission_rates.opening_quote('homeowner', service_date => '2023-05-01')$$,
	$$VALUES ('deposit'::text, 'deposit'::text, 'Deposit, homeowner'::text, 1.0, 'each'::text, 100.00, 100.00,
			  '114-52(a)(1)'::text),
			 ('deposit', 'service_fee', 'Service fee', 1.0, 'each', 20.00, 20.00, '114-52(a)(1)'),
			 ('fee', 'connection', (SELECT label FROM mission_rates.fee WHERE code = 'connection'),
			  1.0, 'each', 20.00, 20.00, '114-61')$$,
	'a home owner''s quote');
SELECT is(description, expected, expected)
FROM (VALUES (1, 'tenant', NULL, 'Deposit, tenant'),
			 (2, 'traveling_meter', NULL, 'Deposit, traveling meter'),
			 (3, 'commercial', 0, 'Deposit, commercial, up to 2,000 square feet'),
			 (4, 'commercial', 5000, 'Deposit, commercial, above 2,000 to 5,000 square feet'),
			 (5, 'commercial', 10001, 'Deposit, commercial, above 10,000 square feet'),
			 (6, 'trailer_park', NULL, 'Deposit, trailer park')) AS v (n, category, square_feet, expected),
	 LATERAL mission_rates.opening_quote(category::mission_rates.deposit_category, square_feet,
										 service_date => '2023-05-01') AS line
WHERE line.charge = 'deposit'
ORDER BY n;
SELECT is(description, expected, expected)
FROM (VALUES (1, '1', 'inside', 'Water tap, 1 inch, inside'),
			 (2, '1 1/2', 'outside', 'Water tap, 1 1/2 inch, outside')) AS v (n, size, area, expected),
	 LATERAL mission_rates.opening_quote(NULL, tap_meter => size::mission_rates.meter_size,
										 tap_area => area::mission_rates.service_area,
										 service_date => '2023-05-01') AS line
WHERE line.charge = 'water_tap'
ORDER BY n;
SELECT is((SELECT description FROM mission_rates.opening_quote(NULL, sewer_line_inches => 4, service_date => '2023-05-01')
		   WHERE charge = 'sewer_permit'), 'Sewer connection permit, 4 inch', 'Sewer connection permit, 4 inch');

-- amount = round(quantity * rate, 2), whatever is passed
SELECT is_empty(
	$$SELECT line.*
	  FROM generate_series(1, 3000, 7) AS n,
		   LATERAL mission_rates.opening_quote('commercial', n, (n / 3.0)::numeric(9,4), true, (n / 7.0)::numeric(9,4), '4', 'outside',
											   n % 2 = 0, (n / 11.0)::numeric(9,4), 80 + n, (n / 13.0)::numeric(9,4), n / 8.0, n / 16.0,
											   n / 32.0, 1, 6 + n, (n / 9.0)::numeric(9,4), '2023-05-01') AS line
	  WHERE amount IS DISTINCT FROM round(quantity * rate, 2) OR scale(amount) <> 2$$,
	'amount = round(quantity * rate, 2) in every line of a quote');

SELECT * FROM finish();
ROLLBACK;
