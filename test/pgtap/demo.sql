-- The sample city of the demo with few accounts: its scripts run, lose no account and bill what bill_total says.
\set ON_ERROR_STOP 1
\set accounts 4000
\set period 2025-10-01
\o /dev/null
\ir ../demo/sample.sql
\ir ../demo/rates.sql
\ir ../demo/billing.sql
\ir ../demo/show.sql
\ir ../demo/proposal.sql
\o
\pset format unaligned
\pset tuples_only on

SELECT plan(18);

SELECT is((SELECT count(*) FROM cis.account), 4000::bigint, 'as many accounts as asked for');
SELECT is((SELECT count(DISTINCT upper(trim(class_code))) FROM cis.account WHERE trim(class_code) NOT IN ('', 'A7')),
	8::bigint, 'every class is there');
SELECT is((SELECT count(*) FROM cis.to_bill),
	(SELECT count(DISTINCT account) FROM cis.bill) + (SELECT count(*) FROM cis.set_aside),
	'each account is billed or set aside, none both, none lost');

SELECT is((SELECT sum(amount) FROM cis.bill WHERE account = '00000001' AND service IN ('water', 'sewer')), 40.45,
	'account 1 is the worked example');
SELECT is((SELECT sum(amount) FROM cis.bill WHERE account = '00000001' AND service = 'service'), 16.50 + 4.00 + 3.00,
	'and pays for a garbage cart, brush and drainage');
SELECT is((SELECT DISTINCT schedule FROM cis.bill), 'Ordinance 5244 and service charges', 'all by the city''s own schedule');
SELECT is((SELECT sum(amount) FROM cis.bill), (SELECT sum(total) FROM cis.charges), 'the lines add up to the totals');
SELECT is((SELECT (mission_rates.account_revenue(t)).total FROM cis.to_bill AS t), (SELECT sum(total) FROM cis.charges),
	'which are the revenue');
SELECT is_empty($$
	SELECT c.account FROM cis.charges AS c
	LEFT JOIN (SELECT account, sum(amount) AS total FROM cis.bill GROUP BY account) AS b USING (account)
	WHERE c.total IS DISTINCT FROM b.total$$, 'and each account''s lines to its own');
SELECT is_empty('SELECT * FROM cis.bill WHERE amount IS DISTINCT FROM round(quantity * rate, 2)',
	'each line is quantity times rate');

SELECT results_eq($$SELECT DISTINCT code COLLATE "C" FROM cis.set_aside ORDER BY 1$$,
	$$VALUES ('class_null' COLLATE "C"), ('class_unknown'), ('gallons_negative'), ('gallons_null'), ('meter_unknown')$$,
	'every kind of dirty row is set aside with its problem');
SELECT is_empty($$SELECT account FROM cis.set_aside GROUP BY account HAVING count(*) > 1$$, 'once each');

SELECT ok((SELECT count(*) FILTER (WHERE gallons BETWEEN 5000 AND 9000) / count(*)::numeric BETWEEN 0.34 AND 0.40
	FROM cis.to_bill WHERE upper(trim(class)) = 'A1'), 'about 37 percent of residential customers take 5,000 to 9,000 gallons');
SELECT ok((SELECT count(*) FILTER (WHERE gallons < 5000) / count(*)::numeric BETWEEN 0.27 AND 0.33
	FROM cis.to_bill WHERE upper(trim(class)) = 'A1'), 'about 30 percent less');

SELECT is_empty($$
	SELECT attrelid::regclass, attname FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid
	WHERE c.relnamespace = 'cis'::regnamespace AND c.relkind = 'r' AND atttypid IN (
		SELECT oid FROM pg_type WHERE typnamespace = 'mission_rates'::regnamespace)$$,
	'no table of the city has a column of the extension''s types');
SELECT is((SELECT count(*) FROM mission_rates.compare_schedules('Ordinance 5244 and service charges', 'Ordinance 6000')
	WHERE percent NOT BETWEEN 5 AND 7 AND rate_table <> 'service_charge'), 0::bigint,
	'the proposal raises water and sewer by about 6 percent');
SELECT throws_ok('INSERT INTO cis.bill SELECT * FROM cis.bill', '23505', NULL, 'no account is billed twice');
SELECT lives_ok($$DROP EXTENSION mission_rates CASCADE; SELECT count(*) FROM cis.bill$$,
	'the bills stay when the extension goes');

SELECT * FROM finish();
