/*
 * bill_facts.c
 *	  The one reader of values as cities keep them.
 *
 * What can be read is rated by the same path as the arguments of bill().  What
 * cannot, or is out of its own domain, is noted here: the first of these, in
 * the order of bill()'s arguments, is the problem unless something is NULL.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "entry/bill_facts.h"
#include "entry/codes.h"

/* Is there no such value, or is it NULL? */
static inline bool
is_null(const ValueReader *reader, BillArgument argument)
{
	return reader->kinds[argument] == KIND_ABSENT ||
		reader->values[argument].isnull;
}

/* A value that is there */
static inline Datum
value_of(const ValueReader *reader, BillArgument argument)
{
	return reader->values[argument].value;
}

/* How it is read */
static inline ValueKind
kind_of(const ValueReader *reader, BillArgument argument)
{
	return reader->kinds[argument];
}

/* Note what is wrong with a value. */
static void
note_fault(const ValueReader *reader, BillArgument argument, ReadFacts *facts,
		   Problem *p)
{
	p->schedule = reader->schedule;
	if (facts->faulty == 0)
	{
		facts->unreadable = *p;
		facts->bill.unreadable = &facts->unreadable;
	}
	facts->faulty |= BILL_ARGUMENT(argument);
	if (facts->sink != NULL)
		facts->sink(facts->kept, p);
}

/* A value cannot be read as what it should be. */
static void
note_unreadable(const ValueReader *reader, BillArgument argument,
				ReadFacts *facts, ProblemCode code, Oid type)
{
	Problem		p = {.label = type};

	p.text = value_text(kind_of(reader, argument), value_of(reader, argument));
	(void) argument_problem(&p, code, bill_argument_names[argument]);
	note_fault(reader, argument, facts, &p);
}

/* Is a code that stands for nothing blank, and so NULL? */
static bool
is_blank(const ValueReader *reader, BillArgument argument)
{
	Span		span;

	if (!reader->blank_is_null || kind_of(reader, argument) != KIND_TEXT)
		return false;
	span = text_span(value_of(reader, argument));
	return span.length == 0 || (make_plain(&span) && span.length == 0);
}

/* The value of a code in text or, for a size, a number; or InvalidOid. */
static Oid
code_of(const ValueReader *reader, BillArgument argument, RateType rate_type)
{
	Oid			type = reader->book->labels[rate_type].type;
	ValueKind	kind = kind_of(reader, argument);
	Datum		value = value_of(reader, argument);
	const char *text;

	switch (kind)
	{
		case KIND_TEXT:
			return code_value(rate_type, type, text_span(value));
		case KIND_NUMERIC:
			return numeric_size_value(type, value);
		default:
			text = value_text(kind, value);
			return code_value(rate_type, type, (Span) {text, strlen(text)});
	}
}

/* Note a code that stands for nothing; false: it is blank, and so NULL. */
static pg_noinline bool
note_unknown_code(const ValueReader *reader, BillArgument argument,
				  RateType type, ReadFacts *facts)
{
	if (is_blank(reader, argument))
		return false;
	note_unreadable(reader, argument, facts, code_types[type].unknown,
					reader->book->labels[type].type);
	return true;
}

/* A class, a size, a place */
static inline Label
read_label(const ValueReader *reader, BillArgument argument, RateType type,
		   ReadFacts *facts)
{
	Oid			value = InvalidOid;

	if (!is_null(reader, argument))
	{
		value = kind_of(reader, argument) == KIND_LABEL ?
			DatumGetObjectId(value_of(reader, argument)) :
			code_of(reader, argument, type);
		if (likely(OidIsValid(value)) ||
			note_unknown_code(reader, argument, type, facts))
			facts->bill.given |= BILL_ARGUMENT(argument);
	}
	return label_of(&reader->book->labels[type], value);
}

/* A number of any type; false: it is NULL or cannot be read. */
static bool
read_number(const ValueReader *reader, BillArgument argument,
			ReadFacts *facts, Number *number)
{
	ValueState	state = number_value(kind_of(reader, argument),
									 value_of(reader, argument), number);

	if (state == VALUE_NULL)
		return false;
	facts->bill.given |= BILL_ARGUMENT(argument);
	if (state == VALUE_UNREADABLE)
		note_unreadable(reader, argument, facts, PROBLEM_NOT_A_NUMBER,
						InvalidOid);
	return state == VALUE_READ;
}

/* Consumption that has to be looked at more closely */
static pg_noinline int64
read_gallons_number(const ValueReader *reader, BillArgument argument,
					ReadFacts *facts)
{
	Problem		p = {0};
	Number		number;
	int64		gallons = 0;

	if (read_number(reader, argument, facts, &number) &&
		!gallons_from_number(&number, bill_argument_names[argument], &gallons,
							 &p))
		note_fault(reader, argument, facts, &p);
	return gallons;
}

/* Consumption; nearly always it is a whole number that can be rated. */
static inline int64
read_gallons(const ValueReader *reader, BillArgument argument,
			 ReadFacts *facts)
{
	int64		gallons;

	if (is_null(reader, argument))
		return 0;
	if (unlikely(!whole_value(kind_of(reader, argument),
							  value_of(reader, argument), &gallons) ||
				 (uint64) gallons > (uint64) MAX_GALLONS))
		return read_gallons_number(reader, argument, facts);
	facts->bill.given |= BILL_ARGUMENT(argument);
	return gallons;
}

/* A flag that has to be looked at more closely */
static pg_noinline bool
read_flag_value(const ValueReader *reader, BillArgument argument,
				ReadFacts *facts)
{
	bool		flag = false;
	ValueState	state = flag_value(kind_of(reader, argument),
								   value_of(reader, argument), &flag);

	if (state != VALUE_NULL)
		facts->bill.given |= BILL_ARGUMENT(argument);
	if (state == VALUE_UNREADABLE)
		note_unreadable(reader, argument, facts, PROBLEM_INVALID_FLAG,
						InvalidOid);
	return flag;
}

/*
 * A flag, which is true where there is none.  One that cannot be read counts
 * as false when it is asked what must not be NULL.
 */
static inline bool
read_flag(const ValueReader *reader, BillArgument argument, ReadFacts *facts)
{
	if (kind_of(reader, argument) != KIND_ABSENT)
		return !reader->values[argument].isnull &&
			read_flag_value(reader, argument, facts);
	facts->bill.given |= BILL_ARGUMENT(argument);
	return true;
}

/* The diameter of a sprinkler connection, in inches */
static pg_noinline void
read_sprinkler(const ValueReader *reader, ReadFacts *facts)
{
	Problem		p = {0};

	if (!read_number(reader, BILL_FIRE_SPRINKLER, facts, &facts->diameter))
		return;
	facts->bill.fire_sprinkler = &facts->diameter;
	if (!check_positive(&facts->diameter,
						bill_argument_names[BILL_FIRE_SPRINKLER], &p))
		note_fault(reader, BILL_FIRE_SPRINKLER, facts, &p);
}

/* How many dumping stations, where that has to be looked at more closely */
static pg_noinline int32
read_stations_number(const ValueReader *reader, ReadFacts *facts)
{
	Problem		p = {0};
	Number		number;
	int32		stations = 0;

	if (read_number(reader, BILL_DUMPING_STATIONS, facts, &number) &&
		!count_from_number(&number, bill_argument_names[BILL_DUMPING_STATIONS],
						   &stations, &p))
		note_fault(reader, BILL_DUMPING_STATIONS, facts, &p);
	return stations;
}

/* How many dumping stations; none is what is said nearly always. */
static inline int32
read_stations(const ValueReader *reader, ReadFacts *facts)
{
	int64		stations = 0;

	if (kind_of(reader, BILL_DUMPING_STATIONS) != KIND_ABSENT)
	{
		if (is_null(reader, BILL_DUMPING_STATIONS))
			return 0;
		if (!integer_value(kind_of(reader, BILL_DUMPING_STATIONS),
						   value_of(reader, BILL_DUMPING_STATIONS),
						   &stations) || stations != 0)
			return read_stations_number(reader, facts);
	}
	facts->bill.given |= BILL_ARGUMENT(BILL_DUMPING_STATIONS);
	return 0;
}

/* The services; what makes no sense is looked at when they are rated. */
static void
read_services(const ValueReader *reader, ReadFacts *facts)
{
	Datum		value = value_of(reader, BILL_SERVICES);

	facts->bill.services =
		kind_of(reader, BILL_SERVICES) == KIND_TEXT_ARRAY ?
		services_from_array(DatumGetArrayTypeP(value)) :
		services_from_jsonb(DatumGetJsonbP(value));
}

/*
 * Read the values in the order of bill()'s arguments.  The caller has cleared
 * the facts.
 */
void
read_bill_facts(const ValueReader *reader, ReadFacts *read)
{
	BillFacts  *facts = &read->bill;

	facts->class = read_label(reader, BILL_CLASS, TYPE_CLASS, read);
	facts->meter = read_label(reader, BILL_METER, TYPE_SIZE, read);
	facts->gallons = read_gallons(reader, BILL_GALLONS, read);
	facts->area = read_label(reader, BILL_AREA, TYPE_AREA, read);
	facts->metered = read_flag(reader, BILL_METERED, read);
	facts->water = read_flag(reader, BILL_WATER, read);
	facts->sewer = read_flag(reader, BILL_SEWER, read);
	facts->sewer_gallons = read_gallons(reader, BILL_SEWER_GALLONS, read);
	if (!is_null(reader, BILL_FIRE_SPRINKLER))
		read_sprinkler(reader, read);
	facts->dumping_stations = read_stations(reader, read);
	if (!is_null(reader, BILL_SERVICES))
		read_services(reader, read);
}
