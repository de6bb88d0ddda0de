-- ## Place codes of your own
INSERT INTO cis.place_code VALUES (7, 'OUT'), (8, 'out'), (9, ''), (10, 'IN'), (11, 'OUTSIDE');
-- answer
-- 8 is not a code, and the sentence says so; a blank is no code at all; the functions read OUTSIDE themselves
SELECT x.account, x.code, x.problem_code, x.problem, b.total
FROM (VALUES (7, 'OUT', NULL, NULL, 'outside'), (8, 'out', 'area_unknown', 'invalid service area: "out"', NULL), (9, '', 'area_null', 'area is NULL', NULL),
	(10, 'IN', NULL, NULL, 'inside'), (11, 'OUTSIDE', NULL, NULL, 'outside')) AS x (account, code, problem_code, problem, place)
LEFT JOIN LATERAL t.bill('A1', 0.75, 6000, x.place) AS b ON x.place IS NOT NULL
ORDER BY x.account;

-- ## Drivers that send varchar
-- answer
SELECT total FROM t.bill('A1', 0.75, 6000, 'inside'), generate_series(1, 2);

-- ## Which columns are read
-- answer
VALUES ('class', 'class', 'character(3)', 'read'), ('meter', 'meter', 'numeric(5,3)', 'read'), ('gallons', 'gallons', 'numeric', 'read'),
	('area', 'area', 'character varying(8)', 'read'), ('metered', NULL, NULL, 'default'), ('water', NULL, NULL, 'default'), ('sewer', NULL, NULL, 'default'),
	('sewer_gallons', NULL, NULL, 'default'), ('fire_sprinkler', NULL, NULL, 'default'), ('dumping_stations', NULL, NULL, 'default'),
	('services', NULL, NULL, 'default'), ('service_date', 'service_date', 'date', 'read'), (NULL, 'account', 'integer', 'ignored'), (NULL, 'street', 'text', 'ignored');
