-- changes.sql: many changes of a draft, each committed and then rated; the memory early on and at the end.
--
-- psql variable: changes (how many).
SELECT mission_rates.draft_schedule('bench draft');
CREATE TABLE bench.change_memory (change integer, kilobytes bigint, loads bigint);

CREATE PROCEDURE bench.change_rates(changes integer)
	LANGUAGE plpgsql
	AS $$
BEGIN
	FOR n IN 1..changes LOOP
		UPDATE mission_rates.fee SET amount = n % 100 WHERE schedule = 'bench draft' AND code = 'service_call';
		COMMIT;
		PERFORM mission_rates.water_charge('A1', '3/4', 6000, schedule => 'bench draft');
		IF n IN (changes / 10, changes) THEN
			INSERT INTO bench.change_memory VALUES (n, bench.own_memory(), _mission_rates.rate_loads());
			COMMIT;
		END IF;
	END LOOP;
END
$$;

CALL bench.change_rates(:changes);
SELECT max(kilobytes) - min(kilobytes) AS growth, max(loads) AS loads FROM bench.change_memory;
