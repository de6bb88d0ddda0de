-- add_class and add_meter_size: labels that a later ordinance has, recorded so that a dump holds them.
-- Labels cannot be added in a transaction that uses them: no BEGIN here.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS mission_rates;
SELECT no_plan();

SELECT is((SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute
	WHERE attrelid = 'mission_rates.added_label'::regclass AND attnum > 0 AND NOT attisdropped),
	'type_name text, label text, after_label text', 'the table');
SELECT is_empty($$SELECT * FROM mission_rates.added_label$$, 'nothing is added yet');

-- Adding
SELECT is(mission_rates.water_charge('A1', '3/4', 6000, service_date => '2023-05-01'), 22.75, 'this session rates');
SELECT lives_ok($$SELECT mission_rates.add_class('B1')$$, 'at the end');
SELECT lives_ok($$SELECT mission_rates.add_class('A7', after => 'A6')$$, 'after another one');
SELECT lives_ok($$SELECT mission_rates.add_class('B2', 'B1')$$, 'after an added one');
SELECT lives_ok($$SELECT mission_rates.add_meter_size('2 1/2', '2')$$, 'a size');
SELECT lives_ok($$SELECT mission_rates.add_class(repeat('é', 31))$$, '62 bytes');
SELECT enum_has_labels('mission_rates', 'customer_class', ARRAY['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9', 'B1',
	'B2', repeat('é', 31)], 'classes');
SELECT enum_has_labels('mission_rates', 'meter_size',
	'{1/2,5/8,3/4,1,1 1/2,2,2 1/2,3,4,6,8,10,12}', 'sizes');
SELECT results_eq($$SELECT * FROM mission_rates.added_label WHERE octet_length(label) < 60 ORDER BY type_name, label$$,
	$$VALUES ('customer_class', 'A7', 'A6'), ('customer_class', 'B1', NULL), ('customer_class', 'B2', 'B1'),
	('meter_size', '2 1/2', '2')$$, 'are recorded');
SELECT is(mission_rates.to_customer_class('a7 '), 'A7', 'a code is read');
SELECT is(mission_rates.to_meter_size(2.5), '2 1/2', 'a size is read');
SELECT throws_ok($$SELECT mission_rates.water_charge('A7', '3/4', 0, schedule => 'Ordinance 5244')$$, 'P0002', NULL,
	'but it has no rates yet');

-- One that is there but not recorded
ALTER TYPE mission_rates.customer_class ADD VALUE 'C1';
SELECT lives_ok($$SELECT mission_rates.add_class('C1', 'B2')$$, 'what ALTER TYPE added is recorded');
SELECT is(after_label, 'B2', 'as it is told') FROM mission_rates.added_label WHERE label = 'C1';
SELECT throws_ok($$SELECT mission_rates.add_class('C1')$$, '42710', 'type "customer_class" has the label "C1" already', 'once');

-- What is refused
SELECT throws_ok(statement, answer[1], answer[2], statement)
FROM (VALUES
	($$SELECT mission_rates.add_class('A1')$$, '{42710,"type \"customer_class\" has the label \"A1\" already"}'::text[]),
	($$SELECT mission_rates.add_class('B1', 'nothing')$$, '{42710,"type \"customer_class\" has the label \"B1\" already"}'),
	($$SELECT mission_rates.add_meter_size('3/4', '1')$$, '{42710,"type \"meter_size\" has the label \"3/4\" already"}'),
	($$SELECT mission_rates.add_class('D1', 'D0')$$, '{22023,"type \"customer_class\" has no label \"D0\" to add another one after"}'),
	($$SELECT mission_rates.add_class('D1', 'D1')$$, '{22023,"type \"customer_class\" has no label \"D1\" to add another one after"}'),
	($$SELECT mission_rates.add_class('D1', '3/4')$$, '{22023,"type \"customer_class\" has no label \"3/4\" to add another one after"}'),
	($$SELECT mission_rates.add_class('D1', '')$$, '{22023,"type \"customer_class\" has no label \"\" to add another one after"}'),
	($$SELECT mission_rates.add_class(NULL)$$, '{22023,"label is NULL"}'),
	($$SELECT mission_rates.add_class('')$$, '{22023,"invalid label: \"\""}'),
	($$SELECT mission_rates.add_meter_size('  ')$$, '{22023,"invalid label: \"  \""}'),
	($$SELECT mission_rates.add_class('D1 ')$$, '{22023,"invalid label: \"D1 \""}')) AS v (statement, answer);
SELECT throws_ok($$SELECT mission_rates.add_class(repeat('x', 64))$$, '22023', NULL, '64 bytes');
SELECT throws_ok($$SELECT mission_rates.add_class(repeat('é', 32))$$, '22023', NULL, 'in 32 letters');
SELECT throws_ok(statement, '55000', 'added labels cannot be changed or removed', statement)
FROM unnest(ARRAY[$$UPDATE mission_rates.added_label SET after_label = 'A1'$$, 'DELETE FROM mission_rates.added_label',
	'DELETE FROM mission_rates.added_label WHERE false', 'TRUNCATE mission_rates.added_label']) AS statement;
SELECT is((SELECT count(*) FROM mission_rates.added_label), 6::bigint, 'none of these changed anything');

-- A restore: rows that are there are passed over, others add their label, wherever it may come
SELECT lives_ok($$INSERT INTO mission_rates.added_label VALUES ('customer_class', 'B1', NULL), ('customer_class', 'D1', 'B1'),
	('customer_class', 'D1', 'B1')$$, 'rows come back');
SELECT is((SELECT count(*) FROM mission_rates.added_label), 7::bigint, 'each once');
SELECT ok('D1' = ANY (enum_range(NULL::mission_rates.customer_class)::text[]), 'with its label');
SET client_min_messages = error;
SELECT lives_ok($$INSERT INTO mission_rates.added_label VALUES ('customer_class', 'E1', 'never recorded')$$,
	'after one that was never recorded');
SET client_min_messages = warning;
SELECT is((enum_range(NULL::mission_rates.customer_class)::text[])[15], 'E1', 'at the end');
SELECT lives_ok($$INSERT INTO mission_rates.added_label VALUES ('customer_class', 'A2', NULL)$$, 'one that is shipped by now');
SELECT throws_ok($$INSERT INTO mission_rates.added_label VALUES ('service_area', 'county', NULL)$$, '23514', NULL, 'another type');
SELECT throws_ok($$INSERT INTO mission_rates.added_label VALUES ('customer_class', ' ', NULL)$$, '22023', NULL, 'a blank label');
SELECT throws_ok($$INSERT INTO mission_rates.added_label VALUES ('customer_class', NULL, NULL)$$, '23502', NULL, 'no label');
SET session_replication_role = replica;
SELECT lives_ok($$INSERT INTO mission_rates.added_label VALUES ('customer_class', 'F1', NULL)$$, 'a subscriber');
RESET session_replication_role;
SELECT ok('F1' = ANY (enum_range(NULL::mission_rates.customer_class)::text[]), 'gets the label too');

-- Who may: the owner of the table, though the type is another's
CREATE ROLE label_clerk;
CREATE ROLE label_owner;
GRANT ALL ON mission_rates.added_label TO label_clerk;
SET ROLE label_clerk;
SELECT throws_ok($$SELECT mission_rates.add_class('G1')$$, '42501', 'must be owner of table added_label', 'a clerk');
SELECT throws_ok($$INSERT INTO mission_rates.added_label VALUES ('customer_class', 'G1', NULL)$$, '42501',
	'must be owner of table added_label', 'nor by a row');
RESET ROLE;
ALTER TABLE mission_rates.added_label OWNER TO label_owner;
GRANT label_owner TO label_clerk;
SET ROLE label_clerk;
SELECT lives_ok($$SELECT mission_rates.add_class('G1')$$, 'a member of the owner');
RESET ROLE;
SELECT isnt((SELECT typowner::regrole::text FROM pg_type WHERE oid = 'mission_rates.customer_class'::regtype), 'label_owner',
	'who does not own the type');
SELECT ok('G1' = ANY (enum_range(NULL::mission_rates.customer_class)::text[]), 'adds a label');
ALTER TABLE mission_rates.added_label OWNER TO CURRENT_USER;
DROP OWNED BY label_clerk, label_owner;
DROP ROLE label_clerk, label_owner;

-- In the transaction that adds it a label cannot be used yet; rolled back, it is neither there nor recorded
BEGIN;
SELECT mission_rates.add_class('H1');
SELECT throws_ok($$SELECT 'H1'::mission_rates.customer_class$$, '55P04', NULL, 'not before the end of the transaction');
ROLLBACK;
SELECT is_empty($$SELECT FROM mission_rates.added_label WHERE label = 'H1'$$, 'rolled back, it is not recorded');
SELECT lives_ok($$SELECT mission_rates.add_class('H1')$$, 'and can be added');

SELECT * FROM finish();
