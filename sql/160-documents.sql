-- ---------------------------------------------------------------------------
-- A schedule as a document
-- ---------------------------------------------------------------------------

CREATE FUNCTION _mission_rates.document_labels(
	type_names text[],
	used text[],
	OUT type_order integer,
	OUT place real,
	OUT type_name text,
	OUT label text,
	OUT after_label text)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT l.type_order, l.place, l.type_name, l.label, l.after_label
	FROM (SELECT n.type_order::integer, e.enumsortorder AS place, n.type_name,
				 e.enumlabel::text AS label, s.label IS NOT NULL AS is_shipped,
				 lag(e.enumlabel::text) OVER (PARTITION BY n.type_order
											  ORDER BY e.enumsortorder)
				 AS after_label
		  FROM unnest($1) WITH ORDINALITY AS n (type_name, type_order)
		  JOIN pg_enum AS e
			ON e.enumtypid = format('mission_rates.%I', n.type_name)::regtype
		  LEFT JOIN _mission_rates.shipped_labels() AS s
			ON s.type_name = n.type_name AND s.label = e.enumlabel
		  WHERE s.label IS NOT NULL
		  OR n.type_name || ' ' || e.enumlabel = ANY ($2)) AS l
	WHERE NOT l.is_shipped
$$;

COMMENT ON FUNCTION _mission_rates.document_labels(text[], text[]) IS
'Part of schedule_document(): of the used labels, each behind the name of its type, those that are not shipped, in the order of the types and of their labels, with the nearest label before each that is shipped or used';

CREATE FUNCTION _mission_rates.document_rows(
	"array" json,
	OUT row_number bigint,
	OUT kind text,
	OUT keys text[],
	OUT kinds text[],
	OUT texts text[])
	RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
	SELECT r.row_number, json_typeof(r.value), m.keys, m.kinds, m.texts
	FROM json_array_elements($1) WITH ORDINALITY AS r (value, row_number)
	LEFT JOIN LATERAL (
		SELECT array_agg(e.key) AS keys,
			   array_agg(json_typeof(e.value)) AS kinds,
			   array_agg(e.value #>> '{}') AS texts
		FROM json_each(CASE WHEN json_typeof(r.value) = 'object'
							THEN r.value END) AS e) AS m ON true;
END;

COMMENT ON FUNCTION _mission_rates.document_rows(json) IS
'Part of draft_from_document(): the elements of an array with their kinds (what json_typeof calls them), and of those that are objects the keys, the kinds and the texts of the values; a key that is repeated is there as often, a number as it is written';

CREATE FUNCTION mission_rates.schedule_document(schedule text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'schedule_document'
	LANGUAGE C STABLE PARALLEL SAFE COST 50000;

COMMENT ON FUNCTION mission_rates.schedule_document(text) IS
'The whole schedule as JSON, one line for each row, in the order of the keys: the same rows give the same text on every server, so that it can be kept under version control and compared; draft_from_document() makes a draft of it again; an adopted schedule whose rows are not those that were adopted is 55000, an unknown one P0002, NULL 22023';

CREATE FUNCTION mission_rates.draft_from_document(
	document text,
	schedule text DEFAULT NULL)
	RETURNS text
	AS 'MODULE_PATHNAME', 'draft_from_document'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.draft_from_document(text, text) IS
'Makes a new draft of a document of schedule_document() and returns its name: that of the document, or another one that is given; effective_from and fingerprint are not taken over; all or nothing; a document that is not as schedule_document() writes it is 22023, which names the place, text that is no JSON 22P02, a name that exists 23505, a NULL document 22023; the caller needs the right to write to the rate tables';
