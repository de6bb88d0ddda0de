-- show.sql: the monthly bill run of the sample city, and the first bill of it.
--
-- psql variable: period (the first day of the service period).

\pset footer off
\pset null ''
\pset title

SELECT clock_timestamp() AS started \gset
\ir run.sql
SELECT clock_timestamp() - :'started'::timestamptz AS took \gset

\pset tuples_only on
\pset format unaligned

\qecho 'The monthly bill run'
SELECT format('  %s: %s bills with %s lines and %s dollars in %s seconds, by one INSERT', to_char(:'period'::date, 'FMMonth YYYY'),
	to_char(count(DISTINCT b.account), 'FM999,999'), to_char(count(*), 'FM9,999,999'),
	to_char(sum(b.amount), 'FM999,999,990.00'), to_char(extract(epoch FROM :'took'::interval), 'FM990.0'))
FROM cis.bill AS b
WHERE b.service_date = :'period';
SELECT format('  %s accounts set aside: %s', to_char(sum(s.accounts), 'FM999,999'),
	string_agg(format('%s %s', s.accounts, s.code), ', ' ORDER BY s.accounts DESC, s.code))
FROM (SELECT s.code, count(*) AS accounts FROM cis.set_aside AS s WHERE s.service_date = :'period' GROUP BY s.code) AS s;
SELECT format('  audit: of the bills computed again %s agree to the cent and %s differ',
	to_char(count(*) FILTER (WHERE c.total = b.total), 'FM999,999'),
	count(*) FILTER (WHERE c.total IS DISTINCT FROM b.total))
FROM cis.charges AS c
LEFT JOIN (
	SELECT b.account, b.service_date, sum(b.amount) AS total
	FROM cis.bill AS b
	GROUP BY b.account, b.service_date
) AS b USING (account, service_date)
WHERE c.service_date = :'period';

\pset tuples_only off
\pset format aligned

\qecho
\qecho 'One of these bills: account 00000001, residential, 3/4 inch meter, 6,000 gallons, one garbage cart'
SELECT b.description, b.quantity, b.unit, b.rate, b.amount, '§ ' || b.section AS section
FROM cis.bill AS b
WHERE b.account = '00000001' AND b.service_date = :'period'
UNION ALL
SELECT 'Total', NULL, NULL, NULL, c.total, NULL
FROM cis.charges AS c
WHERE c.account = '00000001' AND c.service_date = :'period';
