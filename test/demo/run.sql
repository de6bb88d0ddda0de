-- run.sql: the monthly bill run into cis.bill and cis.set_aside.
--
-- psql variable: period (the first day of the service period).

BEGIN;

INSERT INTO cis.bill
SELECT c.account, c.service_date, b.line, b.service, b.charge, b.description, b.quantity, b.unit, b.rate, b.amount,
	b.section, b.schedule, b.rate_class::text, b.rate_meter::text, b.rate_area::text, b.from_gallons, b.to_gallons
FROM cis.checked AS c
CROSS JOIN LATERAL mission_rates.bill(mission_rates.to_customer_class(c.class), mission_rates.to_meter_size(c.meter),
	c.gallons::bigint, mission_rates.to_service_area(c.area), metered => c.metered, water => c.water,
	sewer => c.sewer, fire_sprinkler => c.fire_sprinkler, dumping_stations => c.dumping_stations,
	service_date => c.service_date) AS b
WHERE c.problem IS NULL AND c.service_date = :'period';

INSERT INTO cis.set_aside
SELECT c.account, c.service_date, c.problem
FROM cis.checked AS c
WHERE c.problem IS NOT NULL AND c.service_date = :'period';

COMMIT;
