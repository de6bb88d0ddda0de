-- Every cell of every table of Ordinance 5244, typed from the paper a second
-- time and in its own layout, against the rate tables and the functions.
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(43);

-- What the paper says -------------------------------------------------------

-- Section 114-54(a), customer classes; there is no A7
CREATE TEMP TABLE paper_class (class mission_rates.customer_class, minimum_table text);
INSERT INTO paper_class VALUES
	('A1', 'residential'),		-- Residential
	('A2', 'commercial'),		-- Commercial
	('A3', 'residential'),		-- Institutional/government
	('A4', 'residential'),		-- Trailer park master meter
	('A5', 'commercial'),		-- Industrial
	('A6', NULL),				-- Other Water Service Provider
	('A8', 'residential'),		-- Outside
	('A9', 'residential');		-- Inactive

-- Section 114-54(c)(2), minimum charge; "Up to 3/4 inch" is three sizes
CREATE TEMP TABLE paper_minimum (minimum_table text, size text, inside numeric, outside numeric);
INSERT INTO paper_minimum VALUES
	('residential', '1/2', 11.50, 14.44),
	('residential', '5/8', 11.50, 14.44),
	('residential', '3/4', 11.50, 14.44),
	('residential', '1', 12.44, 15.63),
	('residential', '1 1/2', 34.73, 49.80),
	('residential', '2', 43.85, 62.89),
	('residential', '3', 62.15, 89.11),
	('residential', '4', 80.39, 115.17),
	('residential', '6', 130.06, 186.44),
	('residential', '8', 519.15, 744.10),
	('commercial', '1/2', 12.50, 15.62),
	('commercial', '5/8', 12.50, 15.62),
	('commercial', '3/4', 12.50, 15.62),
	('commercial', '1', 13.46, 16.91),
	('commercial', '1 1/2', 37.57, 53.87),
	('commercial', '2', 47.43, 68.03),
	('commercial', '3', 67.24, 96.40),
	('commercial', '4', 86.97, 124.59),
	('commercial', '6', 140.71, 201.69),
	('commercial', '8', 561.62, 804.98);

-- Section 114-54(c)(2), rate table
CREATE TEMP TABLE paper_volume (class mission_rates.customer_class, from_999 numeric, from_20000 numeric);
INSERT INTO paper_volume VALUES
	('A1', 2.25, 2.50),
	('A2', 2.50, 2.75),
	('A3', 2.25, 2.50),
	('A4', 2.25, 2.50),
	('A5', 2.50, 2.75),
	('A8', 2.87, 3.26),
	('A9', 2.25, 2.50);

-- Section 114-54(b)(2)a, sewer rate table
CREATE TEMP TABLE paper_sewer (class mission_rates.customer_class, fixed numeric, variable numeric,
							   factor numeric);
INSERT INTO paper_sewer VALUES
	('A1', 9.00, 1.45, 1.0),
	('A2', 11.50, 2.50, 1.0),
	('A3', 9.00, 1.45, 1.0),
	('A4', 9.00, 1.45, 1.0),
	('A5', 11.50, 3.18, 1.0),
	('A8', 26.00, NULL, NULL),
	('A9', 9.00, 1.45, 1.0);

-- All other amounts of the text
CREATE TEMP TABLE paper_fee (code text, amount numeric, unit text, section text);
INSERT INTO paper_fee VALUES
	('sewer_flat', 26.00, 'month', '114-54(b)(2)'),
	('dumping_station', 30.00, 'month', '114-54(b)(2)b'),
	('fire_sprinkler', 0.75, 'inch', '114-54(c)(2)'),
	('street_cut_asphalt', 12.00, 'linear foot', '114-54(c)(1)'),
	('street_cut_concrete', 15.00, 'linear foot', '114-54(c)(1)'),
	('boring', 12.00, 'linear foot', '114-54(c)(1)'),
	('late_fee', 0.05, NULL, '114-55(a)'),
	('reconnection', 25.00, 'each', '114-55(a)'),
	('meter_test', 20.00, 'each', '114-55(b)'),
	('disconnection', 5.00, 'each', '114-59(a)'),
	('unauthorized_reconnection', 50.00, 'each', '114-59(b)'),
	('tampering', 50.00, 'each', '114-59(c)'),
	('service_call', 20.00, 'each', '114-61'),
	('connection', 20.00, 'each', '114-61'),
	('meter_box', 50.00, 'each', '114-63'),
	('meter_lid', 25.00, 'each', '114-63');

-- Section 114-52(a)
CREATE TEMP TABLE paper_deposit (category mission_rates.deposit_category, above numeric, deposit numeric,
								 service_fee numeric, section text);
INSERT INTO paper_deposit VALUES
	('homeowner', 0, 100.00, 20.00, '114-52(a)(1)'),
	('tenant', 0, 150.00, 20.00, '114-52(a)(2)'),
	('traveling_meter', 0, 300.00, 30.00, '114-52(a)(3)'),
	('commercial', 0, 150.00, 20.00, '114-52(a)(4)'),
	('commercial', 2000, 250.00, 20.00, '114-52(a)(4)'),
	('commercial', 5000, 350.00, 20.00, '114-52(a)(4)'),
	('commercial', 10000, 500.00, 20.00, '114-52(a)(4)'),
	('school', 0, 250.00, 20.00, '114-52(a)(4)'),
	('hospital', 0, 250.00, 20.00, '114-52(a)(4)'),
	('trailer_park', 0, 250.00, 20.00, '114-52(a)(4)');

-- Section 114-54(c)(1); NULL is "At market price"
CREATE TEMP TABLE paper_tap (size text, compound boolean, inside numeric, outside numeric);
INSERT INTO paper_tap VALUES
	('5/8', false, 450.00, 650.00),
	('3/4', false, 480.00, 680.00),
	('1', false, 550.00, 750.00),
	('1 1/2', false, 650.00, 850.00),
	('2', false, 1700.00, 2000.00),
	('2', true, 2700.00, 3000.00);
INSERT INTO paper_tap
SELECT size, compound, NULL, NULL
FROM unnest('{3,4,6,8,10,12}'::text[]) AS size, unnest('{false,true}'::boolean[]) AS compound;

-- The rate tables -----------------------------------------------------------

SELECT results_eq(
	$$SELECT schedule, effective_from, adopted_on FROM mission_rates.schedule$$,
	$$VALUES ('Ordinance 5244'::text, DATE '2023-01-01', DATE '2022-10-24')$$,
	'one schedule is shipped, read and approved on 24 October 2022, effective 1 January 2023');
SELECT results_eq(
	$$SELECT volume_step, due_days, notice_days, included_pipe_feet::numeric, boring_from_inches::numeric,
			 boring_to_inches::numeric, waiver_overcharge::numeric
	  FROM mission_rates.schedule$$,
	$$VALUES (1, 20, 10, 80.0, 0.75, 2.0, 0.25)$$,
	'its terms: exact gallons, 20 and 10 days, 80 feet, 3/4 to 2 inches, 25 percent');
SELECT isnt(title, '', 'it has a title') FROM mission_rates.schedule;
SELECT isnt(adopted_by, '', '... and says who adopted it') FROM mission_rates.schedule;

SELECT set_eq(
	$$SELECT schedule, class, rate_group::text FROM mission_rates.class_rule$$,
	$$SELECT 'Ordinance 5244'::text AS schedule, class, minimum_table FROM paper_class$$,
	'class_rule: the eight classes and their table of minimum charges');
SELECT set_eq(
	$$SELECT class, service_area::text, outside_class::text FROM mission_rates.class_rule$$,
	$$SELECT class,
			 CASE class WHEN 'A8' THEN 'outside' ELSE 'inside' END AS place,
			 CASE class WHEN 'A6' THEN NULL ELSE 'A8' END AS rates_outside
	  FROM paper_class$$,
	'class_rule: A8 alone is outside; whose rates apply there (C4, C5)');
SELECT is_empty($$SELECT class FROM mission_rates.class_rule WHERE label = '' OR label IS NULL$$,
				'class_rule: every class has a label');

SELECT set_eq(
	$$SELECT schedule, rate_group::text, meter_size::text, service_area::text, amount::numeric, section
	  FROM mission_rates.water_minimum$$,
	$$SELECT 'Ordinance 5244'::text AS schedule, minimum_table, size, area,
			 CASE area WHEN 'inside' THEN inside ELSE outside END AS amount, '114-54(c)(2)'::text AS section
	  FROM paper_minimum, unnest('{inside,outside}'::text[]) AS area$$,
	'water_minimum: every cell, and no other');
SELECT is(count(*), 40::bigint, '... of which there are forty') FROM mission_rates.water_minimum;

SELECT set_eq(
	$$SELECT schedule, class, above_gallons, rate_per_1000::numeric, section FROM mission_rates.water_volume$$,
	$$SELECT 'Ordinance 5244'::text AS schedule, class, above,
			 CASE above WHEN 999 THEN from_999 ELSE from_20000 END AS rate, '114-54(c)(2)'::text AS section
	  FROM paper_volume, unnest('{999,19999}'::bigint[]) AS above$$,
	'water_volume: every cell, and no other');
SELECT is(count(*), 14::bigint, '... of which there are fourteen') FROM mission_rates.water_volume;

SELECT set_eq(
	$$SELECT schedule, class, fixed::numeric, rate_per_1000::numeric, factor::numeric, section
	  FROM mission_rates.sewer_rate$$,
	$$SELECT 'Ordinance 5244'::text AS schedule, class, fixed, variable, factor, '114-54(b)(2)a'::text AS section
	  FROM paper_sewer$$,
	'sewer_rate: every cell, and no other');

SELECT set_eq(
	$$SELECT schedule, code, amount::numeric, section FROM mission_rates.fee$$,
	$$SELECT 'Ordinance 5244'::text AS schedule, code, amount, section FROM paper_fee$$,
	'fee: every amount of the text, and no other');
SELECT set_eq(
	$$SELECT code, unit FROM mission_rates.fee WHERE code <> 'late_fee'$$,
	$$SELECT code, unit FROM paper_fee WHERE code <> 'late_fee'$$,
	'fee: per month, inch, linear foot or each');
SELECT is_empty($$SELECT code FROM mission_rates.fee WHERE label = '' OR label IS NULL$$,
				'fee: every fee has a label');

SELECT set_eq(
	$$SELECT schedule, category, above_square_feet::numeric, deposit::numeric, service_fee::numeric, section
	  FROM mission_rates.deposit$$,
	$$SELECT 'Ordinance 5244'::text AS schedule, * FROM paper_deposit$$,
	'deposit: every row, and no other');

SELECT set_eq(
	$$SELECT schedule, meter_size::text, compound, service_area::text, amount::numeric, section
	  FROM mission_rates.water_tap$$,
	$$SELECT 'Ordinance 5244'::text AS schedule, size, compound, area,
			 CASE area WHEN 'inside' THEN inside ELSE outside END AS amount, '114-54(c)(1)'::text AS section
	  FROM paper_tap, unnest('{inside,outside}'::text[]) AS area$$,
	'water_tap: every cell, and no other');

SELECT set_eq(
	$$SELECT schedule, line_inches::numeric, larger_than, amount::numeric, section
	  FROM mission_rates.sewer_permit$$,
	$$VALUES ('Ordinance 5244'::text, 4.0, false, 200.00, '114-54(b)(1)'::text),
			 ('Ordinance 5244', 6.0, false, 230.00, '114-54(b)(1)'),
			 ('Ordinance 5244', 6.0, true, NULL, '114-54(b)(1)')$$,
	'sewer_permit: every row, and no other');

SELECT is(sealed_rows, 134, 'it was sealed with 8 + 40 + 14 + 7 + 16 + 10 + 36 + 3 rate rows')
FROM mission_rates.schedule;
SELECT is(sealed_rows::bigint,
		  (SELECT count(*) FROM mission_rates.class_rule)
		  + (SELECT count(*) FROM mission_rates.water_minimum)
		  + (SELECT count(*) FROM mission_rates.water_volume)
		  + (SELECT count(*) FROM mission_rates.sewer_rate)
		  + (SELECT count(*) FROM mission_rates.fee)
		  + (SELECT count(*) FROM mission_rates.deposit)
		  + (SELECT count(*) FROM mission_rates.water_tap)
		  + (SELECT count(*) FROM mission_rates.sewer_permit),
		  '... and has as many')
FROM mission_rates.schedule;

-- The functions -------------------------------------------------------------

SELECT is_empty(
	$$SELECT c.class, m.size, 'inside' AS area, m.inside AS paper,
			 mission_rates.water_charge(c.class, m.size::mission_rates.meter_size, 0, 'inside', '2023-01-01')
	  FROM paper_class AS c JOIN paper_minimum AS m USING (minimum_table)
	  WHERE c.class <> 'A8'
		AND m.inside IS DISTINCT FROM
			mission_rates.water_charge(c.class, m.size::mission_rates.meter_size, 0, 'inside', '2023-01-01')$$,
	'water_charge: every minimum inside, for each class of the table');
SELECT is_empty(
	$$SELECT c.class, m.size, 'outside' AS area, m.outside AS paper,
			 mission_rates.water_charge(c.class, m.size::mission_rates.meter_size, 999, 'outside', '2023-01-01')
	  FROM paper_class AS c JOIN paper_minimum AS m USING (minimum_table)
	  WHERE m.outside IS DISTINCT FROM
			mission_rates.water_charge(c.class, m.size::mission_rates.meter_size, 999, 'outside', '2023-01-01')$$,
	'water_charge: every minimum outside, for each class of the table');

-- A thousand thousands show a rate per 1,000 gallons with all its digits.
SELECT is_empty(
	$$SELECT class, paper, billed
	  FROM paper_volume AS v,
		   LATERAL (SELECT array_agg(rate::numeric ORDER BY line), array_agg(quantity ORDER BY line)
					FROM mission_rates.bill(v.class, '3/4', 1019999, sewer => false, service_date => '2023-01-01')
					WHERE charge = 'water_volume') AS line (billed, thousands),
		   LATERAL (SELECT ARRAY[from_999, from_20000]) AS rates (paper)
	  WHERE billed IS DISTINCT FROM paper OR thousands IS DISTINCT FROM ARRAY[19.0, 1000.0]$$,
	'bill: both volume rates of each class, on 19,000 and a million gallons');
SELECT is_empty(
	$$SELECT class, from_999, from_20000
	  FROM paper_volume AS v,
		   LATERAL (SELECT CASE class WHEN 'A8' THEN 14.44 WHEN 'A2' THEN 12.50 WHEN 'A5' THEN 12.50
						   ELSE 11.50 END) AS m (minimum)
	  WHERE mission_rates.water_charge(class, '3/4', 1019999, service_date => '2023-01-01')
			IS DISTINCT FROM minimum + 19 * from_999 + 1000 * from_20000$$,
	'water_charge: the same, to the cent');

SELECT is_empty(
	$$SELECT class, fixed, variable
	  FROM paper_sewer
	  WHERE mission_rates.sewer_charge(class, 0, service_date => '2023-01-01') IS DISTINCT FROM fixed$$,
	'sewer_charge: every fixed rate');
SELECT is_empty(
	$$SELECT class, fixed, variable
	  FROM paper_sewer
	  WHERE mission_rates.sewer_charge(class, 1000000, service_date => '2023-01-01')
			IS DISTINCT FROM fixed + 1000 * coalesce(variable * factor, 0)$$,
	'sewer_charge: every variable rate');
SELECT is_empty(
	$$SELECT class, area FROM paper_class, unnest(enum_range(NULL::mission_rates.service_area)) AS area
	  WHERE (class, area) <> ('A8', 'inside') AND (class, area) <> ('A6', 'outside')
		AND mission_rates.sewer_charge(class, 7000, area, false, '2023-01-01') IS DISTINCT FROM 26.00$$,
	'sewer_charge: the flat fee without an operational meter, for every class and place');
SELECT is_empty(
	$$SELECT class FROM paper_sewer
	  WHERE mission_rates.sewer_charge(class, 7000, 'outside', true, '2023-01-01') IS DISTINCT FROM 26.00$$,
	'sewer_charge: outside, every class pays as A8');

SELECT is_empty(
	$$SELECT code, amount FROM paper_fee
	  WHERE code <> 'late_fee' AND mission_rates.fee(code, 3, '2023-03-15') IS DISTINCT FROM 3 * amount$$,
	'fee: every fee, three times');
SELECT is(mission_rates.fee('late_fee', 200, '2023-03-15')::text, '10.00', 'fee: 5 percent of 200.00');
SELECT is(mission_rates.late_fee(200, '2023-03-15')::text, '10.00', 'late_fee: 5 percent of 200.00');
SELECT is(mission_rates.fire_sprinkler_charge(12, '2023-03-15')::text, '9.00',
		  'fire_sprinkler_charge: 0.75 for each of 12 inches');

SELECT is_empty(
	$$SELECT p.category, p.above, d.*
	  FROM paper_deposit AS p,
		   LATERAL mission_rates.deposit_required(p.category, p.above + 1, '2023-03-15') AS d
	  WHERE (d.deposit, d.service_fee) IS DISTINCT FROM (p.deposit, p.service_fee)$$,
	'deposit_required: every row, a square foot above its step');
SELECT is_empty(
	$$SELECT p.category, d.*
	  FROM paper_deposit AS p,
		   LATERAL mission_rates.deposit_required(p.category, service_date => '2023-03-15') AS d
	  WHERE p.category <> 'commercial'
		AND (d.deposit, d.service_fee) IS DISTINCT FROM (p.deposit, p.service_fee)$$,
	'deposit_required: no size needed but for commercial');

SELECT is_empty(
	$$SELECT size, compound, area, amount
	  FROM (SELECT size, compound, area, CASE area WHEN 'inside' THEN inside ELSE outside END
			FROM paper_tap, unnest('{inside,outside}'::text[]) AS area) AS p (size, compound, area, amount)
	  WHERE mission_rates.water_tap_charge(size::mission_rates.meter_size, area::mission_rates.service_area,
										   compound, CASE WHEN amount IS NULL THEN 8765.43 END, '2023-03-15')
			IS DISTINCT FROM coalesce(amount, 8765.43)$$,
	'water_tap_charge: every cell, the market price where the paper says so');

SELECT is(mission_rates.sewer_permit_fee(4, service_date => '2023-03-15')::text, '200.00',
		  'sewer_permit_fee: 4 inch');
SELECT is(mission_rates.sewer_permit_fee(6, service_date => '2023-03-15')::text, '230.00',
		  'sewer_permit_fee: 6 inch');
SELECT is(mission_rates.sewer_permit_fee(8, 410.50, '2023-03-15')::text, '410.50',
		  'sewer_permit_fee: larger, as determined');

-- The terms, as the functions know them
SELECT is(mission_rates.meter_test_fee(service_date => '2023-03-15')::text, '20.00', 'meter_test_fee: 20.00');
SELECT is(mission_rates.meter_test_fee(25.00, 20.00, '2023-03-15')::text, '0.00',
		  '... waived at 25 percent');
SELECT results_eq(
	$$SELECT due_on, late_from, last_day, disconnect_from
	  FROM mission_rates.delinquency('2023-02-01', 40.45, '2023-03-01', '2023-02-22')$$,
	$$VALUES (DATE '2023-02-21', DATE '2023-02-22', DATE '2023-03-04', DATE '2023-03-05')$$,
	'delinquency: 20 days and 10 days');
SELECT is((SELECT sum(amount)
		   FROM mission_rates.opening_quote(NULL, connection => false, tap_meter => '3/4', pipe_feet => 80,
											boring_feet => 10, boring_line_inches => 2,
											service_date => '2023-03-15')),
		  480.00 + 120.00, 'opening_quote: 80 feet of pipe included, boring for lines up to 2 inches');
SELECT is((SELECT sum(amount)
		   FROM mission_rates.opening_quote(NULL, connection => false, boring_feet => 10, boring_line_inches => 0.75,
											service_date => '2023-03-15')),
		  120.00, '... and from 3/4 inch');

SELECT * FROM finish();
ROLLBACK;
