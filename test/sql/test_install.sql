--
-- Installing: one statement, no other extension, and the ordinance is in force
--
SET datestyle = 'ISO, MDY';
SELECT extname, extnamespace::regnamespace AS schema, extrelocatable,
	   obj_description(oid, 'pg_extension') IS NOT NULL AS described
FROM pg_extension WHERE extname = 'mission_rates';

SELECT schedule, adopted_on, effective_from FROM mission_rates.schedule;
SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2023-01-01');

-- The schema belongs to the extension, and goes with it.
DROP EXTENSION mission_rates;
SELECT to_regnamespace('mission_rates') IS NULL AS gone;

-- A schema of that name that somebody else made stops the install.
\set SHOW_CONTEXT never
CREATE SCHEMA mission_rates;
CREATE EXTENSION mission_rates;
DROP SCHEMA mission_rates;

-- It cannot be put elsewhere.
CREATE EXTENSION mission_rates SCHEMA public;
CREATE EXTENSION mission_rates;
ALTER EXTENSION mission_rates SET SCHEMA public;

-- What it is made of, but for internal parts
SELECT type, count(*)
FROM pg_depend AS d, LATERAL pg_identify_object(d.classid, d.objid, 0)
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
  AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'mission_rates')
  AND type NOT IN ('function', 'table') AND identity NOT LIKE 'mission\_rates.\_%'
  -- From PostgreSQL 18 on arrays and row types are counted as members too.
  AND NOT EXISTS (
		SELECT FROM pg_type AS t LEFT JOIN pg_class AS c ON c.reltype = t.oid
		WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid AND (t.typcategory = 'A' OR c.relkind = 'r'))
GROUP BY type ORDER BY type COLLATE "C";
SELECT rate_table, rows
FROM (SELECT 'class_rule', count(*) FROM mission_rates.class_rule
	  UNION ALL SELECT 'water_minimum', count(*) FROM mission_rates.water_minimum
	  UNION ALL SELECT 'water_volume', count(*) FROM mission_rates.water_volume
	  UNION ALL SELECT 'sewer_rate', count(*) FROM mission_rates.sewer_rate
	  UNION ALL SELECT 'fee', count(*) FROM mission_rates.fee
	  UNION ALL SELECT 'deposit', count(*) FROM mission_rates.deposit
	  UNION ALL SELECT 'water_tap', count(*) FROM mission_rates.water_tap
	  UNION ALL SELECT 'sewer_permit', count(*) FROM mission_rates.sewer_permit) AS t (rate_table, rows)
ORDER BY rate_table COLLATE "C";
