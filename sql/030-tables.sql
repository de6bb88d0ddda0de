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
	CONSTRAINT schedule_sealed_when_effective
		CHECK ((effective_from IS NULL) = (sealed_rows IS NULL)),
	CONSTRAINT schedule_fingerprint_when_effective
		CHECK ((effective_from IS NULL) = (fingerprint IS NULL)),
	CONSTRAINT schedule_fingerprint_digits
		CHECK (fingerprint COLLATE "C" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT schedule_volume_step_range
		CHECK (volume_step >= 1 AND volume_step < 1000000000),
	CONSTRAINT schedule_boring_range
		CHECK (boring_from_inches <= boring_to_inches)
);
COMMENT ON TABLE mission_rates.schedule IS
'Rate schedules: one row for each ordinance, adopted or still a draft, with the terms that have no rate table of their own';
SELECT _mission_rates.run(
	format('COMMENT ON COLUMN mission_rates.schedule.%I IS %L', c.name, c.words))
FROM (VALUES
	('schedule', 'Name of the schedule, as the ordinance is called'),
	('title', 'Subject of the ordinance'),
	('adopted_on', 'Day on which the ordinance was passed; NULL: not yet'),
	('adopted_by', 'Who passed the ordinance'),
	('effective_from', 'First day on which the schedule is in force, until the next one starts; NULL in a draft'),
	('sealed_rows', 'Number of rate rows that the schedule was adopted with; NULL in a draft'),
	('volume_step', 'Gallons: water consumption is rounded down to a multiple of this step before it is rated; 1: rated to the gallon'),
	('due_days', 'Days from mailing a bill to the last day to pay it on time, Sec. 114-55(a)'),
	('notice_days', 'Days from the notice of nonpayment to the last day before disconnection, Sec. 114-55(a)'),
	('included_pipe_feet', 'Feet of pipe that a water tap includes, Sec. 114-54(c)(1)'),
	('boring_from_inches', 'Smallest water line, in inches, that is bored at the fee, Sec. 114-54(c)(1)'),
	('boring_to_inches', 'Largest water line, in inches, that is bored at the fee, Sec. 114-54(c)(1)'),
	('waiver_overcharge', 'Fraction of the right water charge from which an overcharge waives the meter test fee, Sec. 114-55(b); 0.25: 25 percent'),
	('fingerprint', 'Fingerprint that the schedule was adopted with; NULL in a draft')
) AS c (name, words);

CREATE TABLE mission_rates.class_rule (
	schedule		text NOT NULL,
	class			mission_rates.customer_class NOT NULL,
	label			text NOT NULL,
	rate_group		mission_rates.rate_group,
	service_area	mission_rates.service_area NOT NULL,
	outside_class	mission_rates.customer_class,
	CONSTRAINT class_rule_pkey PRIMARY KEY (schedule, class)
);
COMMENT ON TABLE mission_rates.class_rule IS
'Customer classes and how each is rated, Sec. 114-54(a)';
COMMENT ON COLUMN mission_rates.class_rule.rate_group IS
'Table of minimum water charges that the class pays; NULL: none, its water cannot be rated';
COMMENT ON COLUMN mission_rates.class_rule.service_area IS
'Place of the class when the caller does not say; a class whose own area is outside is never inside';
COMMENT ON COLUMN mission_rates.class_rule.outside_class IS
'Class whose volume and sewer rates the class pays outside the city; NULL: it cannot be outside';

CREATE TABLE mission_rates.water_minimum (
	schedule		text NOT NULL,
	rate_group		mission_rates.rate_group NOT NULL,
	meter_size		mission_rates.meter_size NOT NULL,
	service_area	mission_rates.service_area NOT NULL,
	amount			numeric NOT NULL,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT water_minimum_pkey
		PRIMARY KEY (schedule, rate_group, meter_size, service_area)
);
COMMENT ON TABLE mission_rates.water_minimum IS
'Minimum water charges, Sec. 114-54(c)(2); a size without a row cannot be rated';
COMMENT ON COLUMN mission_rates.water_minimum.rate_group IS
'Table of minimum charges';
COMMENT ON COLUMN mission_rates.water_minimum.amount IS
'Dollars a month';

CREATE TABLE mission_rates.water_volume (
	schedule		text NOT NULL,
	class			mission_rates.customer_class NOT NULL,
	above_gallons	bigint NOT NULL,
	rate_per_1000	numeric NOT NULL,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT water_volume_pkey PRIMARY KEY (schedule, class, above_gallons)
);
COMMENT ON TABLE mission_rates.water_volume IS
'Blocks of water by volume, Sec. 114-54(c)(2): any number for each class; gallons below the first block are included in the minimum charge';
COMMENT ON COLUMN mission_rates.water_volume.above_gallons IS
'Gallons above which the rate applies, up to the next row of the class';

CREATE TABLE mission_rates.sewer_rate (
	schedule		text NOT NULL,
	class			mission_rates.customer_class NOT NULL,
	fixed			numeric NOT NULL,
	rate_per_1000	numeric,
	factor			numeric,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT sewer_rate_pkey PRIMARY KEY (schedule, class),
	CONSTRAINT sewer_rate_flat
		CHECK (rate_per_1000 IS NULL OR factor IS NOT NULL)
);
COMMENT ON TABLE mission_rates.sewer_rate IS
'Sewer rates by class, Sec. 114-54(b)(2)a';
COMMENT ON COLUMN mission_rates.sewer_rate.fixed IS
'Dollars a month for each sewer connection';
COMMENT ON COLUMN mission_rates.sewer_rate.rate_per_1000 IS
'Dollars per 1,000 gallons; NULL: by the blocks of sewer_volume, or, where factor is NULL too, the fixed rate alone';
COMMENT ON COLUMN mission_rates.sewer_rate.factor IS
'Multiplication factor of the water consumption; NULL: the fixed rate alone, at any volume';

CREATE TABLE mission_rates.sewer_volume (
	schedule		text NOT NULL,
	class			mission_rates.customer_class NOT NULL,
	above_gallons	bigint NOT NULL,
	rate_per_1000	numeric NOT NULL,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT sewer_volume_pkey PRIMARY KEY (schedule, class, above_gallons)
);
COMMENT ON TABLE mission_rates.sewer_volume IS
'Blocks of sewer by volume, for classes whose sewer_rate has a factor and no rate of its own; gallons below the first block are included in the fixed rate';
COMMENT ON COLUMN mission_rates.sewer_volume.above_gallons IS
'Gallons, times the factor, above which the rate applies, up to the next row of the class';
COMMENT ON COLUMN mission_rates.sewer_volume.rate_per_1000 IS
'Dollars per 1,000 gallons; 0 in the last block: a cap';

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
	CONSTRAINT fee_unit_not_empty CHECK (unit <> ''),
	CONSTRAINT fee_code_not_reserved
		CHECK (NOT _mission_rates.reserved_code(code, true))
);
COMMENT ON TABLE mission_rates.fee IS
'Fees by code, those of the ordinance and those that a city adds';
COMMENT ON COLUMN mission_rates.fee.code IS
'Stable code of the fee, as bill lines show it';
COMMENT ON COLUMN mission_rates.fee.amount IS
'Dollars per unit; of late_fee the fraction of the unpaid bill';
COMMENT ON COLUMN mission_rates.fee.unit IS
'Unit of the amount; a fee per each or month has no fractions';

CREATE TABLE mission_rates.service_charge (
	schedule		text NOT NULL,
	code			text NOT NULL,
	class			mission_rates.customer_class NOT NULL,
	amount			numeric NOT NULL,
	unit			text NOT NULL,
	above_gallons	bigint NOT NULL DEFAULT 0,
	base_charges	text[],
	every_bill		boolean NOT NULL DEFAULT false,
	label			text NOT NULL,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT service_charge_pkey PRIMARY KEY (schedule, code, class),
	CONSTRAINT service_charge_code_not_reserved
		CHECK (NOT _mission_rates.reserved_code(code, false)),
	CONSTRAINT service_charge_amount_range
		CHECK (_mission_rates.check_rate(amount, 'service_charge', 'amount',
										 true, CASE unit WHEN 'dollar' THEN 6
													ELSE 4 END)),
	CONSTRAINT service_charge_unit_known
		CHECK (_mission_rates.check_unit(unit)),
	CONSTRAINT service_charge_above_gallons_of_volume
		CHECK (above_gallons = 0 OR unit = '1,000 gallons'),
	CONSTRAINT service_charge_base_charges_per_dollar
		CHECK ((base_charges IS NOT NULL) = (unit = 'dollar')),
	CONSTRAINT service_charge_base_charges_monthly
		CHECK (_mission_rates.monthly_codes(base_charges)),
	CONSTRAINT service_charge_base_charges_others CHECK (code <> ALL (base_charges))
);
COMMENT ON TABLE mission_rates.service_charge IS
'Other charges on the monthly bill of a class: garbage, Sec. 114-61, drainage, a surcharge, a credit, a tax; none in Ordinance 5244';
SELECT _mission_rates.run(
	format('COMMENT ON COLUMN mission_rates.service_charge.%I IS %L', c.name, c.words))
FROM (VALUES
	('code', 'Stable code of the charge, as bill lines and the argument services name it'),
	('class', 'Customer class whose rates apply; outside the city the outside class'),
	('amount', 'Dollars per unit; negative: a credit'),
	('unit', 'month, each, 1,000 gallons of water, or dollar of other charges'),
	('above_gallons', 'Gallons of water above which a charge per 1,000 gallons applies'),
	('base_charges', 'Codes of the monthly and service charges that a charge per dollar is a part of; else NULL'),
	('every_bill', 'True: on every bill of the class, except where services says 0; false: where services asks for it')
) AS c (name, words);

CREATE TABLE mission_rates.deposit (
	schedule			text NOT NULL,
	category			mission_rates.deposit_category NOT NULL,
	above_square_feet	numeric NOT NULL DEFAULT 0,
	deposit				numeric NOT NULL,
	service_fee			numeric NOT NULL,
	section				text NOT NULL DEFAULT '',
	CONSTRAINT deposit_pkey PRIMARY KEY (schedule, category, above_square_feet)
);
COMMENT ON TABLE mission_rates.deposit IS
'Deposits and their service fees, Sec. 114-52(a)';
COMMENT ON COLUMN mission_rates.deposit.category IS
'Who makes the deposit';
COMMENT ON COLUMN mission_rates.deposit.above_square_feet IS
'Square feet of the building above which the row applies, up to the next row of the category; the lowest step covers 0 too';
COMMENT ON COLUMN mission_rates.deposit.deposit IS
'Dollars that are held, without interest';
COMMENT ON COLUMN mission_rates.deposit.service_fee IS
'Dollars on top of the deposit';

CREATE TABLE mission_rates.water_tap (
	schedule		text NOT NULL,
	meter_size		mission_rates.meter_size NOT NULL,
	compound		boolean NOT NULL DEFAULT false,
	service_area	mission_rates.service_area NOT NULL,
	amount			numeric,
	section			text NOT NULL DEFAULT '',
	CONSTRAINT water_tap_pkey
		PRIMARY KEY (schedule, meter_size, compound, service_area)
);
COMMENT ON TABLE mission_rates.water_tap IS
'Water connections (taps), Sec. 114-54(c)(1); a size without a row cannot be rated';
COMMENT ON COLUMN mission_rates.water_tap.compound IS
'Whether the meter is a compound meter';
COMMENT ON COLUMN mission_rates.water_tap.amount IS
'Dollars; NULL: at market price, the price of the contract is passed';

CREATE TABLE mission_rates.sewer_permit (
	schedule	text NOT NULL,
	line_inches	numeric NOT NULL,
	larger_than	boolean NOT NULL DEFAULT false,
	amount		numeric,
	section		text NOT NULL DEFAULT '',
	CONSTRAINT sewer_permit_pkey
		PRIMARY KEY (schedule, line_inches, larger_than)
);
COMMENT ON TABLE mission_rates.sewer_permit IS
'Sewer connection permits, Sec. 114-54(b)(1)';
COMMENT ON COLUMN mission_rates.sewer_permit.line_inches IS
'Size of the connecting line in inches';
COMMENT ON COLUMN mission_rates.sewer_permit.larger_than IS
'False: lines of exactly this size; true: all lines larger than it that have no row of their own';
COMMENT ON COLUMN mission_rates.sewer_permit.amount IS
'Dollars; NULL: as determined by the city, the fee is passed';

-- The tables above as the library expects them (src/tables/descriptor.h), in the order
-- in which the ordinance prints them.  What holds for each of them alike is done
-- by queries over this list.
CREATE FUNCTION _mission_rates.rate_tables(
	OUT table_order integer,
	OUT rate_table text,
	OUT columns text[])
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'rate_tables'
	LANGUAGE C STABLE PARALLEL SAFE ROWS 11;
COMMENT ON FUNCTION _mission_rates.rate_tables IS
'Rate tables in the order of the ordinance, with their columns';

-- The CHECKs of the columns of one name or type, unless a table has its own
SELECT _mission_rates.run(
	format('ALTER TABLE mission_rates.%1$I ADD CONSTRAINT %2$I CHECK (%3$s);'
		   'COMMENT ON CONSTRAINT %2$I ON mission_rates.%1$I IS %4$L',
		   t.rate_table, n.name, format(c.condition, a.attname, t.rate_table), c.words))
FROM _mission_rates.rate_tables() AS t
JOIN pg_attribute AS a
	ON a.attrelid = format('mission_rates.%I', t.rate_table)::regclass
	AND a.attnum > 0
JOIN (VALUES
	('schedule', 'not_empty', '%1$I <> ''''', 'Schedule of every row'),
	('label', 'not_empty', '%1$I <> ''''', 'Label of every row'),
	('code', 'not_blank', '%1$I <> '''' AND %1$I = btrim(%1$I)',
	 'Not empty, no space at either end'),
	('date', 'range', '%1$I BETWEEN ''0001-01-01'' AND ''9999-12-31''',
	 '0001-01-01 to 9999-12-31'),
	('integer', 'range', '%1$I >= 0 AND %1$I < 1000000000',
	 '0 or more, below 1,000,000,000'),
	('bigint', 'range', '%1$I BETWEEN 0 AND 1000000000000',
	 '0 to 1,000,000,000,000'),
	('numeric', 'range', '_mission_rates.check_rate(%1$I, %2$L, %1$L, false, 4)',
	 '0 or more, below 1,000,000,000, at most four decimals')
) AS c (column_or_type, ending, condition, words)
	ON c.column_or_type IN (a.attname, a.atttypid::regtype::text)
CROSS JOIN LATERAL format('%s_%s_%s', t.rate_table, a.attname, c.ending) AS n (name)
WHERE NOT EXISTS (SELECT FROM pg_constraint AS k
				  WHERE k.conrelid = a.attrelid AND k.conname = n.name)
AND (t.rate_table <> 'schedule' OR c.column_or_type <> 'schedule');

-- Comments on the columns that several tables have, where one has none of its
-- own, and on the constraints
SELECT _mission_rates.run(format('COMMENT ON COLUMN mission_rates.%I.%I IS %L',
								 t.rate_table, c.name, c.words))
FROM _mission_rates.rate_tables() AS t
JOIN (VALUES
	('schedule', 'Schedule that the row belongs to'),
	('class', 'Customer class'),
	('meter_size', 'Size of the meter in inches'),
	('service_area', 'Inside or outside the city'),
	('rate_per_1000', 'Dollars per 1,000 gallons'),
	('label', 'Name in words, as bills print it'),
	('section', 'Section of the ordinance that sets the rate, as bills print it')
) AS c (name, words) ON c.name = ANY (t.columns)
WHERE col_description(format('mission_rates.%I', t.rate_table)::regclass,
					  array_position(t.columns, c.name)) IS NULL;

SELECT _mission_rates.run(format('COMMENT ON CONSTRAINT %I ON %s IS %L', k.conname,
								 k.conrelid::regclass, c.words))
FROM pg_constraint AS k
JOIN (VALUES
	('_pkey', 'Key'),
	('schedule_effective_from_key', 'One schedule for each first day'),
	('fee_unit_not_empty', 'Unit of every fee'),
	('_name_not_blank', 'Not empty, no space at either end'),
	('_not_reserved', 'No code of a charge that is rated elsewhere'),
	('_sealed_when_effective', 'Both date and seal, or neither in a draft'),
	('_fingerprint_when_effective', 'Both date and fingerprint, or neither in a draft'),
	('_fingerprint_digits', '64 lower-case hexadecimal digits'),
	('_step_range', '1 or more, below 1,000,000,000'),
	('_boring_range', 'Smallest line not larger than the largest'),
	('sewer_rate_flat', 'No rate by volume without a factor'),
	('service_charge_amount_range', 'Between -1,000,000,000 and 1,000,000,000, at most four decimals, six per dollar'),
	('_unit_known', 'month, each, 1,000 gallons or dollar'),
	('_above_gallons_of_volume', 'Gallons for a charge per 1,000 gallons alone'),
	('_base_charges_per_dollar', 'Base charges for a charge per dollar, and for no other'),
	('_base_charges_monthly', 'Codes of monthly and service charges, each once'),
	('_base_charges_others', 'Not the charge itself')
) AS c (ending, words) ON right(k.conname, length(c.ending)) = c.ending
WHERE k.connamespace = 'mission_rates'::regnamespace;

-- Schedules that a city adds are its own: they are dumped and restored.  The
-- shipped one comes from this script.
SELECT _mission_rates.run(
	format('SELECT pg_extension_config_dump(''mission_rates.%I'', %L)',
		   t.rate_table, 'WHERE schedule <> ''Ordinance 5244'''))
FROM _mission_rates.rate_tables() AS t;
