--
-- The rate tables as a clerk sees them
--
SET datestyle = 'ISO, MDY';
\d mission_rates.schedule
\d mission_rates.class_rule
\d mission_rates.water_minimum
\d mission_rates.water_volume
\d mission_rates.sewer_rate
\d mission_rates.sewer_volume
\d mission_rates.fee
\d mission_rates.service_charge
\d mission_rates.deposit
\d mission_rates.water_tap
\d mission_rates.sewer_permit
\d mission_rates.bill_line

SELECT t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) AS labels
FROM pg_type AS t JOIN pg_enum AS e ON e.enumtypid = t.oid
WHERE t.typnamespace = 'mission_rates'::regnamespace
GROUP BY t.typname ORDER BY t.typname;

-- What the tables refuse
BEGIN;
INSERT INTO mission_rates.schedule (schedule) VALUES ('Draft');
\set ON_ERROR_ROLLBACK on
INSERT INTO mission_rates.schedule (schedule) VALUES ('Draft');
INSERT INTO mission_rates.schedule (schedule) VALUES ('');
INSERT INTO mission_rates.schedule (schedule) VALUES (NULL);
INSERT INTO mission_rates.schedule (schedule, volume_step) VALUES ('Other', 0);
INSERT INTO mission_rates.schedule (schedule, effective_from) VALUES ('Other', '2030-01-01');
INSERT INTO mission_rates.schedule (schedule, sealed_rows) VALUES ('Other', 10);
INSERT INTO mission_rates.class_rule (schedule, class, label, service_area) VALUES ('Draft', 'A7', 'None', 'inside');
INSERT INTO mission_rates.water_minimum VALUES ('Draft', 'residential', '3/4', 'inside', -1, '');
INSERT INTO mission_rates.water_minimum VALUES ('Draft', 'residential', '3/4', 'inside', 'NaN', '');
INSERT INTO mission_rates.water_minimum VALUES ('Draft', 'residential', '3/4', 'inside', 1000000000, '');
INSERT INTO mission_rates.water_volume VALUES ('Draft', 'A1', -1, 2.25, '');
INSERT INTO mission_rates.water_volume VALUES ('Draft', 'A1', 999, 2.00001, '');
INSERT INTO mission_rates.sewer_rate VALUES ('Draft', 'A1', 9, 1.45, NULL, '');
INSERT INTO mission_rates.fee VALUES ('Draft', 'unpaid_bill', 1, 'each', 'Not a fee', '');
INSERT INTO mission_rates.sewer_volume VALUES ('Draft', 'A1', 0, 'NaN', '');
INSERT INTO mission_rates.sewer_volume VALUES ('Draft', 'A1', 1000000000001, 1, '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'garbage', 'A1', 'NaN', 'month', 0, NULL, false, 'Garbage', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'garbage', 'A1', -1000000000, 'month', 0, NULL, false, 'Garbage', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'garbage', 'A1', 1.00001, 'month', 0, NULL, false, 'Garbage', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'garbage', 'A1', 1, 'week', 0, NULL, false, 'Garbage', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'garbage', 'A1', 1, 'month', 1000, NULL, false, 'Garbage', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'garbage', 'A1', 1, '1,000 gallons', -1, NULL, false, 'Garbage', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'garbage', 'A1', 1, 'month', 0, '{water_volume}', false, 'Garbage', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'tax', 'A1', 1, 'dollar', 0, NULL, false, 'Tax', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'tax', 'A1', 1, 'dollar', 0, '{}', false, 'Tax', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'tax', 'A1', 1, 'dollar', 0, '{NULL}', false, 'Tax', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'tax', 'A1', 1, 'dollar', 0, '{deposit}', false, 'Tax', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'tax', 'A1', 1, 'dollar', 0, '{reconnection}', false, 'Tax', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'tax', 'A1', 1, 'dollar', 0, '{tax}', false, 'Tax', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'water_volume', 'A1', 1, 'month', 0, NULL, false, 'Water', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'late_fee', 'A1', 1, 'month', 0, NULL, false, 'Late', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', ' tax', 'A1', 1, 'month', 0, NULL, false, 'Tax', '');
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'tax', 'A1', 1, 'month', 0, NULL, false, '', '');
INSERT INTO mission_rates.deposit VALUES ('Draft', 'school', 0, NULL, 20, '');
INSERT INTO mission_rates.water_tap VALUES ('Draft', '1', NULL, 'inside', 550, '');
INSERT INTO mission_rates.sewer_permit VALUES ('Draft', 'Infinity', false, 200, '');
-- A credit, and a tax of all that a bill can have, are let in.
INSERT INTO mission_rates.service_charge VALUES
	('Draft', 'credit', 'A1', -999999999.9999, 'month', 0, NULL, true, 'Credit', ''),
	('Draft', 'tax', 'A1', 0.0825, 'dollar', 0, '{water_minimum,water_volume,sewer_fixed,sewer_volume,sewer_flat,dumping_station,fire_sprinkler,credit}', false, 'Tax', ''),
	('Draft', 'meter_box', 'A1', 1, 'each', 0, NULL, false, 'Rent of a meter box', '');
-- An adopted schedule refuses everything.
INSERT INTO mission_rates.fee VALUES ('Ordinance 5244', 'garbage', 17, 'month', 'Garbage', '');
UPDATE mission_rates.water_minimum SET amount = 11.51 WHERE schedule = 'Ordinance 5244' AND amount = 11.50;
DELETE FROM mission_rates.deposit WHERE schedule = 'Ordinance 5244';
TRUNCATE mission_rates.water_tap;
ROLLBACK;
