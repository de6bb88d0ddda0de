-- ---------------------------------------------------------------------------
-- A schedule as a document
-- ---------------------------------------------------------------------------

CREATE FUNCTION _mission_rates.document_keys(
	OUT rate_table text,
	OUT key_order bigint,
	OUT key text,
	OUT type regtype,
	OUT label_type text,
	OUT or_null boolean,
	OUT kind text,
	OUT words text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 80
BEGIN ATOMIC
	WITH t AS (
		SELECT r.table_order, r.rate_table, r.columns,
			   format('mission_rates.%I', r.rate_table) AS relation
		FROM _mission_rates.rate_tables() AS r
		UNION ALL
		VALUES (0, 'added_labels', '{type_name,label,after_label}'::text[],
				'_mission_rates.added_label')),
	k AS (
		SELECT t.rate_table, a.attnotnull AS not_null,
			   CASE c.name WHEN 'fingerprint'
					THEN array_position(t.columns, 'sealed_rows')
					ELSE c.column_order END AS key_order,
			   c.name AS key, a.atttypid::regtype AS type
		FROM t
		CROSS JOIN unnest(t.columns) WITH ORDINALITY AS c (name, column_order)
		JOIN pg_attribute AS a
			ON a.attrelid = t.relation::regclass AND a.attname = c.name
		WHERE c.name <> 'sealed_rows'
		AND (c.name <> 'schedule' OR t.rate_table = 'schedule')
		UNION ALL
		SELECT 'schedule', true, 1000 + t.table_order, t.rate_table,
			   'json[]'::regtype
		FROM t
		WHERE t.rate_table <> 'schedule'
		UNION ALL
		VALUES ('schedule', true, 0, 'format', 'text'::regtype))
	SELECT k.rate_table, k.key_order, k.key, k.type,
		   CASE t.typtype WHEN 'e' THEN t.typname END, NOT k.not_null,
		   coalesce(j.kind, 'string'),
		   concat(coalesce(j.words, 'a string'),
				  CASE WHEN NOT k.not_null THEN ' or null' END)
	FROM k
	JOIN pg_type AS t ON t.oid = k.type
	LEFT JOIN (VALUES
		('numeric'::regtype, 'number', 'a number'),
		('integer', 'number', 'a whole number'),
		('bigint', 'number', 'a whole number'),
		('boolean', 'boolean', 'true or false'),
		('date', 'string', 'a date as "YYYY-MM-DD"'),
		('text[]', 'array', 'an array of strings'),
		('json[]', 'array', 'an array')) AS j (type, kind, words)
		ON j.type = k.type;
END;
COMMENT ON FUNCTION _mission_rates.document_keys IS
'Keys of a document (rate_table: schedule) and of the rows in it, with what a value must be, as json_typeof() calls it and in words; json[]: an array of rows';

CREATE FUNCTION _mission_rates.document_row("row" json)
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT '{' || string_agg(format('"%s": %s', e.key, e.value::jsonb), ', '
							 ORDER BY e.place) || '}'
	FROM json_each($1) WITH ORDINALITY AS e (key, value, place)
	WHERE e.key <> 'schedule';
END;
COMMENT ON FUNCTION _mission_rates.document_row IS
'Row of a table as a document has it';

CREATE FUNCTION _mission_rates.document_rows(rate_table text, schedule text)
	RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
DECLARE
	rows text;
BEGIN
	EXECUTE format(
		'SELECT string_agg(_mission_rates.document_row(row_to_json(r)), $1'
		' ORDER BY %s) FROM mission_rates.%I AS r WHERE r.schedule = $2',
		(SELECT string_agg(format(CASE a.atttypid
								  WHEN 'text'::regtype
								  THEN 'convert_to(r.%I, ''UTF8'')'
								  ELSE 'r.%I' END, a.attname), ', '
						   ORDER BY a.attnum)
		 FROM pg_index AS i
		 JOIN pg_attribute AS a
			ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
		 WHERE i.indrelid = format('mission_rates.%I', $1)::regclass
		 AND i.indisprimary), $1)
	INTO rows USING E',\n    ', $2;
	RETURN rows;
END
$$;
COMMENT ON FUNCTION _mission_rates.document_rows IS
'Rows of a schedule in a table, in the order of its key: labels as in their type, numbers by value, texts by their bytes in UTF-8';

CREATE FUNCTION _mission_rates.used_labels(
	schedule text,
	OUT type_name text,
	OUT label text)
	RETURNS SETOF record
	LANGUAGE plpgsql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
BEGIN
	RETURN QUERY EXECUTE (
		SELECT string_agg(format('SELECT %L, r.%I::text FROM mission_rates.%I'
								 ' AS r WHERE r.schedule = $1',
								 k.label_type, k.key, k.rate_table), ' UNION ')
		FROM _mission_rates.document_keys() AS k
		WHERE k.label_type IS NOT NULL)
	USING $1;
END
$$;
COMMENT ON FUNCTION _mission_rates.used_labels IS
'Labels that the rows of a schedule use';

CREATE FUNCTION _mission_rates.document_labels(schedule text)
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT string_agg(_mission_rates.document_row(json_build_object(
						'type_name', l.type_name, 'label', l.label,
						'after_label', l.after_label)),
					  E',\n    ' ORDER BY l.type_order, l.place)
	FROM (SELECT n.type_order, e.enumsortorder AS place, n.type_name,
				 e.enumlabel AS label, s.label IS NOT NULL AS is_shipped,
				 lag(e.enumlabel) OVER (PARTITION BY n.type_order
										ORDER BY e.enumsortorder)
				 AS after_label
		  FROM unnest(ARRAY['customer_class', 'meter_size', 'service_area',
							'rate_group', 'deposit_category'])
			WITH ORDINALITY AS n (type_name, type_order)
		  JOIN pg_enum AS e
			ON e.enumtypid = format('mission_rates.%I', n.type_name)::regtype
		  LEFT JOIN _mission_rates.shipped_labels() AS s
			ON s.type_name = n.type_name AND s.label = e.enumlabel
		  LEFT JOIN _mission_rates.used_labels($1) AS u
			ON u.type_name = n.type_name AND u.label = e.enumlabel
		  WHERE s.label IS NOT NULL OR u.label IS NOT NULL) AS l
	WHERE NOT l.is_shipped
$$;
COMMENT ON FUNCTION _mission_rates.document_labels IS
'Labels that a schedule uses and that are not shipped, each with the nearest one before it that is shipped or used';

CREATE FUNCTION _mission_rates.copied_schedule(schedule text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'copied_schedule'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.copied_schedule IS
'Name of a schedule as it is passed, once it is found to be as it was adopted';

CREATE FUNCTION mission_rates.schedule_document(schedule text)
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE COST 50000
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT E'{\n  ' || string_agg(format('"%s": %s', k.key, CASE
			WHEN k.key = 'format' THEN '"mission_rates 1"'
			WHEN k.type <> 'json[]'::regtype THEN (t.terms -> k.key)::text
			ELSE coalesce(E'[\n    ' || CASE k.key
					WHEN 'added_labels'
					THEN _mission_rates.document_labels(t.schedule)
					ELSE _mission_rates.document_rows(k.key, t.schedule)
				END || E'\n  ]', '[]') END),
		E',\n  ' ORDER BY k.key_order) || E'\n}'
	FROM (SELECT s.schedule, to_jsonb(s) AS terms
		  FROM _mission_rates.copied_schedule($1) AS c (schedule)
		  JOIN mission_rates.schedule AS s ON s.schedule = c.schedule) AS t
	CROSS JOIN _mission_rates.document_keys() AS k
	WHERE k.rate_table = 'schedule'
$$;
COMMENT ON FUNCTION mission_rates.schedule_document IS
'Schedule as JSON, one line for each row in the order of the keys; the same rows give the same text on every server';

CREATE FUNCTION _mission_rates.is_day(value text)
	RETURNS boolean
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
		WHEN $1 ~ '^[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}$' AND $1 !~ '^0000'
		THEN substr($1, 9)::integer BETWEEN 1 AND
			extract(day FROM make_date(substr($1, 1, 4)::integer,
									   substr($1, 6, 2)::integer, 1)
							 + interval '1 month - 1 day')
		ELSE false
	END;
END;
COMMENT ON FUNCTION _mission_rates.is_day IS
'Whether a text is a day of the calendar, written as YYYY-MM-DD';

CREATE FUNCTION _mission_rates.label_command(
	type_name text,
	label text,
	after text)
	RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
		WHEN $1 IN ('service_area', 'deposit_category')
		THEN format('ALTER TYPE mission_rates.%s ADD VALUE %L', $1, $2)
		ELSE format('SELECT mission_rates.%s(%s)', CASE $1
						WHEN 'customer_class' THEN 'add_class'
						WHEN 'meter_size' THEN 'add_meter_size'
						WHEN 'rate_group' THEN 'add_rate_group' END,
					concat_ws(', ', quote_literal($2), quote_literal($3)))
	END;
END;
COMMENT ON FUNCTION _mission_rates.label_command IS
'Command that adds a label to a type';

CREATE FUNCTION _mission_rates.document_parts(
	document json,
	OUT rate_table text,
	OUT table_order integer,
	OUT place bigint,
	OUT object json)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 150
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT 'schedule', -1, 1, $1
	UNION ALL
	SELECT m.key, coalesce(t.table_order, 0), e.place, e.object
	FROM (SELECT DISTINCT ON (d.key) d.key, d.value	-- the last of a repeated key
		  FROM json_each(CASE json_typeof($1) WHEN 'object' THEN $1 END)
			WITH ORDINALITY AS d (key, value, key_place)
		  ORDER BY d.key, d.key_place DESC) AS m
	LEFT JOIN _mission_rates.rate_tables() AS t ON t.rate_table = m.key
	CROSS JOIN json_array_elements(CASE json_typeof(m.value)
								   WHEN 'array' THEN m.value END)
		WITH ORDINALITY AS e (object, place)
	WHERE m.key = 'added_labels' OR t.rate_table <> 'schedule'
$$;
COMMENT ON FUNCTION _mission_rates.document_parts IS
'Document (rate_table: schedule) and the elements of its arrays of rows';

-- Of the problems of an object the first in this order is reported: another
-- format, a key that is unknown, repeated or missing, a value that its column
-- cannot hold, a type without labels, a label that the database lacks.
CREATE FUNCTION _mission_rates.document_objects(
	document json,
	OUT rate_table text,
	OUT place bigint,
	OUT object json,
	OUT key text,
	OUT problem text,
	OUT hint text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 150
	SET search_path = pg_catalog, pg_temp
	AS $$
	WITH l AS MATERIALIZED (
		SELECT t.typname::text AS type_name, e.enumlabel::text AS label
		FROM pg_enum AS e
		JOIN pg_type AS t ON t.oid = e.enumtypid
		WHERE t.typnamespace = 'mission_rates'::regnamespace),
	r AS MATERIALIZED (
		SELECT d.* FROM _mission_rates.document_parts($1) AS d),
	m AS (
		SELECT r.table_order, r.place, e.key, e.value, e.key_place,
			   json_typeof(e.value) AS kind, e.value #>> '{}' AS text,
			   row_number() OVER (PARTITION BY r.table_order, r.place, e.key
								  ORDER BY e.key_place) > 1 AS repeated
		FROM r
		CROSS JOIN LATERAL json_each(CASE json_typeof(r.object)
									 WHEN 'object' THEN r.object END)
			WITH ORDINALITY AS e (key, value, key_place)),
	p AS (
		SELECT j.table_order, j.place, j.key, m.key_place, k.key_order, m.kind,
			   m.text, t.label_type, CASE
			WHEN k.key = 'format' AND m.kind = 'string'
				AND m.text <> 'mission_rates 1'
			THEN ARRAY['1', 'not "mission_rates 1" but %s']
			WHEN k.key IS NULL THEN '{2,unknown}'
			WHEN m.repeated THEN '{3,repeated}'
			WHEN m.key IS NULL THEN '{4,missing}'
			WHEN m.kind = 'null' AND k.or_null THEN NULL
			WHEN m.kind <> k.kind OR CASE k.type
				WHEN 'integer'::regtype THEN m.text ~ '[.eE]'
				WHEN 'bigint'::regtype THEN m.text ~ '[.eE]'
				WHEN 'date'::regtype THEN NOT _mission_rates.is_day(m.text)
				WHEN 'text[]'::regtype THEN EXISTS (
					SELECT FROM json_array_elements(m.value) AS e (value)
					WHERE json_typeof(e.value) <> 'string') END
			THEN ARRAY['5', concat('not ', k.words, ': %s')]
			WHEN k.rate_table = 'added_labels' AND k.key = 'type_name'
				AND NOT EXISTS (SELECT FROM l WHERE l.type_name = m.text)
			THEN '{6,"not a type with labels: %s"}'
			WHEN t.label_type IS NOT NULL AND NOT EXISTS (
				SELECT FROM l
				WHERE l.type_name = t.label_type AND l.label = m.text)
			THEN ARRAY['7', concat('not a label of ', t.label_type, ': %s')]
			END AS problem
		FROM r
		JOIN _mission_rates.document_keys() AS k ON k.rate_table = r.rate_table
		FULL JOIN m USING (table_order, place, key) AS j
		CROSS JOIN LATERAL (SELECT CASE
			WHEN k.rate_table = 'added_labels' AND k.key = 'label'
			THEN r.object ->> 'type_name'
			ELSE k.label_type END) AS t (label_type))
	SELECT DISTINCT ON (r.table_order, r.place) r.rate_table, r.place, r.object,
		   CASE t.type WHEN 'object' THEN left(f.key, 60) END,
		   CASE t.type
				WHEN 'object' THEN replace(f.problem[2], '%s', CASE f.kind
					WHEN 'string' THEN format('"%s"', left(f.text, 60))
					ELSE coalesce(left(f.text, 60), 'null') END)
				WHEN 'null' THEN 'null and not an object'
				WHEN 'array' THEN 'an array and not an object'
				ELSE format('a %s and not an object', t.type) END,
		   CASE WHEN f.problem[1] = '7' AND octet_length(f.text) < 64
				THEN _mission_rates.label_command(f.label_type, f.text,
												  r.object ->> 'after_label')
				END
	FROM r
	CROSS JOIN json_typeof(r.object) AS t (type)
	LEFT JOIN p AS f ON f.table_order = r.table_order AND f.place = r.place
		AND f.problem IS NOT NULL
	ORDER BY r.table_order, r.place, f.problem[1], f.key_place, f.key_order
$$;
COMMENT ON FUNCTION _mission_rates.document_objects IS
'Document (rate_table: schedule) and the objects in its arrays, each with its first problem, the key that has it, and the command that mends it';

CREATE FUNCTION mission_rates.draft_from_document(
	document text,
	schedule text DEFAULT NULL)
	RETURNS text
	AS 'MODULE_PATHNAME', 'draft_from_document'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION mission_rates.draft_from_document IS
'New draft of a document of schedule_document(), all or nothing; the result is its name';
