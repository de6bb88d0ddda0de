-- jobs.sql: the tables of whole jobs: a bill run, an audit, wide rows.
--
-- psql variables: jobs (how many accounts), wide (the list of 45 more columns).

CREATE TABLE bench.jobs AS
SELECT row_number() OVER () AS account, t.* FROM (SELECT * FROM bench.typed LIMIT :jobs) AS t;

-- The audit: what was billed, with one amount in a hundred wrong.
ALTER TABLE bench.jobs ADD COLUMN billed numeric;
UPDATE bench.jobs AS j SET billed = mission_rates.account_total(j) + CASE WHEN account % 100 = 0 THEN 0.01 ELSE 0 END;

-- Rows of 50 columns, and rows with a note that is stored out of line.
CREATE TABLE bench.columns50 AS SELECT t.*, :wide FROM (SELECT * FROM bench.typed LIMIT :jobs) AS t;
CREATE TABLE bench.few AS SELECT * FROM bench.typed LIMIT 2000;
CREATE TABLE bench.note AS
SELECT f.*, (SELECT string_agg(md5(n || f.meter::text || f.gallons), '') FROM generate_series(1, 640) AS n) AS note FROM bench.few AS f;

-- What a good engineer would write for the lines of a bill run: everything that a line may say in one row for each class,
-- size and place, to be joined once.
CREATE TABLE bench.pivot AS
SELECT r.class, m.meter_size AS meter, m.service_area AS area, r.class::text AS rate_class, m.meter_size::text AS rate_meter,
	m.service_area::text AS rate_area, s.schedule, s.effective_from,
	coalesce(lead(s.effective_from) OVER (PARTITION BY r.class, m.meter_size, m.service_area ORDER BY s.effective_from), 'infinity') AS until,
	format('Water minimum, %s inch, %s', m.meter_size, m.service_area) AS d1, 'Water volume, gallons 1,000 to 19,999' AS d2,
	'Water volume, gallons 20,000 and up' AS d3,
	CASE WHEN w.rate_per_1000 IS NULL THEN 'Sewer flat rate, ' ELSE 'Sewer fixed rate, ' END || r.label AS d4,
	'Sewer volume, ' || r.label || CASE WHEN w.factor <> 1 THEN ', factor ' || trim_scale(w.factor) ELSE '' END AS d5,
	round(m.amount, 2) AS r1, v.lo AS r2, v.hi AS r3, round(w.fixed, 2) AS r4, w.rate_per_1000 AS r5, (v.lo * 10000)::bigint AS lo,
	(v.hi * 10000)::bigint AS hi, coalesce(w.factor, 1) AS factor, coalesce((w.rate_per_1000 * 10000)::bigint, 0) AS sewer,
	w.rate_per_1000 IS NULL AS flat, m.section AS water_section, w.section AS sewer_section
FROM mission_rates.schedule AS s
JOIN mission_rates.class_rule AS r USING (schedule)
JOIN mission_rates.water_minimum AS m ON m.schedule = s.schedule AND m.rate_group = r.rate_group AND m.service_area = r.service_area
JOIN (
	SELECT schedule, class, max(rate_per_1000) FILTER (WHERE above_gallons = 999) AS lo,
		max(rate_per_1000) FILTER (WHERE above_gallons = 19999) AS hi
	FROM mission_rates.water_volume
	GROUP BY schedule, class
) AS v ON v.schedule = s.schedule AND v.class = r.class
JOIN mission_rates.sewer_rate AS w ON w.schedule = s.schedule AND w.class = r.class
WHERE s.effective_from IS NOT NULL;

CREATE TABLE bench.ledger (account bigint, LIKE mission_rates.bill_line);
-- One with a column of its own, into which the server does not copy ready rows whole.
CREATE TABLE bench.own_ledger (LIKE bench.ledger, run integer NOT NULL DEFAULT 1);
CREATE TABLE bench.ready AS
SELECT a.account, b.* FROM bench.jobs AS a CROSS JOIN LATERAL mission_rates.account_bill(a) AS b;

-- A draft with 256 services, of which an account has 16.
SELECT mission_rates.draft_schedule('Many services', 'Ordinance 5244') \g /dev/null
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, every_bill, label)
SELECT 'Many services', 'service_' || n, r.class, n * 0.05, 'month', false, 'Service ' || n
FROM mission_rates.class_rule AS r, generate_series(1, 256) AS n
WHERE r.schedule = 'Many services';

VACUUM ANALYZE bench.jobs, bench.columns50, bench.few, bench.note, bench.pivot, bench.ready;
