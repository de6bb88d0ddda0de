-- show.sql: what mission_rates does, as a clerk would want to see it.
--
-- psql variable: period (the first day of the service period).

\pset footer off
\pset null ''
\pset title

\qecho
\qecho '=== One bill: account 00000001, residential, 3/4 inch meter, 6,000 gallons'
\qecho
SELECT b.line, b.description, b.quantity, b.unit, b.rate, b.amount, '§ ' || b.section AS section
FROM cis.to_bill AS t
CROSS JOIN LATERAL mission_rates.bill(mission_rates.to_customer_class(t.class), mission_rates.to_meter_size(t.meter),
	t.gallons::bigint, mission_rates.to_service_area(t.area), service_date => t.service_date) AS b
WHERE t.account = '00000001' AND t.service_date = :'period'
UNION ALL
SELECT NULL, 'Total', NULL, NULL, NULL, p.total, NULL
FROM cis.priced AS p
WHERE p.account = '00000001' AND p.service_date = :'period'
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

\qecho '=== The rate sheet of Ordinance 5244'
\qecho
WITH cell AS (
	SELECT s.n, s.section, s.rate_table, s.item,
		CASE WHEN s.rate_table = 'fee' THEN '' ELSE s.column_label || '  ' END AS label,
		coalesce(s.amount::text, s.unit) AS value,
		CASE WHEN s.rate_table = 'fee' THEN ' ' || s.unit ELSE '' END AS unit
	FROM mission_rates.rate_sheet(schedule => 'Ordinance 5244') WITH ORDINALITY
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
SELECT k.problem, to_char(count(*), '999,999') AS accounts, min(s.account) AS first_account
FROM cis.set_aside AS s
CROSS JOIN LATERAL regexp_replace(s.problem, '(: -[0-9]+)?( \(schedule .*\))?$', '') AS k(problem)
WHERE s.service_date = :'period'
GROUP BY k.problem
ORDER BY count(*) DESC, k.problem;

\qecho '=== Revenue by class, in dollars'
\qecho
SELECT coalesce(k.class, 'All') AS class,
	to_char(count(DISTINCT b.account), '999,999') AS bills,
	to_char(sum(b.amount) FILTER (WHERE b.charge = 'water_minimum'), '9,999,990.00') AS water_minimum,
	to_char(sum(b.amount) FILTER (WHERE b.charge = 'water_volume'), '9,999,990.00') AS water_volume,
	to_char(sum(b.amount) FILTER (WHERE b.charge = 'sewer_fixed'), '9,999,990.00') AS sewer_fixed,
	to_char(sum(b.amount) FILTER (WHERE b.charge = 'sewer_volume'), '9,999,990.00') AS sewer_volume,
	to_char(sum(b.amount) FILTER (WHERE b.charge NOT IN
		('water_minimum', 'water_volume', 'sewer_fixed', 'sewer_volume')), '9,999,990.00') AS other,
	to_char(sum(b.amount), '9,999,990.00') AS total
FROM cis.bill AS b
JOIN cis.account AS a ON a.account_no = b.account
CROSS JOIN LATERAL (SELECT upper(trim(a.class_code)) AS class) AS k
WHERE b.service_date = :'period'
GROUP BY GROUPING SETS ((k.class), ())
ORDER BY k.class NULLS LAST;
