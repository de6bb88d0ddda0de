"""Names and sentences that several pages share."""

import re
from decimal import ROUND_HALF_UP, Decimal

from markup import day

# Charges as people read them
CHARGES = {"water_minimum": "Water minimum", "water_volume": "Water volume", "sewer_fixed": "Sewer fixed rate",
           "sewer_volume": "Sewer volume", "sewer_flat": "Sewer flat fee", "dumping_station": "Dumping stations",
           "fire_sprinkler": "Fire sprinklers", "services": "Service charges"}


def readable(name):
    """A table or a rate as people read it."""
    return name.replace("rate_per_1000", "per 1,000 gallons").replace("_", " ")


def capital(label):
    """The label as the first word of a line."""
    return label[:1].upper() + label[1:]


def city(adopted_by):
    """The name of a city from that of those who adopted its rates: "City Council of the City of Mission"."""
    return re.sub(r"^.* of (?:the )?(?=(?:City|Town|Village) of )", "", adopted_by or "")


def joined(*parts):
    """Texts beside each other, those that there are."""
    return " \u00b7 ".join(part for part in parts if part)


def title(options, schedule):
    """The title of a page."""
    return options.title or schedule.title or schedule.name


def place(area):
    """A service area in words."""
    return f"{area} the city" if area in ("inside", "outside") else area


def usual(kind):
    """The account that a class usually has."""
    return f"{kind.meter} inch meter, {place(kind.area)}" + ("" if kind.sewer else ", without sewer")


def moves(before, after):
    """How an amount changes, as a verb."""
    return "rises" if after > before else "falls" if after < before else "stays"


def share(part, whole):
    """A part in percent of the whole."""
    return (100 * Decimal(part) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None


def since(schedule):
    """When the rates are in force."""
    return "A draft, not in force." if schedule.effective_from is None else f"In force from {day(schedule.effective_from)}."
