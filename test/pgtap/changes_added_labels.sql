-- add_class, add_meter_size, add_rate_group: labels that a later ordinance has, recorded so that a dump holds them.
-- Labels cannot be added in a transaction that uses them: no BEGIN here.
SET client_min_messages = warning;
SELECT no_plan();

SELECT is((SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute
	WHERE attrelid = '_mission_rates.added_label'::regclass AND attnum > 0 AND NOT attisdropped),
	'type_name text, label text, after_label text', 'the table');
SELECT is_empty($$SELECT * FROM _mission_rates.added_label$$, 'nothing is added yet');

-- Adding
SELECT is(mission_rates.water_charge('A1', '3/4', 6000, service_date => '2023-05-01'), 22.75, 'this session rates');
SELECT lives_ok($$SELECT mission_rates.add_class('B1')$$, 'at the end');
SELECT lives_ok($$SELECT mission_rates.add_class('A7', after => 'A6')$$, 'after another one');
SELECT lives_ok($$SELECT mission_rates.add_class('B2', 'B1')$$, 'after an added one');
SELECT lives_ok($$SELECT mission_rates.add_meter_size('2 1/2', '2')$$, 'a size');
SELECT lives_ok($$SELECT mission_rates.add_class(repeat('é', 31))$$, '62 bytes');
SELECT lives_ok($$SELECT mission_rates.add_rate_group('school', 'residential')$$, 'a table of minimum charges');
SELECT enum_has_labels('mission_rates', 'rate_group', '{residential,school,commercial}', 'groups');
SELECT enum_has_labels('mission_rates', 'customer_class', ARRAY['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9', 'B1',
	'B2', repeat('é', 31)], 'classes');
SELECT enum_has_labels('mission_rates', 'meter_size',
	'{1/2,5/8,3/4,1,1 1/2,2,2 1/2,3,4,6,8,10,12}', 'sizes');
SELECT results_eq($$SELECT * FROM _mission_rates.added_label WHERE octet_length(label) < 60 ORDER BY type_name, label$$,
	$$VALUES ('customer_class', 'A7', 'A6'), ('customer_class', 'B1', NULL), ('customer_class', 'B2', 'B1'),
	('meter_size', '2 1/2', '2'), ('rate_group', 'school', 'residential')$$, 'are recorded');
SELECT is(mission_rates.to_customer_class('a7 '), 'A7', 'a code is read');
SELECT is(mission_rates.to_meter_size(2.5), '2 1/2', 'a size is read');
SELECT throws_ok($$SELECT mission_rates.water_charge('A7', '3/4', 0, schedule => 'Ordinance 5244')$$, 'P0002', NULL,
	'but it has no rates yet');

-- One that is there but not recorded
ALTER TYPE mission_rates.customer_class ADD VALUE 'C1';
SELECT lives_ok($$SELECT mission_rates.add_class('C1', 'B2')$$, 'what ALTER TYPE added is recorded');
SELECT is(after_label, 'B2', 'as it is told') FROM _mission_rates.added_label WHERE label = 'C1';
SELECT throws_ok($$SELECT mission_rates.add_class('C1')$$, '42710', 'type "customer_class" has the label "C1" already', 'once');

-- What is refused
SELECT throws_ok(statement, answer[1], answer[2], statement)
FROM (VALUES
	($$SELECT mission_rates.add_class('A1')$$, '{42710,"type \"customer_class\" has the label \"A1\" already"}'::text[]),
	($$SELECT mission_rates.add_class('B1', 'nothing')$$, '{42710,"type \"customer_class\" has the label \"B1\" already"}'),
	($$SELECT mission_rates.add_meter_size('3/4', '1')$$, '{42710,"type \"meter_size\" has the label \"3/4\" already"}'),
	($$SELECT mission_rates.add_rate_group('school')$$, '{42710,"type \"rate_group\" has the label \"school\" already"}'),
	($$SELECT mission_rates.add_rate_group('commercial')$$, '{42710,"type \"rate_group\" has the label \"commercial\" already"}'),
	($$SELECT mission_rates.add_rate_group('other', 'A1')$$, '{22023,"type \"rate_group\" has no label \"A1\" to add another one after"}'),
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
FROM unnest(ARRAY[$$UPDATE _mission_rates.added_label SET after_label = 'A1'$$, 'DELETE FROM _mission_rates.added_label',
	'DELETE FROM _mission_rates.added_label WHERE false', 'TRUNCATE _mission_rates.added_label']) AS statement;
SELECT is((SELECT count(*) FROM _mission_rates.added_label), 7::bigint, 'none of these changed anything');

-- A restore: rows that are there are passed over, others add their label, wherever it may come
SELECT lives_ok($$INSERT INTO _mission_rates.added_label VALUES ('customer_class', 'B1', NULL), ('customer_class', 'D1', 'B1'),
	('customer_class', 'D1', 'B1')$$, 'rows come back');
SELECT is((SELECT count(*) FROM _mission_rates.added_label), 8::bigint, 'each once');
SELECT ok('D1' = ANY (enum_range(NULL::mission_rates.customer_class)::text[]), 'with its label');
SET client_min_messages = error;
SELECT lives_ok($$INSERT INTO _mission_rates.added_label VALUES ('customer_class', 'E1', 'never recorded')$$,
	'after one that was never recorded');
SET client_min_messages = warning;
SELECT is((enum_range(NULL::mission_rates.customer_class)::text[])[15], 'E1', 'at the end');
SELECT lives_ok($$INSERT INTO _mission_rates.added_label VALUES ('customer_class', 'A2', NULL)$$, 'one that is shipped by now');
SELECT throws_ok($$INSERT INTO _mission_rates.added_label VALUES ('service_area', 'county', NULL)$$, '23514', NULL, 'another type');
SELECT throws_ok($$INSERT INTO _mission_rates.added_label VALUES ('customer_class', ' ', NULL)$$, '22023', NULL, 'a blank label');
SELECT throws_ok($$INSERT INTO _mission_rates.added_label VALUES ('customer_class', NULL, NULL)$$, '23502', NULL, 'no label');
SET session_replication_role = replica;
SELECT lives_ok($$INSERT INTO _mission_rates.added_label VALUES ('customer_class', 'F1', NULL)$$, 'a subscriber');
RESET session_replication_role;
SELECT ok('F1' = ANY (enum_range(NULL::mission_rates.customer_class)::text[]), 'gets the label too');

-- Minimum charges of the added group are rated
SELECT mission_rates.draft_schedule('Schools', 'Ordinance 5244');
UPDATE mission_rates.class_rule SET rate_group = 'school' WHERE schedule = 'Schools' AND class = 'A2';
INSERT INTO mission_rates.water_minimum (schedule, rate_group, meter_size, service_area, amount)
	VALUES ('Schools', 'school', '3/4', 'inside', 7.77);
SELECT is(mission_rates.water_charge('A2', '3/4', 0, schedule => 'Schools'), 7.77, 'a third table of minimum charges');

-- Who may: superusers alone, whatever was granted and whoever owns the table
CREATE ROLE label_clerk;
GRANT ALL ON _mission_rates.added_label TO label_clerk;
SET ROLE label_clerk;
SELECT throws_ok(statement, '42501', 'must be superuser to add a label to a type of mission_rates', statement)
FROM unnest(ARRAY[$$SELECT mission_rates.add_class('G1')$$, $$SELECT mission_rates.add_meter_size('G1')$$,
	$$SELECT mission_rates.add_rate_group('G1')$$,
	$$INSERT INTO _mission_rates.added_label VALUES ('customer_class', 'G1', NULL)$$]) AS statement;
RESET ROLE;
ALTER TABLE _mission_rates.added_label OWNER TO label_clerk;
SET ROLE label_clerk;
SELECT throws_ok($$SELECT mission_rates.add_class('G1')$$, '42501', NULL, 'the owner of the table neither');

-- What somebody else attached to the table is not run
CREATE FUNCTION pg_temp.as_superuser() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'run as %', current_user;
END $$;
CREATE TRIGGER "+" BEFORE INSERT ON _mission_rates.added_label FOR EACH ROW EXECUTE FUNCTION pg_temp.as_superuser();
RESET ROLE;
SELECT throws_ok($$SELECT mission_rates.add_class('G1')$$, '55000',
	'table "added_label" has a trigger "+" that mission_rates did not make', 'a trigger of somebody else');
DROP TRIGGER "+" ON _mission_rates.added_label;
SET ROLE label_clerk;
CREATE RULE city AS ON INSERT TO _mission_rates.added_label DO ALSO SELECT pg_advisory_lock(1);
RESET ROLE;
SELECT throws_ok($$SELECT mission_rates.add_class('G1')$$, '55000',
	'table "added_label" has a rule that mission_rates did not make', 'or a rule');
DROP RULE city ON _mission_rates.added_label;
ALTER TABLE _mission_rates.added_label OWNER TO CURRENT_USER;
DROP OWNED BY label_clerk;
DROP ROLE label_clerk;

-- In the transaction that adds it a label cannot be used yet; rolled back, it is neither there nor recorded
BEGIN;
SELECT mission_rates.add_class('H1');
SELECT throws_ok($$SELECT 'H1'::mission_rates.customer_class$$, '55P04', NULL, 'not before the end of the transaction');
ROLLBACK;
SELECT is_empty($$SELECT FROM _mission_rates.added_label WHERE label = 'H1'$$, 'rolled back, it is not recorded');
SELECT lives_ok($$SELECT mission_rates.add_class('H1')$$, 'and can be added');

SELECT * FROM finish();
