-- proposal.sql: what the council is asked to pass: 6 percent on water and sewer, and a dollar more for drainage.

SELECT mission_rates.draft_schedule('Ordinance 6000', based_on => 'Ordinance 5244 and service charges');

UPDATE mission_rates.schedule SET title = 'Water and sewer rates raised by 6 percent, drainage by 1.00'
WHERE schedule = 'Ordinance 6000';

SELECT count(*) FROM mission_rates.scale_schedule('Ordinance 6000', 6);

UPDATE mission_rates.service_charge SET amount = amount + 1.00 WHERE schedule = 'Ordinance 6000' AND code = 'drainage';
