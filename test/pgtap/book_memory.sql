-- The memory of a backend does not grow, however often the rates change and
-- however many bills are made.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS mission_rates;
SELECT plan(11);

INSERT INTO mission_rates.schedule (schedule) VALUES ('probe');
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES ('probe', 'probe', 1, 'each', 'Probe');

-- What the backend holds for good, and how many books are in it
CREATE FUNCTION pg_temp.held() RETURNS bigint LANGUAGE sql AS $$
	SELECT sum(total_bytes)::bigint FROM pg_backend_memory_contexts
	WHERE name NOT IN ('MessageContext', 'PortalContext', 'ExecutorState', 'ExprContext')
$$;
CREATE FUNCTION pg_temp.books() RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM pg_backend_memory_contexts WHERE name LIKE 'rate book%'
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
SELECT is(pg_temp.books(), 2::bigint, 'two books are kept');

-- While nothing may be kept, one book is held for the statement.
ALTER TABLE mission_rates.fee DISABLE TRIGGER "0_token_row";
CALL change(10);
SELECT pg_temp.held() AS held \gset
CALL change(500);
SELECT pg_temp.held() - :held AS growth \gset
SELECT cmp_ok(:growth, '<', 50000, 'nor do 500 with the token''s triggers off');
ALTER TABLE mission_rates.fee ENABLE ALWAYS TRIGGER "0_token_row";

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

-- The rates of a schedule are read when it is first asked for: 500 of them take
-- no more memory than their names.
INSERT INTO mission_rates.schedule (schedule) SELECT 'draft ' || n FROM generate_series(1, 500) AS n;
INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000)
	SELECT 'draft ' || n, 'A1', 1000 * block, n FROM generate_series(1, 500) AS n, generate_series(0, 49) AS block;
-- Up to version 17 a context names its parent, from 18 on its path.
CREATE FUNCTION pg_temp.book_bytes() RETURNS bigint LANGUAGE sql AS $$
	WITH c AS MATERIALIZED (SELECT to_jsonb(m) AS context FROM pg_backend_memory_contexts AS m),
		book AS (SELECT c.context -> 'path' -> -1 AS id FROM c WHERE c.context ->> 'name' LIKE 'rate book%')
	SELECT sum((c.context ->> 'total_bytes')::bigint)::bigint FROM c
	WHERE c.context ->> 'name' LIKE 'rate book%' OR c.context ->> 'parent' LIKE 'rate book%'
		OR EXISTS (SELECT FROM book AS b WHERE c.context -> 'path' @> jsonb_build_array(b.id))
$$;
CALL change(3);
SELECT cmp_ok(pg_temp.book_bytes(), '<', 1000000::bigint, 'two books of 501 schedules take less than 1 MB');
SELECT is((SELECT sum(mission_rates.fee('reconnection', schedule => 'Ordinance 5244'))
		   FROM mission_rates.schedule AS s WHERE s.schedule LIKE 'draft%'), 12500.00, 'one of them is rated');
SELECT * FROM finish();
