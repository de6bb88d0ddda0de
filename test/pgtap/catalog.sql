-- What the extension is made of: types, tables, functions as the interface
-- fixes them, and a comment on every object.
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(56);

-- Types
SELECT enum_has_labels('mission_rates', name, labels, name::text)
FROM (VALUES
	('customer_class'::name, '{A1,A2,A3,A4,A5,A6,A8,A9}'::name[]),
	('meter_size', '{1/2,5/8,3/4,1,1 1/2,2,3,4,6,8,10,12}'),
	('service_area', '{inside,outside}'),
	('rate_group', '{residential,commercial}'),
	('deposit_category', '{homeowner,tenant,traveling_meter,commercial,school,hospital,trailer_park}'))
	AS v (name, labels);
SELECT results_eq(
	$$SELECT attname::text COLLATE "default", format_type(atttypid, atttypmod)
	  FROM pg_attribute WHERE attrelid = 'mission_rates.bill_line'::regclass ORDER BY attnum$$,
	$$VALUES ('line'::text, 'integer'::text), ('service', 'text'), ('charge', 'text'), ('description', 'text'),
			 ('quantity', 'numeric'), ('unit', 'text'), ('rate', 'numeric'), ('amount', 'numeric'), ('section', 'text'),
			 ('schedule', 'text'), ('rate_class', 'text'),
			 ('rate_meter', 'text'), ('rate_area', 'text'),
			 ('from_gallons', 'bigint'), ('to_gallons', 'bigint')$$,
	'bill_line');
SELECT results_eq(
	$$SELECT attname::text COLLATE "default", format_type(atttypid, atttypmod)
	  FROM pg_attribute WHERE attrelid = 'mission_rates.account_sums'::regclass ORDER BY attnum$$,
	$$VALUES ('problem_code'::text, 'text'::text), ('problem', 'text'), ('water_minimum', 'numeric'), ('water_volume', 'numeric'),
			 ('sewer_fixed', 'numeric'), ('sewer_volume', 'numeric'), ('sewer_flat', 'numeric'), ('dumping_station', 'numeric'),
			 ('fire_sprinkler', 'numeric'), ('services', 'numeric'), ('total', 'numeric'), ('schedule', 'text')$$,
	'account_sums');

-- Rate tables: columns in their order, the key in front
CREATE FUNCTION pg_temp.columns_of(relation regclass) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(attname::text, ' ' ORDER BY attnum)
	FROM pg_attribute WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped;
$$;
SELECT is(pg_temp.columns_of(('mission_rates.' || relation)::regclass), columns, 'columns of ' || relation)
FROM (VALUES
	(1, 'schedule', 'schedule title adopted_on adopted_by effective_from sealed_rows volume_step due_days notice_days '
					'included_pipe_feet boring_from_inches boring_to_inches waiver_overcharge fingerprint'),
	(2, 'class_rule', 'schedule class label rate_group service_area outside_class'),
	(3, 'water_minimum', 'schedule rate_group meter_size service_area amount section'),
	(4, 'water_volume', 'schedule class above_gallons rate_per_1000 section'),
	(5, 'sewer_rate', 'schedule class fixed rate_per_1000 factor section'),
	(6, 'fee', 'schedule code amount unit label section'),
	(7, 'deposit', 'schedule category above_square_feet deposit service_fee section'),
	(8, 'water_tap', 'schedule meter_size compound service_area amount section'),
	(9, 'sewer_permit', 'schedule line_inches larger_than amount section'),
	(10, 'sewer_volume', 'schedule class above_gallons rate_per_1000 section'),
	(11, 'service_charge', 'schedule code class amount unit above_gallons base_charges every_bill label section'))
	AS v (n, relation, columns)
ORDER BY n;
SELECT col_is_pk('mission_rates', relation, columns, 'key of ' || relation)
FROM (VALUES
	('schedule'::name, '{schedule}'::name[]),
	('class_rule', '{schedule,class}'),
	('water_minimum', '{schedule,rate_group,meter_size,service_area}'),
	('water_volume', '{schedule,class,above_gallons}'),
	('sewer_rate', '{schedule,class}'),
	('fee', '{schedule,code}'),
	('deposit', '{schedule,category,above_square_feet}'),
	('water_tap', '{schedule,meter_size,compound,service_area}'),
	('sewer_permit', '{schedule,line_inches,larger_than}'),
	('sewer_volume', '{schedule,class,above_gallons}'),
	('service_charge', '{schedule,code,class}'))
	AS v (relation, columns);

-- Numbers that the constraints of rate tables refuse, in a draft
INSERT INTO mission_rates.schedule (schedule) VALUES ('Limits');
SELECT throws_ok(format('INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)'
						' VALUES (''Limits'', ''probe'', %L, ''each'', ''Probe'')', amount), '23514', NULL,
				 'no fee of ' || amount)
FROM unnest('{-0.01,NaN,Infinity,-Infinity,1000000000,0.00001}'::text[]) AS amount;
SELECT throws_ok(format('INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000)'
						' VALUES (''Limits'', ''A1'', %s, 1)', gallons), '23514', NULL, 'no block above ' || gallons)
FROM unnest('{-1,1000000000001}'::bigint[]) AS gallons;
SELECT throws_ok(format('INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)'
						' VALUES (''Limits'', %L, 1, ''each'', ''Probe'')', code), '23514', NULL,
				 'no fee of the city''s own may be called ' || code)
FROM unnest('{water_minimum,sewer_volume,deposit_held,unpaid_bill}'::text[]) AS code;
SELECT lives_ok($$INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
				  VALUES ('Limits', 'probe', 999999999.9999, 'each', 'Probe')$$, 'the largest number');
SELECT is(mission_rates.fee('probe', 3, schedule => 'Limits'), 3000000000.00, '... is rated');

-- Functions: how the server may use them
CREATE TEMP VIEW function AS
SELECT oid, proname, provolatile, proparallel, procost, prorows, proretset, proisstrict
FROM pg_proc
WHERE pronamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) AND prorettype <> 'trigger'::regtype;
SELECT is_empty(
	$$SELECT oid::regprocedure, provolatile, proparallel FROM function
	  WHERE proname IN ('to_customer_class', 'to_meter_size', 'to_service_area', 'water_charge', 'sewer_charge',
						'fire_sprinkler_charge', 'bill', 'bill_total', 'billing_problem', 'fee', 'late_fee',
						'meter_test_fee', 'water_tap_charge', 'sewer_permit_fee', 'deposit_required', 'opening_quote',
						'reconnection_quote', 'delinquency', 'rate_sheet', 'compare_schedules', 'bill_comparison', 'schedule_document')
		AND (provolatile, proparallel) <> ('s', 's')$$,
	'rating functions are STABLE and PARALLEL SAFE');
SELECT results_eq($$SELECT provolatile, proparallel FROM function WHERE proname = 'rate_loads'$$,
				  $$VALUES ('v'::"char", 'r'::"char")$$, 'rate_loads is VOLATILE and PARALLEL RESTRICTED');
SELECT is_empty(
	$$SELECT oid::regprocedure, provolatile, proparallel FROM function
	  WHERE proname IN ('draft_schedule', 'draft_from_document', 'adopt_schedule', 'withdraw_schedule', 'drop_draft')
		AND (provolatile, proparallel) <> ('v', 'u')$$,
	'functions that write are VOLATILE and PARALLEL UNSAFE');
SELECT ok(bool_and(prorows = 4), 'bill returns 4 rows, the planner is told') FROM function WHERE proname = 'bill';
SELECT is_empty(
	$$SELECT oid::regprocedure FROM function WHERE proname = 'billing_problem'
	  AND procost > (SELECT min(procost) FROM function WHERE proname = 'bill_total')$$,
	'billing_problem costs no more than bill_total');

-- Also of functions that the install script makes in a loop
SELECT is_empty(
	$$SELECT p.oid::regprocedure FROM pg_proc AS p JOIN pg_language AS l ON l.oid = p.prolang
	  WHERE p.pronamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) AND l.lanname <> 'c' AND p.prokind = 'f'
		AND p.prosqlbody IS NULL
		AND 'search_path=pg_catalog, pg_temp' <> ALL (coalesce(p.proconfig, '{}'))$$,
	'no search_path of a caller can redirect what a function calls');

-- A comment on every object, column and constraint of the extension
CREATE TEMP VIEW member AS
SELECT classid, objid FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'mission_rates')
  -- From PostgreSQL 18 on arrays and row types are members too.
  AND NOT EXISTS (
		SELECT FROM pg_type AS t LEFT JOIN pg_class AS c ON c.reltype = t.oid
		WHERE classid = 'pg_type'::regclass AND t.oid = objid AND (t.typcategory = 'A' OR c.relkind = 'r'));
SELECT is_empty(
	$$SELECT pg_describe_object(classid, objid, 0) FROM member
	  WHERE obj_description(objid, (SELECT relname FROM pg_class WHERE oid = classid)) IS NULL$$,
	'every object of the extension has a comment');
SELECT is_empty(
	$$SELECT attrelid::regclass, attname FROM pg_attribute
	  WHERE attrelid IN (SELECT objid FROM member WHERE classid = 'pg_class'::regclass)
		AND attnum > 0 AND NOT attisdropped AND col_description(attrelid, attnum) IS NULL$$,
	'... and every column');
SELECT is_empty(
	$$SELECT conrelid::regclass, conname FROM pg_constraint
	  WHERE conrelid IN (SELECT objid FROM member WHERE classid = 'pg_class'::regclass) AND contype <> 'n'
		AND obj_description(oid, 'pg_constraint') IS NULL$$,
	'... and every constraint');
SELECT is_empty(
	$$SELECT tgrelid::regclass, tgname FROM pg_trigger
	  WHERE tgrelid IN (SELECT objid FROM member WHERE classid = 'pg_class'::regclass) AND NOT tgisinternal
		AND obj_description(oid, 'pg_trigger') IS NULL$$,
	'... and every trigger');
SELECT is(obj_description(oid, 'pg_extension') IS NULL, false, '... and the extension itself')
FROM pg_extension WHERE extname = 'mission_rates';
SELECT is((SELECT count(*) FROM pg_class WHERE relnamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) AND relkind IN ('r', 'v', 'S', 'c')
		   AND oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_class'::regclass)
		   AND reltype NOT IN (SELECT objid FROM member WHERE classid = 'pg_type'::regclass)), 0::bigint,
		  'the schema holds nothing that is not the extension''s');

-- Triggers fire in the order of their names
SELECT is_empty(
	$$SELECT relation, name FROM _mission_rates.installed_triggers()
	  WHERE name <> quote_ident(name) OR name COLLATE "C" >= 'a'$$,
	'the triggers need no quotes, and fire before those of a city');

SELECT * FROM finish();
ROLLBACK;
