-- What the fingerprint stands for: the byte form, which never changes, and that
-- adopted rates are billed by only while their rows give it.
SET client_min_messages = error;

-- A schedule with every column of every table filled, as a restore brings it
CREATE FUNCTION insert_every_column(fingerprint text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO mission_rates.schedule (schedule, title, adopted_on, adopted_by, effective_from, sealed_rows, volume_step, due_days,
		notice_days, included_pipe_feet, boring_from_inches, boring_to_inches, waiver_overcharge, fingerprint)
		VALUES ('Every column', 'Title', '2040-01-01', 'Council', '2040-02-29', 13, 100, 20, 5, 25.5, 2, 4.25, 0.1, $1);
	INSERT INTO mission_rates.class_rule VALUES ('Every column', 'A1', 'Residential', 'residential', 'inside', 'A8'),
		('Every column', 'A8', 'Outside', 'residential', 'outside', NULL);
	INSERT INTO mission_rates.deposit VALUES ('Every column', 'commercial', 2000.5, 75, 10.00, '114-52(a)');
	INSERT INTO mission_rates.sewer_permit VALUES ('Every column', 4, true, 100.1, '114-61');
	INSERT INTO mission_rates.sewer_rate VALUES ('Every column', 'A1', 9, NULL, 1.25, '114-54(b)(2)'),
		('Every column', 'A8', 12, 1.45, 1, '114-54(b)(2)');
	INSERT INTO mission_rates.sewer_volume VALUES ('Every column', 'A1', 0, 1.45, '114-54(b)(2)');
	INSERT INTO mission_rates.water_tap VALUES ('Every column', '1 1/2', true, 'outside', 1234.5678, '114-55');
	INSERT INTO mission_rates.water_minimum VALUES ('Every column', 'residential', '3/4', 'inside', 11.50, '114-54(c)(2)');
	INSERT INTO mission_rates.water_volume VALUES ('Every column', 'A1', 1000000000000, 999999999.9999, '114-54(c)(2)');
	INSERT INTO mission_rates.fee VALUES ('Every column', 'late_fee', 0.05, 'dollar', E'Back\\slash, tab\t, line\nfeed, return\r', '');
	INSERT INTO mission_rates.service_charge VALUES
		('Every column', 'garbage', 'A1', -12.50, 'month', 0, NULL, true, 'Garbage', '114-61'),
		('Every column', 'tax', 'A1', 0.0825, 'dollar', 0, '{water_volume,garbage}', false, 'Tax', '114-62');
$$;
\set print '34af5cb555b724544cc0e0efdd4c14f50c9898fa4779974d7438c27e70bbb460'
SELECT insert_every_column(:'print') \g /dev/null
CREATE FUNCTION answer(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE 'SELECT ' || query INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
\set charge 'mission_rates.water_charge(''A1'', ''3/4'', 5000, service_date => ''2040-03-01'')'
\set named 'mission_rates.water_charge(''A1'', ''3/4'', 5000, schedule => ''Every column'')'
\set changed '55000 rates of schedule "Every column" are not those that were adopted'

-- A superuser changes a row under the replica role: a session that has read the
-- schedule goes on, another one refuses it.
SELECT answer(:'charge') AS by_date, answer(:'named') AS by_name \gset before_
SET session_replication_role = replica;
UPDATE mission_rates.water_minimum SET amount = 11.49 WHERE schedule = 'Every column';
RESET session_replication_role;
SELECT answer(:'charge') AS by_date, answer(:'named') AS by_name \gset warm_
\connect
SET client_min_messages = error;
SELECT no_plan();
SELECT is(ARRAY[:'before_by_date', :'before_by_name'], ARRAY['11.50', '11.50'], 'rows that give the fingerprint are billed by');
SELECT is(ARRAY[:'warm_by_date', :'warm_by_name'], ARRAY['11.50', '11.50'], 'the session that has read them bills what was adopted');
SELECT is(answer(:'charge'), :'changed', 'a new one does not bill');
SELECT is(answer(:'named'), :'changed', 'nor by name');
SELECT is(mission_rates.billing_problem('A1', '3/4', 5000, service_date => '2040-03-01'), substr(:'changed', 7), 'billing_problem says so');
SELECT is(mission_rates.billing_problem_code('A1', '3/4', 5000, service_date => '2040-03-01'), 'schedule_incomplete', 'and its code');
SELECT is(answer('mission_rates.fee(''reconnection'', service_date => ''2024-01-01'')'), '25.00', 'other schedules are billed by');
SELECT _mission_rates.rate_loads() AS loads \gset
SELECT count(mission_rates.billing_problem('A1', '3/4', n, service_date => '2040-03-01')) AS problems FROM generate_series(1, 1000) AS n \gset
SELECT is(_mission_rates.rate_loads() - :loads, 1::bigint, 'for a thousand problems it is read once');
SELECT ok(EXISTS (SELECT FROM mission_rates.check_schedule('Every column') WHERE severity = 'error' AND rate_table = 'schedule'),
	'check_schedule names it');
SELECT ok(EXISTS (SELECT FROM mission_rates.self_test() WHERE NOT passed AND actual LIKE '%"Every column"%'), 'self_test names it');
SELECT isnt(mission_rates.schedule_fingerprint('Every column'), :'print', 'schedule_fingerprint is that of the rows');
SET session_replication_role = replica;
UPDATE mission_rates.water_minimum SET amount = 11.5000 WHERE schedule = 'Every column';
RESET session_replication_role;
SELECT is(answer(:'charge'), '11.50', 'put back, it is billed by again');

-- The byte form
SELECT is(mission_rates.schedule_fingerprint('Every column'), :'print', 'every column, everywhere and for good');
SELECT is(mission_rates.schedule_fingerprint('Ordinance 5244'), '5230b4704c9bd7d72957922fc5801e95a4f8c39d2b142010651c89a55341949d',
	'Ordinance 5244');
SELECT is_empty(format($$SELECT v.key FROM mission_rates.%I AS r, LATERAL jsonb_each_text(to_jsonb(r)) AS v WHERE r.schedule = 'Every column'
	GROUP BY v.key HAVING bool_and(v.value IS NULL)$$, t.rate_table), 'each is filled in ' || t.rate_table)
FROM _mission_rates.rate_tables() AS t;

-- Every kind of change, and what does not matter
CREATE FUNCTION pg_temp.after(change text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	charged text;
BEGIN
	-- What was read is forgotten when an enum type is made.
	EXECUTE 'CREATE TYPE public.forget AS ENUM (''it'')';
	SET LOCAL session_replication_role = replica;
	EXECUTE change;
	charged := answer('mission_rates.water_charge(''A1'', ''3/4'', 5000, service_date => ''2040-03-01'')');
	RAISE EXCEPTION '%', charged USING ERRCODE = 'P0099';
EXCEPTION WHEN SQLSTATE 'P0099' THEN
	RETURN SQLERRM;
END $$;
SELECT is(pg_temp.after(change), expected, change) FROM (VALUES
	('DELETE FROM mission_rates.fee WHERE schedule = ''Every column''', :'changed'),
	('INSERT INTO mission_rates.fee VALUES (''Every column'', ''more'', 1, ''each'', ''More'', '''')', :'changed'),
	('UPDATE mission_rates.schedule SET effective_from = ''2040-02-28'' WHERE schedule = ''Every column''', :'changed'),
	('UPDATE mission_rates.schedule SET fingerprint = repeat(''0'', 64) WHERE schedule = ''Every column''', :'changed'),
	('UPDATE mission_rates.schedule SET fingerprint = (SELECT fingerprint FROM mission_rates.schedule WHERE schedule = ''Ordinance 5244'')'
	 ' WHERE schedule = ''Every column''', :'changed'),
	('ALTER TABLE mission_rates.water_minimum DROP CONSTRAINT water_minimum_amount_range;'
	 ' UPDATE mission_rates.water_minimum SET amount = ''NaN'' WHERE schedule = ''Every column''', :'changed'),
	('ALTER TYPE mission_rates.meter_size RENAME VALUE ''1 1/2'' TO ''1.5''', :'changed'),
	('ALTER TYPE mission_rates.meter_size RENAME VALUE ''8'' TO ''eight''', '11.50'),
	('UPDATE mission_rates.schedule SET title = ''Another'', adopted_by = NULL, sealed_rows = 99 WHERE schedule = ''Every column''', '11.50')
	) AS c (change, expected);
SELECT * FROM finish();
