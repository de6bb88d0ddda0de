/*
 * owner.c
 *	  Acting as the owner of a table for a moment, as the server's foreign key
 *	  checks do: the result depends neither on the privileges of the caller nor
 *	  on row security.
 *
 * Never as a superuser: code that the owner attached to the table, such as a
 * trigger or an operator class, runs with the owner's privileges and no
 * others.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_class.h"
#include "miscadmin.h"
#include "utils/syscache.h"

#include "tables/catalog.h"
#include "schedule/owner.h"

/*
 * owner_of
 *		The owner of a table.
 */
Oid
owner_of(Oid table)
{
	HeapTuple	row = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
	Oid			owner;

	if (!HeapTupleIsValid(row))
		refuse_dropped();
	owner = ((Form_pg_class) GETSTRUCT(row))->relowner;
	ReleaseSysCache(row);
	return owner;
}

/*
 * role_begin
 *		Switch to a role.  After an error the server restores the user.
 */
void
role_begin(Oid role, OwnerState *before)
{
	GetUserIdAndSecContext(&before->user, &before->context);
	SetUserIdAndSecContext(role,
						   before->context | SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_NOFORCE_RLS);
}

/*
 * owner_begin
 *		Switch to the owner of a table.
 */
void
owner_begin(Oid table, OwnerState *before)
{
	role_begin(owner_of(table), before);
}

/*
 * owner_end
 *		Switch back to the previous user.
 */
void
owner_end(const OwnerState *before)
{
	SetUserIdAndSecContext(before->user, before->context);
}
