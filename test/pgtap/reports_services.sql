-- Reports on schedules with sewer blocks and service charges, to proof-read
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT plan(7);

SELECT mission_rates.draft_schedule('Next', 'Ordinance 5244') \g /dev/null
UPDATE mission_rates.sewer_rate SET rate_per_1000 = NULL WHERE schedule = 'Next' AND class = 'A1';
INSERT INTO mission_rates.sewer_volume VALUES ('Next', 'A1', 0, 1.45, '114-54(b)(2)b'),
	('Next', 'A1', 9000, 1.9, '114-54(b)(2)b'), ('Next', 'A1', 20000, 0, '114-54(b)(2)b');
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, above_gallons, base_charges, every_bill, label,
										  section)
VALUES ('Next', 'garbage', 'A2', 27.25, 'each', 0, NULL, false, 'Garbage', '114-61'),
	('Next', 'garbage', 'A1', 17.25, 'each', 0, NULL, false, 'Garbage', '114-61'),
	('Next', 'senior', 'A1', -2.5, 'month', 0, NULL, false, 'Senior discount', '114-61'),
	('Next', 'drought', 'A1', 0.5, '1,000 gallons', 10000, NULL, true, 'Drought surcharge', '114-61'),
	('Next', 'tax', 'A1', 0.0825, 'dollar', 0, '{water_volume,garbage}', true, 'Sales tax', '114-61');

SELECT results_eq($$SELECT s.section, s.item, s.column_label, s.amount, s.unit
	FROM mission_rates.rate_sheet(schedule => 'Next') AS s WHERE s.rate_table IN ('sewer_volume', 'service_charge')$$,
	$$VALUES ('114-54(b)(2)b', 'A1 Residential', 'gallons 1 to 9,000', 1.45, '1,000 gallons'),
	('114-54(b)(2)b', 'A1 Residential', 'gallons 9,001 to 20,000', 1.9, '1,000 gallons'),
	('114-54(b)(2)b', 'A1 Residential', 'gallons 20,001 and up', 0, '1,000 gallons'),
	('114-61', 'Drought surcharge, on every bill', 'drought, A1 Residential', 0.5, '1,000 gallons above 10,000'),
	('114-61', 'Garbage', 'garbage, A1 Residential', 17.25, 'each'),
	('114-61', 'Garbage', 'garbage, A2 Commercial', 27.25, 'each'),
	('114-61', 'Senior discount', 'senior, A1 Residential', -2.5, 'month'),
	('114-61', 'Sales tax, on every bill', 'tax, A1 Residential', 0.0825, 'dollar of garbage, water_volume')$$,
	'sewer blocks and service charges on the rate sheet');
SELECT results_eq($$SELECT s.item, s.column_label, s.amount, s.unit
	FROM mission_rates.rate_sheet(schedule => 'Next') AS s
	WHERE s.rate_table = 'sewer_rate' AND s.item ~ '^A[18]'$$,
	$$VALUES ('A1 Residential', 'fixed rate', 9.00, 'month'), ('A1 Residential', 'variable rate', NULL, 'by blocks'),
	('A1 Residential', 'multiplication factor', 1, 'of water consumption'), ('A8 Outside', 'fixed rate', 26, 'month'),
	('A8 Outside', 'variable rate', NULL, 'flat rate'), ('A8 Outside', 'multiplication factor', NULL, 'flat rate')$$,
	'a rate by blocks is told from a flat rate');

SELECT mission_rates.draft_schedule('Later', 'Next') \g /dev/null
SELECT is_empty($$SELECT * FROM mission_rates.compare_schedules('Next', 'Later')$$, 'a copy does not differ');
UPDATE mission_rates.sewer_volume SET rate_per_1000 = 2 WHERE schedule = 'Later' AND above_gallons = 9000;
DELETE FROM mission_rates.sewer_volume WHERE schedule = 'Later' AND above_gallons = 20000;
UPDATE mission_rates.service_charge SET amount = 18, label = 'Trash' WHERE schedule = 'Later' AND code = 'garbage'
	AND class = 'A1';
UPDATE mission_rates.service_charge SET above_gallons = 12000 WHERE schedule = 'Later' AND code = 'drought';
UPDATE mission_rates.service_charge SET base_charges = '{garbage,water_volume}', every_bill = false, section = '114-62'
WHERE schedule = 'Later' AND code = 'tax';
SELECT results_eq($$SELECT * FROM mission_rates.compare_schedules('Next', 'Later')$$,
	$$VALUES ('sewer_volume', 'class A1, above 9,000 gallons, rate_per_1000', '1.90', '2.00', 0.10, 5.26),
	('sewer_volume', 'class A1, above 20,000 gallons, rate_per_1000', '0.00', NULL, NULL, NULL),
	('service_charge', 'drought, class A1, above_gallons', '10,000', '12,000', 2000, 20.00),
	('service_charge', 'garbage, class A1', '17.25', '18.00', 0.75, 4.35),
	('service_charge', 'garbage, class A1, label', 'Garbage', 'Trash', NULL, NULL),
	('service_charge', 'tax, class A1, every_bill', 'true', 'false', NULL, NULL),
	('service_charge', 'tax, class A1, section', '114-61', '114-62', NULL, NULL)$$,
	'what differs in sewer blocks and service charges; the order of base_charges does not');
SELECT results_eq($$SELECT c.rate_table, c.item, c.a, c.b FROM mission_rates.compare_schedules('Ordinance 5244', 'Next') AS c
	WHERE c.item ~ 'A1.*rate_per_1000$|tax'$$,
	$$VALUES ('sewer_rate', 'class A1, rate_per_1000', '1.45', 'by blocks'),
	('sewer_volume', 'class A1, above 0 gallons, rate_per_1000', NULL, '1.45'),
	('sewer_volume', 'class A1, above 9,000 gallons, rate_per_1000', NULL, '1.90'),
	('sewer_volume', 'class A1, above 20,000 gallons, rate_per_1000', NULL, '0.00'),
	('service_charge', 'tax, class A1', NULL, '0.0825'), ('service_charge', 'tax, class A1, unit', NULL, 'dollar'),
	('service_charge', 'tax, class A1, above_gallons', NULL, '0'),
	('service_charge', 'tax, class A1, base_charges', NULL, 'garbage, water_volume'),
	('service_charge', 'tax, class A1, every_bill', NULL, 'true'), ('service_charge', 'tax, class A1, label', NULL, 'Sales tax')$$,
	'what the ordinance does not have');

-- Charges on every bill are in both totals: 20,000 gallons of water are 10,000 above the drought limit.
SELECT results_eq($$SELECT * FROM mission_rates.bill_comparison('Ordinance 5244', 'Next', 'A1', '3/4', '{0,20000}')$$,
	$$SELECT g.gallons, g.a, g.b, g.b - g.a, round(100 * (g.b - g.a) / g.a, 2)
	  FROM (SELECT n AS gallons, mission_rates.bill_total('A1', '3/4', n, schedule => 'Ordinance 5244') AS a,
				   mission_rates.bill_total('A1', '3/4', n, schedule => 'Next') AS b
			FROM unnest('{0,20000}'::bigint[]) AS n) AS g$$, 'bills are compared whole');
SELECT is((SELECT c.b FROM mission_rates.bill_comparison('Ordinance 5244', 'Next', 'A1', '3/4', '{20000}') AS c),
	(SELECT sum(b.amount) FROM mission_rates.bill('A1', '3/4', 20000, schedule => 'Next') AS b
	 WHERE b.charge <> 'drought') + 5.00, 'charges on every bill are in the comparison');

SELECT * FROM finish();
ROLLBACK;
