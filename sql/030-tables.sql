-- ---------------------------------------------------------------------------
-- Rate tables
-- ---------------------------------------------------------------------------
--
-- Every row belongs to a schedule.  There is no foreign key to the table
-- schedule: a parallel restore of a pg_dump archive may bring rate rows before
-- their schedules, and would fail.  check_schedule() reports rate rows whose
-- schedule does not exist.

CREATE TABLE mission_rates.schedule (
	schedule			text NOT NULL,
	title				text NOT NULL DEFAULT '',
	adopted_on			date,
	adopted_by			text,
	effective_from		date,
	sealed_rows			integer,
	volume_step			integer NOT NULL DEFAULT 1,
	due_days			integer,
	notice_days			integer,
	included_pipe_feet	numeric,
	boring_from_inches	numeric,
	boring_to_inches	numeric,
	waiver_overcharge	numeric,
	fingerprint			text,
	CONSTRAINT schedule_pkey PRIMARY KEY (schedule),
	CONSTRAINT schedule_effective_from_key UNIQUE (effective_from),
	CONSTRAINT schedule_name_not_blank
		CHECK (schedule <> '' AND schedule = btrim(schedule)),
	CONSTRAINT schedule_adopted_on_range
		CHECK (adopted_on BETWEEN '0001-01-01' AND '9999-12-31'),
	CONSTRAINT schedule_effective_from_range
		CHECK (effective_from BETWEEN '0001-01-01' AND '9999-12-31'),
	CONSTRAINT schedule_sealed_when_effective
		CHECK ((effective_from IS NULL) = (sealed_rows IS NULL)),
	CONSTRAINT schedule_sealed_rows_range
		CHECK (sealed_rows >= 0 AND sealed_rows < 1000000000),
	CONSTRAINT schedule_fingerprint_when_effective
		CHECK ((effective_from IS NULL) = (fingerprint IS NULL)),
	CONSTRAINT schedule_fingerprint_digits
		CHECK (fingerprint COLLATE "C" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT schedule_volume_step_range
		CHECK (volume_step >= 1 AND volume_step < 1000000000),
	CONSTRAINT schedule_due_days_range
		CHECK (due_days >= 0 AND due_days < 1000000000),
	CONSTRAINT schedule_notice_days_range
		CHECK (notice_days >= 0 AND notice_days < 1000000000),
	CONSTRAINT schedule_boring_range
		CHECK (boring_from_inches <= boring_to_inches)
);

COMMENT ON TABLE mission_rates.schedule IS
'Rate schedules: one row for each ordinance, adopted or still a draft, with the terms that have no rate table of their own';
COMMENT ON COLUMN mission_rates.schedule.schedule IS
'Name of the schedule, as the ordinance is called; every rate row names it';
COMMENT ON COLUMN mission_rates.schedule.title IS
'What the ordinance is about';
COMMENT ON COLUMN mission_rates.schedule.adopted_on IS
'Day on which the ordinance was passed; NULL: not yet';
COMMENT ON COLUMN mission_rates.schedule.adopted_by IS
'Who passed the ordinance';
COMMENT ON COLUMN mission_rates.schedule.effective_from IS
'First day on which the schedule is in force, until the next one starts; NULL while a draft; set by adopt_schedule() alone';
COMMENT ON COLUMN mission_rates.schedule.sealed_rows IS
'How many rate rows the schedule was adopted with; NULL while a draft; set by adopt_schedule() alone';
COMMENT ON COLUMN mission_rates.schedule.volume_step IS
'Gallons: water consumption is rounded down to a multiple of this step before it is rated; 1: rated to the gallon';
COMMENT ON COLUMN mission_rates.schedule.due_days IS
'Days from mailing a bill to the last day to pay it on time, § 114-55(a)';
COMMENT ON COLUMN mission_rates.schedule.notice_days IS
'Days from the notice of nonpayment to the last day before disconnection, § 114-55(a)';
COMMENT ON COLUMN mission_rates.schedule.included_pipe_feet IS
'Feet of pipe that a water tap includes, § 114-54(c)(1)';
COMMENT ON COLUMN mission_rates.schedule.boring_from_inches IS
'Smallest water line, in inches, that is bored at the fee, § 114-54(c)(1)';
COMMENT ON COLUMN mission_rates.schedule.boring_to_inches IS
'Largest water line, in inches, that is bored at the fee, § 114-54(c)(1)';
COMMENT ON COLUMN mission_rates.schedule.waiver_overcharge IS
'Fraction of the right water charge from which an overcharge waives the meter test fee, § 114-55(b); 0.25: 25 percent';
COMMENT ON COLUMN mission_rates.schedule.fingerprint IS
'What schedule_fingerprint() gave when the schedule was adopted, 64 hexadecimal digits; NULL while a draft; set by adopt_schedule() alone';
COMMENT ON CONSTRAINT schedule_pkey ON mission_rates.schedule IS
'A schedule has one row';
COMMENT ON CONSTRAINT schedule_effective_from_key ON mission_rates.schedule IS
'No two schedules come into force on the same day';
COMMENT ON CONSTRAINT schedule_name_not_blank ON mission_rates.schedule IS
'A name is not empty and does not begin or end with a space';
COMMENT ON CONSTRAINT schedule_adopted_on_range ON mission_rates.schedule IS
'Days from 0001-01-01 to 9999-12-31';
COMMENT ON CONSTRAINT schedule_effective_from_range ON mission_rates.schedule IS
'Days from 0001-01-01 to 9999-12-31';
COMMENT ON CONSTRAINT schedule_sealed_when_effective ON mission_rates.schedule IS
'A schedule has a date and a seal, or, while a draft, neither';
COMMENT ON CONSTRAINT schedule_sealed_rows_range ON mission_rates.schedule IS
'0 or more, below 1,000,000,000';
COMMENT ON CONSTRAINT schedule_fingerprint_when_effective
ON mission_rates.schedule IS
'A schedule has a date and a fingerprint, or, while a draft, neither';
COMMENT ON CONSTRAINT schedule_fingerprint_digits
ON mission_rates.schedule IS
'A fingerprint is 64 lower-case hexadecimal digits';
COMMENT ON CONSTRAINT schedule_volume_step_range ON mission_rates.schedule IS
'At least 1 gallon, below 1,000,000,000';
COMMENT ON CONSTRAINT schedule_due_days_range ON mission_rates.schedule IS
'0 or more, below 1,000,000,000';
COMMENT ON CONSTRAINT schedule_notice_days_range ON mission_rates.schedule IS
'0 or more, below 1,000,000,000';
COMMENT ON CONSTRAINT schedule_boring_range ON mission_rates.schedule IS
'The smallest line is not larger than the largest';

CREATE TABLE mission_rates.class_rule (
	schedule		text NOT NULL,
	class			mission_rates.customer_class NOT NULL,
	label			text NOT NULL,
	rate_group		mission_rates.rate_group,
	service_area	mission_rates.service_area NOT NULL,
	outside_class	mission_rates.customer_class,
	CONSTRAINT class_rule_pkey PRIMARY KEY (schedule, class),
	CONSTRAINT class_rule_schedule_not_empty CHECK (schedule <> ''),
	CONSTRAINT class_rule_label_not_empty CHECK (label <> '')
);

COMMENT ON TABLE mission_rates.class_rule IS
'The customer classes of a schedule and how each is rated, § 114-54(a)';
COMMENT ON COLUMN mission_rates.class_rule.class IS
'Customer class';
COMMENT ON COLUMN mission_rates.class_rule.label IS
'The class in words, as bills print it';
COMMENT ON COLUMN mission_rates.class_rule.rate_group IS
'Table of minimum water charges that the class pays; NULL: none, water for the class cannot be rated';
COMMENT ON COLUMN mission_rates.class_rule.service_area IS
'Where the class is when the caller does not say; a class whose own area is outside is never inside';
COMMENT ON COLUMN mission_rates.class_rule.outside_class IS
'Class whose volume and sewer rates the class pays outside the city; NULL: it may not be outside';
COMMENT ON CONSTRAINT class_rule_pkey ON mission_rates.class_rule IS
'A class has one rule in a schedule';
COMMENT ON CONSTRAINT class_rule_label_not_empty ON mission_rates.class_rule IS
'Every class has a label';

CREATE TABLE mission_rates.water_minimum (
	schedule		text NOT NULL,
	rate_group		mission_rates.rate_group NOT NULL,
	meter_size		mission_rates.meter_size NOT NULL,
	service_area	mission_rates.service_area NOT NULL,
	amount			numeric NOT NULL,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT water_minimum_pkey
		PRIMARY KEY (schedule, rate_group, meter_size, service_area),
	CONSTRAINT water_minimum_schedule_not_empty CHECK (schedule <> '')
);

COMMENT ON TABLE mission_rates.water_minimum IS
'Minimum water charges, § 114-54(c)(2); a size without a row cannot be rated';
COMMENT ON COLUMN mission_rates.water_minimum.rate_group IS
'Table of minimum charges';
COMMENT ON COLUMN mission_rates.water_minimum.meter_size IS
'Size of the meter';
COMMENT ON COLUMN mission_rates.water_minimum.service_area IS
'Column of the table: inside or outside the city';
COMMENT ON COLUMN mission_rates.water_minimum.amount IS
'Dollars a month';
COMMENT ON CONSTRAINT water_minimum_pkey ON mission_rates.water_minimum IS
'A size has one minimum charge in each group and area of a schedule';

CREATE TABLE mission_rates.water_volume (
	schedule		text NOT NULL,
	class			mission_rates.customer_class NOT NULL,
	above_gallons	bigint NOT NULL,
	rate_per_1000	numeric NOT NULL,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT water_volume_pkey PRIMARY KEY (schedule, class, above_gallons),
	CONSTRAINT water_volume_schedule_not_empty CHECK (schedule <> ''),
	CONSTRAINT water_volume_above_gallons_range
		CHECK (above_gallons >= 0 AND above_gallons <= 1000000000000)
);

COMMENT ON TABLE mission_rates.water_volume IS
'Blocks of water by volume, § 114-54(c)(2): any number for each class; gallons below the first block are included in the minimum charge';
COMMENT ON COLUMN mission_rates.water_volume.class IS
'Customer class';
COMMENT ON COLUMN mission_rates.water_volume.above_gallons IS
'Gallons above this number, up to the next row of the class, are charged at this rate';
COMMENT ON COLUMN mission_rates.water_volume.rate_per_1000 IS
'Dollars per 1,000 gallons';
COMMENT ON CONSTRAINT water_volume_pkey ON mission_rates.water_volume IS
'Blocks of a class start at different gallons';
COMMENT ON CONSTRAINT water_volume_above_gallons_range ON mission_rates.water_volume IS
'0 to 1,000,000,000,000 gallons';

CREATE TABLE mission_rates.sewer_rate (
	schedule		text NOT NULL,
	class			mission_rates.customer_class NOT NULL,
	fixed			numeric NOT NULL,
	rate_per_1000	numeric,
	factor			numeric,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT sewer_rate_pkey PRIMARY KEY (schedule, class),
	CONSTRAINT sewer_rate_schedule_not_empty CHECK (schedule <> ''),
	CONSTRAINT sewer_rate_flat
		CHECK (rate_per_1000 IS NULL OR factor IS NOT NULL)
);

COMMENT ON TABLE mission_rates.sewer_rate IS
'Sewer rates by class, § 114-54(b)(2)a';
COMMENT ON COLUMN mission_rates.sewer_rate.class IS
'Customer class';
COMMENT ON COLUMN mission_rates.sewer_rate.fixed IS
'Dollars a month for each sewer connection';
COMMENT ON COLUMN mission_rates.sewer_rate.rate_per_1000 IS
'Dollars per 1,000 gallons; NULL: by the blocks of sewer_volume, or, where factor is NULL too, only the fixed rate is charged, at any volume';
COMMENT ON COLUMN mission_rates.sewer_rate.factor IS
'Multiplication factor of the water consumption; NULL: only the fixed rate is charged, at any volume';
COMMENT ON CONSTRAINT sewer_rate_pkey ON mission_rates.sewer_rate IS
'A class has one sewer rate in a schedule';
COMMENT ON CONSTRAINT sewer_rate_flat ON mission_rates.sewer_rate IS
'A rate by volume has a factor; a flat rate has neither';

CREATE TABLE mission_rates.sewer_volume (
	schedule		text NOT NULL,
	class			mission_rates.customer_class NOT NULL,
	above_gallons	bigint NOT NULL,
	rate_per_1000	numeric NOT NULL,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT sewer_volume_pkey PRIMARY KEY (schedule, class, above_gallons),
	CONSTRAINT sewer_volume_schedule_not_empty CHECK (schedule <> ''),
	CONSTRAINT sewer_volume_above_gallons_range
		CHECK (above_gallons >= 0 AND above_gallons <= 1000000000000)
);

COMMENT ON TABLE mission_rates.sewer_volume IS
'Blocks of sewer by volume, for classes whose sewer_rate has a factor and no rate of its own; Ordinance 5244 has none; gallons below the first block are included in the fixed rate';
COMMENT ON COLUMN mission_rates.sewer_volume.class IS
'Customer class';
COMMENT ON COLUMN mission_rates.sewer_volume.above_gallons IS
'Gallons (times the factor) above this many, up to the next row of the class, are charged at the rate';
COMMENT ON COLUMN mission_rates.sewer_volume.rate_per_1000 IS
'Dollars per 1,000 gallons; 0 in the last block: a cap';
COMMENT ON CONSTRAINT sewer_volume_pkey ON mission_rates.sewer_volume IS
'Blocks of a class start at different gallons';
COMMENT ON CONSTRAINT sewer_volume_above_gallons_range
ON mission_rates.sewer_volume IS
'0 to 1,000,000,000,000 gallons';

-- The codes that a fee may not have belong to lines of bills and quotes that are
-- rated by the other tables, or that are not fees.
CREATE TABLE mission_rates.fee (
	schedule	text NOT NULL,
	code		text NOT NULL,
	amount		numeric NOT NULL,
	unit		text NOT NULL,
	label		text NOT NULL,
	section		text NOT NULL DEFAULT '',
	CONSTRAINT fee_pkey PRIMARY KEY (schedule, code),
	CONSTRAINT fee_schedule_not_empty CHECK (schedule <> ''),
	CONSTRAINT fee_code_not_blank CHECK (code <> '' AND code = btrim(code)),
	CONSTRAINT fee_unit_not_empty CHECK (unit <> ''),
	CONSTRAINT fee_label_not_empty CHECK (label <> ''),
	CONSTRAINT fee_code_not_reserved
		CHECK (NOT _mission_rates.reserved_code(code, true))
);

COMMENT ON TABLE mission_rates.fee IS
'Fees by code; a city may add its own codes to its own schedules and rate them with fee()';
COMMENT ON COLUMN mission_rates.fee.code IS
'Stable code of the fee, as bill lines show it';
COMMENT ON COLUMN mission_rates.fee.amount IS
'Dollars per unit; of late_fee the fraction of the unpaid bill';
COMMENT ON COLUMN mission_rates.fee.unit IS
'What the amount is per; a fee per each or month has no fractions';
COMMENT ON COLUMN mission_rates.fee.label IS
'The fee in words, as bills print it';
COMMENT ON CONSTRAINT fee_pkey ON mission_rates.fee IS
'A code has one fee in a schedule';
COMMENT ON CONSTRAINT fee_code_not_blank ON mission_rates.fee IS
'A code is not empty and does not begin or end with a space';
COMMENT ON CONSTRAINT fee_unit_not_empty ON mission_rates.fee IS
'Every fee has a unit';
COMMENT ON CONSTRAINT fee_label_not_empty ON mission_rates.fee IS
'Every fee has a label';
COMMENT ON CONSTRAINT fee_code_not_reserved ON mission_rates.fee IS
'A fee does not have the code of a charge that is rated by another table';

CREATE TABLE mission_rates.service_charge (
	schedule		text NOT NULL,
	code			text NOT NULL,
	class			mission_rates.customer_class NOT NULL,
	amount			numeric NOT NULL,
	unit			text NOT NULL,
	above_gallons	bigint NOT NULL DEFAULT 0,
	base_charges		text[],
	every_bill		boolean NOT NULL DEFAULT false,
	label			text NOT NULL,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT service_charge_pkey PRIMARY KEY (schedule, code, class),
	CONSTRAINT service_charge_schedule_not_empty CHECK (schedule <> ''),
	CONSTRAINT service_charge_code_not_blank
		CHECK (code <> '' AND code = btrim(code)),
	CONSTRAINT service_charge_code_not_reserved
		CHECK (NOT _mission_rates.reserved_code(code, false)),
	CONSTRAINT service_charge_amount_range
		CHECK (_mission_rates.check_rate(amount, 'service_charge', 'amount',
										 true, CASE unit WHEN 'dollar' THEN 6
													ELSE 4 END)),
	CONSTRAINT service_charge_unit_known
		CHECK (_mission_rates.check_unit(unit)),
	CONSTRAINT service_charge_above_gallons_range
		CHECK (above_gallons >= 0 AND above_gallons <= 1000000000000),
	CONSTRAINT service_charge_above_gallons_of_volume
		CHECK (above_gallons = 0 OR unit = '1,000 gallons'),
	CONSTRAINT service_charge_base_charges_per_dollar
		CHECK ((base_charges IS NOT NULL) = (unit = 'dollar')),
	CONSTRAINT service_charge_base_charges_monthly
		CHECK (_mission_rates.monthly_codes(base_charges)),
	CONSTRAINT service_charge_base_charges_others CHECK (code <> ALL (base_charges)),
	CONSTRAINT service_charge_label_not_empty CHECK (label <> '')
);

COMMENT ON TABLE mission_rates.service_charge IS
'What else is on the monthly bill of a class: garbage, § 114-61, drainage, a surcharge, a credit, a tax; Ordinance 5244 has no row, a city''s own schedule has';
COMMENT ON COLUMN mission_rates.service_charge.code IS
'Stable code of the charge, as bill lines name it and as the argument services asks for it';
COMMENT ON COLUMN mission_rates.service_charge.class IS
'Customer class whose rates apply; outside the city that is the outside class';
COMMENT ON COLUMN mission_rates.service_charge.amount IS
'Dollars per unit; negative: a credit';
COMMENT ON COLUMN mission_rates.service_charge.unit IS
'month, each, 1,000 gallons of water, or dollar of other charges';
COMMENT ON COLUMN mission_rates.service_charge.above_gallons IS
'Of a charge per 1,000 gallons: only the gallons of water above this many are charged';
COMMENT ON COLUMN mission_rates.service_charge.base_charges IS
'Of a charge per dollar: codes of the monthly charges and service charges that it is a part of; else NULL';
COMMENT ON COLUMN mission_rates.service_charge.every_bill IS
'True: on every bill of the class, except where services says 0; false: where services asks for it';
COMMENT ON COLUMN mission_rates.service_charge.label IS
'The charge in words, as bills print it';
COMMENT ON CONSTRAINT service_charge_pkey ON mission_rates.service_charge IS
'A code has one charge for each class of a schedule';
COMMENT ON CONSTRAINT service_charge_code_not_blank
ON mission_rates.service_charge IS
'A code is not empty and does not begin or end with a space';
COMMENT ON CONSTRAINT service_charge_code_not_reserved
ON mission_rates.service_charge IS
'A service charge does not have the code of another charge, or of a fee that the functions need';
COMMENT ON CONSTRAINT service_charge_amount_range
ON mission_rates.service_charge IS
'Between -1,000,000,000 and 1,000,000,000, at most four decimals, six per dollar';
COMMENT ON CONSTRAINT service_charge_unit_known
ON mission_rates.service_charge IS
'The unit is month, each, 1,000 gallons or dollar';
COMMENT ON CONSTRAINT service_charge_above_gallons_range
ON mission_rates.service_charge IS
'0 to 1,000,000,000,000 gallons';
COMMENT ON CONSTRAINT service_charge_above_gallons_of_volume
ON mission_rates.service_charge IS
'Only a charge per 1,000 gallons begins above some gallons';
COMMENT ON CONSTRAINT service_charge_base_charges_per_dollar
ON mission_rates.service_charge IS
'A charge per dollar names what it is a part of, and no other does';
COMMENT ON CONSTRAINT service_charge_base_charges_monthly
ON mission_rates.service_charge IS
'base_charges is a list of monthly charges and service charges: of one dimension from subscript 1, not empty, no code twice, none NULL or blank';
COMMENT ON CONSTRAINT service_charge_base_charges_others
ON mission_rates.service_charge IS
'A charge is not a part of itself';
COMMENT ON CONSTRAINT service_charge_label_not_empty
ON mission_rates.service_charge IS
'Every service charge has a label';

CREATE TABLE mission_rates.deposit (
	schedule			text NOT NULL,
	category			mission_rates.deposit_category NOT NULL,
	above_square_feet	numeric NOT NULL DEFAULT 0,
	deposit				numeric NOT NULL,
	service_fee			numeric NOT NULL,
	section				text NOT NULL DEFAULT '',
	CONSTRAINT deposit_pkey PRIMARY KEY (schedule, category, above_square_feet),
	CONSTRAINT deposit_schedule_not_empty CHECK (schedule <> '')
);

COMMENT ON TABLE mission_rates.deposit IS
'Deposits and their service fees, § 114-52(a)';
COMMENT ON COLUMN mission_rates.deposit.category IS
'Who makes the deposit';
COMMENT ON COLUMN mission_rates.deposit.above_square_feet IS
'Buildings above this many square feet, up to the next row of the category; the lowest step covers 0 too';
COMMENT ON COLUMN mission_rates.deposit.deposit IS
'Dollars that are held, without interest';
COMMENT ON COLUMN mission_rates.deposit.service_fee IS
'Dollars that are charged on top of the deposit';
COMMENT ON CONSTRAINT deposit_pkey ON mission_rates.deposit IS
'Steps of a category start at different sizes';

CREATE TABLE mission_rates.water_tap (
	schedule		text NOT NULL,
	meter_size		mission_rates.meter_size NOT NULL,
	compound		boolean NOT NULL DEFAULT false,
	service_area	mission_rates.service_area NOT NULL,
	amount			numeric,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT water_tap_pkey
		PRIMARY KEY (schedule, meter_size, compound, service_area),
	CONSTRAINT water_tap_schedule_not_empty CHECK (schedule <> '')
);

COMMENT ON TABLE mission_rates.water_tap IS
'Water connections (taps), § 114-54(c)(1); a size without a row cannot be rated';
COMMENT ON COLUMN mission_rates.water_tap.meter_size IS
'Size of the meter';
COMMENT ON COLUMN mission_rates.water_tap.compound IS
'Whether the meter is a compound meter';
COMMENT ON COLUMN mission_rates.water_tap.service_area IS
'Column of the table: inside or outside the city';
COMMENT ON COLUMN mission_rates.water_tap.amount IS
'Dollars for a tap; NULL: at market price, the price of the contract is passed';
COMMENT ON CONSTRAINT water_tap_pkey ON mission_rates.water_tap IS
'A size has one price in each area of a schedule, and one as a compound meter';

CREATE TABLE mission_rates.sewer_permit (
	schedule	text NOT NULL,
	line_inches	numeric NOT NULL,
	larger_than	boolean NOT NULL DEFAULT false,
	amount		numeric,
	section		text NOT NULL DEFAULT '',
	CONSTRAINT sewer_permit_pkey
		PRIMARY KEY (schedule, line_inches, larger_than),
	CONSTRAINT sewer_permit_schedule_not_empty CHECK (schedule <> '')
);

COMMENT ON TABLE mission_rates.sewer_permit IS
'Sewer connection permits, § 114-54(b)(1)';
COMMENT ON COLUMN mission_rates.sewer_permit.line_inches IS
'Size of the connecting line in inches';
COMMENT ON COLUMN mission_rates.sewer_permit.larger_than IS
'False: lines of exactly this size; true: all lines larger than it that have no row of their own';
COMMENT ON COLUMN mission_rates.sewer_permit.amount IS
'Dollars for a permit; NULL: as determined by the city, the fee is passed';
COMMENT ON CONSTRAINT sewer_permit_pkey ON mission_rates.sewer_permit IS
'A size of line has one fee in a schedule, and larger lines have one';

-- The tables above as the library expects them (src/tables/descriptor.h), in the order
-- in which the ordinance prints them.  What holds for each of them alike is done
-- by a loop over this list.
CREATE FUNCTION _mission_rates.rate_tables(
	OUT table_order integer,
	OUT rate_table text,
	OUT columns text[])
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'rate_tables'
	LANGUAGE C STABLE PARALLEL SAFE ROWS 11;

COMMENT ON FUNCTION _mission_rates.rate_tables IS
'Internal: the rate tables in the order of the ordinance, with their columns';

-- The range of every number
DO $$
DECLARE
	rate record;
BEGIN
	FOR rate IN
		SELECT t.rate_table, a.attname AS name,
			   t.rate_table || '_' || a.attname || '_range' AS range
		FROM _mission_rates.rate_tables() AS t
		JOIN pg_attribute AS a
			ON a.attrelid = format('mission_rates.%I', t.rate_table)::regclass
			AND a.attnum > 0 AND a.atttypid = 'numeric'::regtype
		WHERE NOT EXISTS (
			SELECT FROM pg_constraint AS c
			WHERE c.conrelid = a.attrelid
			AND c.conname = t.rate_table || '_' || a.attname || '_range')
		ORDER BY t.table_order, a.attnum
	LOOP
		EXECUTE format($constraint$
			ALTER TABLE mission_rates.%1$I ADD CONSTRAINT %2$I
				CHECK (_mission_rates.check_rate(%3$I, %1$L, %3$L, false, 4));
			COMMENT ON CONSTRAINT %2$I ON mission_rates.%1$I IS
			'0 or more, below 1,000,000,000, at most four decimals'
			$constraint$, rate.rate_table, rate.range, rate.name);
	END LOOP;
END
$$;

-- Comments on what all tables of rate rows have in common
DO $$
DECLARE
	rate_table text;
BEGIN
	FOR rate_table IN SELECT t.rate_table FROM _mission_rates.rate_tables() AS t
		WHERE t.rate_table <> 'schedule'
	LOOP
		EXECUTE format($comment$
			COMMENT ON COLUMN mission_rates.%1$I.schedule IS
			'Schedule that the row belongs to';
			COMMENT ON CONSTRAINT %2$I ON mission_rates.%1$I IS
			'Every row names its schedule'
			$comment$, rate_table, rate_table || '_schedule_not_empty');
	END LOOP;
	FOR rate_table IN SELECT t.rate_table FROM _mission_rates.rate_tables() AS t
		WHERE 'section' = ANY (t.columns)
	LOOP
		EXECUTE format($comment$
			COMMENT ON COLUMN mission_rates.%I.section IS
			'Section of the ordinance; bills and quotes print it, the rate sheet is ordered by it'
			$comment$, rate_table);
	END LOOP;
END
$$;

-- Schedules that a city adds are its own: they are dumped and restored.  The
-- shipped one comes from this script.
DO $$
DECLARE
	rate_table text;
BEGIN
	FOR rate_table IN SELECT t.rate_table FROM _mission_rates.rate_tables() AS t
		ORDER BY t.table_order
	LOOP
		PERFORM pg_extension_config_dump(
					format('mission_rates.%I', rate_table)::regclass,
					'WHERE schedule <> ''Ordinance 5244''');
	END LOOP;
END
$$;
