-- A schedule as a document: what it looks like, and that it comes back the same.
SET client_min_messages = warning;
SELECT no_plan();

-- The lines of a document, each with its number; a comma at the end belongs to the line below
CREATE FUNCTION pg_temp.lines(document text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT rtrim(line, ',') FROM unnest(string_to_array($1, E'\n')) AS line
$$;

-- One row of each table, and three service charges, one of each kind
\set small '{"format": "mission_rates 1", "schedule": "Small", "title": "A \\"title\\"\\nof Räte 水 \\\\ \\u0001 </script>", "adopted_on": "0987-01-02", "adopted_by": null, "effective_from": null, "fingerprint": null, "volume_step": 1, "due_days": null, "notice_days": 10, "included_pipe_feet": 80.50, "boring_from_inches": 0.75, "boring_to_inches": 2, "waiver_overcharge": null, "added_labels": [], "class_rule": [{"class": "A1", "label": "x", "rate_group": null, "service_area": "inside", "outside_class": null}], "deposit": [{"category": "homeowner", "above_square_feet": 0, "deposit": 100.00, "service_fee": 20, "section": ""}], "sewer_permit": [{"line_inches": 4, "larger_than": false, "amount": null, "section": ""}], "sewer_rate": [{"class": "A1", "fixed": 0.0, "rate_per_1000": 1.450, "factor": 1.0, "section": ""}], "sewer_volume": [{"class": "A1", "above_gallons": 1000000000000, "rate_per_1000": 999999999.9999, "section": ""}], "water_tap": [{"meter_size": "1 1/2", "compound": true, "service_area": "outside", "amount": null, "section": ""}], "water_minimum": [{"rate_group": "residential", "meter_size": "1/2", "service_area": "inside", "amount": 1, "section": ""}], "water_volume": [{"class": "A1", "above_gallons": 0, "rate_per_1000": 2.50, "section": "§"}], "fee": [{"code": "zeta", "amount": 1, "unit": "each", "label": "x", "section": ""}], "service_charge": [{"code": "a", "class": "A1", "amount": -2.50, "unit": "month", "above_gallons": 0, "base_charges": null, "every_bill": false, "label": "x", "section": ""}, {"code": "b", "class": "A1", "amount": 2, "unit": "1,000 gallons", "above_gallons": 5, "base_charges": null, "every_bill": true, "label": "x", "section": ""}, {"code": "c", "class": "A1", "amount": 0.0825, "unit": "dollar", "above_gallons": 0, "base_charges": ["water_volume", "a"], "every_bill": true, "label": "x", "section": ""}]}'
SELECT is(mission_rates.draft_from_document(:'small'), 'Small', 'the draft has the name of the document');
SELECT mission_rates.schedule_document('Small') AS document \gset
SELECT is(E'\n' || :'document', $$
{
  "format": "mission_rates 1",
  "schedule": "Small",
  "title": "A \"title\"\nof Räte 水 \\ \u0001 </script>",
  "adopted_on": "0987-01-02",
  "adopted_by": null,
  "effective_from": null,
  "fingerprint": null,
  "volume_step": 1,
  "due_days": null,
  "notice_days": 10,
  "included_pipe_feet": 80.50,
  "boring_from_inches": 0.75,
  "boring_to_inches": 2,
  "waiver_overcharge": null,
  "added_labels": [],
  "class_rule": [
    {"class": "A1", "label": "x", "rate_group": null, "service_area": "inside", "outside_class": null}
  ],
  "deposit": [
    {"category": "homeowner", "above_square_feet": 0, "deposit": 100.00, "service_fee": 20, "section": ""}
  ],
  "sewer_permit": [
    {"line_inches": 4, "larger_than": false, "amount": null, "section": ""}
  ],
  "sewer_rate": [
    {"class": "A1", "fixed": 0.0, "rate_per_1000": 1.450, "factor": 1.0, "section": ""}
  ],
  "sewer_volume": [
    {"class": "A1", "above_gallons": 1000000000000, "rate_per_1000": 999999999.9999, "section": ""}
  ],
  "water_tap": [
    {"meter_size": "1 1/2", "compound": true, "service_area": "outside", "amount": null, "section": ""}
  ],
  "water_minimum": [
    {"rate_group": "residential", "meter_size": "1/2", "service_area": "inside", "amount": 1, "section": ""}
  ],
  "water_volume": [
    {"class": "A1", "above_gallons": 0, "rate_per_1000": 2.50, "section": "§"}
  ],
  "fee": [
    {"code": "zeta", "amount": 1, "unit": "each", "label": "x", "section": ""}
  ],
  "service_charge": [
    {"code": "a", "class": "A1", "amount": -2.50, "unit": "month", "above_gallons": 0, "base_charges": null, "every_bill": false, "label": "x", "section": ""},
    {"code": "b", "class": "A1", "amount": 2, "unit": "1,000 gallons", "above_gallons": 5, "base_charges": null, "every_bill": true, "label": "x", "section": ""},
    {"code": "c", "class": "A1", "amount": 0.0825, "unit": "dollar", "above_gallons": 0, "base_charges": ["water_volume", "a"], "every_bill": true, "label": "x", "section": ""}
  ]
}$$, 'it comes back, one line for each row');
SELECT is(:'document'::jsonb, :'small'::jsonb, 'with the values that went in');
SELECT results_eq($$SELECT event, schedule, effective_from, fingerprint, detail FROM mission_rates.schedule_log$$,
	$$SELECT 'import', 'Small', NULL::date, NULL::text,
	'{"document": {"schedule": "Small", "effective_from": null, "fingerprint": null}, "rate_rows": 12}'::jsonb$$,
	'the log has it');

-- The shipped schedule, and the same as a draft
SELECT mission_rates.schedule_document('Ordinance 5244') AS shipped \gset
SELECT is(:'shipped'::json ->> 'fingerprint', mission_rates.schedule_fingerprint('Ordinance 5244'), 'an adopted one has its fingerprint');
SELECT is(:'shipped'::json ->> 'effective_from', '2023-01-01', 'and its date');
SELECT is(mission_rates.draft_from_document(:'shipped', 'Copy'), 'Copy', 'under another name');
SELECT is_empty($$SELECT * FROM mission_rates.compare_schedules('Ordinance 5244', 'Copy')$$, 'the copy is the same');
SELECT is(detail, jsonb_build_object('document', jsonb_build_object('schedule', 'Ordinance 5244',
	'effective_from', s.effective_from, 'fingerprint', s.fingerprint), 'rate_rows', s.sealed_rows), 'the log tells what the document said of itself')
	FROM mission_rates.schedule_log AS l, mission_rates.schedule AS s WHERE l.schedule = 'Copy' AND s.schedule = 'Ordinance 5244';
SELECT results_eq($$SELECT line COLLATE "C" FROM (SELECT pg_temp.lines(mission_rates.schedule_document('Copy')) AS line EXCEPT ALL
	SELECT pg_temp.lines(mission_rates.schedule_document('Ordinance 5244'))) AS d ORDER BY 1$$,
	$$VALUES ('  "effective_from": null' COLLATE "C"), ('  "fingerprint": null'), ('  "schedule": "Copy"')$$,
	'but for name, date and fingerprint');
SELECT is((SELECT s.adopted_by FROM mission_rates.schedule AS s WHERE s.schedule = 'Copy'), 'City Council of the City of Mission',
	'who passed it is taken over');
SELECT results_eq($$SELECT k.key COLLATE "C" FROM json_each(mission_rates.schedule_document('Copy')::json) WITH ORDINALITY AS k
	WHERE json_typeof(k.value) = 'array' AND k.key <> 'added_labels' ORDER BY k.ordinality$$,
	$$SELECT t.rate_table COLLATE "C" FROM _mission_rates.rate_tables() AS t WHERE t.rate_table <> 'schedule' ORDER BY t.table_order$$,
	'every rate table is there, in the order of the ordinance');
SELECT is_empty($$SELECT t.rate_table, c.name FROM _mission_rates.rate_tables() AS t, unnest(t.columns) AS c (name)
	WHERE c.name <> 'schedule' AND t.rate_table <> 'schedule' AND NOT EXISTS (SELECT FROM
		json_array_elements(mission_rates.schedule_document('Small')::json -> t.rate_table) AS r (value), json_object_keys(r.value) AS k
		WHERE k = c.name)$$, 'with every column');
SELECT is_empty($$SELECT c.name FROM _mission_rates.rate_tables() AS t, unnest(t.columns) AS c (name)
	WHERE t.rate_table = 'schedule' AND c.name <> 'sealed_rows'
	EXCEPT SELECT json_object_keys(mission_rates.schedule_document('Copy')::json)$$, 'and every column of the schedule but its seal');

-- Settings and the order of rows
SET datestyle = 'German, DMY';
SET intervalstyle = 'sql_standard';
SET extra_float_digits = -15;
SET bytea_output = 'escape';
SET timezone = 'Pacific/Apia';
-- PostgreSQL 19 knows no other string literals.
DO $$
BEGIN
	SET standard_conforming_strings = off;
	SET escape_string_warning = off;
EXCEPTION WHEN feature_not_supported THEN
	NULL;
END $$;
SET quote_all_identifiers = on;
SET search_path = pg_temp;
CREATE TEMP TABLE schedule (x integer);
CREATE FUNCTION pg_temp.concat(VARIADIC text[]) RETURNS text LANGUAGE sql AS 'SELECT ''hostile''';
SELECT mission_rates.schedule_document('Small') = :'document' AS same,
	mission_rates.draft_from_document(mission_rates.schedule_document('Small'), 'Under settings') AS under \gset
RESET ALL;
SET client_min_messages = warning;
SELECT ok(:'same', 'no setting changes the document');
SELECT is(replace(mission_rates.schedule_document(:'under'), '"Under settings"', '"Small"'), :'document', 'nor how it is read');
DO $$
DECLARE
	t record;
BEGIN
	PERFORM mission_rates.draft_schedule('Backwards', 'Ordinance 5244');
	FOR t IN SELECT r.rate_table FROM _mission_rates.rate_tables() AS r WHERE r.rate_table <> 'schedule' LOOP
		EXECUTE format('CREATE TEMP TABLE kept AS SELECT * FROM mission_rates.%I WHERE schedule = ''Backwards''', t.rate_table);
		EXECUTE format('DELETE FROM mission_rates.%I WHERE schedule = ''Backwards''', t.rate_table);
		EXECUTE format('INSERT INTO mission_rates.%I SELECT * FROM kept ORDER BY kept DESC', t.rate_table);
		DROP TABLE kept;
	END LOOP;
END
$$;
SELECT is(array_to_string((string_to_array(mission_rates.schedule_document('Backwards'), E'\n'))[9:], E'\n'),
	array_to_string((string_to_array(:'shipped', E'\n'))[9:], E'\n'), 'the order of inserts does not show');

-- Rows in the order of their keys
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) SELECT 'Small', c, 1, 'each', 'x'
	FROM unnest(ARRAY['é', 'Z', 'z', 'a-b', 'ab', 'a b', 'ÿ', '水', '😀', U&'\FF5E']) AS c;
INSERT INTO mission_rates.sewer_permit (schedule, line_inches, larger_than) VALUES ('Small', 10, false), ('Small', 9.5, true), ('Small', 9.50, false);
INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000) VALUES ('Small', 'A9', 5, 1), ('Small', 'A1', 100000, 1), ('Small', 'A1', 9, 1);
SELECT results_eq($$SELECT r ->> 'code' FROM json_array_elements(mission_rates.schedule_document('Small')::json -> 'fee') WITH ORDINALITY AS e (r, n) ORDER BY n$$,
	$$SELECT c FROM unnest(ARRAY['Z', 'a b', 'a-b', 'ab', 'z', 'zeta', 'é', 'ÿ', '水', U&'\FF5E', '😀']) WITH ORDINALITY AS u (c, n) ORDER BY n$$, 'text by its bytes in UTF-8');
SELECT results_eq($$SELECT r ->> 'line_inches', r ->> 'larger_than' FROM json_array_elements(mission_rates.schedule_document('Small')::json -> 'sewer_permit')
	WITH ORDINALITY AS e (r, n) ORDER BY n$$, $$VALUES ('4', 'false'), ('9.50', 'false'), ('9.5', 'true'), ('10', 'false')$$,
	'numbers by value, with their own decimals, false before true');
SELECT results_eq($$SELECT r ->> 'class', r ->> 'above_gallons' FROM json_array_elements(mission_rates.schedule_document('Small')::json -> 'water_volume')
	WITH ORDINALITY AS e (r, n) ORDER BY n$$, $$VALUES ('A1', '0'), ('A1', '9'), ('A1', '100000'), ('A9', '5')$$, 'in the order of the key');

-- Keys in any order, and space between them
SELECT is(mission_rates.draft_from_document((SELECT '{' || string_agg(to_json(k.key) || E':\t' || k.value, E' ,\n' ORDER BY k.key) || E'}\n'
	FROM json_each(:'document'::json) AS k), 'Sorted'), 'Sorted', 'keys in another order');
SELECT is(replace(mission_rates.schedule_document('Sorted'), '"Sorted"', '"Small"'), :'document', 'are the same document');
SELECT mission_rates.draft_from_document(:'document'::jsonb::text, 'Of jsonb') AS jsonb \gset
SELECT is(replace(mission_rates.schedule_document('Of jsonb'), '"Of jsonb"', '"Small"'), :'document', 'as jsonb has them');

-- Each column of each table by one step: one line is another
CREATE FUNCTION pg_temp.steps(type text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT s FROM unnest(CASE
		WHEN $1 = 'numeric' THEN ARRAY['coalesce(%1$I, 0) + 0.1', 'coalesce(%1$I, 0) - 0.1']
		WHEN $1 IN ('integer', 'bigint') THEN ARRAY['coalesce(%1$I, 0) + 1', 'coalesce(%1$I, 0) - 1']
		WHEN $1 = 'boolean' THEN ARRAY['NOT %1$I']
		WHEN $1 = 'text' THEN ARRAY['coalesce(%1$I, '''') || ''x''', '''each''']
		WHEN $1 = 'text[]' THEN ARRAY['%1$I || ''sewer_fixed''::text']
		WHEN $1 = 'date' THEN ARRAY['coalesce(%1$I, ''2020-01-01'') + 1']
		ELSE ARRAY[format('(enum_range(NULL::%s))[2]', $1), format('(enum_range(NULL::%s))[1]', $1)]
		END) AS s
$$;
CREATE FUNCTION pg_temp.differences(a text, b text) RETURNS text LANGUAGE sql AS $$
	SELECT (SELECT count(*) FROM (SELECT pg_temp.lines($1) EXCEPT ALL SELECT pg_temp.lines($2)) AS x) || ' out, '
		|| (SELECT count(*) FROM (SELECT pg_temp.lines($2) EXCEPT ALL SELECT pg_temp.lines($1)) AS x) || ' in'
$$;
CREATE FUNCTION pg_temp.change(rate_table text, column_name text, type text, document text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	step text;
	place tid;
	found text := 'no step is possible';
BEGIN
	FOR step IN SELECT format(s, column_name) FROM pg_temp.steps(type) AS s LOOP
		FOR place IN EXECUTE format('SELECT ctid FROM mission_rates.%I WHERE schedule = ''Steps'' AND %I IS DISTINCT FROM %s',
			rate_table, column_name, step) LOOP
			BEGIN
				EXECUTE format('UPDATE mission_rates.%I SET %I = %s WHERE ctid = %L', rate_table, column_name, step, place);
				found := pg_temp.differences(document, mission_rates.schedule_document('Steps'));
				RAISE EXCEPTION USING errcode = 'P0099';
			EXCEPTION WHEN SQLSTATE 'P0099' THEN
				RETURN found;
			WHEN check_violation OR unique_violation THEN
				NULL;
			END;
		END LOOP;
	END LOOP;
	RETURN found;
END
$$;
SELECT mission_rates.draft_from_document(:'document', 'Steps') AS steps \gset
SELECT mission_rates.schedule_document('Steps') AS document \gset
SELECT is(pg_temp.change(t.rate_table, a.attname, format_type(a.atttypid, -1), :'document'), '1 out, 1 in', t.rate_table || '.' || a.attname)
FROM _mission_rates.rate_tables() AS t
JOIN pg_attribute AS a ON a.attrelid = format('mission_rates.%I', t.rate_table)::regclass AND a.attnum > 0 AND NOT a.attisdropped
WHERE a.attname <> 'schedule' AND NOT (t.rate_table = 'schedule' AND a.attname IN ('effective_from', 'sealed_rows', 'fingerprint'));
SELECT ok(count(*) > 50, 'columns are found') FROM _mission_rates.rate_tables() AS t, unnest(t.columns) AS c;

-- Rights: exporting needs none, importing what draft_schedule needs
CREATE ROLE document_reader;
CREATE ROLE document_clerk;
SELECT format('GRANT INSERT, UPDATE, DELETE ON mission_rates.%I TO document_clerk', t.rate_table)
FROM _mission_rates.rate_tables() AS t \gexec
SET ROLE document_reader;
SELECT is(mission_rates.schedule_document('Ordinance 5244'), :'shipped', 'anybody may write a document');
SELECT throws_ok(format('SELECT mission_rates.draft_from_document(%L, ''Reader'')', :'shipped'), '42501', NULL, 'only a clerk makes a draft of it');
SET ROLE document_clerk;
SELECT is(mission_rates.draft_from_document(:'shipped', 'Clerk'), 'Clerk', 'a clerk may');
SELECT throws_ok(format('SELECT mission_rates.draft_from_document(%L)', :'shipped'), '23505', 'schedule "Ordinance 5244" exists already',
	'but not under an adopted name');
RESET ROLE;
SELECT is((SELECT count(*)::integer FROM mission_rates.schedule_log WHERE schedule = 'Reader'), 0, 'nothing is logged of what failed');

-- An adopted schedule whose rows were changed
SET session_replication_role = replica;
UPDATE mission_rates.fee SET amount = amount + 1 WHERE schedule = 'Ordinance 5244' AND code = 'boring';
RESET session_replication_role;
SELECT throws_ok($$SELECT mission_rates.schedule_document('Ordinance 5244')$$, '55000',
	'rates of schedule "Ordinance 5244" are not those that were adopted', 'is not written');
SET session_replication_role = replica;
UPDATE mission_rates.fee SET amount = amount - 1 WHERE schedule = 'Ordinance 5244' AND code = 'boring';
RESET session_replication_role;
SELECT is(mission_rates.schedule_document('Ordinance 5244'), :'shipped', 'once they are the same again it is');
SELECT throws_ok($$SELECT mission_rates.schedule_document('Nowhere')$$, 'P0002', 'unknown rate schedule "Nowhere"', 'an unknown schedule');
SELECT throws_ok($$SELECT mission_rates.schedule_document(NULL)$$, '22023', 'schedule is NULL', 'no schedule');

-- A trigger of the city that passes over rows
CREATE FUNCTION public.pass_over() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER pass_over BEFORE INSERT ON mission_rates.sewer_permit FOR EACH ROW WHEN (new.line_inches = 6) EXECUTE FUNCTION public.pass_over();
SELECT throws_ok(format('SELECT mission_rates.draft_from_document(%L, ''Less'')', :'shipped'), '09000',
	'sewer_permit, row 2 of the document could not be written', 'a row that a trigger keeps from being written');
DROP TRIGGER pass_over ON mission_rates.sewer_permit;

SELECT * FROM finish();
