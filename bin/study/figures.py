"""Numbers of a study from the rows of the database: sums, percentiles, bins.  Exact decimals throughout."""

import collections
import itertools
from decimal import ROUND_HALF_UP, Decimal

from reading import CHARGES, in_order

CENT = Decimal("0.01")
LIMITS = (1, 5, 10)

# A histogram has about this many bars; what lies outside of the middle 98 of 100 bills is in the first and the last
BARS = 16

Impact = collections.namedtuple("Impact", "code label bills more same less low middle high over")
Bars = collections.namedtuple("Bars", "width bars below above")


def side_billed(row, side):
    """Can the bills of the row be made under this schedule?"""
    return getattr(row, f"{side}_code") is None


def total_of(rows, side, charge="total"):
    """Sum of a charge over rows of accounts."""
    return sum((getattr(row, f"{side}_{charge}") or Decimal(0) for row in rows), Decimal(0))


def percent(before, after):
    """Change in percent of the sum before; None where that is nothing."""
    return None if not before else (100 * Decimal(after - before) / Decimal(before)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def percentile(changes, fraction):
    """The discrete percentile, as the server's percentile_disc: changes are (cents, bills) in order."""
    bills = sum(number for _, number in changes)
    reached = 0
    for change, number in changes:
        reached += number
        if reached >= Decimal(fraction) * bills:
            return change
    return None


def dollars(cents):
    """Cents as dollars."""
    return Decimal(cents) * CENT


def impact(code, label, counts):
    """What a class pays more or less; counts are bills by the change in cents."""
    changes = sorted(counts.items())
    low, middle, high = (dollars(percentile(changes, fraction)) for fraction in ("0.1", "0.5", "0.9"))

    def bills(test):
        return sum(number for cents, number in changes if test(cents))
    return Impact(code, label, sum(counts.values()), bills(lambda c: c > 0), bills(lambda c: c == 0), bills(lambda c: c < 0),
                  low, middle, high, [bills(lambda c, limit=limit: c > 100 * limit) for limit in LIMITS])


def impacts(study):
    """One line for each class that is billed under both schedules, and one for all."""
    lines = [impact(code, class_name(study, code), study.changes[code]) for code in in_order(study.changes, study.labels)]
    return lines, impact(None, "All classes", sum(study.changes.values(), collections.Counter()))


def class_name(study, code):
    """A class as people read it."""
    return f"{code} {study.labels[code]}" if code in study.labels else code or "no class"


def widths():
    """Round widths of a bar in cents: 10, 20, 50, 100 and so on."""
    return (factor * 10 ** power for power in itertools.count(1) for factor in (1, 2, 5))


def bars(counts):
    """A histogram of bills by change: bars of a round width, of which the first and the last take in what lies beyond."""
    changes = sorted(counts.items())
    low, high = percentile(changes, "0.01"), percentile(changes, "0.99")
    width = next(width for width in widths() if (high - low) // width < BARS)
    first, last = low // width, high // width
    found = collections.Counter()
    for cents, bills in changes:
        found[min(max(cents // width, first), last)] += bills
    below = sum(bills for cents, bills in changes if cents < first * width)
    above = sum(bills for cents, bills in changes if cents >= (last + 1) * width)
    return Bars(dollars(width), [(dollars(place * width), found[place]) for place in range(first, last + 1)], below, above)


def revenue_by(study, side):
    """Sums of totals by class."""
    sums = collections.defaultdict(Decimal)
    for row in study.revenue:
        if side_billed(row, side):
            sums[row.code] += getattr(row, f"{side}_total") or 0
    return sums


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
    return sum(row.accounts for row in study.revenue if side is None or side_billed(row, side))
