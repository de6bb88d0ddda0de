/*
 * catalog.h
 *	  Where the rate tables of the database are, and whether a book of them
 *	  may be kept.
 */
#ifndef MISSION_RATES_CATALOG_H
#define MISSION_RATES_CATALOG_H

#include "postgres.h"

/* The nine rate tables */
typedef enum RateTable
{
	TABLE_SCHEDULE,
	TABLE_CLASS_RULE,
	TABLE_WATER_MINIMUM,
	TABLE_WATER_VOLUME,
	TABLE_SEWER_RATE,
	TABLE_FEE,
	TABLE_DEPOSIT,
	TABLE_WATER_TAP,
	TABLE_SEWER_PERMIT,
	NUM_RATE_TABLES
} RateTable;

/* The enum types of their columns */
typedef enum RateType
{
	TYPE_CLASS,
	TYPE_GROUP,
	TYPE_SIZE,
	TYPE_AREA,
	TYPE_CATEGORY,
	NUM_RATE_TYPES
} RateType;

/*
 * The columns, by attribute number.  The order of the columns is part of the
 * extension's interface; later versions only add columns at the end.
 */
enum
{
	SCHEDULE_NAME = 1,			/* the first column of every rate table */

	SCHEDULE_EFFECTIVE_FROM = 5,
	SCHEDULE_SEALED_ROWS,
	SCHEDULE_VOLUME_STEP,
	SCHEDULE_DUE_DAYS,
	SCHEDULE_NOTICE_DAYS,
	SCHEDULE_INCLUDED_PIPE_FEET,
	SCHEDULE_BORING_FROM_INCHES,
	SCHEDULE_BORING_TO_INCHES,
	SCHEDULE_WAIVER_OVERCHARGE,
	SCHEDULE_FINGERPRINT,

	CLASS_RULE_CLASS = 2,
	CLASS_RULE_LABEL,
	CLASS_RULE_RATE_GROUP,
	CLASS_RULE_SERVICE_AREA,
	CLASS_RULE_OUTSIDE_CLASS,

	WATER_MINIMUM_RATE_GROUP = 2,
	WATER_MINIMUM_METER_SIZE,
	WATER_MINIMUM_SERVICE_AREA,
	WATER_MINIMUM_AMOUNT,
	WATER_MINIMUM_SECTION,

	WATER_VOLUME_CLASS = 2,
	WATER_VOLUME_ABOVE_GALLONS,
	WATER_VOLUME_RATE_PER_1000,
	WATER_VOLUME_SECTION,

	SEWER_RATE_CLASS = 2,
	SEWER_RATE_FIXED,
	SEWER_RATE_RATE_PER_1000,
	SEWER_RATE_FACTOR,
	SEWER_RATE_SECTION,

	FEE_CODE = 2,
	FEE_AMOUNT,
	FEE_UNIT,
	FEE_LABEL,
	FEE_SECTION,

	DEPOSIT_CATEGORY = 2,
	DEPOSIT_ABOVE_SQUARE_FEET,
	DEPOSIT_DEPOSIT,
	DEPOSIT_SERVICE_FEE,
	DEPOSIT_SECTION,

	WATER_TAP_METER_SIZE = 2,
	WATER_TAP_COMPOUND,
	WATER_TAP_SERVICE_AREA,
	WATER_TAP_AMOUNT,
	WATER_TAP_SECTION,

	SEWER_PERMIT_LINE_INCHES = 2,
	SEWER_PERMIT_LARGER_THAN,
	SEWER_PERMIT_AMOUNT,
	SEWER_PERMIT_SECTION
};

/* The name of the table that holds the token */
#define TOKEN_TABLE			"_rate_token"

typedef struct RateCatalog
{
	Oid			schema;			/* InvalidOid: not looked up */
	Oid			tables[NUM_RATE_TABLES];
	Oid			types[NUM_RATE_TYPES];
	Oid			token_table;	/* InvalidOid: there is none */
	bool		armed;			/* every change of a rate moves the token */
} RateCatalog;

extern void catalog_init(void);
extern bool catalog_moved(void);
extern const RateCatalog *catalog_of(Oid schema);

#endif							/* MISSION_RATES_CATALOG_H */
