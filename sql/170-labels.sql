-- ---------------------------------------------------------------------------
-- Labels that a later ordinance adds
-- ---------------------------------------------------------------------------
--
-- The types belong to the extension, so a dump contains neither them nor the
-- labels that were added to them.  The functions that add a label also record it
-- in this table, which is dumped, and which an archive holds before the tables
-- of schemas in lower case, because of the name of its schema; its trigger adds
-- the label again when a restore brings the row back.

CREATE TABLE _mission_rates.added_label (
	type_name	text NOT NULL,
	label		text NOT NULL,
	after_label	text,
	CONSTRAINT added_label_pkey PRIMARY KEY (type_name, label),
	CONSTRAINT added_label_type_name
		CHECK (type_name IN ('customer_class', 'meter_size', 'rate_group')),
	CONSTRAINT added_label_length
		CHECK (octet_length(label) BETWEEN 1 AND 63),
	CONSTRAINT added_label_trimmed CHECK (label = btrim(label))
);

COMMENT ON TABLE _mission_rates.added_label IS
'Labels that were added by add_class(), add_meter_size() and add_rate_group(), which alone write it; a restore that brings a row back adds the label again; rows are neither changed nor removed (55000)';
COMMENT ON COLUMN _mission_rates.added_label.type_name IS
'Type that the label was added to: customer_class, meter_size or rate_group';
COMMENT ON COLUMN _mission_rates.added_label.label IS
'The label, 1 to 63 bytes';
COMMENT ON COLUMN _mission_rates.added_label.after_label IS
'The label that it comes after; NULL: it was added at the end';
COMMENT ON CONSTRAINT added_label_pkey ON _mission_rates.added_label IS
'A label is added once';
COMMENT ON CONSTRAINT added_label_type_name ON _mission_rates.added_label IS
'Ordinances add classes, meter sizes and tables of minimum charges';
COMMENT ON CONSTRAINT added_label_length ON _mission_rates.added_label IS
'What the server takes for a label';
COMMENT ON CONSTRAINT added_label_trimmed ON _mission_rates.added_label IS
'A label does not begin or end with a space';

GRANT SELECT ON _mission_rates.added_label TO PUBLIC;

SELECT pg_extension_config_dump('_mission_rates.added_label', '');

CREATE FUNCTION _mission_rates.add_label() RETURNS trigger
	AS 'MODULE_PATHNAME', 'add_label'
	LANGUAGE C;

COMMENT ON FUNCTION _mission_rates.add_label() IS
'Trigger of the table added_label: adds the label to its type, and passes over a row that is there already; takes a superuser (42501)';

CREATE FUNCTION _mission_rates.guard_labels() RETURNS trigger
	AS 'MODULE_PATHNAME', 'guard_labels'
	LANGUAGE C;

COMMENT ON FUNCTION _mission_rates.guard_labels() IS
'Trigger of the table added_label: its rows are neither changed nor removed (55000), as no label can be';

CREATE FUNCTION mission_rates.add_class(label text, after text DEFAULT NULL)
	RETURNS void
	AS 'MODULE_PATHNAME', 'add_class'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.add_class(text, text) IS
'Adds a customer class that a later ordinance has, after another one or, with after NULL, at the end, and records it in added_label so that a dump holds it; one that ALTER TYPE added is recorded; a class that is shipped or recorded is 42710, an unknown after, or a label that is NULL, blank, longer than 63 bytes or begins or ends with a space 22023, anybody but a superuser 42501, a table added_label that something foreign is attached to 55000; the new class can be used after the transaction';

CREATE FUNCTION mission_rates.add_meter_size(
	label text,
	after text DEFAULT NULL)
	RETURNS void
	AS 'MODULE_PATHNAME', 'add_meter_size'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.add_meter_size(text, text) IS
'Adds a meter size that a later ordinance has, after another one or, with after NULL, at the end, and records it in added_label so that a dump holds it; one that ALTER TYPE added is recorded; a size that is shipped or recorded is 42710, an unknown after, or a label that is NULL, blank, longer than 63 bytes or begins or ends with a space 22023, anybody but a superuser 42501, a table added_label that something foreign is attached to 55000; the new size can be used after the transaction';

CREATE FUNCTION mission_rates.add_rate_group(
	label text,
	after text DEFAULT NULL)
	RETURNS void
	AS 'MODULE_PATHNAME', 'add_rate_group'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.add_rate_group(text, text) IS
'Adds a table of minimum charges that a later ordinance has, after another one or, with after NULL, at the end, and records it in added_label so that a dump holds it; one that ALTER TYPE added is recorded; a group that is shipped or recorded is 42710, an unknown after, or a label that is NULL, blank, longer than 63 bytes or begins or ends with a space 22023, anybody but a superuser 42501, a table added_label that something foreign is attached to 55000; the new group can be used after the transaction';
