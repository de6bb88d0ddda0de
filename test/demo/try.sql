-- try.sql: six things to try in psql on the sample city; make demo-psql shows them, with a search_path that finds the names.

-- 1. What does it cost to move in?  A 3/4 inch tap, 12 feet of asphalt cut, a 4 inch sewer line.
SELECT description, quantity, rate, amount FROM opening_quote('homeowner', tap_meter => '3/4', asphalt_feet => 12, sewer_line_inches => 4, schedule => 'Ordinance 5244');

-- 2. "Why is my bill 63.95?"
SELECT charge, description, quantity, amount FROM account_bill((SELECT t FROM to_bill AS t WHERE account = '00000001'));

-- 3. Which accounts could not be billed, and why?
SELECT problem_code, count(*), min(account) AS first, min(problem) AS for_example FROM charges WHERE problem IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1;

-- 4. Revenue by class, straight from the accounts.
SELECT class, (r).bills, (r).total FROM (SELECT upper(trim(class)) AS class, account_revenue(t) AS r FROM to_bill AS t GROUP BY 1) AS x ORDER BY 1;

-- 5. What would the proposal cost a home?
SELECT * FROM bill_comparison('Ordinance 5244 and service charges', 'Ordinance 6000', 'A1', '3/4');

-- 6. Draft a rate of your own, and see who checks it.
SELECT draft_schedule('Mine', based_on => 'Ordinance 6000');
UPDATE water_volume SET rate_per_1000 = 12.50 WHERE schedule = 'Mine' AND class = 'A1';
SELECT * FROM check_schedule('Mine');
