"""The connection: one transaction that is read-only and sees one state of the rates and the accounts."""

import collections
import contextlib
import getpass
import select

import psycopg2
import psycopg2.extensions

from failure import Failure, Interrupted

Schedule = collections.namedtuple("Schedule", "name title effective_from adopted_on adopted_by")


def explain(error):
    """A database error in one line: the message, and the hint where there is one."""
    diagnosis = getattr(error, "diag", None)
    message = diagnosis and diagnosis.message_primary
    if not message:
        return " ".join(str(error).split()) or "the connection to the database was lost"
    hint = diagnosis.message_hint
    return " ".join((message + (f". {hint}" if hint else "")).split())


def wait(connection):
    """Wait for the server so that a signal cancels the query at once, instead of when it ends."""
    try:
        while (state := connection.poll()) != psycopg2.extensions.POLL_OK:
            readers = [connection.fileno()] if state == psycopg2.extensions.POLL_READ else []
            writers = [connection.fileno()] if state == psycopg2.extensions.POLL_WRITE else []
            select.select(readers, writers, [])
    except Interrupted:
        with contextlib.suppress(psycopg2.Error):
            connection.cancel()
        raise


@contextlib.contextmanager
def connect(options):
    """A read-only transaction with the caller's own rights."""
    settings = {"host": options.host, "port": options.port, "user": options.username,
                "application_name": "mission_rates_study"}
    if options.dbname and ("=" in options.dbname or "://" in options.dbname):
        settings["dsn"] = options.dbname
    else:
        settings["dbname"] = options.dbname
    if options.password:
        settings["password"] = getpass.getpass("Password: ")
    psycopg2.extensions.set_wait_callback(wait)
    connection = psycopg2.connect(**{key: value for key, value in settings.items() if value is not None} or {"dsn": ""})
    try:
        connection.set_session(isolation_level=psycopg2.extensions.ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
        check_extension(connection)
        yield connection
        connection.rollback()
    finally:
        connection.close()


def check_extension(connection):
    """Refuse a database without the functions that are asked; have dates written in one way."""
    found = rows(connection, """
        SELECT pg_catalog.set_config('DateStyle', 'ISO', true) FROM pg_catalog.pg_proc AS p
        WHERE p.pronamespace = pg_catalog.to_regnamespace('mission_rates') AND p.proname = 'account_charges'""")
    if not found:
        raise Failure("this database has no extension mission_rates: CREATE EXTENSION mission_rates")


def rows(connection, query, values=()):
    """The rows of a query, with names; it is a format in which %s is a value and %% a percent sign."""
    with connection.cursor() as cursor:
        cursor.execute(query, values) if values else cursor.execute(query.replace("%%", "%"))
        Row = collections.namedtuple("Row", [column.name for column in cursor.description])
        return [Row(*row) for row in cursor.fetchall()]


def value(connection, query, values=()):
    """The one value of a query."""
    return rows(connection, query, values)[0][0]


def schedule_in_force(connection):
    """The schedule of today."""
    name = value(connection, """
        SELECT max(s.schedule) FROM mission_rates.schedule AS s
        WHERE s.effective_from = (SELECT max(p.effective_from) FROM mission_rates.schedule AS p
            WHERE p.effective_from <= CURRENT_DATE)""")
    if name is None:
        raise Failure("no rate schedule is in force today")
    return name


def read_schedule(connection, name):
    """A schedule, draft or adopted; without a name the one in force today."""
    found = rows(connection, """
        SELECT s.schedule, s.title, s.effective_from, s.adopted_on, s.adopted_by
        FROM mission_rates.schedule AS s WHERE s.schedule = %s""", (name or schedule_in_force(connection),))
    if not found:
        raise Failure(f'unknown rate schedule "{name}". SELECT schedule FROM mission_rates.schedule lists the names.')
    return Schedule(*found[0])


def adopted_by(connection):
    """Who adopted the rates that start last."""
    return value(connection, """
        SELECT max(s.adopted_by) FROM (SELECT s.adopted_by FROM mission_rates.schedule AS s
            WHERE s.adopted_by IS NOT NULL ORDER BY s.effective_from DESC NULLS LAST LIMIT 1) AS s""")


def read_sheet(connection, name):
    """The rate sheet of a schedule."""
    return rows(connection, """
        SELECT r.section, r.rate_table, r.item, r.column_label, r.amount, r.unit
        FROM mission_rates.rate_sheet(schedule => %s) AS r""", (name,))
