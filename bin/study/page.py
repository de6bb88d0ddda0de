"""The rate study, chapter by chapter."""

from decimal import Decimal, InvalidOperation

import charts
import figures
from database import QUOTED_GALLONS, TABULATED_GALLONS
from figures import CENT, LIMITS
from markup import (figure, folded, frame, key_figures, money, number, paragraph, percents, section, table)
from sheet import rate_sheet  # noqa: F401  (the other page)

CONTENTS = (("summary", "Summary"), ("bills", "Bills"), ("impact", "Who pays more"), ("revenue", "Revenue"),
            ("consumption", "Consumption"), ("rates", "Rates that change"), ("set-aside", "Accounts set aside"))

# Charges as people read them
NAMES = {"water_minimum": "Water minimum", "water_volume": "Water volume", "sewer_fixed": "Sewer fixed",
         "sewer_volume": "Sewer volume", "sewer_flat": "Sewer flat fee", "dumping_station": "Dumping stations",
         "fire_sprinkler": "Fire sprinklers", "services": "Service charges"}


def names_of(study):
    """The two schedules by name."""
    return [schedule.name for schedule in study.schedules]


def standing(schedule):
    """Since when, or from when, a schedule is in force."""
    if schedule.effective_from is None:
        return f"{schedule.name} (draft)"
    return f"{schedule.name} (in force from {schedule.effective_from})"


def summary(study, whole):
    """What a council member reads who reads nothing else."""
    rows, billed_a, billed_b = (figures.accounts(study, side) for side in (None, "a", "b"))
    a, b = (figures.total_of(study.revenue, side) for side in "ab")
    names = names_of(study)
    return section(
        "summary", "Summary",
        paragraph(f"One month of the {number(rows)} accounts of {study.relation}, billed under both schedules: "
                  f"{standing(study.schedules[0])} and {standing(study.schedules[1])}."),
        key_figures([
            (f"Revenue under {names[0]}", money(a), f"{number(billed_a)} bills"),
            (f"Revenue under {names[1]}", money(b), f"{number(billed_b)} bills"),
            ("Change of revenue", money(b - a, True), percents(figures.percent(a, b))),
            ("Median change of a bill", money(whole.middle, True),
             f"10th percentile {money(whole.low, True)}, 90th {money(whole.high, True)}"),
            ("Accounts set aside", number(rows - billed_b),
             f"of {number(rows)} accounts, under {names[1]}"),
        ]))


def words(name):
    """A table or a rate as people read it."""
    return name.replace("rate_per_1000", "rate per 1,000 gallons").replace("_", " ")


def rates(study):
    """What differs between the schedules, row by row."""
    lines = [(words(line.rate_table), words(line.item), line.a or "\u2013", line.b or "\u2013",
              "\u2013" if line.change is None else f"{line.change:+}".replace("-", "\u2212"),
              percents(line.percent)) for line in study.rates]
    names = names_of(study)
    return section("rates", "Rates that change",
                   table(f"Every rate that differs between {names[0]} and {names[1]}",
                         ("Table", "Rate", names[0], names[1], "Change", "Percent"), lines, {2, 3, 4, 5})
                   if lines else paragraph("No rate differs."))


def size_text(meter):
    """A meter size as people write it: 0.750, as a number column has it, is 0.75."""
    try:
        return f"{Decimal(meter).normalize():f}"
    except InvalidOperation:
        return meter


def quoted_lines(bills):
    """The bills of a class at the quoted gallons."""
    return [(f"{number(bill.gallons)}", money(bill.a), money(bill.b),
             money(None if None in (bill.a, bill.b) else bill.b - bill.a, True),
             percents(None if None in (bill.a, bill.b) else figures.percent(bill.a, bill.b))) for bill in bills]


def bills(study):
    """Bill against gallons, and bills at the usual consumptions, for each class."""
    names = names_of(study)
    drawings, tables = [], []
    for kind, found in study.classes.items():
        label = f"{kind.code} {kind.label}"
        usual = f"{size_text(kind.meter)} inch meter, {kind.area}"
        points = [point for point in found.curve if None not in (point.a, point.b)]
        if points:
            ends = f"from {money(points[0].a)} to {money(points[-1].a)}; under {names[1]} " \
                   f"from {money(points[0].b)} to {money(points[-1].b)}"
            drawings.append(figure(label, usual, charts.small_chart(
                f"curve {kind.code}", charts.bill_curve(points, found.blocks, names),
                f"Bill of class {label} from 0 to {number(points[-1].gallons)} gallons: {ends}.")))
        tables.append(table(f"{label}, {usual}", ("Gallons", *names, "Change", "Percent"),
                            quoted_lines(found.quoted), {0, 1, 2, 3, 4}))
    gallons = ", ".join(number(quoted) for quoted in QUOTED_GALLONS)
    return section("bills", "Bills under both schedules",
                   paragraph("Water, sewer and what is on every bill of a month, for the meter size and place that most "
                             "accounts of the class have. Dotted lines: where a block of the proposed schedule begins.",
                             True),
                   f'<div class="small">{"".join(drawings)}</div>',
                   f"<h3>Bills at {gallons} gallons</h3>", f'<div class="tables">{"".join(tables)}</div>')


def bin_name(place, width):
    """From where to where a bin of the histogram goes."""
    low, high = (place * width).quantize(CENT), ((place + 1) * width - CENT).quantize(CENT)
    return f"{money(low)} to {money(high)}"


def change_histogram(study, whole):
    """How many bills change by how much."""
    bins, width = figures.bins(study.changes)
    bars = [(place * width, bills) for place, bills in bins]
    top = max(bins, key=lambda item: item[1])
    lines = [(bin_name(place, width), number(bills)) for place, bills in bins]
    lines[0] = (f"up to {lines[0][0].split(' to ')[1]}", lines[0][1])
    lines[-1] = (f"{lines[-1][0].split(' to ')[0]} and more", lines[-1][1])
    return figure(
        "Bills by the change of a month",
        f"Each bar covers {money(width)}; the first and the last take in what lies beyond (one bill in a hundred).",
        charts.chart("histogram", charts.histogram(bars, width),
                     f"Histogram of the change of {number(whole.bills)} bills. Most of them, {number(top[1])}, change by "
                     f"{bin_name(top[0], width)}; the median is {money(whole.middle, True)}."),
        folded("Numbers of this chart", table("Bills by the change of a month", ("Change", "Bills"), lines, {1})))


def spread_table(lines, whole):
    """The percentiles of each class."""
    def cells(line):
        return (line.label, number(line.bills), money(line.low, True), money(line.middle, True), money(line.high, True),
                percents(figures.percent(line.a, line.b)))
    return table("Change of a bill by class", ("Class", "Bills", "10th percentile", "Median", "90th percentile",
                                               "All bills of the class"),
                 [cells(line) for line in lines], {1, 2, 3, 4, 5}, cells(whole))


def rises_table(lines, whole):
    """How many bills rise by more than so many dollars."""
    def cells(line):
        return (line.label, number(line.bills), *(
            f"{number(more)} ({percents(figures.percent(line.bills, line.bills + more), False)})" for more in line.more))
    return table("Bills that rise by more than 1, 5 and 10 dollars a month",
                 ("Class", "Bills", *(f"Over ${limit}" for limit in LIMITS)),
                 [cells(line) for line in lines], {1, 2, 3, 4}, cells(whole))


def impact(study, lines, whole):
    """The change of bills, by class."""
    spread = [(line.label, line.low, line.middle, line.high) for line in lines]
    said = "; ".join(f"{line.label}: median {money(line.middle, True)}" for line in lines)
    return section(
        "impact", "Who pays more",
        change_histogram(study, whole),
        figure("Change of a bill by class", "Four of five bills of a class lie within its bar; the dot is the median.",
               charts.chart("spread", charts.spread(spread), f"Change of a bill by class: {said}.", 90 + 42 * len(spread)),
               spread_table(lines, whole)),
        rises_table(lines, whole))


def revenue_table(caption, first, pairs, names):
    """Before, after, change."""
    sums = [sum(pair[side] for pair in pairs) for side in (1, 2)]
    lines = [(label, money(a), money(b), money(b - a, True), percents(figures.percent(a, b))) for label, a, b in pairs]
    return table(caption, (first, *names, "Change", "Percent"), lines, {1, 2, 3, 4},
                 ("All", *map(money, sums), money(sums[1] - sums[0], True), percents(figures.percent(*sums))))


def revenue_figure(title, first, pairs, names):
    """Bars before and after, and their table."""
    said = "; ".join(f"{label}: {money(a)}, then {money(b)}" for label, a, b in pairs)
    height = 110 + 52 * len(pairs)
    return figure(title, "", charts.chart(title, charts.paired_bars(pairs, names, "Dollars in a month"),
                                          f"{title}. {said}.", height, height + 20),
                  revenue_table(title, first, pairs, names))


def revenue(study):
    """Revenue by class and by charge."""
    sides = [figures.revenue_by(study, lambda row: row.code, side) for side in "ab"]
    order = {code: place for place, code in enumerate(study.labels)}
    codes = sorted(set(sides[0]) | set(sides[1]), key=lambda code: (order.get(code, len(order)), code))
    by_class = [(figures.class_name(study, code), sides[0].get(code, 0), sides[1].get(code, 0)) for code in codes]
    by_charge = [(NAMES[charge], a, b) for charge, a, b in figures.charges(study)]
    names = names_of(study)
    return section("revenue", "Revenue of a month", revenue_figure("Revenue by class", "Class", by_class, names),
                   revenue_figure("Revenue by charge", "Charge", by_charge, names))


def steps_of(rows):
    """The tabulation of a class as (from, to, bills), the steps that the chart shows."""
    return [(row.from_gallons, row.to_gallons, row.bills) for row in rows if row.bills is not None]


def tabulation_lines(rows):
    """The tabulation of a class as a table, with a last line for what lies above it."""
    lines = [(f"{number(row.from_gallons)} to {number(row.to_gallons)}" if row.to_gallons else "0", number(row.bills),
              number(row.gallons), number(row.cumulative_bills), number(row.cumulative_gallons),
              number(row.consolidated_gallons)) for row in rows if row.bills is not None]
    if rows[0].above_bills:
        lines.append((f"above {number(TABULATED_GALLONS)}", number(rows[0].above_bills), number(rows[0].above_gallons),
                      "\u2013", "\u2013", "\u2013"))
    return lines


def consumption(study):
    """The bill tabulation of each class, with the blocks of the proposed schedule drawn in."""
    parts = []
    for kind, found in study.classes.items():
        rows = [row for row in study.tabulation if row.code == kind.code]
        steps = steps_of(rows)
        if not steps:
            continue
        label = f"{kind.code} {kind.label}"
        edges = [(edge, f"block {at}") for at, edge in enumerate(found.blocks[1], 1) if edge < steps[-1][1]]
        bills = sum(step[2] for step in steps)
        drawn = ", ".join(number(edge) for edge, _ in edges) or "none"
        parts.append(figure(label, f"{number(bills)} bills by consumption, in steps of 1,000 gallons", charts.chart(
            f"tabulation {kind.code}", charts.tabulation(steps, edges),
            f"Bills of class {label} by consumption; blocks begin above {drawn} gallons."),
            folded(f"Bill tabulation of {label}", table(
                f"Bill tabulation of {label}", ("Gallons", "Bills", "Gallons used", "Cumulative bills",
                                                "Cumulative gallons", "Consolidated gallons"),
                tabulation_lines(rows), {1, 2, 3, 4, 5}))))
    return section("consumption", "Consumption", paragraph(
        "How many bills end in which step of consumption. Dashed lines: where the blocks of the proposed schedule "
        "begin. Consolidated gallons are what all bills used up to the end of the step, which prices a block that ends "
        "there.", True), *parts)


def set_aside(study):
    """Accounts without a bill, and why: nothing is hidden."""
    names = names_of(study)
    rows = figures.accounts(study)
    lines = [(code, sentence, number(a), number(b)) for code, (sentence, a, b) in figures.set_aside(study).items()]
    billed = [figures.accounts(study, side) for side in "ab"]
    lines.append(("", "billed", *map(number, billed)))
    return section("set-aside", "Accounts set aside", paragraph(
        "Accounts that have no bill under a schedule, by reason. They are in no sum of this page until their data is "
        "corrected."), table("Accounts by reason", ("Code", "Reason, for example", *names), lines, {2, 3},
                             ("", "All accounts", number(rows), number(rows))))


def study(options, found):
    """The page."""
    lines, whole = figures.impacts(found)
    title = options.title or f"Rate study: {found.schedules[1].name}"
    head = paragraph(f"{found.schedules[0].name} compared with {found.schedules[1].name}. {options.date:%B} "
                     f"{options.date.day}, {options.date.year}.")
    foot = paragraph("Amounts are dollars of one month, rounded line by line as on a bill. Computed by the functions "
                     "that make the bills, in the database, over the accounts themselves.")
    return frame(title, head, [
        summary(found, whole), bills(found), impact(found, lines, whole), revenue(found), consumption(found),
        rates(found), set_aside(found)], foot, CONTENTS)
