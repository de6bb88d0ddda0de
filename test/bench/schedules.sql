-- schedules.sql: 49 more schedules, one a month, each adopted with its own water rates.
DO $$
DECLARE
	month date;
BEGIN
	FOR n IN 1..49 LOOP
		month := (date '2023-01-01' + n * interval '1 month')::date;
		PERFORM mission_rates.draft_schedule('bench ' || month, 'Ordinance 5244');
		UPDATE mission_rates.water_volume AS v SET rate_per_1000 = v.rate_per_1000 + n * 0.01
		WHERE v.schedule = 'bench ' || month;
		PERFORM mission_rates.adopt_schedule('bench ' || month, month, accept_warnings => true);
	END LOOP;
END
$$;
