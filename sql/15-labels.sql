-- ---------------------------------------------------------------------------
-- Labels that a later ordinance adds
-- ---------------------------------------------------------------------------
--
-- The types belong to the extension, so a dump contains neither them nor the
-- labels that were added to them.  add_class() and add_meter_size() also record
-- a label in this table, which is dumped (before the rate tables, because of its
-- name); its trigger adds the label again when a restore brings the row back.

CREATE TABLE mission_rates.added_label (
	type_name	text NOT NULL,
	label		text NOT NULL,
	after_label	text,
	CONSTRAINT added_label_pkey PRIMARY KEY (type_name, label),
	CONSTRAINT added_label_type_name
		CHECK (type_name IN ('customer_class', 'meter_size')),
	CONSTRAINT added_label_length
		CHECK (octet_length(label) BETWEEN 1 AND 63),
	CONSTRAINT added_label_trimmed CHECK (label = btrim(label))
);

COMMENT ON TABLE mission_rates.added_label IS
'Labels that were added to customer_class and meter_size by add_class() and add_meter_size(), which alone write it; a restore that brings a row back adds the label again; rows are neither changed nor removed (55000)';
COMMENT ON COLUMN mission_rates.added_label.type_name IS
'Type that the label was added to: customer_class or meter_size';
COMMENT ON COLUMN mission_rates.added_label.label IS
'The label, 1 to 63 bytes';
COMMENT ON COLUMN mission_rates.added_label.after_label IS
'The label that it comes after; NULL: it was added at the end';
COMMENT ON CONSTRAINT added_label_pkey ON mission_rates.added_label IS
'A label is added once';
COMMENT ON CONSTRAINT added_label_type_name ON mission_rates.added_label IS
'Ordinances add classes and meter sizes';
COMMENT ON CONSTRAINT added_label_length ON mission_rates.added_label IS
'What the server takes for a label';
COMMENT ON CONSTRAINT added_label_trimmed ON mission_rates.added_label IS
'A label does not begin or end with a space';

ALTER TABLE mission_rates.added_label OWNER TO @extowner@;

GRANT SELECT ON mission_rates.added_label TO PUBLIC;

SELECT pg_extension_config_dump('mission_rates.added_label', '');

CREATE FUNCTION _mission_rates.add_label() RETURNS trigger
	AS 'MODULE_PATHNAME', 'add_label'
	LANGUAGE C;

COMMENT ON FUNCTION _mission_rates.add_label() IS
'Trigger of the table added_label: adds the label to its type, as the owner of the type, and passes over a row that is there already; takes the owner of the table (42501)';

CREATE FUNCTION _mission_rates.guard_labels() RETURNS trigger
	AS 'MODULE_PATHNAME', 'guard_labels'
	LANGUAGE C;

COMMENT ON FUNCTION _mission_rates.guard_labels() IS
'Trigger of the table added_label: its rows are neither changed nor removed (55000), as no label can be';

CREATE TRIGGER "0_add_label"
	BEFORE INSERT ON mission_rates.added_label
	FOR EACH ROW EXECUTE FUNCTION _mission_rates.add_label();
CREATE TRIGGER "1_guard_labels"
	BEFORE UPDATE OR DELETE OR TRUNCATE ON mission_rates.added_label
	FOR EACH STATEMENT EXECUTE FUNCTION _mission_rates.guard_labels();
ALTER TABLE mission_rates.added_label ENABLE ALWAYS TRIGGER "0_add_label";
COMMENT ON TRIGGER "0_add_label" ON mission_rates.added_label IS
'A restore adds the labels again';
COMMENT ON TRIGGER "1_guard_labels" ON mission_rates.added_label IS
'What was added stays';

CREATE FUNCTION mission_rates.add_class(label text, after text DEFAULT NULL)
	RETURNS void
	AS 'MODULE_PATHNAME', 'add_class'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.add_class(text, text) IS
'Adds a customer class that a later ordinance has, after another one or, with after NULL, at the end, and records it in added_label so that a dump holds it; one that ALTER TYPE added is recorded; a class that is shipped or recorded is 42710, an unknown after, or a label that is NULL, blank, longer than 63 bytes or begins or ends with a space 22023, not being the owner of added_label 42501; the new class can be used after the transaction';

CREATE FUNCTION mission_rates.add_meter_size(
	label text,
	after text DEFAULT NULL)
	RETURNS void
	AS 'MODULE_PATHNAME', 'add_meter_size'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.add_meter_size(text, text) IS
'Adds a meter size that a later ordinance has, after another one or, with after NULL, at the end, and records it in added_label so that a dump holds it; one that ALTER TYPE added is recorded; a size that is shipped or recorded is 42710, an unknown after, or a label that is NULL, blank, longer than 63 bytes or begins or ends with a space 22023, not being the owner of added_label 42501; the new size can be used after the transaction';
