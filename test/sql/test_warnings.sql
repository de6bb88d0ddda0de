--
-- Warnings of the functions that change and compare schedules
--
SET datestyle = 'ISO, MDY';
\set SHOW_CONTEXT never
SELECT mission_rates.draft_schedule('Draft', 'Ordinance 5244');

-- 0.06 percent, where 6 was meant
SELECT old = new AS unchanged, count(*) FROM mission_rates.scale_schedule('Draft', 0.06) GROUP BY 1 ORDER BY 1;
SELECT count(*) FROM mission_rates.scale_schedule('Draft', 0);
SELECT count(*) FROM mission_rates.scale_schedule('Draft', 0.06, decimals => 4);

-- Rows that are not those that were adopted
SELECT mission_rates.adopt_schedule('Draft', '2990-01-01', '2989-12-01', accept_warnings => true);
SET session_replication_role = replica;
UPDATE mission_rates.fee SET amount = 1 WHERE schedule = 'Draft' AND code = 'boring';
RESET session_replication_role;
SELECT * FROM mission_rates.compare_schedules('Ordinance 5244', 'Draft') WHERE rate_table = 'fee';
SELECT severity, item, problem FROM mission_rates.check_schedule('Draft') WHERE rate_table = 'schedule';
SELECT mission_rates.draft_schedule('Copy', 'Draft');
SELECT mission_rates.withdraw_schedule('Draft');
SELECT event, detail FROM mission_rates.schedule_log WHERE event = 'withdraw';
SELECT mission_rates.drop_draft('Draft');
