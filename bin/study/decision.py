"""Page one of a study: what a council member reads who reads nothing else."""

import accounts
import figures
import words
from markup import banner, counted, day, money, number, paragraph, percents, section, table, text
from reading import billed

# How many reasons or findings a banner lists
LISTED = 5


def standing(schedule):
    """Since when, or from when, a schedule is in force."""
    if schedule.effective_from is None:
        return f"{schedule.name}, a draft"
    return f"{schedule.name}, in force from {day(schedule.effective_from)}"


def by_charge(study):
    """The typical bill by charge: (label, before, after)."""
    return [(words.CHARGES.get(line.charge, line.label), line.a or 0, line.b or 0) for line in study.typical.lines]


def sums(study):
    """The typical bill today and proposed."""
    lines = by_charge(study)
    return sum(a for _, a, _ in lines), sum(b for _, _, b in lines)


def change(before, after):
    """By how much an amount changes, in words."""
    if before == after:
        return f"at {money(after)}"
    more = percents(abs(figures.percent(before, after)), False) if figures.percent(before, after) is not None else None
    return f"from {money(before)} to {money(after)}, by {money(abs(after - before))}" + (f" ({more})" if more else "")


def typical_sentence(study):
    """The typical home, its consumption and its bill."""
    kind, (before, after) = study.typical.kind, sums(study)
    gallons, bills = counted(study.typical.gallons, "gallon"), counted(study.typical.bills, "bill")
    return (f"The typical {kind.label} bill {words.moves(before, after)} {change(before, after)} a month.",
            f"It is for {gallons}, the median of {bills} of class {kind.code}, with the meter and the place that most of them "
            f"have: {words.usual(kind)}; water{', sewer' if kind.sewer else ''} and what is on every bill.")


def typical_table(study):
    """The typical bill by charge."""
    lines = [(label, money(a), money(b), money(b - a, True)) for label, a, b in by_charge(study)]
    before, after = sums(study)
    return table("The typical bill by charge", ("Charge", "Today", "Proposed", "Change"), lines, {1, 2, 3},
                 ("Total", money(before), money(after), money(after - before, True)))


def revenue_table(study):
    """All bills of the month, or of the months."""
    a, b = (figures.total_of(study.revenue, side) for side in "ab")
    bills = [number(figures.accounts(study, side)) for side in "ab"]
    span = "a month" if study.source.months == 1 else f"{study.source.months} months"
    lines = [("Today", bills[0], money(a)), ("Proposed", bills[1], money(b))]
    return table(f"Revenue of {span}", ("", "Bills", "Revenue"), lines, {1, 2},
                 ("Change", "", f"{money(b - a, True)} ({percents(figures.percent(a, b))})"))


def payers(whole):
    """How many pay more, the same, less: a bar and its legend."""
    kinds = (("more", "pay more", whole.more), ("same", "pay the same", whole.same), ("less", "pay less", whole.less))
    bar = "".join(f'<span class="{name}" style="flex-grow:{count}"></span>' for name, _, count in kinds if count)
    items = "".join(f'<li class="{name}"><strong>{number(count)}</strong> {label} '
                    f"({percents(words.share(count, whole.bills), False)})</li>" for name, label, count in kinds)
    return (f'<div class="payers"><h3>Who pays more</h3><div class="bar" aria-hidden="true">{bar}</div><ul>{items}</ul>'
            f"<p class=quiet>The median bill changes by {money(whole.middle, True)}; four of five change by "
            f"{money(whole.low, True)} to {money(whole.high, True)}.</p></div>")


def set_aside_banner(study):
    """Accounts without a bill: how many, and why."""
    rows = figures.accounts(study)
    missing = rows - sum(row.accounts for row in study.revenue if billed(row))
    if not missing:
        return ""
    reasons = figures.set_aside(study)
    lines = [f"{number(max(a, b))}: {sentence}" for sentence, a, b in list(reasons.values())[:LISTED]]
    if len(reasons) > LISTED:
        lines.append(f"{counted(len(reasons) - LISTED, 'more reason')}, see Accounts set aside")
    return banner(f"{number(missing)} of {counted(rows, 'account')} {'is' if missing == 1 else 'are'} set aside: they have "
                  "no bill and are in no sum of this page.", lines)


def finding(line):
    """What check_schedule says of a rate, in one line."""
    place = ", ".join(words.readable(part) for part in (line.rate_table, line.item) if part)
    return f"{line.severity.capitalize()}: {place}: {line.problem}"


def check_banner(schedule, lines):
    """What check_schedule finds in a schedule."""
    counts = [counted(sum(line.severity == kind for line in lines), kind) for kind in ("error", "warning")
              if any(line.severity == kind for line in lines)]
    shown = [finding(line) for line in sorted(lines, key=lambda line: line.severity)[:LISTED]]
    if len(lines) > LISTED:
        shown.append(f"{number(len(lines) - LISTED)} more, see the appendix")
    name = f"the draft {schedule.name}" if schedule.effective_from is None else schedule.name
    return banner(f"check_schedule has {' and '.join(counts)} of {name}.", shown)


def above(options, study):
    """City and period."""
    return words.joined(options.city, accounts.span(study.source))


def header(options, study):
    """Which schedules are compared, and over which accounts."""
    today, proposed = study.schedules
    return (f"<p class=quiet>Today: {text(standing(today))}. Proposed: {text(standing(proposed))}. "
            f"{text(counted(figures.accounts(study), 'account' if study.source.months == 1 else 'row'))} of "
            f"{text(study.source.name)}, each billed under both. "
            f"{text(day(options.date))}.</p>")


def months_note(study):
    """What the sums are sums of, where it is more than a month."""
    if study.source.months == 1:
        return ""
    return paragraph(f"Sums and numbers of bills are those of {accounts.span(study.source)}, added up; each bill is that of "
                     "a month.")


def decision(study, whole):
    """The chapter."""
    parts = [set_aside_banner(study), *(check_banner(*check) for check in study.checks), months_note(study)]
    if study.typical:
        lead, note = typical_sentence(study)
        parts += [paragraph(lead, "lead"), paragraph(note, "quiet")]
    tables = [typical_table(study)] if study.typical else []
    parts.append(f'<div class="halves">{"".join(tables)}<div>{revenue_table(study)}{payers(whole)}</div></div>')
    return section("decision", "In short", *parts, said=True)


def headline(study, whole):
    """The decision in a few lines of text, for who made the page."""
    lines = []
    if study.typical:
        before, after = sums(study)
        lines.append(f"the typical {study.typical.kind.label} bill, {counted(study.typical.gallons, 'gallon')}, "
                     f"{words.moves(before, after)} {change(before, after)}")
    a, b = (figures.total_of(study.revenue, side) for side in "ab")
    lines.append(f"revenue {words.moves(a, b)} {change(a, b)}")
    lines.append(f"{number(whole.more)} pay more, {number(whole.same)} the same, {number(whole.less)} less; "
                 f"{number(figures.accounts(study) - whole.bills)} set aside")
    return lines
