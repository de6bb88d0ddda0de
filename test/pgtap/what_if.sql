-- Rating under a schedule that is named, drafts included, and under the one
-- that a date picks; doubtful places read otherwise by rows alone.
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(75);

-- A copy of the ordinance's rows under another name
CREATE FUNCTION pg_temp.copy_rows(copy text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	relation text;
	columns text;
BEGIN
	FOR relation IN SELECT t.rate_table FROM _mission_rates.rate_tables() AS t WHERE t.rate_table <> 'schedule'
	LOOP
		SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns
		FROM pg_attribute
		WHERE attrelid = ('mission_rates.' || relation)::regclass AND attnum > 0 AND NOT attisdropped
		  AND attname <> 'schedule';
		EXECUTE format('INSERT INTO mission_rates.%I (schedule, %s) SELECT %L, %s FROM mission_rates.%I'
					   ' WHERE schedule = ''Ordinance 5244''', relation, columns, copy, columns, relation);
	END LOOP;
END $$;
CREATE FUNCTION pg_temp.draft(copy text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO mission_rates.schedule (schedule, title, volume_step, due_days, notice_days, included_pipe_feet,
										boring_from_inches, boring_to_inches, waiver_overcharge)
	SELECT copy, '', volume_step, due_days, notice_days, included_pipe_feet, boring_from_inches, boring_to_inches,
		   waiver_overcharge
	FROM mission_rates.schedule WHERE schedule = 'Ordinance 5244';
	SELECT pg_temp.copy_rows(copy);
$$;
CREATE FUNCTION pg_temp.outcome(call text) RETURNS text LANGUAGE plpgsql SET search_path = mission_rates, pg_temp AS $$
DECLARE
	result text;
BEGIN
	EXECUTE 'SELECT ' || call INTO result;
	RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;

-- A draft --------------------------------------------------------------------

SELECT pg_temp.draft('Draft') \g /dev/null
SELECT is(pg_temp.outcome('bill_total(''A1'', ''3/4'', 6000, schedule => ''Draft'')'), '40.45', 'a draft as it was copied');
UPDATE mission_rates.water_minimum SET amount = 12.00 WHERE schedule = 'Draft' AND rate_group = 'residential' AND meter_size = '3/4';
UPDATE mission_rates.fee SET amount = 27.00 WHERE schedule = 'Draft' AND code = 'sewer_flat';
UPDATE mission_rates.schedule SET due_days = 15 WHERE schedule = 'Draft';

SELECT is(pg_temp.outcome('bill_total(''A1'', ''3/4'', 6000, schedule => ''Draft'')'), '40.95', 'what if');
SELECT is(pg_temp.outcome('bill_total(''A1'', ''3/4'', 6000, service_date => ''2023-05-01'', schedule => ''Draft'')'), '40.95',
		  'where a schedule is named, the date is not looked at');
SELECT is(pg_temp.outcome('bill_total(''A1'', ''3/4'', 6000, service_date => ''1999-01-01'', schedule => ''Draft'')'), '40.95',
		  '... not even one before all schedules');
SELECT is(pg_temp.outcome('bill_total(''A1'', ''3/4'', 6000, service_date => ''2023-05-01'')'), '40.45',
		  'what is in force does not change');
SELECT is(pg_temp.outcome('sewer_charge(''A1'', NULL, metered => false, schedule => ''Draft'')'), '27.00', 'sewer_charge');
SELECT is(pg_temp.outcome('fee(''sewer_flat'', 2, schedule => ''Draft'')'), '54.00', 'fee');
SELECT is(pg_temp.outcome('(delinquency(''2023-02-01'', 10, ''2023-02-16'', schedule => ''Draft'')).due_on'), '2023-02-16',
		  'delinquency');
SELECT is(pg_temp.outcome('(SELECT string_agg(DISTINCT schedule, '','') FROM bill(''A1'', ''3/4'', 6000, schedule => ''Draft''))'),
		  'Draft', 'every line names the draft');
DELETE FROM mission_rates.sewer_rate WHERE schedule = 'Draft' AND class = 'A1';
SELECT is(pg_temp.outcome('bill_total(''A1'', ''3/4'', 6000, schedule => ''Draft'')'),
		  'P0002 no sewer rate for class A1 (draft "Draft")', 'an error says that it is the draft''s');
SELECT is(mission_rates.billing_problem('A1', '3/4', 6000, schedule => 'Draft'),
		  'no sewer rate for class A1 (draft "Draft")', '... and so does billing_problem');
DELETE FROM mission_rates.class_rule WHERE schedule = 'Draft' AND class = 'A9';
DELETE FROM mission_rates.water_volume WHERE schedule = 'Draft' AND class IN ('A4', 'A8');
DELETE FROM mission_rates.water_tap WHERE schedule = 'Draft';
DELETE FROM mission_rates.deposit WHERE schedule = 'Draft' AND category = 'school';
DELETE FROM mission_rates.sewer_permit WHERE schedule = 'Draft';
SELECT is(pg_temp.outcome(call || ', schedule => ''Draft'')'), 'P0002 ' || message || ' (draft "Draft")', message)
FROM (VALUES
	(1, 'water_charge(''A9'', ''3/4'', 10', 'no rates for class A9'),
	(2, 'sewer_charge(''A9'', 10', 'no rates for class A9'),
	(3, 'water_charge(''A4'', ''3/4'', 10', 'no water volume rate for class A4'),
	(4, 'water_charge(''A2'', ''3/4'', 10, ''outside''', 'no water volume rate for class A8'),
	(5, 'water_tap_charge(''1'', ''inside''', 'no charge for a 1 inch tap, inside'),
	(6, 'sewer_permit_fee(4', 'no permit fee for a sewer line of 4 inches'))
	AS v (n, call, message)
ORDER BY n;
SELECT is(pg_temp.outcome('(deposit_required(''school'', schedule => ''Draft''))'),
		  'P0002 no deposit for category school (draft "Draft")', 'no deposit for category school');
SELECT is(mission_rates.billing_problem('A2', '3/4', 10, 'outside', schedule => 'Draft'),
		  'no water volume rate for class A8 (draft "Draft")', 'outside, the class whose rates are missing is named');
DELETE FROM mission_rates.fee WHERE schedule = 'Draft';
UPDATE mission_rates.schedule SET due_days = NULL, included_pipe_feet = NULL, waiver_overcharge = NULL,
	boring_from_inches = NULL, boring_to_inches = NULL
WHERE schedule = 'Draft';
SELECT is(left(pg_temp.outcome(call || 'schedule => ''Draft'')'), 5), 'P0002', 'no rate in the draft: ' || call || ')')
FROM unnest(ARRAY[
	'sewer_charge(''A2'', 10, metered => false, ', 'fire_sprinkler_charge(2, ', 'late_fee(10, ', 'fee(''meter_box'', ',
	'meter_test_fee(', 'meter_test_fee(20, 16, ', 'opening_quote(NULL, ', 'reconnection_quote(10, ',
	'delinquency(''2023-02-01'', 10, ''2023-03-01'', ',
	'opening_quote(NULL, connection => false, tap_meter => ''1'', pipe_feet => 10, ',
	'opening_quote(NULL, connection => false, boring_feet => 10, boring_line_inches => 1, ',
	'bill_total(''A2'', ''3/4'', 10, dumping_stations => 1, ']) AS call;
SELECT is(pg_temp.outcome('bill_total(''A2'', ''3/4'', 10, schedule => ''Draft'')'), '24.03',
		  'a fee that is missing but not on the bill does no harm');

-- Doubtful places read otherwise, by rows ------------------------------------

-- W2: completed thousands; a step of 1,000, blocks above 0 and above 19,000
SELECT pg_temp.draft('Thousands') \g /dev/null
UPDATE mission_rates.schedule SET volume_step = 1000 WHERE schedule = 'Thousands';
UPDATE mission_rates.water_volume SET above_gallons = CASE above_gallons WHEN 999 THEN 0 ELSE 19000 END
WHERE schedule = 'Thousands';
SELECT is(mission_rates.water_charge('A1', '3/4', gallons, schedule => 'Thousands')::text, amount,
		  'completed thousands: ' || gallons || ' gallons')
FROM (VALUES (0::bigint, '11.50'), (999, '11.50'), (1000, '13.75'), (1019, '13.75'), (1999, '13.75'), (2000, '16.00'),
			 (6999, '25.00'), (19999, '54.25'), (20000, '56.75'), (20999, '56.75'), (21000, '59.25'))
	 AS v (gallons, amount)
ORDER BY gallons;
SELECT is(mission_rates.sewer_charge('A1', 500, schedule => 'Thousands')::text, '9.73',
		  '... of water; sewer stays exact to the gallon (S10)');

-- Any number of blocks, the first gallon among them
SELECT pg_temp.draft('Blocks') \g /dev/null
INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000, section) VALUES
	('Blocks', 'A1', 0, 1.0001, ''), ('Blocks', 'A1', 5000, 3, ''), ('Blocks', 'A1', 1000000, 0, '');
SELECT is((SELECT string_agg(trim_scale(quantity) || ' x ' || trim_scale(rate) || ' = ' || amount, ', ' ORDER BY line)
		   FROM mission_rates.bill('A1', '3/4', 1000500, sewer => false, schedule => 'Blocks')
		   WHERE charge = 'water_volume'),
		  '0.999 x 1.0001 = 1.00, 4.001 x 2.25 = 9.00, 14.999 x 3 = 45.00, 980.001 x 2.5 = 2450.00, 0.5 x 0 = 0.00',
		  'five blocks');
SELECT is((SELECT string_agg(substr(description, 15), ', ' ORDER BY line)
		   FROM mission_rates.bill('A1', '3/4', 1000500, sewer => false, schedule => 'Blocks')
		   WHERE charge = 'water_volume'),
		  'gallons 1 to 999, gallons 1,000 to 5,000, gallons 5,001 to 19,999, gallons 20,000 to 1,000,000, '
		  'gallons 1,000,001 and up', '... and how they are described');

-- S4: a factor below one; S14: a flat class; C5: own rates outside; C6: A9 without charge
SELECT pg_temp.draft('Readings') \g /dev/null
UPDATE mission_rates.sewer_rate SET factor = 0.9 WHERE schedule = 'Readings' AND class = 'A1';
UPDATE mission_rates.sewer_rate SET rate_per_1000 = NULL, factor = NULL WHERE schedule = 'Readings' AND class = 'A2';
UPDATE mission_rates.class_rule SET outside_class = class WHERE schedule = 'Readings' AND class IN ('A3', 'A5');
UPDATE mission_rates.class_rule SET rate_group = 'commercial' WHERE schedule = 'Readings' AND class = 'A6';
INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000) VALUES ('Readings', 'A6', 999, 4.00);
INSERT INTO mission_rates.sewer_rate (schedule, class, fixed, rate_per_1000, factor) VALUES ('Readings', 'A6', 10, 2, 0.75);
SELECT is((SELECT string_agg(description || ': ' || trim_scale(quantity) || ' = ' || amount, ', ' ORDER BY line)
		   FROM mission_rates.bill('A1', '3/4', 7777, water => false, schedule => 'Readings')),
		  'Sewer fixed rate, Residential: 1 = 9.00, Sewer volume, Residential, factor 0.9: 6.9993 = 10.15',
		  'the factor is part of the quantity (S4)');
SELECT is(pg_temp.outcome('sewer_charge(''A2'', 100000, schedule => ''Readings'')'), '11.50', 'another flat class (S14)');
SELECT is(pg_temp.outcome('sewer_charge(''A2'', NULL, schedule => ''Readings'')'), '11.50', '... needs no gallons');
SELECT is(pg_temp.outcome('bill_total(''A3'', ''3/4'', 6000, ''outside'', schedule => ''Readings'')'), '43.39',
		  'own volume and sewer rates outside (C5)');
SELECT is(pg_temp.outcome('bill_total(''A6'', ''3/4'', 6000, schedule => ''Readings'')'), '51.50', 'rates for A6 (C2)');

-- Fees: 0.00, a code that the city added, four decimals
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES
	('Readings', 'garbage', 17.2505, 'month', 'Garbage'), ('Readings', 'drainage', 0.0333, 'square foot', 'Drainage');
UPDATE mission_rates.fee SET amount = 0 WHERE schedule = 'Readings' AND code = 'disconnection';
SELECT is(pg_temp.outcome('fee(''garbage'', schedule => ''Readings'')'), '17.25', 'a fee of the city''s own');
SELECT is(pg_temp.outcome('fee(''drainage'', 1234.5, schedule => ''Readings'')'), '41.11', '... per square foot');
SELECT is(left(pg_temp.outcome('fee(''garbage'', 0.5, schedule => ''Readings'')'), 5), '22023', '... not half a month');
SELECT is(pg_temp.outcome('(SELECT sum(amount) FROM reconnection_quote(40.45, schedule => ''Readings''))'), '67.47',
		  'a fee of 0.00 (L8)');
-- T2: a size of one's own; D12: other deposits
INSERT INTO mission_rates.sewer_permit (schedule, line_inches, amount) VALUES ('Readings', 8, 260);
SELECT is(pg_temp.outcome('sewer_permit_fee(8, schedule => ''Readings'')'), '260.00', 'a listed 8 inch permit (T2)');
SELECT is(pg_temp.outcome('sewer_permit_fee(7, 250, schedule => ''Readings'')'), '250.00', '... between them, as determined');
DELETE FROM mission_rates.sewer_permit WHERE schedule = 'Readings' AND line_inches = 6 AND NOT larger_than;
SELECT is(left(pg_temp.outcome('sewer_permit_fee(6, 230, schedule => ''Readings'')'), 5), 'P0002',
		  'larger than 6 inches does not mean 6');

-- C4: A8 of the commercial group; W10: a 10 inch meter; T5: a listed 3 inch tap; T14: a compound 1 1/2 inch one
UPDATE mission_rates.class_rule SET rate_group = 'commercial' WHERE schedule = 'Readings' AND class = 'A8';
INSERT INTO mission_rates.water_minimum (schedule, rate_group, meter_size, service_area, amount) VALUES
	('Readings', 'commercial', '10', 'outside', 999.99);
UPDATE mission_rates.water_tap SET amount = 4000 WHERE schedule = 'Readings' AND meter_size = '3' AND NOT compound;
INSERT INTO mission_rates.water_tap (schedule, meter_size, compound, service_area, amount) VALUES
	('Readings', '1 1/2', true, 'inside', 900);
SELECT is(pg_temp.outcome('water_charge(''A8'', ''3/4'', 999, schedule => ''Readings'')'), '15.62', 'A8 is commercial (C4)');
SELECT is(pg_temp.outcome('water_charge(''A8'', ''10'', 1000, schedule => ''Readings'')'), '999.99', 'a 10 inch meter (W10)');
SELECT is(pg_temp.outcome('water_tap_charge(''3'', ''inside'', schedule => ''Readings'')'), '4000.00', 'a listed 3 inch tap (T5)');
SELECT is(pg_temp.outcome('water_tap_charge(''1 1/2'', ''inside'', true, schedule => ''Readings'')'), '900.00',
		  'a compound 1 1/2 inch tap (T14)');
-- D1, D12: no service fee for a home owner, whose deposit depends on the size
-- of the house
INSERT INTO mission_rates.deposit (schedule, category, above_square_feet, deposit, service_fee) VALUES
	('Readings', 'homeowner', 1500.5, 175, 0);
UPDATE mission_rates.deposit SET service_fee = 0 WHERE schedule = 'Readings' AND category = 'homeowner';
SELECT is(mission_rates.deposit_required('homeowner', feet, schedule => 'Readings')::text, deposit,
		  'a deposit of two steps: ' || feet || ' square feet (D1, D12)')
FROM (VALUES (0, '(100.00,0.00)'), (1500.5, '(100.00,0.00)'), (1500.51, '(175.00,0.00)')) AS v (feet, deposit)
ORDER BY feet;
SELECT is(left(pg_temp.outcome('(deposit_required(''homeowner'', schedule => ''Readings''))'), 5), '22023',
		  '... needs the size');

-- Adopted schedules: the date picks ------------------------------------------

-- As a restore brings them back: the schedule with its seal, then its rows
CREATE FUNCTION pg_temp.insert_later(fingerprint text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO mission_rates.schedule (schedule, title, effective_from, sealed_rows, due_days, notice_days,
										included_pipe_feet, boring_from_inches, boring_to_inches, waiver_overcharge, fingerprint)
	SELECT 'Later', '', '2025-10-01', sealed_rows, due_days + 5, notice_days, included_pipe_feet, boring_from_inches,
		   boring_to_inches, waiver_overcharge, $1
	FROM mission_rates.schedule WHERE schedule = 'Ordinance 5244'
$$;
SAVEPOINT print;
SELECT pg_temp.insert_later(repeat('0', 64)) \g /dev/null
SELECT pg_temp.copy_rows('Later') \g /dev/null
SELECT mission_rates.schedule_fingerprint('Later') AS later \gset
ROLLBACK TO print;
SELECT pg_temp.insert_later(:'later') \g /dev/null
SELECT is(pg_temp.outcome('water_charge(''A1'', ''3/4'', 6000, service_date => ''2025-09-30'')'), '22.75',
		  'the day before it starts, the earlier one');
SELECT is(left(pg_temp.outcome('water_charge(''A1'', ''3/4'', 6000, service_date => ''2025-10-01'')'), 5), '55000',
		  'until its rows have arrived, rating under it is an error');
SELECT isnt(mission_rates.billing_problem('A1', '3/4', 6000, service_date => '2025-10-01'), NULL,
			'... of which billing_problem tells');
SELECT pg_temp.copy_rows('Later') \g /dev/null
SELECT is(pg_temp.outcome('water_charge(''A1'', ''3/4'', 6000, service_date => ''2025-10-01'')'), '22.75', '... then it is rated');
SELECT is((SELECT string_agg(schedule, ' < ' ORDER BY service_date)
		   FROM (VALUES (DATE '2023-01-01'), ('2025-09-30'), ('2025-10-01'), ('2030-01-01')) AS d (service_date),
				LATERAL mission_rates.bill('A1', '3/4', 0, sewer => false, service_date => d.service_date)),
		  'Ordinance 5244 < Ordinance 5244 < Later < Later', 'the date picks the schedule in force');
SELECT is(pg_temp.outcome('(delinquency(''2025-09-30'', 10, ''2025-09-30'')).due_on'), '2025-10-20',
		  'a bill mailed the day before');
SELECT is(pg_temp.outcome('(delinquency(''2025-10-01'', 10, ''2025-10-01'')).due_on'), '2025-10-26', '... and on the day');
SELECT is(left(pg_temp.outcome('water_charge(''A1'', ''3/4'', 6000, service_date => ''2022-12-31'')'), 5), 'P0002',
		  'before the first there is none');
SELECT throws_ok($$UPDATE mission_rates.fee SET amount = 0 WHERE schedule = 'Later'$$, '55000', NULL, 'what is adopted stays');

SELECT * FROM finish();
ROLLBACK;
