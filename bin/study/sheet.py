"""The page of rates that a city posts: monthly charges first, each with its section of the ordinance."""

from markup import frame, paragraph, section, table

# Rate tables in the order in which a customer looks for them
TITLES = {"water_minimum": "Water: minimum charge a month, by meter size",
          "water_volume": "Water: volume rates per 1,000 gallons",
          "sewer_rate": "Sewer", "sewer_volume": "Sewer: volume rates per 1,000 gallons",
          "service_charge": "Other services", "fee": "Fees", "deposit": "Deposits", "water_tap": "Water taps",
          "sewer_permit": "Sewer connection permits", "class_rule": "Customer classes", "schedule": "Terms"}

# Tables with a line for each amount; the others have a column for each label
LISTED = ("fee", "schedule", "class_rule", "sewer_permit")


def dollars(amount):
    """A rate as the ordinance writes it."""
    return f"${amount:,.2f}" if amount == round(amount, 2) else f"${amount.normalize():,f}"


def amount_text(line):
    """What a line sets; terms are numbers with a unit, rates are dollars."""
    if line.amount is None:
        return line.unit or line.column_label
    if line.rate_table == "schedule" or "factor" in line.column_label:
        return f"{line.amount.normalize():,f}"
    if line.unit.startswith("of "):
        return f"{(100 * line.amount).normalize():f}%"
    return dollars(line.amount)


def per(line):
    """The unit beside the amount."""
    return "" if line.amount is None else line.unit


def capital(label):
    """The label as the first word of a line."""
    return label[:1].upper() + label[1:]


def grid(caption, lines):
    """A table with a line for each item and a column for each label."""
    columns = list(dict.fromkeys(line.column_label for line in lines))
    items = list(dict.fromkeys((line.item, line.section) for line in lines))
    cells = {(line.item, line.column_label): amount_text(line) for line in lines}
    body = [(capital(item), *(cells.get((item, column), "\u2013") for column in columns), place)
            for item, place in items]
    return table(caption, ("", *map(capital, columns), "Section"), body, set(range(1, len(columns) + 1)))


def listing(caption, lines):
    """A table with a line for each amount."""
    return table(caption, ("", "Amount", "Per", "Section"),
                 [(capital(line.item), amount_text(line), per(line), line.section) for line in lines], {1})


def classes(caption, lines):
    """The customer classes, in words."""
    return table(caption, ("Class", "Rated as", "Section"),
                 [(line.item, capital(line.column_label), line.section) for line in lines], set())


def services(caption, lines):
    """Service charges: a line for each charge and unit, a column for each class that has it."""
    classes = list(dict.fromkeys(class_of(line) for line in lines))
    kinds = list(dict.fromkeys((line.item, line.unit, line.section) for line in lines))
    cells = {(line.item, line.unit, class_of(line)): amount_text(line) for line in lines}
    body = [(capital(item), *(cells.get((item, unit, name), "\u2013") for name in classes), unit, place)
            for item, unit, place in kinds]
    return table(caption, ("", *map(capital, classes), "Per", "Section"), body, set(range(1, len(classes) + 1)))


def class_of(line):
    """The class in the label of a service charge, such as "drainage, class A1"."""
    return line.column_label.rsplit(", ", 1)[-1]


def table_of(rate_table, caption, lines):
    """A rate table as it reads best."""
    if rate_table == "class_rule":
        return classes(caption, lines)
    if rate_table == "service_charge":
        return services(caption, lines)
    return (listing if rate_table in LISTED else grid)(caption, lines)


def since(schedule):
    """When the rates are in force."""
    if schedule.effective_from is None:
        return "A draft, not in force."
    first = schedule.effective_from
    return f"In force from {first:%B} {first.day}, {first.year}."


def rate_sheet(options, found):
    """The page."""
    schedule, lines = found
    there = list(dict.fromkeys(line.rate_table for line in lines))
    order = [name for name in TITLES if name in there] + [name for name in there if name not in TITLES]
    parts = []
    for name in order:
        title = TITLES.get(name, name)
        parts.append(section(name, title, table_of(name, title, [line for line in lines if line.rate_table == name])))
    foot = paragraph(f"Printed {options.date:%B} {options.date.day}, {options.date.year} from the rates that bills are "
                     "made by. Sections are those of the City's Code of Ordinances.")
    head = paragraph(since(schedule)) + (paragraph(schedule.title) if schedule.title else "")
    return frame(options.title or f"Utility rates: {schedule.name}", head, parts, foot,
                 [(name, TITLES.get(name, name)) for name in order])
