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

-- ## The report of an import
INSERT INTO cis.export VALUES (1, 'A1', '3/4', '1,000', 'inside', '2026-10-01'), (2, 'A1', '3/4', '1,000', 'outside', 'October'), (3, 'A6', '3/4', '5', 'inside', '2026-10-01'),
	(4, 'X', '8 1/3', '-1', '', '2026-10-01'), (5, 'X', '2', '0.5', 'inside', '2026-10-01'), (6, 'a1', '2"', '7', 'INSIDE', '2026-10-31');
-- answer
-- 3 is an outside class inside: nothing that could not be read
VALUES ('class', 'X', 2, 'class_unknown', 4), ('gallons', '1,000', 2, 'gallons_not_a_number', 1), ('area', '', 1, 'area_null', 4), ('gallons', '-1', 1, 'gallons_negative', 4),
	('gallons', '0.5', 1, 'gallons_fraction', 5), ('meter', '8 1/3', 1, 'meter_unknown', 4), ('service_date', 'October', 1, 'service_date_not_a_date', 2);
VALUES (6, 1, 2, 3);

-- ## Thousands separators
DELETE FROM cis.export;
INSERT INTO cis.export VALUES (4, 'A1', '3/4', '1,234,567', 'inside', '2026-10-01'), (5, 'A1', '01', '12,5', 'OUT', '2026-10-01'), (8, 'A1', '3/4', ',500', 'inside', '2026-10-01');
-- answer
-- commas that do not stand before three digits stay
SELECT 4, '1,234,567', '1234567', b.v1 + b.v2, NULL FROM t.bill('A1', 0.75, 1234567, 'inside') AS b;
VALUES (5, '12,5', '12,5', NULL, 'gallons is not a number: "12,5" (schedule "Ordinance 5244")'), (8, ',500', ',500', NULL, 'gallons is not a number: ",500" (schedule "Ordinance 5244")');
VALUES ('gallons_not_a_number', 'gallons is not a number: ",500" (schedule "Ordinance 5244")', 1), ('gallons_not_a_number', 'gallons is not a number: "12,5" (schedule "Ordinance 5244")', 1);
