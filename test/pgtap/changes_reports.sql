-- Reports on rates: rate_sheet, compare_schedules, bill_comparison.
SET client_min_messages = warning;
SELECT plan(49);

CREATE FUNCTION pg_temp.sheet(schedule text, section text) RETURNS TABLE (line text) LANGUAGE sql AS $$
	SELECT concat_ws('|', s.rate_table, s.item, s.column_label, coalesce(s.amount::text, '-'), s.unit)
	FROM mission_rates.rate_sheet(NULL, $1) WITH ORDINALITY
		AS s (section, rate_table, item, column_label, amount, unit, n)
	WHERE s.section = $2
	ORDER BY s.n
$$;

-- The tables of Ordinance 5244, typed from the paper once more
SELECT results_eq($$SELECT section FROM mission_rates.rate_sheet() GROUP BY section ORDER BY section COLLATE "C"$$,
	$$SELECT section FROM (SELECT section, min(n) FROM mission_rates.rate_sheet() WITH ORDINALITY
		AS s (section, rate_table, item, column_label, amount, unit, n) GROUP BY section ORDER BY min(n)) AS x$$,
	'sections follow one another in the order of the code');
SELECT is((SELECT count(*) FROM mission_rates.rate_sheet()), 137::bigint, 'as many rows as there are cells');
SELECT results_eq($$SELECT * FROM pg_temp.sheet('Ordinance 5244', '114-52(a)(4)')$$, $$VALUES
	('deposit|commercial, up to 2,000 square feet|deposit|150.00|each'),
	('deposit|commercial, up to 2,000 square feet|service fee|20.00|each'),
	('deposit|commercial, above 2,000 to 5,000 square feet|deposit|250.00|each'),
	('deposit|commercial, above 2,000 to 5,000 square feet|service fee|20.00|each'),
	('deposit|commercial, above 5,000 to 10,000 square feet|deposit|350.00|each'),
	('deposit|commercial, above 5,000 to 10,000 square feet|service fee|20.00|each'),
	('deposit|commercial, above 10,000 square feet|deposit|500.00|each'),
	('deposit|commercial, above 10,000 square feet|service fee|20.00|each'),
	('deposit|school|deposit|250.00|each'), ('deposit|school|service fee|20.00|each'),
	('deposit|hospital|deposit|250.00|each'), ('deposit|hospital|service fee|20.00|each'),
	('deposit|trailer park|deposit|250.00|each'), ('deposit|trailer park|service fee|20.00|each')$$, 'deposits');
SELECT results_eq($$SELECT * FROM pg_temp.sheet('Ordinance 5244', '114-54(a)') LIMIT 6$$, $$VALUES
	('class_rule|A1 Residential|residential minimum, inside, outside as A8|-'),
	('class_rule|A2 Commercial|commercial minimum, inside, outside as A8|-'),
	('class_rule|A3 Institutional/government|residential minimum, inside, outside as A8|-'),
	('class_rule|A4 Trailer park master meter|residential minimum, inside, outside as A8|-'),
	('class_rule|A5 Industrial|commercial minimum, inside, outside as A8|-'),
	('class_rule|A6 Other water service provider|no minimum, inside, never outside|-')$$, 'classes');
SELECT results_eq($$SELECT * FROM pg_temp.sheet('Ordinance 5244', '114-54(b)(1)')$$, $$VALUES
	('sewer_permit|4 inch|permit|200.00|each'), ('sewer_permit|6 inch|permit|230.00|each'),
	('sewer_permit|larger than 6 inch|permit|-|as determined by the city')$$, 'permits');
SELECT results_eq($$SELECT * FROM pg_temp.sheet('Ordinance 5244', '114-54(b)(2)a') OFFSET 15$$, $$VALUES
	('sewer_rate|A8 Outside|fixed rate|26.00|month'), ('sewer_rate|A8 Outside|variable rate|-|flat rate'),
	('sewer_rate|A8 Outside|multiplication factor|-|flat rate'),
	('sewer_rate|A9 Inactive|fixed rate|9.00|month'), ('sewer_rate|A9 Inactive|variable rate|1.45|1,000 gallons'),
	('sewer_rate|A9 Inactive|multiplication factor|1.0|of water consumption')$$, 'sewer rates');
SELECT results_eq($$SELECT * FROM pg_temp.sheet('Ordinance 5244', '114-54(c)(1)')$$, $$VALUES
	('water_tap|5/8 inch|inside|450.00|each'), ('water_tap|5/8 inch|outside|650.00|each'),
	('water_tap|3/4 inch|inside|480.00|each'), ('water_tap|3/4 inch|outside|680.00|each'),
	('water_tap|1 inch|inside|550.00|each'), ('water_tap|1 inch|outside|750.00|each'),
	('water_tap|1 1/2 inch|inside|650.00|each'), ('water_tap|1 1/2 inch|outside|850.00|each'),
	('water_tap|2 inch|inside|1700.00|each'), ('water_tap|2 inch|outside|2000.00|each'),
	('water_tap|3 inch and larger|inside|-|at market price'),
	('water_tap|3 inch and larger|outside|-|at market price'),
	('water_tap|compound, 2 inch|inside|2700.00|each'), ('water_tap|compound, 2 inch|outside|3000.00|each'),
	('water_tap|compound, 3 inch and larger|inside|-|at market price'),
	('water_tap|compound, 3 inch and larger|outside|-|at market price'),
	('fee|Street cut, asphalt|street_cut_asphalt|12.00|linear foot'),
	('fee|Street cut, concrete|street_cut_concrete|15.00|linear foot'),
	('fee|Underground boring|boring|12.00|linear foot'),
	('schedule|Pipe that a tap includes|included_pipe_feet|80|foot'),
	('schedule|Smallest line bored|boring_from_inches|0.75|inch'),
	('schedule|Largest line bored|boring_to_inches|2|inch')$$, 'taps');
SELECT results_eq($$SELECT * FROM pg_temp.sheet('Ordinance 5244', '114-54(c)(2)') LIMIT 18$$, $$VALUES
	('water_minimum|residential, up to 3/4 inch|inside|11.50|month'),
	('water_minimum|residential, up to 3/4 inch|outside|14.44|month'),
	('water_minimum|residential, 1 inch|inside|12.44|month'), ('water_minimum|residential, 1 inch|outside|15.63|month'),
	('water_minimum|residential, 1 1/2 inch|inside|34.73|month'),
	('water_minimum|residential, 1 1/2 inch|outside|49.80|month'),
	('water_minimum|residential, 2 inch|inside|43.85|month'), ('water_minimum|residential, 2 inch|outside|62.89|month'),
	('water_minimum|residential, 3 inch|inside|62.15|month'), ('water_minimum|residential, 3 inch|outside|89.11|month'),
	('water_minimum|residential, 4 inch|inside|80.39|month'), ('water_minimum|residential, 4 inch|outside|115.17|month'),
	('water_minimum|residential, 6 inch|inside|130.06|month'),
	('water_minimum|residential, 6 inch|outside|186.44|month'),
	('water_minimum|residential, 8 inch|inside|519.15|month'),
	('water_minimum|residential, 8 inch|outside|744.10|month'),
	('water_minimum|commercial, up to 3/4 inch|inside|12.50|month'),
	('water_minimum|commercial, up to 3/4 inch|outside|15.62|month')$$, 'minimum charges');
SELECT results_eq($$SELECT * FROM pg_temp.sheet('Ordinance 5244', '114-54(c)(2)') OFFSET 32 LIMIT 3$$, $$VALUES
	('fee|Automatic fire sprinkler connection|fire_sprinkler|0.75|inch'),
	('water_volume|A1 Residential|gallons 1,000 to 19,999|2.25|1,000 gallons'),
	('water_volume|A1 Residential|gallons 20,000 and up|2.50|1,000 gallons')$$, 'fire sprinklers, then volume rates');
SELECT results_eq($$SELECT * FROM pg_temp.sheet('Ordinance 5244', '114-55(a)')$$, $$VALUES
	('fee|Late fee|late_fee|0.05|of the unpaid bill'),
	('fee|Turning off the meter for nonpayment|reconnection|25.00|each'),
	('schedule|Bill due, after mailing|due_days|20|day'),
	('schedule|Last day to pay, after notice|notice_days|10|day')$$, 'when payment is due');

-- Which schedule
SELECT throws_ok($$SELECT * FROM mission_rates.rate_sheet('2022-12-31')$$, 'P0002', NULL, 'before the first schedule');
SELECT throws_ok($$SELECT * FROM mission_rates.rate_sheet(schedule => 'Nothing')$$, 'P0002',
	'unknown rate schedule "Nothing"', 'an unknown schedule');
SELECT throws_ok($$SELECT * FROM mission_rates.rate_sheet(NULL)$$, '22023', 'no service date and no schedule', 'neither');
SELECT mission_rates.draft_schedule('Draft');
SELECT bag_eq($$SELECT * FROM mission_rates.rate_sheet(schedule => 'Draft')$$,
	$$SELECT * FROM mission_rates.rate_sheet('2023-01-01')$$, 'drafts too');

-- Neighbouring sizes
CREATE FUNCTION pg_temp.minimums() RETURNS TABLE (item text) LANGUAGE sql AS $$
	SELECT s.item FROM mission_rates.rate_sheet(schedule => 'Draft') WITH ORDINALITY
		AS s (section, rate_table, item, column_label, amount, unit, n)
	WHERE s.rate_table = 'water_minimum' AND s.item LIKE 'residential%' GROUP BY s.item ORDER BY min(s.n)
$$;
UPDATE mission_rates.water_minimum SET amount = 40 WHERE schedule = 'Draft' AND rate_group = 'residential'
	AND meter_size IN ('1 1/2', '2', '3');
SELECT results_eq('SELECT * FROM pg_temp.minimums()', $$VALUES ('residential, up to 3/4 inch'),
	('residential, 1 inch'), ('residential, 1 1/2 to 3 inch'), ('residential, 4 inch'), ('residential, 6 inch'),
	('residential, 8 inch')$$, 'a run in the middle');
UPDATE mission_rates.water_minimum SET amount = 41 WHERE schedule = 'Draft' AND rate_group = 'residential'
	AND meter_size = '2' AND service_area = 'outside';
SELECT results_eq('SELECT * FROM pg_temp.minimums()', $$VALUES ('residential, up to 3/4 inch'),
	('residential, 1 inch'), ('residential, 1 1/2 inch'), ('residential, 2 inch'), ('residential, 3 inch'),
	('residential, 4 inch'), ('residential, 6 inch'), ('residential, 8 inch')$$, 'broken by one column');
UPDATE mission_rates.water_minimum SET amount = 41.0000 WHERE schedule = 'Draft' AND rate_group = 'residential';
SELECT results_eq('SELECT * FROM pg_temp.minimums()', $$VALUES ('residential, up to 8 inch')$$, 'all that are priced');
DELETE FROM mission_rates.water_minimum WHERE schedule = 'Draft' AND rate_group = 'residential' AND meter_size = '2';
SELECT results_eq('SELECT * FROM pg_temp.minimums()',
	$$VALUES ('residential, up to 1 1/2 inch'), ('residential, 3 to 8 inch')$$, 'broken by a size without a price');
INSERT INTO mission_rates.water_minimum
	SELECT 'Draft', 'residential', s, a, 41, '114-54(c)(2)' FROM unnest(ARRAY['2', '10', '12']::mission_rates.meter_size[])
		AS s, unnest(ARRAY['inside', 'outside']::mission_rates.service_area[]) AS a;
SELECT results_eq('SELECT * FROM pg_temp.minimums()', $$VALUES ('residential, every size')$$, 'every size');
UPDATE mission_rates.water_minimum SET amount = 42 WHERE schedule = 'Draft' AND rate_group = 'residential'
	AND meter_size < '1';
SELECT results_eq('SELECT * FROM pg_temp.minimums()',
	$$VALUES ('residential, up to 3/4 inch'), ('residential, 1 inch and larger')$$, 'two runs');
UPDATE mission_rates.water_minimum SET section = '114-54(c)(2)b' WHERE schedule = 'Draft'
	AND rate_group = 'residential' AND meter_size = '12';
SELECT results_eq('SELECT * FROM pg_temp.minimums()', $$VALUES ('residential, up to 3/4 inch'),
	('residential, 1 to 10 inch'), ('residential, 12 inch')$$, 'sections set sizes apart');
UPDATE mission_rates.schedule SET due_days = NULL WHERE schedule = 'Draft';
SELECT results_eq($$SELECT line FROM pg_temp.sheet('Draft', '114-55(a)') WHERE line LIKE '%due_days%'$$,
	$$VALUES ('schedule|Bill due, after mailing|due_days|-|not set')$$, 'a term that is not set');
DELETE FROM mission_rates.class_rule WHERE schedule = 'Draft' AND class = 'A1';
SELECT is((SELECT count(*) FROM mission_rates.rate_sheet(schedule => 'Draft') WHERE item = 'A1'), 5::bigint,
	'rates of a class without a rule are shown');
DELETE FROM mission_rates.fee WHERE schedule = 'Draft';
SELECT ok((SELECT count(*) > 0 FROM mission_rates.rate_sheet(schedule => 'Draft') WHERE rate_table = 'schedule'),
	'terms are shown where their fees are missing');
SELECT mission_rates.drop_draft('Draft');
INSERT INTO mission_rates.schedule (schedule) VALUES ('Empty');
SELECT is((SELECT count(*) FROM mission_rates.rate_sheet(schedule => 'Empty')), 7::bigint, 'an empty draft has terms only');
SELECT mission_rates.drop_draft('Empty');

-- What differs between two schedules
SELECT mission_rates.draft_schedule('Next');
SELECT is_empty($$SELECT * FROM mission_rates.compare_schedules('Ordinance 5244', 'Next')$$, 'a copy does not differ');
UPDATE mission_rates.schedule SET due_days = 25, waiver_overcharge = NULL, title = 'New', volume_step = 1000
	WHERE schedule = 'Next';
UPDATE mission_rates.class_rule SET outside_class = 'A8', label = 'Other provider' WHERE schedule = 'Next' AND class = 'A6';
UPDATE mission_rates.deposit SET deposit = 0 WHERE schedule = 'Next' AND category = 'tenant';
UPDATE mission_rates.sewer_permit SET amount = 300 WHERE schedule = 'Next' AND larger_than;
UPDATE mission_rates.sewer_rate SET factor = 0.8550 WHERE schedule = 'Next' AND class = 'A2';
UPDATE mission_rates.sewer_rate SET rate_per_1000 = NULL, factor = NULL WHERE schedule = 'Next' AND class = 'A9';
UPDATE mission_rates.water_tap SET amount = NULL WHERE schedule = 'Next' AND meter_size = '2' AND NOT compound
	AND service_area = 'inside';
UPDATE mission_rates.water_minimum SET amount = 12 WHERE schedule = 'Next' AND rate_group = 'residential'
	AND meter_size = '3/4' AND service_area = 'inside';
UPDATE mission_rates.water_minimum SET amount = 15.6300 WHERE schedule = 'Next' AND rate_group = 'residential'
	AND meter_size = '1' AND service_area = 'outside';
UPDATE mission_rates.water_volume SET above_gallons = 9999 WHERE schedule = 'Next' AND class = 'A1' AND above_gallons = 999;
UPDATE mission_rates.fee SET section = '114-64' WHERE schedule = 'Next' AND code = 'meter_box';
DELETE FROM mission_rates.fee WHERE schedule = 'Next' AND code = 'meter_lid';
INSERT INTO mission_rates.fee VALUES ('Next', 'garbage', 17.25, 'month', 'Garbage', '114-70');
SELECT results_eq($$SELECT * FROM mission_rates.compare_schedules('Ordinance 5244', 'Next')$$, $$VALUES
	('schedule', 'volume_step', '1', '1,000', 999::numeric, 99900.00),
	('schedule', 'due_days', '20', '25', 5, 25.00),
	('schedule', 'waiver_overcharge', '0.25', 'not set', NULL, NULL),
	('class_rule', 'class A6, label', 'Other water service provider', 'Other provider', NULL, NULL),
	('class_rule', 'class A6, outside_class', 'never outside', 'A8', NULL, NULL),
	('deposit', 'tenant, deposit', '150.00', '0.00', -150.00, -100.00),
	('sewer_permit', 'larger than 6 inch', 'as determined by the city', '300.00', NULL, NULL),
	('sewer_rate', 'class A2, factor', '1.00', '0.855', -0.145, -14.50),
	('sewer_rate', 'class A9, rate_per_1000', '1.45', 'flat rate', NULL, NULL),
	('sewer_rate', 'class A9, factor', '1.00', 'flat rate', NULL, NULL),
	('water_tap', '2 inch, inside', '1700.00', 'at market price', NULL, NULL),
	('water_minimum', 'residential, 3/4 inch, inside', '11.50', '12.00', 0.50, 4.35),
	('water_volume', 'class A1, above 999 gallons, rate_per_1000', '2.25', NULL, NULL, NULL),
	('water_volume', 'class A1, above 9,999 gallons, rate_per_1000', NULL, '2.25', NULL, NULL),
	('fee', 'meter_box, section', '114-63', '114-64', NULL, NULL),
	('fee', 'meter_lid', '25.00', NULL, NULL, NULL),
	('fee', 'meter_lid, unit', 'each', NULL, NULL, NULL),
	('fee', 'meter_lid, label', 'Meter box lid replacement', NULL, NULL, NULL),
	('fee', 'garbage', NULL, '17.25', NULL, NULL),
	('fee', 'garbage, unit', NULL, 'month', NULL, NULL),
	('fee', 'garbage, label', NULL, 'Garbage', NULL, NULL)$$, 'every difference');
SELECT bag_eq($$SELECT rate_table, item, a, b, change FROM mission_rates.compare_schedules('Ordinance 5244', 'Next')$$,
	$$SELECT rate_table, item, b, a, -change FROM mission_rates.compare_schedules('Next', 'Ordinance 5244')$$,
	'the other way round it is the opposite');
SELECT throws_ok($$SELECT * FROM mission_rates.compare_schedules('Ordinance 5244', 'Nothing')$$, 'P0002',
	'unknown rate schedule "Nothing"', 'an unknown schedule');
SELECT throws_ok($$SELECT * FROM mission_rates.compare_schedules('Nothing', 'Ordinance 5244')$$, 'P0002', NULL,
	'on either side');
SELECT throws_ok($$SELECT * FROM mission_rates.compare_schedules('Ordinance 5244', NULL)$$, '22023', NULL, 'none');

-- Bills under two schedules
UPDATE mission_rates.schedule SET volume_step = 1 WHERE schedule = 'Next';
SELECT results_eq($$SELECT * FROM mission_rates.bill_comparison('Ordinance 5244', 'Next', 'A1', '3/4')$$, $$VALUES
	(0::bigint, 20.50, 21.00, 0.50, 2.44), (1000, 21.95, 22.45, 0.50, 2.28), (2000, 25.65, 23.90, -1.75, -6.82),
	(5000, 36.75, 28.25, -8.50, -23.13), (10000, 55.25, 35.50, -19.75, -35.75), (25000, 112.00, 92.25, -19.75, -17.63)$$,
	'the table that a council is shown');
SELECT results_eq($$SELECT gallons, a, b FROM mission_rates.bill_comparison('Ordinance 5244', 'Next', 'A1', '3/4',
	'{3000,1,NULL,3000}', 'outside')$$, $$VALUES
	(3000::bigint, 14.44 + 5.74 + 26.00, 14.44 + 5.74 + 26.00), (1, 40.44, 40.44), (NULL, NULL, NULL),
	(3000, 46.18, 46.18)$$, 'any gallons in any order, outside');
SELECT is_empty($$SELECT * FROM mission_rates.bill_comparison('Ordinance 5244', 'Next', 'A1', '3/4', '{}')$$, 'no gallons');
SELECT throws_ok($$SELECT * FROM mission_rates.bill_comparison('Ordinance 5244', 'Next', 'A6', '3/4')$$, 'P0002', NULL,
	'a class without rates is an error');
SELECT throws_ok($$SELECT * FROM mission_rates.bill_comparison('Ordinance 5244', 'Nothing', 'A1', '3/4')$$, 'P0002', NULL,
	'an unknown schedule');
SELECT throws_ok($$SELECT * FROM mission_rates.bill_comparison('Ordinance 5244', 'Next', 'A1', '3/4', '{-1}')$$, '22023',
	NULL, 'negative gallons');

-- A draft that is broken never breaks what is in force
DELETE FROM mission_rates.class_rule WHERE schedule = 'Next';
DELETE FROM mission_rates.fee WHERE schedule = 'Next';
INSERT INTO mission_rates.water_volume VALUES ('Next', 'A6', 0, 1, '');
SELECT is(mission_rates.bill_total('A1', '3/4', 6000, service_date => '2023-01-01'), 40.45, 'bills go on');
SELECT throws_ok($$SELECT mission_rates.bill_total('A1', '3/4', 6000, schedule => 'Next')$$, 'P0002', NULL,
	'under the draft they are errors');
SELECT matches(mission_rates.billing_problem('A1', '3/4', 6000, schedule => 'Next'), 'draft "Next"',
	'that say it is a draft');
SELECT lives_ok($$SELECT * FROM mission_rates.rate_sheet(schedule => 'Next')$$, 'its rate sheet can be read');
SELECT lives_ok($$SELECT * FROM mission_rates.check_schedule('Next')$$, 'and it can be checked');

-- A hostile search_path, temporary tables and operators change nothing
CREATE TABLE sheet_before AS SELECT * FROM mission_rates.rate_sheet();
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.text_is(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.text_is);
CREATE FUNCTION hostile.concat(text, text) RETURNS text LANGUAGE sql AS $$SELECT 'hostile'$$;
CREATE OPERATOR hostile.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.concat);
CREATE FUNCTION hostile.count(text) RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint';
CREATE TEMP TABLE schedule (schedule text, effective_from date, sealed_rows integer);
CREATE TEMP TABLE fee (schedule text, code text, amount numeric);
CREATE TEMP TABLE pg_enum (enumlabel text, enumtypid oid, enumsortorder real);
-- (pgTAP itself would not work: results are checked afterwards)
SET search_path = pg_temp, hostile, public, pg_catalog;
SELECT mission_rates.draft_schedule('Hostile', 'Ordinance 5244');
UPDATE mission_rates.fee SET amount = 13 WHERE code OPERATOR(pg_catalog.=) 'boring'
	AND schedule OPERATOR(pg_catalog.=) 'Hostile';
SELECT pg_catalog.count(*) AS problems FROM mission_rates.check_schedule('Hostile') \gset
SELECT pg_catalog.string_agg(item, ',') AS differences FROM mission_rates.compare_schedules('Hostile', 'Ordinance 5244') \gset
CREATE TEMP TABLE sheet_hostile AS SELECT * FROM mission_rates.rate_sheet('2023-01-01');
SELECT mission_rates.adopt_schedule('Hostile', '2999-01-01', accept_warnings => true);
\set VERBOSITY sqlstate
\set ON_ERROR_STOP off
UPDATE mission_rates.fee SET amount = 0 WHERE code OPERATOR(pg_catalog.=) 'boring'
	AND schedule OPERATOR(pg_catalog.=) 'Hostile';
\set guarded :SQLSTATE
TRUNCATE mission_rates.fee;
\set not_truncated :SQLSTATE
\set ON_ERROR_STOP on
\set VERBOSITY default
RESET search_path;
SELECT is(:problems, 0, 'check_schedule');
SELECT is(:'differences'::text, 'boring', 'compare_schedules');
SELECT bag_eq('SELECT * FROM sheet_hostile', 'SELECT * FROM sheet_before', 'rate_sheet');
SELECT results_eq($$SELECT sealed_rows FROM mission_rates.schedule WHERE schedule = 'Hostile'$$,
	$$SELECT sealed_rows FROM mission_rates.schedule WHERE schedule = 'Ordinance 5244'$$,
	'draft_schedule and adopt_schedule');
SELECT is(:'guarded'::text, '55000', 'the guard');
SELECT is(:'not_truncated'::text, '55000', 'the guard against TRUNCATE');
SET search_path = pg_temp, hostile, public, pg_catalog;
SELECT mission_rates.withdraw_schedule('Hostile');
SELECT mission_rates.drop_draft('Hostile');
RESET search_path;
SELECT results_eq($$SELECT code, schedule FROM mission_rates.fee WHERE code IN ('boring', 'meter_lid')
	ORDER BY schedule, code COLLATE "C"$$, $$VALUES ('boring', 'Ordinance 5244'), ('meter_lid', 'Ordinance 5244')$$,
	'withdraw_schedule and drop_draft, and nothing else was dropped');

SELECT * FROM finish();
