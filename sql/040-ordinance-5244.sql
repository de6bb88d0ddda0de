-- ---------------------------------------------------------------------------
-- Ordinance 5244
-- ---------------------------------------------------------------------------
--
-- Passed on October 24, 2022, in force for service periods that begin on or
-- after January 1, 2023.  The rows are in the order of the ordinance.
-- sealed_rows counts all rate rows below, and the fingerprint is theirs.

INSERT INTO mission_rates.schedule
	(schedule, title, adopted_on, adopted_by, effective_from, sealed_rows,
	 volume_step, due_days, notice_days, included_pipe_feet,
	 boring_from_inches, boring_to_inches, waiver_overcharge, fingerprint)
VALUES
	('Ordinance 5244',
	 'Chapter 114 Utilities, Article II Rates and Charges: amending sections 114-52, 114-54, 114-55, 114-59 and 114-61, adding section 114-63',
	 '2022-10-24', 'City Council of the City of Mission', '2023-01-01', 134,
	 1, 20, 10, 80, 0.75, 2, 0.25,
	 '5230b4704c9bd7d72957922fc5801e95a4f8c39d2b142010651c89a55341949d');

-- § 114-52(a): deposits, each with a service fee on top of it.  A building of
-- exactly 2,000, 5,000 or 10,000 square feet takes the lower row (D3).
INSERT INTO mission_rates.deposit
	(schedule, category, above_square_feet, deposit, service_fee, section)
VALUES
	-- (a)(1) residential home owners
	('Ordinance 5244', 'homeowner', 0, 100.00, 20.00, '114-52(a)(1)'),
	-- (a)(2) residential rental properties
	('Ordinance 5244', 'tenant', 0, 150.00, 20.00, '114-52(a)(2)'),
	-- (a)(3) traveling meters
	('Ordinance 5244', 'traveling_meter', 0, 300.00, 30.00, '114-52(a)(3)'),
	-- (a)(4) commercial consumers, by the size of the building
	('Ordinance 5244', 'commercial', 0, 150.00, 20.00, '114-52(a)(4)'),
	('Ordinance 5244', 'commercial', 2000, 250.00, 20.00, '114-52(a)(4)'),
	('Ordinance 5244', 'commercial', 5000, 350.00, 20.00, '114-52(a)(4)'),
	('Ordinance 5244', 'commercial', 10000, 500.00, 20.00, '114-52(a)(4)'),
	('Ordinance 5244', 'school', 0, 250.00, 20.00, '114-52(a)(4)'),
	('Ordinance 5244', 'hospital', 0, 250.00, 20.00, '114-52(a)(4)'),
	('Ordinance 5244', 'trailer_park', 0, 250.00, 20.00, '114-52(a)(4)');

-- § 114-54(a): customer classes.  A8 and every class outside the city pay the
-- volume and sewer rates of A8 (C4, C5); A6 has no rates (C2); A9 is rated as
-- residential (C6).
INSERT INTO mission_rates.class_rule
	(schedule, class, label, rate_group, service_area, outside_class)
VALUES
	('Ordinance 5244', 'A1', 'Residential', 'residential', 'inside', 'A8'),
	('Ordinance 5244', 'A2', 'Commercial', 'commercial', 'inside', 'A8'),
	('Ordinance 5244', 'A3', 'Institutional/government', 'residential', 'inside', 'A8'),
	('Ordinance 5244', 'A4', 'Trailer park master meter', 'residential', 'inside', 'A8'),
	('Ordinance 5244', 'A5', 'Industrial', 'commercial', 'inside', 'A8'),
	('Ordinance 5244', 'A6', 'Other water service provider', NULL, 'inside', NULL),
	('Ordinance 5244', 'A8', 'Outside', 'residential', 'outside', 'A8'),
	('Ordinance 5244', 'A9', 'Inactive', 'residential', 'inside', 'A8');

-- § 114-54(b)(1): sewer connection permits.  Lines larger than 6 inches pay a
-- fee determined by the city.
INSERT INTO mission_rates.sewer_permit
	(schedule, line_inches, larger_than, amount, section)
VALUES
	('Ordinance 5244', 4, false, 200.00, '114-54(b)(1)'),
	('Ordinance 5244', 6, false, 230.00, '114-54(b)(1)'),
	('Ordinance 5244', 6, true, NULL, '114-54(b)(1)');

-- § 114-54(b)(2)a: sewer rate table.  A8 is flat.
INSERT INTO mission_rates.sewer_rate
	(schedule, class, fixed, rate_per_1000, factor, section)
VALUES
	('Ordinance 5244', 'A1', 9.00, 1.45, 1.0, '114-54(b)(2)a'),
	('Ordinance 5244', 'A2', 11.50, 2.50, 1.0, '114-54(b)(2)a'),
	('Ordinance 5244', 'A3', 9.00, 1.45, 1.0, '114-54(b)(2)a'),
	('Ordinance 5244', 'A4', 9.00, 1.45, 1.0, '114-54(b)(2)a'),
	('Ordinance 5244', 'A5', 11.50, 3.18, 1.0, '114-54(b)(2)a'),
	('Ordinance 5244', 'A8', 26.00, NULL, NULL, '114-54(b)(2)a'),
	('Ordinance 5244', 'A9', 9.00, 1.45, 1.0, '114-54(b)(2)a');

-- § 114-54(c)(1): taps, by the size of the meter; 3 inches and larger at market
-- price.  There are compound meters from 2 inches.
INSERT INTO mission_rates.water_tap
	(schedule, meter_size, compound, service_area, amount, section)
VALUES
	('Ordinance 5244', '5/8', false, 'inside', 450.00, '114-54(c)(1)'),
	('Ordinance 5244', '5/8', false, 'outside', 650.00, '114-54(c)(1)'),
	('Ordinance 5244', '3/4', false, 'inside', 480.00, '114-54(c)(1)'),
	('Ordinance 5244', '3/4', false, 'outside', 680.00, '114-54(c)(1)'),
	('Ordinance 5244', '1', false, 'inside', 550.00, '114-54(c)(1)'),
	('Ordinance 5244', '1', false, 'outside', 750.00, '114-54(c)(1)'),
	('Ordinance 5244', '1 1/2', false, 'inside', 650.00, '114-54(c)(1)'),
	('Ordinance 5244', '1 1/2', false, 'outside', 850.00, '114-54(c)(1)'),
	('Ordinance 5244', '2', false, 'inside', 1700.00, '114-54(c)(1)'),
	('Ordinance 5244', '2', false, 'outside', 2000.00, '114-54(c)(1)'),
	-- 3-inch or larger: at market price
	('Ordinance 5244', '3', false, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '3', false, 'outside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '4', false, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '4', false, 'outside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '6', false, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '6', false, 'outside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '8', false, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '8', false, 'outside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '10', false, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '10', false, 'outside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '12', false, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '12', false, 'outside', NULL, '114-54(c)(1)'),
	-- compound meters, 2-inch
	('Ordinance 5244', '2', true, 'inside', 2700.00, '114-54(c)(1)'),
	('Ordinance 5244', '2', true, 'outside', 3000.00, '114-54(c)(1)'),
	-- compound meters, 3-inch or larger: at market price
	('Ordinance 5244', '3', true, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '3', true, 'outside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '4', true, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '4', true, 'outside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '6', true, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '6', true, 'outside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '8', true, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '8', true, 'outside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '10', true, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '10', true, 'outside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '12', true, 'inside', NULL, '114-54(c)(1)'),
	('Ordinance 5244', '12', true, 'outside', NULL, '114-54(c)(1)');

-- § 114-54(c)(2): minimum charges a month.  "Up to 3/4 inch" covers 1/2, 5/8
-- and 3/4 (W9); 10 and 12 inches have none (W10).
INSERT INTO mission_rates.water_minimum
	(schedule, rate_group, meter_size, service_area, amount, section)
VALUES
	-- residential, institutional, government, trailer park
	('Ordinance 5244', 'residential', '1/2', 'inside', 11.50, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '1/2', 'outside', 14.44, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '5/8', 'inside', 11.50, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '5/8', 'outside', 14.44, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '3/4', 'inside', 11.50, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '3/4', 'outside', 14.44, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '1', 'inside', 12.44, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '1', 'outside', 15.63, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '1 1/2', 'inside', 34.73, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '1 1/2', 'outside', 49.80, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '2', 'inside', 43.85, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '2', 'outside', 62.89, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '3', 'inside', 62.15, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '3', 'outside', 89.11, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '4', 'inside', 80.39, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '4', 'outside', 115.17, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '6', 'inside', 130.06, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '6', 'outside', 186.44, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '8', 'inside', 519.15, '114-54(c)(2)'),
	('Ordinance 5244', 'residential', '8', 'outside', 744.10, '114-54(c)(2)'),
	-- commercial, industrial
	('Ordinance 5244', 'commercial', '1/2', 'inside', 12.50, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '1/2', 'outside', 15.62, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '5/8', 'inside', 12.50, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '5/8', 'outside', 15.62, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '3/4', 'inside', 12.50, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '3/4', 'outside', 15.62, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '1', 'inside', 13.46, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '1', 'outside', 16.91, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '1 1/2', 'inside', 37.57, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '1 1/2', 'outside', 53.87, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '2', 'inside', 47.43, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '2', 'outside', 68.03, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '3', 'inside', 67.24, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '3', 'outside', 96.40, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '4', 'inside', 86.97, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '4', 'outside', 124.59, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '6', 'inside', 140.71, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '6', 'outside', 201.69, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '8', 'inside', 561.62, '114-54(c)(2)'),
	('Ordinance 5244', 'commercial', '8', 'outside', 804.98, '114-54(c)(2)');

-- § 114-54(c)(2): rates for the gallons beyond the 999 that the minimum charge
-- includes: 1,000 to 19,999, and 20,000 and up (W3 to W7).
INSERT INTO mission_rates.water_volume
	(schedule, class, above_gallons, rate_per_1000, section)
VALUES
	('Ordinance 5244', 'A1', 999, 2.25, '114-54(c)(2)'),
	('Ordinance 5244', 'A1', 19999, 2.50, '114-54(c)(2)'),
	('Ordinance 5244', 'A2', 999, 2.50, '114-54(c)(2)'),
	('Ordinance 5244', 'A2', 19999, 2.75, '114-54(c)(2)'),
	('Ordinance 5244', 'A3', 999, 2.25, '114-54(c)(2)'),
	('Ordinance 5244', 'A3', 19999, 2.50, '114-54(c)(2)'),
	('Ordinance 5244', 'A4', 999, 2.25, '114-54(c)(2)'),
	('Ordinance 5244', 'A4', 19999, 2.50, '114-54(c)(2)'),
	('Ordinance 5244', 'A5', 999, 2.50, '114-54(c)(2)'),
	('Ordinance 5244', 'A5', 19999, 2.75, '114-54(c)(2)'),
	('Ordinance 5244', 'A8', 999, 2.87, '114-54(c)(2)'),
	('Ordinance 5244', 'A8', 19999, 3.26, '114-54(c)(2)'),
	('Ordinance 5244', 'A9', 999, 2.25, '114-54(c)(2)'),
	('Ordinance 5244', 'A9', 19999, 2.50, '114-54(c)(2)');

-- Fees, by section.
INSERT INTO mission_rates.fee
	(schedule, code, amount, unit, label, section)
VALUES
	-- a sewer connection whose meter is not in place or not operational
	('Ordinance 5244', 'sewer_flat', 26.00, 'month',
	 'Sewer flat fee, no operational meter', '114-54(b)(2)'),
	-- for each, on top of the other charges
	('Ordinance 5244', 'dumping_station', 30.00, 'month',
	 'Sanitary dumping station', '114-54(b)(2)b'),
	-- pavement cut and lines bored for a connection
	('Ordinance 5244', 'street_cut_asphalt', 12.00, 'linear foot',
	 'Street cut, asphalt', '114-54(c)(1)'),
	('Ordinance 5244', 'street_cut_concrete', 15.00, 'linear foot',
	 'Street cut, concrete', '114-54(c)(1)'),
	('Ordinance 5244', 'boring', 12.00, 'linear foot',
	 'Underground boring', '114-54(c)(1)'),
	-- per inch in diameter of a connection for fire protection only
	('Ordinance 5244', 'fire_sprinkler', 0.75, 'inch',
	 'Automatic fire sprinkler connection', '114-54(c)(2)'),
	-- 5 percent of what was not paid in time; for turning off a meter
	('Ordinance 5244', 'late_fee', 0.05, 'of the unpaid bill',
	 'Late fee', '114-55(a)'),
	('Ordinance 5244', 'reconnection', 25.00, 'each',
	 'Turning off the meter for nonpayment', '114-55(a)'),
	-- accuracy testing
	('Ordinance 5244', 'meter_test', 20.00, 'each',
	 'Meter test', '114-55(b)'),
	-- disconnection, unauthorized reconnection, tampering
	('Ordinance 5244', 'disconnection', 5.00, 'each',
	 'Disconnection', '114-59(a)'),
	('Ordinance 5244', 'unauthorized_reconnection', 50.00, 'each',
	 'Unauthorized reconnection', '114-59(b)'),
	('Ordinance 5244', 'tampering', 50.00, 'each',
	 'Meter tampering or broken lock', '114-59(c)'),
	-- service calls and connections
	('Ordinance 5244', 'service_call', 20.00, 'each',
	 'Service call', '114-61'),
	('Ordinance 5244', 'connection', 20.00, 'each',
	 'Connection fee', '114-61'),
	-- damaged meter boxes, lid included; a lid alone
	('Ordinance 5244', 'meter_box', 50.00, 'each',
	 'Meter box replacement', '114-63'),
	('Ordinance 5244', 'meter_lid', 25.00, 'each',
	 'Meter box lid replacement', '114-63');
