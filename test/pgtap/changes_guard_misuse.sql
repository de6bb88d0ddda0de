-- Guard functions where they do not belong, and a table that its owner has changed: an error, never a crash.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS postgres_fdw;
SELECT no_plan();

-- What a statement answers while a trigger with this function is on the table
CREATE FUNCTION pg_temp.answer(function_name text, timing text, target text, level text, statement text) RETURNS text
	LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TRIGGER "0_misused" %s ON %s FOR EACH %s EXECUTE FUNCTION _mission_rates.%I()', timing, target,
		level, function_name);
	EXECUTE statement;
	RETURN 'passed';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
CREATE TEMP VIEW guards AS SELECT f, l FROM
	unnest(ARRAY['guard_rate_rows', 'guard_schedule', 'guard_truncate', 'guard_log', 'add_label', 'guard_labels']) AS f,
	unnest(ARRAY['ROW', 'STATEMENT']) AS l;

-- Tables of the user: in another schema, in that of the extension, and foreign
CREATE TABLE public.fee (LIKE mission_rates.fee);
CREATE TABLE mission_rates.city (id integer, amount integer);
CREATE TABLE public.near (id integer, amount integer);
INSERT INTO public.near VALUES (1, 1);
CREATE SERVER loopback FOREIGN DATA WRAPPER postgres_fdw;
DO $$
BEGIN
	EXECUTE format('ALTER SERVER loopback OPTIONS (host %L, dbname %L, port %L)',
		split_part(current_setting('unix_socket_directories'), ',', 1), current_database(), current_setting('port'));
END
$$;
CREATE USER MAPPING FOR CURRENT_USER SERVER loopback;
CREATE FOREIGN TABLE mission_rates.far (id integer, amount integer)
	SERVER loopback OPTIONS (schema_name 'public', table_name 'near');

SELECT matches(pg_temp.answer(f, timing || ' INSERT', 'public.fee', l, $$INSERT INTO public.fee VALUES ('x', 'x', 1, 'each', 'x', '')$$),
	format('39P01 function "%s" (cannot|must) be a trigger', f),
	format('%s, %s each %s, in another schema', f, timing, l))
FROM guards, unnest(ARRAY['BEFORE', 'AFTER']) AS timing;
SELECT matches(pg_temp.answer(f, 'BEFORE INSERT', 'mission_rates.city', l, 'INSERT INTO mission_rates.city VALUES (1, 1)'),
	format('39P01 function "%s" (cannot|must) be a trigger', f), format('%s, each %s, on another table', f, l))
FROM guards;
SELECT matches(pg_temp.answer(f, timing, 'mission_rates.far', l, statement),
	format('39P01 function "%s" (cannot|must) be a trigger', f),
	format('%s, %s each %s, on a foreign table', f, timing, l))
FROM guards, (VALUES ('BEFORE UPDATE', 'UPDATE mission_rates.far SET amount = 2'),
	('AFTER UPDATE', 'UPDATE mission_rates.far SET amount = 2'), ('AFTER DELETE', 'DELETE FROM mission_rates.far'),
	('BEFORE INSERT', 'INSERT INTO mission_rates.far VALUES (2, 2)')) AS v (timing, statement);

-- On the right table, at the wrong moment or with the wrong function
SELECT is(pg_temp.answer(f, timing, target, l, statement), answer, format('%s, %s each %s of %s', f, timing, l, target))
FROM (VALUES
	('guard_rate_rows', 'BEFORE INSERT', 'mission_rates.fee', 'STATEMENT', $$INSERT INTO mission_rates.fee VALUES
		('x', 'x', 1, 'each', 'x', '')$$, '39P01 function "guard_rate_rows" must be a trigger FOR EACH ROW'),
	('guard_rate_rows', 'BEFORE TRUNCATE', 'mission_rates.fee', 'STATEMENT', 'TRUNCATE mission_rates.fee',
		'39P01 function "guard_rate_rows" must be a trigger FOR EACH ROW'),
	('guard_rate_rows', 'BEFORE INSERT', 'mission_rates.schedule', 'ROW',
		$$INSERT INTO mission_rates.schedule (schedule) VALUES ('x')$$,
		'39P01 function "guard_rate_rows" cannot be a trigger of table "schedule"'),
	('guard_schedule', 'AFTER UPDATE', 'mission_rates.schedule', 'STATEMENT', 'UPDATE mission_rates.schedule SET title = $$x$$',
		'55000 schedule "Ordinance 5244" is adopted, its rows cannot be changed'),
	('guard_schedule', 'AFTER UPDATE', 'mission_rates.schedule', 'STATEMENT',
		'UPDATE mission_rates.schedule SET title = $$x$$ WHERE false',
		'39P01 function "guard_schedule" must be a trigger FOR EACH ROW'),
	('guard_schedule', 'BEFORE INSERT', 'mission_rates.class_rule', 'ROW', $$INSERT INTO mission_rates.class_rule
		VALUES ('x', 'A1', 'x', NULL, 'inside', NULL)$$,
		'39P01 function "guard_schedule" cannot be a trigger of table "class_rule"'),
	('guard_truncate', 'BEFORE INSERT', 'mission_rates.fee', 'ROW', $$INSERT INTO mission_rates.fee VALUES
		('x', 'x', 1, 'each', 'x', '')$$,
		'39P01 function "guard_truncate" must be a trigger BEFORE ... FOR EACH STATEMENT'),
	('guard_log', 'BEFORE INSERT', 'mission_rates.schedule_log', 'ROW', $$INSERT INTO mission_rates.schedule_log
		(at, event, schedule, role) VALUES (now(), 'drop', 'x', 'x')$$,
		'39P01 function "guard_log" must be a trigger BEFORE ... FOR EACH STATEMENT')
	) AS v (f, timing, target, l, statement, answer);

-- A table that its owner has changed: read by number, so looked at first
CREATE FUNCTION pg_temp.after_ddl(ddl text, statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE ddl;
	EXECUTE statement;
	RETURN 'passed';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END
$$;
SELECT is(pg_temp.after_ddl(ddl, statement), '55000', ddl)
FROM (VALUES
	('ALTER TABLE mission_rates.schedule ALTER sealed_rows TYPE bigint', $$INSERT INTO mission_rates.schedule (schedule) VALUES ('x')$$),
	('ALTER TABLE mission_rates.schedule DROP effective_from CASCADE', $$INSERT INTO mission_rates.schedule (schedule) VALUES ('x')$$),
	('ALTER TABLE mission_rates.schedule DROP fingerprint CASCADE', $$UPDATE mission_rates.schedule SET title = 'x'$$),
	('ALTER TABLE mission_rates.fee RENAME schedule TO ordinance', $$DELETE FROM mission_rates.fee$$),
	('ALTER TABLE mission_rates.fee DROP schedule CASCADE', $$DELETE FROM mission_rates.fee$$)) AS v (ddl, statement);

SELECT * FROM finish();
