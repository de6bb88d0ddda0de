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

-- Sec. 114-52(a): deposits, each with a service fee on top of it.  A building of
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

-- Sec. 114-54(a): customer classes.  A8 and every class outside the city pay the
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

-- Sec. 114-54(b)(1): sewer connection permits.  Lines larger than 6 inches pay a
-- fee determined by the city.
INSERT INTO mission_rates.sewer_permit
	(schedule, line_inches, larger_than, amount, section)
VALUES
	('Ordinance 5244', 4, false, 200.00, '114-54(b)(1)'),
	('Ordinance 5244', 6, false, 230.00, '114-54(b)(1)'),
	('Ordinance 5244', 6, true, NULL, '114-54(b)(1)');

-- Sec. 114-54(b)(2)a: sewer rate table.  A8 is flat.
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

-- Sec. 114-54(c)(1): taps, by the size of the meter, inside and outside the
-- city.  There are compound meters from 2 inches (T14); 3-inch or larger, compound
-- or not, is at market price (T5).
INSERT INTO mission_rates.water_tap
	(schedule, meter_size, compound, service_area, amount, section)
SELECT 'Ordinance 5244', s.meter_size, t.compound,
	   a.service_area::mission_rates.service_area, a.amount, '114-54(c)(1)'
FROM (VALUES
	('{5/8}', false, 450.00, 650.00),
	('{3/4}', false, 480.00, 680.00),
	('{1}', false, 550.00, 750.00),
	('{1 1/2}', false, 650.00, 850.00),
	('{2}', false, 1700.00, 2000.00),
	('{2}', true, 2700.00, 3000.00),
	('{3, 4, 6, 8, 10, 12}', false, NULL, NULL),
	('{3, 4, 6, 8, 10, 12}', true, NULL, NULL)
) AS t (meter_sizes, compound, inside, outside)
CROSS JOIN LATERAL unnest(t.meter_sizes::mission_rates.meter_size[])
	AS s (meter_size)
CROSS JOIN LATERAL (VALUES ('inside', t.inside), ('outside', t.outside))
	AS a (service_area, amount);

-- Sec. 114-54(c)(2): minimum charges a month, inside and outside the city.  "Up
-- to 3/4 inch" covers 1/2, 5/8 and 3/4 (W9); 10 and 12 inches have none (W10).
INSERT INTO mission_rates.water_minimum
	(schedule, rate_group, meter_size, service_area, amount, section)
SELECT 'Ordinance 5244', m.rate_group::mission_rates.rate_group, s.meter_size,
	   a.service_area::mission_rates.service_area, a.amount, '114-54(c)(2)'
FROM (VALUES
	-- residential, institutional, government, trailer park
	('residential', '{1/2, 5/8, 3/4}', 11.50, 14.44),
	('residential', '{1}', 12.44, 15.63),
	('residential', '{1 1/2}', 34.73, 49.80),
	('residential', '{2}', 43.85, 62.89),
	('residential', '{3}', 62.15, 89.11),
	('residential', '{4}', 80.39, 115.17),
	('residential', '{6}', 130.06, 186.44),
	('residential', '{8}', 519.15, 744.10),
	-- commercial, industrial
	('commercial', '{1/2, 5/8, 3/4}', 12.50, 15.62),
	('commercial', '{1}', 13.46, 16.91),
	('commercial', '{1 1/2}', 37.57, 53.87),
	('commercial', '{2}', 47.43, 68.03),
	('commercial', '{3}', 67.24, 96.40),
	('commercial', '{4}', 86.97, 124.59),
	('commercial', '{6}', 140.71, 201.69),
	('commercial', '{8}', 561.62, 804.98)
) AS m (rate_group, meter_sizes, inside, outside)
CROSS JOIN LATERAL unnest(m.meter_sizes::mission_rates.meter_size[])
	AS s (meter_size)
CROSS JOIN LATERAL (VALUES ('inside', m.inside), ('outside', m.outside))
	AS a (service_area, amount);

-- Sec. 114-54(c)(2): dollars per 1,000 gallons, for gallons 1,000 to 19,999 and
-- for gallons 20,000 and up; the minimum charge includes the first 999 (W3 to W7).
INSERT INTO mission_rates.water_volume
	(schedule, class, above_gallons, rate_per_1000, section)
SELECT 'Ordinance 5244', v.class::mission_rates.customer_class, b.above_gallons,
	   b.rate_per_1000, '114-54(c)(2)'
FROM (VALUES
	('A1', 2.25, 2.50),
	('A2', 2.50, 2.75),
	('A3', 2.25, 2.50),
	('A4', 2.25, 2.50),
	('A5', 2.50, 2.75),
	('A8', 2.87, 3.26),
	('A9', 2.25, 2.50)
) AS v (class, from_1000, from_20000)
CROSS JOIN LATERAL (VALUES (999, v.from_1000), (19999, v.from_20000))
	AS b (above_gallons, rate_per_1000);

-- Fees, by section.
INSERT INTO mission_rates.fee
	(schedule, code, amount, unit, label, section)
SELECT 'Ordinance 5244', f.*
FROM (VALUES
	-- a sewer connection whose meter is not in place or not operational
	('sewer_flat', 26.00, 'month', 'Sewer flat fee, no operational meter', '114-54(b)(2)'),
	-- for each, on top of the other charges
	('dumping_station', 30.00, 'month', 'Sanitary dumping station', '114-54(b)(2)b'),
	('street_cut_asphalt', 12.00, 'linear foot', 'Street cut, asphalt', '114-54(c)(1)'),
	('street_cut_concrete', 15.00, 'linear foot', 'Street cut, concrete', '114-54(c)(1)'),
	('boring', 12.00, 'linear foot', 'Underground boring', '114-54(c)(1)'),
	-- per inch in diameter of a connection for fire protection only
	('fire_sprinkler', 0.75, 'inch', 'Automatic fire sprinkler connection', '114-54(c)(2)'),
	-- 5 percent of what was not paid in time; for turning off a meter
	('late_fee', 0.05, 'of the unpaid bill', 'Late fee', '114-55(a)'),
	('reconnection', 25.00, 'each', 'Turning off the meter for nonpayment', '114-55(a)'),
	('meter_test', 20.00, 'each', 'Meter test', '114-55(b)'),
	('disconnection', 5.00, 'each', 'Disconnection', '114-59(a)'),
	('unauthorized_reconnection', 50.00, 'each', 'Unauthorized reconnection', '114-59(b)'),
	('tampering', 50.00, 'each', 'Meter tampering or broken lock', '114-59(c)'),
	('service_call', 20.00, 'each', 'Service call', '114-61'),
	('connection', 20.00, 'each', 'Connection fee', '114-61'),
	-- damaged meter boxes, lid included; a lid alone
	('meter_box', 50.00, 'each', 'Meter box replacement', '114-63'),
	('meter_lid', 25.00, 'each', 'Meter box lid replacement', '114-63')
) AS f (code, amount, unit, label, section);
