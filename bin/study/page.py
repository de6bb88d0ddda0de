"""The rate study, chapter by chapter."""

import collections

import calculator
import charts
import decision
import figures
import sheet
import words
from figures import LIMITS
from markup import (NONE, counted, day, figure, folded, frame, money, number, paragraph, percents, section, table, text)
from reading import QUOTED_GALLONS

CONTENTS = (("decision", "In short"), ("bill-calculator", "Your bill"), ("bills", "Bills"), ("change", "Change"),
            ("classes", "Who pays"), ("revenue", "Revenue"), ("consumption", "Consumption"), ("rates", "Rates that differ"),
            ("set-aside", "Set aside"), ("appendix", "Appendix"))


# A rate of more letters than this is a text, and takes several lines
LONG = 14


def beyond_sentence(beyond):
    """What a chart does not show."""
    if not beyond.bills:
        return ""
    return f"{counted(beyond.bills, 'bill')} with {counted(beyond.used, 'gallon')} lie beyond {number(beyond.gallons)}."


def quoted_lines(bills):
    """The bills of a class at the quoted gallons."""
    return [(number(bill.gallons), money(bill.a), money(bill.b),
             money(None if None in (bill.a, bill.b) else bill.b - bill.a, True),
             percents(None if None in (bill.a, bill.b) else figures.percent(bill.a, bill.b))) for bill in bills]


def class_bills(kind, found):
    """The bills of a class: the curve and a table."""
    label = f"{kind.code} {kind.label}"
    points = [point for point in found.curve if None not in (point.a, point.b)]
    drawing = ""
    if points:
        said = f"today from {money(points[0].a)} to {money(points[-1].a)}; proposed from {money(points[0].b)} to " \
               f"{money(points[-1].b)}"
        drawing = figure(label, f"{words.usual(kind)}. {beyond_sentence(found.beyond)}", charts.chart(
            f"curve {kind.code}", charts.bill_curve(points, found.blocks),
            f"Bill of class {label} from 0 to {number(points[-1].gallons)} gallons: {said}.", 300, 220))
    return drawing + table(f"Bills of {label}, {words.usual(kind)}", ("Gallons", "Today", "Proposed", "Change", "Percent"),
                           quoted_lines(found.quoted), {0, 1, 2, 3, 4}, said=bool(drawing))


def bills(study):
    """Bill against gallons, and bills at the usual consumptions, for a class that is chosen; in print all of them."""
    if not study.classes:
        return ""
    picks = "".join(f'<input type="radio" name="class-of-bills" id="pick-{at}"{" checked" if not at else ""}>'
                    f'<label for="pick-{at}">{text(f"{kind.code} {kind.label}")}</label>'
                    for at, kind in enumerate(study.classes))
    panels = "".join(f'<div class="panel">{class_bills(kind, found)}</div>' for kind, found in study.classes.items())
    gallons = ", ".join(number(quoted) for quoted in QUOTED_GALLONS[:-1])
    return section("bills", "Bill against gallons", paragraph(
        f"A month's water, sewer and what is on every bill, for the meter size and the place that most accounts of a "
        f"class have; bills at {gallons} and {number(QUOTED_GALLONS[-1])} gallons below. Dotted lines: where a block of the "
        "proposed schedule begins.", "quiet"),
        f'<fieldset class="pick"><legend>Customer class</legend>{picks}</fieldset><div class="panels">{panels}</div>')


def picks_style(study):
    """Which bills are shown for which choice; without it, or in print, all are."""
    rules = "".join(f"#bills:has(#pick-{at}:checked) .panel:nth-child({at + 1})" + ", " for at in range(len(study.classes)))
    return f"@media screen {{ @supports selector(:has(a)) {{ .panel {{ display: none; }} {rules.rstrip(', ')} " \
           f"{{ display: block; }} }} }}\n" if rules else ""


def bar_name(low, width):
    """From where to where a bar of the histogram goes."""
    return f"{money(low, True)} to {money(low + width - figures.CENT, True)}"


def bar_lines(found):
    """The bars of the histogram as lines of a table, with what lies beyond in lines of its own."""
    first, last = found.bars[0][0], found.bars[-1][0] + found.width
    lines = [(bar_name(low, found.width), bills) for low, bills in found.bars]
    lines[0] = (lines[0][0], lines[0][1] - found.below)
    lines[-1] = (lines[-1][0], lines[-1][1] - found.above)
    if found.below:
        lines.insert(0, (f"below {money(first, True)}", found.below))
    if found.above:
        lines.append((f"{money(last, True)} and more", found.above))
    return [(name, number(bills)) for name, bills in lines]


def ends_sentence(found):
    """What the first and the last bar take in beside their own."""
    parts = [f"the {place} bar also has {counted(bills, 'bill')} of a {than} change"
             for place, bills, than in (("first", found.below, "lower"), ("last", found.above, "higher")) if bills]
    return f" {words.capital('; '.join(parts))}, hatched." if parts else ""


def change(study, whole):
    """How many bills change by how much."""
    found = figures.bars(sum(study.changes.values(), collections.Counter()))
    top = max(found.bars, key=lambda bar: bar[1])
    title = f"{counted(whole.bills, 'bill')} by the change of a month"
    drawing = charts.chart("histogram", charts.histogram(found), (
        f"Histogram of {title}. Most of them, {number(top[1])}, change by {bar_name(top[0], found.width)}; the median is "
        f"{money(whole.middle, True)}."), 300)
    numbers = table("Bills by the change of a month", ("Change", "Bills"), bar_lines(found), {1}, said=True)
    return section("change", "Change of bills", '<div class="beside">',
                   figure(title, f"Each bar covers {money(found.width)}.{ends_sentence(found)}", drawing),
                   folded("Numbers of this chart", numbers), "</div>")


def spread_table(lines, whole):
    """The percentiles of each class."""
    def cells(line):
        return (line.label, number(line.bills), money(line.low, True), money(line.middle, True), money(line.high, True))
    return table("Change of a bill by class", ("Class", "Bills", "10th percentile", "Median", "90th percentile"),
                 [cells(line) for line in lines], {1, 2, 3, 4}, cells(whole), said=True)


def payers_table(lines, whole):
    """How many pay more, the same, less, and more by so many dollars."""
    def cells(line):
        return (line.label, *((number(count), percents(words.share(count, line.bills), False))
                              for count in (line.more, line.same, line.less, *line.over)))
    return table("Bills that rise, stay and fall, and that rise by more than 1, 5 and 10 dollars a month",
                 ("Class", "More", "Same", "Less", *(f"Over ${limit}" for limit in LIMITS)),
                 [cells(line) for line in lines], {1, 2, 3, 4, 5, 6}, cells(whole), kind="many")


def classes(lines, whole):
    """Who pays more and who pays less."""
    spread = [(line.label, line.low, line.middle, line.high) for line in lines]
    said = "; ".join(f"{line.label}: median {money(line.middle, True)}" for line in lines)
    heights = [90 + charts.row_height([line.label for line in lines], wide, 34) * len(spread) for wide in (True, False)]
    title = "Change of a bill by class"
    drawing = charts.chart("spread", charts.spread(spread), f"{title}: {said}.", *heights)
    note = "Four of five bills of a class lie within its bar; the dot is the median."
    return section("classes", "Who pays more and who pays less", payers_table(lines, whole), '<div class="beside">',
                   figure(title, note, drawing, spread_table(lines, whole)), "</div>")


def revenue_table(caption, first, pairs):
    """Before, after, change."""
    sums = [sum(pair[side] for pair in pairs) for side in (1, 2)]
    lines = [(label, money(a), money(b), money(b - a, True), percents(figures.percent(a, b))) for label, a, b in pairs]
    return table(caption, (first, "Today", "Proposed", "Change", "Percent"), lines, {1, 2, 3, 4},
                 ("All", *map(money, sums), money(sums[1] - sums[0], True), percents(figures.percent(*sums))), said=True)


def revenue_figure(title, first, pairs, span):
    """Bars before and after, and their table."""
    said = "; ".join(f"{label}: {money(a)}, then {money(b)}" for label, a, b in pairs)
    labels = [label for label, *_ in pairs]
    heights = [80 + charts.row_height(labels, wide, 34) * len(pairs) for wide in (True, False)]
    drawing = charts.chart(title, charts.paired_bars(pairs, f"Dollars in {span}"), f"{title}. {said}.", *heights)
    return f'<div class="beside">{figure(title, "", drawing, revenue_table(title, first, pairs))}</div>'


def revenue(study):
    """Revenue by class and by charge."""
    sides = [figures.revenue_by(study, side) for side in "ab"]
    codes = figures.in_order(set(sides[0]) | set(sides[1]), study.labels)
    by_class = [(figures.class_name(study, code), sides[0].get(code, 0), sides[1].get(code, 0)) for code in codes]
    by_charge = [(words.CHARGES[charge], a, b) for charge, a, b in figures.charges(study)]
    span = "a month" if study.source.months == 1 else f"{study.source.months} months"
    return section("revenue", f"Revenue of {span}", revenue_figure("Revenue by class", "Class", by_class, span),
                   revenue_figure("Revenue by charge", "Charge", by_charge, span))


def consumption_figure(found):
    """The bills of a class by consumption."""
    label = f"{found.code} {found.label}"
    steps = [(row.from_gallons, row.to_gallons, row.bills) for row in found.steps]
    edges = [(block.first - 1, str(at)) for at, block in enumerate(found.blocks) if 1 < block.first <= found.beyond.gallons]
    bills = sum(step[2] for step in steps) + found.beyond.bills
    note = f"{counted(bills, 'bill')}, a bar for each {counted(found.step, 'gallon')}. {beyond_sentence(found.beyond)}"
    drawn = ", ".join(number(edge) for edge, _ in edges) or "none"
    said = f"Bills by the rates of class {label} by consumption; blocks begin above {drawn} gallons. {note}"
    plot = charts.tabulation(steps, found.step, found.beyond.gallons, found.beyond.bills, edges)
    return figure(label, note, charts.draw(f"tabulation {found.code}", charts.NARROW, 210, plot, said))


def block_lines(study):
    """The blocks of each class: rates, bills that end in them, gallons sold in them."""
    lines = []
    for found in study.tabulations:
        sold = sum(block.gallons for block in found.blocks)
        lines += [(f"{found.code} {found.label}",)] if found.blocks else []
        for block in found.blocks:
            reach = f"{number(block.first)} to {number(block.last)}" if block.last else f"{number(block.first)} and up"
            rates = ["included" if rate is None else sheet.dollars(rate) for rate in (block.rate_a, block.rate_b)]
            lines.append((reach, *rates, number(block.bills), number(block.gallons),
                          percents(words.share(block.gallons, sold), False)))
    return lines


def consumption(study):
    """Consumption by the class whose rates apply, and what is sold in each block."""
    drawings = "".join(consumption_figure(found) for found in study.tabulations)
    lines = block_lines(study)
    blocks = table("Blocks of water volume", ("Gallons", ("Today", "per 1,000 gallons"), ("Proposed", "per 1,000 gallons"),
                                              "Bills that end here", "Gallons sold here", "Share"),
                   lines, {1, 2, 3, 4, 5}, kind="many") if lines else ""
    return section("consumption", "Consumption and blocks", paragraph(
        "Bills by consumption and by the class whose rates apply: accounts outside the city are counted with the class whose "
        "rates they pay. Dashed lines: where the blocks begin. Hatched bars: all that lies beyond.",
        "quiet"), f'<div class="small">{drawings}</div>', blocks)


def rates(study):
    """What differs between the schedules, rate by rate."""
    tables = []
    for name in dict.fromkeys(line.rate_table for line in study.rates):
        lines = [(words.readable(line.item), line.a or NONE, line.b or NONE,
                  NONE if line.change is None else f"{line.change:+}".replace("-", "\u2212"), percents(line.percent))
                 for line in study.rates if line.rate_table == name]
        kind = "texts" if any(len(value) > LONG for line in lines for value in line[1:]) else ""
        tables.append((len(lines), table(f"{words.capital(words.readable(name))}: {counted(len(lines), 'rate')}",
                                         ("Rate", "Today", "Proposed", "Change", "Percent"), lines, {1, 2, 3, 4}, kind=kind)))
    tables.sort(key=lambda item: -item[0])
    return section("rates", "Rates that differ", f'<div class="columns">{"".join(part for _, part in tables)}</div>'
                   if tables else paragraph("No rate differs."))


def set_aside(study):
    """Accounts without a bill, and why: nothing is hidden."""
    rows = figures.accounts(study)
    lines = [(code, sentence, number(a), number(b)) for code, (sentence, a, b) in figures.set_aside(study).items()]
    lines.append(("", "billed", *(number(figures.accounts(study, side)) for side in "ab")))
    return section("set-aside", "Accounts set aside", paragraph(
        "Accounts that have no bill under a schedule, by reason. They are in no sum of this page until their data is "
        "corrected."), table("Accounts by reason", ("Code", "Reason, for example", "Today", "Proposed"), lines, {2, 3},
                             ("", "All accounts", number(rows), number(rows)), said=True))


def tabulation_table(found):
    """The tabulation of a class, with a last line for what lies above it."""
    lines = [(f"up to {number(row.to_gallons)}" if row.to_gallons else "0", number(row.bills),
              number(row.gallons), number(row.cumulative_bills), number(row.cumulative_gallons),
              number(row.consolidated_gallons)) for row in found.steps]
    if found.beyond.bills:
        last = found.steps[-1]
        lines.append((f"above {number(found.beyond.gallons)}", number(found.beyond.bills), number(found.beyond.used),
                      number(last.cumulative_bills + found.beyond.bills),
                      *[number(last.cumulative_gallons + found.beyond.used)] * 2))
    return table(f"Bill tabulation, rates of class {found.code} {found.label}",
                 ("Gallons", "Bills", "Gallons used", "Bills so far", "Gallons so far", "Consoli\u00addated gallons"),
                 lines, {0, 1, 2, 3, 4, 5}, kind="many")


def appendix(study):
    """What few people look up."""
    tables = "".join(tabulation_table(found) for found in study.tabulations)
    parts = [folded("Bill tabulation", paragraph(
        "Bills and gallons so far are those of all bills up to the end of a step; consolidated gallons add what larger bills use "
        "up to there, which prices a block that ends there.",
        "quiet") + f'<div class="columns">{tables}</div>')]
    if study.checks:
        lines = [(schedule.name, decision.finding(line)) for schedule, found in study.checks for line in found]
        parts.append(folded("What check_schedule says", table("Findings of check_schedule", ("Schedule", "Finding"), lines,
                                                               set(), said=True)))
    parts.append(folded(f"All rates of {study.schedules[1].name}",
                        f'<div class="columns">{"".join(sheet.tables(study.sheet))}</div>'))
    return section("appendix", "Appendix", *parts)


def study(options, found, connection):
    """The page, and its headline."""
    lines, whole = figures.impacts(found)
    foot = paragraph(
        f"Made {day(options.date)} by mission_rates_study from the functions that make the bills, in the database, over the "
        "accounts themselves. Amounts are dollars, rounded line by line as on a bill. Percentiles are changes that some "
        "bill really has. Sums are over accounts that have a bill under the schedule, changes over those that have one under "
        "both.")
    chapters = {
        "decision": decision.decision(found, whole),
        "bill-calculator": calculator.calculator(connection, [schedule.name for schedule in found.schedules]),
        "bills": bills(found), "change": change(found, whole), "classes": classes(lines, whole), "revenue": revenue(found),
        "consumption": consumption(found), "rates": rates(found),
        "set-aside": set_aside(found) if figures.set_aside(found) else "", "appendix": appendix(found)}
    title = words.title(options, found.schedules[1])
    running = words.joined(options.city, found.schedules[1].name)
    contents = [(name, label) for name, label in CONTENTS if chapters[name]]
    return frame(title, decision.header(options, found), chapters.values(), foot, contents,
                 decision.above(options, found), running, picks_style(found)), decision.headline(found, whole)
