-- The worked examples of how Ordinance 5244 is read, each to the cent and
-- with the two decimals of an amount.
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(41);

-- Water, inside the city
SELECT is(mission_rates.water_charge('A1', '3/4', gallons, service_date => '2023-01-01')::text,
		  amount, 'water A1, 3/4 inch, ' || gallons || ' gallons')
FROM (VALUES (1, 0::bigint, '11.50'), (2, 999, '11.50'), (3, 1000, '11.50'),
			 (4, 1019, '11.55'), (5, 6000, '22.75'),
			 (6, 19999, '54.25'), (7, 20000, '54.25'), (8, 20001, '54.26'))
	 AS example (n, gallons, amount)
ORDER BY n;

SELECT is(mission_rates.water_charge('A5', '8', 1000000, service_date => '2023-01-01')::text,
		  '3304.12', 'water A5, 8 inch, a million gallons');

-- Water, outside the city
SELECT is(mission_rates.water_charge('A8', '3/4', 6000, service_date => '2023-01-01')::text,
		  '28.79', 'water A8, 3/4 inch, 6,000 gallons');
SELECT is(mission_rates.water_charge('A8', '3/4', 6000, 'outside', '2023-01-01')::text,
		  '28.79', 'the same where the place is passed');
SELECT is(mission_rates.water_charge('A2', '3/4', 10000, 'outside', '2023-01-01')::text,
		  '41.45', 'water A2 outside, 3/4 inch, 10,000 gallons');

-- Sewer
SELECT is(mission_rates.sewer_charge('A1', 500, service_date => '2023-01-01')::text,
		  '9.73', 'sewer A1, 500 gallons');
SELECT is(mission_rates.sewer_charge('A1', 6000, service_date => '2023-01-01')::text,
		  '17.70', 'sewer A1, 6,000 gallons');
SELECT is(mission_rates.sewer_charge('A5', 1000000, service_date => '2023-01-01')::text,
		  '3191.50', 'sewer A5, a million gallons');
SELECT is(mission_rates.sewer_charge('A8', gallons, service_date => '2023-01-01')::text,
		  '26.00', 'sewer A8, ' || gallons || ' gallons')
FROM (VALUES (0::bigint), (6000), (1000000000000)) AS example (gallons)
ORDER BY gallons;
SELECT is(mission_rates.sewer_charge('A1', NULL, metered => false, service_date => '2023-01-01')::text,
		  '26.00', 'sewer A1 without an operational meter');

-- The whole bill, and each of its lines
SELECT is(mission_rates.bill_total('A1', '3/4', 6000, service_date => '2023-01-01')::text,
		  '40.45', 'whole bill A1, 3/4 inch, 6,000 gallons');
SELECT results_eq(
	$$SELECT line, charge, amount
	  FROM mission_rates.bill('A1', '3/4', 6000, service_date => '2023-01-01')$$,
	$$VALUES (1, 'water_minimum', 11.50), (2, 'water_volume', 11.25),
			 (3, 'sewer_fixed', 9.00), (4, 'sewer_volume', 8.70)$$,
	'... which is the sum of four lines');

-- Fire protection only: 2.5 inches at 0.75 are 1.875
SELECT is(mission_rates.fire_sprinkler_charge(2.5, '2023-01-01')::text,
		  '1.88', 'a connection of 2.5 inches for fire protection only');
SELECT is(mission_rates.fire_sprinkler_charge(8, '2023-01-01')::text,
		  '6.00', '... and one of 8 inches');

-- Late payment and reconnection
SELECT is(mission_rates.late_fee(40.45, '2023-02-01')::text, '2.02', 'late fee on 40.45');
SELECT is(mission_rates.late_fee(50.10, '2023-02-01')::text, '2.51', 'late fee on 50.10');
SELECT is((SELECT sum(amount)::text FROM mission_rates.reconnection_quote(40.45, '2023-02-01', service_date => '2023-03-15')),
		  '72.47', 'owed before the meter is turned on again');
SELECT is((SELECT sum(amount)::text
		   FROM mission_rates.reconnection_quote(40.45, '2023-02-01', unauthorized => 1, tampering => 1,
												 service_date => '2023-03-15')),
		  '172.47', '... and after breaking the lock and reconnecting');

-- At the counter
SELECT is((SELECT sum(amount)::text
		   FROM mission_rates.opening_quote(NULL, connection => false, tap_meter => '1',
											tap_area => 'outside', concrete_feet => 18.5,
											service_date => '2023-03-15')),
		  '1027.50', 'a 1 inch tap outside with 18.5 feet of concrete cut');
SELECT is((SELECT sum(amount)::text
		   FROM mission_rates.opening_quote('homeowner', service_date => '2023-03-15')),
		  '140.00', 'a home owner opens an account');

-- The examples that stand in the text of the readings
SELECT is(mission_rates.water_charge('A1', size::mission_rates.meter_size, 6000,
									 service_date => '2023-01-01')::text,
		  '22.75', 'up to 3/4 inch covers ' || size || ' (W9)')
FROM (VALUES ('1/2'), ('5/8'), ('3/4')) AS example (size)
ORDER BY size;
SELECT is(mission_rates.bill_total('A6', NULL, NULL, metered => false, water => false,
								   service_date => '2023-01-01')::text,
		  '26.00', 'A6 without an operational meter pays the flat sewer fee (C2)');
SELECT is(mission_rates.bill_total('A1', '3/4', NULL, metered => false, service_date => '2023-01-01')::text,
		  '37.50', 'no operational meter: the minimum and the flat fee (G11)');
SELECT is(mission_rates.sewer_charge('A8', NULL, metered => false, service_date => '2023-01-01')::text,
		  '26.00', 'A8 without a meter pays 26.00 once (S6)');
SELECT is(mission_rates.bill_total('A9', '3/4', 6000, service_date => '2023-01-01')::text,
		  '40.45', 'an inactive account is charged in full (C6, C7)');
SELECT is(mission_rates.bill_total('A1', '3/4', 6000, dumping_stations => 2, service_date => '2023-01-01')::text,
		  '100.45', 'two dumping stations at 30.00 on top (S16)');
SELECT is(mission_rates.bill_total('A1', '3/4', 2000, sewer_gallons => 6000, service_date => '2023-01-01')::text,
		  '31.45', 'two meters on one sewer connection: its volume is their sum (S12)');
SELECT is(d.deposit::text || ' + ' || d.service_fee::text, amounts, facts || ' (D1)')
FROM (VALUES (1, 'a home owner', 'homeowner'::mission_rates.deposit_category, '100.00 + 20.00'),
			 (2, 'a tenant', 'tenant', '150.00 + 20.00'),
			 (3, 'a traveling meter', 'traveling_meter', '300.00 + 30.00'))
	 AS example (n, facts, category, amounts),
	 LATERAL mission_rates.deposit_required(category, service_date => '2023-03-15') AS d
ORDER BY n;

SELECT * FROM finish();
ROLLBACK;
