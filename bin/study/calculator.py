"""The bill calculator: a form, and what a script needs to make the bills of one or two schedules in the browser.

The facts come from the server: which lines a bill of each class, size and place has, or why there is none, are those of
account_bill() at the largest consumption; the script works out quantities and amounts.
"""

import json
import pkgutil

import words
from database import read_schedule, rows, schedule_in_force
from failure import Failure
from markup import day, frame, paragraph, text

# Gallons at which every block has a line: the most that can be billed
MOST_GALLONS = 10 ** 12

# What the form shows before anybody changes it
USUAL_GALLONS = 5000


def read_lines(db, names, name):
    """Each line that a bill can have, without service charges: (class, meter, area, flags) and the line, or a problem."""
    return rows(db, """
        SELECT t.class AS code, t.meter, t.area, t.metered::int || ':' || t.sewer::int AS flags, b.service, b.charge, b.description,
            b.rate::text AS rate, b.unit, b.section, b.from_gallons, b.to_gallons,
            CASE b.charge WHEN 'sewer_volume' THEN r.factor::text ELSE '1' END AS factor,
            CASE b.charge WHEN 'water_volume' THEN s.volume_step ELSE 1 END AS step
        FROM (SELECT row_number() OVER (ORDER BY c.class, m, a, metered DESC, sewer DESC) AS account,
                c.class::text AS class, m::text AS meter, a::text AS area, %s AS gallons, metered, sewer
            FROM (SELECT DISTINCT r.class FROM mission_rates.class_rule AS r WHERE r.schedule = ANY (%s)) AS c
            CROSS JOIN unnest(enum_range(NULL::mission_rates.meter_size)) AS m
            CROSS JOIN unnest(enum_range(NULL::mission_rates.service_area)) AS a
            CROSS JOIN unnest(ARRAY[true, false]) AS metered
            CROSS JOIN unnest(ARRAY[true, false]) AS sewer) AS t
        CROSS JOIN mission_rates.schedule AS s
        CROSS JOIN LATERAL mission_rates.account_bill(t, s.schedule) AS b
        LEFT JOIN mission_rates.sewer_rate AS r ON r.schedule = s.schedule AND r.class::text = b.rate_class::text
        WHERE s.schedule = %s AND b.service <> 'service'
        ORDER BY t.account, b.line""", (MOST_GALLONS, names, name))


def line_of(row):
    """A line as the script reads it; a problem has nothing but its sentence."""
    if row.service == "problem":
        return {"problem": row.description}
    line = {"charge": row.charge, "description": row.description, "rate": row.rate, "unit": row.unit,
            "section": row.section}
    if row.from_gallons is not None:
        line.update(above=row.from_gallons - 1, upto=row.to_gallons, factor=row.factor, step=row.step)
    return line


def read_bills(db, names, name):
    """The lines that there are, and which of them a bill of each class, size, place and state has."""
    lines, bills = {}, {}
    for row in read_lines(db, names, name):
        at = lines.setdefault(json.dumps(line_of(row)), len(lines))
        bill = bills
        for key in (row.code, row.meter, row.area):
            bill = bill.setdefault(key, {})
        bill.setdefault(row.flags, []).append(at)
    return {"lines": [json.loads(line) for line in lines], "bills": bills}


def in_order(charges):
    """Service charges as they are rated: each after those that it is a part of, by code where none depends on the other."""
    waiting, done = sorted(charges, key=lambda charge: ("base" in charge, charge["charge"].encode())), []
    while waiting:
        codes = {charge["charge"] for charge in waiting}
        ready = next((charge for charge in waiting if codes.isdisjoint(charge.get("base", ()))), waiting[0])
        waiting.remove(ready)
        done.append(ready)
    return done


def service_of(row):
    """A service charge as the script reads it."""
    charge = {"charge": row.code, "description": row.label, "rate": row.amount, "unit": row.unit, "section": row.section,
              "every": row.every_bill}
    if row.unit == "1,000 gallons":
        charge.update(above=row.above_gallons, upto=None, factor="1", step=row.step)
    elif row.unit == "dollar":
        charge.update(base=sorted(set(row.base)))
    return charge


def read_services(db, name):
    """The service charges of each class whose rates apply."""
    found = {}
    for row in rows(db, """
            SELECT c.class::text AS payer, c.code, c.label, c.amount::text AS amount, c.unit, c.section, c.above_gallons,
                c.every_bill, c.base_charges AS base,
                s.volume_step AS step
            FROM mission_rates.service_charge AS c JOIN mission_rates.schedule AS s ON s.schedule = c.schedule
            WHERE c.schedule = %s ORDER BY c.class, c.code""", (name,)):
        found.setdefault(row.payer, []).append(service_of(row))
    return {payer: in_order(charges) for payer, charges in found.items()}


def read_rules(db, name):
    """Each class: its label, where it is unless the customer says, and whose rates apply in which place."""
    return {row.code: {"label": row.label, "area": row.area, "payers": {"inside": row.code, "outside": row.outside}}
            for row in rows(db, """
                SELECT c.class::text AS code, c.label, c.service_area::text AS area, c.outside_class::text AS outside
                FROM mission_rates.class_rule AS c WHERE c.schedule = %s ORDER BY c.class""", (name,))}


def read_facts(db, schedule, names):
    """All that the bills of a schedule depend on."""
    return {"name": schedule.name, "rules": read_rules(db, schedule.name), "services": read_services(db, schedule.name),
            **read_bills(db, names, schedule.name)}


def usual_size(facts, code):
    """The last of the sizes that cost the class as little as its smallest: up to 3/4 inch in many ordinances."""
    area, most = facts["rules"][code]["area"], None
    for meter, places in facts["bills"][code].items():
        line = facts["lines"][places[area]["1:1"][0]]
        if line.get("rate") and (most is None or line["rate"] == most[1]):
            most = meter, line["rate"]
    return most and most[0]


def choice(name, label, options, chosen):
    """A list to choose from: options are (value, text)."""
    items = "".join(f'<option value="{text(value)}"{" selected" if value == chosen else ""}>{text(words)}</option>'
                    for value, words in options)
    return f'<label>{text(label)} <select name="{name}">{items}</select></label>'


def box(name, label, checked):
    """Yes or no."""
    return (f'<label class="box"><input type="checkbox" name="{text(name)}"{" checked" if checked else ""}> '
            f"<span>{text(label)}</span></label>")


def count(name, label):
    """How many."""
    return (f'<label class="count"><span>{text(label)}</span> <input name="{text(name)}" inputmode="numeric" '
            'autocomplete="off" value="0" aria-errormessage="calculator-first"></label>')


def services_of(facts):
    """A control for each service charge: a number where it is charged for each, else a box."""
    found = {}
    for schedule in facts:
        for charges in schedule["services"].values():
            for charge in charges:
                label, units = found.setdefault(charge["charge"], (charge["description"], set()))
                units.add(charge["unit"])
    controls = "".join(count(f"service-{code}", label) if "each" in units else box(f"service-{code}", label, False)
                       for code, (label, units) in found.items())
    return f"<fieldset><legend>Other services</legend>{controls}</fieldset>" if controls else ""


def controls(facts, gallons):
    """What the customer says of the account."""
    rules = {}
    for schedule in facts:
        rules.update(schedule["rules"])
    codes = list(facts[-1]["bills"])
    first = next(iter(facts[-1]["rules"]))
    meters = facts[-1]["bills"][first]
    areas = next(iter(meters.values()))
    return "".join((
        choice("class", "Customer class", [(code, f"{code} {rules[code]['label']}") for code in codes], first),
        '<div class="pair">',
        choice("meter", "Meter, inches", [(meter, meter) for meter in meters], usual_size(facts[-1], first)),
        choice("area", "Place", [(area, words.capital(words.place(area))) for area in areas], rules[first]["area"]),
        "</div>",
        f'<label>Gallons in the month <input name="gallons" inputmode="numeric" autocomplete="off" value="{gallons}" '
        'aria-errormessage="calculator-first">'
        "</label>",
        box("metered", "The meter works", True), box("sewer", "Connected to the sewer", True),
        services_of(facts)))


def result(schedule):
    """The bill under a schedule, which the script fills in."""
    name = text(schedule.name)
    return (f'<div class="result" data-schedule="{name}"><p class="problem" role="status" hidden></p>'
            f'<table class="bill" data-schedule="{name}"><caption>{name} <small>{text(words.since(schedule))}</small></caption>'
            '<thead><tr><th scope="col">Charge and section</th><th scope="col" class="n">Amount</th></tr></thead>'
            '<tbody></tbody><tfoot><tr><th scope="row">Total a month</th><td class="n"><output name="total"></output></td>'
            "</tr></tfoot></table></div>")


def comparison(schedules):
    """What changes between two schedules, charge by charge, which the script fills in."""
    if len(schedules) == 1:
        return ""
    heads = "".join(f'<th scope="col" class="n">{text(head)}</th>' for head in [schedule.name for schedule in schedules])
    return (f'<div class="changes"><table><caption>Change by charge</caption><thead><tr>'
            f'<th scope="col">Charge</th>{heads}<th scope="col" class="n change">Change</th></tr></thead><tbody></tbody><tfoot></tfoot></table></div>')


def packed(facts):
    """Facts as JSON that can stand in a script element, whatever the labels hold."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def calculator(db, schedules, heading="What will my bill be?", gallons=USUAL_GALLONS):
    """A fragment: the calculator for one schedule, or for today's and the proposed one; hidden without JavaScript.

    "gallons" is what it shows before anybody changes it.
    """
    found = [read_schedule(db, name) for name in schedules]
    facts = [read_facts(db, schedule, schedules) for schedule in found]
    for schedule in facts:
        if not schedule["rules"]:
            raise Failure(f'schedule "{schedule["name"]}" has no customer classes')
    style, script = (pkgutil.get_data("calculator", f"calculator.{part}").decode("utf-8") for part in ("css", "js"))
    return (f'<section id="bill-calculator" aria-labelledby="bill-calculator-title" hidden><style>{style}</style>'
            f'<h2 id="bill-calculator-title">{text(heading)}</h2><form id="calculator" autocomplete="off">'
            f'<div class="account">{controls(facts, gallons)}</div><p id="calculator-first" role="status" aria-live="polite"></p><div class="bills">{comparison(found)}'
            f'{"".join(map(result, found))}</div></form>'
            f'<script type="application/json" id="calculator-facts">{packed(facts)}</script>'
            f"<script>{script}</script></section>")


def page(options, db):
    """A page with nothing but the calculator, for the city's site."""
    names = [name for name in (options.against, options.calculator or schedule_in_force(db)) if name is not None]
    if len(set(names)) < len(names):
        raise Failure(f'"{options.against}" is the schedule in force: name another one to compare it with')
    foot = paragraph(f"Rates as of {day(options.date)}. Amounts are dollars of one "
                     "month, rounded line by line as on a bill; the bill that the City mails is the one that counts.")
    without = "<noscript><p>The calculator needs JavaScript, which is turned off in this browser.</p></noscript>"
    return frame(options.title or "Utility bill calculator", without, [calculator(db, names)], foot, above=options.city,
                 running=options.city)
