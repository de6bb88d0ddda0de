-- Every number of a rate table: what no column takes, and an error that says which column it was.
SET client_min_messages = warning;
SELECT no_plan();

SELECT mission_rates.draft_schedule('D', 'Ordinance 5244');
INSERT INTO mission_rates.sewer_volume VALUES ('D', 'A8', 0, 1, '');
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, label)
	VALUES ('D', 'garbage', 'A1', 12, 'month', 'Garbage');

-- SQLSTATE, message, column, constraint and hint of the error that a value of a column gives
CREATE FUNCTION pg_temp.refusal(rate_table text, name text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	col text; con text; hint text;
BEGIN
	EXECUTE format('UPDATE mission_rates.%I SET %I = %L WHERE schedule = ''D''', rate_table, name, value);
	RETURN 'taken';
EXCEPTION WHEN check_violation THEN
	GET STACKED DIAGNOSTICS col = COLUMN_NAME, con = CONSTRAINT_NAME, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws('|', SQLERRM, col, con, nullif(hint, ''));
END $$;
-- The columns of numbers of every table that the draft has rows of
CREATE FUNCTION pg_temp.has_rows(rate_table text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	found boolean;
BEGIN
	EXECUTE format('SELECT EXISTS (SELECT FROM mission_rates.%I WHERE schedule = ''D'')', rate_table) INTO found;
	RETURN found;
END $$;
CREATE TEMPORARY TABLE number AS
	SELECT t.rate_table, a.attname::text AS name, t.rate_table || '.' || a.attname AS place
	FROM _mission_rates.rate_tables() AS t
	JOIN pg_attribute AS a ON a.attrelid = ('mission_rates.' || t.rate_table)::regclass AND a.atttypid = 'numeric'::regtype
	WHERE pg_temp.has_rows(t.rate_table);
SELECT ok((SELECT count(*) > 15 FROM number), 'there are numbers');
SELECT is(pg_temp.refusal(n.rate_table, n.name, v.value),
	format('invalid value for column "%s" of rate table "%s": %s|%s|%s_%s_range%s', n.name, n.rate_table, v.value, n.name,
		n.rate_table, n.name, '|' || v.hint), n.place || ': ' || v.value)
FROM number AS n, (VALUES ('NaN', NULL), ('Infinity', NULL), ('-Infinity', NULL), ('1000000000', NULL), ('-0.01', NULL),
	('11.90255', 'Round it to four decimals: round(11.90255, 4).'), ('0.00001', 'Round it to four decimals: round(0.00001, 4).'))
	AS v (value, hint)
WHERE NOT (n.place = 'service_charge.amount' AND v.value = '-0.01')
-- what is below boring_from_inches is refused by another constraint
AND NOT (n.place = 'schedule.boring_to_inches' AND v.value IN ('-Infinity', '-0.01', '0.00001'));
SELECT is(pg_temp.refusal('water_minimum', 'amount', '11.902500'), 'taken', 'zeros are no decimals');
SELECT is(pg_temp.refusal('service_charge', 'amount', '-25'), 'taken', 'a credit');
SELECT is(pg_temp.refusal('service_charge', 'amount', '-1000000000'),
	'invalid value for column "amount" of rate table "service_charge": -1000000000|amount|service_charge_amount_range', 'within limits');
SELECT throws_ok($$UPDATE mission_rates.sewer_rate SET factor = factor * 1.03555 WHERE schedule = 'D' AND class = 'A1'$$, '23514',
	'invalid value for column "factor" of rate table "sewer_rate": 1.035550', 'an increase by percent');
SET session_replication_role = replica;
SELECT throws_ok($$UPDATE mission_rates.fee SET amount = 'NaN' WHERE code = 'boring'$$, '23514',
	'invalid value for column "amount" of rate table "fee": NaN', 'under the replica role, too');
RESET session_replication_role;
SELECT is((SELECT count(*) FROM pg_constraint WHERE connamespace = 'mission_rates'::regnamespace AND NOT convalidated), 0::bigint,
	'every constraint is valid');

SELECT * FROM finish();
