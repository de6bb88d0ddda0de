-- ## The month
INSERT INTO cis.reading SELECT account, '2026-11-01', CASE account WHEN 3 THEN NULL WHEN 20 THEN 90000 WHEN 21 THEN 0 ELSE account * 555 END FROM cis.account;
INSERT INTO cis.entry (account, period, day, kind, amount) VALUES (1, '2026-11-01', '2026-12-02', 'payment', -5), (1, '2026-11-01', '2026-12-21', 'payment', -10),
	(2, '2026-11-01', '2026-12-21', 'payment', -1000), (4, '2026-11-01', '2026-12-30', 'payment', -1000), (5, '2026-11-01', '2027-01-02', 'payment', -1000),
	(6, '2026-11-01', '2026-12-22', 'payment', -100);
-- answer
CREATE TABLE t.m AS
SELECT r.*, u.due, round(0.05 * greatest(u.due, 0), 2) AS fee
FROM t.rated AS r
CROSS JOIN LATERAL (SELECT r.total - CASE r.account WHEN 1 THEN 15 WHEN 2 THEN 1000 ELSE 0 END AS due) AS u
WHERE r.service_date = '2026-11-01';
SELECT m.account, m.gallons, x.usual
FROM t.m
CROSS JOIN LATERAL (SELECT div(sum(o.gallons), count(o.gallons)) AS usual FROM cis.reading AS o WHERE o.account = m.account AND o.period BETWEEN '2025-11-01' AND '2026-10-01') AS x
WHERE m.gallons IS NULL OR m.gallons > 3 * x.usual OR 3 * m.gallons < x.usual
ORDER BY m.account;
VALUES (3, 'gallons is NULL'), (13, 'class is NULL'), (22, 'class is NULL');
SELECT count(total), sum(total), '2026-12-21', '2026-12-22' FROM t.m;
SELECT count(*) FILTER (WHERE fee > 0), sum(fee) FROM t.m;
-- 2 owes nothing, and 6 has paid more than it owed on the day of the notice
SELECT count(*), '2027-01-01', '2027-01-02' FROM t.m WHERE total IS NOT NULL AND account <> 2 AND (account <> 6 OR total + fee > 100);
CREATE TABLE t.owed AS
SELECT m.account, m.total + m.fee - p.paid + CASE WHEN p.off THEN 30.00 ELSE 0 END AS owed, p.off, p.paid
FROM t.m
-- 4 pays before the meter is turned off, 5 on the day itself
CROSS JOIN LATERAL (SELECT CASE m.account WHEN 1 THEN 15.00 WHEN 2 THEN 1000.00 WHEN 4 THEN 1000.00 WHEN 5 THEN 1000.00 WHEN 6 THEN 100.00 ELSE 0.00 END AS paid,
	m.account NOT IN (2, 4) AND (m.account <> 6 OR m.total + m.fee > 100) AS off) AS p
WHERE m.total IS NOT NULL;
SELECT account, owed FROM t.owed WHERE account <= 6 ORDER BY account;
SELECT sum(m.total), sum(m.fee) + 30 * count(*) FILTER (WHERE o.off), -sum(o.paid), sum(o.owed) FROM t.m JOIN t.owed AS o USING (account);
SELECT l.charge, sum(l.amount)
FROM t.m
JOIN t.owed AS o USING (account)
CROSS JOIN LATERAL (VALUES ('water_minimum', m.wm), ('water_volume', m.v1 + m.v2), ('sewer_fixed', m.sf), ('sewer_volume', m.sv), ('late_fee', m.fee),
	('disconnection', CASE WHEN o.off THEN 5.00 ELSE 0 END), ('reconnection', CASE WHEN o.off THEN 25.00 ELSE 0 END)) AS l (charge, amount)
GROUP BY l.charge ORDER BY l.charge;
SELECT 0.00, 3;
