-- ---------------------------------------------------------------------------
-- Fingerprints
-- ---------------------------------------------------------------------------

CREATE FUNCTION mission_rates.schedule_fingerprint(schedule text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'schedule_fingerprint'
	LANGUAGE C STABLE PARALLEL SAFE COST 20000;

COMMENT ON FUNCTION mission_rates.schedule_fingerprint(text) IS
'SHA-256, 64 hexadecimal digits, of everything in a schedule that a bill depends on or prints: the same wherever the rates are the same, whatever the order of rows, the encoding and the settings; title, adopted_on, adopted_by and sealed_rows do not count; an unknown schedule is P0002, NULL 22023';
