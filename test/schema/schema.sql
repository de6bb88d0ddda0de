-- Writes the JSON Schema of a schedule as a document (doc/schedule.schema.json) from what the database knows: the keys of
-- a document, and the types and comments of the columns that they are.
\set QUIET on
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
SET client_min_messages = warning;
SET client_encoding = 'UTF8';

-- A column as a property: its name, type and comment
CREATE FUNCTION pg_temp.property(relation regclass, name text) RETURNS text LANGUAGE sql AS $$
	SELECT format('"%s": {%s, "description": %s}', name,
		CASE
			WHEN a.atttypid = 'text[]'::regtype THEN format('"type": ["array"%s], "items": {"type": "string"}', n.or_null)
			WHEN a.atttypid = 'date'::regtype THEN format('"type": ["string"%s], "format": "date"', n.or_null)
			WHEN a.attnotnull THEN format('"type": "%s"', j.kind)
			ELSE format('"type": ["%s"%s]', j.kind, n.or_null)
		END, to_json(col_description(relation, a.attnum)))
	FROM pg_attribute AS a,
		LATERAL (SELECT CASE WHEN a.attnotnull THEN '' ELSE ', "null"' END AS or_null) AS n,
		LATERAL (SELECT CASE
			WHEN a.atttypid = 'numeric'::regtype THEN 'number'
			WHEN a.atttypid IN ('integer'::regtype, 'bigint'::regtype) THEN 'integer'
			WHEN a.atttypid = 'boolean'::regtype THEN 'boolean'
			ELSE 'string'
			END AS kind) AS j
	WHERE a.attrelid = relation AND a.attname = name
$$;

-- An object of these properties, each on a line
CREATE FUNCTION pg_temp.object(properties text[], names text[], margin text) RETURNS text LANGUAGE sql AS $$
	SELECT margin || '"type": "object",' || E'\n'
		|| margin || '"additionalProperties": false,' || E'\n'
		|| margin || '"required": [' || (SELECT string_agg('"' || n || '"', ', ' ORDER BY i) FROM unnest(names) WITH ORDINALITY AS u (n, i)) || '],' || E'\n'
		|| margin || '"properties": {' || E'\n'
		|| (SELECT string_agg(margin || '  ' || p, E',\n' ORDER BY i) FROM unnest(properties) WITH ORDINALITY AS u (p, i)) || E'\n'
		|| margin || '}'
$$;

-- An array of the rows of a table
CREATE FUNCTION pg_temp.rows(key text, relation regclass) RETURNS text LANGUAGE sql AS $$
	SELECT '"' || key || E'": {\n      "type": "array",\n      "description": ' || to_json(obj_description(relation, 'pg_class'))
		|| E',\n      "items": {\n'
		|| pg_temp.object(array_agg(pg_temp.property(relation, a.attname) ORDER BY a.attnum), array_agg(a.attname::text ORDER BY a.attnum), '        ')
		|| E'\n      }\n    }'
	FROM pg_attribute AS a
	WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'schedule'
$$;

SELECT E'{\n  "$schema": "http://json-schema.org/draft-07/schema#",\n'
	|| E'  "title": "A rate schedule of mission_rates as a document",\n'
	|| E'  "description": "What schedule_document() writes and draft_from_document() reads; made by make schema",\n'
	|| pg_temp.object(array_agg(CASE
		WHEN k.key = 'format' THEN format('"format": {"const": %s}', k.value)
		WHEN k.key = 'added_labels' THEN pg_temp.rows(k.key, '_mission_rates.added_label')
		WHEN json_typeof(k.value) = 'array' THEN pg_temp.rows(k.key, ('mission_rates.' || k.key)::regclass)
		ELSE pg_temp.property('mission_rates.schedule', k.key)
		END ORDER BY k.n), array_agg(k.key ORDER BY k.n), '  ') || E'\n}'
FROM json_each(mission_rates.schedule_document('Ordinance 5244')::json) WITH ORDINALITY AS k (key, value, n);
