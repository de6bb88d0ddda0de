-- Every error of the interface: SQLSTATE, message, and the shape of detail
-- and hint.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE TEMP TABLE fault (n integer GENERATED ALWAYS AS IDENTITY, call text, state char(5), message text);

-- A message that ends in "@" goes on with the schedule.
CREATE FUNCTION pg_temp.complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.call = replace(NEW.call, '@', 'service_date => ''2023-05-01''');
	NEW.message = replace(NEW.message, '@', ' (schedule "Ordinance 5244")');
	RETURN NEW;
END $$;
CREATE TRIGGER complete BEFORE INSERT ON fault FOR EACH ROW EXECUTE FUNCTION pg_temp.complete();

-- The schedule
INSERT INTO fault (call, state, message)
SELECT call, '22023', 'no service date and no schedule'
FROM unnest(ARRAY[
	'water_charge(''A1'', ''3/4'', 6000)', 'sewer_charge(''A1'', 6000)', 'fire_sprinkler_charge(2.5)',
	'bill(''A1'', ''3/4'', 6000)', 'bill_total(''A1'', ''3/4'', 6000)', 'fee(''meter_box'', 1, NULL)',
	'meter_test_fee(service_date => NULL)',
	'water_tap_charge(''1'', ''inside'', service_date => NULL)', 'sewer_permit_fee(4, service_date => NULL)',
	'deposit_required(''tenant'', service_date => NULL)', 'opening_quote(''tenant'', service_date => NULL)',
	'reconnection_quote(40.45, service_date => NULL)', 'rate_sheet(NULL)']) AS call;
INSERT INTO fault (call, state, message)
SELECT call, '22023', 'no mailing date and no schedule'
FROM unnest('{late_fee(40.45),"late_fee(40.45, NULL)","reconnection_quote(40.45, @)"}'::text[]) AS call;
INSERT INTO fault (call, state, message)
SELECT call || 'service_date => ''2022-12-31'')', 'P0002', 'no rate schedule is in force on 2022-12-31'
FROM unnest(ARRAY[
	'water_charge(''A1'', ''3/4'', 6000, ', 'sewer_charge(''A1'', 6000, ', 'fire_sprinkler_charge(2.5, ',
	'bill(''A1'', ''3/4'', 6000, ', 'bill_total(''A1'', ''3/4'', 6000, ', 'fee(''meter_box'', ', 
	'meter_test_fee(', 'water_tap_charge(''1'', ''inside'', ', 'sewer_permit_fee(4, ', 'deposit_required(''tenant'', ',
	'opening_quote(''tenant'', ', 'reconnection_quote(40.45, ', 'rate_sheet(']) AS call;
INSERT INTO fault (call, state, message)
SELECT call || 'schedule => ''Ordinance 1'')', 'P0002', 'unknown rate schedule "Ordinance 1"'
FROM unnest(ARRAY[
	'water_charge(''A1'', ''3/4'', 6000, ', 'sewer_charge(''A1'', 6000, ', 'fire_sprinkler_charge(2.5, ',
	'bill(''A1'', ''3/4'', 6000, ', 'bill_total(''A1'', ''3/4'', 6000, ', 'fee(''meter_box'', ', 'late_fee(40.45, ',
	'meter_test_fee(', 'water_tap_charge(''1'', ''inside'', ', 'sewer_permit_fee(4, ', 'deposit_required(''tenant'', ',
	'opening_quote(''tenant'', ', 'reconnection_quote(40.45, ', 'delinquency(''2023-02-01'', 40.45, ',
	'rate_sheet(']) AS call;
INSERT INTO fault (call, state, message) VALUES
	('late_fee(40.45, ''2022-12-31'')', 'P0002', 'no rate schedule is in force on 2022-12-31'),
	('reconnection_quote(40.45, ''2022-12-31'', @)', 'P0002', 'no rate schedule is in force on 2022-12-31'),
	('delinquency(''2022-12-31'', 40.45, ''2023-02-01'')', 'P0002', 'no rate schedule is in force on 2022-12-31'),
	('water_charge(''A1'', ''3/4'', 6000, service_date => ''-infinity'')', 'P0002',
	 'no rate schedule is in force on -infinity'),
	('water_charge(''A1'', ''3/4'', 6000, service_date => ''2023-05-01'', schedule => '''')', 'P0002',
	 'unknown rate schedule ""'),
	('water_charge(''A1'', ''3/4'', 6000, service_date => ''2023-05-01'', schedule => ''ordinance 5244'')', 'P0002',
	 'unknown rate schedule "ordinance 5244"'),

-- Monthly charges: domains
	('water_charge(''A1'', ''3/4'', -1, @)', '22023', 'gallons is negative: -1@'),
	('water_charge(''A1'', ''3/4'', -9223372036854775808, @)', '22023', 'gallons is negative: -9223372036854775808@'),
	('sewer_charge(''A1'', -1, @)', '22023', 'gallons is negative: -1@'),
	('sewer_charge(''A1'', -1, metered => false, @)', '22023', 'gallons is negative: -1@'),
	('bill(''A1'', ''3/4'', -1, @)', '22023', 'gallons is negative: -1@'),
	('bill_total(''A1'', ''3/4'', -1, metered => false, @)', '22023', 'gallons is negative: -1@'),
	('water_charge(''A1'', ''3/4'', 1000000000001, @)', '22003',
	 'gallons is more than 1000000000000: 1000000000001@'),
	('water_charge(''A1'', ''3/4'', 9223372036854775807, @)', '22003',
	 'gallons is more than 1000000000000: 9223372036854775807@'),
	('sewer_charge(''A1'', 1000000000001, @)', '22003', 'gallons is more than 1000000000000: 1000000000001@'),
	('bill(''A1'', ''3/4'', 1000000000001, metered => false, @)', '22003',
	 'gallons is more than 1000000000000: 1000000000001@'),
	('bill(''A1'', ''3/4'', 6000, sewer_gallons => -1, @)', '22023', 'sewer_gallons is negative: -1@'),
	('bill(''A1'', ''3/4'', 6000, sewer => false, sewer_gallons => -1, @)', '22023', 'sewer_gallons is negative: -1@'),
	('bill(''A1'', ''3/4'', 6000, metered => false, sewer_gallons => -1, @)', '22023', 'sewer_gallons is negative: -1@'),
	('bill_total(''A1'', ''3/4'', 6000, sewer_gallons => 1000000000001, @)', '22003',
	 'sewer_gallons is more than 1000000000000: 1000000000001@'),
	('water_charge(''A8'', ''3/4'', 6000, ''inside'', ''2023-05-01'')', '22023', 'class A8 is never inside@'),
	('sewer_charge(''A8'', 6000, ''inside'', true, ''2023-05-01'')', '22023', 'class A8 is never inside@'),
	('sewer_charge(''A8'', NULL, ''inside'', false, ''2023-05-01'')', '22023', 'class A8 is never inside@'),
	('bill(''A8'', ''3/4'', 6000, ''inside'', @)', '22023', 'class A8 is never inside@'),
	('water_charge(''A6'', ''3/4'', 6000, ''outside'', ''2023-05-01'')', '22023', 'class A6 is never outside@'),
	('bill(''A1'', ''3/4'', 6000, water => false, sewer => false, @)', '22023',
	 'nothing to bill: no water, no sewer, no fire sprinkler, no service@'),
	('bill(''A1'', ''3/4'', 6000, fire_sprinkler => 0, @)', '22023', 'fire_sprinkler is zero@'),
	('bill(''A1'', ''3/4'', 6000, fire_sprinkler => -2.5, @)', '22023', 'fire_sprinkler is negative: -2.5@'),
	('bill(''A1'', ''3/4'', 6000, fire_sprinkler => ''NaN'', @)', '22023', 'fire_sprinkler is not a finite number: NaN@'),
	('bill(''A1'', ''3/4'', 6000, fire_sprinkler => ''-Infinity'', @)', '22023',
	 'fire_sprinkler is not a finite number: -Infinity@'),
	('bill(''A1'', ''3/4'', 6000, dumping_stations => -1, @)', '22023', 'dumping_stations is negative: -1@'),
	('bill(''A1'', ''3/4'', 6000, sewer => false, dumping_stations => 1, @)', '22023', 'dumping_stations requires sewer@'),
	('fire_sprinkler_charge(0, ''2023-05-01'')', '22023', 'diameter is zero@'),
	('fire_sprinkler_charge(-1, ''2023-05-01'')', '22023', 'diameter is negative: -1@'),
	('fire_sprinkler_charge(''NaN'', ''2023-05-01'')', '22023', 'diameter is not a finite number: NaN@'),
	('fire_sprinkler_charge(1e30, ''2023-05-01'')', '22003',
	 'diameter is out of range: 1000000000000000000000000000000@'),
	('fire_sprinkler_charge(1e18, ''2023-05-01'')', '22003', 'charge out of range@'),
	('bill(''A1'', ''3/4'', 6000, fire_sprinkler => 1e18, @)', '22003', 'charge out of range@'),

-- Monthly charges: rates
	('water_charge(''A6'', ''3/4'', 6000, @)', 'P0002', 'no water rate for class A6@'),
	('sewer_charge(''A6'', 6000, @)', 'P0002', 'no sewer rate for class A6@'),
	('bill(''A6'', ''3/4'', 6000, @)', 'P0002', 'no water rate for class A6@'),
	('bill(''A6'', ''3/4'', 6000, water => false, @)', 'P0002', 'no sewer rate for class A6@'),
	('water_charge(''A1'', ''10'', 6000, @)', 'P0002', 'no water minimum for class A1, meter 10, inside@'),
	('water_charge(''A2'', ''12'', 6000, ''outside'', ''2023-05-01'')', 'P0002',
	 'no water minimum for class A2, meter 12, outside@'),
	('bill(''A8'', ''10'', 6000, @)', 'P0002', 'no water minimum for class A8, meter 10, outside@'),

-- Codes that are none
	('water_charge(''A7'', ''3/4'', 6000, @)', '22023', 'invalid customer class: "A7"'),
	('water_charge(''A1'', ''7/8'', 6000, @)', '22023', 'invalid meter size: "7/8"'),
	('water_charge(''A1'', ''3/4'', 6000, ''near'', ''2023-05-01'')', '22023', 'invalid service area: "near"'),
	('deposit_required(''church'', 10, ''2023-05-01'')', '22023', 'invalid deposit category: "church"'),
	('water_charge(''A7''::mission_rates.customer_class, ''3/4'', 6000, @)', '22P02', 'invalid input value for enum mission_rates.customer_class: "A7"'),

-- One-time charges
	('fee(''garbage'', 1, ''2023-05-01'')', 'P0002', 'no fee "garbage"@'),
	('fee(''meter_box'', 1.5, ''2023-05-01'')', '22023', 'quantity of fee "meter_box" is not whole: 1.5@'),
	('fee(''sewer_flat'', 0.5, ''2023-05-01'')', '22023', 'quantity of fee "sewer_flat" is not whole: 0.5@'),
	('fee(''meter_box'', -1, ''2023-05-01'')', '22023', 'quantity is negative: -1@'),
	('fee(''meter_box'', ''NaN'', ''2023-05-01'')', '22023', 'quantity is not a finite number: NaN@'),
	('late_fee(-0.01, ''2023-05-01'')', '22023', 'unpaid is negative: -0.01@'),
	('late_fee(''NaN'', ''2023-05-01'')', '22023', 'unpaid is not a finite number: NaN@'),
	('late_fee(-1e30, ''2023-05-01'')', '22023', 'unpaid is negative: -1000000000000000000000000000000@'),
	('late_fee(-0.0000000001, ''2023-05-01'')', '22023', 'unpaid is negative: -0.0000000001@'),
	('late_fee(1e30, ''2023-05-01'')', '22003', 'unpaid is out of range: 1000000000000000000000000000000@'),
	('meter_test_fee(-1, 2, ''2023-05-01'')', '22023', 'billed is negative: -1@'),
	('meter_test_fee(2, -1, ''2023-05-01'')', '22023', 'corrected is negative: -1@'),
	('water_tap_charge(''1/2'', ''inside'', @)', 'P0002', 'no charge for a 1/2 inch tap, inside@'),
	('water_tap_charge(''1'', ''outside'', true, @)', 'P0002', 'no charge for a 1 inch compound tap, outside@'),
	('water_tap_charge(''3'', ''inside'', @)', '22023', 'no market_price for a 3 inch tap, inside@'),
	('water_tap_charge(''3'', ''inside'', true, @)', '22023', 'no market_price for a 3 inch compound tap, inside@'),
	('water_tap_charge(''3'', ''inside'', false, -10, ''2023-05-01'')', '22023', 'market_price is negative: -10@'),
	('water_tap_charge(''1'', ''inside'', false, 550, ''2023-05-01'')', '22023',
	 'a market_price for a 1 inch tap, inside, which is listed@'),
	('sewer_permit_fee(5, @)', 'P0002', 'no permit fee for a sewer line of 5 inches@'),
	('sewer_permit_fee(8, @)', '22023', 'no determined_fee for a sewer line of 8 inches@'),
	('sewer_permit_fee(6, 230, ''2023-05-01'')', '22023',
	 'a determined_fee for a sewer line of 6 inches, which is listed@'),
	('sewer_permit_fee(8, -1, ''2023-05-01'')', '22023', 'determined_fee is negative: -1@'),
	('sewer_permit_fee(0, @)', '22023', 'line_inches is zero@'),
	('sewer_permit_fee(-4, @)', '22023', 'line_inches is negative: -4@'),
	('deposit_required(''commercial'', @)', '22023', 'no square_feet for a commercial deposit@'),
	('deposit_required(''commercial'', -1, ''2023-05-01'')', '22023', 'square_feet is negative: -1@'),

-- Quotes
	('opening_quote(NULL, connection => false, @)', '22023', 'nothing to quote@'),
	('opening_quote(NULL, 3000, @)', '22023', 'square_feet requires category@'),
	('opening_quote(''commercial'', @)', '22023', 'no square_feet for a commercial deposit@'),
	('opening_quote(NULL, deposit_held => -1, @)', '22023', 'deposit_held is negative: -1@'),
	('opening_quote(NULL, final_bill => -1, @)', '22023', 'final_bill is negative: -1@'),
	('opening_quote(NULL, market_price => 10, @)', '22023', 'market_price requires tap_meter@'),
	('opening_quote(NULL, compound => true, @)', '22023', 'compound requires tap_meter@'),
	('opening_quote(NULL, pipe_feet => 10, @)', '22023', 'pipe_feet requires tap_meter@'),
	('opening_quote(NULL, tap_meter => ''1'', pipe_feet => -10, @)', '22023', 'pipe_feet is negative: -10@'),
	('opening_quote(NULL, tap_meter => ''1'', excess_pipe_quote => 10, @)', '22023', 'excess_pipe_quote requires pipe_feet@'),
	('opening_quote(NULL, tap_meter => ''1'', pipe_feet => 80.5, @)', '22023',
	 'no excess_pipe_quote for 80.5 feet of pipe@'),
	('opening_quote(NULL, tap_meter => ''1'', pipe_feet => 80, excess_pipe_quote => 10, @)', '22023',
	 'an excess_pipe_quote for 80 feet of pipe, which the tap includes@'),
	('opening_quote(NULL, tap_meter => ''3'', @)', '22023', 'no market_price for a 3 inch tap, inside@'),
	('opening_quote(NULL, tap_meter => ''1/2'', @)', 'P0002', 'no charge for a 1/2 inch tap, inside@'),
	('opening_quote(NULL, asphalt_feet => -1, @)', '22023', 'asphalt_feet is negative: -1@'),
	('opening_quote(NULL, concrete_feet => ''NaN'', @)', '22023', 'concrete_feet is not a finite number: NaN@'),
	('opening_quote(NULL, boring_feet => 1, @)', '22023', 'no boring_line_inches for boring@'),
	('opening_quote(NULL, boring_feet => 1, boring_line_inches => 4, @)', 'P0002',
	 'no boring charge for a line of 4 inches@'),
	('opening_quote(NULL, boring_line_inches => 1, @)', '22023', 'boring_line_inches requires boring_feet@'),
	('opening_quote(NULL, determined_fee => 10, @)', '22023', 'determined_fee requires sewer_line_inches@'),
	('opening_quote(NULL, sewer_line_inches => 0, @)', '22023', 'sewer_line_inches is zero@'),
	('opening_quote(NULL, sewer_line_inches => 5, @)', 'P0002', 'no permit fee for a sewer line of 5 inches@'),
	('reconnection_quote(-1, ''2023-05-01'', @)', '22023', 'unpaid is negative: -1@'),
	('reconnection_quote(40, ''2023-05-01'', meters => -1, @)', '22023', 'meters is negative: -1@'),
	('reconnection_quote(40, ''2023-05-01'', unauthorized => -1, @)', '22023', 'unauthorized is negative: -1@'),
	('reconnection_quote(40, ''2023-05-01'', tampering => -1, @)', '22023', 'tampering is negative: -1@'),
	('reconnection_quote(40, ''2023-05-01'', other_due => -1, @)', '22023', 'other_due is negative: -1@'),
	('delinquency(''2023-02-01'', -1, ''2023-03-01'')', '22023', 'unpaid is negative: -1@'),
	('delinquency(''2023-02-01'', 40.45, ''2023-01-31'')', '22023', 'as_of 2023-01-31 is before mailed_on 2023-02-01@'),
	('delinquency(''2023-02-01'', 40.45, ''2023-03-01'', NULL, -5)', '22023', 'due_days is negative: -5@'),
	('delinquency(''infinity'', 40.45, ''2023-03-01'')', '22023', 'mailed_on is not a finite date@'),
	('delinquency(''2023-02-01'', 40.45, ''infinity'')', '22023', 'as_of is not a finite date@'),
	('delinquency(''2023-02-01'', 40.45, ''2023-03-01'', NULL, 2147483647)', '22003',
	 'date out of range: 2023-02-01 and 2147483647 days@'),

-- Converters
	('to_customer_class(''A7'')', '22023', 'invalid customer class: "A7"'),
	('to_customer_class('''')', '22023', 'invalid customer class: ""'),
	('to_meter_size(''7/8'')', '22023', 'invalid meter size: "7/8"'),
	('to_meter_size(1.25)', '22023', 'invalid meter size: "1.25"'),
	('to_meter_size(''NaN''::numeric)', '22023', 'invalid meter size: "NaN"'),
	('to_service_area(''near'')', '22023', 'invalid service area: "near"');

SELECT plan(169);

SELECT throws_ok('SELECT * FROM mission_rates.' || call, state, message, call) FROM fault ORDER BY n;

-- Detail: a sentence.  Hint: a sentence, or a statement to run.
CREATE TEMP TABLE told (n integer, state text, message text, detail text, hint text);
CREATE FUNCTION pg_temp.listen() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	f fault;
	t told;
BEGIN
	FOR f IN SELECT * FROM fault WHERE state <> '22P02' LOOP
		t = NULL;
		BEGIN
			EXECUTE 'SELECT * FROM mission_rates.' || f.call;
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS t.message = MESSAGE_TEXT, t.detail = PG_EXCEPTION_DETAIL, t.hint = PG_EXCEPTION_HINT;
		END;
		INSERT INTO told SELECT f.n, f.state, t.message, t.detail, t.hint;
	END LOOP;
END $$;
DO $$ BEGIN PERFORM pg_temp.listen(); END $$;

SELECT is_empty($$SELECT message, detail FROM told WHERE detail !~ '^[A-Za-z].*\.$'$$, 'every detail is a sentence');
SELECT is_empty($$SELECT message, hint FROM told WHERE hint !~ '^([A-Z].*[.?])?$'$$, 'every hint is a sentence');
SELECT is_empty($$SELECT message FROM told WHERE message ~ '^[A-Z]' OR message ~ '[.]$'$$,
				'messages begin in lower case and do not end in a period');
SELECT is_empty($$SELECT message FROM told WHERE state = 'P0002' AND hint = ''$$, 'what is not found has a hint');

-- Terms that a draft does not set, a rate that no constraint held, and no schedule in force
SELECT mission_rates.draft_schedule('Bare') \g /dev/null
ALTER TABLE mission_rates.fee DROP CONSTRAINT fee_amount_range;
UPDATE mission_rates.schedule SET notice_days = NULL, included_pipe_feet = NULL WHERE schedule = 'Bare';
SELECT throws_ok($$SELECT mission_rates.delinquency('2026-01-01', 40, '2026-03-01', '2026-02-01', schedule => 'Bare')$$, 'P0002',
				 'no notice_days (draft "Bare")', 'notice without its days');
SELECT throws_ok($$SELECT mission_rates.opening_quote('homeowner', tap_meter => '1', pipe_feet => 90, schedule => 'Bare')$$, 'P0002',
				 'no included_pipe_feet (draft "Bare")', 'pipe without the length that a tap includes');
SELECT is(mission_rates.meter_test_fee(20.00, NULL, '2023-05-01'), NULL, 'a meter test with half a finding');
UPDATE mission_rates.fee SET amount = -1 WHERE schedule = 'Bare' AND code = 'boring';
SELECT throws_ok($$SELECT mission_rates.fee('reconnection', schedule => 'Bare')$$, '22003', NULL, 'a negative rate');
SET LOCAL session_replication_role = replica;
UPDATE mission_rates.schedule SET effective_from = NULL, sealed_rows = NULL, fingerprint = NULL;
SELECT throws_ok($$SELECT mission_rates.bill_total('A1', '3/4', 6000, service_date => '2026-01-01')$$, 'P0002',
				 'no rate schedule is in force on 2026-01-01', 'no schedule has been adopted');
SELECT throws_ok($$SELECT mission_rates.draft_schedule('Copy')$$, 'P0002', 'no rate schedule has been adopted', 'none to copy');

SELECT * FROM finish();
ROLLBACK;
