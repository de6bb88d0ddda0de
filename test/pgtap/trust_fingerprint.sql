-- Fingerprints of schedules: what they cover, and what they do not depend on.
SET client_min_messages = warning;
SELECT no_plan();

ALTER TYPE mission_rates.customer_class ADD VALUE 'A7';
ALTER TYPE mission_rates.meter_size ADD VALUE '24';
ALTER TYPE mission_rates.service_area ADD VALUE 'county' BEFORE 'inside';
ALTER TYPE mission_rates.rate_group ADD VALUE 'public';
ALTER TYPE mission_rates.deposit_category ADD VALUE 'farm';

-- The same computed from the rows as jsonb, as src/book/fingerprint.c says
CREATE FUNCTION pg_temp.line(rate_table text, r jsonb, left_out text[]) RETURNS text LANGUAGE sql AS $$
	SELECT $1 || coalesce(string_agg(E'\t' || a.attname || '=' || replace(replace(replace(replace(
		CASE WHEN 'numeric'::regtype IN (a.atttypid, t.typbasetype)
			THEN trim_scale(j.value::numeric)::text
			WHEN a.atttypid = 'boolean'::regtype THEN left(j.value, 1)
			WHEN a.atttypid = 'text[]'::regtype
			THEN ARRAY(SELECT jsonb_array_elements_text(j.value::jsonb))::text
			ELSE j.value END,
		'\', '\\'), E'\t', '\t'), E'\n', '\n'), E'\r', '\r'), '' ORDER BY a.attnum), '') || E'\n'
	FROM jsonb_each_text($2) AS j
	JOIN pg_attribute AS a ON a.attrelid = ('mission_rates.' || $1)::regclass AND a.attname = j.key
	JOIN pg_type AS t ON t.oid = a.atttypid
	WHERE j.value IS NOT NULL AND j.key <> ALL ($3)
$$;
CREATE FUNCTION pg_temp.fingerprint(schedule text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	lines text[] := '{}';
	more text[];
	rate_table text;
BEGIN
	FOR rate_table IN SELECT t.rate_table FROM _mission_rates.rate_tables() AS t LOOP
		EXECUTE format('SELECT array_agg(pg_temp.line(%L, to_jsonb(r), %L)) FROM mission_rates.%I AS r WHERE r.schedule = $1', rate_table,
			CASE rate_table WHEN 'schedule' THEN '{title,adopted_on,adopted_by,sealed_rows,fingerprint}' ELSE '{schedule}' END,
			rate_table) INTO more USING schedule;
		lines := lines || more;
	END LOOP;
	RETURN (SELECT encode(sha256(convert_to(string_agg(l, '' ORDER BY l COLLATE "C"), 'UTF8')), 'hex') FROM unnest(lines) AS l);
END $$;

SELECT is(mission_rates.schedule_fingerprint('Ordinance 5244'),
	'5230b4704c9bd7d72957922fc5801e95a4f8c39d2b142010651c89a55341949d', 'Ordinance 5244, everywhere and for good');
SELECT is((SELECT fingerprint FROM mission_rates.schedule WHERE schedule = 'Ordinance 5244'),
	mission_rates.schedule_fingerprint('Ordinance 5244'), 'it is stored when the extension is installed');
SELECT is(pg_temp.fingerprint('Ordinance 5244'), mission_rates.schedule_fingerprint('Ordinance 5244'),
	'the same computed otherwise');
SELECT throws_ok($$SELECT mission_rates.schedule_fingerprint('Nothing')$$, 'P0002', 'unknown rate schedule "Nothing"',
	'an unknown schedule');
SELECT throws_ok('SELECT mission_rates.schedule_fingerprint(NULL)', '22023', 'schedule is NULL', 'none');

-- What it does not depend on
SELECT mission_rates.draft_schedule('Été "\"', 'Ordinance 5244');
UPDATE mission_rates.fee SET label = E'Tab\t, \\ and\r\ntwo lines €' WHERE schedule = 'Été "\"' AND code = 'meter_lid';
INSERT INTO mission_rates.sewer_volume VALUES ('Été "\"', 'A8', 0, 1.50, '114-54(b)(2)a'), ('Été "\"', 'A8', 5000, 0, '');
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, above_gallons, base_charges, label) VALUES
	('Été "\"', 'garbage', 'A1', 12.50, 'month', 0, NULL, 'Garbage'), ('Été "\"', 'drought', 'A1', 0.5, '1,000 gallons', 10000, NULL, 'Drought'),
	('Été "\"', 'tax', 'A1', -0.0825, 'dollar', 0, ARRAY['garbage', E'a, "\\ b'], 'Tax');
CREATE TEMPORARY TABLE before AS SELECT mission_rates.schedule_fingerprint('Été "\"') AS fingerprint;
SELECT is(pg_temp.fingerprint('Été "\"'), fingerprint, 'a draft with odd names and labels') FROM before;
BEGIN;
SET LOCAL DateStyle = 'German';
SET LOCAL TimeZone = 'Pacific/Kiritimati';
SET LOCAL extra_float_digits = -5;
SET LOCAL bytea_output = 'escape';
SET LOCAL lc_numeric = 'C';
SET LOCAL search_path = nowhere, public;
SET LOCAL client_encoding = 'LATIN9';
SELECT ok((SELECT bool_and(mission_rates.schedule_fingerprint(s.schedule) = s.fingerprint) FROM mission_rates.schedule AS s
	WHERE s.effective_from IS NOT NULL), 'settings have no say');
ROLLBACK;
DELETE FROM mission_rates.fee WHERE schedule = 'Été "\"';
INSERT INTO mission_rates.fee SELECT 'Été "\"', code, round(amount, 4), unit, CASE code WHEN 'meter_lid'
	THEN E'Tab\t, \\ and\r\ntwo lines €' ELSE label END, section
	FROM mission_rates.fee WHERE schedule = 'Ordinance 5244' ORDER BY code DESC;
UPDATE mission_rates.water_minimum SET amount = amount + 0.0000 WHERE schedule = 'Été "\"';
SELECT is(mission_rates.schedule_fingerprint('Été "\"'), fingerprint, 'nor the order of rows, nor trailing zeros') FROM before;
UPDATE mission_rates.schedule SET title = 'Another', adopted_on = '2026-01-01', adopted_by = 'Council' WHERE schedule = 'Été "\"';
SELECT is(mission_rates.schedule_fingerprint('Été "\"'), fingerprint, 'nor how it was passed') FROM before;

-- What it covers: every other column of every table, and the rows themselves
CREATE FUNCTION pg_temp.changed(command text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	before text := mission_rates.schedule_fingerprint('Été "\"');
	after text;
BEGIN
	EXECUTE command;
	after := mission_rates.schedule_fingerprint('Été "\"');
	IF after <> pg_temp.fingerprint('Été "\"') THEN
		RAISE EXCEPTION 'not the same computed otherwise: %', command;
	END IF;
	RAISE EXCEPTION '%', before <> after USING ERRCODE = 'P0099';
EXCEPTION
	WHEN SQLSTATE 'P0099' THEN
		RETURN SQLERRM::boolean;
END $$;
CREATE FUNCTION pg_temp.has_rows(rate_table text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	found boolean;
BEGIN
	EXECUTE format('SELECT EXISTS (SELECT FROM mission_rates.%I WHERE schedule = ''Été "\"'')', rate_table) INTO found;
	RETURN found;
END $$;
SELECT ok(pg_temp.changed(command), command)
FROM _mission_rates.rate_tables() AS t, unnest(t.columns) AS c (name),
	pg_attribute AS a, LATERAL (SELECT format('UPDATE mission_rates.%1$I SET %2$I = %3$s WHERE schedule = ''Été "\"'' AND ctid ='
		' (SELECT max(ctid) FROM mission_rates.%1$I WHERE schedule = ''Été "\"'' AND %4$s)', t.rate_table, c.name,
		CASE WHEN a.atttypid = 'text'::regtype THEN format('%I || ''x''', c.name)
			WHEN a.atttypid = 'boolean'::regtype THEN format('NOT %I', c.name)
			WHEN a.atttypid = 'mission_rates.customer_class'::regtype THEN '''A7'''
			WHEN a.atttypid = 'mission_rates.meter_size'::regtype THEN '''24'''
			WHEN a.atttypid = 'mission_rates.service_area'::regtype THEN '''county'''
			WHEN a.atttypid = 'mission_rates.rate_group'::regtype THEN '''public'''
			WHEN a.atttypid = 'mission_rates.deposit_category'::regtype THEN '''farm'''
			WHEN a.atttypid = 'text[]'::regtype THEN '''{water_volume}'''
			ELSE format('coalesce(%1$I, 0) + 1', c.name) END,
		CASE WHEN c.name = 'factor' THEN 'factor IS NOT NULL'
			WHEN c.name = 'rate_per_1000' THEN 'rate_per_1000 IS NOT NULL'
			WHEN c.name = 'larger_than' THEN 'line_inches = 4'
			WHEN c.name = 'compound' THEN 'meter_size = ''1''' ELSE 'true' END) AS command) AS u
WHERE a.attrelid = ('mission_rates.' || t.rate_table)::regclass AND a.attname = c.name
AND c.name NOT IN ('schedule', 'title', 'adopted_on', 'adopted_by', 'sealed_rows', 'fingerprint', 'effective_from')
AND t.rate_table <> 'service_charge' AND pg_temp.has_rows(t.rate_table);
SELECT ok(pg_temp.changed(format('UPDATE mission_rates.service_charge SET %s WHERE schedule = ''Été "\"'' AND code = %L', change, code)),
	format('service_charge: %s of %s', change, code))
FROM (VALUES ('garbage', 'code = ''trash'''), ('garbage', 'class = ''A2'''), ('garbage', 'amount = -amount'), ('garbage', 'unit = ''each'''),
	('drought', 'above_gallons = 0'), ('tax', 'base_charges = ''{garbage}'''), ('garbage', 'every_bill = true'), ('garbage', 'label = ''Trash'''),
	('garbage', 'section = ''114-64''')) AS v (code, change);
SELECT ok(pg_temp.changed(format('DELETE FROM mission_rates.%1$I WHERE ctid = (SELECT min(ctid) FROM mission_rates.%1$I'
	' WHERE schedule = ''Été "\"'')', t.rate_table)), 'a row less: ' || t.rate_table)
FROM _mission_rates.rate_tables() AS t WHERE t.rate_table <> 'schedule' AND pg_temp.has_rows(t.rate_table);
SELECT ok(pg_temp.changed($$UPDATE mission_rates.water_tap SET amount = 0 WHERE schedule = 'Été "\"' AND amount IS NULL$$),
	'at market price is not free');

-- Adoption
DELETE FROM mission_rates.service_charge WHERE schedule = 'Été "\"' AND code = 'tax';
DELETE FROM mission_rates.sewer_volume WHERE schedule = 'Été "\"';
UPDATE before SET fingerprint = mission_rates.schedule_fingerprint('Été "\"');
SELECT is((SELECT fingerprint FROM mission_rates.schedule WHERE schedule = 'Été "\"'), NULL, 'a draft has none');
SELECT mission_rates.adopt_schedule('Été "\"', CURRENT_DATE + 100, accept_warnings => true);
SELECT is((SELECT fingerprint FROM mission_rates.schedule WHERE schedule = 'Été "\"'),
	mission_rates.schedule_fingerprint('Été "\"'), 'adopt_schedule stores it');
SELECT isnt(mission_rates.schedule_fingerprint('Été "\"'), fingerprint, 'it covers the date') FROM before;
SELECT is((SELECT count(*) FROM mission_rates.check_schedule('Été "\"') WHERE severity = 'error'), 0::bigint, 'it matches');
SELECT throws_ok($$UPDATE mission_rates.schedule SET fingerprint = repeat('0', 64) WHERE schedule = 'Été "\"'$$, '55000',
	NULL, 'it cannot be set by hand');
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE mission_rates.water_volume SET rate_per_1000 = 2.35 WHERE schedule = 'Été "\"' AND rate_per_1000 = 2.25 AND class = 'A1';
SELECT results_eq($$SELECT severity, item, problem FROM mission_rates.check_schedule('Été "\"') WHERE rate_table = 'schedule'$$,
	$$VALUES ('error', 'Été "\"', 'its fingerprint does not match, what is charged is not what was adopted')$$,
	'a superuser who goes around the guard shows');
SELECT throws_ok($$UPDATE mission_rates.schedule SET fingerprint = NULL WHERE effective_from IS NOT NULL$$, '23514', NULL,
	'no schedule is in force without a fingerprint');
ROLLBACK;
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE mission_rates.schedule SET due_days = 21 WHERE schedule = 'Été "\"';
SELECT is((SELECT count(*) FROM mission_rates.check_schedule('Été "\"') WHERE severity = 'error'), 1::bigint, 'and a changed term');
ROLLBACK;
SELECT mission_rates.withdraw_schedule('Été "\"');
SELECT is((SELECT fingerprint FROM mission_rates.schedule WHERE schedule = 'Été "\"'), NULL, 'withdrawn, it has none');
SELECT is(mission_rates.schedule_fingerprint('Été "\"'), fingerprint, 'and is what it was') FROM before;

SELECT * FROM finish();
