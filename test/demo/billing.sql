-- billing.sql: how a city bills with mission_rates: three views and two
-- tables.
--
-- The views convert; the tables of the city stay as they are.

-- One row for each account and period, its columns named like the arguments of mission_rates.bill.
CREATE VIEW cis.to_bill AS
SELECT a.account_no AS account,
	a.class_code::text AS class,
	m.size::text AS meter,
	CASE WHEN r.current ~ '^ *[0-9]+ *$' THEN r.current::numeric - r.previous END AS gallons,
	a.place::text AS area,
	m.works = 'Y' AS metered,
	a.water = 'Y' AS water,
	a.sewer = 'Y' AS sewer,
	a.fire_line AS fire_sprinkler,
	a.dumping_stations::integer AS dumping_stations,
	r.period_start AS service_date
FROM cis.account AS a
JOIN cis.meter AS m USING (account_no)
JOIN cis.reading AS r USING (account_no);

COMMENT ON VIEW cis.to_bill IS 'Accounts, meters and readings as mission_rates.bill wants them, codes still as text';

-- The same with the reason why an account cannot be billed; NULL where it can.
CREATE VIEW cis.checked AS
SELECT t.*,
	mission_rates.billing_problem(t.class, t.meter, t.gallons, t.area, metered => t.metered, water => t.water,
		sewer => t.sewer, fire_sprinkler => t.fire_sprinkler, dumping_stations => t.dumping_stations,
		service_date => t.service_date) AS problem
FROM cis.to_bill AS t;

COMMENT ON VIEW cis.checked IS 'The accounts to bill, each with what keeps it from being billed';

-- The total of each account's bill; safe to read whatever the tables hold.
CREATE VIEW cis.priced AS
SELECT c.*,
	CASE WHEN c.problem IS NULL THEN
		mission_rates.bill_total(mission_rates.to_customer_class(c.class), mission_rates.to_meter_size(c.meter),
			c.gallons::bigint, mission_rates.to_service_area(c.area), metered => c.metered, water => c.water,
			sewer => c.sewer, fire_sprinkler => c.fire_sprinkler, dumping_stations => c.dumping_stations,
			service_date => c.service_date)
	END AS total
FROM cis.checked AS c;

COMMENT ON VIEW cis.priced IS 'The accounts to bill with the total of each bill';

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
	rate_class text,
	rate_meter text,
	rate_area text,
	from_gallons bigint,
	to_gallons bigint,
	PRIMARY KEY (account, service_date, line)
);

CREATE TABLE cis.set_aside (
	account char(8) NOT NULL,
	service_date date NOT NULL,
	problem text NOT NULL,
	PRIMARY KEY (account, service_date)
);

COMMENT ON TABLE cis.bill IS 'The lines of all bills';
COMMENT ON TABLE cis.set_aside IS 'Accounts that could not be billed, and why';
