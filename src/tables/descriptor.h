/*
 * descriptor.h
 *	  The rate tables as this version of the extension expects them: their
 *	  names and columns, in one place.
 *
 * Whatever walks over the tables takes them from here: attribute numbers, the
 * check when the tables are looked up, the columns that a draft copies, the
 * rows that a seal counts, and, through _mission_rates.rate_tables(), the
 * queries of the install script.
 *
 * A new column is one line in a list below; a new table is a list, and a line
 * in RATE_TABLES.
 */
#ifndef MISSION_RATES_DESCRIPTOR_H
#define MISSION_RATES_DESCRIPTOR_H

#include "postgres.h"

#include "rating/rates.h"

#include "access/tupdesc.h"

/* The rate tables, in the order in which the ordinance prints them */
#define RATE_TABLES(TABLE) \
	TABLE(SCHEDULE, schedule) \
	TABLE(CLASS_RULE, class_rule) \
	TABLE(DEPOSIT, deposit) \
	TABLE(SEWER_PERMIT, sewer_permit) \
	TABLE(SEWER_RATE, sewer_rate) \
	TABLE(SEWER_VOLUME, sewer_volume) \
	TABLE(WATER_TAP, water_tap) \
	TABLE(WATER_MINIMUM, water_minimum) \
	TABLE(WATER_VOLUME, water_volume) \
	TABLE(FEE, fee) \
	TABLE(SERVICE_CHARGE, service_charge)

/* Others whose columns are described here */
#define OTHER_ROWS(TABLE) \
	TABLE(BILL_LINE, bill_line) \
	TABLE(ACCOUNT_SUMS, account_sums) \
	TABLE(ADDED_LABEL, added_label)

#define TABLE_NUMBER(upper, lower)	TABLE_##upper,

typedef enum RateTable
{
	RATE_TABLES(TABLE_NUMBER)
	NUM_RATE_TABLES
} RateTable;

/* The tables of rate rows are all but the first. */
#define FIRST_RATE_ROW_TABLE	(TABLE_SCHEDULE + 1)

/* What a column holds: one of the enum types, or one of these */
typedef enum ColumnType
{
	OF_CLASS = TYPE_CLASS,
	OF_SIZE = TYPE_SIZE,
	OF_AREA = TYPE_AREA,
	OF_GROUP = TYPE_GROUP,
	OF_CATEGORY = TYPE_CATEGORY,
	OF_RATE = NUM_RATE_TYPES,	/* a number with the CHECK of a rate */
	OF_TEXT,
	OF_TEXT_ARRAY,
	OF_BOOLEAN,
	OF_INTEGER,
	OF_BIGINT,
	OF_NUMERIC,
	OF_DATE,
	NUM_COLUMN_TYPES
} ColumnType;

typedef struct RateColumn
{
	const char *name;
	ColumnType	type;
	bool		not_null;
} RateColumn;

typedef struct RateTableColumns
{
	const char *name;			/* of the table */
	int			ncolumns;
	const RateColumn *columns;
} RateTableColumns;

/*
 * The columns of each table in their order: attribute number, name, type,
 * NOT NULL.
 */
#define SCHEDULE_COLUMNS(COLUMN) \
	COLUMN(SCHEDULE_NAME, "schedule", OF_TEXT, true) \
	COLUMN(SCHEDULE_TITLE, "title", OF_TEXT, true) \
	COLUMN(SCHEDULE_ADOPTED_ON, "adopted_on", OF_DATE, false) \
	COLUMN(SCHEDULE_ADOPTED_BY, "adopted_by", OF_TEXT, false) \
	COLUMN(SCHEDULE_EFFECTIVE_FROM, "effective_from", OF_DATE, false) \
	COLUMN(SCHEDULE_SEALED_ROWS, "sealed_rows", OF_INTEGER, false) \
	COLUMN(SCHEDULE_VOLUME_STEP, "volume_step", OF_INTEGER, true) \
	COLUMN(SCHEDULE_DUE_DAYS, "due_days", OF_INTEGER, false) \
	COLUMN(SCHEDULE_NOTICE_DAYS, "notice_days", OF_INTEGER, false) \
	COLUMN(SCHEDULE_INCLUDED_PIPE_FEET, "included_pipe_feet", OF_RATE, false) \
	COLUMN(SCHEDULE_BORING_FROM_INCHES, "boring_from_inches", OF_RATE, false) \
	COLUMN(SCHEDULE_BORING_TO_INCHES, "boring_to_inches", OF_RATE, false) \
	COLUMN(SCHEDULE_WAIVER_OVERCHARGE, "waiver_overcharge", OF_RATE, false) \
	COLUMN(SCHEDULE_FINGERPRINT, "fingerprint", OF_TEXT, false)

#define CLASS_RULE_COLUMNS(COLUMN) \
	COLUMN(CLASS_RULE_SCHEDULE, "schedule", OF_TEXT, true) \
	COLUMN(CLASS_RULE_CLASS, "class", OF_CLASS, true) \
	COLUMN(CLASS_RULE_LABEL, "label", OF_TEXT, true) \
	COLUMN(CLASS_RULE_RATE_GROUP, "rate_group", OF_GROUP, false) \
	COLUMN(CLASS_RULE_SERVICE_AREA, "service_area", OF_AREA, true) \
	COLUMN(CLASS_RULE_OUTSIDE_CLASS, "outside_class", OF_CLASS, false)

#define DEPOSIT_COLUMNS(COLUMN) \
	COLUMN(DEPOSIT_SCHEDULE, "schedule", OF_TEXT, true) \
	COLUMN(DEPOSIT_CATEGORY, "category", OF_CATEGORY, true) \
	COLUMN(DEPOSIT_ABOVE_SQUARE_FEET, "above_square_feet", OF_RATE, true) \
	COLUMN(DEPOSIT_DEPOSIT, "deposit", OF_RATE, true) \
	COLUMN(DEPOSIT_SERVICE_FEE, "service_fee", OF_RATE, true) \
	COLUMN(DEPOSIT_SECTION, "section", OF_TEXT, true)

#define SEWER_PERMIT_COLUMNS(COLUMN) \
	COLUMN(SEWER_PERMIT_SCHEDULE, "schedule", OF_TEXT, true) \
	COLUMN(SEWER_PERMIT_LINE_INCHES, "line_inches", OF_RATE, true) \
	COLUMN(SEWER_PERMIT_LARGER_THAN, "larger_than", OF_BOOLEAN, true) \
	COLUMN(SEWER_PERMIT_AMOUNT, "amount", OF_RATE, false) \
	COLUMN(SEWER_PERMIT_SECTION, "section", OF_TEXT, true)

#define SEWER_RATE_COLUMNS(COLUMN) \
	COLUMN(SEWER_RATE_SCHEDULE, "schedule", OF_TEXT, true) \
	COLUMN(SEWER_RATE_CLASS, "class", OF_CLASS, true) \
	COLUMN(SEWER_RATE_FIXED, "fixed", OF_RATE, true) \
	COLUMN(SEWER_RATE_RATE_PER_1000, "rate_per_1000", OF_RATE, false) \
	COLUMN(SEWER_RATE_FACTOR, "factor", OF_RATE, false) \
	COLUMN(SEWER_RATE_SECTION, "section", OF_TEXT, true)

#define SEWER_VOLUME_COLUMNS(COLUMN) \
	COLUMN(SEWER_VOLUME_SCHEDULE, "schedule", OF_TEXT, true) \
	COLUMN(SEWER_VOLUME_CLASS, "class", OF_CLASS, true) \
	COLUMN(SEWER_VOLUME_ABOVE_GALLONS, "above_gallons", OF_BIGINT, true) \
	COLUMN(SEWER_VOLUME_RATE_PER_1000, "rate_per_1000", OF_RATE, true) \
	COLUMN(SEWER_VOLUME_SECTION, "section", OF_TEXT, true)

#define WATER_TAP_COLUMNS(COLUMN) \
	COLUMN(WATER_TAP_SCHEDULE, "schedule", OF_TEXT, true) \
	COLUMN(WATER_TAP_METER_SIZE, "meter_size", OF_SIZE, true) \
	COLUMN(WATER_TAP_COMPOUND, "compound", OF_BOOLEAN, true) \
	COLUMN(WATER_TAP_SERVICE_AREA, "service_area", OF_AREA, true) \
	COLUMN(WATER_TAP_AMOUNT, "amount", OF_RATE, false) \
	COLUMN(WATER_TAP_SECTION, "section", OF_TEXT, true)

#define WATER_MINIMUM_COLUMNS(COLUMN) \
	COLUMN(WATER_MINIMUM_SCHEDULE, "schedule", OF_TEXT, true) \
	COLUMN(WATER_MINIMUM_RATE_GROUP, "rate_group", OF_GROUP, true) \
	COLUMN(WATER_MINIMUM_METER_SIZE, "meter_size", OF_SIZE, true) \
	COLUMN(WATER_MINIMUM_SERVICE_AREA, "service_area", OF_AREA, true) \
	COLUMN(WATER_MINIMUM_AMOUNT, "amount", OF_RATE, true) \
	COLUMN(WATER_MINIMUM_SECTION, "section", OF_TEXT, true)

#define WATER_VOLUME_COLUMNS(COLUMN) \
	COLUMN(WATER_VOLUME_SCHEDULE, "schedule", OF_TEXT, true) \
	COLUMN(WATER_VOLUME_CLASS, "class", OF_CLASS, true) \
	COLUMN(WATER_VOLUME_ABOVE_GALLONS, "above_gallons", OF_BIGINT, true) \
	COLUMN(WATER_VOLUME_RATE_PER_1000, "rate_per_1000", OF_RATE, true) \
	COLUMN(WATER_VOLUME_SECTION, "section", OF_TEXT, true)

#define FEE_COLUMNS(COLUMN) \
	COLUMN(FEE_SCHEDULE, "schedule", OF_TEXT, true) \
	COLUMN(FEE_CODE, "code", OF_TEXT, true) \
	COLUMN(FEE_AMOUNT, "amount", OF_RATE, true) \
	COLUMN(FEE_UNIT, "unit", OF_TEXT, true) \
	COLUMN(FEE_LABEL, "label", OF_TEXT, true) \
	COLUMN(FEE_SECTION, "section", OF_TEXT, true)

#define SERVICE_CHARGE_COLUMNS(COLUMN) \
	COLUMN(SERVICE_CHARGE_SCHEDULE, "schedule", OF_TEXT, true) \
	COLUMN(SERVICE_CHARGE_CODE, "code", OF_TEXT, true) \
	COLUMN(SERVICE_CHARGE_CLASS, "class", OF_CLASS, true) \
	COLUMN(SERVICE_CHARGE_AMOUNT, "amount", OF_NUMERIC, true) \
	COLUMN(SERVICE_CHARGE_UNIT, "unit", OF_TEXT, true) \
	COLUMN(SERVICE_CHARGE_ABOVE_GALLONS, "above_gallons", OF_BIGINT, true) \
	COLUMN(SERVICE_CHARGE_BASE_CHARGES, "base_charges", OF_TEXT_ARRAY, false) \
	COLUMN(SERVICE_CHARGE_EVERY_BILL, "every_bill", OF_BOOLEAN, true) \
	COLUMN(SERVICE_CHARGE_LABEL, "label", OF_TEXT, true) \
	COLUMN(SERVICE_CHARGE_SECTION, "section", OF_TEXT, true)

/* The composite type of the lines of bills and quotes; no column NOT NULL */
#define BILL_LINE_COLUMNS(COLUMN) \
	COLUMN(BILL_LINE_LINE, "line", OF_INTEGER, false) \
	COLUMN(BILL_LINE_SERVICE, "service", OF_TEXT, false) \
	COLUMN(BILL_LINE_CHARGE, "charge", OF_TEXT, false) \
	COLUMN(BILL_LINE_DESCRIPTION, "description", OF_TEXT, false) \
	COLUMN(BILL_LINE_QUANTITY, "quantity", OF_NUMERIC, false) \
	COLUMN(BILL_LINE_UNIT, "unit", OF_TEXT, false) \
	COLUMN(BILL_LINE_RATE, "rate", OF_NUMERIC, false) \
	COLUMN(BILL_LINE_AMOUNT, "amount", OF_NUMERIC, false) \
	COLUMN(BILL_LINE_SECTION, "section", OF_TEXT, false) \
	COLUMN(BILL_LINE_SCHEDULE, "schedule", OF_TEXT, false) \
	COLUMN(BILL_LINE_RATE_CLASS, "rate_class", OF_TEXT, false) \
	COLUMN(BILL_LINE_RATE_METER, "rate_meter", OF_TEXT, false) \
	COLUMN(BILL_LINE_RATE_AREA, "rate_area", OF_TEXT, false) \
	COLUMN(BILL_LINE_FROM_GALLONS, "from_gallons", OF_BIGINT, false) \
	COLUMN(BILL_LINE_TO_GALLONS, "to_gallons", OF_BIGINT, false)

/* The composite type of a row's charges; likewise */
#define ACCOUNT_SUMS_COLUMNS(COLUMN) \
	COLUMN(ACCOUNT_SUMS_PROBLEM_CODE, "problem_code", OF_TEXT, false) \
	COLUMN(ACCOUNT_SUMS_PROBLEM, "problem", OF_TEXT, false) \
	COLUMN(ACCOUNT_SUMS_WATER_MINIMUM, "water_minimum", OF_NUMERIC, false) \
	COLUMN(ACCOUNT_SUMS_WATER_VOLUME, "water_volume", OF_NUMERIC, false) \
	COLUMN(ACCOUNT_SUMS_SEWER_FIXED, "sewer_fixed", OF_NUMERIC, false) \
	COLUMN(ACCOUNT_SUMS_SEWER_VOLUME, "sewer_volume", OF_NUMERIC, false) \
	COLUMN(ACCOUNT_SUMS_SEWER_FLAT, "sewer_flat", OF_NUMERIC, false) \
	COLUMN(ACCOUNT_SUMS_DUMPING_STATION, "dumping_station", OF_NUMERIC, false) \
	COLUMN(ACCOUNT_SUMS_FIRE_SPRINKLER, "fire_sprinkler", OF_NUMERIC, false) \
	COLUMN(ACCOUNT_SUMS_SERVICES, "services", OF_NUMERIC, false) \
	COLUMN(ACCOUNT_SUMS_TOTAL, "total", OF_NUMERIC, false) \
	COLUMN(ACCOUNT_SUMS_SCHEDULE, "schedule", OF_TEXT, false)

/* The table of the labels that a city added */
#define ADDED_LABEL_COLUMNS(COLUMN) \
	COLUMN(ADDED_LABEL_TYPE_NAME, "type_name", OF_TEXT, true) \
	COLUMN(ADDED_LABEL_LABEL, "label", OF_TEXT, true) \
	COLUMN(ADDED_LABEL_AFTER_LABEL, "after_label", OF_TEXT, false)

/* Attribute numbers count from 1. */
#define COLUMN_NUMBER(number, name, type, not_null)	number,

#define COLUMN_NUMBERS(upper, lower) \
	enum {BEFORE_##upper, upper##_COLUMNS(COLUMN_NUMBER)};

RATE_TABLES(COLUMN_NUMBERS)
OTHER_ROWS(COLUMN_NUMBERS)

extern const RateTableColumns rate_table_columns[NUM_RATE_TABLES];
extern const RateTableColumns bill_line_columns;
extern const RateTableColumns account_sums_columns;
extern const RateTableColumns added_label_columns;

static inline const RateColumn *
rate_column(RateTable table, AttrNumber column)
{
	return &rate_table_columns[table].columns[column - 1];
}

/* The hint of every error about an object that is not of this version */
extern int	errhint_update(void);

extern const char *rate_type_name(RateType type);
extern Oid	column_type_oid(ColumnType type, Oid schema);
extern void verify_column_number(const RateTableColumns *expected, int number,
								 TupleDesc found, Oid schema);
extern void verify_columns(const RateTableColumns *expected, TupleDesc found,
						   Oid schema);

#endif							/* MISSION_RATES_DESCRIPTOR_H */
