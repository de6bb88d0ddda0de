"""What a study asks of the database: account functions and reports, nothing else."""

import collections

import accounts
from database import read_schedule, read_sheet, rows
from failure import Failure

CHARGES = ("water_minimum", "water_volume", "sewer_fixed", "sewer_volume", "sewer_flat", "dumping_station",
           "fire_sprinkler", "services")

# Gallons at which a bill is quoted for each class
QUOTED_GALLONS = (0, 1000, 2000, 5000, 10000, 25000)

# A chart ends where 95 of 100 bills do, says what lies beyond, and has no more bars than this
CHARTED_SHARE = "0.95"
TABULATED_STEPS = 20
CURVE_GALLONS = 30000
FINEST_STEP = 100

# The blocks of a class are found by a bill of this many gallons
MANY_GALLONS = 10 ** 9

Study = collections.namedtuple("Study", "source schedules labels revenue changes classes tabulations typical rates checks "
                                        "sheet")
Class = collections.namedtuple("Class", "code label meter area sewer")
Bills = collections.namedtuple("Bills", "quoted curve blocks beyond")
Beyond = collections.namedtuple("Beyond", "gallons bills used")
Tabulation = collections.namedtuple("Tabulation", "code label step steps beyond blocks")
Block = collections.namedtuple("Block", "first last rate_a rate_b bills gallons")
Typical = collections.namedtuple("Typical", "kind gallons bills lines")


def read_classes(connection, name):
    """Label of each class of a schedule, in the order of the ordinance."""
    found = rows(connection, """
        SELECT r.class::text AS code, r.label FROM mission_rates.class_rule AS r
        WHERE r.schedule = %s ORDER BY r.class""", (name,))
    return {row.code: row.label for row in found}


def read_revenue(connection, source, names):
    """Number of accounts and sums of every charge under both schedules, by class, meter and place as they are kept."""
    sums = ", ".join(f"sum({side}.{charge}) AS {side}_{charge}" for side in "ab" for charge in CHARGES + ("total",))
    return rows(connection, f"""
        SELECT t.class::text AS kept, t.meter::text AS meter, t.area::text AS area,
            a.problem_code AS a_code, b.problem_code AS b_code, min(a.problem) AS a_problem, min(b.problem) AS b_problem,
            count(*) AS accounts, {sums}
        FROM {source.sql} AS t
        CROSS JOIN LATERAL mission_rates.account_charges(t, %s) AS a
        CROSS JOIN LATERAL mission_rates.account_charges(t, %s) AS b
        GROUP BY 1, 2, 3, 4, 5""", names)


def canonical(connection, function, spellings):
    """What the database reads in each spelling of a code, as text."""
    found = rows(connection, f"""
        SELECT s.code, mission_rates.{function}(s.code)::text AS label
        FROM unnest(%s::text[]) AS s (code)""", (sorted(spellings),))
    return dict(found)


def billed(row):
    """Can bills of this row be made under both schedules?"""
    return row.a_code is None and row.b_code is None


def read_codes(connection, revenue):
    """The rows with class, meter and place as the database reads them, so that spellings of one thing are one thing.

    What cannot be read stays as it is kept; such rows have no bills.
    """
    codes = {}
    for column, function in (("kept", "to_customer_class"), ("meter", "to_meter_size"), ("area", "to_service_area")):
        kept = {getattr(row, column) for row in revenue if billed(row) and (getattr(row, column) or "").strip()}
        codes[column] = canonical(connection, function, kept)
    Row = collections.namedtuple("Row", ("code", "size", "place") + revenue[0]._fields)

    def read(row):
        known = [codes[column].get(getattr(row, column)) for column in codes]
        return Row(known[0] or (row.kept or "").strip().upper(), *known[1:], *row)
    return [read(row) for row in revenue]


def in_order(codes, labels):
    """Classes in the order of the ordinance."""
    order = {code: place for place, code in enumerate(labels)}
    return sorted(codes, key=lambda code: (order.get(code, len(order)), code))


def with_sewer(connection, names, usual):
    """Which of the usual accounts, {code: (meter, place)}, can have a bill with sewer under both schedules."""
    return {row.code for row in rows(connection, """
        SELECT t.class AS code
        FROM (SELECT k.class, k.meter, k.area, 0 AS gallons
            FROM unnest(%s::text[], %s::text[], %s::text[]) AS k (class, meter, area)) AS t
        WHERE mission_rates.account_problem(t, %s) IS NULL AND mission_rates.account_problem(t, %s) IS NULL""",
                                     (*columns(((code, *account) for code, account in usual.items()), 3), *names))}


def usual_accounts(connection, names, revenue, labels):
    """For each class that is billed for water: the meter and the place that most of its accounts have.

    They have sewer, where the class has a rate for it.
    """
    counts = collections.defaultdict(collections.Counter)
    for row in revenue:
        if billed(row) and row.size and row.a_water_minimum:
            counts[row.code][row.size, row.place] += row.accounts
    usual = {code: min(sizes, key=lambda size: (-sizes[size], size)) for code, sizes in counts.items()}
    sewer = with_sewer(connection, names, usual)
    return {code: Class(code, labels.get(code, code), *usual[code], code in sewer) for code in in_order(usual, labels)}


def read_rate_classes(connection, revenue, name):
    """The class whose rates apply to each class and place, and the blocks of each such class.

    Both are read off the lines of a bill: outside the city a class pays the rates of another one.
    """
    keys = {(row.code, row.place): row.size for row in revenue if billed(row) and row.size}
    found = rows(connection, """
        SELECT t.class AS code, t.area, b.rate_class, b.from_gallons AS first, b.to_gallons AS last, b.rate
        FROM (SELECT k.class, k.meter, k.area, %s AS gallons, false AS sewer
            FROM unnest(%s::text[], %s::text[], %s::text[]) AS k (class, meter, area)) AS t
        CROSS JOIN LATERAL mission_rates.account_bill(t, %s) AS b
        WHERE b.charge = 'water_volume' AND b.from_gallons IS NOT NULL ORDER BY b.line""",
                 (MANY_GALLONS, [key[0] for key in keys], list(keys.values()), [key[1] for key in keys], name))
    classes, blocks = {}, collections.defaultdict(dict)
    for row in found:
        classes[row.code, row.area] = str(row.rate_class)
        blocks[str(row.rate_class)][row.first] = row
    return classes, {code: list(edges.values()) for code, edges in blocks.items()}


class Readings:
    """The bills that can be made under both schedules: class, class whose rates apply, gallons, change in cents."""

    def __init__(self, connection, source, names, revenue, rate_classes):
        keys = {(row.kept, row.area): (row.code, rate_classes.get((row.code, row.place), row.code))
                for row in revenue if billed(row)}
        self.connection = connection
        self.values = (*names, [kept for kept, _ in keys], [area for _, area in keys],
                       [code for code, _ in keys.values()], [code for _, code in keys.values()])
        self.sql = f"""
            WITH r AS MATERIALIZED (
                SELECT k.code, k.rate_class, nullif(btrim(t.gallons::text), '')::numeric::bigint AS gallons,
                    trunc(100 * (p.b - p.a))::bigint AS cents
                FROM {source.sql} AS t
                CROSS JOIN LATERAL (SELECT mission_rates.account_total(t, %s), mission_rates.account_total(t, %s)
                    OFFSET 0) AS p (a, b)
                JOIN unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS k (class, area, code, rate_class)
                    ON k.class = t.class::text AND k.area = t.area::text
                WHERE p.a IS NOT NULL AND p.b IS NOT NULL)"""

    def ask(self, query, values=()):
        """A query over the bills, which it calls r."""
        return rows(self.connection, self.sql + query, (*self.values, *values))

    def changes(self):
        """How many bills of a class change by how many cents, {code: {cents: bills}}; and where consumption ends.

        The ends are rows of a class, or of a class whose rates apply: number of bills, median, end of a chart.
        """
        found = self.ask(f"""
            SELECT r.code, NULL AS rate_class, r.cents, count(*) AS bills, NULL::bigint AS middle, NULL::bigint AS high
            FROM r GROUP BY r.code, r.cents
            UNION ALL SELECT r.code, r.rate_class, NULL, count(*),
                percentile_disc(0.5) WITHIN GROUP (ORDER BY r.gallons),
                percentile_disc({CHARTED_SHARE}) WITHIN GROUP (ORDER BY r.gallons)
            FROM r WHERE r.gallons IS NOT NULL GROUP BY GROUPING SETS ((r.code), (r.rate_class))""")
        changes = collections.defaultdict(collections.Counter)
        for row in found:
            if row.cents is not None:
                changes[row.code][row.cents] = row.bills
        return changes, [row for row in found if row.cents is None]

    def consumption(self, limits, steps, edges):
        """The bill tabulation of classes whose rates apply, and sums beyond their last step, beyond limits, in blocks.

        "limits" is {code: gallons}, "steps" {code: (step, last)}, "edges" lists (code, first, last).
        """
        return self.ask("""
            SELECT 'tabulation' AS kind, g.rate_class AS code, f.from_gallons, f.to_gallons, f.bills, f.gallons,
                f.cumulative_bills, f.cumulative_gallons, f.consolidated_gallons
            FROM (SELECT r.rate_class, s.step, array_agg(r.gallons) AS readings
                FROM r JOIN unnest(%s::text[], %s::bigint[], %s::bigint[]) AS s (rate_class, step, last)
                    ON s.rate_class = r.rate_class AND r.gallons <= s.last
                GROUP BY r.rate_class, s.step) AS g
            CROSS JOIN LATERAL mission_rates.bill_tabulation(g.readings, g.step) AS f
            UNION ALL SELECT 'above', r.rate_class, NULL, NULL, count(*), sum(r.gallons), NULL, NULL, NULL
            FROM r JOIN unnest(%s::text[], %s::bigint[]) AS s (rate_class, last)
                ON s.rate_class = r.rate_class AND r.gallons > s.last
            GROUP BY r.rate_class
            UNION ALL SELECT 'beyond', r.code, NULL, NULL, count(*), sum(r.gallons), NULL, NULL, NULL
            FROM r JOIN unnest(%s::text[], %s::bigint[]) AS l (code, gallons)
                ON l.code = r.code AND r.gallons > l.gallons
            GROUP BY r.code
            UNION ALL SELECT 'block', r.rate_class, e.first, NULL,
                count(*) FILTER (WHERE r.gallons <= coalesce(e.last, r.gallons)),
                sum(least(r.gallons, e.last) - e.first + 1), NULL, NULL, NULL
            FROM r JOIN unnest(%s::text[], %s::bigint[], %s::bigint[]) AS e (rate_class, first, last)
                ON e.rate_class = r.rate_class AND r.gallons >= e.first
            GROUP BY r.rate_class, e.first
            ORDER BY 1, 2, 4""", (*columns((code, *ends) for code, ends in steps.items()),
                                  *columns((code, last) for code, (_, last) in steps.items()),
                                  *columns(limits.items()), *columns(edges, 3)))


def columns(lines, width=2):
    """Lines of values as a list for each column."""
    return list(map(list, zip(*lines))) or [[]] * width


def round_step(most):
    """A round step of gallons that takes no more than TABULATED_STEPS to a number of gallons."""
    step, factors = FINEST_STEP, 0
    while -(-most // step) > TABULATED_STEPS:
        step = step * 5 // 2 if factors % 3 == 1 else step * 2
        factors += 1
    return step


def blocks_of(code, blocks):
    """The blocks of a class under both schedules as they are cut by each other: (first, last, rate a, rate b)."""
    sides = [side.get(code, []) for side in blocks]
    starts = sorted({row.first for side in sides for row in side})

    def rate(side, first):
        return next((row.rate for row in reversed(side) if row.first <= first), None)
    lasts = [start - 1 for start in starts[1:]] + [None]
    parts = [(first, last, rate(sides[0], first), rate(sides[1], first)) for first, last in zip(starts, lasts)]
    return ([(1, starts[0] - 1, None, None)] if starts and starts[0] > 1 else []) + parts


def chart_ends(ends):
    """Where curves end, {code: gallons}, and the steps of tabulations, {code: (step, last)}."""
    limits, steps = {}, {}
    for row in ends:
        high = max(row.high, 1)
        if row.code:
            limits[row.code] = max(-(-high // 1000) * 1000, CURVE_GALLONS)
        else:
            step = round_step(high)
            steps[row.rate_class] = (step, step * -(-high // step))
    return limits, steps


def read_consumption(readings, ends, blocks, labels):
    """Consumption of each class whose rates apply, and what lies beyond the curve of each class."""
    limits, steps = chart_ends(ends)
    edges = [(code, first, last) for code in steps for first, last, *_ in blocks_of(code, blocks)]
    found = collections.defaultdict(list)
    for row in readings.consumption(limits, steps, edges):
        found[row.kind, row.code].append(row)

    def beyond(kind, code, gallons):
        row = next(iter(found[kind, code]), None)
        return Beyond(gallons, row.bills if row else 0, row.gallons if row else 0)

    def tabulation(code):
        sold = {row.from_gallons: row for row in found["block", code]}
        parts = [Block(*block, *((sold[block[0]].bills, sold[block[0]].gallons) if block[0] in sold else (0, 0)))
                 for block in blocks_of(code, blocks)]
        return Tabulation(code, labels.get(code, code), steps[code][0], found["tabulation", code],
                          beyond("above", code, steps[code][1]), parts)
    return ([tabulation(code) for code in in_order(steps, labels)],
            {code: beyond("beyond", code, gallons) for code, gallons in limits.items()})


def read_bills(connection, kind, names, gallons):
    """Bills of a usual account of a class under both schedules: rows (gallons, a, b)."""
    return rows(connection, """
        SELECT t.gallons, mission_rates.account_total(t, %s) AS a, mission_rates.account_total(t, %s) AS b
        FROM (SELECT %s::text AS class, %s::text AS meter, g.gallons, %s::text AS area, %s AS sewer
            FROM unnest(%s::bigint[]) AS g (gallons)) AS t
        ORDER BY t.gallons""", (*names, kind.code, kind.meter, kind.area, kind.sewer, list(gallons)))


def read_lines(connection, kind, names, gallons):
    """The bill of a usual account of a class by charge: rows (charge, label, a, b) in the order of the bill."""
    return rows(connection, """
        SELECT b.charge, min(b.description) AS label, sum(b.amount) FILTER (WHERE b.side = 1) AS a,
            sum(b.amount) FILTER (WHERE b.side = 2) AS b
        FROM (SELECT n.side, l.* FROM unnest(%s::text[]) WITH ORDINALITY AS n (name, side)
            CROSS JOIN (SELECT %s::text AS class, %s::text AS meter, %s::bigint AS gallons, %s::text AS area, %s AS sewer) AS t
            CROSS JOIN LATERAL mission_rates.account_bill(t, n.name) AS l) AS b
        GROUP BY b.charge ORDER BY max(b.line), b.charge""", (list(names), kind.code, kind.meter, gallons, kind.area,
                                                           kind.sewer))


def read_classes_bills(connection, usual, names, beyond, rate_classes, blocks):
    """Bills of each class at the quoted gallons and along a curve, where its blocks begin, and what lies beyond."""
    found = {}
    for code, kind in usual.items():
        rated = rate_classes.get((code, kind.area), code)
        starts = [[row.first - 1 for row in side.get(rated, [])] for side in blocks]
        end = beyond.get(code, Beyond(CURVE_GALLONS, 0, 0))
        last = end.gallons
        points = {last * step // 60 for step in range(61)} | {edge for side in starts for edge in side if edge <= last}
        found[kind] = Bills(read_bills(connection, kind, names, QUOTED_GALLONS),
                            read_bills(connection, kind, names, sorted(points)), starts, end)
    return found


def read_typical(connection, usual, names, ends, revenue):
    """The usual account of the largest class at its median gallons."""
    sizes = collections.Counter()
    for row in revenue:
        if billed(row) and row.code in usual:
            sizes[row.code] += row.accounts
    middles = {row.code: row for row in ends if row.code in usual}
    code = max(middles, key=lambda code: sizes[code], default=None)
    if code is None:
        return None
    gallons = middles[code].middle
    return Typical(usual[code], gallons, middles[code].bills, read_lines(connection, usual[code], names, gallons))


def read_checks(connection, schedules):
    """What check_schedule says: errors of either schedule, and warnings of a draft."""
    found = []
    for schedule in schedules:
        lines = rows(connection, """
            SELECT c.severity, c.rate_table, c.item, c.problem FROM mission_rates.check_schedule(%s) AS c""",
                     (schedule.name,))
        lines = [line for line in lines if line.severity == "error" or schedule.effective_from is None]
        if lines:
            found.append((schedule, lines))
    return found


def check_billed(source, revenue):
    """Refuse a study of nothing."""
    if not revenue:
        raise Failure(f"{source.name} has no rows that you may see")
    if not any(billed(row) for row in revenue):
        reasons = sorted({row.a_problem or row.b_problem for row in revenue})
        raise Failure(f"no account of {source.name} can be billed under both schedules: {reasons[0]}")


def read_study(connection, options, progress):
    """All figures of a study."""
    schedules = [read_schedule(connection, name) for name in (options.schedule_from, options.schedule_to)]
    names = tuple(schedule.name for schedule in schedules)
    labels = {**read_classes(connection, names[0]), **read_classes(connection, names[1])}
    source = accounts.find(connection, options)
    progress(f"rating the accounts of {source.name}")
    revenue = read_revenue(connection, source, names)
    check_billed(source, revenue)
    revenue = read_codes(connection, revenue)
    progress("comparing bills")
    sides = [read_rate_classes(connection, revenue, name) for name in names]
    rate_classes, blocks = sides[1][0], [side[1] for side in sides]
    readings = Readings(connection, source, names, revenue, rate_classes)
    changes, ends = readings.changes()
    progress("counting consumption")
    tabulations, beyond = read_consumption(readings, ends, blocks, labels)
    usual = usual_accounts(connection, names, revenue, labels)
    return Study(
        source, schedules, labels, revenue, changes,
        read_classes_bills(connection, usual, names, beyond, rate_classes, blocks), tabulations,
        read_typical(connection, usual, names, ends, revenue),
        rows(connection, """
            SELECT c.rate_table, c.item, c.a, c.b, c.change, c.percent
            FROM mission_rates.compare_schedules(%s, %s) AS c""", names),
        read_checks(connection, schedules), read_sheet(connection, names[1]))
