-- show.sql: what mission_rates does, as a clerk would want to see it.
--
-- psql variable: period (the first day of the service period).

\pset footer off
\pset null ''
\pset title

\qecho
\qecho '=== One bill: account 00000001, residential, 3/4 inch meter, 6,000 gallons, one garbage cart'
\qecho
SELECT b.line, b.description, b.quantity, b.unit, b.rate, b.amount, '§ ' || b.section AS section
FROM cis.to_bill AS t
CROSS JOIN LATERAL mission_rates.account_bill(t) AS b
WHERE t.account = '00000001' AND t.service_date = :'period'
UNION ALL
SELECT NULL, 'Total', NULL, NULL, NULL, c.total, NULL
FROM cis.charges AS c
WHERE c.account = '00000001' AND c.service_date = :'period'
ORDER BY line;

\qecho '=== At the counter: a home owner builds; 3/4 inch tap, 12 feet of asphalt cut, 4 inch sewer line'
\qecho
SELECT q.line, q.description, q.quantity, q.unit, q.rate, q.amount, '§ ' || q.section AS section
FROM mission_rates.opening_quote('homeowner', tap_meter => '3/4', asphalt_feet => 12, sewer_line_inches => 4,
	schedule => 'Ordinance 5244') AS q
UNION ALL
SELECT NULL, 'Due now', NULL, NULL, NULL, sum(q.amount), NULL
FROM mission_rates.opening_quote('homeowner', tap_meter => '3/4', asphalt_feet => 12, sewer_line_inches => 4,
	schedule => 'Ordinance 5244') AS q
ORDER BY line;

\qecho '=== The rate sheet of the schedule in force'
\qecho
WITH cell AS (
	SELECT s.n, s.section, s.rate_table, s.item,
		CASE s.rate_table
			WHEN 'fee' THEN ''
			-- of "drainage, A1 Residential" the class
			WHEN 'service_charge' THEN split_part(split_part(s.column_label, ', ', 2), ' ', 1) || ' '
			ELSE s.column_label || '  '
		END AS label,
		coalesce(s.amount::text, s.unit) AS value,
		CASE WHEN s.rate_table = 'fee' THEN ' ' || s.unit ELSE '' END AS unit
	FROM mission_rates.rate_sheet(:'period') WITH ORDINALITY
		AS s(section, rate_table, item, column_label, amount, unit, n)
	WHERE s.rate_table NOT IN ('class_rule', 'schedule')
), aligned AS (
	SELECT c.n, c.section, c.rate_table, c.item,
		c.label || lpad(c.value, max(length(c.value)) OVER (PARTITION BY c.section, c.rate_table)) || c.unit AS text
	FROM cell AS c
), row AS (
	SELECT min(a.n) AS n, a.section, a.item, string_agg(a.text, '   ' ORDER BY a.n) AS amounts
	FROM aligned AS a
	GROUP BY a.section, a.rate_table, a.item
)
SELECT CASE WHEN r.section IS DISTINCT FROM lag(r.section) OVER (ORDER BY r.n) THEN '§ ' || r.section END AS section,
	r.item, r.amounts
FROM row AS r
ORDER BY r.n;

\qecho '=== The monthly bill run'
\qecho
SELECT clock_timestamp() AS started \gset
\ir run.sql
SELECT to_char(:'period'::date, 'FMMonth YYYY') AS period,
	to_char(count(DISTINCT b.account), '999,999') AS bills,
	to_char(count(*), '9,999,999') AS lines,
	to_char(sum(b.amount), '999,999,990.00') AS dollars,
	to_char((SELECT count(*) FROM cis.set_aside AS s WHERE s.service_date = :'period'), '999,999') AS set_aside,
	to_char(extract(epoch FROM clock_timestamp() - :'started'::timestamptz), '990.0') AS seconds
FROM cis.bill AS b
WHERE b.service_date = :'period';

\qecho '=== Accounts set aside, by problem (all of them: table cis.set_aside)'
\qecho
SELECT s.code, to_char(count(*), '999,999') AS accounts, min(s.account) AS first_account, min(s.problem) AS for_example
FROM cis.set_aside AS s
WHERE s.service_date = :'period'
GROUP BY s.code
ORDER BY count(*) DESC, s.code;

\qecho '=== Revenue by class, in dollars, straight from the accounts'
\qecho
SELECT coalesce(t.class, 'All') AS class,
	to_char(r.bills, '999,999') AS bills,
	to_char(r.water_minimum + r.water_volume, '9,999,990.00') AS water,
	to_char(r.sewer_fixed + r.sewer_volume + r.sewer_flat + r.dumping_station, '9,999,990.00') AS sewer,
	to_char(r.fire_sprinkler, '9,999,990.00') AS fire,
	to_char(r.services, '9,999,990.00') AS services,
	to_char(r.total, '9,999,990.00') AS total
FROM (
	SELECT upper(trim(t.class)) AS class, (mission_rates.account_revenue(t)).*
	FROM cis.to_bill AS t
	WHERE t.service_date = :'period'
	GROUP BY ROLLUP (upper(trim(t.class)))
) AS r
CROSS JOIN LATERAL (SELECT r.class) AS t(class)
WHERE r.bills > 0
ORDER BY r.class NULLS LAST;

\qecho '=== Audit of the run: every bill computed again (a row for each kind of finding)'
\qecho
SELECT k.finding, to_char(count(*), '999,999') AS accounts
FROM cis.charges AS c
LEFT JOIN (
	SELECT b.account, b.service_date, sum(b.amount) AS total
	FROM cis.bill AS b
	GROUP BY b.account, b.service_date
) AS b USING (account, service_date)
CROSS JOIN LATERAL (SELECT CASE
	WHEN c.problem IS NOT NULL AND b.total IS NULL THEN 'set aside'
	WHEN c.total = b.total THEN 'billed, and the lines add up to the total'
	ELSE 'differs' END) AS k(finding)
WHERE c.service_date = :'period'
GROUP BY k.finding
ORDER BY k.finding;
