-- Accounts, the drafts that are edited, and plain SQL for what they cost.
CREATE SCHEMA stress;

CREATE TABLE stress.account AS
SELECT n, r.class, s.size, (n * 37 % 60000)::bigint AS gallons, a.area
FROM generate_series(1, 2000) AS n
	 JOIN unnest('{A1,A1,A2,A3,A4,A5,A6,A8,A9}'::mission_rates.customer_class[]) WITH ORDINALITY AS r (class, k)
	 ON r.k = n % 9 + 1
	 JOIN unnest('{1/2,5/8,3/4,1,1 1/2,2,3,4,6,8,10}'::mission_rates.meter_size[]) WITH ORDINALITY AS s (size, k)
	 ON s.k = n % 11 + 1
	 JOIN unnest('{inside,outside}'::mission_rates.service_area[]) WITH ORDINALITY AS a (area, k)
	 ON a.k = n / 7 % 2 + 1;
ALTER TABLE stress.account ADD PRIMARY KEY (n);
ANALYZE stress.account;

-- A subscriber gets them from the primary.
\if :subscriber
\else
SELECT mission_rates.draft_schedule('Draft ' || n) FROM generate_series(1, 3) AS n \g /dev/null
\endif

-- Plain SQL: a volume by blocks, NULL where there is none.
CREATE FUNCTION stress.by_blocks(gallons numeric, above bigint[], rates numeric[]) RETURNS numeric
	LANGUAGE sql IMMUTABLE
	AS $$
SELECT CASE WHEN count(*) > 0
		   THEN coalesce(sum(round((least($1, b.upto) - b.above) * b.rate / 1000, 2)) FILTER (WHERE b.above < $1), 0) END
FROM (SELECT u.above, u.rate, coalesce(lead(u.above) OVER (ORDER BY u.above), 10000000000000) AS upto
	  FROM unnest($2, $3) AS u (above, rate)) AS b
$$;

-- What one account owes under a schedule, NULL where a rate is missing.
CREATE FUNCTION stress.plain(schedule text, class mission_rates.customer_class, size mission_rates.meter_size,
							 gallons bigint, area mission_rates.service_area) RETURNS numeric
	LANGUAGE sql STABLE
	AS $$
SELECT m.amount + t.water_volume + t.sewer
	   + (SELECT coalesce(sum(CASE c.unit
								  WHEN 'month' THEN c.amount
								  WHEN '1,000 gallons' THEN round(greatest($4 - c.above_gallons, 0) * c.amount / 1000, 2)
								  ELSE round(t.water_volume * c.amount, 2) END), 0)
		  FROM mission_rates.service_charge AS c
		  WHERE c.schedule = $1 AND c.class = r.rates_of AND c.every_bill)
FROM (SELECT c.rate_group, CASE WHEN $5 = 'outside' THEN c.outside_class ELSE c.class END AS rates_of
	  FROM mission_rates.class_rule AS c
	  WHERE c.schedule = $1 AND c.class = $2 AND (c.service_area = 'inside' OR $5 = 'outside')) AS r
	 JOIN mission_rates.water_minimum AS m
	 ON m.schedule = $1 AND m.rate_group = r.rate_group AND m.meter_size = $3 AND m.service_area = $5
	 CROSS JOIN LATERAL (
		SELECT (SELECT stress.by_blocks($4, array_agg(v.above_gallons), array_agg(v.rate_per_1000))
				FROM mission_rates.water_volume AS v
				WHERE v.schedule = $1 AND v.class = r.rates_of) AS water_volume,
			   (SELECT s.fixed + CASE WHEN s.factor IS NULL THEN 0
									  WHEN s.rate_per_1000 IS NOT NULL THEN round($4 * s.factor * s.rate_per_1000 / 1000, 2)
									  ELSE (SELECT stress.by_blocks($4 * s.factor, array_agg(v.above_gallons),
																	array_agg(v.rate_per_1000))
											FROM mission_rates.sewer_volume AS v
											WHERE v.schedule = $1 AND v.class = r.rates_of) END
				FROM mission_rates.sewer_rate AS s
				WHERE s.schedule = $1 AND s.class = r.rates_of
				-- blocks beside a rate contradict one another
				AND (s.rate_per_1000 IS NULL OR NOT EXISTS (
					SELECT FROM mission_rates.sewer_volume AS v WHERE v.schedule = $1 AND v.class = r.rates_of))) AS sewer) AS t
$$;

-- Both in one statement, so in one snapshot.
CREATE FUNCTION stress.both(schedule text, first integer, last integer)
	RETURNS TABLE (n integer, plain numeric, rated numeric)
	LANGUAGE sql STABLE
	AS $$
SELECT a.n, stress.plain($1, a.class, a.size, a.gallons, a.area) AS plain,
	   CASE WHEN mission_rates.billing_problem(a.class, a.size, a.gallons, a.area, schedule => $1) IS NULL
			THEN mission_rates.bill_total(a.class, a.size, a.gallons, a.area, schedule => $1) END AS rated
FROM stress.account AS a
WHERE a.n BETWEEN $2 AND $3
$$;

-- Ends the client at the first difference, in the snapshot of the statement that calls it.
CREATE FUNCTION stress.check_both(schedule text, first integer, how_many integer) RETURNS void
	LANGUAGE plpgsql STABLE
	AS $$
DECLARE
	difference record;
BEGIN
	SELECT * INTO difference FROM stress.both(schedule, first, first + how_many - 1) AS b
	WHERE b.plain IS DISTINCT FROM b.rated LIMIT 1;
	IF difference.n IS NOT NULL THEN
		RAISE EXCEPTION 'schedule "%", account %: plain SQL %, bill_total %', schedule, difference.n, difference.plain, difference.rated;
	END IF;
END;
$$;

-- The same in a new snapshot, in READ COMMITTED.
CREATE PROCEDURE stress.compare(schedule text, first integer, how_many integer)
	LANGUAGE plpgsql
	AS $$
BEGIN
	PERFORM stress.check_both(schedule, first, how_many);
END;
$$;

-- The same by a cursor that is still open when others commit.
CREATE PROCEDURE stress.compare_slowly(schedule text, first integer, how_many integer)
	LANGUAGE plpgsql
	AS $$
DECLARE
	account record;
BEGIN
	FOR account IN SELECT b.* FROM stress.both(schedule, first, first + how_many - 1) AS b LOOP
		IF account.plain IS DISTINCT FROM account.rated THEN
			RAISE EXCEPTION 'schedule "%", account %, in a cursor: plain SQL %, bill_total %',
				schedule, account.n, account.plain, account.rated;
		END IF;
		IF account.n % 20 = 0 THEN
			PERFORM pg_sleep(0.001);
		END IF;
	END LOOP;
END;
$$;

-- One random edit of a draft: a rate changed, a row removed, a row brought back, all rows of a class.
CREATE PROCEDURE stress.edit(draft text, what integer, amount numeric)
	LANGUAGE plpgsql
	AS $$
BEGIN
	CASE what
		WHEN 0 THEN
			UPDATE mission_rates.water_minimum AS m SET amount = edit.amount
			WHERE m.schedule = draft AND m.meter_size = '3/4' AND m.service_area = 'inside';
		WHEN 1 THEN
			UPDATE mission_rates.water_volume AS v SET rate_per_1000 = edit.amount WHERE v.schedule = draft AND v.class = 'A2';
		WHEN 2 THEN
			UPDATE mission_rates.sewer_rate AS s SET fixed = edit.amount WHERE s.schedule = draft;
		WHEN 3 THEN
			DELETE FROM mission_rates.sewer_rate AS s WHERE s.schedule = draft AND s.class = 'A3';
		WHEN 4 THEN
			INSERT INTO mission_rates.sewer_rate SELECT (r).*
			FROM (SELECT json_populate_record(s, json_build_object('schedule', draft)) AS r
				  FROM mission_rates.sewer_rate AS s WHERE s.schedule = 'Ordinance 5244' AND s.class = 'A3') AS t
			ON CONFLICT DO NOTHING;
		WHEN 5 THEN
			INSERT INTO mission_rates.water_volume (schedule, class, above_gallons, rate_per_1000, section)
			VALUES (draft, 'A1', (amount * 1000)::bigint + 1, amount, 'stress') ON CONFLICT DO NOTHING;
		WHEN 6 THEN
			DELETE FROM mission_rates.water_volume AS v WHERE v.schedule = draft AND v.section = 'stress';
		WHEN 7 THEN
			UPDATE mission_rates.class_rule AS c SET outside_class = CASE WHEN amount > 10 THEN 'A8' END::mission_rates.customer_class
			WHERE c.schedule = draft AND c.class = 'A1';
		WHEN 8 THEN
			INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, above_gallons, base_charges, every_bill, label)
			SELECT draft, t.code, c.class, t.amount, t.unit, t.above, t.base_charges, true, t.code
			FROM mission_rates.class_rule AS c
			CROSS JOIN (VALUES ('drainage', edit.amount, 'month', 0, NULL), ('drought', round(edit.amount / 10, 4), '1,000 gallons', 9000, NULL),
							   ('tax', round(edit.amount / 1000, 4), 'dollar', 0, '{water_volume}'::text[])) AS t (code, amount, unit, above, base_charges)
			WHERE c.schedule = draft
			ON CONFLICT (schedule, code, class) DO UPDATE SET amount = excluded.amount;
		WHEN 9 THEN
			DELETE FROM mission_rates.service_charge AS c WHERE c.schedule = draft AND c.code = 'tax';
		WHEN 10 THEN
			UPDATE mission_rates.sewer_rate AS s SET rate_per_1000 = NULL WHERE s.schedule = draft AND s.class = 'A2';
			INSERT INTO mission_rates.sewer_volume (schedule, class, above_gallons, rate_per_1000)
			VALUES (draft, 'A2', 0, edit.amount), (draft, 'A2', (edit.amount * 1000)::bigint + 1, round(edit.amount / 2, 2))
			ON CONFLICT DO NOTHING;
		WHEN 11 THEN
			DELETE FROM mission_rates.sewer_volume AS v WHERE v.schedule = draft;
			UPDATE mission_rates.sewer_rate AS s SET rate_per_1000 = edit.amount WHERE s.schedule = draft AND s.class = 'A2';
		ELSE
			UPDATE mission_rates.water_minimum AS m SET amount = edit.amount + 1 WHERE m.schedule = draft;
	END CASE;
END;
$$;

-- The schedules that are adopted and withdrawn under the same names and dates, by date and in plain SQL.
CREATE PROCEDURE stress.compare_by_date(n integer)
	LANGUAGE plpgsql
	AS $$
DECLARE
	difference record;
BEGIN
	SELECT s.schedule, a.n, p.plain, b.rated, b.problem INTO difference
	FROM (SELECT k.schedule FROM mission_rates.schedule AS k WHERE k.effective_from <= date '2090-01-01' + compare_by_date.n
		  ORDER BY k.effective_from DESC LIMIT 1) AS s
		 CROSS JOIN stress.account AS a
		 CROSS JOIN LATERAL (SELECT stress.plain(s.schedule, a.class, a.size, a.gallons, a.area) AS plain) AS p
		 CROSS JOIN LATERAL (
			SELECT mission_rates.billing_problem(a.class, a.size, a.gallons, a.area, service_date => date '2090-01-01' + compare_by_date.n) AS problem,
				   CASE WHEN p.plain IS NOT NULL THEN mission_rates.bill_total(a.class, a.size, a.gallons, a.area,
						service_date => date '2090-01-01' + compare_by_date.n) END AS rated) AS b
	WHERE a.n BETWEEN 1 AND 5 AND p.plain IS DISTINCT FROM b.rated LIMIT 1;
	IF difference.n IS NOT NULL THEN
		RAISE EXCEPTION 'by date, schedule "%", account %: plain SQL %, bill_total %, %', difference.schedule, difference.n,
			difference.plain, difference.rated, difference.problem;
	END IF;
END;
$$;

-- Opens a cursor in the snapshot of the statement that calls it.
CREATE FUNCTION stress.open_cursor(draft text, name refcursor) RETURNS refcursor
	LANGUAGE plpgsql
	AS $$
BEGIN
	OPEN name FOR SELECT * FROM stress.both(draft, 1, 3);
	RETURN name;
END;
$$;

-- Ends the client where a cursor over stress.both() gives a difference.
CREATE FUNCTION stress.check_cursor(name refcursor) RETURNS void
	LANGUAGE plpgsql
	AS $$
DECLARE
	row_of record;
BEGIN
	LOOP
		FETCH name INTO row_of;
		EXIT WHEN NOT FOUND;
		IF row_of.plain IS DISTINCT FROM row_of.rated THEN
			RAISE EXCEPTION 'cursor %, account %: plain SQL %, bill_total %', name, row_of.n, row_of.plain, row_of.rated;
		END IF;
	END LOOP;
END;
$$;

-- Edits a draft row by row and compares after each, all in one statement; a cursor that it opens is read after it.
CREATE FUNCTION stress.edit_and_rate(draft text, amount numeric) RETURNS void
	LANGUAGE plpgsql
	AS $$
DECLARE
	inside refcursor;
BEGIN
	WITH u AS (UPDATE mission_rates.water_minimum AS m SET amount = edit_and_rate.amount WHERE m.schedule = draft RETURNING 1)
	SELECT stress.open_cursor(draft, NULL) INTO inside FROM (SELECT count(*) FROM u) AS n;
	PERFORM stress.check_cursor(inside);
	CLOSE inside;
	UPDATE mission_rates.water_minimum AS m SET amount = stress.compared_amount(draft, m.amount) WHERE m.schedule = draft
	AND m.meter_size IN ('3/4', '1');
END;
$$;

CREATE FUNCTION stress.compared_amount(draft text, amount numeric) RETURNS numeric
	LANGUAGE plpgsql
	AS $$
BEGIN
	CALL stress.compare(draft, 1, 3);
	RETURN amount + 1;
END;
$$;

-- An edit as a part of a statement
CREATE FUNCTION stress.edited(draft text, what integer, amount numeric) RETURNS void
	LANGUAGE plpgsql
	AS $$
BEGIN
	CALL stress.edit(draft, what, amount);
END;
$$;

-- What is drafted, adopted, withdrawn and dropped; what may not be done at the moment is an error that is passed over.
CREATE PROCEDURE stress.live(what integer, n integer)
	LANGUAGE plpgsql
	AS $$
BEGIN
	CASE what
		WHEN 0 THEN
			PERFORM mission_rates.draft_schedule('Life ' || n, 'Ordinance 5244');
			CALL stress.edit('Life ' || n, 12, 10 + round((random() * 20)::numeric, 2));
		WHEN 1 THEN PERFORM mission_rates.adopt_schedule('Life ' || n, date '2090-01-01' + n, accept_warnings => true);
		WHEN 2 THEN
			PERFORM mission_rates.withdraw_schedule('Life ' || n);
			CALL stress.edit('Life ' || n, 12, 10 + round((random() * 20)::numeric, 2));
		ELSE PERFORM mission_rates.drop_draft('Life ' || n);
	END CASE;
EXCEPTION
	WHEN unique_violation OR no_data_found OR invalid_parameter_value OR check_violation
		 OR object_not_in_prerequisite_state THEN
		NULL;
END;
$$;
