"""What is asked of the database: account functions and reports, nothing else.

Everything is read in one transaction that is read-only and sees one state of
the rates and the accounts.
"""

import collections
import contextlib
import getpass

import psycopg2
import psycopg2.extensions

from failure import Failure

CHARGES = ("water_minimum", "water_volume", "sewer_fixed", "sewer_volume", "sewer_flat", "dumping_station",
           "fire_sprinkler", "services")

# Gallons at which a bill is quoted for each class
QUOTED_GALLONS = (0, 1000, 2000, 5000, 10000, 25000)

# Readings above this are one last row of the bill tabulation
TABULATED_GALLONS = 50000
TABULATION_STEP = 1000

# The curves of bills end where nearly all accounts of the class do, and not before this many gallons
CURVE_GALLONS = 30000

Schedule = collections.namedtuple("Schedule", "name title effective_from adopted_on")
Study = collections.namedtuple("Study", "relation schedules labels revenue changes tabulation classes rates")
Bills = collections.namedtuple("Bills", "quoted curve blocks")
ClassOfAccounts = collections.namedtuple("ClassOfAccounts", "code label meter area")


def explain(error):
    """A database error in one line: the message, and the hint where there is one."""
    diagnosis = getattr(error, "diag", None)
    message = diagnosis and diagnosis.message_primary
    if not message:
        return " ".join(str(error).split()) or "the connection to the database was lost"
    hint = diagnosis.message_hint
    return " ".join((message + (f". {hint}" if hint else "")).split())


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
    elif options.no_password:
        settings["passfile"] = None
    connection = psycopg2.connect(**{key: value for key, value in settings.items() if value is not None} or {"dsn": ""})
    try:
        connection.set_session(isolation_level=psycopg2.extensions.ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
        check_extension(connection)
        yield connection
        connection.rollback()
    finally:
        connection.close()


def check_extension(connection):
    """Refuse a database without the functions that are asked."""
    found = rows(connection, """
        SELECT FROM pg_catalog.pg_proc AS p
        WHERE p.pronamespace = pg_catalog.to_regnamespace('mission_rates') AND p.proname = 'account_charges'""")
    if not found:
        raise Failure("this database has no extension mission_rates: CREATE EXTENSION mission_rates")


def rows(connection, query, values=()):
    """The rows of a query, with names."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        Row = collections.namedtuple("Row", [column.name for column in cursor.description])
        return [Row(*row) for row in cursor.fetchall()]


def value(connection, query, values=()):
    """The one value of a query."""
    return rows(connection, query, values)[0][0]


def relation_name(connection, accounts):
    """The relation as the server writes it, quoted where it must be."""
    found = rows(connection, """
        SELECT c.oid::pg_catalog.regclass::pg_catalog.text AS name, c.relkind::pg_catalog.text AS kind
        FROM pg_catalog.pg_class AS c WHERE c.oid = pg_catalog.to_regclass(%s)""", (accounts,))
    if not found:
        raise Failure(f'relation "{accounts}" does not exist')
    if found[0].kind not in "rvmfp":
        raise Failure(f'"{accounts}" is not a table or a view')
    return found[0].name


def read_schedule(connection, name):
    """A schedule, draft or adopted."""
    found = rows(connection, """
        SELECT s.schedule, s.title, s.effective_from, s.adopted_on
        FROM mission_rates.schedule AS s WHERE s.schedule = %s""", (name,))
    if not found:
        raise Failure(f'unknown rate schedule "{name}". SELECT schedule FROM mission_rates.schedule lists the names.')
    return Schedule(*found[0])


def read_classes(connection, name):
    """Label of each class of a schedule, in the order of the ordinance."""
    items = rows(connection, """
        SELECT r.item FROM mission_rates.rate_sheet(schedule => %s) AS r
        WHERE r.rate_table = 'class_rule'""", (name,))
    return {item.split(" ", 1)[0].upper(): item.split(" ", 1)[-1] for (item,) in items}


def read_revenue(connection, relation, names):
    """Number of accounts and sums of every charge under both schedules, by class, meter and place as they are kept."""
    sums = ", ".join(f"sum({side}.{charge}) AS {side}_{charge}" for side in "ab" for charge in CHARGES + ("total",))
    return rows(connection, f"""
        SELECT upper(btrim(t.class::text)) AS code, btrim(t.meter::text) AS meter, lower(btrim(t.area::text)) AS area,
            a.problem_code AS a_code, b.problem_code AS b_code, min(a.problem) AS a_problem, min(b.problem) AS b_problem,
            count(*) AS accounts, {sums}
        FROM {relation} AS t
        CROSS JOIN LATERAL mission_rates.account_charges(t, %s) AS a
        CROSS JOIN LATERAL mission_rates.account_charges(t, %s) AS b
        GROUP BY 1, 2, 3, 4, 5""", names)


def read_changes(connection, relation, names):
    """How many bills of a class change by how much, where both can be made."""
    return rows(connection, f"""
        SELECT upper(btrim(t.class::text)) AS code, p.b - p.a AS change, count(*) AS bills, sum(p.a) AS a, sum(p.b) AS b
        FROM {relation} AS t
        CROSS JOIN LATERAL (SELECT mission_rates.account_total(t, %s), mission_rates.account_total(t, %s)
            OFFSET 0) AS p (a, b)
        WHERE p.a IS NOT NULL AND p.b IS NOT NULL
        GROUP BY 1, 2 ORDER BY 1, 2""", names)


def read_tabulation(connection, relation, name):
    """The bill frequency table of each class, readings of bills that can be made."""
    return rows(connection, f"""
        SELECT g.code, f.from_gallons, f.to_gallons, f.bills, f.gallons, f.cumulative_bills, f.cumulative_gallons,
            f.consolidated_gallons, g.above_bills, g.above_gallons
        FROM (SELECT r.code, array_agg(r.gallons) FILTER (WHERE r.gallons <= %s) AS readings,
                count(*) FILTER (WHERE r.gallons > %s) AS above_bills,
                coalesce(sum(r.gallons) FILTER (WHERE r.gallons > %s), 0) AS above_gallons
            FROM (SELECT upper(btrim(t.class::text)) AS code,
                    nullif(btrim(t.gallons::text), '')::numeric::bigint AS gallons
                FROM {relation} AS t
                WHERE mission_rates.account_problem(t, %s) IS NULL
                OFFSET 0) AS r
            WHERE r.gallons IS NOT NULL
            GROUP BY r.code) AS g
        LEFT JOIN LATERAL mission_rates.bill_tabulation(g.readings, %s) AS f ON true
        ORDER BY g.code, f.to_gallons""", (TABULATED_GALLONS,) * 3 + (name, TABULATION_STEP))


def read_bills(connection, kind, names, gallons):
    """Bills of a usual account of a class under both schedules: rows (gallons, a, b)."""
    return rows(connection, """
        SELECT t.gallons, mission_rates.account_total(t, %s) AS a, mission_rates.account_total(t, %s) AS b
        FROM (SELECT %s::text AS class, %s::text AS meter, g.gallons, %s::text AS area
            FROM unnest(%s::bigint[]) AS g (gallons)) AS t
        ORDER BY t.gallons""", (*names, kind.code, kind.meter, kind.area, list(gallons)))


def read_blocks(connection, kind, name):
    """Where the blocks of a class begin: the gallons above which each rate applies."""
    lines = rows(connection, """
        SELECT DISTINCT b.from_gallons FROM (SELECT %s::text AS class, %s::text AS meter, 1000000000 AS gallons,
            %s::text AS area) AS t
        CROSS JOIN LATERAL mission_rates.account_bill(t, %s) AS b
        WHERE b.charge = 'water_volume' AND b.from_gallons IS NOT NULL ORDER BY 1""",
                 (kind.code, kind.meter, kind.area, name))
    return [line.from_gallons - 1 for line in lines]


def usual_accounts(revenue, labels):
    """For each class that is billed: its label, and the meter and place that most of its accounts have."""
    most = {}
    for row in revenue:
        if row.a_code is None and row.b_code is None and row.meter and row.a_water_minimum:
            if row.code not in most or row.accounts > most[row.code].accounts:
                most[row.code] = row
    order = {code: place for place, code in enumerate(labels)}
    return [ClassOfAccounts(code, labels.get(code, code), most[code].meter, most[code].area)
            for code in sorted(most, key=lambda code: (order.get(code, len(order)), code))]


def curve_points(tabulation, blocks):
    """The gallons that a curve is drawn through: even steps, and where a block begins."""
    readings = [row for row in tabulation if row.bills]
    last = CURVE_GALLONS
    if readings:
        last = next((row.to_gallons for row in readings
                     if row.cumulative_bills >= 0.95 * readings[-1].cumulative_bills), last)
    last = max(last, CURVE_GALLONS)
    return sorted({last * step // 60 for step in range(61)} | {edge for edge in blocks if edge <= last})


def read_class(connection, kind, names, tabulation):
    """Bills of a class at the quoted gallons and along a curve, and where its blocks begin."""
    blocks = [read_blocks(connection, kind, name) for name in names]
    points = curve_points([row for row in tabulation if row.code == kind.code], blocks[0] + blocks[1])
    return Bills(read_bills(connection, kind, names, QUOTED_GALLONS),
                 read_bills(connection, kind, names, points), blocks)


def check_columns(connection, relation):
    """Refuse a relation without the columns that a bill needs, naming all that are missing."""
    missing = [row.argument for row in rows(connection, f"""
        SELECT c.argument FROM mission_rates.account_columns(NULL::{relation}) AS c
        WHERE c.state = 'missing' AND c.argument <> 'service_date'""")]
    if missing:
        raise Failure(f"{relation} has no column {', '.join(missing)}: use a view that renames or adds columns")


def check_billed(relation, revenue):
    """Refuse a study of nothing."""
    if not revenue:
        raise Failure(f"{relation} has no rows that you may see")
    if not any(row.a_code is None and row.b_code is None for row in revenue):
        reasons = sorted({row.a_problem or row.b_problem for row in revenue})
        raise Failure(f"no account of {relation} can be billed under both schedules: {reasons[0]}")


def read_study(connection, options, progress):
    """All figures of a study."""
    names = (options.schedule_from, options.schedule_to)
    schedules = [read_schedule(connection, name) for name in names]
    relation = relation_name(connection, options.accounts)
    check_columns(connection, relation)
    labels = read_classes(connection, names[1])
    progress(f"rating the accounts of {relation}")
    revenue = read_revenue(connection, relation, names)
    check_billed(relation, revenue)
    progress("comparing bills")
    changes = read_changes(connection, relation, names)
    progress("counting consumption")
    tabulation = read_tabulation(connection, relation, names[0])
    classes = {kind: read_class(connection, kind, names, tabulation) for kind in usual_accounts(revenue, labels)}
    rates = rows(connection, """
        SELECT c.rate_table, c.item, c.a, c.b, c.change, c.percent
        FROM mission_rates.compare_schedules(%s, %s) AS c""", names)
    return Study(relation, schedules, labels, revenue, changes, tabulation, classes, rates)


def schedule_in_force(connection):
    """The name of the schedule in force today."""
    name = value(connection, """
        SELECT s.schedule FROM mission_rates.schedule AS s
        WHERE s.effective_from = (SELECT max(p.effective_from) FROM mission_rates.schedule AS p
            WHERE p.effective_from <= CURRENT_DATE)
        UNION ALL SELECT NULL ORDER BY 1 LIMIT 1""")
    if name is None:
        raise Failure("no rate schedule is in force today")
    return name


def read_rate_sheet(connection, name):
    """A schedule and its rate sheet."""
    schedule = read_schedule(connection, name or schedule_in_force(connection))
    lines = rows(connection, """
        SELECT r.section, r.rate_table, r.item, r.column_label, r.amount, r.unit
        FROM mission_rates.rate_sheet(schedule => %s) AS r""", (name,))
    return schedule, lines
