-- The meaning of a code is remembered, and forgotten as soon as labels change.
-- Labels cannot be added in a transaction that uses them: no BEGIN here.
SET client_min_messages = warning;
SELECT plan(31);

-- What the converters and billing_problem make of a code, always by the same kept plans
CREATE FUNCTION pg_temp.class_of(code text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN mission_rates.to_customer_class(code);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE FUNCTION pg_temp.size_of(code text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN mission_rates.to_meter_size(code);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE FUNCTION pg_temp.problem_of(code text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN mission_rates.billing_problem(code, '3/4', 6000, 'inside', schedule => 'Ordinance 5244');
END $$;

SELECT is(pg_temp.class_of('b7'), '22023', 'B7 is no class yet');
SELECT is(pg_temp.class_of('b7'), '22023', 'nor when asked again');
SELECT is(pg_temp.size_of('2.5'), '22023', '2 1/2 is no size yet');
SELECT is(pg_temp.problem_of('b7') ~ 'customer class', true, 'nor is B7 for billing_problem');

-- Added, in the same transaction and after it is rolled back
BEGIN;
ALTER TYPE mission_rates.customer_class ADD VALUE 'B7';
SELECT is(pg_temp.class_of('b7'), '55P04', 'a label of this transaction is refused as the server refuses it');
SELECT is(pg_temp.class_of('b7'), '55P04', 'and again');
SELECT matches(pg_temp.problem_of('b7'), 'B7', 'billing_problem knows the class, which has no rates');
ROLLBACK;
SELECT is(pg_temp.class_of('b7'), '22023', 'rolled back, it is none');

BEGIN;
SAVEPOINT before;
ALTER TYPE mission_rates.customer_class ADD VALUE 'B7';
SELECT is(pg_temp.class_of('B7'), '55P04', 'in a savepoint');
ROLLBACK TO before;
SELECT is(pg_temp.class_of('B7'), '22023', 'rolled back to a savepoint');
COMMIT;

ALTER TYPE mission_rates.customer_class ADD VALUE 'B7';
ALTER TYPE mission_rates.customer_class ADD VALUE 'Farm';
ALTER TYPE mission_rates.meter_size ADD VALUE '2 1/2';
SELECT is(pg_temp.class_of(code), 'Farm', format('%L, a label of both cases', code)) FROM unnest('{Farm,farm,FARM," fARM "}'::text[]) AS code;
SELECT is(pg_temp.class_of(code), 'B7', format('%L once it is committed', code)) FROM unnest('{B7,b7,"  b7  "}'::text[]) AS code;
SELECT is(pg_temp.size_of(size), '2 1/2', format('%L', size)) FROM unnest('{2.5,2-1/2}'::text[]) AS size;

-- Renamed
BEGIN;
ALTER TYPE mission_rates.customer_class RENAME VALUE 'B7' TO 'B8';
SELECT is(pg_temp.class_of('b7'), '22023', 'renamed in this transaction, the old code is none');
SELECT is(pg_temp.class_of('b8'), 'B8', 'and the new one is read');
ROLLBACK;
SELECT is(pg_temp.class_of('b7'), 'B7', 'rolled back, the old code is read');
SELECT is(pg_temp.class_of('b8'), '22023', 'and the new one is none');
ALTER TYPE mission_rates.customer_class RENAME VALUE 'B7' TO 'B8';
SELECT is(pg_temp.class_of('b8'), 'B8', 'committed, the new code is read');
SELECT is(pg_temp.class_of('b7'), '22023', 'and the old one is none');

-- More different codes than are remembered, each asked for three times; and longer ones
SELECT is(count(*) FILTER (WHERE pg_temp.class_of(code) <> '22023'), 0::bigint, 'thousands of codes that are none')
FROM generate_series(1, 3) AS turn, generate_series(1, 3000) AS n, LATERAL (SELECT 'x' || n) AS c (code);
SELECT is(string_agg(DISTINCT pg_temp.class_of(repeat(' ', spaces) || code), ','), 'A1', 'however padded')
FROM unnest('{A1,a1}'::text[]) AS code, generate_series(0, 40) AS spaces;
SELECT is(pg_temp.size_of('0.' || repeat('0', zeros)), '22023', 'a long text') FROM generate_series(12, 13) AS zeros;
SELECT is(pg_temp.size_of('1.5' || repeat('0', zeros)), '1 1/2', 'a long text that is a size') FROM unnest('{12,13}'::int[]) AS zeros;

SELECT * FROM finish();
