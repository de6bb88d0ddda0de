/*
 * account_support.c
 *	  Planning of the functions over rows of accounts: only the columns that
 *	  they read.
 *
 * account_total(a) becomes a call of the same function over the columns that it
 * reads, in the order of bill()'s arguments, with a NULL of type unknown for a
 * column that the row does not have.  To form a row of 50 columns and take it
 * apart again costs five times as much as one of six.
 *
 * A call stays as it was written where the row may be missing, beside an outer
 * join or among grouping sets: it is NULL then, and a row of NULLs is not.  So
 * does one whose columns are an error, which names all of them, and every call
 * under Citus, which may send it to other nodes as text.
 */
#include "postgres.h"

#include "access/tupdesc.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "parser/parse_relation.h"
#include "parser/parsetree.h"
#include "utils/typcache.h"

#include "compat.h"
#include "entry/account_row.h"

PG_FUNCTION_INFO_V1(account_support);

/* The columns of a row that are read, by argument; NULL: not there */
typedef struct NeededColumns
{
	bool		twice;			/* one of them is there more than once */
	Expr	   *columns[NUM_ROW_ARGUMENTS];
} NeededColumns;

/* Keep a column if it is one that is read, or leave it out. */
static void
add_column(NeededColumns *needed, const char *name, Expr *column)
{
	int			argument = argument_named(name);

	if (argument < 0)
		return;
	if (needed->columns[argument] != NULL)
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

/*
 * The columns of a whole row of a table, view or subquery; false: it is not such
 * a row.
 */
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

/* The row that a call is over, as columns; false: it stays as it is. */
static bool
find_columns(NeededColumns *needed, PlannerInfo *root, const Node *account)
{
	if (IsA(account, Var))
		return find_columns_of_row(needed, root, (const Var *) account);
	return IsA(account, RowExpr) &&
		find_columns_taken_apart(needed, (const RowExpr *) account);
}

/* The columns as arguments, or NIL to leave the call as it is. */
static List *
make_arguments(const NeededColumns *needed, bool with_date)
{
	List	   *arguments = NIL;

	for (int i = 0; i < NUM_ROW_ARGUMENTS; i++)
	{
		Expr	   *column = needed->columns[i];

		if (i == ROW_SERVICE_DATE && !with_date)
			column = NULL;
		else if (column == NULL ? is_needed_column(i) :
				 kind_of_column(i, exprType((Node *) column)) ==
				 KIND_UNREADABLE)
			return NIL;
		if (column == NULL)
			column = (Expr *) makeNullConst(UNKNOWNOID, -1, InvalidOid);
		arguments = lappend(arguments, column);
	}
	return arguments;
}

/* The same call over the columns that it needs; NULL: as it is. */
static FuncExpr *
call_over_columns(PlannerInfo *root, const FuncExpr *call)
{
	NeededColumns needed = {0};
	FuncExpr   *simpler;
	List	   *arguments;

	if (!find_columns(&needed, root, linitial(call->args)) || needed.twice ||
		OidIsValid(get_extension_oid("citus", true)))
		return NULL;
	arguments = make_arguments(&needed, !names_schedule(call));
	if (arguments == NIL)
		return NULL;
	simpler = makeNode(FuncExpr);
	*simpler = *call;
	simpler->args = lappend(arguments, lsecond(call->args));
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
			simpler = call_over_columns(simplify->root, simplify->fcall);
	}
	PG_RETURN_POINTER(simpler);
}
