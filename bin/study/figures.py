"""Numbers of a study from the rows of the database: sums, percentiles, bins.  Exact decimals throughout."""

import collections
from decimal import ROUND_HALF_UP, Decimal

from database import CHARGES

CENT = Decimal("0.01")
LIMITS = (1, 5, 10)
BIN_WIDTHS = [Decimal(width) for width in ("0.10", "0.25", "0.50", "1", "2", "5", "10", "20", "50", "100")]

Impact = collections.namedtuple("Impact", "code label bills a b low middle high more")


def billed(row, side):
    """Can the bills of the row be made under this schedule?"""
    return getattr(row, f"{side}_code") is None


def total_of(rows, side, charge="total"):
    """Sum of a charge over rows of accounts."""
    return sum((getattr(row, f"{side}_{charge}") or Decimal(0) for row in rows), Decimal(0))


def percent(before, after):
    """Change in percent of the sum before; None where that is nothing."""
    return None if not before else (100 * Decimal(after - before) / Decimal(before)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def percentile(changes, fraction):
    """The discrete percentile, as the server's percentile_disc: changes are (change, bills) in order."""
    bills = sum(number for _, number in changes)
    reached = 0
    for change, number in changes:
        reached += number
        if reached >= fraction * bills:
            return change
    return None


def impact(code, label, rows):
    """What a class pays more: rows of changes, in order of the change."""
    changes = [(row.change, row.bills) for row in rows]
    bills = sum(number for _, number in changes)
    low, middle, high = (percentile(changes, Decimal(fraction)) for fraction in ("0.1", "0.5", "0.9"))
    more = [sum(number for change, number in changes if change > limit) for limit in LIMITS]
    return Impact(code, label, bills, sum(row.a for row in rows), sum(row.b for row in rows), low, middle, high, more)


def merge(rows):
    """The rows of all classes as those of one."""
    Row = collections.namedtuple("Row", "change bills a b")
    sums = {}
    for row in rows:
        bills, a, b = sums.get(row.change, (0, 0, 0))
        sums[row.change] = (bills + row.bills, a + row.a, b + row.b)
    return [Row(change, *sums[change]) for change in sorted(sums)]


def impacts(study):
    """One line for each class that is billed under both schedules, and one for all."""
    by_code = collections.defaultdict(list)
    for row in study.changes:
        by_code[row.code].append(row)
    order = {code: place for place, code in enumerate(study.labels)}
    lines = [impact(code, class_name(study, code), by_code[code])
             for code in sorted(by_code, key=lambda code: (order.get(code, len(order)), code))]
    return lines, impact(None, "All classes", merge(study.changes))


def class_name(study, code):
    """A class as people read it."""
    return f"{code} {study.labels[code]}" if code in study.labels else code or "no class"


def bins(rows):
    """A histogram of changes: 8 to 20 bins of a round width, what lies far outside in the first and the last."""
    changes = [(row.change, row.bills) for row in merge(rows)]
    low, high = percentile(changes, Decimal("0.01")), percentile(changes, Decimal("0.99"))
    width = next((width for width in BIN_WIDTHS if (high - low) / width <= 16), BIN_WIDTHS[-1])
    first, last = int(low // width), int(high // width)
    counts = collections.Counter()
    for change, bills in changes:
        counts[min(max(int(change // width), first), last)] += bills
    return [(first + place, counts[first + place]) for place in range(last - first + 1)], width


def revenue_by(study, key, side):
    """Sums of totals by a key of the rows."""
    sums = collections.OrderedDict()
    for row in study.revenue:
        if billed(row, side):
            name = key(row)
            sums[name] = sums.get(name, Decimal(0)) + row_total(row, side)
    return sums


def row_total(row, side):
    """All that the accounts of a row pay."""
    return getattr(row, f"{side}_total") or Decimal(0)


def charges(study):
    """(charge, before, after) of each charge that either schedule brings."""
    lines = [(charge, total_of(study.revenue, "a", charge), total_of(study.revenue, "b", charge)) for charge in CHARGES]
    return [line for line in lines if line[1] or line[2]]


def set_aside(study):
    """Accounts by what keeps them from a bill: {code: [sentence, under a, under b]}."""
    found = {}
    for row in study.revenue:
        for place, side in enumerate("ab"):
            code = getattr(row, f"{side}_code")
            if code is not None:
                line = found.setdefault(code, [getattr(row, f"{side}_problem"), 0, 0])
                line[1 + place] += row.accounts
    return dict(sorted(found.items(), key=lambda item: (-max(item[1][1:]), item[0])))


def accounts(study, side=None):
    """Number of accounts, or of those that are billed under a schedule."""
    return sum(row.accounts for row in study.revenue if side is None or billed(row, side))
