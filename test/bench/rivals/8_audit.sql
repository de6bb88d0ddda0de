-- The audit: which amounts billed differ from what the rates say, in cents.
SELECT count(*)
FROM bench.jobs AS a
JOIN bench.pivot AS t ON t.class = a.class AND t.meter = a.meter AND t.area = a.area
	AND a.service_date >= t.effective_from AND a.service_date < t.until
WHERE (t.r1 * 100)::bigint + (t.r4 * 100)::bigint + (greatest(least(a.gallons, 19999) - 999, 0) * t.lo + 50000) / 100000
	+ (greatest(a.gallons - 19999, 0) * t.hi + 50000) / 100000 + CASE WHEN t.flat THEN 0 ELSE (a.gallons * t.sewer + 50000) / 100000 END
	IS DISTINCT FROM (a.billed * 100)::bigint;
