-- ---------------------------------------------------------------------------
-- Log of what was done to schedules
-- ---------------------------------------------------------------------------
--
-- Written by the functions that change schedules, as the owner of the table: a
-- clerk needs no right on it and can forge nothing.  The owner may insert,
-- because that is how a restore brings the rows back.  Ordinary
-- triggers, as those of the guard: a subscriber's apply worker brings rows that
-- were guarded at their origin.

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
'What was done to schedules, by whom and when: one row for each draft_schedule, draft_from_document, adopt_schedule, withdraw_schedule, drop_draft and scale_schedule; written by these functions alone, and never changed; Ordinance 5244 needs no row';
COMMENT ON COLUMN mission_rates.schedule_log.at IS
'When, by the clock';
COMMENT ON COLUMN mission_rates.schedule_log.event IS
'What: draft, import, adopt, withdraw, drop or scale';
COMMENT ON COLUMN mission_rates.schedule_log.schedule IS
'Name of the schedule';
COMMENT ON COLUMN mission_rates.schedule_log.role IS
'The role that the session had logged in as, whatever SET ROLE made of it';
COMMENT ON COLUMN mission_rates.schedule_log.effective_from IS
'adopt, withdraw: the first day of the schedule; NULL otherwise';
COMMENT ON COLUMN mission_rates.schedule_log.fingerprint IS
'adopt, withdraw: the fingerprint that the schedule was adopted with; NULL otherwise';
COMMENT ON COLUMN mission_rates.schedule_log.detail IS
'draft: based_on; import: document, what it said of itself (schedule, effective_from, fingerprint), and rate_rows; adopt: adopted_on, adopted_by, sealed_rows and warnings, the list of those that were accepted; drop: rate_rows, how many were removed; scale: percent, charges and decimals; withdraw: changed, true where the rows were not those that were adopted';
COMMENT ON CONSTRAINT schedule_log_event ON mission_rates.schedule_log IS
'What can be done to a schedule';
COMMENT ON CONSTRAINT schedule_log_detail_object
ON mission_rates.schedule_log IS
'The detail is an object';

GRANT SELECT ON mission_rates.schedule_log TO PUBLIC;

SELECT pg_extension_config_dump('mission_rates.schedule_log', '');

CREATE FUNCTION _mission_rates.guard_log() RETURNS trigger
	AS 'MODULE_PATHNAME', 'guard_log'
	LANGUAGE C;

COMMENT ON FUNCTION _mission_rates.guard_log() IS
'Trigger of the table schedule_log: refuses to change or remove its rows, and to add any but as the owner of the table (55000)';
