-- ---------------------------------------------------------------------------
-- One-time charges and events
-- ---------------------------------------------------------------------------
--
-- The last two arguments are the date of the event, which picks the schedule in
-- force, and the name of a schedule; where that is given the date is ignored.
--
-- What takes a code has a text form, as the monthly charges have.

CREATE FUNCTION mission_rates.fee(
	code text,
	quantity numeric DEFAULT 1,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'fee'
	LANGUAGE C STABLE PARALLEL SAFE COST 30;

COMMENT ON FUNCTION mission_rates.fee IS
'Dollars for a quantity of a fee of the table fee, in the unit of its row; code or quantity NULL gives NULL; an unknown code or no schedule is P0002, a negative quantity or a fraction of a fee per each or month 22023';

CREATE FUNCTION mission_rates.late_fee(
	unpaid numeric,
	mailed_on date DEFAULT NULL,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'late_fee'
	LANGUAGE C STABLE PARALLEL SAFE COST 20;

COMMENT ON FUNCTION mission_rates.late_fee IS
'Dollars of late fee on the dollars of a bill that are unpaid; mailed_on: the day on which that bill was mailed, which picks the schedule; unpaid NULL gives NULL; no schedule is P0002, a negative amount, or neither mailed_on nor schedule 22023; § 114-55(a)';

CREATE FUNCTION mission_rates.meter_test_fee(
	billed numeric DEFAULT NULL,
	corrected numeric DEFAULT NULL,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'meter_test_fee'
	LANGUAGE C STABLE PARALLEL SAFE COST 30;

COMMENT ON FUNCTION mission_rates.meter_test_fee IS
'Dollars for a meter test; 0.00 where the water charge billed exceeds the corrected one (dollars) by the fraction that waives the fee; both NULL: no finding; one of them NULL gives NULL; no schedule is P0002, a negative amount 22023; § 114-55(b)';

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

COMMENT ON FUNCTION mission_rates.water_tap_charge(
	mission_rates.meter_size, mission_rates.service_area, boolean, numeric, date,
	text) IS
'Dollars for a tap of the water main; market_price (dollars of the contract) for sizes at market price, and for no other; meter, area or compound NULL gives NULL; no rate or schedule is P0002, an absent or needless market price 22023; § 114-54(c)(1)';

CREATE FUNCTION mission_rates.water_tap_charge(
	meter text,
	area text,
	compound boolean DEFAULT false,
	market_price numeric DEFAULT NULL,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'water_tap_charge_text'
	LANGUAGE C STABLE PARALLEL SAFE COST 15;

COMMENT ON FUNCTION mission_rates.water_tap_charge(
	text, text, boolean, numeric, date, text) IS
'Dollars for a tap of the water main, as over the types, of a size and a place as text; also 22023: an unknown one; § 114-54(c)(1)';

CREATE FUNCTION mission_rates.sewer_permit_fee(
	line_inches numeric,
	determined_fee numeric DEFAULT NULL,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'sewer_permit_fee'
	LANGUAGE C STABLE PARALLEL SAFE COST 25;

COMMENT ON FUNCTION mission_rates.sewer_permit_fee IS
'Dollars for the permit of a sewer connection, line_inches being the size of the connecting line; determined_fee (dollars) for lines whose fee the city determines, and for no other; line_inches NULL gives NULL; no rate or schedule is P0002, an absent or needless determined fee 22023; § 114-54(b)(1)';

CREATE FUNCTION mission_rates.deposit_required(
	category mission_rates.deposit_category,
	square_feet numeric DEFAULT NULL,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL,
	OUT deposit numeric,
	OUT service_fee numeric)
	AS 'MODULE_PATHNAME', 'deposit_required'
	LANGUAGE C STABLE PARALLEL SAFE COST 60;

COMMENT ON FUNCTION mission_rates.deposit_required(
	mission_rates.deposit_category, numeric, date, text) IS
'Dollars of deposit, and of the service fee on top of it; square_feet of the building where the category has steps, 0 where there is no building; category NULL gives NULLs; no rate or schedule is P0002, absent or negative square feet 22023; § 114-52(a)';

CREATE FUNCTION mission_rates.deposit_required(
	category text,
	square_feet numeric DEFAULT NULL,
	service_date date DEFAULT CURRENT_DATE,
	schedule text DEFAULT NULL,
	OUT deposit numeric,
	OUT service_fee numeric)
	AS 'MODULE_PATHNAME', 'deposit_required_text'
	LANGUAGE C STABLE PARALLEL SAFE COST 60;

COMMENT ON FUNCTION mission_rates.deposit_required(
	text, numeric, date, text) IS
'Dollars of deposit, and of the service fee on top of it, as over the types, of a category as text; also 22023: an unknown one; § 114-52(a)';

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

COMMENT ON FUNCTION mission_rates.opening_quote(
	mission_rates.deposit_category, numeric, numeric, boolean, numeric,
	mission_rates.meter_size, mission_rates.service_area, boolean, numeric,
	numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, date,
	text) IS
'Lines of all that is due at the counter (dollars, feet, inches, square feet): deposit, connection fee, tap, pavement, boring, sewer permit; category NULL: no deposit is due; a deposit held is a negative line, and then no service fee is asked; 0 gives no line; a NULL flag, amount or length whose default is not NULL gives no line at all; no rate or schedule is P0002, a negative value, a missing or needless price, or nothing asked for 22023; §§ 114-52, 114-54(b)(1), (c)(1), 114-61';

CREATE FUNCTION mission_rates.opening_quote(
	category text,
	square_feet numeric DEFAULT NULL,
	deposit_held numeric DEFAULT 0,
	connection boolean DEFAULT true,
	final_bill numeric DEFAULT 0,
	tap_meter text DEFAULT NULL,
	tap_area text DEFAULT 'inside',
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
	AS 'MODULE_PATHNAME', 'opening_quote_text'
	LANGUAGE C STABLE PARALLEL SAFE COST 400 ROWS 4;

COMMENT ON FUNCTION mission_rates.opening_quote(
	text, numeric, numeric, boolean, numeric, text, text, boolean, numeric,
	numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, date,
	text) IS
'Lines of all that is due at the counter, as over the types, of a category, a size and a place as text; also 22023: an unknown one; §§ 114-52, 114-54(b)(1), (c)(1), 114-61';

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
'Lines of all that is owed before a meter is turned on again: the unpaid bill (dollars) and, where late, its late fee by the schedule in force on mailed_on, the day on which it was mailed; other bills (dollars, including their late fees), disconnection, each meter turned off, findings of unauthorized reconnection and tampering; an argument other than mailed_on that is NULL gives no line; schedule, where named, governs all lines; no schedule is P0002, a negative value, or late without mailed_on and schedule 22023; §§ 114-55(a), 114-59';

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
'How an unpaid bill (dollars) stands on a day: status (current, late, disconnectable), last day to pay it in time, first day on which it is late, late fee, last day before and first day of disconnection (NULL without a notice; one before the bill is late, or after as_of, counts as none), dollars due; due_days instead of those of the schedule; mailed_on, unpaid or as_of NULL gives NULLs; no schedule is P0002, a day before the mailing or a negative amount 22023; § 114-55(a)';
