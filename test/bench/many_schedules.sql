-- many_schedules.sql: copies of the first schedule, one for each following day; written as a restore would write them.
--
-- psql variable: schedules (how many there are to be in all).
SET session_replication_role = replica;
SELECT format('INSERT INTO mission_rates.%1$I (%2$s) SELECT %3$s FROM mission_rates.%1$I AS t, generate_series(1, %4$s - 1) AS n WHERE t.schedule = %5$L',
	r.rate_table, (SELECT string_agg(quote_ident(c), ', ') FROM unnest(r.columns) AS c),
	(SELECT string_agg(CASE c WHEN 'schedule' THEN '''bench '' || n' WHEN 'effective_from' THEN 't.effective_from + n' ELSE 't.' || quote_ident(c) END, ', ')
		FROM unnest(r.columns) AS c), :schedules, 'Ordinance 5244')
FROM _mission_rates.rate_tables() AS r
ORDER BY r.rate_table = 'schedule', r.table_order \gexec
UPDATE mission_rates.schedule SET fingerprint = mission_rates.schedule_fingerprint(schedule) WHERE schedule LIKE 'bench %';
RESET session_replication_role;
SELECT mission_rates.draft_schedule('bench draft', 'Ordinance 5244');
VACUUM ANALYZE;

-- What the first call after a committed change of a draft costs beyond a call without one, in milliseconds.
CREATE TABLE bench.reload (milliseconds double precision);
CREATE PROCEDURE bench.measure_reloads(reloads integer)
	LANGUAGE plpgsql
	AS $$
DECLARE
	t0 timestamptz;
	t1 timestamptz;
	t2 timestamptz;
BEGIN
	FOR n IN 0..reloads LOOP
		UPDATE mission_rates.fee SET amount = n % 100 WHERE schedule = 'bench draft' AND code = 'service_call';
		COMMIT;
		t0 := clock_timestamp();
		PERFORM mission_rates.water_charge('A1', '3/4', 6000, service_date => '2023-01-01');
		t1 := clock_timestamp();
		PERFORM mission_rates.water_charge('A1', '3/4', 6000, service_date => '2023-01-01');
		t2 := clock_timestamp();
		IF n > 0 THEN
			INSERT INTO bench.reload VALUES (1000 * extract(epoch FROM (t1 - t0) - (t2 - t1)));
		END IF;
		COMMIT;
	END LOOP;
END
$$;

-- The memory that a fresh backend has taken for rates after three reloads, in kilobytes.
CREATE TABLE bench.reload_memory (kilobytes bigint);
CREATE PROCEDURE bench.measure_memory()
	LANGUAGE plpgsql
	AS $$
BEGIN
	FOR n IN 1..3 LOOP
		UPDATE mission_rates.fee SET amount = n WHERE schedule = 'bench draft' AND code = 'service_call';
		COMMIT;
		PERFORM mission_rates.water_charge('A1', '3/4', 6000, service_date => '2023-01-01');
	END LOOP;
	INSERT INTO bench.reload_memory
	SELECT sum(total_bytes) / 1024 FROM pg_backend_memory_contexts
	WHERE name LIKE 'rate %' OR parent LIKE 'rate %';
	COMMIT;
END
$$;
