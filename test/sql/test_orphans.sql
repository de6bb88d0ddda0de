--
-- Rate rows of a schedule that does not exist: what the owner is told, and
-- what everybody else is refused
--
SET datestyle = 'ISO, MDY';
\set SHOW_CONTEXT never

-- One warning for each statement and schedule, however many rows there are
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
	SELECT name, 'code_' || n, n, 'each', 'Probe'
	FROM unnest(ARRAY['Ghost', 'Spirit']) AS name, generate_series(1, 5) AS n
	ORDER BY n, name;
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('Ghost', 'more', 1, 'each', 'Probe');
COPY mission_rates.fee (schedule, code, amount, unit, label) FROM stdin;
Ghost	copied_1	1	each	Probe
Ghost	copied_2	1	each	Probe
\.
UPDATE mission_rates.fee SET amount = 2 WHERE schedule = 'Spirit';

-- A draft cannot be deleted by hand without its rows
INSERT INTO mission_rates.schedule (schedule) VALUES ('Draft');
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
	SELECT 'Draft', 'code_' || n, n, 'each', 'Probe' FROM generate_series(1, 5) AS n;
DELETE FROM mission_rates.schedule WHERE schedule = 'Draft';
UPDATE mission_rates.fee SET schedule = 'Ordinance 5244' WHERE schedule = 'Draft';

-- Nobody else
CREATE ROLE regress_mission_clerk;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA mission_rates TO regress_mission_clerk;
SET ROLE regress_mission_clerk;
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('Ghost', 'clerk', 1, 'each', 'Probe');
UPDATE mission_rates.fee SET amount = 3 WHERE schedule = 'Ghost';
COPY mission_rates.class_rule (schedule, class, label, service_area) FROM stdin;
New	A1	Residential	inside
New	A2	Commercial	inside
\.
INSERT INTO mission_rates.schedule (schedule) VALUES ('Kept');
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
	SELECT 'Kept', 'code_' || n, n, 'each', 'Probe' FROM generate_series(1, 5) AS n;
UPDATE mission_rates.fee SET schedule = 'Elsewhere' WHERE schedule = 'Kept';
DELETE FROM mission_rates.schedule WHERE schedule = 'Kept';
UPDATE mission_rates.schedule SET schedule = 'Renamed' WHERE schedule = 'Kept';

-- Rows of no schedule may be deleted
DELETE FROM mission_rates.fee WHERE schedule = 'Spirit';
SELECT mission_rates.drop_draft(name) FROM unnest(ARRAY['Ghost', 'Draft', 'Kept']) AS name;
RESET ROLE;
DROP OWNED BY regress_mission_clerk;
DROP ROLE regress_mission_clerk;
