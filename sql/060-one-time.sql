-- ---------------------------------------------------------------------------
-- One-time charges and events
-- ---------------------------------------------------------------------------
--
-- The last two arguments as for monthly charges; the date is that of the event.

CREATE FUNCTION mission_rates.fee(
	code text,
	quantity numeric DEFAULT 1,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'fee'
	LANGUAGE C STABLE PARALLEL SAFE COST 30;
COMMENT ON FUNCTION mission_rates.fee IS
'Dollars for a quantity of a fee of the table fee, in the unit of its row';

CREATE FUNCTION mission_rates.late_fee(
	unpaid numeric,
	mailed_on date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'late_fee'
	LANGUAGE C STABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION mission_rates.late_fee IS
'Dollars of late fee on an unpaid bill, by the schedule of the day on which it was mailed, Sec. 114-55(a)';

CREATE FUNCTION mission_rates.meter_test_fee(
	billed numeric DEFAULT NULL,
	corrected numeric DEFAULT NULL,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'meter_test_fee'
	LANGUAGE C STABLE PARALLEL SAFE COST 30;
COMMENT ON FUNCTION mission_rates.meter_test_fee IS
'Dollars for a meter test, 0.00 where the finding waives it, Sec. 114-55(b)';

CREATE FUNCTION mission_rates.water_tap_charge(
	meter mission_rates.meter_size,
	area mission_rates.service_area,
	compound boolean DEFAULT false,
	market_price numeric DEFAULT NULL,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'water_tap_charge'
	LANGUAGE C STABLE PARALLEL SAFE COST 15;
COMMENT ON FUNCTION mission_rates.water_tap_charge IS
'Dollars for a tap of the water main, Sec. 114-54(c)(1)';

CREATE FUNCTION mission_rates.sewer_permit_fee(
	line_inches numeric,
	determined_fee numeric DEFAULT NULL,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'sewer_permit_fee'
	LANGUAGE C STABLE PARALLEL SAFE COST 25;
COMMENT ON FUNCTION mission_rates.sewer_permit_fee IS
'Dollars for the permit of a sewer connection, by the size of the line in inches, Sec. 114-54(b)(1)';

CREATE FUNCTION mission_rates.deposit_required(
	category mission_rates.deposit_category,
	square_feet numeric DEFAULT NULL,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL,
	OUT deposit numeric,
	OUT service_fee numeric)
	AS 'MODULE_PATHNAME', 'deposit_required'
	LANGUAGE C STABLE PARALLEL SAFE COST 60;
COMMENT ON FUNCTION mission_rates.deposit_required IS
'Dollars of deposit, and of the service fee on top of it, Sec. 114-52(a)';

CREATE FUNCTION mission_rates.opening_quote(
	category mission_rates.deposit_category,
	square_feet numeric DEFAULT NULL,
	deposit_held numeric DEFAULT 0,
	connection boolean DEFAULT true,
	final_bill numeric DEFAULT 0,
	tap_meter mission_rates.meter_size DEFAULT NULL,
	tap_area mission_rates.service_area DEFAULT 'inside',
	compound boolean DEFAULT false,
	market_price numeric DEFAULT NULL,
	pipe_feet numeric DEFAULT 0,
	excess_pipe_quote numeric DEFAULT NULL,
	asphalt_feet numeric DEFAULT 0,
	concrete_feet numeric DEFAULT 0,
	boring_feet numeric DEFAULT 0,
	boring_line_inches numeric DEFAULT NULL,
	sewer_line_inches numeric DEFAULT NULL,
	determined_fee numeric DEFAULT NULL,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL)
	RETURNS SETOF mission_rates.bill_line
	AS 'MODULE_PATHNAME', 'opening_quote'
	LANGUAGE C STABLE PARALLEL SAFE COST 400 ROWS 4;
COMMENT ON FUNCTION mission_rates.opening_quote IS
'Lines of all that is due at the counter (dollars, feet, inches, square feet): deposit, connection fee, tap, pavement, boring, sewer permit, Sec. 114-52, 114-54(b)(1), (c)(1), 114-61';

CREATE FUNCTION mission_rates.reconnection_quote(
	unpaid numeric,
	mailed_on date DEFAULT NULL,
	late boolean DEFAULT true,
	meters integer DEFAULT 1,
	unauthorized integer DEFAULT 0,
	tampering integer DEFAULT 0,
	other_due numeric DEFAULT 0,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL)
	RETURNS SETOF mission_rates.bill_line
	AS 'MODULE_PATHNAME', 'reconnection_quote'
	LANGUAGE C STABLE PARALLEL SAFE COST 400 ROWS 4;
COMMENT ON FUNCTION mission_rates.reconnection_quote IS
'Lines of all that is owed before a meter is turned on again, Sec. 114-55(a), 114-59';

CREATE FUNCTION mission_rates.delinquency(
	mailed_on date,
	unpaid numeric,
	as_of date DEFAULT CURRENT_DATE,
	noticed_on date DEFAULT NULL,
	due_days integer DEFAULT NULL,
	schedule text DEFAULT NULL,
	OUT status text,
	OUT due_on date,
	OUT late_from date,
	OUT late_fee numeric,
	OUT last_day date,
	OUT disconnect_from date,
	OUT amount_due numeric)
	AS 'MODULE_PATHNAME', 'delinquency'
	LANGUAGE C STABLE PARALLEL SAFE COST 80;
COMMENT ON FUNCTION mission_rates.delinquency IS
'State of an unpaid bill on a day: current, late or disconnectable, its days and the dollars due, Sec. 114-55(a)';
