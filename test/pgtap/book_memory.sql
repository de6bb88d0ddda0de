-- The memory of a backend does not grow, however often the rates change and
-- however many bills are made.
SET client_min_messages = warning;
SELECT plan(14);

INSERT INTO mission_rates.schedule (schedule) VALUES ('probe');
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe', 1, 'each', 'Probe');

-- What the backend holds for good, and in how many compiled schedules
CREATE FUNCTION pg_temp.held() RETURNS bigint LANGUAGE sql AS $$
	SELECT sum(total_bytes)::bigint FROM pg_backend_memory_contexts
	WHERE name NOT IN ('MessageContext', 'PortalContext', 'ExecutorState', 'ExprContext')
$$;
CREATE FUNCTION pg_temp.schedules() RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM pg_backend_memory_contexts WHERE name = 'rate schedule'
$$;
-- Each change in a transaction of its own; every third is rolled back.
CREATE PROCEDURE change(times integer) LANGUAGE plpgsql AS $$
BEGIN
	FOR n IN 1 .. times LOOP
		UPDATE mission_rates.fee SET amount = n WHERE schedule = 'probe' AND code = 'probe';
		PERFORM mission_rates.fee('probe', schedule => 'probe');
		IF n % 3 = 0 THEN
			ROLLBACK;
		ELSE
			COMMIT;
		END IF;
		PERFORM mission_rates.fee('probe', schedule => 'probe');
	END LOOP;
END $$;

CALL change(100);
SELECT _mission_rates.rate_loads() AS loads, pg_temp.held() AS held \gset
CALL change(2000);
SELECT pg_temp.held() - :held AS growth, _mission_rates.rate_loads() - :loads AS reloads \gset
SELECT cmp_ok(:reloads, '>=', 2000, 'the tables were read after every change');
SELECT cmp_ok(:growth, '<', 50000, '2,000 changes leave no memory behind');
SELECT is(pg_temp.schedules(), 1::bigint, 'of a draft one is held');

-- The same while nothing may be remembered
ALTER TABLE mission_rates.fee DISABLE TRIGGER _end_statement;
CALL change(10);
SELECT pg_temp.held() AS held \gset
CALL change(500);
SELECT pg_temp.held() - :held AS growth \gset
SELECT cmp_ok(:growth, '<', 50000, 'nor do 500 with a trigger off');
ALTER TABLE mission_rates.fee ENABLE ALWAYS TRIGGER _end_statement;

-- Bills, and loads that are cut short
SELECT count(*) AS n FROM generate_series(1, 1000) AS g, LATERAL mission_rates.bill('A1', '3/4', g, service_date => '2024-01-01') \gset
SELECT pg_temp.held() AS held \gset
SELECT count(*) AS n FROM generate_series(1, 100000) AS g, LATERAL mission_rates.bill('A1', '3/4', g, service_date => '2024-01-01') \gset
SELECT pg_temp.held() - :held AS growth \gset
SELECT cmp_ok(:growth, '<', 50000, 'nor do 100,000 bills');

-- A number that no constraint lets in cuts the load of its schedule short, in
-- its middle.  No other schedule is concerned.
ALTER TABLE mission_rates.fee DROP CONSTRAINT fee_amount_range;
UPDATE mission_rates.fee SET amount = 'NaN' WHERE schedule = 'probe';
CREATE FUNCTION pg_temp.fail(times integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	states text[];
BEGIN
	FOR n IN 1 .. times LOOP
		BEGIN
			PERFORM mission_rates.fee('probe', schedule => 'probe');
			states := states || 'none'::text;
		EXCEPTION WHEN OTHERS THEN
			states := states || SQLSTATE::text;
		END;
	END LOOP;
	RETURN (SELECT string_agg(DISTINCT state, ', ') FROM unnest(states) AS state);
END $$;
SELECT pg_temp.fail(10) AS state \gset
SELECT pg_temp.held() AS held \gset
SELECT pg_temp.fail(200) AS state \gset
SELECT pg_temp.held() - :held AS growth \gset
SELECT is(:'state'::text, '22003', 'a load that fails raises its error each time');
SELECT cmp_ok(:growth, '<', 50000, 'and leaves no memory behind');
SELECT is(mission_rates.fee('reconnection', service_date => '2024-01-01'), 25.00, 'other schedules are rated');
UPDATE mission_rates.fee SET amount = 5 WHERE schedule = 'probe';
SELECT is(mission_rates.fee('probe', schedule => 'probe'), 5.00, 'then the next one succeeds');

-- Of many adopted schedules, here as a restore writes them, a bounded number is kept.
SET session_replication_role = replica;
INSERT INTO mission_rates.schedule (schedule) SELECT 'Year ' || n FROM generate_series(1, 150) AS n;
INSERT INTO mission_rates.fee SELECT 'Year ' || n, f.code, f.amount, f.unit, f.label, f.section
FROM generate_series(1, 150) AS n, mission_rates.fee AS f WHERE f.schedule = 'Ordinance 5244';
UPDATE mission_rates.schedule AS s
SET effective_from = '2030-01-01'::date + substr(s.schedule, 6)::integer, fingerprint = repeat('0', 64),
	sealed_rows = (SELECT count(*) FROM mission_rates.fee AS f WHERE f.schedule = s.schedule)
WHERE s.schedule LIKE 'Year%';
UPDATE mission_rates.schedule SET fingerprint = mission_rates.schedule_fingerprint(schedule) WHERE schedule LIKE 'Year%';
RESET session_replication_role;
SELECT count(*) AS n FROM generate_series(1, 300) AS g,
	LATERAL mission_rates.fee('reconnection', service_date => '2030-01-01'::date + g % 150) AS f \gset
SELECT cmp_ok(pg_temp.schedules(), '<=', 128::bigint, 'of 150 schedules at most 64 are kept, and 64 until the next statement');
SELECT mission_rates.fee('reconnection', service_date => '2024-01-01') AS fee \gset
SELECT cmp_ok(pg_temp.schedules(), '<=', 64::bigint, 'after it 64');
SELECT pg_temp.held() AS held \gset
SELECT count(*) AS n FROM generate_series(1, 3000) AS g,
	LATERAL mission_rates.fee('reconnection', service_date => '2030-01-01'::date + g % 150) AS f \gset
SELECT pg_temp.held() - :held AS growth \gset
SELECT cmp_ok(:growth, '<', 10000000, 'however often they are asked for');
SELECT _mission_rates.rate_loads() AS loads \gset
SELECT count(*) AS n FROM generate_series(1, 3000) AS g,
	LATERAL mission_rates.fee('reconnection', service_date => '2030-01-01'::date + g % 30) AS f \gset
SELECT cmp_ok(_mission_rates.rate_loads() - :loads, '<=', 60::bigint, 'thirty are read once');
SELECT is((SELECT sum(mission_rates.fee('reconnection', schedule => s.schedule))
		   FROM mission_rates.schedule AS s WHERE s.schedule LIKE 'Year%'), 3750.00, 'each of them is rated');
SELECT * FROM finish();
