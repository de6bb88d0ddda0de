-- ## A drought surcharge
-- answer
SELECT r.account, l.charge, l.quantity, l.rate, l.amount
FROM t.rated AS r
CROSS JOIN LATERAL (VALUES (1, 'water_volume', round(r.q1, 3), r.r1, r.v1), (2, 'water_volume', round(r.q2, 3), r.r2, r.v2),
	(3, 'drought', r.v1 + r.v2, 0.15, round((r.v1 + r.v2) * 0.15, 2))) AS l (n, charge, quantity, rate, amount)
WHERE r.account IN (2, 14) AND r.service_date = '2026-10-01' AND l.quantity > 0
ORDER BY r.account, l.n;

-- ## A senior discount
UPDATE cis.account SET senior = account <> 16, carts = account % 3 WHERE account IN (8, 10, 16);
-- answer
SELECT r.account, CASE WHEN a.senior THEN '{"senior": true, ' ELSE '{' END || format('"garbage": %s}', a.carts), s.amount, r.total + s.amount
FROM t.rated AS r
JOIN cis.account AS a USING (account)
CROSS JOIN LATERAL (SELECT 3.00 + 17.25 * a.carts - CASE WHEN a.senior THEN round(r.total * 0.10, 2) ELSE 0 END AS amount) AS s
WHERE r.account IN (8, 10, 16) AND r.service_date = '2026-10-01'
ORDER BY r.account;

-- ## Blocks by each account's own winter average
DELETE FROM cis.reading WHERE account = 5 AND period < '2026-03-01';
DELETE FROM cis.reading WHERE account = 6 AND period BETWEEN '2025-12-01' AND '2026-02-01';
-- answer
SELECT j.account, j.gallons, w.average, q.quantity, q.rate, q.amount
FROM cis.reading AS j
LEFT JOIN (SELECT account, div(sum(gallons), count(gallons)) AS average FROM cis.reading
	WHERE period IN ('2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01') GROUP BY account) AS w USING (account)
LEFT JOIN LATERAL (SELECT trim_scale((j.gallons - w.average) / 1000) AS quantity, 1.25 AS rate, round((j.gallons - w.average) / 800, 2) AS amount) AS q
	ON j.gallons > w.average
WHERE j.period = '2026-07-01' AND j.account IN (4, 5, 6, 7, 8)
ORDER BY j.account;

-- ## Seasonal rates
INSERT INTO cis.season_bill VALUES ('A5', '2', 123456, '2207-12-31'), ('A5', '2', 123456, '2207-07-01'), ('A2', '1', 19999, '2207-07-02');
-- answer
SELECT x.day, x.class, x.gallons, x.schedule, b.v1 + b.v2, b.total
FROM (VALUES ('2207-07-01', 'A5', 2, 123456, 0.50, 'Summer 2207'), ('2207-07-02', 'A2', 1, 19999, 0.50, 'Summer 2207'), ('2207-12-31', 'A5', 2, 123456, 0, 'Winter 2207'))
	AS x (day, class, size, gallons, more, schedule)
CROSS JOIN LATERAL t.bill(x.class, x.size, x.gallons, 'inside', more => ARRAY[0, 0, x.more, 0, 0]) AS b
ORDER BY x.day;

-- ## Three years at once, amended in the second
-- answer
CREATE TABLE t.plan AS
SELECT x.*, round(x.old * 1.06, 2) AS new, round(round(x.old * 1.06, 2) * 1.06, 2) AS third
FROM (VALUES ('water_minimum', 'commercial, 3/4 inch, inside', 12.50), ('water_minimum', 'residential, 3/4 inch, inside', 11.50),
	('water_volume', 'class A1, above 19,999 gallons, rate_per_1000', 2.50), ('water_volume', 'class A1, above 999 gallons, rate_per_1000', 2.25),
	('', 'residential, 3/4 inch, outside', 14.44)) AS x (rate_table, item, old);
SELECT rate_table, item, old, new, round(100 * (new - old) / old, 2) FROM t.plan WHERE rate_table <> '' ORDER BY rate_table, item;
-- two tables of eight lines, the first for three sizes, inside and outside; two blocks of seven classes; fire protection
SELECT 2 * 2 * (8 + 2) + 2 * 7 + 1;
SELECT item, new - half, third, third - new + half
FROM (SELECT p.*, CASE WHEN item LIKE '%inside' THEN 0.50 ELSE 0 END AS half FROM t.plan AS p) AS p WHERE item LIKE 'residential%' ORDER BY item;
-- 6,000 gallons inside, residential: minimum, 5.001 thousand in the first block, and sewer, which stays
CREATE TABLE t.year AS
SELECT m.old + round(5.001 * v.old, 2) + 17.70 AS today, m.new + round(5.001 * v.new, 2) + 17.70 AS second, m.third + round(5.001 * v.third, 2) + 17.70 AS third
FROM t.plan AS m, t.plan AS v WHERE m.item = 'residential, 3/4 inch, inside' AND v.item LIKE '%above 999 %';
SELECT d.day, d.total
FROM t.year AS y
CROSS JOIN LATERAL (VALUES ('2207-12-01', y.today), ('2208-06-01', y.second), ('2208-07-01', y.second - 0.50), ('2209-01-01', y.third)) AS d (day, total);
SELECT third - 0.50 FROM t.year;

-- ## Proof-reading
-- answer
VALUES ('', 'Drainage, on every bill', 'drainage, A1 Residential', '3.00', 'month'),
	('', 'Senior discount, 10 percent', 'senior, A1 Residential', '-0.10', 'dollar of sewer_fixed, sewer_volume, water_minimum, water_volume'),
	('114-54(c)(2)', 'A1 Residential', 'gallons 1,000 to 19,999', '2.25', '1,000 gallons'), ('114-54(c)(2)', 'A1 Residential', 'gallons 20,000 and up', '2.50', '1,000 gallons'),
	('114-61', 'Garbage cart', 'garbage, A1 Residential', '17.25', 'each');
SELECT x.rate_table, x.item, x.old, x.new, x.new - x.old, round(100 * (x.new - x.old) / x.old, 2)
FROM (SELECT rate_table, item, old, round(old * 1.06, 2) AS new
	FROM (VALUES ('fee', 'fire_sprinkler', 0.75), ('water_minimum', 'commercial, 1 1/2 inch, inside', 37.57), ('water_minimum', 'commercial, 1 1/2 inch, outside', 53.87),
		('water_minimum', 'commercial, 1 inch, inside', 13.46), ('water_minimum', 'commercial, 1 inch, outside', 16.91), ('water_minimum', 'commercial, 1/2 inch, inside', 12.50))
		AS printed (rate_table, item, old)) AS x
ORDER BY x.rate_table, x.item;
