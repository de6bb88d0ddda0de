-- ---------------------------------------------------------------------------
-- Changing rates
-- ---------------------------------------------------------------------------

CREATE FUNCTION mission_rates.draft_schedule(
	schedule text,
	based_on text DEFAULT NULL)
	RETURNS void
	AS 'MODULE_PATHNAME', 'draft_schedule'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.draft_schedule(text, text) IS
'Makes a new draft with a copy of every rate row of another schedule; based_on NULL: of the adopted one that starts last, even if in the future (P0002 where none is adopted); a name that exists is 23505, an unknown based_on P0002, an adopted one whose rows are not those that were adopted 55000, a NULL name 22023; the caller needs the right to write to the rate tables';

CREATE FUNCTION _mission_rates.last_day_begun()
	RETURNS date
	AS 'MODULE_PATHNAME', 'last_day_begun_sql'
	LANGUAGE C STABLE PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.last_day_begun() IS
'Part of check_schedule(): the last day that has begun anywhere on earth, by the clock; later days are still to come';

CREATE FUNCTION mission_rates.adopt_schedule(
	schedule text,
	effective_from date DEFAULT NULL,
	adopted_on date DEFAULT NULL,
	adopted_by text DEFAULT NULL,
	accept_warnings boolean DEFAULT false)
	RETURNS void
	AS 'MODULE_PATHNAME', 'adopt_schedule'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.adopt_schedule(text, date, date, text, boolean) IS
'Puts a draft in force from a date and seals it: from then on its rows cannot be changed; adopted_on NULL: as its column says, else today; adopted_by NULL leaves that column as it is; errors that check_schedule() finds, or warnings that were not accepted, are 23514; a date that is neither after today (by the clock, everywhere on earth) nor after the last nor before the first adopted schedule, or that another one starts on, 22023; an adopted schedule 55000, an unknown one P0002, any other NULL argument 22023; the caller needs the right to write to the rate tables';

CREATE FUNCTION mission_rates.withdraw_schedule(schedule text)
	RETURNS void
	AS 'MODULE_PATHNAME', 'withdraw_schedule'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.withdraw_schedule(text) IS
'Makes an adopted schedule that starts after today (by the clock, everywhere on earth) a draft again, with a warning where its rows are not those that were adopted; one that is or was in force, or a draft, is 55000, an unknown one P0002, NULL 22023; the caller needs the right to write to the rate tables';

CREATE FUNCTION mission_rates.drop_draft(schedule text)
	RETURNS void
	AS 'MODULE_PATHNAME', 'drop_draft'
	LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION mission_rates.drop_draft(text) IS
'Removes a draft with its rate rows, also rate rows whose schedule does not exist; an adopted schedule is 55000, a name without any rows P0002, NULL 22023; the caller needs the right to write to the rate tables';

CREATE FUNCTION mission_rates.schedule_fingerprint(schedule text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'schedule_fingerprint'
	LANGUAGE C STABLE PARALLEL SAFE COST 20000;

COMMENT ON FUNCTION mission_rates.schedule_fingerprint(text) IS
'SHA-256, 64 hexadecimal digits, of everything in a schedule that a bill depends on or prints: the same wherever the rates are the same, whatever the order of rows, the encoding and the settings; title, adopted_on, adopted_by and sealed_rows do not count; an unknown schedule is P0002, NULL 22023';
