-- rates.sql: the city's own rate schedule.  Ordinance 5244 says that garbage is charged on every meter and does not say
-- how much (§ 114-61), so the city adds its service charges in a schedule of its own, and bills by that.

SELECT mission_rates.draft_schedule('Ordinance 5244 and service charges', based_on => 'Ordinance 5244');

UPDATE mission_rates.schedule SET title = 'Ordinance 5244, with garbage, brush and drainage'
WHERE schedule = 'Ordinance 5244 and service charges';

-- Garbage is charged by the cart, brush and drainage on every bill; outside the city there is only drainage.
INSERT INTO mission_rates.service_charge (schedule, code, class, amount, unit, every_bill, label, section)
SELECT 'Ordinance 5244 and service charges', s.code, r.class, s.amount, s.unit, s.every_bill, s.label, '114-61'
FROM mission_rates.class_rule AS r
JOIN (VALUES
	('garbage', 16.50, 'each', false, 'Garbage collection, each cart', '{A1,A3,A9}'::mission_rates.customer_class[]),
	('brush', 4.00, 'month', true, 'Brush collection', '{A1,A3,A9}'),
	('drainage', 3.00, 'month', true, 'Drainage', '{A1,A3,A4,A8,A9}'),
	('drainage', 6.00, 'month', true, 'Drainage', '{A2,A5}')
) AS s (code, amount, unit, every_bill, label, classes) ON r.class = ANY (s.classes)
WHERE r.schedule = 'Ordinance 5244';

SELECT mission_rates.adopt_schedule('Ordinance 5244 and service charges', effective_from => '2024-01-01',
	adopted_on => '2023-11-14', adopted_by => 'City Council of the City of Mission', accept_warnings => true);
