-- ## Gallons in the minimum, sewer by the winter
-- answer
VALUES ('water', 'Water minimum, 3/4 inch, inside', '1', 11.38, 11.38, 29.78), ('water', 'Water volume, gallons 3,001 and up', '4.000', 4.60, 18.40, 29.78),
	('sewer', 'Sewer fixed rate, Residential', '1', 6.62, 6.62, 17.30), ('sewer', 'Sewer volume, Residential, gallons 2,001 and up', '3.000', 3.56, 10.68, 17.30);

-- ## Ninety percent to the sewer, a tax on water
-- answer
CREATE TABLE t.wildwood (description text, quantity numeric, rate numeric, amount numeric);
INSERT INTO t.wildwood VALUES ('Water minimum, 5/8 inch, inside', 1, 11.08, 11.08), ('Water volume, gallons 1 and up', 3.000, 1.92, 5.76),
	('Sewer fixed rate, Residential', 1, 22.49, 22.49), ('Sewer volume, Residential, factor 0.9', 2.700, 6.00, 16.20),
	('Garbage', 1, 19.98, 19.98), ('Utility tax, 5 percent of water', 16.84, 0.05, 0.84);
SELECT * FROM t.wildwood;
SELECT 76.35 WHERE 76.35 = (SELECT sum(amount) FROM t.wildwood);

-- ## Half a cent
-- answer
SELECT 20700 / 3, 12.40 + 19.36;

-- ## A cap on sewer
-- answer
SELECT d.label, g.gallons, CASE g.gallons WHEN 10000 THEN d.base + 31.50 ELSE d.maximum END
FROM (VALUES (1, 'Single family', 25.50, 101.10), (2, 'Duplex, each unit', 20.00, 95.60), (3, 'Townhouse, each unit', 12.25, 87.85)) AS d (n, label, base, maximum),
	(VALUES (10000), (24000), (60000)) AS g (gallons)
ORDER BY d.n, g.gallons;

-- ## Completed thousands
-- answer
VALUES (5000, 9530, 4000, 29.00 + 17.00), (5900, 9530, 4000, 46.00);
-- five thousands above the 3,000 of the minimum, and four
VALUES (7000, 29.78, 29.78), (7999, 11.38 + round(4999 * 0.0046, 2), 29.78), (8000, 11.38 + 5 * 4.60, 29.78 + 4.60);

-- ## A percentage on a percentage
-- answer
VALUES ('county_fee', 22.00, 0.06, 1.32), ('surcharge', 20.00, 0.10, 2.00), ('water_minimum', 1, 10.00, 10.00), ('water_volume', 5.000, 2.00, 10.00);
SELECT 10.00 + 10.00 + 2.00 + 1.32;

-- ## A sales tax
-- answer
VALUES ('water_minimum', '1', '4.00', 4.00), ('water_volume', '1000.000', '1.35', 1350.00), ('sales_tax', '1354.00', '0.06875', 93.09);
