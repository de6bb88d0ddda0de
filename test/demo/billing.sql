-- billing.sql: the city's side of billing with mission_rates: two views and two tables.
--
-- The tables of the city stay as they are: raw codes, sizes as numbers, readings as text.

-- One row for each account and period.  Its columns are named as mission_rates.account_charges looks for them; what they
-- hold is what the city keeps.
CREATE VIEW cis.to_bill AS
SELECT a.account_no AS account,
	a.class_code AS class,
	m.size AS meter,
	CASE WHEN r.current ~ '^ *[0-9]+ *$' THEN r.current::numeric - r.previous END AS gallons,
	a.place AS area,
	m.works AS metered,
	a.water,
	a.sewer,
	a.fire_line AS fire_sprinkler,
	a.dumping_stations,
	CASE WHEN a.garbage_carts > 0 THEN jsonb_build_object('garbage', a.garbage_carts) END AS services,
	r.period_start AS service_date
FROM cis.account AS a
JOIN cis.meter AS m USING (account_no)
JOIN cis.reading AS r USING (account_no);

COMMENT ON VIEW cis.to_bill IS 'Accounts, meters and readings, as they are kept, one row for each bill';

-- The same with every charge, or with what keeps the account from being billed.
CREATE VIEW cis.charges AS
SELECT t.account, t.service_date, c.*
FROM cis.to_bill AS t
CROSS JOIN LATERAL mission_rates.account_charges(t) AS c;

COMMENT ON VIEW cis.charges IS 'The accounts to bill, each with its charges or its problem';

CREATE TABLE cis.bill (
	account char(8) NOT NULL,
	service_date date NOT NULL,
	line integer NOT NULL,
	service text NOT NULL,
	charge text NOT NULL,
	description text NOT NULL,
	quantity numeric NOT NULL,
	unit text NOT NULL,
	rate numeric NOT NULL,
	amount numeric(12, 2) NOT NULL,
	section text NOT NULL,
	schedule text NOT NULL,
	PRIMARY KEY (account, service_date, line)
);

CREATE TABLE cis.set_aside (
	account char(8) NOT NULL,
	service_date date NOT NULL,
	code text NOT NULL,
	problem text NOT NULL,
	PRIMARY KEY (account, service_date)
);

COMMENT ON TABLE cis.bill IS 'The lines of all bills';
COMMENT ON TABLE cis.set_aside IS 'Accounts that could not be billed, and why';
