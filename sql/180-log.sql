-- ---------------------------------------------------------------------------
-- Log of what was done to schedules
-- ---------------------------------------------------------------------------
--
-- Written by the functions that change schedules, as the owner of the table: a
-- clerk needs no right on it and can forge nothing.  The owner may insert,
-- because that is how a restore brings the rows back.

CREATE TABLE mission_rates.schedule_log (
	at				timestamptz NOT NULL,
	event			text NOT NULL,
	schedule		text NOT NULL,
	role			text NOT NULL,
	effective_from	date,
	fingerprint		text,
	detail			jsonb NOT NULL DEFAULT '{}',
	CONSTRAINT schedule_log_event
		CHECK (event IN ('draft', 'import', 'adopt', 'withdraw', 'drop', 'scale')),
	CONSTRAINT schedule_log_detail_object
		CHECK (jsonb_typeof(detail) = 'object')
);
COMMENT ON TABLE mission_rates.schedule_log IS
'What was done to schedules, by whom and when: one row for each draft_schedule, draft_from_document, adopt_schedule, withdraw_schedule, drop_draft and scale_schedule';
SELECT _mission_rates.run(
	format('COMMENT ON COLUMN mission_rates.schedule_log.%I IS %L', c.name, c.words))
FROM (VALUES
	('at', 'Time by the clock'),
	('event', 'draft, import, adopt, withdraw, drop or scale'),
	('schedule', 'Name of the schedule'),
	('role', 'Role that the session had logged in as, whatever SET ROLE made of it'),
	('effective_from', 'First day of a schedule that was adopted or withdrawn; else NULL'),
	('fingerprint', 'Fingerprint of a schedule that was adopted or withdrawn; else NULL'),
	('detail', 'draft: based_on; import: document (what it said of itself) and rate_rows; adopt: adopted_on, adopted_by, sealed_rows and the warnings that were accepted; drop: rate_rows; scale: percent, charges and decimals; withdraw: changed, where the rows were not those that were adopted')
) AS c (name, words);
COMMENT ON CONSTRAINT schedule_log_event ON mission_rates.schedule_log IS
'Known event';
COMMENT ON CONSTRAINT schedule_log_detail_object ON mission_rates.schedule_log IS
'JSON object';

SELECT pg_extension_config_dump('mission_rates.schedule_log', '');
