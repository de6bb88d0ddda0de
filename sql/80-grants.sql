-- ---------------------------------------------------------------------------
-- Privileges
-- ---------------------------------------------------------------------------
--
-- Anyone may read the rates and call the functions.  Only the owner, and roles
-- that he grants it to, may write: the functions that change schedules write
-- with the rights of their caller.

GRANT USAGE ON SCHEMA mission_rates TO PUBLIC;

GRANT SELECT ON
	mission_rates.schedule,
	mission_rates.class_rule,
	mission_rates.water_minimum,
	mission_rates.water_volume,
	mission_rates.sewer_rate,
	mission_rates.fee,
	mission_rates.deposit,
	mission_rates.water_tap,
	mission_rates.sewer_permit
	TO PUBLIC;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA mission_rates TO PUBLIC;
REVOKE EXECUTE ON FUNCTION
	mission_rates.rate_token_touch(),
	mission_rates.guard_rate_rows(),
	mission_rates.guard_schedule(),
	mission_rates.guard_truncate()
	FROM PUBLIC;
