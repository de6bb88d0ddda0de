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
'A month''s charges of a row of accounts; where there is a problem every amount is NULL';
COMMENT ON COLUMN mission_rates.account_sums.problem_code IS
'Stable code of the problem; NULL where the bill can be made';
COMMENT ON COLUMN mission_rates.account_sums.problem IS
'The problem in a sentence, with the value';
COMMENT ON COLUMN mission_rates.account_sums.water_minimum IS
'Dollars of the minimum charge for water, § 114-54(c)(2); a charge that is not on the bill is 0.00';
COMMENT ON COLUMN mission_rates.account_sums.water_volume IS
'Dollars of water by volume, all blocks together, § 114-54(c)(2)';
COMMENT ON COLUMN mission_rates.account_sums.sewer_fixed IS
'Dollars of the fixed sewer rate, § 114-54(b)(2)';
COMMENT ON COLUMN mission_rates.account_sums.sewer_volume IS
'Dollars of sewer by volume, § 114-54(b)(2)';
COMMENT ON COLUMN mission_rates.account_sums.sewer_flat IS
'Dollars of the sewer fee without a working meter, § 114-54(b)(2)';
COMMENT ON COLUMN mission_rates.account_sums.dumping_station IS
'Dollars of sanitary dumping stations, § 114-54(b)(2)b';
COMMENT ON COLUMN mission_rates.account_sums.fire_sprinkler IS
'Dollars of a fire sprinkler connection, § 114-54(c)(2)';
COMMENT ON COLUMN mission_rates.account_sums.services IS
'Dollars of all service charges; negative where credits prevail';
COMMENT ON COLUMN mission_rates.account_sums.total IS
'Dollars of the bill: the sum of the parts';
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
'A month''s charges in dollars of a row of accounts, whose columns are found by name (class, meter, gallons, area, service_date and the other arguments of bill), or its problem and the problem''s code; a charge that is not on the bill is 0.00, and where there is a problem every amount is NULL; the row''s date picks the schedule unless one is named; a NULL row gives one row of NULLs; a missing column is 42703, one that is there twice 42702, one of a type that is not read 42804, an unknown schedule P0002; § 114-54(b)(2), (c)(2)';

CREATE FUNCTION mission_rates.account_total(
	account record,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'account_total'
	LANGUAGE C STABLE PARALLEL SAFE COST 30
	SUPPORT _mission_rates.account_support;

COMMENT ON FUNCTION mission_rates.account_total IS
'Dollars of the monthly bill of a row of accounts, read as by account_charges(); NULL where the row is NULL or has a problem; errors as account_charges(); § 114-54(b)(2), (c)(2)';

CREATE FUNCTION mission_rates.account_problem(
	account record,
	schedule text DEFAULT NULL)
	RETURNS text
	AS 'MODULE_PATHNAME', 'account_problem'
	LANGUAGE C STABLE PARALLEL SAFE COST 30
	SUPPORT _mission_rates.account_support;

COMMENT ON FUNCTION mission_rates.account_problem IS
'Why a row of accounts, read as by account_charges(), cannot be billed, in a sentence; NULL where it can, and for a NULL row; errors as account_charges()';

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
'Everything that is wrong with a row of accounts, read as by account_charges(), and not only the first, which is that of account_problem(): what is NULL or blank, what cannot be read or is out of its domain, and, where all can be read, what the rates lack; no rows where the bill can be made, and for a NULL row; errors as account_charges()';

CREATE FUNCTION mission_rates.account_bill(
	account record,
	schedule text DEFAULT NULL)
	RETURNS SETOF mission_rates.bill_line
	AS 'MODULE_PATHNAME', 'account_bill'
	LANGUAGE C STABLE PARALLEL SAFE COST 300 ROWS 4
	SUPPORT _mission_rates.account_support;

COMMENT ON FUNCTION mission_rates.account_bill IS
'Lines of the monthly bill of a row of accounts, read as by account_charges(); a row with a problem gives one line whose service is problem, charge the problem''s code, description its sentence and amount NULL; no line for a NULL row; errors as account_charges(); § 114-54(b)(2), (c)(2)';

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
'From which column of a row of accounts each argument is read (state read), which have their defaults (default), which have to be there and are not (missing), and the columns that nothing is read from (ignored, argument NULL); a NULL of a named row type describes the type; one that is there twice is 42702, one of a type that is not read 42804';

-- Revenue: the sums of account_charges() in one pass.

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
'What account_revenue() adds up; bills + set_aside is the number of rows';
COMMENT ON COLUMN mission_rates.revenue_sums.bills IS
'Rows that can be billed';
COMMENT ON COLUMN mission_rates.revenue_sums.set_aside IS
'Rows that have a problem';
COMMENT ON COLUMN mission_rates.revenue_sums.gallons IS
'Gallons of the rows billed, as they were read; NULL counts as 0';
COMMENT ON COLUMN mission_rates.revenue_sums.water_minimum IS
'Dollars of minimum charges for water';
COMMENT ON COLUMN mission_rates.revenue_sums.water_volume IS
'Dollars of water by volume';
COMMENT ON COLUMN mission_rates.revenue_sums.sewer_fixed IS
'Dollars of fixed sewer rates';
COMMENT ON COLUMN mission_rates.revenue_sums.sewer_volume IS
'Dollars of sewer by volume';
COMMENT ON COLUMN mission_rates.revenue_sums.sewer_flat IS
'Dollars of the sewer fee without a working meter';
COMMENT ON COLUMN mission_rates.revenue_sums.dumping_station IS
'Dollars of sanitary dumping stations';
COMMENT ON COLUMN mission_rates.revenue_sums.fire_sprinkler IS
'Dollars of fire sprinkler connections';
COMMENT ON COLUMN mission_rates.revenue_sums.services IS
'Dollars of service charges';
COMMENT ON COLUMN mission_rates.revenue_sums.total IS
'Dollars of the bills, all of the above';

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
'Adds the sums of a parallel worker to those of another';

CREATE FUNCTION _mission_rates.account_revenue_write(internal)
	RETURNS bytea
	AS 'MODULE_PATHNAME', 'account_revenue_write'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.account_revenue_write IS
'The sums of a parallel worker as bytes';

CREATE FUNCTION _mission_rates.account_revenue_read(bytea, internal)
	RETURNS internal
	AS 'MODULE_PATHNAME', 'account_revenue_read'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.account_revenue_read IS
'The sums of a parallel worker from bytes';

CREATE FUNCTION _mission_rates.account_revenue_result(internal)
	RETURNS mission_rates.revenue_sums
	AS 'MODULE_PATHNAME', 'account_revenue_result'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.account_revenue_result IS
'The sums as account_revenue() returns them';

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
'What rows of accounts bring in, in dollars by charge, each rated as by account_charges() by the schedule in force on its date; rows with a problem are counted in set_aside, NULL rows not at all; of no rows all zeros; errors as account_charges()';

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
'The same by the rates of a schedule, drafts included; where its name is NULL the row''s date picks the schedule';
