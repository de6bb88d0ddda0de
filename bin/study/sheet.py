"""The page of rates that a city posts: monthly charges first, each with its section of the ordinance."""

import collections

import calculator
import database
import words
from markup import counted, day, frame, money, number, paragraph, section, table, text
from words import capital

# Rate tables in the order in which a customer looks for them
TITLES = {"water_minimum": "Water: minimum charge", "water_volume": "Water: volume rates", "sewer_rate": "Sewer",
          "sewer_volume": "Sewer: volume rates", "service_charge": "Other services", "fee": "Fees", "deposit": "Deposits",
          "water_tap": "Water taps", "sewer_permit": "Sewer connection permits", "class_rule": "Customer classes",
          "schedule": "Terms"}

# Tables with a line for each amount; the others have a column for each label, as long as these are few
LISTED = ("fee", "sewer_permit")
FEW_COLUMNS = 3

# What the example bill is for, where the schedule has such a size
EXAMPLE_GALLONS = 6000
EXAMPLE_SIZE = "3/4"

# Terms of a schedule as sentences
TERMS = {
    "volume_step": lambda amount: "Water is charged by the gallon." if amount == 1 else
    f"Water is charged in whole steps of {plain(amount)} gallons.",
    "due_days": lambda amount: f"A bill is to be paid within {counted(amount, 'day')} after it is mailed; after that it is late.",
    "notice_days": lambda amount: f"After a notice of nonpayment, {counted(amount, 'day')} are left to pay before the water is "
                                  "turned off.",
    "included_pipe_feet": lambda amount: f"A water tap includes {plain(amount)} feet of pipe.",
    "boring_from_inches": lambda amount: f"The smallest line that is bored under a street is {plain(amount)} inch.",
    "boring_to_inches": lambda amount: f"The largest line that is bored under a street is {plain(amount)} inch.",
    "waiver_overcharge": lambda amount: f"The fee for a meter test is waived where the meter made the water charge at least "
                                        f"{plain(100 * amount)} percent too high.",
}


def plain(amount):
    """A number without closing zeros."""
    return f"{amount.normalize():,f}"


def dollars(amount):
    """A rate as the ordinance writes it."""
    sign = "\u2212" if amount < 0 else ""
    amount = abs(amount)
    return sign + (f"${amount:,.2f}" if amount == round(amount, 2) else f"${amount.normalize():,f}")


def unit_words(unit):
    """What an amount is for."""
    if not unit or unit == "each" or unit.startswith("of "):
        return unit or ""
    return "a month" if unit == "month" else f"per {unit}"


def is_amount(line):
    """Is the line dollars, and not a factor?"""
    return "factor" not in line.column_label


def bare(line):
    """What a line sets, without its unit."""
    if line.amount is None:
        return line.unit or line.column_label
    if not is_amount(line):
        return plain(line.amount)
    if line.unit.startswith("of "):
        return f"{plain(100 * line.amount)}%"
    return dollars(line.amount)


def full(line):
    """What a line sets, with its unit."""
    return bare(line) if line.amount is None else f"{bare(line)} {unit_words(line.unit)}".strip()


def column_head(column, lines):
    """The head of a column, with the unit that its numbers share."""
    units = {line.unit for line in lines if line.column_label == column and line.amount is not None}
    label = words.place(column)
    return (capital(label), unit_words(units.pop())) if len(units) == 1 else capital(label)


def places(lines):
    """The section that all lines have; nothing where they have several."""
    sections = {line.section for line in lines}
    return f"Section {sections.pop()}" if len(sections) == 1 else ""


def with_sections(caption, heads, body, lines, numeric=()):
    """A table with a column of sections, unless all lines have the same one, which then stands above."""
    if places(lines):
        heads, body = heads[:-1], [line[:-1] for line in body]
    return (paragraph(places(lines), "quiet") if places(lines) else "") + table(
        caption, heads, body, set(numeric), said=True, kind="" if places(lines) else "placed")


def grid(caption, lines, columns):
    """A table with a line for each item and a column for each label."""
    heads = {column: column_head(column, lines) for column in columns}
    items = list(dict.fromkeys((line.item, line.section) for line in lines))
    cells = {(line.item, line.column_label): bare(line) if isinstance(heads[line.column_label], tuple) else full(line)
             for line in lines}
    body = [(capital(item), *(cells.get((item, column), "\u2013") for column in columns), place)
            for item, place in items]
    return with_sections(caption, ("", *heads.values(), "Section"), body, lines, range(1, len(columns) + 1))


def listing(caption, lines):
    """A table with a line for each amount."""
    named = any(sum(line.item == other.item for other in lines) > 1 for line in lines)
    body = [(capital(f"{line.item}, {line.column_label}" if named else line.item), full(line), line.section)
            for line in lines]
    return with_sections(caption, ("", "Amount", "Section"), body, lines)


def classes(caption, lines):
    """The customer classes, in words."""
    body = [(line.item, capital(line.column_label), line.section) for line in lines]
    return with_sections(caption, ("Class", "Rated as", "Section"), body, lines)


def services(caption, lines):
    """Service charges: a line for each charge and amount, with the classes that have it."""
    found = collections.defaultdict(list)
    for line in lines:
        # The label is that of the charge and of the class, such as "drainage, A1 Residential"
        found[line.item, full(line), line.section].append(line.column_label.split(", ", 1)[-1])
    body = [(capital(item), amount, ", ".join(names), place) for (item, amount, place), names in found.items()]
    return with_sections(caption, ("", "Amount", "Classes", "Section"), body, lines, {1})


def terms(lines):
    """The terms of the schedule, in words."""
    sentences = []
    for line in lines:
        write = TERMS.get(line.column_label, lambda amount, line=line: f"{line.item}: {plain(amount)} {line.unit}.")
        if line.amount is not None:
            sentences.append(f"<li>{text(write(line.amount))} <small>{text(f'Section {line.section}')}</small></li>")
    return f'<ul class="terms">{"".join(sentences)}</ul>'


def table_of(rate_table, caption, lines):
    """A rate table as it reads best."""
    special = {"class_rule": classes, "service_charge": services, "schedule": lambda _, found: terms(found)}
    if rate_table in special:
        return special[rate_table](caption, lines)
    columns = list(dict.fromkeys(line.column_label for line in lines))
    if rate_table in LISTED or len(columns) > FEW_COLUMNS:
        return listing(caption, lines)
    return grid(caption, lines, columns)


def in_order(lines):
    """The rate tables that the schedule has: (name, title, lines)."""
    there = list(dict.fromkeys(line.rate_table for line in lines))
    order = [name for name in TITLES if name in there] + [name for name in there if name not in TITLES]
    return [(name, TITLES.get(name, capital(words.readable(name))), [line for line in lines if line.rate_table == name])
            for name in order]


def tables(lines):
    """The rate tables under small headings, for the appendix of a study."""
    return [f"<div class=block><h3>{text(title)}</h3>{table_of(name, title, found)}</div>"
            for name, title, found in in_order(lines)]


def included(connection, name):
    """What the minimum includes, in a sentence."""
    found = database.rows(connection, """
        SELECT v.first AS gallons, array_agg(v.class ORDER BY v.class)::text[] AS classes
        FROM (SELECT w.class, min(w.above_gallons) AS first FROM mission_rates.water_volume AS w
            WHERE w.schedule = %s GROUP BY w.class) AS v
        GROUP BY v.first ORDER BY min(v.class)""", (name,))

    def gallons(row):
        return f"the first {counted(row.gallons, 'gallon')}" if row.gallons else "no water"
    if not found:
        return ""
    if len(found) == 1:
        return f"It is charged for each meter and month, and includes {gallons(found[0])}."
    parts = "; ".join(f"for {', '.join(row.classes)} it includes {gallons(row)}" for row in found)
    return f"It is charged for each meter and month; {parts}."


def example_account(connection, name):
    """A usual account of the first class that has water, to show a bill of."""
    found = database.rows(connection, """
        SELECT r.class::text AS code, r.label, m.meter_size::text AS meter, m.service_area::text AS area
        FROM mission_rates.class_rule AS r
        JOIN mission_rates.water_minimum AS m USING (schedule, rate_group)
        WHERE r.schedule = %s AND m.service_area = coalesce(r.service_area, 'inside')
        ORDER BY r.class, m.meter_size::text <> %s, m.meter_size LIMIT 1""", (name, EXAMPLE_SIZE))
    return found[0] if found else None


def example(connection, name):
    """An example bill, line by line."""
    account = example_account(connection, name)
    if account is None:
        return ""
    lines = database.rows(connection, """
        SELECT b.description, b.quantity, b.unit, b.rate, b.amount, b.section, b.service
        FROM (SELECT %s::text AS class, %s::text AS meter, %s::bigint AS gallons, %s::text AS area) AS t
        CROSS JOIN LATERAL mission_rates.account_bill(t, %s) AS b ORDER BY b.line""",
                          (account.code, account.meter, EXAMPLE_GALLONS, account.area, name))
    if any(line.service == "problem" for line in lines):
        return ""
    body = [((line.description, f"{line.quantity} \u00d7 {dollars(line.rate)} {unit_words(line.unit)}"),
             money(line.amount), line.section) for line in lines]
    caption = (f"A month's bill of {account.label}, {account.meter} inch meter, {words.place(account.area)}, for "
               f"{number(EXAMPLE_GALLONS)} gallons")
    return section("example", "An example", paragraph(caption + "."), table(
        caption, ("", "Amount", "Section"), body, {1},
        ("Total", money(sum(line.amount for line in lines)), ""), said=True))


def dates(schedule):
    """By whom and when the rates were adopted, and since when they are in force."""
    by = f" by the {schedule.adopted_by}" if schedule.adopted_by else ""
    adopted = f"Adopted {day(schedule.adopted_on)}{by}. " if schedule.adopted_on else ""
    return f"{adopted}{words.since(schedule)}"


def header(schedule):
    """Which ordinance it is, and since when."""
    named = " ".join(part for part in (f"{schedule.name}.", schedule.title and f"{schedule.title.rstrip('.')}.") if part)
    return paragraph(dates(schedule)) + paragraph(named, "quiet")


def rate_sheet(options, connection):
    """The page."""
    schedule = database.read_schedule(connection, options.rate_sheet)
    found = in_order(database.read_sheet(connection, schedule.name))
    form = calculator.calculator(connection, [schedule.name])
    parts = [section(name, title, paragraph(included(connection, schedule.name)) if name == "water_minimum" else "",
                     table_of(name, title, lines)) for name, title, lines in found]
    shown = example(connection, schedule.name)
    foot = paragraph(f"Printed {day(options.date)} from the rates that bills are made by. Sections are those of the city's "
                     "code of ordinances.")
    contents = [("bill-calculator", "Your bill")] + ([("example", "An example")] if shown else []) + [
        (name, title) for name, title, _ in found]
    running = words.joined(options.city, schedule.name)
    return frame(options.title or f"Utility rates: {schedule.name}", header(schedule), [form, shown, *parts], foot, contents,
                 options.city, running)
