"""The accounts of a study: a relation or a query, and which periods of it."""

import collections
import datetime

import database
from failure import Failure

# How many periods an error message lists
LISTED_PERIODS = 12

# What stands in FROM, what people call it, the periods that are studied, and how many months these are
Source = collections.namedtuple("Source", "sql name periods months")


def relation_name(connection, accounts):
    """The relation as the server writes it, quoted where it must be."""
    found = database.rows(connection, """
        SELECT c.oid::pg_catalog.regclass::pg_catalog.text AS name, c.relkind::pg_catalog.text AS kind
        FROM pg_catalog.pg_class AS c WHERE c.oid = pg_catalog.to_regclass(%s)""", (accounts,))
    if not found:
        raise Failure(f'relation "{accounts}" does not exist')
    if found[0].kind not in "rvmfp":
        raise Failure(f'"{accounts}" is not a table or a view')
    return found[0].name


def columns(connection, sql, example):
    """The arguments of a bill that the accounts have a column for; refuses where one is missing, naming all."""
    found = database.rows(connection, f"SELECT c.argument, c.state FROM {example} AS c WHERE c.argument IS NOT NULL")
    missing = [row.argument for row in found if row.state == "missing" and row.argument != "service_date"]
    if missing:
        raise Failure(f"{sql} has no column {', '.join(missing)}: rename or add columns in a view, or with "
                      "--accounts-query")
    return {row.argument for row in found if row.state == "read"}


def find_periods(connection, sql):
    """The service periods by their first day, with the number of rows; None are rows without a date."""
    return database.rows(connection, f"""
        SELECT nullif(left(btrim(g.day::text), 10), '') AS day, sum(g.accounts)::bigint AS accounts
        FROM (SELECT t.service_date AS day, count(*) AS accounts FROM {sql} AS t GROUP BY 1) AS g GROUP BY 1 ORDER BY 1""")


def listed(periods):
    """The periods for a message."""
    parts = [f"{row.day or 'no date'} ({row.accounts:,} rows)" for row in periods[:LISTED_PERIODS]]
    more = len(periods) - len(parts)
    return ", ".join(parts) + (f" and {more} more" if more > 0 else "")


def choose(name, periods, options):
    """The periods that are studied; refuses to add up months that nobody asked for."""
    if not periods:
        raise Failure(f"{name} has no rows that you may see")
    if options.period:
        chosen = [row for row in periods if row.day and row.day.startswith(options.period)]
        if not chosen:
            raise Failure(f"{name} has no rows of {options.period}, but of {listed(periods)}")
        return chosen
    if len(periods) > 1 and not options.months:
        raise Failure(f"{name} has {len(periods)} periods: {listed(periods)}. Pick one with --period, or add them up with "
                      "--months")
    return periods


def find(connection, options):
    """The accounts that were asked for."""
    if options.accounts_query:
        name = "the query"
        # psycopg2 reads % as a place for a value; a comment may end the query
        sql = "(" + options.accounts_query.rstrip().rstrip(";").replace("%", "%%") + "\n)"
        example = f"(SELECT t FROM {sql} AS t LIMIT 1) AS e CROSS JOIN LATERAL mission_rates.account_columns(e.t)"
        if not database.rows(connection, f"SELECT FROM {sql} AS t LIMIT 1"):
            raise Failure("the query has no rows that you may see")
    else:
        name = sql = relation_name(connection, options.accounts)
        sql = sql.replace("%", "%%")
        example = f"mission_rates.account_columns(NULL::{sql})"
    if "service_date" not in columns(connection, name, example):
        if options.period or options.months:
            raise Failure(f"{name} has no column service_date to tell periods by")
        return Source(sql, name, [], 1)
    chosen = choose(name, find_periods(connection, sql), options)
    if options.period:
        sql = (f"(SELECT x.* FROM {sql} AS x "
               f"WHERE left(btrim(x.service_date::text), {len(options.period)}) = '{options.period}')")
    return Source(sql, name, [row.day for row in chosen], len({row.day and row.day[:7] for row in chosen}))


def month(day):
    """The month of a period as people write it."""
    try:
        return f"{datetime.date.fromisoformat(day):%B %Y}"
    except (TypeError, ValueError):
        return day or "no date"


def span(source):
    """The months that are studied, in words; nothing where the accounts have no date."""
    if not source.periods:
        return ""
    first, last = month(min(source.periods, key=lambda day: day or "")), month(max(source.periods, key=lambda day: day or ""))
    if source.months == 1:
        return first
    return f"{source.months} months, {first} to {last}"
