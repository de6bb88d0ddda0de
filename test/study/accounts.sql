-- accounts.sql: a small city for the test of the rate study, and a draft for it to study.
--
-- Raw columns, as cities keep them, with one row for each way of being set aside.

CREATE SCHEMA town;

CREATE TABLE town.account AS
SELECT n AS account,
	(ARRAY['A1', 'A1', 'a1 ', 'A1', 'A2', 'A3', 'A4', 'A5', 'A8', 'A9'])[1 + n % 10]::char(3) AS class,
	(ARRAY['0.75', '3/4', '5/8x3/4', '1', '2'])[1 + n % 5] AS meter,
	(n * 7919 % 23000)::numeric AS gallons,
	CASE WHEN n % 10 = 8 THEN 'outside' WHEN n % 37 = 0 THEN 'Outside' ELSE 'Inside' END::varchar(8) AS area,
	CASE WHEN n % 11 = 0 THEN 'N' ELSE 'Y' END::char(1) AS sewer,
	date '2026-10-01' AS service_date
FROM generate_series(1, 2000) AS n;

UPDATE town.account SET class = 'A7' WHERE account = 3;
UPDATE town.account SET meter = '1.25' WHERE account = 14;
UPDATE town.account SET gallons = NULL WHERE account = 25;
UPDATE town.account SET gallons = -5 WHERE account = 36;
UPDATE town.account SET class = 'A6' WHERE account = 47;

CREATE VIEW town.open_account AS SELECT a.* FROM town.account AS a WHERE a.account <= 100;
CREATE TABLE town.empty (LIKE town.account);
CREATE TABLE town.letters (sender text, body text);
CREATE INDEX account_index ON town.account (account);
CREATE TABLE town.closed AS SELECT * FROM town.account;

CREATE ROLE analyst LOGIN;
GRANT USAGE ON SCHEMA town TO analyst;
GRANT SELECT ON town.account, town.open_account, town.empty, town.letters TO analyst;

SELECT mission_rates.draft_schedule('Ordinance 6000');
UPDATE mission_rates.water_minimum SET amount = round(amount * 1.06, 2) WHERE schedule = 'Ordinance 6000';
UPDATE mission_rates.water_volume SET rate_per_1000 = round(rate_per_1000 * 1.06, 2) WHERE schedule = 'Ordinance 6000';
UPDATE mission_rates.sewer_rate SET fixed = round(fixed * 1.06, 2), rate_per_1000 = round(rate_per_1000 * 1.06, 2)
WHERE schedule = 'Ordinance 6000';

-- Two months, of which the second has one account more.
CREATE TABLE town.months AS
SELECT account, class, meter, gallons, area, sewer, service_date FROM town.account WHERE account BETWEEN 100 AND 199
UNION ALL
SELECT account, class, meter, gallons, area, sewer, date '2026-11-01' FROM town.account WHERE account BETWEEN 100 AND 200;
GRANT SELECT ON town.months TO analyst;

-- A name that asks for quotes and a column under another name.
CREATE TABLE town."odd % <b>" AS SELECT class AS "class %", meter, gallons, area FROM town.account WHERE account <= 20;

-- One size in two spellings, which together are more than another in one.
CREATE TABLE town.spellings AS
SELECT 'A1' AS class, (ARRAY['0.75', '3/4', '3/4', '1', '1', '1', '0.75'])[1 + n % 7] AS meter, n * 10 AS gallons, 'inside' AS area
FROM generate_series(1, 700) AS n;

-- A draft with text that is none of HTML, Matplotlib's mathematics or a format; one with a credit, one that check_schedule
-- finds errors in, one without sewer, and one that costs some more and some less.
SELECT mission_rates.draft_schedule('<script>alert(1)</script> $x_1$ & 100% "q"');
UPDATE mission_rates.schedule SET title = '</title><script>alert(2)</script> $\frac{1$ & %s', adopted_by = 'Council of the City of <i>X</i>'
WHERE schedule LIKE '<script>%';
UPDATE mission_rates.class_rule SET label = CASE class
	WHEN 'A1' THEN '$H_{2}O$ ' || repeat('Residential', 6) WHEN 'A2' THEN '<b>$5 & $6</b> -- > #010105' ELSE label END
WHERE schedule LIKE '<script>%';
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, every_bill, label)
SELECT schedule, 'a_b$c', 'A1', 1.25, 'month', true, '<img src=x onerror=alert(3)> $a_b$' FROM mission_rates.schedule
WHERE schedule LIKE '<script>%';

SELECT mission_rates.draft_schedule('Credit');
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, every_bill, label)
VALUES ('Credit', 'relief', 'A1', -60, 'month', true, 'Relief');

SELECT mission_rates.draft_schedule('Faulty');
DELETE FROM mission_rates.fee WHERE schedule = 'Faulty' AND code = 'sewer_flat';
UPDATE mission_rates.water_volume SET rate_per_1000 = 0.01 WHERE schedule = 'Faulty' AND class = 'A1';

SELECT mission_rates.draft_schedule('Dry');
DELETE FROM mission_rates.sewer_rate WHERE schedule = 'Dry' AND class = 'A1';

SELECT mission_rates.draft_schedule('Mixed');
UPDATE mission_rates.water_minimum SET amount = amount - 3 WHERE schedule = 'Mixed';
UPDATE mission_rates.water_volume SET rate_per_1000 = rate_per_1000 + 1, above_gallons = above_gallons + 1000
WHERE schedule = 'Mixed' AND above_gallons = 999;
