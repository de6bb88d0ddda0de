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

SELECT _mission_rates.run(
	format('CREATE FUNCTION mission_rates.%1$I('
		   ' account record, schedule text DEFAULT NULL %2$s)'
		   ' RETURNS %3$s AS ''MODULE_PATHNAME'', %1$L'
		   ' LANGUAGE C STABLE PARALLEL SAFE COST %4$s'
		   ' SUPPORT _mission_rates.account_support;'
		   'COMMENT ON FUNCTION mission_rates.%1$I IS %5$L',
		   f.name, f.columns, f.result, f.cost, f.words))
FROM (VALUES
	('account_charges', NULL, 'mission_rates.account_sums', '100',
	 'Monthly charges in dollars of a row of accounts, whose columns are found by name, or its problem, Sec. 114-54(b)(2), (c)(2)'),
	('account_total', NULL, 'numeric', '30',
	 'Dollars of the monthly bill of a row of accounts; NULL where it has a problem'),
	('account_problem', NULL, 'text', '30',
	 'What keeps a row of accounts from being billed, in a sentence; NULL where it can be'),
	('account_problems', ', OUT problem_code text, OUT problem text',
	 'SETOF record', '100 ROWS 1',
	 'Everything that is wrong with a row of accounts; no rows where the bill can be made'),
	('account_bill', NULL, 'SETOF mission_rates.bill_line', '300 ROWS 4',
	 'Lines of the monthly bill of a row of accounts, or a line with its problem')
) AS f (name, columns, result, cost, words);

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

SELECT _mission_rates.run(
	format('CREATE FUNCTION _mission_rates.account_revenue_%1$s(%2$s)'
		   ' RETURNS %3$s AS ''MODULE_PATHNAME'', ''account_revenue_%1$s'''
		   ' LANGUAGE C IMMUTABLE PARALLEL SAFE %4$s;'
		   'COMMENT ON FUNCTION _mission_rates.account_revenue_%1$s IS %5$L',
		   f.name, f.arguments, f.result, f.strict, f.words))
FROM (VALUES
	('merge', 'internal, internal', 'internal', NULL,
	 'Sums of two parallel workers together'),
	('write', 'internal', 'bytea', 'STRICT', 'Sums of a parallel worker as bytes'),
	('read', 'bytea, internal', 'internal', 'STRICT',
	 'Sums of a parallel worker from bytes'),
	('result', 'internal', 'mission_rates.revenue_sums', NULL,
	 'Sums as account_revenue() returns them')
) AS f (name, arguments, result, strict, words);

-- Both forms, by the date of each row and by a schedule
SELECT _mission_rates.run(format('
	CREATE FUNCTION _mission_rates.account_revenue_add(internal, %1$s)
		RETURNS internal
		AS ''MODULE_PATHNAME'', ''account_revenue_add''
		LANGUAGE C STABLE PARALLEL SAFE COST 30;
	COMMENT ON FUNCTION _mission_rates.account_revenue_add(internal, %1$s) IS
		''Transition of account_revenue(%2$s)'';
	CREATE AGGREGATE mission_rates.account_revenue(%3$s) (
		SFUNC = _mission_rates.account_revenue_add,
		STYPE = internal,
		SSPACE = 256,
		FINALFUNC = _mission_rates.account_revenue_result,
		COMBINEFUNC = _mission_rates.account_revenue_merge,
		SERIALFUNC = _mission_rates.account_revenue_write,
		DESERIALFUNC = _mission_rates.account_revenue_read,
		PARALLEL = SAFE
	);
	COMMENT ON AGGREGATE mission_rates.account_revenue(%1$s) IS
		''Sums of account_charges() over rows, by %4$s''',
	f.types, f.names, f.arguments, f.words))
FROM (VALUES
	('record', 'account', 'account record',
	 'the schedule in force on the date of each'),
	('record, text', 'account, schedule', 'account record, schedule text',
	 'the rates of a schedule')
) AS f (types, names, arguments, words);
