--
-- A clerk's session: bills, quotes, unpaid bills, the accounts of a city
--
SET datestyle = 'ISO, MDY';

-- A bill, line by line, and its total
SELECT line, description, quantity, unit, rate, amount, section
FROM mission_rates.bill('A1', '3/4', 6000, service_date => '2023-05-01');
SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2023-05-01');

-- A shop outside the city, with a fire sprinkler and a dumping station
SELECT line, service, description, quantity, unit, rate, amount
FROM mission_rates.bill('A2', '2', 45678, 'outside', fire_sprinkler => 2.5, dumping_stations => 1,
						service_date => '2023-05-01');

-- The meter does not work
SELECT line, description, amount
FROM mission_rates.bill('A1', '3/4', NULL, metered => false, service_date => '2023-05-01');

-- What cannot be billed says why.
SELECT mission_rates.bill_total('A6', '3/4', 6000, service_date => '2023-05-01');
SELECT mission_rates.bill_total('A8', '3/4', 6000, 'inside', service_date => '2023-05-01');
SELECT mission_rates.bill_total('A1', '10', 6000, service_date => '2023-05-01');
SELECT mission_rates.bill_total('A1', '3/4', -12, service_date => '2023-05-01');
SELECT mission_rates.bill_total('A1', '3/4', 6000);
SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2022-12-01');
SELECT mission_rates.bill_total('A1', '3/4', 6000, schedule => 'Ordinance 5245');
SELECT mission_rates.bill_total('A1', '3/4', 6000, water => false, sewer => false, service_date => '2023-05-01');

-- A home owner opens an account; a shop moves, with a tap in a paved street.
SELECT line, description, quantity, unit, rate, amount, section
FROM mission_rates.opening_quote('homeowner', service_date => '2023-05-01');
SELECT line, service, charge, description, quantity, rate, amount
FROM mission_rates.opening_quote('commercial', 4500, deposit_held => 150, final_bill => 61.20, tap_meter => '1 1/2',
								 pipe_feet => 95, excess_pipe_quote => 180, concrete_feet => 12.5, boring_feet => 20,
								 boring_line_inches => 1.5, sewer_line_inches => 4, service_date => '2023-05-01');
SELECT sum(amount) AS due
FROM mission_rates.opening_quote('commercial', 4500, deposit_held => 150, final_bill => 61.20, tap_meter => '1 1/2',
								 pipe_feet => 95, excess_pipe_quote => 180, concrete_feet => 12.5, boring_feet => 20,
								 boring_line_inches => 1.5, sewer_line_inches => 4, service_date => '2023-05-01');
SELECT * FROM mission_rates.opening_quote('commercial', service_date => '2023-05-01');
SELECT * FROM mission_rates.opening_quote(NULL, tap_meter => '4', service_date => '2023-05-01');
SELECT * FROM mission_rates.opening_quote(NULL, tap_meter => '1', pipe_feet => 81, service_date => '2023-05-01');

-- Fees at the counter
SELECT mission_rates.fee('meter_box', service_date => '2023-05-01') AS meter_box,
	   mission_rates.fee('service_call', 2, '2023-05-01') AS service_calls,
	   mission_rates.water_tap_charge('2', 'outside', service_date => '2023-05-01') AS tap,
	   mission_rates.sewer_permit_fee(6, service_date => '2023-05-01') AS permit,
	   mission_rates.meter_test_fee(28.79, 22.75, '2023-05-01') AS meter_test;
SELECT * FROM mission_rates.deposit_required('commercial', 5000, '2023-05-01');
SELECT mission_rates.fee('garbage', service_date => '2023-05-01');
SELECT mission_rates.fee('service_call', 0.5, '2023-05-01');

-- An unpaid bill, mailed on the first of February
SELECT as_of, d.*
FROM (VALUES (DATE '2023-02-21'), ('2023-02-22'), ('2023-03-04'), ('2023-03-05')) AS v (as_of),
	 LATERAL mission_rates.delinquency('2023-02-01', 40.45, as_of, '2023-02-22') AS d
ORDER BY as_of;
SELECT line, description, quantity, unit, rate, amount, section
FROM mission_rates.reconnection_quote(40.45, '2023-02-01', unauthorized => 1, tampering => 1, service_date => '2023-03-06');

-- The city's accounts as they are kept: codes as text, some of them bad
CREATE TEMP TABLE account (account text PRIMARY KEY, class char(3), meter text, area text, reading numeric, previous numeric,
						   period_from date);
INSERT INTO account VALUES
	('1001', 'A1', '3/4"', 'Inside', 106000, 100000, '2023-05-01'),
	('1002', 'a1 ', '0.75', 'outside', 20500, 500, '2023-05-01'),
	('1003', 'A2', '1-1/2', NULL, 7000, 7000, '2023-05-01'),
	('1004', 'A7', '3/4', NULL, 7000, 5000, '2023-05-01'),
	('1005', 'A1', '1.25', NULL, 7000, 5000, '2023-05-01'),
	('1006', 'A1', '5/8x3/4', NULL, NULL, 5000, '2023-05-01'),
	('1007', 'A1', '1', NULL, 4000, 5000, '2023-05-01'),
	('1008', '', '1', NULL, 6000, 5000, '2023-05-01'),
	('1009', 'A8', '8', NULL, 1000000, 0, '2023-05-01'),
	('1010', 'A3', '2', 'in town', 6000, 5000, '2023-05-01'),
	('1011', 'A1', '1', NULL, 6000.5, 5000, '2023-05-01'),
	('1012', 'A1', '1', NULL, 6000, 5000, NULL);
SELECT account, trim(class) AS class, meter, gallons, problem,
	   CASE WHEN problem IS NULL
			THEN mission_rates.bill_total(mission_rates.to_customer_class(class), mission_rates.to_meter_size(meter),
										  gallons::bigint, mission_rates.to_service_area(area),
										  service_date => period_from) END AS bill
FROM (SELECT *, reading - previous AS gallons FROM account) AS a,
	 LATERAL mission_rates.billing_problem(class, meter, gallons, area, service_date => period_from) AS problem
ORDER BY account;

-- The same as lines
SELECT account, line, charge, quantity, amount
FROM (SELECT *, reading - previous AS gallons FROM account) AS a,
	 LATERAL mission_rates.bill(mission_rates.to_customer_class(class), mission_rates.to_meter_size(meter),
								gallons::bigint, mission_rates.to_service_area(area), service_date => period_from)
WHERE mission_rates.billing_problem(class, meter, gallons, area, service_date => period_from) IS NULL
ORDER BY account, line;

-- To proof-read against the paper
SELECT item, column_label, amount, unit FROM mission_rates.rate_sheet('2023-05-01') WHERE rate_table = 'water_minimum';
SELECT section, item, column_label, amount, unit
FROM mission_rates.rate_sheet('2023-05-01') WHERE rate_table = 'deposit';
