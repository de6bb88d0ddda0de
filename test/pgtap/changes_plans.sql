-- Plans: several years of increases that are adopted at once, and amended before they start.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS mission_rates;
SELECT no_plan();

-- A draft starts from the schedule that was adopted for the latest date, not from the one in force today
SELECT mission_rates.draft_schedule('Plan 2990', 'Ordinance 5244');
UPDATE mission_rates.fee SET amount = 13 WHERE schedule = 'Plan 2990' AND code = 'boring';
UPDATE mission_rates.schedule SET due_days = 25 WHERE schedule = 'Plan 2990';
SELECT mission_rates.adopt_schedule('Plan 2990', '2990-10-01');
SELECT mission_rates.draft_schedule('Other draft', 'Ordinance 5244');
SELECT lives_ok($$SELECT mission_rates.draft_schedule('Plan 2991')$$, 'a draft without a base');
SELECT is(mission_rates.fee('boring', schedule => 'Plan 2991'), 13.00, 'keeps the increase that is adopted');
SELECT is((SELECT due_days FROM mission_rates.schedule WHERE schedule = 'Plan 2991'), 25, 'and the terms');

SELECT * FROM finish();
