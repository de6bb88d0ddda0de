-- ## The exception list before a run
-- Averages of the last twelve months: 1 has 11,600 gallons or so, all others some thousands; 90 has none.
INSERT INTO cis.register VALUES
	(1, '2026-11-01', 7, 1000, 2000), (2, '2026-11-01', 6, 999000, 3000), (6, '2026-11-01', 5, 99999, 0), (7, '2026-11-01', 5, 10000, 100000),
	(8, '2026-11-01', 6, 500, 499), (9, '2026-11-01', 6, 1, 200001), (10, '2026-11-01', 6, 7, 7), (90, '2026-11-01', 6, 10, 4000),
	(91, '2026-11-01', 6, 4000, 10), (12, '2026-11-01', 6, 100, NULL), (14, '2026-11-01', 6, 1000, 13000), (14, '2026-12-01', 6, 13000, 13000);
-- answer
SELECT x.account, x.previous, x.current, x.gallons, (SELECT trunc(sum(r.gallons) / count(r.gallons)) FROM cis.reading AS r
	WHERE r.account = x.account AND r.period IN ('2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01',
		'2026-05-01', '2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01')), x.exception
FROM (VALUES (1, 1000, 2000, 1000, 'low'), (2, 999000, 3000, 4000, 'rollover'), (6, 99999, 0, 1, 'rollover'), (7, 10000, 100000, 90000, 'register_size'),
	(8, 500, 499, 999999, 'backwards'), (9, 1, 200001, 200000, 'high'), (10, 7, 7, 0, 'zero'), (12, 100, NULL, NULL, 'no_reading'),
	(14, 1000, 13000, 12000, NULL), (90, 10, 4000, 3990, 'no_history'), (91, 4000, 10, 996010, 'backwards'))
	AS x (account, previous, current, gallons, exception)
ORDER BY x.account;

-- ## Every bill of two years again
INSERT INTO cis.billed
SELECT account, service_date, CASE WHEN account = 8 THEN NULL WHEN account = 20 AND service_date = '2025-05-01' THEN total - 100 ELSE total END
FROM t.rated
WHERE total IS NOT NULL AND (account <> 8 OR service_date = '2026-10-01') AND NOT (account = 2 AND service_date = '2026-10-01');
INSERT INTO cis.billed SELECT account, service_date, total FROM t.rated WHERE account = 5 AND service_date IN ('2025-01-01', '2025-02-01');
INSERT INTO cis.billed VALUES (5, '2025-01-01', 1), (1, '2026-11-01', 2.50), (77, '2026-10-01', 3), (77, '2026-10-01', 4), (NULL, '2026-10-01', 5),
	(13, '2026-10-01', 6), (15, '2026-08-01', 7);
-- answer
CREATE VIEW t.found AS
-- each kind by itself, with NOT EXISTS where the recipe has a join
SELECT r.account, r.service_date, 'never_billed' AS reason, NULL::numeric AS billed, r.total AS correct
FROM t.rated AS r
WHERE r.total IS NOT NULL AND NOT EXISTS (SELECT FROM cis.billed AS b WHERE b.account = r.account AND b.service_date = r.service_date)
UNION ALL
SELECT b.account, b.service_date, 'bill_without_reading', sum(b.amount), NULL
FROM cis.billed AS b
WHERE NOT EXISTS (SELECT FROM cis.reading AS r WHERE r.account = b.account AND r.period = b.service_date)
GROUP BY b.account, b.service_date
UNION ALL
SELECT r.account, r.service_date, CASE WHEN r.no_class THEN 'class_null' ELSE 'gallons_null' END,
	(SELECT sum(b.amount) FROM cis.billed AS b WHERE b.account = r.account AND b.service_date = r.service_date), NULL
FROM t.rated AS r
WHERE r.total IS NULL
UNION ALL
SELECT r.account, r.service_date, CASE count(*) WHEN 1 THEN 'amount_differs' ELSE 'billed_twice' END, sum(b.amount), r.total
FROM t.rated AS r JOIN cis.billed AS b ON b.account = r.account AND b.service_date = r.service_date
WHERE r.total IS NOT NULL
GROUP BY r.account, r.service_date, r.total
HAVING count(*) > 1 OR min(b.amount) IS DISTINCT FROM r.total;
SELECT reason, count(*), count(DISTINCT account), min(account), sum(billed - correct) FROM t.found GROUP BY reason ORDER BY reason;
SELECT account, service_date, reason, billed, correct, billed - correct FROM t.found
WHERE billed IS NOT NULL OR reason = 'never_billed' ORDER BY account, service_date;

-- ## A disputed amount
INSERT INTO cis.dispute VALUES (50.00, 3500), (71.34, 14000), (21.44, 1000);
-- answer
-- every gallon up to 60,000 of every size, with water, sewer and both; no size in the third
CREATE TABLE t.explained AS
SELECT d.amount, d.gallons AS read, s.size AS meter, x.water, x.sewer, min(g.gallons) AS from_gallons, max(g.gallons) AS to_gallons
FROM cis.dispute AS d
CROSS JOIN generate_series(0, 60000) AS g (gallons)
CROSS JOIN (VALUES (0.5, '1/2', 1), (0.625, '5/8', 2), (0.75, '3/4', 3), (1, '1', 4), (1.5, '1 1/2', 5), (2, '2', 6), (3, '3', 7), (NULL, NULL, 9)) AS s (inches, size, n)
CROSS JOIN LATERAL t.bill('A1', coalesce(s.inches, 1), g.gallons, 'inside') AS b
JOIN (VALUES (true, true), (true, false), (false, true)) AS x (water, sewer) ON x.water = (s.size IS NOT NULL)
WHERE d.amount = CASE WHEN x.water THEN b.wm + b.v1 + b.v2 ELSE 0 END + CASE WHEN x.sewer THEN b.sf + b.sv ELSE 0 END
GROUP BY 1, 2, 3, 4, 5, s.n
ORDER BY s.n;
-- the four classes with the residential rates, and the sizes that agree
CREATE VIEW t.agreed AS
SELECT read, amount, '{A1,A3,A4,A9}' AS classes, array_agg(meter ORDER BY n) FILTER (WHERE meter IS NOT NULL) AS meters, min(n) AS n,
	water, sewer, from_gallons, to_gallons
FROM (SELECT *, coalesce(array_position('{1/2,5/8,3/4,1,1 1/2,2,3}', meter), 9) AS n FROM t.explained) AS e
GROUP BY read, amount, water, sewer, from_gallons, to_gallons;
SELECT classes, meters, 'inside', true, water, sewer, from_gallons, to_gallons
FROM t.agreed WHERE read = 3500 ORDER BY n, water, sewer;
SELECT amount, classes, meters, 'inside', true, water, sewer, from_gallons, to_gallons
FROM t.agreed WHERE read BETWEEN from_gallons AND to_gallons ORDER BY amount, n, water, sewer;

-- ## An estimate corrected
INSERT INTO cis.estimate VALUES (6, '2026-09-01', 999, 25000), (7, '2026-10-01', 4000, 4001), (3, '2025-01-01', 12000, 0);
-- answer
CREATE VIEW t.corrected AS
SELECT e.account, s.reason, l.charge, s.sign * l.quantity AS quantity, l.rate, s.sign * l.amount AS amount
FROM cis.estimate AS e
JOIN cis.account AS a USING (account)
CROSS JOIN LATERAL (VALUES ('estimate', -1, e.estimated), ('reading', 1, e.read)) AS s (reason, sign, gallons)
CROSS JOIN LATERAL t.bill(a.class_code, a.size, s.gallons, a.place) AS b
CROSS JOIN LATERAL (VALUES ('water_minimum', 1, b.wm, b.wm), ('water_volume', round(b.q1, 3), b.r1, b.v1), ('water_volume', round(b.q2, 3), b.r2, b.v2),
	('sewer_fixed', 1, b.sf, b.sf), ('sewer_volume', round(s.gallons / 1000.0, 3), b.rs, b.sv)) AS l (charge, quantity, rate, amount)
WHERE l.quantity > 0 AND l.rate > 0;
SELECT * FROM t.corrected ORDER BY account, reason, charge, rate;
SELECT account, sum(amount) FROM t.corrected GROUP BY account ORDER BY account;

-- ## A missed reading over two months
INSERT INTO cis.missed VALUES (2, '2026-05-01', 2, 12345, 29999), (8, '2026-01-01', 4, 9000, 90001), (3, '2026-08-01', 2, 0, 1);
-- answer
SELECT m.account, m.gallons, s.spread, e.rest, e.rest - s.spread
FROM (VALUES (2, 29999, '{15000,14999}'::int[], '{12345,17654}'::int[]), (3, 1, '{1,0}', '{0,1}'),
	(8, 90001, '{22501,22500,22500,22500}', '{3000,3000,3000,81001}')) AS m (account, gallons, even, late)
JOIN cis.account AS a USING (account)
CROSS JOIN LATERAL (SELECT sum(b.total) FROM unnest(m.even) AS g, t.bill(a.class_code, a.size, g, a.place) AS b) AS s (spread)
CROSS JOIN LATERAL (SELECT sum(b.total) FROM unnest(m.late) AS g, t.bill(a.class_code, a.size, g, a.place) AS b) AS e (rest)
ORDER BY m.account;

-- ## Void and rebill
-- 14 is class A5; 8 was one inch, and so it stays; 9 and 17 are of a size that costs the same.
INSERT INTO cis.size_correction VALUES (14, 4), (8, 1), (9, 0.75), (17, 0.5), (12, 1.5), (15, 2), (13, 3);
-- answer
CREATE VIEW t.sides AS
SELECT r.account, r.service_date, r.wm AS old, n.wm AS new, r.v1 + r.v2 AS volume, r.v1 > 0 AS first, r.v2 > 0 AS second, r.q1, r.q2, r.sf, r.sv
FROM t.rated AS r
JOIN cis.size_correction AS c USING (account)
CROSS JOIN LATERAL t.bill(r.class, c.size, r.gallons, r.area) AS n
WHERE r.service_date IN ('2026-08-01', '2026-09-01', '2026-10-01');
-- 14's bills have all charges, and the size decides the minimum alone
SELECT s.service_date, l.*, CASE WHEN l.net = 0 THEN 'unchanged' ELSE '' END
FROM t.sides AS s
CROSS JOIN LATERAL (VALUES ('sewer_fixed', s.sf, s.sf, 0.00), ('sewer_volume', s.sv, s.sv, 0.00),
	('water_minimum', s.old, s.new, s.new - s.old), ('water_volume', s.volume, s.volume, 0.00)) AS l (charge, billed, correct, net)
WHERE s.account = 14 AND (l.charge <> 'water_volume' OR s.first)
ORDER BY s.service_date, l.charge;
SELECT account, count(*), sum(new - old), CASE WHEN sum(new - old) = 0 THEN 'unchanged' ELSE 'rebill' END FROM t.sides GROUP BY account ORDER BY account;
SELECT 0;
SELECT account, sum((CASE WHEN new = old THEN 1 ELSE 3 END) * (2 + (q1 > 0)::int + (q2 > 0)::int + (sv > 0)::int)), sum(new + volume + sf + sv)
FROM t.sides GROUP BY account ORDER BY account;
UPDATE cis.account AS a SET size = c.size FROM cis.size_correction AS c WHERE a.account = c.account;

-- ## Two meters on one sewer connection
INSERT INTO cis.premises_meter VALUES (4, 7, 'A1', '1', 800), (4, 9, 'A1', '2', 23456), (4, 8, 'A1', '5/8', 1500), (5, 1, 'A5', '3', 20000);
-- answer
SELECT m.premises, m.meter_no, l.charge, l.quantity, l.rate, l.amount
FROM (VALUES (4, 7, 'A1', 1, 800, 25756), (4, 9, 'A1', 2, 23456, 0), (4, 8, 'A1', 0.625, 1500, 0), (5, 1, 'A5', 3, 20000, 20000))
	AS m (premises, meter_no, class, size, gallons, together)
CROSS JOIN LATERAL t.bill(m.class, m.size, m.gallons, 'inside', m.together) AS b
CROSS JOIN LATERAL (VALUES (1, 'water_minimum', 1, b.wm, b.wm), (2, 'water_volume', round(b.q1, 3), b.r1, b.v1), (3, 'water_volume', round(b.q2, 3), b.r2, b.v2),
	(4, 'sewer_fixed', (m.together > 0)::int, b.sf, b.sf), (5, 'sewer_volume', round(m.together / 1000.0, 3), b.rs, b.sv)) AS l (n, charge, quantity, rate, amount)
WHERE l.quantity > 0
ORDER BY m.premises, m.meter_no, l.n;

-- ## A meter exchanged in mid-month
INSERT INTO cis.exchange VALUES (5, '2026-10-01', 98765, 99000, 12, 30012, 2), (2, '2025-01-01', 5, 5, 0, 0, 0.625);
-- answer
SELECT x.account, x.gallons, b.total
FROM (VALUES (2, 0, 0.625), (5, 30235, 2)) AS x (account, gallons, size)
JOIN cis.account AS a USING (account)
CROSS JOIN LATERAL t.bill(a.class_code, x.size, x.gallons, a.place) AS b
ORDER BY x.account;

-- ## A leak adjustment
INSERT INTO cis.leak VALUES (2, '2026-10-01', 5001, 5004), (7, '2026-09-01', 4000.00, 123457), (14, '2026-09-01', 900, 2000), (3, '2026-10-01', 3000, 30001), (11, '2026-10-01', 10, 990);
-- answer
CREATE TABLE t.leak AS
SELECT x.*, a.class_code AS class, a.size, a.place
FROM (VALUES (2, 5001, 3, ARRAY[5002, 5001, 5004]), (7, 4000, 119457, ARRAY[63728, 33864, 8000]), (14, 900, 1100, ARRAY[1450, 1175, 1800]),
	(3, 3000, 27001, ARRAY[16500, 9750, 6000]), (11, 10, 0, ARRAY[500, 255, 20]))
	AS x (account, usual, excess, adjusted)
JOIN cis.account AS a USING (account);
SELECT x.account, l.charge, l.quantity, l.rate, l.amount
FROM t.leak AS x
CROSS JOIN LATERAL t.bill(x.class, x.size, x.adjusted[1], x.place, x.usual) AS b
CROSS JOIN LATERAL (VALUES (1, 'water_minimum', 1, b.wm, b.wm), (2, 'water_volume', round(b.q1, 3), b.r1, b.v1), (3, 'water_volume', round(b.q2, 3), b.r2, b.v2),
	(4, 'sewer_fixed', 1, b.sf, b.sf), (5, 'sewer_volume', round(x.usual / 1000.0, 3), b.rs, b.sv)) AS l (n, charge, quantity, rate, amount)
WHERE l.quantity > 0 AND l.rate > 0
ORDER BY x.account, l.n;
SELECT x.account, f.formula, f.gallons, b.total + CASE WHEN f.n = 4 THEN round(x.excess * b.r1 / 1000, 2) ELSE 0 END AS total
FROM t.leak AS x
CROSS JOIN LATERAL (VALUES (1, 'half of the excess', x.adjusted[1]), (2, 'a quarter of it', x.adjusted[2]), (3, 'twice the usual', x.adjusted[3]),
	(4, 'excess at the lowest block', x.usual)) AS f (n, formula, gallons)
CROSS JOIN LATERAL t.bill(x.class, x.size, f.gallons, x.place, x.usual) AS b
ORDER BY x.account, total, f.formula;

-- ## A bill that straddles a rate change
INSERT INTO cis.straddle VALUES ('A5', '2', 25000, '2206-12-31', '2207-01-31'), ('A1', '1', 0, '2206-12-02', '2207-01-01');
-- answer
SELECT o.total, n.total, round((o.total * x.old_days + n.total * x.new_days) / (x.old_days + x.new_days), 2)
FROM (VALUES ('A1', 1, 0, 30, 1), ('A5', 2, 25000, 1, 31)) AS x (class, size, gallons, old_days, new_days)
CROSS JOIN LATERAL t.bill(x.class, x.size, x.gallons, 'inside') AS o
CROSS JOIN LATERAL t.bill(x.class, x.size, x.gallons, 'inside', more => '{1,0.20,0.20,0,0}') AS n
ORDER BY x.gallons;

-- ## Winter-average sewer
INSERT INTO cis.account VALUES (41, 'E 8th St', 'A1', 1, 'Inside', 1, false), (43, 'E 8th St', 'A2', 2, 'Inside', 1, false), (44, 'E 8th St', 'A2', 2, 'Inside', 1, false);
INSERT INTO cis.reading VALUES (41, '2026-07-01', 15000), (41, '2026-06-01', NULL), (43, '2026-07-01', 7000), (43, '2026-02-01', 3333), (43, '2026-03-01', 5334),
	(44, '2026-07-01', NULL), (44, '2026-01-01', 1000);
-- answer
SELECT x.account, x.gallons, x.sewer, b.v1 + b.v2, b.sv, b.total
FROM (SELECT r.account, r.gallons, least(r.gallons, (SELECT trunc(sum(w.gallons) / count(w.gallons)) FROM cis.reading AS w
		WHERE w.account = r.account AND w.period IN ('2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01'))) AS sewer
	FROM cis.reading AS r WHERE r.period = '2026-07-01') AS x
JOIN cis.account AS a USING (account)
LEFT JOIN LATERAL t.bill(a.class_code, a.size, x.gallons, a.place, x.sewer) AS b ON true
WHERE x.account IN (4, 5, 6, 7, 41, 43, 44)
ORDER BY x.account;
SELECT x.account, x.gallons, x.sewer, b.sv, b.total
FROM (SELECT r.account, r.gallons, coalesce((SELECT -div(-sum(l.gallons), count(*) * 1000) * 1000 + CASE WHEN mod(sum(l.gallons), count(*) * 1000) > 0 THEN 1000 ELSE 0 END
		FROM (SELECT w.gallons FROM cis.reading AS w WHERE w.account = r.account AND w.period >= '2025-07-01' AND w.period < '2026-07-01' AND w.gallons >= 0
			ORDER BY w.gallons LIMIT 3) AS l), r.gallons) AS sewer
	FROM cis.reading AS r WHERE r.period = '2026-07-01') AS x
JOIN cis.account AS a USING (account)
LEFT JOIN LATERAL t.bill(a.class_code, a.size, x.gallons, a.place, x.sewer) AS b ON true
WHERE x.account IN (4, 5, 6, 7, 41, 43, 44)
ORDER BY x.account;

-- ## Budget billing
-- answer
SELECT x.account, x.payment, sum(r.total), x.payment * 11, sum(r.total) - x.payment * 11
FROM (SELECT r.account, -div(-sum(r.total), 12) + CASE WHEN mod(sum(r.total), 12) > 0 THEN 1 ELSE 0 END AS payment
	FROM t.rated AS r WHERE r.service_date < '2025-11-01' GROUP BY r.account HAVING count(r.total) = 12) AS x
JOIN t.rated AS r USING (account)
WHERE r.service_date >= '2025-11-01' AND x.account IN (5, 6, 13, 14, 41)
GROUP BY x.account, x.payment
ORDER BY x.account;

-- ## A final bill and the deposit
INSERT INTO cis.move_out VALUES (2, '2026-10-01', 0, 20.00), (7, '2026-10-01', 8500, 300), (3, '2026-09-01', 1000, 0);
-- answer
SELECT m.account, l.charge, l.amount, CASE WHEN l.charge = 'final_bill' THEN b.total - m.held ELSE -m.held END
FROM (VALUES (2, 0, 20.00), (3, 1000, 0.00), (7, 8500, 300.00)) AS m (account, gallons, held)
JOIN cis.account AS a USING (account)
CROSS JOIN LATERAL t.bill(a.class_code, a.size, m.gallons, a.place) AS b
CROSS JOIN LATERAL (VALUES ('deposit_held', -m.held), ('final_bill', b.total)) AS l (charge, amount)
WHERE l.amount <> 0
ORDER BY m.account, l.charge;

-- ## Dwelling units behind a master meter
INSERT INTO cis.complex VALUES (1, 'A3', '3', '1', 40, 123456), (2, 'A1', '4', '5/8', 3, 2999);
-- answer
SELECT x.account, x.units, x.q, x.few * few.total + x.many * many.total, whole.total
FROM (VALUES (1, 'A3', 3, 1, 40, 123456, 3086, 24, 16), (2, 'A1', 4, 0.625, 3, 2999, 999, 1, 2)) AS x (account, class, size, unit, units, gallons, q, few, many)
CROSS JOIN LATERAL t.bill(x.class, x.unit, x.q, 'inside') AS few
CROSS JOIN LATERAL t.bill(x.class, x.unit, x.q + 1, 'inside') AS many
CROSS JOIN LATERAL t.bill(x.class, x.size, x.gallons, 'inside') AS whole
ORDER BY x.account;

-- ## Sewer on another provider's water
INSERT INTO cis.other_water VALUES (3, 'A5', 1000000), (4, 'A3', 0), (5, 'A2', NULL);
-- answer
VALUES (3, 'A5', 1000000, 11.50, 3180.00, 0.00, 3191.50), (4, 'A3', 0, 9.00, 0.00, 0.00, 9.00), (5, 'A2', NULL, 0.00, 0.00, 26.00, 26.00);

-- ## Late fees, once for each bill
INSERT INTO cis.mailed VALUES (1, '2026-09-01', 100), (1, '2026-10-01', 50.10), (2, '2026-10-02', 80), (3, '2026-10-01', 20.50), (4, '2026-10-10', 33.33), (5, '2026-10-01', 10.00);
INSERT INTO cis.payment VALUES (1, '2026-09-01', '2026-09-21', 99.90), (1, '2026-09-01', '2026-09-22', 0.10), (3, '2026-10-01', '2026-10-21', 20.00),
	(3, '2026-10-01', '2026-10-22', 0.50), (3, '2026-10-01', '2026-10-31', 0.03), (5, '2026-10-01', '2026-10-21', 12.00);
-- answer
-- 0.10 was late (0.005 is a cent), 50.10 (2.505), 80 from the 23rd, 0.50 (0.025), 33.33 from the 31st
VALUES (1, '2026-09-01', '2026-10-22', 0.01), (1, '2026-10-01', '2026-10-22', 2.51), (3, '2026-10-01', '2026-10-22', 0.03);
VALUES (2, '2026-10-02', '2026-10-30', 4.00);
VALUES (1, 'late', 0.01, 0.01), (1, 'late', 2.51, 52.61), (2, 'late', 4.00, 84.00), (3, 'late', 0.03, 0.03), (4, 'current', 0.00, 33.33), (5, 'current', 0.00, -2.00);

-- ## Lines in Spanish
-- answer
SELECT r.account, row_number() OVER (PARTITION BY r.account ORDER BY l.n), l.words, l.quantity, l.rate, l.amount
FROM t.rated AS r
CROSS JOIN LATERAL (VALUES
	(1, format('Agua, cuota base, medidor de %s pulgadas, %s de la ciudad', CASE r.meter WHEN 1 THEN '1' ELSE '?' END, CASE r.area WHEN 'OUTSIDE' THEN 'fuera' ELSE 'dentro' END), '1', r.wm, r.wm),
	(2, 'Agua, galones 1,000 a 19,999', round(r.q1, 3)::text, r.r1, r.v1),
	(3, 'Agua, galones 20,000 en adelante', round(r.q2, 3)::text, r.r2, r.v2),
	(4, 'Drenaje, cargo fijo', '1', r.sf, r.sf),
	(5, 'Drenaje por volumen', round(r.gallons / 1000, 3)::text, r.rs, r.sv)) AS l (n, words, quantity, rate, amount)
WHERE r.account IN (7, 19) AND r.service_date = '2026-10-01' AND l.amount > 0
ORDER BY r.account, l.n;
