WITH pivot AS (
	SELECT r.class, m.meter_size, m.amount, v.lo, v.hi, s.effective_from,
		coalesce(lead(s.effective_from) OVER (PARTITION BY r.class, m.meter_size ORDER BY s.effective_from), 'infinity') AS until
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
	WHERE s.effective_from IS NOT NULL
)
SELECT sum(p.amount + round(greatest(least(a.gallons, 19999) - 999, 0) * p.lo / 1000, 2)
	+ round(greatest(a.gallons - 19999, 0) * p.hi / 1000, 2))
FROM bench.accounts AS a
JOIN pivot AS p ON p.class = a.class AND p.meter_size = a.meter
	AND a.service_date >= p.effective_from AND a.service_date < p.until;
