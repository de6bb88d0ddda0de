-- ---------------------------------------------------------------------------
-- Changing rates
-- ---------------------------------------------------------------------------

CREATE FUNCTION mission_rates.draft_schedule(
	schedule text,
	based_on text DEFAULT NULL)
	RETURNS void
	AS 'MODULE_PATHNAME', 'draft_schedule'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION mission_rates.draft_schedule IS
'New draft with a copy of every rate row of another schedule, by default the adopted one that starts last';

CREATE FUNCTION _mission_rates.last_day_begun()
	RETURNS date
	AS 'MODULE_PATHNAME', 'last_day_begun_sql'
	LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.last_day_begun IS
'Last day that has begun anywhere on earth, by the clock';

CREATE FUNCTION mission_rates.adopt_schedule(
	schedule text,
	effective_from date DEFAULT NULL,
	adopted_on date DEFAULT NULL,
	adopted_by text DEFAULT NULL,
	accept_warnings boolean DEFAULT false)
	RETURNS void
	AS 'MODULE_PATHNAME', 'adopt_schedule'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION mission_rates.adopt_schedule IS
'Adoption of a draft: its rows are sealed, and in force from a date';

CREATE FUNCTION mission_rates.withdraw_schedule(schedule text)
	RETURNS void
	AS 'MODULE_PATHNAME', 'withdraw_schedule'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION mission_rates.withdraw_schedule IS
'Withdrawal of an adopted schedule that is not in force yet: it is a draft again';

CREATE FUNCTION mission_rates.drop_draft(schedule text)
	RETURNS void
	AS 'MODULE_PATHNAME', 'drop_draft'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION mission_rates.drop_draft IS
'Removal of a draft with its rate rows, or of rate rows whose schedule does not exist';

CREATE FUNCTION mission_rates.schedule_fingerprint(schedule text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'schedule_fingerprint'
	LANGUAGE C STABLE PARALLEL SAFE COST 20000;
COMMENT ON FUNCTION mission_rates.schedule_fingerprint IS
'SHA-256, 64 hexadecimal digits, of everything in a schedule that a bill depends on or prints, alike wherever the rates are';
