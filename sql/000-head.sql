-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION mission_rates" to load this file. \quit

-- The script makes its schemas itself: so they belong to the extension, and one
-- of that name made by somebody else stops the install.  What users call or edit
-- is in the first, everything else in the second.
CREATE SCHEMA mission_rates;
CREATE SCHEMA _mission_rates;
COMMENT ON SCHEMA mission_rates IS
'Utility rates of the City of Mission, Texas: rate tables by schedule, and functions that rate every charge of Ordinance 5244';
COMMENT ON SCHEMA _mission_rates IS
'Internals of mission_rates: trigger functions, parts of aggregates, checks and reports; not to be called';

-- Commands that are alike for several objects are made by queries.  The last
-- part drops this function.
CREATE FUNCTION _mission_rates.run(command text)
	RETURNS void
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
	AS $$
BEGIN
	EXECUTE $1;
END
$$;
