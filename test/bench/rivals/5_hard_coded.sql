-- Prints one ordinance hard-coded, as a patient programmer would tune it: classes with equal rates in one branch, blocks as
-- one CASE with the full second block as a constant; dates are not looked at.
WITH rate AS (
	SELECT r.class, r.rate_group, r.service_area AS area, (v.lo * 10000)::bigint AS lo, (v.hi * 10000)::bigint AS hi
	FROM mission_rates.class_rule AS r
	JOIN (
		SELECT class, max(rate_per_1000) FILTER (WHERE above_gallons = 999) AS lo, max(rate_per_1000) FILTER (WHERE above_gallons = 19999) AS hi
		FROM mission_rates.water_volume WHERE schedule = 'Ordinance 5244' GROUP BY class
	) AS v USING (class)
	WHERE r.schedule = 'Ordinance 5244' AND r.rate_group IS NOT NULL
), minimum AS (
	SELECT string_agg(format('WHEN %s THEN CASE meter %s END', g.classes, s.sizes), ' ' ORDER BY g.classes) AS branches
	FROM (SELECT rate_group, area, string_agg(format('class = %L', class), ' OR ' ORDER BY class) AS classes FROM rate GROUP BY rate_group, area) AS g
	CROSS JOIN LATERAL (
		SELECT string_agg(format('WHEN %L THEN %s::bigint', m.meter_size, (m.amount * 100)::bigint), ' ' ORDER BY m.meter_size) AS sizes
		FROM mission_rates.water_minimum AS m
		WHERE m.schedule = 'Ordinance 5244' AND m.rate_group = g.rate_group AND m.service_area = g.area
	) AS s
), volume AS (
	SELECT string_agg(format('WHEN %s THEN CASE WHEN gallons <= 999 THEN 0::bigint WHEN gallons <= 19999 THEN ((gallons - 999) * %s + 50000) / 100000 '
		'ELSE %s + ((gallons - 19999) * %s + 50000) / 100000 END', g.classes, g.lo, (19000 * g.lo + 50000) / 100000, g.hi), ' ' ORDER BY g.classes) AS branches
	FROM (SELECT lo, hi, string_agg(format('class = %L', class), ' OR ' ORDER BY class) AS classes FROM rate GROUP BY lo, hi) AS g
)
SELECT format('SELECT round(sum(CASE %s END + CASE %s END) / 100.0, 2) FROM bench.accounts', minimum.branches, volume.branches)
FROM minimum, volume;
