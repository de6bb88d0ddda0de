-- discard.sql: what a session answers that loses its caches with each lock; compared with what another one answers.
SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2024-01-01');
SELECT * FROM mission_rates.bill('A2', '1', 26000, 'outside', service_date => '2024-01-01');
SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '1999-01-01');
SELECT mission_rates.fee('no such fee', service_date => '2024-01-01');
SELECT d.* FROM mission_rates.delinquency('2024-01-05', 100, '2024-03-01', '2024-02-01') AS d;

-- Rows of accounts
CREATE TABLE account AS
	SELECT n, (ARRAY['A1', 'a2', 'A7'])[n] AS class, 0.75 AS meter, n * 3000 AS gallons, 'inside' AS area,
		date '2024-01-01' AS service_date
	FROM generate_series(1, 3) AS n;
SELECT a.n, mission_rates.account_total(a), mission_rates.account_problem(a) FROM account AS a ORDER BY a.n;
SELECT (mission_rates.account_revenue(a)).* FROM account AS a;

-- The other functions, drafts, edits, cursors, rollback; what plans many or large queries loses its caches less often.
SET discard.every = 5;
SELECT c.* FROM account AS a CROSS JOIN LATERAL mission_rates.account_charges(a) AS c ORDER BY a.n;
SELECT b.line, b.charge, b.amount FROM account AS a CROSS JOIN LATERAL mission_rates.account_bill(a) AS b ORDER BY a.n, b.line;
SELECT c.* FROM mission_rates.account_columns(NULL::account) AS c;
SELECT q.line, q.charge, q.amount FROM mission_rates.opening_quote('homeowner', tap_meter => '3/4', service_date => '2024-01-01') AS q;
SELECT mission_rates.to_meter_size('5/8x3/4'), mission_rates.to_customer_class('a9 ');
SELECT count(*), sum(r.amount) FROM mission_rates.rate_sheet('2024-01-01') AS r;
SELECT mission_rates.draft_schedule('Draft');
BEGIN;
UPDATE mission_rates.fee SET amount = amount + 1 WHERE schedule = 'Draft' AND code IN ('meter_box', 'meter_lid');
SELECT mission_rates.fee('meter_box', schedule => 'Draft');
DECLARE c CURSOR WITH HOLD FOR SELECT mission_rates.fee('meter_lid', schedule => 'Draft') FROM generate_series(1, 2);
SAVEPOINT one;
UPDATE mission_rates.fee SET amount = amount + 1 WHERE schedule = 'Draft' AND code = 'meter_lid';
SELECT mission_rates.fee('meter_lid', schedule => 'Draft');
FETCH c;
ROLLBACK TO one;
SELECT mission_rates.fee('meter_lid', schedule => 'Draft');
COMMIT;
FETCH c;

-- Adoption and withdrawal, and what self_test finds
SET discard.every = 31;
SELECT mission_rates.adopt_schedule('Draft', '2999-01-01', '2024-01-01', accept_warnings => true);
SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2999-06-01'),
	mission_rates.fee('meter_box', service_date => '2999-06-01');
UPDATE mission_rates.fee SET amount = 1 WHERE schedule = 'Draft';
SELECT mission_rates.schedule_fingerprint('Draft');
SELECT mission_rates.withdraw_schedule('Draft');
SELECT count(*), sum(s.new - s.old) FROM mission_rates.scale_schedule('Draft', 10) AS s;
SELECT mission_rates.draft_from_document(mission_rates.schedule_document('Draft'), 'Copy');
SELECT * FROM mission_rates.compare_schedules('Draft', 'Copy');
SELECT count(*) FROM mission_rates.check_schedule('Copy');
SELECT mission_rates.drop_draft('Copy');
SELECT mission_rates.drop_draft('Draft');
SELECT s.test, s.passed FROM mission_rates.self_test() AS s ORDER BY s.test;
SELECT l.event, l.schedule FROM mission_rates.schedule_log AS l ORDER BY l.at;
