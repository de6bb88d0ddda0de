-- Unpaid bills: reconnection_quote and delinquency.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE FUNCTION pg_temp.quote(arguments text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT string_agg(charge || '' '' || amount, '', '' ORDER BY line)'
				   ' FROM mission_rates.reconnection_quote(%s, service_date => ''2023-05-01'')',
				   CASE WHEN strpos(arguments, 'mailed_on') > 0 THEN arguments
						ELSE arguments || ', mailed_on => ''2023-04-01''' END)
	INTO result;
	RETURN coalesce(result, 'no line');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE FUNCTION pg_temp.standing(arguments text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT d::text FROM mission_rates.delinquency(%s) AS d', arguments) INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

CREATE TEMP TABLE quote (n integer GENERATED ALWAYS AS IDENTITY, arguments text, outcome text);
INSERT INTO quote (arguments, outcome) VALUES
	('40.45', 'unpaid_bill 40.45, late_fee 2.02, disconnection 5.00, reconnection 25.00'),
	('40.45, late => false', 'unpaid_bill 40.45, disconnection 5.00, reconnection 25.00'),
	('40.45, meters => 2', 'unpaid_bill 40.45, late_fee 2.02, disconnection 5.00, reconnection 50.00'),
	('40.45, unauthorized => 1, tampering => 1',
	 'unpaid_bill 40.45, late_fee 2.02, disconnection 5.00, reconnection 25.00, unauthorized_reconnection 50.00, tampering 50.00'),
	('40.45, unauthorized => 2',
	 'unpaid_bill 40.45, late_fee 2.02, disconnection 5.00, reconnection 25.00, unauthorized_reconnection 100.00'),
	('40.45, tampering => 3',
	 'unpaid_bill 40.45, late_fee 2.02, disconnection 5.00, reconnection 25.00, tampering 150.00'),
	('40.45, other_due => 80.00',
	 'unpaid_bill 40.45, late_fee 2.02, other_due 80.00, disconnection 5.00, reconnection 25.00'),
	('0, other_due => 80.00', 'other_due 80.00, disconnection 5.00, reconnection 25.00'),
	('0', 'disconnection 5.00, reconnection 25.00'),
	('0.09', 'unpaid_bill 0.09, late_fee 0.00, disconnection 5.00, reconnection 25.00'),
	('0, late => false, other_due => 42.47', 'other_due 42.47, disconnection 5.00, reconnection 25.00'),
	('-0.01', '22023'),
	('''NaN''', '22023'),
	('40.45, meters => -1', '22023'),
	('40.45, unauthorized => -1', '22023'),
	('40.45, tampering => -1', '22023'),
	('40.45, other_due => -0.01', '22023'),
	('40.45, other_due => ''Infinity''', '22023'),
	('1e30', '22003'),
	('-1e30', '22023'),
-- The late fee depends on the day of mailing: without it the late fee is
-- unknown
	('40.45, mailed_on => NULL', '22023'),
	('40.45, mailed_on => NULL, late => false', 'unpaid_bill 40.45, disconnection 5.00, reconnection 25.00'),
	('40.45, mailed_on => NULL, schedule => ''Ordinance 5244''',
	 'unpaid_bill 40.45, late_fee 2.02, disconnection 5.00, reconnection 25.00'),
	('40.45, mailed_on => ''2022-12-31''', 'P0002'),
	('40.45, mailed_on => ''2022-12-31'', late => false', 'unpaid_bill 40.45, disconnection 5.00, reconnection 25.00');

-- Mailed on 1 February 2023: due on the 21st, late from the 22nd (L3)
CREATE TEMP TABLE standing (n integer GENERATED ALWAYS AS IDENTITY, arguments text, outcome text);
INSERT INTO standing (arguments, outcome) VALUES
	('''2023-02-01'', 40.45, ''2023-02-01''', '(current,2023-02-21,2023-02-22,0.00,,,40.45)'),
	('''2023-02-01'', 40.45, ''2023-02-21''', '(current,2023-02-21,2023-02-22,0.00,,,40.45)'),
	('''2023-02-01'', 40.45, ''2023-02-22''', '(late,2023-02-21,2023-02-22,2.02,,,42.47)'),
	('''2023-02-01'', 40.45, ''2099-12-31''', '(late,2023-02-21,2023-02-22,2.02,,,42.47)'),
	('''2023-02-01'', 50.10, ''2023-02-22''', '(late,2023-02-21,2023-02-22,2.51,,,52.61)'),
-- Noticed: ten days to pay, turned off from the eleventh (L6)
	('''2023-02-01'', 40.45, ''2023-02-22'', ''2023-02-22''',
	 '(late,2023-02-21,2023-02-22,2.02,2023-03-04,2023-03-05,42.47)'),
	('''2023-02-01'', 40.45, ''2023-03-04'', ''2023-02-22''',
	 '(late,2023-02-21,2023-02-22,2.02,2023-03-04,2023-03-05,42.47)'),
	('''2023-02-01'', 40.45, ''2023-03-05'', ''2023-02-22''',
	 '(disconnectable,2023-02-21,2023-02-22,2.02,2023-03-04,2023-03-05,42.47)'),
	('''2023-02-01'', 40.45, ''2023-12-31'', ''2023-06-15''',
	 '(disconnectable,2023-02-21,2023-02-22,2.02,2023-06-25,2023-06-26,42.47)'),
-- No notice, no disconnection; a notice dated after as_of does not count yet
	('''2023-02-01'', 40.45, ''2023-12-31''', '(late,2023-02-21,2023-02-22,2.02,,,42.47)'),
	('''2023-02-01'', 40.45, ''2023-02-28'', ''2023-03-01''', '(late,2023-02-21,2023-02-22,2.02,,,42.47)'),
	('''2023-02-01'', 40.45, ''2023-02-10'', ''2023-03-01''', '(current,2023-02-21,2023-02-22,0.00,,,40.45)'),
-- ... nor does one dated before the bill was late
	('''2023-02-01'', 40.45, ''2023-03-05'', ''2023-02-21''', '(late,2023-02-21,2023-02-22,2.02,,,42.47)'),
	('''2023-02-01'', 40.45, ''2023-03-05'', ''2023-01-15''', '(late,2023-02-21,2023-02-22,2.02,,,42.47)'),
	('''2023-02-01'', 40.45, ''2023-02-10'', ''2023-02-05''', '(current,2023-02-21,2023-02-22,0.00,,,40.45)'),
	('''2023-02-01'', 40.45, ''2023-02-22'', ''2023-02-22'', 30', '(current,2023-03-03,2023-03-04,0.00,,,40.45)'),
-- Contradictions
	('''2023-02-01'', 40.45, ''2023-01-31''', '22023'),
	('''2023-02-01'', -0.01, ''2023-02-22''', '22023'),
	('''2023-02-01'', ''NaN'', ''2023-02-22''', '22023'),
-- Nothing unpaid is current
	('''2023-02-01'', 0, ''2023-12-31''', '(current,2023-02-21,2023-02-22,0.00,,,0.00)'),
	('''2023-02-01'', 0.00, ''2023-02-01''', '(current,2023-02-21,2023-02-22,0.00,,,0.00)'),
-- Days of this account's own
	('''2023-02-01'', 40.45, ''2023-02-11'', NULL, 10', '(current,2023-02-11,2023-02-12,0.00,,,40.45)'),
	('''2023-02-01'', 40.45, ''2023-02-12'', NULL, 10', '(late,2023-02-11,2023-02-12,2.02,,,42.47)'),
	('''2023-02-01'', 40.45, ''2023-02-12'', ''2023-02-12'', 10',
	 '(late,2023-02-11,2023-02-12,2.02,2023-02-22,2023-02-23,42.47)'),
	('''2023-02-01'', 40.45, ''2023-02-02'', NULL, 0', '(late,2023-02-01,2023-02-02,2.02,,,42.47)'),
	('''2023-02-01'', 40.45, ''2023-02-22'', NULL, -1', '22023'),
-- Months and years (L4): calendar days
	('''2023-12-20'', 40.45, ''2024-01-10''', '(late,2024-01-09,2024-01-10,2.02,,,42.47)'),
	('''2024-02-10'', 40.45, ''2024-03-02'', ''2024-03-02''',
	 '(late,2024-03-01,2024-03-02,2.02,2024-03-12,2024-03-13,42.47)'),
-- Picked by the day of mailing, or by name
	('''2022-12-31'', 40.45, ''2023-02-22''', 'P0002'),
	('''2023-01-01'', 40.45, ''2023-01-21''', '(current,2023-01-21,2023-01-22,0.00,,,40.45)'),
	('''2022-12-31'', 40.45, ''2023-02-22'', schedule => ''Ordinance 5244''',
	 '(late,2023-01-20,2023-01-21,2.02,,,42.47)'),
	('''2023-02-01'', 40.45, ''2023-02-22'', schedule => ''Ordinance 1''', 'P0002'),
-- Invalid dates, amounts out of range
	('''infinity'', 40.45, ''2023-02-22''', '22023'),
	('''2023-02-01'', 40.45, ''infinity''', '22023'),
	('''2023-02-01'', 40.45, ''2023-02-22'', ''infinity''', '22023'),
	('''2023-02-01'', 40.45, ''2023-02-22'', NULL, 2147483647', '22003'),
	('''2023-02-01'', 1e30, ''2023-02-22''', '22003');

SELECT plan(73);

SELECT is(pg_temp.quote(arguments), outcome, 'reconnection_quote(' || arguments || ')') FROM quote ORDER BY n;
SELECT is(pg_temp.standing(arguments), outcome, 'delinquency(' || arguments || ')') FROM standing ORDER BY n;

-- The lines themselves
SELECT results_eq(
	$$SELECT * FROM mission_rates.reconnection_quote(40.45, '2023-04-01', true, 2, 1, 3, 80.00, '2023-05-01')$$,
	$$VALUES
		(1, 'arrears'::text, 'unpaid_bill'::text, 'Unpaid bill'::text, 1.0, 'each'::text, 40.45, 40.45, NULL::text,
		 'Ordinance 5244'::text, NULL::text, NULL::text,
		 NULL::text, NULL::bigint, NULL::bigint),
		(2, 'fee', 'late_fee', (SELECT label FROM mission_rates.fee WHERE code = 'late_fee'), 40.45,
		 (SELECT unit FROM mission_rates.fee WHERE code = 'late_fee'), 0.05, 2.02, '114-55(a)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(3, 'arrears', 'other_due', 'Other amounts due', 1.0, 'each', 80.00, 80.00, NULL, 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(4, 'fee', 'disconnection', (SELECT label FROM mission_rates.fee WHERE code = 'disconnection'), 1.0, 'each', 5.00,
		 5.00, '114-59(a)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(5, 'fee', 'reconnection', (SELECT label FROM mission_rates.fee WHERE code = 'reconnection'), 2.0, 'each', 25.00,
		 50.00, '114-55(a)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(6, 'fee', 'unauthorized_reconnection',
		 (SELECT label FROM mission_rates.fee WHERE code = 'unauthorized_reconnection'), 1.0, 'each', 50.00, 50.00,
		 '114-59(b)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL),
		(7, 'fee', 'tampering', (SELECT label FROM mission_rates.fee WHERE code = 'tampering'), 3.0, 'each', 50.00, 150.00,
		 '114-59(c)', 'Ordinance 5244', NULL, NULL, NULL, NULL, NULL)$$,
	'every line of what is owed before a meter is turned on');
SELECT results_eq(
	$$SELECT charge, amount FROM mission_rates.reconnection_quote(40.45, '2023-04-01')$$,
	$$SELECT charge, amount FROM mission_rates.reconnection_quote(40.45, '2023-04-01', service_date => CURRENT_DATE)$$,
	'reconnection_quote: today');
-- One unpaid bill has one late fee, whichever function is asked: that of the schedule in force when it was mailed
SELECT mission_rates.draft_schedule('Later') \g /dev/null
UPDATE mission_rates.fee SET amount = CASE code WHEN 'late_fee' THEN 0.10 ELSE 30 END
WHERE schedule = 'Later' AND code IN ('late_fee', 'reconnection');
SELECT mission_rates.adopt_schedule('Later', (CURRENT_DATE + 100), accept_warnings => true) \g /dev/null
SELECT results_eq(
	$$SELECT charge, rate, amount, schedule
	  FROM mission_rates.reconnection_quote(40.45, CURRENT_DATE + 99, service_date => CURRENT_DATE + 100)$$,
	$$VALUES ('unpaid_bill'::text, 40.45, 40.45, 'Later'::text), ('late_fee', 0.05, 2.02, 'Ordinance 5244'),
			 ('disconnection', 5.00, 5.00, 'Later'), ('reconnection', 30.00, 30.00, 'Later')$$,
	'the late fee of the schedule before, all else of the day');
SELECT results_eq(
	$$SELECT charge, amount, schedule
	  FROM mission_rates.reconnection_quote(40.45, CURRENT_DATE + 99, service_date => CURRENT_DATE + 100,
											schedule => 'Later')$$,
	$$VALUES ('unpaid_bill'::text, 40.45, 'Later'::text), ('late_fee', 4.05, 'Later'), ('disconnection', 5.00, 'Later'),
			 ('reconnection', 30.00, 'Later')$$,
	'a schedule that is named governs all lines');
SELECT is(mission_rates.late_fee(40.45, CURRENT_DATE + n),
		  (mission_rates.delinquency(CURRENT_DATE + n, 40.45, CURRENT_DATE + 200)).late_fee,
		  'late_fee and delinquency, mailed on day ' || n)
FROM unnest('{99,100}'::integer[]) AS n;
SELECT is(mission_rates.delinquency(CURRENT_DATE - 21, 40.45),
		  mission_rates.delinquency(CURRENT_DATE - 21, 40.45, CURRENT_DATE), 'delinquency: as of today');
SELECT is((mission_rates.delinquency(CURRENT_DATE - 20, 40.45)).status, 'current', '... 20 days after mailing');

-- Every day of three months
SELECT is_empty(
	$$SELECT mailed_on + n AS as_of, d.*
	  FROM (VALUES (DATE '2023-11-30', DATE '2023-12-21'), ('2024-02-01', '2024-02-25')) AS v (mailed_on, noticed_on),
		   generate_series(0, 90) AS n,
		   LATERAL mission_rates.delinquency(mailed_on, 100.00, mailed_on + n, noticed_on) AS d
	  WHERE (due_on, late_from) IS DISTINCT FROM (mailed_on + 20, mailed_on + 21)
		 OR status IS DISTINCT FROM CASE WHEN n < 21 THEN 'current'
										 WHEN mailed_on + n < noticed_on + 11 THEN 'late'
										 ELSE 'disconnectable' END
		 OR late_fee IS DISTINCT FROM CASE WHEN n < 21 THEN 0.00 ELSE 5.00 END
		 OR amount_due IS DISTINCT FROM 100.00 + late_fee
		 OR last_day IS DISTINCT FROM CASE WHEN mailed_on + n >= noticed_on THEN noticed_on + 10 END
		 OR disconnect_from IS DISTINCT FROM last_day + 1$$,
	'delinquency: every day of three months');
SELECT is(pg_typeof(status)::text || ' ' || pg_typeof(due_on) || ' ' || pg_typeof(late_from) || ' ' || pg_typeof(late_fee)
		  || ' ' || pg_typeof(last_day) || ' ' || pg_typeof(disconnect_from) || ' ' || pg_typeof(amount_due),
		  'text date date numeric date date numeric', 'the columns of delinquency')
FROM mission_rates.delinquency('2023-02-01', 40.45, '2023-02-22');
SELECT is((SELECT sum(amount) FROM mission_rates.reconnection_quote(40.45, '2023-02-01', service_date => '2023-05-01')),
		  (SELECT amount_due + 5.00 + 25.00
		   FROM mission_rates.delinquency('2023-02-01', 40.45, '2023-03-05', '2023-02-22')),
		  'what is owed is the amount due, disconnection and reconnection');

SELECT * FROM finish();
ROLLBACK;
