"""Charts as inline SVG, drawn by Matplotlib.

A chart is drawn once for a desktop and once for a phone, so that its letters
are read at either width; the style sheet shows one of them.  Colors are names
that the style sheet defines, for light, dark and paper: Matplotlib only knows
stand-ins for them.  Black and white tells the schedules apart too: today's is
a dashed line or an outline, the proposed one a full line or a filled bar.
"""

import collections
import html
import io
import re
import textwrap
import warnings

import matplotlib
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

INK, QUIET, GRID = "#010101", "#010102", "#010103"
FROM, TO, FROM_FILL = "#010104", "#010105", "#010106"
COLORS = {INK: "--ink", QUIET: "--quiet", GRID: "--grid", FROM: "--from", TO: "--to", FROM_FILL: "--from-fill"}

WIDE, NARROW = 760, 340
POINTS = 72

SETTINGS = {
    "svg.fonttype": "none", "font.size": 12, "font.family": "DejaVu Sans", "axes.edgecolor": QUIET,
    "axes.labelcolor": INK, "text.color": INK, "xtick.color": QUIET, "ytick.color": QUIET, "xtick.labelcolor": INK,
    "ytick.labelcolor": INK, "grid.color": GRID, "axes.grid": True, "axes.axisbelow": True, "axes.spines.top": False,
    "axes.spines.right": False, "legend.frameon": False, "lines.linewidth": 2, "legend.fontsize": 12,
    "axes.titlesize": 12,
}

# Names of the two schedules in a chart
TODAY, PROPOSED = "Today", "Proposed"


def plain(label):
    """Text that Matplotlib is to draw as it stands: between two dollar signs it would see mathematics."""
    return label.replace("$", r"\$")


def dollars(amount, _=None):
    """An axis label in dollars."""
    sign = "\u2212" if amount < 0 else ""
    amount = abs(amount)
    if amount >= 1e6:
        return plain(f"{sign}${amount / 1e6:.3g}M")
    if amount >= 10000:
        return plain(f"{sign}${amount / 1000:,.0f}k")
    return plain(f"{sign}${amount:,.0f}" if amount == round(amount) else f"{sign}${amount:,.2f}")


def count(number, _=None):
    """An axis label with its thousands set off."""
    return f"{number:,.0f}"


def recolor(tag):
    """Names of colors in place of the stand-ins, in what Matplotlib wrote and not in a label."""
    tag = tag.replace("'DejaVu Sans', ", "").replace("'DejaVu Sans'", "var(--font)")
    return re.sub("|".join(COLORS), lambda found: f"var({COLORS[found.group()]})", tag)


def clean(svg):
    """Matplotlib's file as a part of a page: no header, no size, no names that another chart has too."""
    svg = svg[svg.index("<svg"):]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.S)
    svg = re.sub(r"<style type=\"text/css\">.*?</style>", "", svg, flags=re.S)
    svg = re.sub(r"<g id=\"[^\"]*\">", "<g>", svg)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S)
    svg = re.sub(r"(<svg[^>]*?) height=\"[^\"]*\"", r"\1", svg, count=1)
    svg = re.sub(r"(<svg[^>]*?) width=\"[^\"]*\"", r"\1", svg, count=1)
    return re.sub(r"<[^>]*>", lambda tag: recolor(tag.group()), svg).strip()


def draw(name, width, height, plot, description):
    """One drawing: "plot" draws on the axes that it is given."""
    with matplotlib.rc_context({**SETTINGS, "svg.hashsalt": f"{name} {width}"}), warnings.catch_warnings():
        # The browser's fonts have the letters that Matplotlib's lack
        warnings.simplefilter("ignore")
        figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS, layout="constrained")
        plot(figure.add_subplot(), width)
        file = io.StringIO()
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    label = html.escape(description, quote=True)
    return clean(file.getvalue()).replace("<svg", f'<svg role="img" aria-label="{label}"', 1)


def chart(name, plot, description, height=320, narrow_height=None):
    """The two drawings of a chart."""
    wide = draw(name, WIDE, height, plot, description)
    narrow = draw(name, NARROW, narrow_height or height, plot, description)
    return f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>'


def set_axes(axes, x, y, x_format=count, y_format=count, ticks=6, whole=(False, False)):
    """Titles with units, and numbers that people read; "whole" says which axes count things."""
    axes.set_xlabel(plain(x))
    axes.set_ylabel(plain(y))
    axes.xaxis.set_major_formatter(FuncFormatter(x_format))
    axes.yaxis.set_major_formatter(FuncFormatter(y_format))
    axes.xaxis.set_major_locator(MaxNLocator(ticks if is_wide(axes) else 4, integer=whole[0]))
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=whole[1]))


def is_wide(axes):
    """Is this the drawing for a desktop?"""
    return axes.figure.get_figwidth() * POINTS > 500


def bill_curve(points, blocks):
    """Bill against gallons under both schedules; where a block of the proposed one begins is drawn in."""
    gallons = [point.gallons for point in points]
    amounts = [[float(getattr(point, side)) for point in points] for side in "ab"]

    def plot(axes, width):
        for edge in blocks[1]:
            if 0 < edge < gallons[-1]:
                axes.axvline(edge, color=QUIET, linewidth=1, linestyle=":")
        axes.plot(gallons, amounts[0], color=FROM, linestyle=(0, (5, 3)), label=TODAY)
        axes.plot(gallons, amounts[1], color=TO, label=PROPOSED)
        set_axes(axes, "Gallons in a month", "Bill", y_format=dollars, whole=(True, False))
        axes.set_xlim(0, gallons[-1])
        axes.set_ylim(min(0, *map(min, amounts)), max(1, *map(max, amounts)) * 1.03)
        axes.axhline(0, color=QUIET, linewidth=1)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2, ncols=2)
    return plot


def histogram(found):
    """Number of bills by change; what lies beyond the axis is in the first and the last bar, which are pale."""
    def plot(axes, width):
        low, step = [float(end) for end, _ in found.bars], float(found.width)
        axes.bar(low, [bills for _, bills in found.bars], color=TO, width=step * 0.94, align="edge")
        for place, more in ((0, found.below), (-1, found.above)):
            if more:
                axes.bar(low[place], more, color=FROM_FILL, edgecolor=TO, hatch="//", width=step * 0.94, align="edge")
        set_axes(axes, "Change of a bill", "Bills", x_format=dollars, ticks=10, whole=(False, True))
        axes.set_xlim(low[0], low[-1] + step)
        axes.set_ylim(0, None)
        axes.grid(False, axis="x")
    return plot


def short(labels, wide):
    """Labels of an axis in lines of few letters, on a phone of fewer."""
    letters, lines = (26, 3) if wide else (18, 4)
    return [plain("\n".join(textwrap.wrap(label.replace("/", "/ "), letters, max_lines=lines, placeholder=" \u2026")))
            for label in labels]


def row_height(labels, wide, least):
    """Height of a row of an axis whose labels take several lines."""
    return max([least] + [14 * (label.count("\n") + 1) + 8 for label in short(labels, wide)])


def spread(classes):
    """p10, median and p90 of the change by class; classes are (label, p10, median, p90)."""
    def plot(axes, width):
        places = range(len(classes))
        for place, (_, low, middle, high) in zip(places, classes):
            axes.plot([float(low), float(high)], [place, place], color=TO, linewidth=5, alpha=0.35,
                      solid_capstyle="butt")
            axes.plot([float(low), float(high)], [place, place], "|", color=TO, markersize=14, markeredgewidth=2)
            axes.plot([float(middle)], [place], "o", color=TO, markersize=9)
        set_axes(axes, "Change of a bill", "", x_format=dollars)
        axes.set_yticks(places, short([label for label, *_ in classes], is_wide(axes)))
        axes.set_ylim(len(classes) - 0.4, -0.6)
        axes.axvline(0, color=QUIET, linewidth=1)
        axes.grid(False, axis="y")
    return plot


def paired_bars(pairs, title):
    """Before and after, side by side; pairs are (label, before, after)."""
    def plot(axes, width):
        places = range(len(pairs))
        axes.barh([place - 0.2 for place in places], [float(before) for _, before, _ in pairs], height=0.36,
                  facecolor=FROM_FILL, edgecolor=FROM, linewidth=1.2, linestyle=(0, (3, 2)), label=TODAY)
        axes.barh([place + 0.2 for place in places], [float(after) for _, _, after in pairs], height=0.36, color=TO,
                  label=PROPOSED)
        set_axes(axes, title, "", x_format=dollars)
        axes.set_yticks(places, short([label for label, *_ in pairs], is_wide(axes)))
        axes.set_ylim(len(pairs) - 0.5, -0.5)
        axes.axvline(0, color=QUIET, linewidth=1)
        axes.grid(False, axis="y")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2, ncols=2)
    return plot


def tabulation(steps, wide, last, above, edges):
    """Bills by consumption, with the blocks drawn in.

    "steps" are (from, to, bills), each "wide" gallons, "last" is where they end and "above" the bills beyond, in a bar of
    its own; bills without consumption are in the first bar; "edges" are (gallons, label).
    """
    def plot(axes, width):
        sums = collections.Counter()
        for low, _, bills in steps:
            sums[max(low - 1, 0)] += bills
        bars = sorted(sums.items())
        axes.bar([low for low, _ in bars], [bills for _, bills in bars], width=wide * 0.94, align="edge", color=TO)
        if above:
            axes.bar(last, above, width=wide * 0.94, align="edge", facecolor=FROM_FILL, edgecolor=TO, hatch="//")
        top = max([above] + [bills for _, bills in bars]) or 1
        for edge, label in edges:
            axes.axvline(edge, color=INK, linewidth=1.4, linestyle=(0, (4, 3)))
            axes.text(edge, top * 1.03, f" {label}", fontsize=11, va="bottom", ha="left")
        set_axes(axes, "Gallons in a month", "Bills", ticks=8, whole=(True, True))
        axes.set_ylim(0, top * 1.14)
        axes.set_xlim(0, last + (wide if above else 0))
    return plot
