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
'Labels that were added by add_class(), add_meter_size() and add_rate_group(); a restore that brings a row back adds the label again';
COMMENT ON COLUMN _mission_rates.added_label.type_name IS
'customer_class, meter_size or rate_group';
COMMENT ON COLUMN _mission_rates.added_label.label IS
'Label, 1 to 63 bytes';
COMMENT ON COLUMN _mission_rates.added_label.after_label IS
'Label that it follows; NULL: the last one';
COMMENT ON CONSTRAINT added_label_pkey ON _mission_rates.added_label IS
'Key';
COMMENT ON CONSTRAINT added_label_type_name ON _mission_rates.added_label IS
'Types that ordinances add labels to';
COMMENT ON CONSTRAINT added_label_length ON _mission_rates.added_label IS
'Length that the server takes';
COMMENT ON CONSTRAINT added_label_trimmed ON _mission_rates.added_label IS
'No space at either end';

SELECT pg_extension_config_dump('_mission_rates.added_label', '');

CREATE FUNCTION mission_rates.add_class(label text, after text DEFAULT NULL)
	RETURNS void
	AS 'MODULE_PATHNAME', 'add_class'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION mission_rates.add_class IS
'New customer class of a later ordinance, recorded in added_label';

CREATE FUNCTION mission_rates.add_meter_size(
	label text,
	after text DEFAULT NULL)
	RETURNS void
	AS 'MODULE_PATHNAME', 'add_meter_size'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION mission_rates.add_meter_size IS
'New meter size of a later ordinance, recorded in added_label';

CREATE FUNCTION mission_rates.add_rate_group(
	label text,
	after text DEFAULT NULL)
	RETURNS void
	AS 'MODULE_PATHNAME', 'add_rate_group'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION mission_rates.add_rate_group IS
'New table of minimum charges of a later ordinance, recorded in added_label';
