-- ---------------------------------------------------------------------------
-- Reports on rates
-- ---------------------------------------------------------------------------

CREATE FUNCTION mission_rates.schedule_in_force(
	service_date date,
	schedule text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'schedule_in_force'
	LANGUAGE C STABLE PARALLEL SAFE;

COMMENT ON FUNCTION mission_rates.schedule_in_force(date, text) IS
'Name of the schedule that the rating functions take for the same date and schedule, with their errors: none in force or unknown is P0002, neither date nor schedule 22023; for the reports';

CREATE FUNCTION mission_rates.rate_loads()
	RETURNS bigint
	AS 'MODULE_PATHNAME', 'rate_loads'
	LANGUAGE C VOLATILE PARALLEL RESTRICTED;

COMMENT ON FUNCTION mission_rates.rate_loads() IS
'How often this backend has read the rate tables';
