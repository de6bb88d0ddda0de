-- scale_schedule: the amounts of a draft raised by a percent.
SET client_min_messages = warning;
SELECT no_plan();

-- An independent description of which amount is what, as numbers of rows: what compare_schedules finds changed
CREATE FUNCTION pg_temp.changed(schedule text) RETURNS TABLE (rate_table text, columns text, rows bigint)
	LANGUAGE sql AS $$
	SELECT rate_table, CASE WHEN item ~ ', (fixed|rate_per_1000|factor|deposit|service_fee|above_square_feet)$'
		THEN substring(item FROM ', ([a-z_0-9]+)$') ELSE 'amount' END, count(*)
	FROM mission_rates.compare_schedules('Ordinance 5244', $1) GROUP BY 1, 2 ORDER BY 1, 2
$$;
CREATE FUNCTION pg_temp.fresh(schedule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM mission_rates.schedule AS s WHERE s.schedule = fresh.schedule) THEN
		PERFORM mission_rates.drop_draft(schedule);
	END IF;
	PERFORM mission_rates.draft_schedule(schedule, 'Ordinance 5244');
END
$$;

-- 6 percent on water and sewer
SELECT pg_temp.fresh('Draft');
CREATE TEMP TABLE scaled AS SELECT * FROM mission_rates.scale_schedule('Draft', 6);
SELECT is((SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute
	WHERE attrelid = 'scaled'::regclass AND attnum > 0), 'rate_table text, item text, old numeric, new numeric, percent numeric',
	'what it returns');
SELECT results_eq($$SELECT * FROM scaled WHERE item IN ('residential, 3/4 inch, inside', 'class A1, above 49,999 gallons, rate_per_1000',
	'class A1, fixed', 'class A1, rate_per_1000', 'sewer_flat', 'fire_sprinkler') ORDER BY rate_table, item$$, $$VALUES
	('fee', 'fire_sprinkler', 0.75, 0.80, 6.67), ('fee', 'sewer_flat', 26.00, 27.56, 6.00),
	('sewer_rate', 'class A1, fixed', 9.00, 9.54, 6.00), ('sewer_rate', 'class A1, rate_per_1000', 1.45, 1.54, 6.21),
	('water_minimum', 'residential, 3/4 inch, inside', 11.50, 12.19, 6.00)$$, 'amounts and the percent of each');
SELECT results_eq($$SELECT rate_table, count(*) FROM scaled GROUP BY 1 ORDER BY 1$$,
	$$SELECT * FROM (SELECT 'fee', 3::bigint
	UNION ALL SELECT 'sewer_rate', count(fixed) + count(rate_per_1000) FROM mission_rates.sewer_rate WHERE schedule = 'Ordinance 5244'
	UNION ALL SELECT 'water_minimum', count(*) FROM mission_rates.water_minimum WHERE schedule = 'Ordinance 5244'
	UNION ALL SELECT 'water_volume', count(*) FROM mission_rates.water_volume WHERE schedule = 'Ordinance 5244') AS t ORDER BY 1$$,
	'every amount of water and sewer');
SELECT is_empty($$SELECT * FROM pg_temp.changed('Draft') WHERE (rate_table, columns) NOT IN (('fee', 'amount'), ('sewer_rate', 'fixed'),
	('sewer_rate', 'rate_per_1000'), ('water_minimum', 'amount'), ('water_volume', 'rate_per_1000'))$$,
	'factors, thresholds and other charges stay');
SELECT is_empty($$SELECT * FROM mission_rates.water_minimum AS n JOIN mission_rates.water_minimum AS o
	USING (rate_group, meter_size, service_area) WHERE n.schedule = 'Draft' AND o.schedule = 'Ordinance 5244'
	AND n.amount <> round(o.amount * 1.06, 2)$$, 'as the rows say');
SELECT is(mission_rates.bill_total('A1', '3/4', 0, schedule => 'Draft'), 12.19 + 9.54, 'and a bill');
SELECT results_eq($$SELECT s.item, s.new FROM scaled AS s EXCEPT
	SELECT c.item, c.b::numeric FROM mission_rates.compare_schedules('Ordinance 5244', 'Draft') AS c$$,
	$$SELECT NULL::text, NULL::numeric WHERE false$$, 'under the names that compare_schedules uses');

-- Each kind of charge
SELECT mission_rates.draft_schedule(kind, 'Ordinance 5244') FROM unnest(ARRAY['water', 'sewer', 'services', 'fees', 'deposits', 'taps', 'permits']) AS kind;
CREATE TEMP TABLE raised AS SELECT kind, s.* FROM unnest(ARRAY['water', 'sewer', 'services', 'fees', 'deposits', 'taps', 'permits'])
	AS kind, LATERAL mission_rates.scale_schedule(kind, 10, ARRAY[kind], 4) AS s;
SELECT results_eq($$SELECT kind, array_agg(DISTINCT rate_table ORDER BY rate_table) FROM raised GROUP BY 1 ORDER BY 1$$, $$VALUES
	('deposits', '{deposit}'::text[]), ('fees', '{fee}'), ('permits', '{sewer_permit}'), ('sewer', '{fee,sewer_rate}'),
	('taps', '{water_tap}'), ('water', '{fee,water_minimum,water_volume}')$$, 'tables of each kind');
SELECT results_eq($$SELECT kind, array_agg(item ORDER BY item COLLATE "C") FROM raised WHERE rate_table = 'fee' GROUP BY 1 ORDER BY 1$$, $$VALUES
	('fees', '{boring,connection,disconnection,meter_box,meter_lid,meter_test,reconnection,service_call,street_cut_asphalt,street_cut_concrete,tampering,unauthorized_reconnection}'::text[]),
	('sewer', '{dumping_station,sewer_flat}'), ('water', '{fire_sprinkler}')$$, 'fees of each kind; never the late fee');
SELECT results_eq($$SELECT DISTINCT substring(item FROM ', ([a-z_]+)$') FROM raised WHERE kind = 'deposits' ORDER BY 1$$,
	$$VALUES ('deposit'), ('service_fee')$$, 'deposits and their service fees');
SELECT is((SELECT count(*) FROM raised WHERE kind = 'taps'), (SELECT count(amount) FROM mission_rates.water_tap
	WHERE schedule = 'Ordinance 5244'), 'taps at market price stay open');
SELECT is_empty($$SELECT * FROM raised WHERE new <> old * 1.1$$, 'all by ten percent, four decimals');
SELECT is((SELECT due_days FROM mission_rates.schedule WHERE schedule = 'fees'), 20, 'terms stay');
SELECT is_empty($$SELECT * FROM mission_rates.compare_schedules('Ordinance 5244', 'services')$$, 'no service charges, nothing raised');
SELECT is_empty($$SELECT * FROM pg_temp.changed('deposits') WHERE columns NOT IN ('deposit', 'service_fee')$$, 'no threshold moved');

-- A city's own fee is one of the fees; an amount of zero has no percent
SELECT pg_temp.fresh('Draft');
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('Draft', 'garbage', 0, 'month', 'Garbage'),
	('Draft', 'half', 0.25, 'each', 'Half'), ('Draft', 'small', 0.04, 'each', 'Small');
SELECT results_eq($$SELECT item, old, new, percent FROM mission_rates.scale_schedule('Draft', 10, '{fees}')
	WHERE item IN ('garbage', 'half', 'small') ORDER BY item$$, $$VALUES ('garbage', 0.00, 0.00, NULL::numeric),
	('half', 0.25, 0.28, 12.00), ('small', 0.04, 0.04, 0.00)$$, 'halves away from zero, and what rounding made of it');
SELECT results_eq($$SELECT new FROM mission_rates.scale_schedule('Draft', -50, '{fees,fees}', 0) WHERE item IN ('half', 'boring')
	ORDER BY item$$, $$VALUES (7::numeric), (0)$$, 'lowered, whole dollars, a kind named twice counts once');
SELECT results_eq($$SELECT new FROM mission_rates.scale_schedule('Draft', 12.3456789, '{permits}', 4) WHERE item = '4 inch'$$,
	$$VALUES (224.6914)$$, 'a percent of any precision');
SELECT lives_ok($$SELECT mission_rates.scale_schedule('Draft', 0)$$, 'by nothing');
SELECT lives_ok($$SELECT mission_rates.scale_schedule('Draft', -99.9999)$$, 'by nearly all');

-- Sewer by blocks and service charges: credits too, never what is taken of other charges
SELECT pg_temp.fresh('Draft');
UPDATE mission_rates.sewer_rate SET rate_per_1000 = NULL WHERE schedule = 'Draft' AND class = 'A1';
INSERT INTO mission_rates.sewer_volume (schedule, class, above_gallons, rate_per_1000, section) VALUES
	('Draft', 'A1', 0, 1.52, '114-54'), ('Draft', 'A1', 8000, 1.88, '114-54'), ('Draft', 'A1', 15000, 0, '114-54');
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, above_gallons, base_charges, label, section) VALUES
	('Draft', 'garbage', 'A1', 17.25, 'month', 0, NULL, 'Garbage', '114-61'),
	('Draft', 'senior', 'A1', -2.25, 'month', 0, NULL, 'Senior credit', '114-61'),
	('Draft', 'surcharge', 'A1', 0.50, '1,000 gallons', 20000, NULL, 'Surcharge', '114-61'),
	('Draft', 'container', 'A1', 5.00, 'each', 0, NULL, 'Container', '114-61'),
	('Draft', 'drought', 'A1', 0.15, 'dollar', 0, '{water_volume}', 'Drought', '114-61');
SELECT results_eq($$SELECT item, old, new, percent FROM mission_rates.scale_schedule('Draft', 10, '{services}')$$, $$VALUES
	('container, class A1', 5.00, 5.50, 10.00), ('garbage, class A1', 17.25, 18.98, 10.03),
	('senior, class A1', -2.25, -2.48, 10.22), ('surcharge, class A1', 0.50, 0.55, 10.00)$$,
	'services: credits away from zero, those per dollar stay');
SELECT results_eq($$SELECT amount, above_gallons FROM mission_rates.service_charge WHERE schedule = 'Draft'
	AND code IN ('drought', 'surcharge') ORDER BY code$$, $$VALUES (0.15, 0::bigint), (0.55, 20000)$$, 'as do thresholds');
SELECT results_eq($$SELECT item, old, new, percent FROM mission_rates.scale_schedule('Draft', 10) WHERE rate_table = 'sewer_volume'$$, $$VALUES
	('class A1, above 0 gallons, rate_per_1000', 1.52, 1.67, 9.87), ('class A1, above 8,000 gallons, rate_per_1000', 1.88, 2.07, 10.11),
	('class A1, above 15,000 gallons, rate_per_1000', 0.00, 0.00, NULL)$$, 'sewer blocks, a cap stays one');
SELECT is_empty($$SELECT * FROM mission_rates.scale_schedule('Draft', 10) WHERE item LIKE '%A1, rate_per_1000' AND rate_table = 'sewer_rate'$$,
	'the rate by volume that is not there stays so');

-- What is refused
SELECT mission_rates.draft_schedule('Adopted', 'Ordinance 5244');
SELECT mission_rates.adopt_schedule('Adopted', '2990-01-01', accept_warnings => true);
SELECT throws_ok(statement, answer[1], answer[2], statement)
FROM (VALUES
	($$SELECT mission_rates.scale_schedule('Adopted', 6)$$, '{55000,"schedule \"Adopted\" is adopted, its rows cannot be changed"}'::text[]),
	($$SELECT mission_rates.scale_schedule('Ordinance 5244', 6)$$, '{55000,"schedule \"Ordinance 5244\" is adopted, its rows cannot be changed"}'),
	($$SELECT mission_rates.scale_schedule('Nothing', 6)$$, '{P0002,"unknown rate schedule \"Nothing\""}'),
	($$SELECT mission_rates.scale_schedule('Draft', -100)$$, '{22023,"invalid percent: -100"}'),
	($$SELECT mission_rates.scale_schedule('Draft', -100.5)$$, '{22023,"invalid percent: -100.5"}'),
	($$SELECT mission_rates.scale_schedule('Draft', 'NaN')$$, '{22023,"invalid percent: NaN"}'),
	($$SELECT mission_rates.scale_schedule('Draft', 'Infinity')$$, '{22023,"invalid percent: Infinity"}'),
	($$SELECT mission_rates.scale_schedule('Draft', '-Infinity')$$, '{22023,"invalid percent: -Infinity"}'),
	($$SELECT mission_rates.scale_schedule('Draft', 6, '{water,garbage}')$$, '{22023,"invalid kind of charges: \"garbage\""}'),
	($$SELECT mission_rates.scale_schedule('Draft', 6, '{}')$$, '{22023,"charges is empty"}'),
	($$SELECT mission_rates.scale_schedule('Draft', 6, '{water,NULL}')$$, '{22023,"charges holds a NULL"}'),
	($$SELECT mission_rates.scale_schedule('Draft', 6, decimals => 5)$$, '{22023,"invalid decimals: 5"}'),
	($$SELECT mission_rates.scale_schedule('Draft', 6, decimals => -1)$$, '{22023,"invalid decimals: -1"}'),
	($$SELECT mission_rates.scale_schedule(NULL, 6)$$, '{22023,"schedule is NULL"}'),
	($$SELECT mission_rates.scale_schedule('Draft', NULL)$$, '{22023,"percent is NULL"}'),
	($$SELECT mission_rates.scale_schedule('Draft', 6, NULL)$$, '{22023,"charges is NULL"}'),
	($$SELECT mission_rates.scale_schedule('Draft', 6, decimals => NULL)$$, '{22023,"decimals is NULL"}')) AS v (statement, answer);
SELECT pg_temp.fresh('Draft');
SELECT throws_ok($$SELECT mission_rates.scale_schedule('Draft', 1e12)$$, '23514', NULL, 'beyond what an amount may be');
SELECT is_empty($$SELECT * FROM mission_rates.compare_schedules('Ordinance 5244', 'Draft')$$, 'and then nothing is raised');

-- On record
SELECT count(*) FROM mission_rates.scale_schedule('Draft', 6.50, '{taps,permits}', 0);
SELECT results_eq($$SELECT detail FROM mission_rates.schedule_log WHERE event = 'scale' ORDER BY at DESC LIMIT 1$$,
	$$VALUES ('{"percent": 6.50, "charges": ["taps", "permits"], "decimals": 0}'::jsonb)$$, 'by how much what was raised');

-- By whom: whoever may write the rates, and the table schedule
CREATE ROLE scale_clerk;
SET ROLE scale_clerk;
SELECT throws_ok($$SELECT mission_rates.scale_schedule('Draft', 6)$$, '42501', NULL, 'without the right');
RESET ROLE;
GRANT UPDATE ON ALL TABLES IN SCHEMA mission_rates TO scale_clerk;
REVOKE UPDATE ON mission_rates.schedule FROM scale_clerk;
SET ROLE scale_clerk;
SELECT throws_ok($$SELECT mission_rates.scale_schedule('Draft', 6)$$, '42501', 'permission denied for table schedule',
	'without the right on schedule');
RESET ROLE;
GRANT UPDATE ON mission_rates.schedule TO scale_clerk;
SET ROLE scale_clerk;
CREATE FUNCTION pg_temp.without_path() RETURNS bigint LANGUAGE sql SET search_path = ''
	AS $$SELECT count(*) FROM mission_rates.scale_schedule('Draft', 6)$$;
SELECT lives_ok($$SELECT pg_temp.without_path()$$,
	'with it, whatever search_path is');
RESET ROLE;
DROP OWNED BY scale_clerk;
DROP ROLE scale_clerk;

SELECT * FROM finish();
