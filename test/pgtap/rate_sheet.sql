-- rate_sheet: the ordinance's own tables, against figures typed from the
-- paper in the layout of the paper.
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(29);

CREATE TEMP TABLE sheet AS
SELECT row_number() OVER () AS n, * FROM mission_rates.rate_sheet('2023-05-01');

SELECT results_eq(
	$$SELECT attname::text COLLATE "default", format_type(atttypid, atttypmod)
	  FROM pg_attribute WHERE attrelid = 'sheet'::regclass AND attnum > 1 ORDER BY attnum$$,
	$$VALUES ('section'::text, 'text'::text), ('rate_table', 'text'), ('item', 'text'), ('column_label', 'text'),
			 ('amount', 'numeric'), ('unit', 'text')$$,
	'the columns of the sheet');

SELECT set_eq(
	$$SELECT section, item, column_label, amount, unit FROM sheet WHERE rate_table = 'water_minimum'$$,
	$$SELECT '114-54(c)(2)'::text AS section, 'residential, ' || item AS item, area,
			 CASE area WHEN 'inside' THEN inside ELSE outside END AS amount, 'month'::text AS unit
	  FROM (VALUES ('up to 3/4 inch', 11.50, 14.44),
				   ('1 inch', 12.44, 15.63),
				   ('1 1/2 inch', 34.73, 49.80),
				   ('2 inch', 43.85, 62.89),
				   ('3 inch', 62.15, 89.11),
				   ('4 inch', 80.39, 115.17),
				   ('6 inch', 130.06, 186.44),
				   ('8 inch', 519.15, 744.10)) AS r (item, inside, outside), unnest('{inside,outside}'::text[]) AS area
	  UNION ALL
	  SELECT '114-54(c)(2)', 'commercial, ' || item, area, CASE area WHEN 'inside' THEN inside ELSE outside END, 'month'
	  FROM (VALUES ('up to 3/4 inch', 12.50, 15.62),
				   ('1 inch', 13.46, 16.91),
				   ('1 1/2 inch', 37.57, 53.87),
				   ('2 inch', 47.43, 68.03),
				   ('3 inch', 67.24, 96.40),
				   ('4 inch', 86.97, 124.59),
				   ('6 inch', 140.71, 201.69),
				   ('8 inch', 561.62, 804.98)) AS c (item, inside, outside), unnest('{inside,outside}'::text[]) AS area$$,
	'minimum charges; 1/2, 5/8 and 3/4 inch print as one');
SELECT set_eq(
	$$SELECT section, left(item, 2), column_label, amount, unit FROM sheet WHERE rate_table = 'water_volume'$$,
	$$SELECT '114-54(c)(2)'::text AS section, class, gallons,
			 CASE gallons WHEN 'gallons 1,000 to 19,999' THEN first ELSE second END AS rate, '1,000 gallons'::text AS unit
	  FROM (VALUES ('A1', 2.25, 2.50), ('A2', 2.50, 2.75), ('A3', 2.25, 2.50), ('A4', 2.25, 2.50), ('A5', 2.50, 2.75),
				   ('A8', 2.87, 3.26), ('A9', 2.25, 2.50)) AS v (class, first, second),
		   unnest('{"gallons 1,000 to 19,999","gallons 20,000 and up"}'::text[]) AS gallons$$,
	'volume rates');
SELECT set_eq(
	$$SELECT section, left(item, 2), column_label, amount FROM sheet WHERE rate_table = 'sewer_rate'$$,
	$$SELECT '114-54(b)(2)a'::text AS section, class, label,
			 CASE label WHEN 'fixed rate' THEN fixed WHEN 'variable rate' THEN variable ELSE factor END AS amount
	  FROM (VALUES ('A1', 9.00, 1.45, 1.0), ('A2', 11.50, 2.50, 1.0), ('A3', 9.00, 1.45, 1.0), ('A4', 9.00, 1.45, 1.0),
				   ('A5', 11.50, 3.18, 1.0), ('A8', 26.00, NULL, NULL), ('A9', 9.00, 1.45, 1.0))
		   AS v (class, fixed, variable, factor),
		   unnest('{fixed rate,variable rate,multiplication factor}'::text[]) AS label$$,
	'the sewer rate table');
SELECT is_empty($$SELECT * FROM sheet WHERE amount IS NULL AND rate_table <> 'class_rule' AND (unit = '') IS NOT FALSE$$,
				'where there is no amount, the unit says why');
SELECT set_eq(
	$$SELECT section, item, column_label, amount FROM sheet WHERE rate_table = 'water_tap'$$,
	$$SELECT '114-54(c)(1)'::text AS section, item, area, CASE area WHEN 'inside' THEN inside ELSE outside END AS amount
	  FROM (VALUES ('5/8 inch', 450.00, 650.00),
				   ('3/4 inch', 480.00, 680.00),
				   ('1 inch', 550.00, 750.00),
				   ('1 1/2 inch', 650.00, 850.00),
				   ('2 inch', 1700.00, 2000.00),
				   ('3 inch and larger', NULL, NULL),
				   ('compound, 2 inch', 2700.00, 3000.00),
				   ('compound, 3 inch and larger', NULL, NULL)) AS v (item, inside, outside),
		   unnest('{inside,outside}'::text[]) AS area$$,
	'taps; 3 inches and larger print as one');
SELECT set_eq($$SELECT DISTINCT unit FROM sheet WHERE rate_table = 'water_tap' AND amount IS NULL$$,
			  $$VALUES ('at market price'::text)$$, '... at market price');
SELECT set_eq(
	$$SELECT section, item, amount FROM sheet WHERE rate_table = 'sewer_permit'$$,
	$$VALUES ('114-54(b)(1)'::text, '4 inch'::text, 200.00), ('114-54(b)(1)', '6 inch', 230.00),
			 ('114-54(b)(1)', 'larger than 6 inch', NULL)$$,
	'sewer connection permits');
SELECT set_eq(
	$$SELECT section, item, column_label, amount FROM sheet WHERE rate_table = 'deposit'$$,
	$$SELECT section, item, label, CASE label WHEN 'deposit' THEN deposit ELSE service_fee END AS amount
	  FROM (VALUES ('114-52(a)(1)', 'homeowner', 100.00, 20.00),
				   ('114-52(a)(2)', 'tenant', 150.00, 20.00),
				   ('114-52(a)(3)', 'traveling meter', 300.00, 30.00),
				   ('114-52(a)(4)', 'commercial, up to 2,000 square feet', 150.00, 20.00),
				   ('114-52(a)(4)', 'commercial, above 2,000 to 5,000 square feet', 250.00, 20.00),
				   ('114-52(a)(4)', 'commercial, above 5,000 to 10,000 square feet', 350.00, 20.00),
				   ('114-52(a)(4)', 'commercial, above 10,000 square feet', 500.00, 20.00),
				   ('114-52(a)(4)', 'school', 250.00, 20.00),
				   ('114-52(a)(4)', 'hospital', 250.00, 20.00),
				   ('114-52(a)(4)', 'trailer park', 250.00, 20.00)) AS v (section, item, deposit, service_fee),
		   unnest('{deposit,service fee}'::text[]) AS label$$,
	'deposits and service fees');
SELECT set_eq(
	$$SELECT section, column_label, amount, unit FROM sheet WHERE rate_table = 'fee'$$,
	$$VALUES ('114-54(b)(2)'::text, 'sewer_flat'::text, 26.00, 'month'::text),
			 ('114-54(b)(2)b', 'dumping_station', 30.00, 'month'),
			 ('114-54(c)(1)', 'street_cut_asphalt', 12.00, 'linear foot'),
			 ('114-54(c)(1)', 'street_cut_concrete', 15.00, 'linear foot'),
			 ('114-54(c)(1)', 'boring', 12.00, 'linear foot'),
			 ('114-54(c)(2)', 'fire_sprinkler', 0.75, 'inch'),
			 ('114-55(a)', 'late_fee', 0.05, 'of the unpaid bill'),
			 ('114-55(a)', 'reconnection', 25.00, 'each'),
			 ('114-55(b)', 'meter_test', 20.00, 'each'),
			 ('114-59(a)', 'disconnection', 5.00, 'each'),
			 ('114-59(b)', 'unauthorized_reconnection', 50.00, 'each'),
			 ('114-59(c)', 'tampering', 50.00, 'each'),
			 ('114-61', 'service_call', 20.00, 'each'),
			 ('114-61', 'connection', 20.00, 'each'),
			 ('114-63', 'meter_box', 50.00, 'each'),
			 ('114-63', 'meter_lid', 25.00, 'each')$$,
	'fees');
SELECT set_eq($$SELECT left(item, 2) FROM sheet WHERE rate_table = 'class_rule'$$,
			  ARRAY['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A8', 'A9'], 'the classes');
SELECT is((SELECT amount FROM sheet WHERE rate_table = 'schedule' AND column_label = label), expected, label)
FROM (VALUES ('boring_from_inches', 0.75), ('boring_to_inches', 2), ('due_days', 20), ('included_pipe_feet', 80),
			 ('notice_days', 10), ('volume_step', 1), ('waiver_overcharge', 0.25)) AS term (label, expected)
ORDER BY label;

-- The order of the ordinance
SELECT is_empty(
	$$SELECT n, section FROM (SELECT n, section, lag(section) OVER (ORDER BY n) AS before FROM sheet) AS s
	  WHERE section COLLATE "C" < before COLLATE "C"$$,
	'sections follow each other');
SELECT isnt(section, '', 'every row has its section') FROM (SELECT min(section) FROM sheet) AS s (section);
SELECT results_eq(
	$$SELECT item FROM sheet WHERE rate_table = 'water_minimum' AND column_label = 'outside' ORDER BY n$$,
	ARRAY['residential, up to 3/4 inch', 'residential, 1 inch', 'residential, 1 1/2 inch', 'residential, 2 inch',
		  'residential, 3 inch', 'residential, 4 inch', 'residential, 6 inch', 'residential, 8 inch',
		  'commercial, up to 3/4 inch', 'commercial, 1 inch', 'commercial, 1 1/2 inch', 'commercial, 2 inch',
		  'commercial, 3 inch', 'commercial, 4 inch', 'commercial, 6 inch', 'commercial, 8 inch'],
	'sizes stand in the order of the table');
SELECT results_eq(
	$$SELECT column_label FROM sheet WHERE rate_table IN ('water_minimum', 'water_tap') GROUP BY column_label ORDER BY min(n)$$,
	ARRAY['inside', 'outside'], 'inside stands before outside');
SELECT results_eq(
	$$SELECT DISTINCT ON (rate_table) rate_table FROM sheet WHERE section = '114-54(c)(2)' AND rate_table LIKE 'water%'
	  ORDER BY rate_table, n$$,
	ARRAY['water_minimum', 'water_volume'], 'the minimums and the volumes are of one section');
SELECT cmp_ok((SELECT max(n) FROM sheet WHERE rate_table = 'water_minimum'), '<',
			  (SELECT min(n) FROM sheet WHERE rate_table = 'water_volume'), '... the minimums first');

-- Other ways to ask for it
SELECT results_eq($$SELECT * FROM mission_rates.rate_sheet(schedule => 'Ordinance 5244')$$,
				  $$SELECT section, rate_table, item, column_label, amount, unit FROM sheet ORDER BY n$$,
				  'by name, today''s date not being looked at');
SELECT results_eq($$SELECT * FROM mission_rates.rate_sheet(NULL, 'Ordinance 5244')$$,
				  $$SELECT section, rate_table, item, column_label, amount, unit FROM sheet ORDER BY n$$,
				  'by name alone');
SELECT results_eq($$SELECT * FROM mission_rates.rate_sheet()$$,
				  $$SELECT * FROM mission_rates.rate_sheet(CURRENT_DATE)$$, 'today''s');

-- A draft, too: rows that differ in one column do not print as one.
SET LOCAL client_min_messages = error;
INSERT INTO mission_rates.schedule (schedule, title) VALUES ('Sheet test', 'A draft');
INSERT INTO mission_rates.water_minimum (schedule, rate_group, meter_size, service_area, amount, section)
SELECT 'Sheet test', rate_group, meter_size, service_area,
	   CASE WHEN meter_size = '3/4' AND service_area = 'outside' THEN 14.45
			WHEN meter_size IN ('2', '3', '4') THEN 50.00
			ELSE amount END, section
FROM mission_rates.water_minimum WHERE schedule = 'Ordinance 5244' AND rate_group = 'residential';
SELECT results_eq(
	$$SELECT item, amount FROM mission_rates.rate_sheet(schedule => 'Sheet test')
	  WHERE rate_table = 'water_minimum' AND column_label = 'outside'$$,
	$$VALUES ('residential, up to 5/8 inch'::text, 14.44), ('residential, 3/4 inch', 14.45),
			 ('residential, 1 inch', 15.63), ('residential, 1 1/2 inch', 49.80), ('residential, 2 to 4 inch', 50.00),
			 ('residential, 6 inch', 186.44), ('residential, 8 inch', 744.10)$$,
	'a draft''s minimums');
SELECT is_empty($$SELECT * FROM mission_rates.rate_sheet(schedule => 'Sheet test')
				  WHERE rate_table NOT IN ('water_minimum', 'schedule')$$, '... and nothing of another schedule');

SELECT * FROM finish();
ROLLBACK;
