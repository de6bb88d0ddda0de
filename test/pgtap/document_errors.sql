-- Documents that are not as schedule_document() writes them: each is refused with its place, and nothing is left of it.
SET client_min_messages = warning;
SELECT no_plan();

SELECT mission_rates.schedule_document('Ordinance 5244') AS document \gset
CREATE TEMP TABLE good AS SELECT :'document'::text AS document;

-- What importing a document under the name "New" says: SQLSTATE and message, and on further lines detail, hint and place
CREATE FUNCTION pg_temp.said(document text, name text DEFAULT 'New', OUT error text, OUT detail text, OUT hint text, OUT place text)
LANGUAGE plpgsql AS $$
DECLARE
	state text;
BEGIN
	error := 'no error: ' || mission_rates.draft_from_document(document, name);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, error = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT,
		place = PG_EXCEPTION_CONTEXT;
	error := state || ' ' || error;
	place := substring(place FROM '(?n)^(.*) of the document$');
END
$$;
-- The good document with one text in place of another
CREATE FUNCTION pg_temp.said_of(old text, new text, OUT error text, OUT detail text, OUT hint text, OUT place text) LANGUAGE sql AS $$
	SELECT s.* FROM good, LATERAL pg_temp.said(replace(document, $1, $2)) AS s WHERE strpos(document, $1) > 0
$$;

-- No object
SELECT is(s.error, v.error, v.document) FROM (VALUES
	(NULL, '22023 document is NULL'),
	('[]', '22023 invalid document: it is an array and not an object'),
	('1', '22023 invalid document: it is a number and not an object'),
	('null', '22023 invalid document: it is null and not an object'),
	('"{}"', '22023 invalid document: it is a string and not an object'),
	('{}', '22023 invalid document: "format" is missing')) AS v (document, error), LATERAL pg_temp.said(v.document) AS s;
SELECT matches(s.error, '^22P02 ', d) FROM unnest(ARRAY['', ' ', '{', '{}{}', U&'\FEFF{}', '{"format": mission}', '{''format'': 1}', '{"format": 1,}']) AS d,
	LATERAL pg_temp.said(d) AS s;

-- Keys and the types of values
SELECT is(s.error, v.error, v.new) FROM (VALUES
	('"volume_step": 1,', '', '22023 invalid document: "volume_step" is missing'),
	('"volume_step": 1,', '"volume_step": 1, "volume_step": 1,', '22023 invalid document: "volume_step" is repeated'),
	('"volume_step": 1,', '"volume_step": 1, "rate": 1,', '22023 invalid document: "rate" is unknown'),
	('"volume_step": 1,', '"volume_step": 1, "sealed_rows": 1,', '22023 invalid document: "sealed_rows" is unknown'),
	('"volume_step": 1,', '"Volume_step": 1,', '22023 invalid document: "Volume_step" is unknown'),
	('"volume_step": 1,', '"volume_step": 1, "' || repeat('ä', 100) || '": 1,', '22023 invalid document: "' || repeat('ä', 60) || '" is unknown'),
	('"volume_step": 1,', '"volume_step": "1",', '22023 invalid document: "volume_step" is not a whole number: "1"'),
	('"volume_step": 1,', '"volume_step": 1.0,', '22023 invalid document: "volume_step" is not a whole number: 1.0'),
	('"volume_step": 1,', '"volume_step": 1e0,', '22023 invalid document: "volume_step" is not a whole number: 1e0'),
	('"volume_step": 1,', '"volume_step": null,', '22023 invalid document: "volume_step" is not a whole number: null'),
	('"volume_step": 1,', '"volume_step": true,', '22023 invalid document: "volume_step" is not a whole number: true'),
	('"volume_step": 1,', '"volume_step": [1],', '22023 invalid document: "volume_step" is not a whole number: [1]'),
	('"due_days": 20,', '"due_days": "",', '22023 invalid document: "due_days" is not a whole number or null: ""'),
	('"title": "Chapter', '"title": 1, "t": "', '22023 invalid document: "t" is unknown'),
	('"adopted_on": "2022-10-24"', '"adopted_on": "2022-02-30"', '22023 invalid document: "adopted_on" is not a date as "YYYY-MM-DD" or null: "2022-02-30"'),
	('"adopted_on": "2022-10-24"', '"adopted_on": "10/24/2022"', '22023 invalid document: "adopted_on" is not a date as "YYYY-MM-DD" or null: "10/24/2022"'),
	('"adopted_on": "2022-10-24"', '"adopted_on": "yesterday"', '22023 invalid document: "adopted_on" is not a date as "YYYY-MM-DD" or null: "yesterday"'),
	('"adopted_on": "2022-10-24"', '"adopted_on": "0000-10-24"', '22023 invalid document: "adopted_on" is not a date as "YYYY-MM-DD" or null: "0000-10-24"'),
	('"adopted_on": "2022-10-24"', '"adopted_on": "2022-10-2"', '22023 invalid document: "adopted_on" is not a date as "YYYY-MM-DD" or null: "2022-10-2"'),
	('"effective_from": "2023-01-01"', '"effective_from": 2023', '22023 invalid document: "effective_from" is not a date as "YYYY-MM-DD" or null: 2023'),
	('"mission_rates 1"', '"mission_rates 2"', '22023 invalid document: "format" is not "mission_rates 1" but "mission_rates 2"'),
	('"mission_rates 1"', '1', '22023 invalid document: "format" is not a string: 1'),
	('"sewer_volume": []', '"sewer_volume": {}', '22023 invalid document: "sewer_volume" is not an array: {}'),
	('"sewer_volume": []', '"sewer_volume": null', '22023 invalid document: "sewer_volume" is not an array: null'),
	('"sewer_volume": []', '"sewer_volume": [null]', '22023 invalid document: sewer_volume, row 1 is null and not an object'),
	('"sewer_volume": []', '"sewer_volume": [[{}]]', '22023 invalid document: sewer_volume, row 1 is an array and not an object'),
	('"sewer_volume": []', '"sewer_volume": [{}]', '22023 invalid document: sewer_volume, row 1: "class" is missing'),
	('"above_gallons": 19999, "rate_per_1000": 2.50', '"above_gallons": 19999, "rate_per_1000": "2.50"', '22023 invalid document: water_volume, row 2: "rate_per_1000" is not a number: "2.50"'),
	('"above_gallons": 19999, "rate_per_1000": 3.26', '"above_gallons": 19999', '22023 invalid document: water_volume, row 12: "rate_per_1000" is missing'),
	('"line_inches": 4, "larger_than": false', '"line_inches": 4, "larger_than": false, "larger_than": false', '22023 invalid document: sewer_permit, row 1: "larger_than" is repeated'),
	('"line_inches": 4, "larger_than": false', '"line_inches": 4, "larger_than": 0', '22023 invalid document: sewer_permit, row 1: "larger_than" is not true or false: 0'),
	('"line_inches": 4, ', '"schedule": "Ordinance 5244", "line_inches": 4, ', '22023 invalid document: sewer_permit, row 1: "schedule" is unknown'),
	('"line_inches": 4, ', '"line_inches": 6.000, ', '22023 invalid document: sewer_permit, row 2 has the key of another row'),
	('"class": "A9", "above_gallons": 19999', '"class": "A9", "above_gallons": 999', '22023 invalid document: water_volume, row 14 has the key of another row'),
	('"rate_group": "commercial", "service_area"', '"rate_group": "Commercial", "service_area"', '22023 invalid document: class_rule, row 2: "rate_group" is not a label of rate_group: "Commercial"'),
	('"category": "school"', '"category": "' || repeat('x', 64) || '"', '22023 invalid document: deposit, row 8: "category" is not a label of deposit_category: "' || repeat('x', 60) || '"'),
	('"service_area": "inside", "outside_class": "A8"', '"service_area": "inside", "outside_class": "a8"', '22023 invalid document: class_rule, row 1: "outside_class" is not a label of customer_class: "a8"'),
	('"added_labels": []', '"added_labels": [{"type_name": "bill_line", "label": "A10", "after_label": "A9"}]', '22023 invalid document: added_labels, row 1: "type_name" is not a type with labels: "bill_line"'),
	('"added_labels": []', '"added_labels": [{"type_name": "%d", "label": "A10", "after_label": "A9"}]', '22023 invalid document: added_labels, row 1: "type_name" is not a type with labels: "%d"'),
	('"added_labels": []', '"added_labels": [{"type_name": "meter_size", "label": "14", "after_label": 12}]', '22023 invalid document: added_labels, row 1: "after_label" is not a string or null: 12')
	) AS v (old, new, error), LATERAL pg_temp.said_of(v.old, v.new) AS s;
SELECT is(s.detail, 'Key (schedule, line_inches, larger_than)=(New, 6, f) already exists.', 'the key that is there twice')
	FROM pg_temp.said_of('"line_inches": 4, ', '"line_inches": 6.000, ') AS s;

-- Labels that the database lacks: how they are added
SELECT is(s.hint, 'Where a later ordinance has it, it is added by ' || v.command || '.', v.command) FROM (VALUES
	('customer_class', $$SELECT mission_rates.add_class('New ''label', 'A9')$$),
	('meter_size', $$SELECT mission_rates.add_meter_size('New ''label', 'A9')$$),
	('rate_group', $$SELECT mission_rates.add_rate_group('New ''label', 'A9')$$),
	('service_area', $$ALTER TYPE mission_rates.service_area ADD VALUE 'New ''label'$$),
	('deposit_category', $$ALTER TYPE mission_rates.deposit_category ADD VALUE 'New ''label'$$)) AS v (type_name, command),
	LATERAL pg_temp.said_of('"added_labels": []', '"added_labels": [{"label": "New ''label", "type_name": "' || v.type_name || '", "after_label": "A9"}]') AS s;
SELECT is(s.hint, $$Where a later ordinance has it, it is added by SELECT mission_rates.add_class('A7').$$, 'a row has no label before it')
	FROM pg_temp.said_of('"class": "A4"', '"class": "A7"') AS s;

-- Numbers: what JSON takes, the constraints of the tables judge, and the context has the place
SELECT is(left(s.error, 5) || ' at ' || s.place, v.error, v.new) FROM (VALUES
	('"line_inches": 4,', '"line_inches": 1e400,', '23514 at sewer_permit, row 1'),
	('"line_inches": 4,', '"line_inches": -1,', '23514 at sewer_permit, row 1'),
	('"line_inches": 4,', '"line_inches": 4.00001,', '23514 at sewer_permit, row 1'),
	('"line_inches": 4,', '"line_inches": 1e400000,', '22003 at sewer_permit, row 1'),
	('"class": "A9", "above_gallons": 999,', '"class": "A9", "above_gallons": -1,', '23514 at water_volume, row 13'),
	('"class": "A9", "above_gallons": 999,', '"class": "A9", "above_gallons": 99999999999999999999,', '22003 at water_volume, row 13'),
	('"label": "Residential"', '"label": ""', '23514 at class_rule, row 1'),
	('"volume_step": 1,', '"volume_step": 0,', '23514 at the top level'),
	('"volume_step": 1,', '"volume_step": 2147483648,', '22003 at the top level')) AS v (old, new, error), LATERAL pg_temp.said_of(v.old, v.new) AS s;
SELECT matches(s.error, '^22P02 ', v) FROM unnest(ARRAY['NaN', 'Infinity', '-Infinity', '0x10', '01', '.5', '5.', '+1', '1_000']) AS v,
	LATERAL pg_temp.said_of('"line_inches": 4,', '"line_inches": ' || v || ',') AS s;
SELECT is((pg_temp.said_of('"line_inches": 4,', '"line_inches": 4.0e0,')).error, 'no error: New', 'an exponent of a number that is not whole is one');
SELECT mission_rates.drop_draft('New');

-- Characters
SELECT is(left(s.error, 5), v.error, v.new) FROM (VALUES
	('"Residential"', '"a\u0000b"', '22P05'),
	('"volume_step": 1,', '"volume_step": 1, "a\u0000": 1,', '22P05'),
	('"Residential"', '"\ud800"', '22P02'),
	('"Residential"', '"\x"', '22P02'),
	('"Residential"', E'"a\tb"', '22P02')) AS v (old, new, error), LATERAL pg_temp.said_of(v.old, v.new) AS s;
SELECT is((pg_temp.said_of('"Residential"', '"R\u00e9s\ud83d\ude00"')).error, 'no error: New', 'escapes of characters');
SELECT is((SELECT label FROM mission_rates.class_rule WHERE schedule = 'New' AND class = 'A1'), 'Rés😀', 'are the characters');
SELECT mission_rates.drop_draft('New');

-- Names
SELECT is((pg_temp.said(:'document', v.name)).error, v.error, 'the name "' || v.name || '"') FROM (VALUES
	('', '22023 invalid document: "schedule" is blank'),
	(E' \t', '22023 invalid document: "schedule" is blank'),
	('Ordinance 5244', '23505 schedule "Ordinance 5244" exists already')) AS v (name, error);
SELECT is(left((pg_temp.said(:'document', ' New')).error, 5), '23514', 'a name that begins with a space');
SELECT is((pg_temp.said(replace(:'document', '"schedule": "Ordinance 5244"', '"schedule": " "'), NULL)).error,
	'22023 invalid document: "schedule" is blank', 'the name in the document');
SELECT is((pg_temp.said(:'document', NULL)).error, '23505 schedule "Ordinance 5244" exists already', 'the name of the document');

-- Arrays of texts
SELECT is(s.error, '22023 invalid document: service_charge, row 1: "base_charges" is not an array of strings or null: ' || v, v)
	FROM unnest(ARRAY['["water_volume", 1]', '[null]', '"water_volume"', '{}', '[["water_volume"]]', '[1e400000]']) AS v, LATERAL pg_temp.said_of('"service_charge": []',
	'"service_charge": [{"code": "tax", "class": "A1", "amount": 0.01, "unit": "dollar", "above_gallons": 0, "base_charges": ' || v
	|| ', "every_bill": true, "label": "Tax", "section": ""}]') AS s;
SELECT is(left(s.error, 5) || ' at ' || s.place, '23514 at service_charge, row 1', 'an empty one') FROM pg_temp.said_of('"service_charge": []',
	'"service_charge": [{"code": "tax", "class": "A1", "amount": 0.01, "unit": "dollar", "above_gallons": 0, "base_charges": [],'
	' "every_bill": true, "label": "Tax", "section": ""}]') AS s;

-- Large and deep ones
SELECT is(left((pg_temp.said(repeat(v.open, v.depth) || '1' || repeat(v.close, v.depth))).error, 5), v.error, v.depth || ' ' || v.open) FROM (VALUES
	('[', ']', 1000000, '54001'), ('{"a":', '}', 1000000, '54001'), ('[', ']', 1000, '22023'), ('{"a":', '}', 1000, '22023')) AS v (open, close, depth, error);
SELECT matches((pg_temp.said(repeat('[', 10000) || repeat(']', 10000))).error, '^(22023|54001) ', 'of depth 10,000, whatever the stack holds');
SELECT is((pg_temp.said(repeat(' ', 30000000) || '{}')).error, '22023 invalid document: "format" is missing', '30 MB of space');
SELECT is((pg_temp.said('{"' || repeat('x', 10000000) || '": 1}')).error, '22023 invalid document: "' || repeat('x', 60) || '" is unknown', 'a key of 10 MB');
SELECT is((pg_temp.said_of('"sewer_volume": []', '"sewer_volume": [' || repeat('{"class": "A1", "above_gallons": 0, "rate_per_1000": 1, "section": ""},', 10000)
	|| '{}]')).error, '22023 invalid document: sewer_volume, row 2 has the key of another row', 'many rows of one key');
SET statement_timeout = '10s';
SELECT is((pg_temp.said_of('"sewer_volume": []', rtrim(repeat('"sewer_volume": [' || rtrim(repeat('{"class": "A1"},', 100), ',') || '],', 60), ','))).error,
	'22023 invalid document: "sewer_volume" is repeated', 'a table that is there 60 times');
RESET statement_timeout;
CREATE FUNCTION pg_temp.stopped(document text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN mission_rates.draft_from_document(document, 'New');
EXCEPTION WHEN query_canceled THEN
	RETURN SQLSTATE;
END
$$;
CREATE TEMP TABLE long AS SELECT replace(:'document', '"sewer_volume": []', '"sewer_volume": [' || (SELECT string_agg(
	format('{"class": "A1", "above_gallons": %s, "rate_per_1000": 1, "section": ""}', n), ',') FROM generate_series(1, 100000) AS n) || ']') AS document;
SET statement_timeout = '1s';
SELECT is((SELECT pg_temp.stopped(document) FROM long), '57014', 'what takes long can be stopped');
RESET statement_timeout;

-- Nothing is left
SELECT is_empty($$SELECT FROM mission_rates.schedule WHERE schedule <> 'Ordinance 5244'$$, 'no schedule is left');
SELECT is((SELECT count(*) FROM mission_rates.sewer_volume)::integer, 0, 'nor a row of one');
SELECT is((SELECT count(*) FROM mission_rates.schedule_log WHERE event = 'import')::integer, 2, 'and the log has those alone that came in');

SELECT * FROM finish();
