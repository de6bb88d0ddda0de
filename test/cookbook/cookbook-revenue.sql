-- ## Revenue by class
-- answer
CREATE TABLE t.by_class AS
SELECT upper(btrim(class)) AS class, count(total) AS bills, count(*) - count(total) AS aside, coalesce(sum(gallons) FILTER (WHERE total > 0), 0) AS gallons,
	coalesce(sum(wm), 0.00) AS wm, coalesce(sum(v1 + v2), 0.00) AS v, coalesce(sum(sf), 0.00) AS sf, coalesce(sum(sv), 0.00) AS sv, coalesce(sum(total), 0.00) AS total
FROM t.rated WHERE service_date BETWEEN '2025-11-01' AND '2026-10-01' GROUP BY 1;
SELECT * FROM (SELECT * FROM t.by_class UNION ALL SELECT 'all', sum(bills), sum(aside), sum(gallons), sum(wm), sum(v), sum(sf), sum(sv), sum(total) FROM t.by_class) AS a
ORDER BY class = 'all', class;

-- ## Revenue by GL account, before and after a draft
INSERT INTO cis.gl VALUES ('water_minimum', '1', 'Minimum'), ('water_volume', '2', 'Volume'), ('sewer_fixed', '3', 'Sewer'), ('drainage', '4', 'Drainage');
-- answer
CREATE VIEW t.draft AS
SELECT s.*, b.wm AS dwm, b.v1 + b.v2 AS dv, b.sf AS dsf, b.sv AS dsv, b.total + s.drainage + s.carts * 18.35 AS dtotal
FROM t.served AS s
-- outside the city sewer is A8's, whose rate per 1,000 gallons is NULL and stays so
CROSS JOIN LATERAL t.bill(s.class, s.meter, s.gallons, s.area, more => '{0,0,0.15,0.75,0.20}') AS b;
CREATE TABLE t.gl AS
SELECT l.account, l.name, sum(l.today) AS today, sum(l.draft) AS draft
FROM t.draft AS d
CROSS JOIN LATERAL (VALUES ('1', 'Minimum', d.wm, d.dwm), ('2', 'Volume', d.v1 + d.v2, d.dv), ('3', 'Sewer', d.sf, d.dsf), ('4', 'Drainage', d.drainage, d.drainage),
	('unassigned', 'garbage', d.garbage, d.carts * 18.35), ('unassigned', 'sewer_volume', d.sv, d.dsv)) AS l (account, name, today, draft)
WHERE d.service_date = '2026-10-01'
GROUP BY l.account, l.name;
SELECT *, draft - today FROM t.gl ORDER BY account, name;
SELECT sum(today), sum(draft), 0.00, 0.00, (SELECT count(*) FROM t.rated WHERE service_date = '2026-10-01' AND total IS NULL) FROM t.gl;

-- ## Impact by class and street
-- answer
WITH change AS (
	SELECT upper(btrim(d.class)) AS class, d.street, d.total + d.garbage + d.drainage AS today, d.dtotal - d.total - d.garbage - d.drainage AS more,
		row_number() OVER w AS n, count(*) OVER (PARTITION BY upper(btrim(d.class)), d.street) AS bills
	FROM t.draft AS d
	WHERE d.service_date BETWEEN '2025-11-01' AND '2026-10-01'
	WINDOW w AS (PARTITION BY upper(btrim(d.class)), d.street ORDER BY d.dtotal - d.total - d.garbage - d.drainage)
)
SELECT class, street, count(*), sum((more > 5)::int), min(more) FILTER (WHERE n * 10 >= bills), min(more) FILTER (WHERE n * 2 >= bills),
	min(more) FILTER (WHERE n * 10 >= bills * 9), round(100 * sum(more) / sum(today), 2)
FROM change GROUP BY class, street ORDER BY class, street;

-- ## Bill tabulation and the price of a new block
-- answer
CREATE TABLE t.tab AS
SELECT s.to_gallons, u.*
FROM generate_series(0, 24000, 1000) AS s (to_gallons)
CROSS JOIN LATERAL (
	SELECT count(*) FILTER (WHERE r.gallons > s.to_gallons - 1000 AND r.gallons <= s.to_gallons) AS bills,
		coalesce(sum(r.gallons) FILTER (WHERE r.gallons > s.to_gallons - 1000 AND r.gallons <= s.to_gallons), 0) AS gallons,
		count(*) FILTER (WHERE r.gallons <= s.to_gallons) AS cumulative, coalesce(sum(r.gallons) FILTER (WHERE r.gallons <= s.to_gallons), 0) AS used,
		sum(least(r.gallons, s.to_gallons)) AS consolidated, max(r.gallons) AS most
	FROM t.rated AS r
	WHERE lower(btrim(r.class)) = 'a1' AND lower(btrim(r.area)) = 'inside' AND r.service_date >= '2025-11-01' AND r.total IS NOT NULL
) AS u;
SELECT greatest(to_gallons - 999, 0), to_gallons, bills, gallons, cumulative, used, consolidated FROM t.tab WHERE to_gallons - 1000 < most ORDER BY to_gallons;
CREATE TABLE t.sold AS
SELECT sum(least(r.gallons, 8000) - 5000) AS gallons,
	-- the lines of the new block, cut where it begins and ends
	sum(round(4.001 * 2.25, 2) + round((least(r.gallons, 8000) - 5000) * 2.65 / 1000, 2) + round(greatest(least(r.gallons, 19999) - 8000, 0) * 2.25 / 1000, 2) - r.v1) AS dollars
FROM t.rated AS r
WHERE lower(btrim(r.class)) = 'a1' AND lower(btrim(r.area)) = 'inside' AND r.service_date >= '2025-11-01' AND r.gallons > 5000;
SELECT gallons, round(gallons / 2500, 2) FROM t.sold;
SELECT dollars FROM t.sold;

-- ## The line of a survey
INSERT INTO cis.survey VALUES ('A2', '1', 12345), ('A9', '5/8', 999), ('A5', '2', 20001);
-- answer
VALUES ('A2', 12345, 13.46 + 28.37, 11.50 + 30.86), ('A5', 20001, 47.43 + 47.50 + 0.01, 11.50 + 63.60), ('A9', 999, 11.50, 9.00 + 1.45);
