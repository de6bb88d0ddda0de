-- The lines of a bill run: one hash join to the pivoted rates, and for each account the lines that it has.
SELECT a.account, v.line, v.service, v.charge, v.description, v.quantity, v.unit, v.rate, v.amount, v.section, t.schedule, v.rate_class,
	v.rate_meter, v.rate_area, v.from_gallons, v.to_gallons
FROM bench.jobs AS a
JOIN bench.pivot AS t ON t.class = a.class AND t.meter = a.meter AND t.area = a.area
	AND a.service_date >= t.effective_from AND a.service_date < t.until
CROSS JOIN LATERAL (
	SELECT 1 AS line, 'water' AS service, 'water_minimum' AS charge, t.d1 AS description, 1::numeric AS quantity, 'month' AS unit, t.r1 AS rate,
		t.r1 AS amount, t.water_section AS section, NULL AS rate_class, t.rate_meter, t.rate_area, NULL::bigint AS from_gallons,
		NULL::bigint AS to_gallons
	UNION ALL
	SELECT 2, 'water', 'water_volume', t.d2, (least(a.gallons, 19999) - 999) * 0.001, '1,000 gallons', t.r2,
		((least(a.gallons, 19999) - 999) * t.lo + 50000) / 100000 * 0.01, t.water_section, t.rate_class, NULL, NULL, 1000, 19999
	WHERE a.gallons > 999
	UNION ALL
	SELECT 3, 'water', 'water_volume', t.d3, (a.gallons - 19999) * 0.001, '1,000 gallons', t.r3,
		((a.gallons - 19999) * t.hi + 50000) / 100000 * 0.01, t.water_section, t.rate_class, NULL, NULL, 20000, NULL
	WHERE a.gallons > 19999
	UNION ALL
	SELECT 2 + (a.gallons > 999)::integer + (a.gallons > 19999)::integer, 'sewer', 'sewer_fixed', t.d4, 1::numeric, 'month', t.r4, t.r4,
		t.sewer_section, t.rate_class, NULL, NULL, NULL, NULL
	UNION ALL
	SELECT 3 + (a.gallons > 999)::integer + (a.gallons > 19999)::integer, 'sewer', 'sewer_volume', t.d5, a.gallons * 0.001 * t.factor,
		'1,000 gallons', t.r5, round(a.gallons * 0.001 * t.factor * t.r5, 2), t.sewer_section, t.rate_class, NULL, NULL, 1, NULL
	WHERE a.gallons > 0 AND NOT t.flat
) AS v;
