-- Rows and amounts are written in the form in which the server stores them: byte for byte as the server would have.
BEGIN;
SET LOCAL client_min_messages = warning;

SELECT plan(12);

-- A line as the server itself forms it, from the text of every value.
CREATE FUNCTION pg_temp.formed_anew(b mission_rates.bill_line) RETURNS mission_rates.bill_line LANGUAGE sql IMMUTABLE AS $$
	SELECT ROW(b.line, b.service || '', b.charge || '', b.description || '', b.quantity::text::numeric, b.unit || '', b.rate::text::numeric,
		b.amount::text::numeric, b.section || '', b.schedule || '', b.rate_class || '', b.rate_meter || '', b.rate_area || '',
		b.from_gallons, b.to_gallons)::mission_rates.bill_line
$$;
CREATE FUNCTION pg_temp.is_as_made(amount numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT record_image_eq(ROW(amount), ROW(amount::text::numeric))
$$;

-- Rates of every size, credits, quantities with decimals, texts at and beyond the length that one byte can say
SELECT mission_rates.draft_schedule('Any', 'Ordinance 5244');
UPDATE mission_rates.water_volume SET rate_per_1000 = CASE class WHEN 'A1' THEN 0.0001 WHEN 'A2' THEN 12.3456 WHEN 'A3' THEN 9999.5 WHEN 'A4' THEN 10000
	WHEN 'A5' THEN 999999999.9999 ELSE 0 END, section = repeat('s', CASE class WHEN 'A1' THEN 127 WHEN 'A2' THEN 126 WHEN 'A3' THEN 80 ELSE 5 END)
WHERE schedule = 'Any';
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, every_bill, label, section)
SELECT 'Any', s.code, r.class, s.amount, s.unit, true, s.label, s.section
FROM mission_rates.class_rule AS r, (VALUES
	('credit', -3.1250, 'month', repeat('x', 126), repeat('y', 125)), ('cart', 0.0049, 'each', repeat('é', 63), repeat('y', 126)),
	('cent', 0.01, 'month', repeat('x', 127), repeat('y', 127)), ('dollar', 10000, 'month', repeat('é', 700), repeat('y', 5000)),
	('nothing', 0, 'month', 'x', 'y')) AS s (code, amount, unit, label, section)
WHERE r.schedule = 'Any' AND r.class IN ('A1', 'A2', 'A3', 'A4', 'A5');
CREATE TEMP TABLE line AS
SELECT a.class, a.gallons, b AS line, pg_column_size(b) AS size
FROM (SELECT class, gallons FROM unnest('{A1,A2,A3,A4,A5}'::mission_rates.customer_class[]) AS class,
		unnest('{0,1,999,1000,1001,10999,19999,20000,99999,10000999,1234567890,100000000000,999999999999}'::bigint[]) AS gallons
	WHERE class <> 'A5' OR gallons < 1000000000) AS a
CROSS JOIN LATERAL mission_rates.bill(a.class, '3/4', a.gallons, fire_sprinkler => 2.125, services => '{"cart": 0.123456789}', schedule => 'Any') AS b;
SELECT is_empty($$SELECT * FROM line WHERE NOT record_image_eq(line, pg_temp.formed_anew(line)) OR size <> pg_column_size(pg_temp.formed_anew(line))$$, 'lines are stored as the server would');
SELECT is_empty($$SELECT * FROM line WHERE NOT pg_temp.is_as_made((line).amount) OR NOT pg_temp.is_as_made((line).quantity)
	OR NOT pg_temp.is_as_made((line).rate)$$, 'so are their numbers');
SELECT set_eq($$SELECT DISTINCT length((line).description) FROM line WHERE (line).service = 'service'$$, '{63,126,127,700,1}'::integer[], 'long labels are whole');
SELECT is(max((line).amount), 9999999800000.00, 'amounts of all sizes') FROM line WHERE (line).charge = 'water_volume' AND class = 'A4';
SELECT is(count(*) FILTER (WHERE (line).amount > 1e12) > 0 AND count(*) FILTER (WHERE (line).amount BETWEEN 1e9 AND 1e12) > 0, true,
	'those that are made here, and beyond') FROM line;
SELECT is((SELECT array_agg(DISTINCT (line).amount) FROM line WHERE (line).charge = 'credit'), '{-3.13}', 'credits');

-- Amounts alone
SELECT is_empty($$SELECT * FROM (SELECT mission_rates.bill_total(class, '3/4', gallons, schedule => 'Any') AS total FROM line) AS t
	WHERE NOT pg_temp.is_as_made(total)$$, 'totals');
SELECT is_empty($$SELECT * FROM (SELECT mission_rates.water_charge('A1', '3/4', g, schedule => 'Any') AS water, mission_rates.sewer_charge('A1', g, schedule => 'Any') AS sewer
		FROM generate_series(0, 3000000, 997) AS g) AS t
	WHERE NOT pg_temp.is_as_made(water) OR NOT pg_temp.is_as_made(sewer)$$, 'charges');

-- Rows of charges, with and without a problem; their amounts are longer, with the same digits
CREATE TEMP TABLE charges AS
SELECT c.charges
FROM (SELECT class::text, '3/4' AS meter, CASE WHEN class = 'A3' THEN -gallons ELSE gallons END AS gallons, 'inside' AS area FROM line) AS a
CROSS JOIN LATERAL (SELECT mission_rates.account_charges(a, 'Any') AS charges OFFSET 0) AS c;
SELECT is_empty($$SELECT * FROM charges AS c CROSS JOIN LATERAL (SELECT ROW((c.charges).problem_code || '', (c.charges).problem || '',
			(c.charges).water_minimum::text::numeric, (c.charges).water_volume::text::numeric, (c.charges).sewer_fixed::text::numeric,
			(c.charges).sewer_volume::text::numeric, (c.charges).sewer_flat::text::numeric, (c.charges).dumping_station::text::numeric,
			(c.charges).fire_sprinkler::text::numeric, (c.charges).services::text::numeric, (c.charges).total::text::numeric,
			(c.charges).schedule || '')::mission_rates.account_sums AS formed) AS f
	WHERE NOT record_image_eq(c.charges, f.formed)$$, 'rows of charges');
SELECT ok(count((charges).problem) > 0 AND count((charges).total) > 0, 'some have a problem') FROM charges;

-- Types that were altered
CREATE FUNCTION pg_temp.after(change text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
BEGIN
	EXECUTE change;
	EXECUTE query INTO found;
	RETURN found;
EXCEPTION WHEN object_not_in_prerequisite_state THEN
	RETURN SQLERRM;
END
$$;
SELECT is(pg_temp.after(change, $$SELECT (mission_rates.account_charges(a, 'Any')).total::text FROM (VALUES ('A1', '3/4', 0, 'inside')) AS a (class, meter, gallons, area)$$),
	message, change)
FROM (VALUES
	('ALTER TYPE mission_rates.account_sums ADD ATTRIBUTE remark text', 'relation "account_sums" has 13 columns instead of 12'),
	('ALTER TYPE mission_rates.account_sums RENAME ATTRIBUTE water_volume TO volume', 'column 4 of relation "account_sums" is "volume" instead of "water_volume"'))
	AS v (change, message);

SELECT * FROM finish();
ROLLBACK;
