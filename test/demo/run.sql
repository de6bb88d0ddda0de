-- run.sql: the monthly bill run: one statement writes the lines of all bills, and the accounts that have none.
--
-- psql variable: period (the first day of the service period).

WITH line AS (
	SELECT t.account, t.service_date, b.*
	FROM cis.to_bill AS t
	CROSS JOIN LATERAL mission_rates.account_bill(t) AS b
	WHERE t.service_date = :'period'
	ORDER BY t.account
), billed AS (
	INSERT INTO cis.bill
	SELECT l.account, l.service_date, l.line, l.service, l.charge, l.description, l.quantity, l.unit, l.rate, l.amount,
		l.section, l.schedule
	FROM line AS l
	WHERE l.service <> 'problem'
)
INSERT INTO cis.set_aside
SELECT l.account, l.service_date, l.charge, l.description
FROM line AS l
WHERE l.service = 'problem';
