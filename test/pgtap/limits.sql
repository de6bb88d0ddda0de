-- What is larger than a machine word, and what takes too long
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT plan(4);

SELECT mission_rates.draft_schedule('Dear', 'Ordinance 5244') \g /dev/null
UPDATE mission_rates.water_volume SET rate_per_1000 = 90000000 WHERE schedule = 'Dear';
CREATE TEMP TABLE account AS
SELECT 'A1' AS class, '3/4' AS meter, 1000000000000 - n AS gallons, 'inside' AS area FROM generate_series(0, 299) AS n;
SELECT is((r).total, (SELECT sum(mission_rates.account_total(a, 'Dear')) FROM account AS a), 'the revenue is the sum of the bills')
FROM (SELECT mission_rates.account_revenue(a, 'Dear') AS r FROM account AS a) AS t;
SELECT cmp_ok((SELECT (mission_rates.account_revenue(a, 'Dear')).total FROM account AS a), '>', 2 ^ 64::numeric,
			  'of more cents, and more dollars, than 64 bits hold');

-- Bills of more gallons are out of range; the search stops before them.
UPDATE mission_rates.water_volume SET rate_per_1000 = 999999999 WHERE schedule = 'Dear';
SELECT isnt_empty($$SELECT FROM mission_rates.explain_amount(11.50, schedule => 'Dear') WHERE 'A1' = ANY (classes) AND metered AND water AND NOT sewer$$,
				  'amounts are explained where some bills are out of range');

-- A credit takes away what each gallon costs: all bills are close to one amount, which none of them may have.
SELECT mission_rates.draft_schedule('Level', 'Ordinance 5244') \g /dev/null
UPDATE mission_rates.water_volume SET rate_per_1000 = 2.25 WHERE schedule = 'Level' AND class = 'A1';
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, above_gallons, every_bill, label)
VALUES ('Level', 'credit', 'A1', -2.25, '1,000 gallons', 999, true, 'Credit');
SELECT throws_ok($$SELECT * FROM mission_rates.explain_amount(11.51, schedule => 'Level')$$, '54000',
				 'too many different gallons come near this amount', 'explain_amount gives up');

SELECT * FROM finish();
ROLLBACK;
