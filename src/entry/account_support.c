/*
 * account_support.c
 *	  Planning of the functions over rows of accounts: only the columns that
 *	  they read.
 *
 * A whole row, account_total(a), makes the server read every column of it: a
 * row of 50 columns costs five times one of six, and one with a long note out
 * of line forty times.  So the planner is given a row of those columns alone,
 * ROW(a.class, a.meter, ...) with their names.  The function is the same, and
 * so are its rights, its name in EXPLAIN, and, since columns are found by name,
 * its result.
 *
 * Whatever is not plain stays as it was written.  Above all a row that is
 * missing: beside an outer join, or among grouping sets, the row is NULL, but a
 * row of NULLs is not.  And a row without a column that is needed, or with one
 * twice, keeps its error, which names all columns.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/tupdesc.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "parser/parse_relation.h"
#include "parser/parsetree.h"
#include "utils/typcache.h"

#include "compat.h"
#include "entry/account_row.h"

PG_FUNCTION_INFO_V1(account_support);

/* A row that is looked at, and the columns that are kept of it */
typedef struct NeededColumns
{
	bool		twice;			/* one of them is there more than once */
	bool		dearer;			/* forming the row as it is costs more */
	Expr	   *columns[NUM_ROW_ARGUMENTS];
} NeededColumns;

/* Keep a column if it is one that is read, or leave it out. */
static void
add_column(NeededColumns *needed, const char *name, Expr *column)
{
	int			argument = argument_named(name);

	if (argument < 0)
		needed->dearer = true;
	else if (needed->columns[argument] != NULL)
		needed->twice = true;
	else
		needed->columns[argument] = column;
}

/* The columns of a row of a named type: those of the type, by its names. */
static void
add_typed_columns(NeededColumns *needed, const Var *row)
{
	TupleDesc	type = lookup_rowtype_tupdesc(row->vartype, row->vartypmod);

	for (int i = 0; i < type->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(type, i);

		if (!column->attisdropped)
			add_column(needed, NameStr(column->attname),
					   (Expr *) makeVar(row->varno, i + 1, column->atttypid,
										column->atttypmod,
										column->attcollation, 0));
	}
	ReleaseTupleDesc(type);
}

/* The columns of a subquery, by the names that the query gives them. */
static void
add_named_columns(NeededColumns *needed, const Var *row, RangeTblEntry *from)
{
	List	   *names;
	List	   *columns;
	ListCell   *name;
	ListCell   *column;

	expand_columns(from, row->varno, &names, &columns);
	forboth(name, names, column, columns)
		add_column(needed, strVal(lfirst(name)), lfirst(column));
}

/* May the rows of this query be NULL, where their columns are not? */
static bool
may_miss_rows(const Query *query)
{
	ListCell   *cell;

	foreach(cell, query->rtable)
	{
		const RangeTblEntry *entry = lfirst(cell);

		if (entry->rtekind == RTE_JOIN && IS_OUTER_JOIN(entry->jointype))
			return true;
	}
	return query->groupingSets != NIL;
}

/* The columns of a whole row of a table, view or subquery; false: it is none. */
static bool
find_columns_of_row(NeededColumns *needed, PlannerInfo *root, const Var *row)
{
	RangeTblEntry *from;

	if (root == NULL || row->varattno != InvalidAttrNumber ||
		row->varlevelsup > 0 || !is_current_row(row) ||
		may_miss_rows(root->parse))
		return false;
	from = rt_fetch(row->varno, root->parse->rtable);
	if (from->rtekind != RTE_RELATION && from->rtekind != RTE_SUBQUERY &&
		from->rtekind != RTE_VALUES && from->rtekind != RTE_CTE)
		return false;
	needed->dearer = true;
	if (row->vartype == RECORDOID)
		add_named_columns(needed, row, from);
	else
		add_typed_columns(needed, row);
	return true;
}

/*
 * The same of a row that the planner has taken apart, when it made the subquery
 * part of the query around it.  What is left out must not do anything.
 */
static bool
find_columns_taken_apart(NeededColumns *needed, const RowExpr *row)
{
	TupleDesc	type = NULL;
	ListCell   *cell;
	int			i = 0;

	if (contain_volatile_functions((Node *) row->args))
		return false;
	if (row->row_typeid != RECORDOID)
		type = lookup_rowtype_tupdesc(row->row_typeid, -1);
	else if (list_length(row->colnames) != list_length(row->args))
		return false;
	foreach(cell, row->args)
	{
		if (type == NULL)
			add_column(needed, strVal(list_nth(row->colnames, i)),
					   lfirst(cell));
		else if (!TupleDescAttr(type, i)->attisdropped)
			add_column(needed, NameStr(TupleDescAttr(type, i)->attname),
					   lfirst(cell));
		i++;
	}
	if (type != NULL)
		ReleaseTupleDesc(type);
	return true;
}

/* Does the call name its schedule?  Then no date is read. */
static bool
names_schedule(const FuncExpr *call)
{
	const Const *schedule = lsecond(call->args);

	return IsA(schedule, Const) && !schedule->constisnull;
}

/* The row of the needed columns, or NULL to leave the call as it is. */
static Expr *
make_needed_row(const NeededColumns *needed, bool with_date)
{
	RowExpr    *row = makeNode(RowExpr);

	if (needed->twice || !needed->dearer)
		return NULL;
	for (int i = 0; i < NUM_ROW_ARGUMENTS; i++)
	{
		if (needed->columns[i] != NULL)
		{
			row->args = lappend(row->args, needed->columns[i]);
			row->colnames = lappend(row->colnames,
									makeString(pstrdup(row_argument_name(i))));
		}
		else if (is_needed_column(i) && (i != ROW_SERVICE_DATE || with_date))
			return NULL;
	}
	row->row_typeid = RECORDOID;
	row->row_format = COERCE_IMPLICIT_CAST;
	row->location = -1;
	return (Expr *) row;
}

/* The same call over the row of the columns that it needs; NULL: as it is. */
static FuncExpr *
call_over_needed_columns(PlannerInfo *root, const FuncExpr *call)
{
	const Node *account = linitial(call->args);
	NeededColumns needed = {0};
	FuncExpr   *simpler;
	Expr	   *row;

	if (IsA(account, Var) ?
		!find_columns_of_row(&needed, root, (const Var *) account) :
		!IsA(account, RowExpr) ||
		!find_columns_taken_apart(&needed, (const RowExpr *) account))
		return NULL;
	row = make_needed_row(&needed, !names_schedule(call));
	if (row == NULL)
		return NULL;
	simpler = makeNode(FuncExpr);
	*simpler = *call;
	simpler->args = list_make2(row, lsecond(call->args));
	return simpler;
}

/* account_support(request): for account_total() and its sisters. */
Datum
account_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	FuncExpr   *simpler = NULL;

	if (IsA(request, SupportRequestSimplify))
	{
		SupportRequestSimplify *simplify = (SupportRequestSimplify *) request;

		if (list_length(simplify->fcall->args) == 2)
			simpler = call_over_needed_columns(simplify->root,
											   simplify->fcall);
	}
	PG_RETURN_POINTER(simpler);
}
