-- A random schedule: Ordinance 5244 with other amounts, texts and terms, and with rows of its own in every table.  What is
-- random follows from the seed alone.

-- A text in some script, with what has to be escaped
CREATE FUNCTION random_text() RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT string_agg((ARRAY['a', 'Z', '0', ' ', '"', '''', '\', '/', E'\n', E'\t', E'\r', E'\b', E'\x01', E'\x7F', '$', '</script>', '\u0041',
		'é', 'ß', 'Ω', 'Ж', 'ש', 'ع', 'ก', '한', '水', '𝔘', '😀', '👩‍🚒', U&'\00A0', U&'\2028', U&'\FEFF', U&'e\0301'])[1 + floor(random() * 33)::integer], '')
	FROM generate_series(1, 1 + floor(random() * 12)::integer)
$$;

-- A number that a rate may be, with decimals of its own
CREATE FUNCTION random_rate() RETURNS numeric LANGUAGE sql VOLATILE AS $$
	SELECT CASE floor(random() * 8)::integer
		WHEN 0 THEN 0 WHEN 1 THEN 0.0000 WHEN 2 THEN 0.0001 WHEN 3 THEN 999999999.9999 WHEN 4 THEN 100000000
		ELSE round((random() * 1000)::numeric, floor(random() * 5)::integer) END
$$;

CREATE FUNCTION random_schedule(name text, seed integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	c record;
BEGIN
	PERFORM setseed(seed / 1000.0);
	PERFORM mission_rates.draft_schedule(name, 'Ordinance 5244');
	UPDATE mission_rates.schedule AS s SET title = random_text(), adopted_by = nullif(random_text(), 'a'), volume_step = 1 + floor(random() * 1000)::integer,
		included_pipe_feet = random_rate(), waiver_overcharge = random_rate(),
		adopted_on = (ARRAY['0001-01-01', '1582-10-15', '2000-02-29', '9999-12-31', NULL])[1 + floor(random() * 5)::integer]::date
	WHERE s.schedule = name;
	-- Every number and text that is in no key
	FOR c IN
		SELECT t.rate_table, a.attname, a.atttypid = 'numeric'::regtype AS is_number
		FROM _mission_rates.rate_tables() AS t
		JOIN pg_attribute AS a ON a.attrelid = format('mission_rates.%I', t.rate_table)::regclass
			AND (a.atttypid = 'numeric'::regtype AND a.attname <> 'factor' OR a.attname IN ('label', 'section'))
		JOIN pg_constraint AS k ON k.conrelid = a.attrelid AND k.contype = 'p' AND a.attnum <> ALL (k.conkey)
		WHERE t.rate_table <> 'schedule'
		ORDER BY t.table_order, a.attnum
	LOOP
		EXECUTE format('UPDATE mission_rates.%I SET %I = %s WHERE schedule = $1 AND %2$I IS NOT NULL AND random() < 0.3', c.rate_table, c.attname,
			CASE WHEN c.is_number THEN 'random_rate()' ELSE 'random_text()' END) USING name;
	END LOOP;
	UPDATE mission_rates.fee AS f SET amount = 0.05 WHERE f.schedule = name AND f.code = 'late_fee';
	-- Rows of its own
	INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
		SELECT name, 'x' || random_text() || n || 'x', random_rate(), 'each', random_text() FROM generate_series(1, 5) AS n;
	INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000)
		SELECT name, 'A1', 100000 + floor(random() * 1e9)::bigint + n, random_rate() FROM generate_series(1, 4) AS n;
	INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000) VALUES (name, 'A2', 1000000000000, random_rate());
	UPDATE mission_rates.sewer_rate AS s SET rate_per_1000 = NULL WHERE s.schedule = name AND s.class = 'A3';
	INSERT INTO mission_rates.sewer_volume (schedule, class, above_gallons, rate_per_1000)
		SELECT name, 'A3', n * 5000, random_rate() FROM generate_series(0, floor(random() * 4)::integer) AS n;
	INSERT INTO mission_rates.sewer_permit (schedule, line_inches, larger_than, amount)
		SELECT name, 10 * n + round((random() * 9)::numeric, 2), false, random_rate() FROM generate_series(1, 3) AS n;
	INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, above_gallons, every_bill, label)
		SELECT name, 'charge ' || random_text() || n || 'x', v::mission_rates.customer_class, random_rate() * (ARRAY[-1, 1])[1 + floor(random() * 2)::integer],
			u.unit, CASE u.unit WHEN '1,000 gallons' THEN floor(random() * 1e12)::bigint ELSE 0 END, random() < 0.5, random_text()
		FROM generate_series(1, 4) AS n, unnest(ARRAY['A1', 'A2', 'A9']) AS v, LATERAL (SELECT (ARRAY['month', 'each', '1,000 gallons'])[1 + n % 3] AS unit) AS u;
	INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, base_charges, every_bill, label)
		VALUES (name, 'tax', 'A1', 0.0825, 'dollar', ARRAY['water_volume', 'sewer_fixed'], true, random_text());
	-- A class and a size that were added
	IF random() < 0.6 THEN
		INSERT INTO mission_rates.class_rule SELECT name, v::mission_rates.customer_class, random_text(), 'residential', 'inside', NULL
			FROM unnest((ARRAY['A10 "new"', 'Båt'])[:1 + floor(random() * 2)::integer]) AS v;
		INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000)
			SELECT r.schedule, r.class, 999, random_rate() FROM mission_rates.class_rule AS r WHERE r.schedule = name AND r.class >= 'A10 "new"';
		INSERT INTO mission_rates.sewer_rate (schedule, class, fixed)
			SELECT r.schedule, r.class, random_rate() FROM mission_rates.class_rule AS r WHERE r.schedule = name AND r.class >= 'A10 "new"';
		INSERT INTO mission_rates.water_tap (schedule, meter_size, service_area, amount) VALUES (name, '14', 'inside', random_rate());
	END IF;
END
$$;
