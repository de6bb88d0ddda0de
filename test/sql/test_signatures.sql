--
-- The functions: names, arguments, defaults and results are frozen
--
\pset format unaligned
\pset tuples_only on
SELECT format(E'%s(\n\t%s)\n\treturns %s\n', p.proname,
			  replace(pg_get_function_arguments(p.oid), ', ', E',\n\t'), pg_get_function_result(p.oid))
FROM pg_proc AS p
WHERE p.pronamespace = 'mission_rates'::regnamespace
  AND p.proname IN ('to_customer_class', 'to_meter_size', 'to_service_area',
					'water_charge', 'sewer_charge', 'fire_sprinkler_charge', 'bill', 'bill_total', 'billing_problem',
					'fee', 'late_fee', 'meter_test_fee', 'water_tap_charge', 'sewer_permit_fee', 'deposit_required',
					'opening_quote', 'reconnection_quote', 'delinquency',
					'rate_sheet', 'compare_schedules', 'bill_comparison', 'rate_loads',
					'draft_schedule', 'check_schedule', 'adopt_schedule', 'withdraw_schedule', 'drop_draft',
					'bill_check', 'revenue', 'bill_change', 'bill_tabulation', 'explain_amount', 'self_test')
ORDER BY p.proname, pg_get_function_arguments(p.oid) COLLATE "C";
