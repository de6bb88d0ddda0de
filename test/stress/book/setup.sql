-- Drafts to write to and to compare; a subscriber gets them from the primary.
CREATE SCHEMA stress_book;
\if :subscriber
\else
SELECT mission_rates.draft_schedule('stress ' || n, 'Ordinance 5244') FROM generate_series(1, 20) AS n \g /dev/null
INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
	SELECT 'stress ' || n, 'probe', n, 'each', 'Probe' FROM generate_series(1, 20) AS n;
\endif

-- What rating and plain SQL say in one and the same snapshot: how many amounts
-- were compared, and how many differ.
CREATE FUNCTION stress_book.compare(OUT compared bigint, OUT differ bigint) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	names text[] := ARRAY(SELECT 'stress ' || 1 + floor(random() * 20)::integer FROM generate_series(1, 4));
BEGIN
	SELECT count(*), count(*) FILTER (WHERE mission_rates.fee('probe', schedule => s.schedule) IS DISTINCT FROM round(f.amount, 2)
			OR mission_rates.sewer_charge('A1', 0, schedule => s.schedule) IS DISTINCT FROM round(r.fixed, 2)
			-- By date: the adopted rates; or nothing, but only while rate rows name a schedule that does not exist
			OR CASE mission_rates.billing_problem_code('A1', '3/4', 6000, service_date => '2024-01-01')
				WHEN 'schedule_incomplete' THEN NOT EXISTS (SELECT FROM (SELECT o.schedule FROM mission_rates.fee AS o
						UNION ALL SELECT o.schedule FROM mission_rates.sewer_rate AS o) AS o
					WHERE NOT EXISTS (SELECT FROM mission_rates.schedule AS k WHERE k.schedule = o.schedule))
				ELSE mission_rates.bill_total('A1', '3/4', 6000, service_date => '2024-01-01') IS DISTINCT FROM 40.45 END)
	INTO compared, differ
	FROM mission_rates.schedule AS s
	JOIN mission_rates.fee AS f ON f.schedule = s.schedule AND f.code = 'probe'
	JOIN mission_rates.sewer_rate AS r ON r.schedule = s.schedule AND r.class = 'A1'
	WHERE s.schedule = ANY (names);
END $$;

-- Reads until the time is over, in every second transaction with one snapshot, and says what it found.
CREATE PROCEDURE stress_book.read_on(place text, session integer, until timestamptz) LANGUAGE plpgsql AS $$
DECLARE
	result record;
	compared bigint := 0;
	differ bigint := 0;
	cursor_of refcursor;
BEGIN
	WHILE clock_timestamp() < until LOOP
		IF random() < 0.5 THEN
			COMMIT;
			SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
		END IF;
		FOR n IN 1 .. 1 + floor(random() * 5)::integer LOOP
			IF n = 1 THEN
				OPEN cursor_of FOR SELECT c.compared, c.differ FROM generate_series(1, 2) AS g, LATERAL stress_book.compare() AS c;
			END IF;
			SELECT * INTO result FROM stress_book.compare();
			compared := compared + result.compared;
			differ := differ + result.differ;
			IF random() < 0.5 THEN
				BEGIN
					SELECT * INTO result FROM stress_book.compare();
					differ := differ + result.differ;
					RAISE division_by_zero;
				EXCEPTION WHEN division_by_zero THEN
					NULL;
				END;
			END IF;
			PERFORM pg_sleep(random() * 0.01);
			IF n = 1 THEN
				FETCH cursor_of INTO result;
				differ := differ + result.differ;
				CLOSE cursor_of;
			END IF;
		END LOOP;
		COMMIT;
	END LOOP;
	RAISE INFO '% % compared, % wrong', place, compared, differ;
END $$;

-- One change of rates, chosen at random.
CREATE FUNCTION stress_book.change(session integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	name text := 'stress ' || 1 + floor(random() * 20)::integer;
	orphan text := 'orphan ' || session;
	arm text := 'ALTER TABLE mission_rates.fee ENABLE TRIGGER ALL, ENABLE ALWAYS TRIGGER _begin_statement,
		ENABLE ALWAYS TRIGGER _end_statement';
BEGIN
	CASE floor(random() * 10)
	WHEN 0, 1, 2 THEN
		UPDATE mission_rates.fee SET amount = floor(random() * 1000) WHERE schedule = name;
	WHEN 3 THEN
		UPDATE mission_rates.sewer_rate SET fixed = floor(random() * 1000) WHERE schedule = name;
	WHEN 4 THEN
		DELETE FROM mission_rates.fee WHERE schedule = name;
		INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
			VALUES (name, 'probe', floor(random() * 1000), 'each', 'Probe');
	WHEN 5 THEN
		-- Without the guard, as a subscriber's apply worker
		PERFORM set_config('session_replication_role', 'replica', true);
		UPDATE mission_rates.fee SET amount = floor(random() * 1000) WHERE schedule = name;
		PERFORM set_config('session_replication_role', 'origin', true);
	WHEN 6 THEN
		-- A restore in two transactions, or one that is given up
		IF EXISTS (SELECT FROM mission_rates.fee WHERE schedule = orphan)
			AND NOT EXISTS (SELECT FROM mission_rates.schedule WHERE schedule = orphan) THEN
			IF random() < 0.5 THEN
				INSERT INTO mission_rates.schedule (schedule) VALUES (orphan);
			END IF;
			PERFORM mission_rates.drop_draft(orphan);
		ELSE
			INSERT INTO mission_rates.fee (schedule, code, amount, unit, label) VALUES (orphan, 'probe', 1, 'each', 'Probe');
		END IF;
	WHEN 7 THEN
		-- Without triggers
		ALTER TABLE mission_rates.fee DISABLE TRIGGER ALL;
		UPDATE mission_rates.fee SET amount = floor(random() * 1000) WHERE schedule = name;
		EXECUTE arm;
	WHEN 8 THEN
		-- A statement that fails after it has changed rows
		UPDATE mission_rates.fee SET amount = 1 / (amount - amount) WHERE schedule = name;
	ELSE
		PERFORM mission_rates.drop_draft(name);
		PERFORM mission_rates.draft_schedule(name, 'Ordinance 5244');
		INSERT INTO mission_rates.fee (schedule, code, amount, unit, label)
			VALUES (name, 'probe', floor(random() * 1000), 'each', 'Probe');
	END CASE;
END $$;

-- Writes until the time is over, and compares with the own changes in sight.
CREATE PROCEDURE stress_book.write_on(place text, session integer, until timestamptz) LANGUAGE plpgsql AS $$
DECLARE
	result record;
	compared bigint := 0;
	differ bigint := 0;
BEGIN
	WHILE clock_timestamp() < until LOOP
		FOR n IN 1 .. 1 + floor(random() * 3)::integer LOOP
			BEGIN
				PERFORM stress_book.change(session);
				SELECT * INTO result FROM stress_book.compare();
				compared := compared + result.compared;
				differ := differ + result.differ;
				IF random() < 0.2 THEN
					RAISE division_by_zero;
				END IF;
			EXCEPTION WHEN division_by_zero OR deadlock_detected OR object_in_use OR unique_violation THEN
				NULL;
			END;
		END LOOP;
		IF random() < 0.2 THEN
			ROLLBACK;
		ELSE
			COMMIT;
		END IF;
		PERFORM pg_sleep(random() * 0.02);
	END LOOP;
	RAISE INFO '% % compared, % wrong', place, compared, differ;
END $$;
