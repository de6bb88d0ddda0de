-- ---------------------------------------------------------------------------
-- Rows of accounts
-- ---------------------------------------------------------------------------
--
-- The row is the first argument, whatever its type: its columns are found by
-- name.

CREATE FUNCTION _mission_rates.account_support(internal)
	RETURNS internal
	AS 'MODULE_PATHNAME', 'account_support'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.account_support IS
'Planner support of the functions over rows of accounts: gives them the columns that they read in place of the whole row';

CREATE TYPE mission_rates.account_sums AS (
	problem_code	text,
	problem			text,
	water_minimum	numeric,
	water_volume	numeric,
	sewer_fixed		numeric,
	sewer_volume	numeric,
	sewer_flat		numeric,
	dumping_station	numeric,
	fire_sprinkler	numeric,
	services		numeric,
	total			numeric,
	schedule		text
);
COMMENT ON TYPE mission_rates.account_sums IS
'Monthly charges of a row of accounts; where there is a problem every amount is NULL';
COMMENT ON COLUMN mission_rates.account_sums.problem_code IS
'Stable code of the problem; NULL where the bill can be made';
COMMENT ON COLUMN mission_rates.account_sums.problem IS
'Problem in a sentence, with the value';
COMMENT ON COLUMN mission_rates.account_sums.schedule IS
'Rate schedule that the row was rated by';

CREATE FUNCTION mission_rates.account_charges(
	account record,
	schedule text DEFAULT NULL)
	RETURNS mission_rates.account_sums
	AS 'MODULE_PATHNAME', 'account_charges'
	LANGUAGE C STABLE PARALLEL SAFE COST 100
	SUPPORT _mission_rates.account_support;
COMMENT ON FUNCTION mission_rates.account_charges IS
'Monthly charges in dollars of a row of accounts, whose columns are found by name, or its problem, Sec. 114-54(b)(2), (c)(2)';

CREATE FUNCTION mission_rates.account_total(
	account record,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'account_total'
	LANGUAGE C STABLE PARALLEL SAFE COST 30
	SUPPORT _mission_rates.account_support;
COMMENT ON FUNCTION mission_rates.account_total IS
'Dollars of the monthly bill of a row of accounts; NULL where it has a problem';

CREATE FUNCTION mission_rates.account_problem(
	account record,
	schedule text DEFAULT NULL)
	RETURNS text
	AS 'MODULE_PATHNAME', 'account_problem'
	LANGUAGE C STABLE PARALLEL SAFE COST 30
	SUPPORT _mission_rates.account_support;
COMMENT ON FUNCTION mission_rates.account_problem IS
'What keeps a row of accounts from being billed, in a sentence; NULL where it can be';

CREATE FUNCTION mission_rates.account_problems(
	account record,
	schedule text DEFAULT NULL,
	OUT problem_code text,
	OUT problem text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'account_problems'
	LANGUAGE C STABLE PARALLEL SAFE COST 100 ROWS 1
	SUPPORT _mission_rates.account_support;
COMMENT ON FUNCTION mission_rates.account_problems IS
'Everything that is wrong with a row of accounts; no rows where the bill can be made';

CREATE FUNCTION mission_rates.account_bill(
	account record,
	schedule text DEFAULT NULL)
	RETURNS SETOF mission_rates.bill_line
	AS 'MODULE_PATHNAME', 'account_bill'
	LANGUAGE C STABLE PARALLEL SAFE COST 300 ROWS 4
	SUPPORT _mission_rates.account_support;
COMMENT ON FUNCTION mission_rates.account_bill IS
'Lines of the monthly bill of a row of accounts, or a line with its problem';

CREATE FUNCTION mission_rates.account_columns(
	account record,
	OUT argument text,
	OUT column_name text,
	OUT type text,
	OUT state text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'account_columns'
	LANGUAGE C STABLE PARALLEL SAFE COST 100 ROWS 15;
COMMENT ON FUNCTION mission_rates.account_columns IS
'Columns of a row of accounts that the arguments of bill() are read from, that are missing, and that are not read';

-- Revenue: the sums of account_charges() in one pass

CREATE TYPE mission_rates.revenue_sums AS (
	bills			bigint,
	set_aside		bigint,
	gallons			numeric,
	water_minimum	numeric,
	water_volume	numeric,
	sewer_fixed		numeric,
	sewer_volume	numeric,
	sewer_flat		numeric,
	dumping_station	numeric,
	fire_sprinkler	numeric,
	services		numeric,
	total			numeric
);
COMMENT ON TYPE mission_rates.revenue_sums IS
'Sums of account_revenue(); bills + set_aside is the number of rows';
COMMENT ON COLUMN mission_rates.revenue_sums.bills IS
'Number of rows that can be billed';
COMMENT ON COLUMN mission_rates.revenue_sums.set_aside IS
'Number of rows that have a problem';
COMMENT ON COLUMN mission_rates.revenue_sums.gallons IS
'Gallons of the rows billed, as they were read; NULL counts as 0';

-- The amounts of both types
SELECT _mission_rates.run(format('COMMENT ON COLUMN mission_rates.%I.%I IS %L',
								 t.name, a.name, 'Dollars ' || a.words))
FROM (VALUES ('account_sums'), ('revenue_sums')) AS t (name)
CROSS JOIN (VALUES
	('water_minimum', 'of the minimum charge for water, Sec. 114-54(c)(2)'),
	('water_volume', 'of water by volume, Sec. 114-54(c)(2)'),
	('sewer_fixed', 'of the fixed sewer rate, Sec. 114-54(b)(2)'),
	('sewer_volume', 'of sewer by volume, Sec. 114-54(b)(2)'),
	('sewer_flat', 'of the sewer fee without a working meter, Sec. 114-54(b)(2)'),
	('dumping_station', 'of sanitary dumping stations, Sec. 114-54(b)(2)b'),
	('fire_sprinkler', 'of fire sprinkler connections, Sec. 114-54(c)(2)'),
	('services', 'of all service charges, negative where credits prevail'),
	('total', 'of all parts together')
) AS a (name, words);

CREATE FUNCTION _mission_rates.account_revenue_add(internal, record)
	RETURNS internal
	AS 'MODULE_PATHNAME', 'account_revenue_add'
	LANGUAGE C STABLE PARALLEL SAFE COST 30;
COMMENT ON FUNCTION _mission_rates.account_revenue_add(internal, record) IS
'Transition of account_revenue(account)';

CREATE FUNCTION _mission_rates.account_revenue_add(internal, record, text)
	RETURNS internal
	AS 'MODULE_PATHNAME', 'account_revenue_add'
	LANGUAGE C STABLE PARALLEL SAFE COST 30;
COMMENT ON FUNCTION _mission_rates.account_revenue_add(internal, record, text) IS
'Transition of account_revenue(account, schedule)';

CREATE FUNCTION _mission_rates.account_revenue_merge(internal, internal)
	RETURNS internal
	AS 'MODULE_PATHNAME', 'account_revenue_merge'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.account_revenue_merge IS
'Sums of two parallel workers together';

CREATE FUNCTION _mission_rates.account_revenue_write(internal)
	RETURNS bytea
	AS 'MODULE_PATHNAME', 'account_revenue_write'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.account_revenue_write IS
'Sums of a parallel worker as bytes';

CREATE FUNCTION _mission_rates.account_revenue_read(bytea, internal)
	RETURNS internal
	AS 'MODULE_PATHNAME', 'account_revenue_read'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.account_revenue_read IS
'Sums of a parallel worker from bytes';

CREATE FUNCTION _mission_rates.account_revenue_result(internal)
	RETURNS mission_rates.revenue_sums
	AS 'MODULE_PATHNAME', 'account_revenue_result'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.account_revenue_result IS
'Sums as account_revenue() returns them';

CREATE AGGREGATE mission_rates.account_revenue(account record) (
	SFUNC = _mission_rates.account_revenue_add,
	STYPE = internal,
	SSPACE = 256,
	FINALFUNC = _mission_rates.account_revenue_result,
	COMBINEFUNC = _mission_rates.account_revenue_merge,
	SERIALFUNC = _mission_rates.account_revenue_write,
	DESERIALFUNC = _mission_rates.account_revenue_read,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mission_rates.account_revenue(record) IS
'Sums of account_charges() over rows, by the schedule in force on the date of each';

CREATE AGGREGATE mission_rates.account_revenue(account record, schedule text) (
	SFUNC = _mission_rates.account_revenue_add,
	STYPE = internal,
	SSPACE = 256,
	FINALFUNC = _mission_rates.account_revenue_result,
	COMBINEFUNC = _mission_rates.account_revenue_merge,
	SERIALFUNC = _mission_rates.account_revenue_write,
	DESERIALFUNC = _mission_rates.account_revenue_read,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mission_rates.account_revenue(record, text) IS
'Sums of account_charges() over rows, by the rates of a schedule';
