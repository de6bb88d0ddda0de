-- ## The sample city
-- Ordinance 5244 as it is printed, for one connection: minimum, volume, sewer.  "more" is what a draft adds to the
-- minimum, to both blocks, and to the two sewer rates.  No row where the class or the gallons are not known.
CREATE SCHEMA t;
CREATE FUNCTION t.bill(class text, size numeric, gallons numeric, place text, sewer_gallons numeric DEFAULT NULL,
	more numeric[] DEFAULT '{0,0,0,0,0}')
RETURNS TABLE (wm numeric, v1 numeric, v2 numeric, sf numeric, sv numeric, total numeric, q1 numeric, q2 numeric,
	r1 numeric, r2 numeric, rs numeric)
LANGUAGE sql STABLE AS $$
	SELECT m.amount, l.v1, l.v2, s.fixed, l.sv, m.amount + l.v1 + l.v2 + s.fixed + l.sv, q.q1, q.q2, r.r1, r.r2, s.rate
	FROM (SELECT upper(btrim(class)) AS c, lower(btrim(place)) = 'outside' OR upper(btrim(class)) = 'A8' AS out) AS a
	JOIN LATERAL (
		SELECT CASE WHEN a.c IN ('A2', 'A5') THEN CASE WHEN a.out THEN com_out ELSE com END ELSE CASE WHEN a.out THEN res_out ELSE res END END
			+ more[1] AS amount
		FROM (VALUES (0.5, 11.50, 14.44, 12.50, 15.62), (0.625, 11.50, 14.44, 12.50, 15.62), (0.75, 11.50, 14.44, 12.50, 15.62),
			(1, 12.44, 15.63, 13.46, 16.91), (1.5, 34.73, 49.80, 37.57, 53.87), (2, 43.85, 62.89, 47.43, 68.03),
			(3, 62.15, 89.11, 67.24, 96.40), (4, 80.39, 115.17, 86.97, 124.59)) AS printed (inches, res, res_out, com, com_out)
		WHERE printed.inches = size) AS m ON a.c IN ('A1', 'A2', 'A3', 'A4', 'A5', 'A8', 'A9')
	CROSS JOIN LATERAL (SELECT CASE WHEN a.out THEN 2.87 WHEN a.c IN ('A2', 'A5') THEN 2.50 ELSE 2.25 END + more[2] AS r1,
		CASE WHEN a.out THEN 3.26 WHEN a.c IN ('A2', 'A5') THEN 2.75 ELSE 2.50 END + more[3] AS r2) AS r
	CROSS JOIN LATERAL (SELECT CASE WHEN a.out THEN 26.00 WHEN a.c IN ('A2', 'A5') THEN 11.50 ELSE 9.00 END + more[4] AS fixed,
		CASE WHEN a.out THEN 0 WHEN a.c = 'A5' THEN 3.18 + more[5] WHEN a.c = 'A2' THEN 2.50 + more[5] ELSE 1.45 + more[5] END AS rate) AS s
	CROSS JOIN LATERAL (SELECT greatest(least(gallons, 19999) - 999, 0) / 1000.0 AS q1, greatest(gallons - 19999, 0) / 1000.0 AS q2) AS q
	CROSS JOIN LATERAL (SELECT round(q.q1 * r.r1, 2) AS v1, round(q.q2 * r.r2, 2) AS v2,
		round(coalesce(sewer_gallons, gallons) * s.rate / 1000, 2) AS sv) AS l
	WHERE gallons IS NOT NULL
$$;

INSERT INTO cis.account
SELECT n, (ARRAY['Mayberry Rd', 'E 8th St'])[1 + n % 2],
	CASE WHEN n IN (13, 22) THEN '' WHEN n % 9 = 5 THEN 'a5' WHEN n % 6 = 0 THEN ' A2' WHEN n % 8 = 3 THEN 'A8' ELSE 'a1' END,
	CASE WHEN n % 6 = 0 THEN 2 WHEN n % 4 = 1 THEN 0.625 ELSE 1 END,
	CASE WHEN n % 8 = 3 OR n % 12 = 0 THEN 'OUTSIDE' ELSE 'inside ' END,
	n % 3, n % 8 = 4
FROM generate_series(1, 40) AS n;

INSERT INTO cis.reading
SELECT a.account, p.period::date,
	CASE WHEN a.account IN (15, 31) AND p.period = '2026-08-01' THEN NULL
		ELSE (a.account * 1571 + extract(epoch FROM p.period)::bigint / 86400 * 331) % 24001 END
FROM cis.account AS a, generate_series(date '2024-11-01', date '2026-10-01', interval '1 month') AS p (period);

CREATE VIEW t.rated AS
SELECT t.*, b.*, t.class IN ('', '   ') AS no_class
FROM cis.to_bill AS t
LEFT JOIN LATERAL t.bill(t.class, t.meter, t.gallons, t.area) AS b ON true;

-- answer
SELECT account, gallons, CASE WHEN no_class THEN 'class_null' WHEN gallons IS NULL THEN 'gallons_null' END, wm, v1 + v2, sf, sv, total
FROM t.rated WHERE service_date = '2026-08-01' AND account BETWEEN 12 AND 19 ORDER BY account;

-- ## Garbage and drainage
-- Drainage 3.00, or 6.00 in the commercial minimum table; garbage 17.25 a cart; outside both are class A8's.
CREATE VIEW t.served AS
SELECT r.*, a.carts, a.senior, a.carts * 17.25 AS garbage,
	CASE WHEN upper(btrim(r.class)) IN ('A2', 'A5') AND lower(btrim(r.area)) <> 'outside' THEN 6.00 ELSE 3.00 END AS drainage
FROM t.rated AS r JOIN cis.account AS a USING (account)
WHERE r.total IS NOT NULL;
-- answer
VALUES (1, 'Water minimum, 3/4 inch, inside', '1', 'month', 11.50, 11.50), (2, 'Water volume, gallons 1,000 to 19,999', '5.001', '1,000 gallons', 2.25, 11.25),
	(3, 'Sewer fixed rate, Residential', '1', 'month', 9.00, 9.00), (4, 'Sewer volume, Residential', '6.000', '1,000 gallons', 1.45, 8.70),
	(5, 'Drainage', '1', 'month', 3.00, 3.00), (6, 'Garbage cart', '2', 'each', 17.25, 34.50);
SELECT account, wm + v1 + v2, sf + sv, garbage + drainage, total + garbage + drainage
FROM t.served WHERE service_date = '2026-10-01' AND account <= 4 ORDER BY account;
SELECT count(*), sum(garbage + drainage), sum(total + garbage + drainage) FROM t.served WHERE service_date = '2026-10-01';
