-- The rate tables are what the library expects, or nothing is rated: an
-- owner's DDL, and the tables of another version, give an error and never a
-- crash or another bill.
SET client_min_messages = warning;
SELECT plan(38);

-- The list of the tables agrees with the catalog.
SELECT results_eq(
	$$SELECT t.rate_table::text, t.columns FROM _mission_rates.rate_tables() AS t ORDER BY t.rate_table COLLATE "C"$$,
	$$SELECT c.relname::text COLLATE "default", array_agg(a.attname::text COLLATE "default" ORDER BY a.attnum)
	  FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	  WHERE c.relnamespace = 'mission_rates'::regnamespace AND c.relkind = 'r'
	  AND EXISTS (SELECT FROM pg_trigger AS g WHERE g.tgrelid = c.oid
				  AND g.tgfoid = '_mission_rates.rate_statement'::regproc)
	  GROUP BY c.relname ORDER BY c.relname COLLATE "C"$$,
	'_rate_tables() agrees with the catalog');
SELECT is((SELECT array_agg(t.table_order ORDER BY t.table_order) FROM _mission_rates.rate_tables() AS t),
	(SELECT array_agg(n::integer) FROM generate_series(0, (SELECT count(*) - 1 FROM _mission_rates.rate_tables())) AS n),
	'numbered from 0');
SELECT is((SELECT t.rate_table FROM _mission_rates.rate_tables() AS t WHERE t.table_order = 0), 'schedule',
	'schedule comes first');

-- What a charge says after a change of the tables, which is rolled back.
CREATE FUNCTION pg_temp.after(change text, charge text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
	result text;
BEGIN
	EXECUTE change;
	EXECUTE 'SELECT ' || charge INTO result;
	RAISE EXCEPTION 'no error, but %', result USING ERRCODE = 'P0099';
EXCEPTION
	WHEN feature_not_supported THEN
		RAISE;
	WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
		RETURN concat_ws(' | ', SQLSTATE, SQLERRM, nullif(hint, ''));
END $$;
\set water 'mission_rates.water_charge(''A1'', ''3/4'', 6000, service_date => ''2024-01-01'')'
\set lines '(SELECT sum(b.amount) FROM mission_rates.bill(''A1'', ''3/4'', 6000, service_date => ''2024-01-01'') AS b)'
\set update ' | Run ALTER EXTENSION mission_rates UPDATE.'
SELECT is(:water, 22.75, 'a charge before');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.fee ADD COLUMN remark text', :'water'),
	'55000 | relation "fee" has 7 columns instead of 6' || :'update', 'a column added');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.fee ADD COLUMN remark text; ALTER TABLE mission_rates.fee DROP COLUMN remark', :'water'),
	'P0099 | no error, but 22.75', 'a column added and dropped again is harmless');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.deposit DROP COLUMN section', :'water'),
	'55000 | relation "deposit" has 5 columns instead of 6' || :'update', 'the last column dropped');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.sewer_permit DROP COLUMN amount', :'water'),
	'55000 | column 4 of relation "sewer_permit" is "........pg.dropped.4........" instead of "amount"' || :'update',
	'a column dropped');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.fee RENAME COLUMN label TO words', :'water'),
	'55000 | column 5 of relation "fee" is "words" instead of "label"' || :'update', 'a column renamed');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.fee ALTER COLUMN label DROP NOT NULL', :'water'),
	'55000 | column "label" of relation "fee" is not NOT NULL' || :'update', 'NOT NULL dropped');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.water_volume ALTER COLUMN above_gallons TYPE numeric', :'water'),
	'55000 | column "above_gallons" of relation "water_volume" has type numeric instead of bigint' || :'update',
	'a column retyped');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.water_minimum ALTER COLUMN amount TYPE numeric(12,4)', :'water'),
	'55000 | column "amount" of relation "water_minimum" has type numeric(12,4) instead of numeric' || :'update',
	'a column with a precision of its own');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.sewer_rate RENAME TO sewer_rate_old', :'water'),
	'55000 | rate table "sewer_rate" does not exist' || :'update', 'a table renamed');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.fee RENAME TO fee_old;
	CREATE VIEW mission_rates.fee AS SELECT * FROM mission_rates.fee_old', :'water'),
	'55000 | rate table "fee" is not an ordinary permanent table | Undo it: ALTER TABLE ... SET LOGGED, or restore the extension.', 'a view in its place');
SELECT is(pg_temp.after('CREATE TABLE own_fee () INHERITS (mission_rates.fee)', :'water'),
	'55000 | rate table "fee" has a parent or a child | Undo it: ALTER TABLE ... NO INHERIT ....', 'a child');
SELECT is(pg_temp.after('CREATE TABLE all_fees (LIKE mission_rates.fee);
	ALTER TABLE mission_rates.fee INHERIT all_fees', :'water'),
	'55000 | rate table "fee" has a parent or a child | Undo it: ALTER TABLE ... NO INHERIT ....', 'a parent');
SELECT is(pg_temp.after('CREATE TABLE nothing (); ALTER TABLE mission_rates.fee INHERIT nothing', :'water'),
	'55000 | rate table "fee" has a parent or a child | Undo it: ALTER TABLE ... NO INHERIT ....',
	'a parent without columns');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.sewer_volume ' || change, :'water'),
	'55000 | rate table "sewer_volume" ' || reason, change)
FROM (VALUES
	('SET UNLOGGED', 'is not an ordinary permanent table | Undo it: ALTER TABLE ... SET LOGGED, or restore the extension.'),
	('ENABLE ROW LEVEL SECURITY', 'has row security enabled or forced | Undo it: ALTER TABLE ... DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY.'),
	('FORCE ROW LEVEL SECURITY', 'has row security enabled or forced | Undo it: ALTER TABLE ... DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY.'),
	('DROP CONSTRAINT sewer_volume_pkey', 'has no valid primary key | Undo it: ALTER TABLE ... ADD PRIMARY KEY ..., or REINDEX TABLE ....')) AS c (change, reason);
SELECT is(pg_temp.after('CREATE RULE city AS ON UPDATE TO mission_rates.fee DO ALSO NOTHING', :'water'),
	'55000 | rate table "fee" has a rewrite rule | Undo it: DROP RULE ... ON ....', 'a rule');
SELECT is(pg_temp.after($$UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = 'mission_rates.fee_pkey'::regclass;
	ALTER TABLE mission_rates.fee SET (fillfactor = 90)$$, :'water'),
	'55000 | rate table "fee" has no valid primary key | Undo it: ALTER TABLE ... ADD PRIMARY KEY ..., or REINDEX TABLE ....',
	'a primary key that is not valid');
SELECT is(pg_temp.after('ALTER TABLE mission_rates.fee DROP CONSTRAINT fee_pkey; ALTER TABLE mission_rates.fee ADD PRIMARY KEY (code, schedule)', :'water'),
	'55000 | rate table "fee" has no valid primary key | Undo it: ALTER TABLE ... ADD PRIMARY KEY ..., or REINDEX TABLE ....',
	'a primary key of another order');
-- What a city may do
SELECT is(pg_temp.after(change, :'water'), 'P0099 | no error, but 22.75', change)
FROM unnest(ARRAY[
	'ALTER TABLE mission_rates.fee SET (fillfactor = 90)',
	'CREATE INDEX city ON mission_rates.fee (code)',
	'ALTER TABLE mission_rates.fee ADD CONSTRAINT city CHECK (amount < 1000)',
	'ALTER TABLE mission_rates.schedule DROP CONSTRAINT schedule_effective_from_key']) AS change;
SELECT is(pg_temp.after('ALTER TYPE mission_rates.customer_class RENAME TO class_of_customer;
	ALTER TABLE mission_rates.water_volume SET (fillfactor = 90)', :'water'),
	'55000 | type "customer_class" is not the one that mission_rates made' || :'update', 'a type renamed');

SELECT is(pg_temp.after('ALTER TABLE mission_rates.water_volume DROP COLUMN rate_per_1000', c.call),
	'55000 | column 4 of relation "water_volume" is "........pg.dropped.4........" instead of "rate_per_1000"' || :'update', c.call)
FROM (VALUES ('count(*) FROM mission_rates.check_schedule(''Ordinance 5244'')'),
	('count(*) FROM mission_rates.rate_sheet(schedule => ''Ordinance 5244'')'),
	('mission_rates.schedule_fingerprint(''Ordinance 5244'')')) AS c (call);

-- A NULL in spite of the constraint, even in a draft that no call uses
SELECT is(pg_temp.after($$INSERT INTO mission_rates.schedule (schedule) VALUES ('probe');
	INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe', 1, 'each', 'Probe');
	ALTER TABLE mission_rates.fee ALTER COLUMN label DROP NOT NULL;
	SET LOCAL session_replication_role = replica;
	UPDATE mission_rates.fee SET label = NULL WHERE schedule = 'probe';
	SET LOCAL session_replication_role = origin;
	UPDATE pg_catalog.pg_attribute SET attnotnull = true
	WHERE attrelid = 'mission_rates.fee'::regclass AND attname = 'label'$$,
	$$mission_rates.fee('probe', schedule => 'probe')$$),
	'55000 | a row of rate table "fee" has a NULL in column "label"', 'a NULL where none may be');

-- The type of bill lines
SELECT is(pg_temp.after('ALTER TYPE mission_rates.bill_line ADD ATTRIBUTE remark text', :'lines'),
	format('55000 | relation "bill_line" has %s columns instead of %s', n + 1, n) || :'update', 'an attribute added')
FROM (SELECT count(*) AS n FROM pg_attribute WHERE attrelid = 'mission_rates.bill_line'::regclass AND attnum > 0) AS a;
SELECT is(pg_temp.after('ALTER TYPE mission_rates.bill_line ALTER ATTRIBUTE amount TYPE bigint', :'lines'),
	'55000 | column "amount" of relation "bill_line" has type bigint instead of numeric' || :'update',
	'an attribute retyped');
SELECT is(pg_temp.after('ALTER TYPE mission_rates.bill_line RENAME ATTRIBUTE service TO utility', :'lines'),
	'55000 | column 2 of relation "bill_line" is "utility" instead of "service"' || :'update', 'an attribute renamed');
SELECT is(pg_temp.after('ALTER TYPE mission_rates.bill_line DROP ATTRIBUTE schedule', :'lines')
	LIKE '55000 | %bill_line%', true, 'an attribute dropped');
SELECT is(:water, 22.75, 'a charge after all that');
SELECT * FROM finish();
