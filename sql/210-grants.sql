-- ---------------------------------------------------------------------------
-- Privileges
-- ---------------------------------------------------------------------------
--
-- Anyone may read the rates and call the functions.  Only the owner, and roles
-- granted that right, may write: the functions that change schedules write with
-- the rights of their caller.

DROP FUNCTION _mission_rates.run(text);

GRANT USAGE ON SCHEMA mission_rates, _mission_rates TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA mission_rates, _mission_rates TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA mission_rates, _mission_rates TO PUBLIC;
REVOKE EXECUTE ON FUNCTION
	_mission_rates.rate_statement(),
	_mission_rates.guard_rate_rows(),
	_mission_rates.guard_schedule(),
	_mission_rates.guard_truncate(),
	_mission_rates.guard_log(),
	_mission_rates.add_label(),
	_mission_rates.guard_labels()
	FROM PUBLIC;
