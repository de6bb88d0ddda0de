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
