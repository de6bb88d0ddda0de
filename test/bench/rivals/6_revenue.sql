-- Revenue by class and charge: rival 1 with sewer joined likewise, one scaled sum for each charge.
WITH pivot AS (
	SELECT r.class, m.meter_size, m.service_area AS area, (m.amount * 100)::bigint AS amount, (v.lo * 10000)::bigint AS lo, (v.hi * 10000)::bigint AS hi,
		(w.fixed * 100)::bigint AS fixed, coalesce((w.rate_per_1000 * w.factor * 10000)::bigint, 0) AS sewer, s.effective_from,
		coalesce(lead(s.effective_from) OVER (PARTITION BY r.class, m.meter_size, m.service_area ORDER BY s.effective_from), 'infinity') AS until
	FROM mission_rates.schedule AS s
	JOIN mission_rates.class_rule AS r USING (schedule)
	JOIN mission_rates.water_minimum AS m ON m.schedule = s.schedule AND m.rate_group = r.rate_group
		AND m.service_area = r.service_area
	JOIN (
		SELECT schedule, class, max(rate_per_1000) FILTER (WHERE above_gallons = 999) AS lo,
			max(rate_per_1000) FILTER (WHERE above_gallons = 19999) AS hi
		FROM mission_rates.water_volume
		GROUP BY schedule, class
	) AS v ON v.schedule = s.schedule AND v.class = r.class
	JOIN mission_rates.sewer_rate AS w ON w.schedule = s.schedule AND w.class = r.class
	WHERE s.effective_from IS NOT NULL
)
SELECT a.class, count(*), sum(a.gallons), round(sum(p.amount) / 100.0, 2) AS water_minimum,
	round(sum((greatest(least(a.gallons, 19999) - 999, 0) * p.lo + 50000) / 100000 + (greatest(a.gallons - 19999, 0) * p.hi + 50000) / 100000) / 100.0, 2)
		AS water_volume,
	round(sum(p.fixed) / 100.0, 2) AS sewer_fixed, round(sum((a.gallons * p.sewer + 50000) / 100000) / 100.0, 2) AS sewer_volume
FROM bench.typed AS a
JOIN pivot AS p ON p.class = a.class AND p.meter_size = a.meter AND p.area = a.area
	AND a.service_date >= p.effective_from AND a.service_date < p.until
GROUP BY a.class ORDER BY a.class;
