-- Rows of accounts: columns found by name, every type that is read, blanks, NULLs, problems and errors.
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT plan(158);

-- What account_charges makes of a row that a query gives: "code total", or the error's SQLSTATE.  Where it is no
-- error, account_total, account_problem and account_bill must say the same.
CREATE FUNCTION pg_temp.rated(query text, schedule text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found record;
BEGIN
	EXECUTE format($q$
		SELECT c.problem_code, c.problem, c.total, mission_rates.account_total(a, %1$L) AS same_total,
			mission_rates.account_problem(a, %1$L) AS same_problem, b.*
		FROM (%2$s) AS a, mission_rates.account_charges(a, %1$L) AS c,
			LATERAL (SELECT sum(amount) AS bill, min(charge) FILTER (WHERE service = 'problem') AS bill_code,
				min(description) FILTER (WHERE service = 'problem') AS bill_problem, count(*) AS lines
				FROM mission_rates.account_bill(a, %1$L)) AS b
		$q$, schedule, query) INTO found;
	IF (found.total, found.problem, found.total, found.problem_code, found.problem) IS DISTINCT FROM
		(found.same_total, found.same_problem, found.bill, found.bill_code, found.bill_problem)
	THEN
		RETURN 'differ: ' || found::text;
	END IF;
	RETURN coalesce(found.problem_code, found.total::text);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

-- One account, some of whose columns are other expressions; "-" leaves a column out.  Plain, its bill is 40.45.
CREATE FUNCTION pg_temp.account(VARIADIC changes text[] DEFAULT '{}') RETURNS text LANGUAGE sql AS $$
	SELECT 'SELECT ' || string_agg(coalesce(substr(c.change, strpos(c.change, '=') + 1), s.expression) || ' AS ' || s.name, ', ')
	FROM (
		SELECT d.name, d.expression FROM (VALUES ('class', '''A1'''), ('meter', '''3/4'''), ('gallons', '6000'), ('area', '''inside'''),
			('service_date', 'date ''2026-10-01''')) AS d (name, expression)
		UNION ALL
		SELECT split_part(o.change, '=', 1), NULL FROM unnest(changes) AS o (change)
		WHERE split_part(o.change, '=', 1) NOT IN ('class', 'meter', 'gallons', 'area', 'service_date')
	) AS s
	LEFT JOIN unnest(changes) AS c (change) ON split_part(c.change, '=', 1) = s.name
	WHERE c.change IS NULL OR c.change <> s.name || '=-'
$$;

-- ---- what is read ----

CREATE TEMP TABLE reading (n integer GENERATED ALWAYS AS IDENTITY, change text, outcome text);
INSERT INTO reading (change, outcome) VALUES
	-- the extension's types, text, padded, in any case, domains
	('class=''A1''::mission_rates.customer_class', '40.45'), ('class='' a1 ''::varchar(10)', '40.45'),
	('class=''a1''::char(8)', '40.45'), ('class=''A7''', 'class_unknown'), ('class=''''', 'class_null'),
	('class=''   ''::char(3)', 'class_null'), ('class=NULL::text', 'class_null'), ('class=E''\t\n''', 'class_null'),
	('class=1', '42804'), ('class=true', '42804'), ('class=''A1''::name', '42804'), ('class=''inside''::mission_rates.service_area', '42804'),
	('class=-', '42703'),
	('meter=''3/4''::mission_rates.meter_size', '40.45'), ('meter=0.75', '40.45'), ('meter=0.7500::numeric(8,4)', '40.45'),
	('meter=0.75::real', '40.45'), ('meter=0.75::double precision', '40.45'), ('meter=1::smallint', '41.39'),
	('meter=1::bigint', '41.39'), ('meter=''1"''', '41.39'), ('meter=1.25', 'meter_unknown'), ('meter=''''', 'meter_null'),
	('meter=''NaN''::numeric', 'meter_unknown'), ('meter=''NaN''::real', 'meter_unknown'), ('meter=NULL::numeric', 'meter_null'), ('meter=date ''2026-01-01''', '42804'), ('meter=-', '42703'),
	('area=''inside''::mission_rates.service_area', '40.45'), ('area='' Inside''', '40.45'), ('area=''OUT''', 'area_unknown'),
	('area=NULL::text', 'area_null'), ('area=NULL::mission_rates.service_area', 'area_null'), ('area='' ''', 'area_null'), ('area=2', '42804'), ('area=-', '42703'),
	-- gallons as every number
	('gallons=6000::smallint', '40.45'), ('gallons=6000::bigint', '40.45'), ('gallons=6000.000', '40.45'), ('gallons=6000::real', '40.45'),
	('gallons=6000::double precision', '40.45'), ('gallons='' 6000 ''', '40.45'), ('gallons=''+6000.0''', '40.45'), ('gallons=''6000.''', '40.45'),
	('gallons=''006000''', '40.45'), ('gallons=1000000::real', '3963.25'), ('gallons=1000000::double precision', '3963.25'),
	('gallons=NULL::bigint', 'gallons_null'), ('gallons=''''', 'gallons_null'), ('gallons=6000.5', 'gallons_fraction'),
	('gallons=''6000.5''', 'gallons_fraction'), ('gallons=''.5''', 'gallons_fraction'), ('gallons=0.1::real', 'gallons_fraction'),
	('gallons=6000.00000000001', 'gallons_fraction'),
	('gallons=''6e3''', 'gallons_not_a_number'), ('gallons=''0x10''', 'gallons_not_a_number'), ('gallons=''6_000''', 'gallons_not_a_number'),
	('gallons=''6,000''', 'gallons_not_a_number'), ('gallons=''NaN''', 'gallons_not_a_number'), ('gallons=''Infinity''', 'gallons_not_a_number'),
	('gallons=''.''', 'gallons_not_a_number'), ('gallons=''-''', 'gallons_not_a_number'), ('gallons=''6 000''', 'gallons_not_a_number'),
	('gallons=''NaN''::numeric', 'gallons_not_a_number'), ('gallons=''NaN''::real', 'gallons_not_a_number'),
	('gallons=''-Infinity''::double precision', 'gallons_not_a_number'),
	('gallons=-1', 'gallons_negative'), ('gallons=''-1''', 'gallons_negative'), ('gallons=-1.0', 'gallons_negative'),
	('gallons=1000000000001', 'gallons_too_large'), ('gallons=1e20', 'gallons_too_large'), ('gallons=''1000000000001''', 'gallons_too_large'),
	('gallons=1e300::double precision', 'gallons_too_large'), ('gallons=repeat(''9'', 400)', 'gallons_too_large'),
	('gallons=true', '42804'), ('gallons=interval ''1 day''', '42804'), ('gallons=-', '42703'),
	-- flags
	('metered=true', '40.45'), ('metered=1', '40.45'), ('metered=1.0', '40.45'), ('metered=''Y''', '40.45'), ('metered=''on''::char(5)', '40.45'),
	('metered=false', '37.50'), ('metered=0::smallint', '37.50'), ('metered=0::real', '37.50'), ('metered=''n''', '37.50'), ('metered='' FALSE ''', '37.50'),
	('metered=NULL::boolean', 'metered_null'), ('metered=''''', 'metered_null'), ('metered=2', 'metered_unknown'), ('metered=0.5', 'metered_unknown'),
	('metered=-1', 'metered_unknown'), ('metered=''x''', 'metered_unknown'), ('metered=''NaN''::real', 'metered_unknown'), ('metered=now()', '42804'),
	('water=''N''', '17.70'), ('water=''?''', 'water_unknown'), ('water=NULL::text', 'water_null'),
	('sewer=0', '22.75'), ('sewer=''maybe''', 'sewer_unknown'), ('sewer=NULL::int', 'sewer_null'),
	-- the other numbers
	('sewer_gallons=1000', '33.20'), ('sewer_gallons=''1000''', '33.20'), ('sewer_gallons=NULL::bigint', '40.45'), ('sewer_gallons='' ''', '40.45'),
	('sewer_gallons=0.5', 'sewer_gallons_fraction'), ('sewer_gallons=-5', 'sewer_gallons_negative'), ('sewer_gallons=''x''', 'sewer_gallons_not_a_number'),
	('sewer_gallons=10::bigint ^ 13', 'sewer_gallons_too_large'), ('sewer_gallons=true', '42804'),
	('fire_sprinkler=4', '43.45'), ('fire_sprinkler=4.0', '43.45'), ('fire_sprinkler='' 2.5 ''', '42.33'), ('fire_sprinkler=NULL::numeric', '40.45'),
	('fire_sprinkler=''''', '40.45'), ('fire_sprinkler=0', 'fire_sprinkler_zero'), ('fire_sprinkler=-1', 'fire_sprinkler_negative'),
	('fire_sprinkler=''4"''', 'fire_sprinkler_not_a_number'), ('fire_sprinkler=0.00000000001', 'fire_sprinkler_too_fine'),
	('fire_sprinkler=1e30', 'fire_sprinkler_too_large'), ('fire_sprinkler=''NaN''::numeric', 'fire_sprinkler_not_a_number'), ('fire_sprinkler=true', '42804'),
	('dumping_stations=2', '100.45'), ('dumping_stations=2::smallint', '100.45'), ('dumping_stations=''2''', '100.45'), ('dumping_stations=2.00', '100.45'),
	('dumping_stations=0', '40.45'), ('dumping_stations=NULL::int', 'dumping_stations_null'), ('dumping_stations=''''', 'dumping_stations_null'),
	('dumping_stations=0.5', 'dumping_stations_fraction'), ('dumping_stations=-1', 'dumping_stations_negative'),
	('dumping_stations=3000000000', 'dumping_stations_too_large'), ('dumping_stations=''two''', 'dumping_stations_not_a_number'),
	('dumping_stations=''NaN''::real', 'dumping_stations_not_a_number'),
	-- the date
	('service_date=timestamp ''2026-10-01 23:59''', '40.45'), ('service_date=timestamp ''infinity''', '40.45'), ('service_date=NULL::date', 'service_date_null'),
	('service_date=date ''1990-01-01''', 'no_schedule'), ('service_date=date ''-infinity''', 'no_schedule'),
	('service_date=timestamp ''1990-01-01''', 'no_schedule'), ('service_date=''2026-10-01''', '40.45'), ('service_date=''2026-10-01 -05''', '40.45'), ('service_date=''2026-10-01T23:59:59.999+13:00''', '40.45'), ('service_date=''2026-10-01 00:00 Z''', '40.45'), ('service_date=''10/01/2026''', 'service_date_not_a_date'), ('service_date=''2026-02-29''', 'service_date_not_a_date'), ('service_date=''infinity''', 'service_date_not_a_date'), ('service_date=''2026-10-01Z''', 'service_date_not_a_date'), ('service_date=''2026-10-01T''', 'service_date_not_a_date'), ('service_date=''2026-10-01 25:00''', 'service_date_not_a_date'), ('service_date=''2026-10-01 x''', 'service_date_not_a_date'), ('service_date=''1990-01-01''', 'no_schedule'), ('service_date='' ''', 'service_date_null'), ('service_date=1', '42804'), ('service_date=now()', '42804'), ('service_date=-', '42703'),
	-- what is not read
	('schedule=''no such''', '40.45'), ('other=1', '40.45');

SELECT is(pg_temp.rated(pg_temp.account(change)), outcome, change) FROM reading ORDER BY n;

SELECT * FROM finish();
ROLLBACK;
