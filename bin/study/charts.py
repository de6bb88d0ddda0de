"""Charts as inline SVG, drawn by Matplotlib.

A chart is drawn once for a desktop and once for a phone, so that its letters
are read at either width; the style sheet shows one of them.  Colors are names
that the style sheet defines, for light, dark and paper: Matplotlib only knows
stand-ins for them.  Black and white tells the schedules apart too: today's is
a dashed line or an outline, the proposed one a full line or a filled bar.
"""

import html
import io
import re
import textwrap

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


def dollars(amount, _=None):
    """An axis label in dollars."""
    sign = "\u2212" if amount < 0 else ""
    amount = abs(amount)
    if amount >= 1e6:
        return f"{sign}${amount / 1e6:.3g}M"
    if amount >= 10000:
        return f"{sign}${amount / 1000:,.0f}k"
    return f"{sign}${amount:,.0f}" if amount == round(amount) else f"{sign}${amount:,.2f}"


def count(number, _=None):
    """An axis label with its thousands set off."""
    return f"{number:,.0f}"


def clean(svg):
    """Matplotlib's file as a part of a page: no header, no size, no names that another chart has too."""
    svg = svg[svg.index("<svg"):]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.S)
    svg = re.sub(r"<style type=\"text/css\">.*?</style>", "", svg, flags=re.S)
    svg = re.sub(r"<g id=\"[^\"]*\">", "<g>", svg)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S)
    svg = re.sub(r"(<svg[^>]*?) height=\"[^\"]*\"", r"\1", svg, count=1)
    svg = re.sub(r"(<svg[^>]*?) width=\"[^\"]*\"", r"\1", svg, count=1)
    svg = svg.replace("'DejaVu Sans', ", "").replace("'DejaVu Sans'", "var(--font)")
    for color, name in COLORS.items():
        svg = svg.replace(color, f"var({name})")
    return svg.strip()


def draw(name, width, height, plot, description):
    """One drawing: "plot" draws on the axes that it is given."""
    with matplotlib.rc_context({**SETTINGS, "svg.hashsalt": f"{name} {width}"}):
        figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS, layout="constrained")
        plot(figure.add_subplot(), width)
        file = io.StringIO()
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    label = html.escape(description, quote=True)
    return clean(file.getvalue()).replace("<svg", f'<svg role="img" aria-label="{label}"', 1)


def chart(name, plot, description, height=340, narrow_height=None):
    """The two drawings of a chart."""
    wide = draw(name, WIDE, height, plot, description)
    narrow = draw(name, NARROW, narrow_height or height, plot, description)
    return f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>'


def small_chart(name, plot, description, height=290):
    """A drawing of a phone's width, several of which stand side by side on a desktop."""
    return draw(name, NARROW, height, plot, description)


def set_axes(axes, x, y, x_format=count, y_format=count, ticks=6):
    """Titles with units, and numbers that people read."""
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.xaxis.set_major_formatter(FuncFormatter(x_format))
    axes.yaxis.set_major_formatter(FuncFormatter(y_format))
    axes.xaxis.set_major_locator(MaxNLocator(ticks if axes.figure.get_figwidth() * POINTS > 500 else 4))


def bill_curve(points, blocks, names):
    """Bill against gallons under both schedules; where a block of the proposed one begins is drawn in."""
    gallons = [point.gallons for point in points]

    def plot(axes, width):
        for edge in blocks[1]:
            if 0 < edge < gallons[-1]:
                axes.axvline(edge, color=QUIET, linewidth=1, linestyle=":")
        axes.plot(gallons, [float(point.a) for point in points], color=FROM, linestyle=(0, (5, 3)),
                  label=textwrap.shorten(names[0], 40))
        axes.plot(gallons, [float(point.b) for point in points], color=TO, label=textwrap.shorten(names[1], 40))
        axes.set_xlim(0, gallons[-1])
        axes.set_ylim(0, None)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2)
        set_axes(axes, "Gallons in a month", "Bill", y_format=dollars)
    return plot


def histogram(bars, step):
    """Number of bills by change; bars are (lower end, bills), each "step" dollars wide."""
    def plot(axes, width):
        low = [float(end) for end, _ in bars]
        axes.bar(low, [bills for _, bills in bars], color=TO, width=float(step) * 0.94, align="edge")
        set_axes(axes, "Change of the monthly bill", "Bills", x_format=dollars, ticks=min(len(bars), 10))
        axes.set_xlim(low[0], low[-1] + float(step))
        axes.grid(False, axis="x")
    return plot


def short(labels, width):
    """Labels of an axis: on a phone in lines of few letters."""
    return labels if width > 500 else [textwrap.fill(label.replace("/", "/ "), 13, break_long_words=False) for label in labels]


def spread(classes):
    """p10, median and p90 of the change by class; classes are (label, p10, median, p90)."""
    def plot(axes, width):
        places = range(len(classes))
        for place, (_, low, middle, high) in zip(places, classes):
            axes.plot([float(low), float(high)], [place, place], color=TO, linewidth=5, alpha=0.35,
                      solid_capstyle="butt")
            axes.plot([float(low), float(high)], [place, place], "|", color=TO, markersize=14, markeredgewidth=2)
            axes.plot([float(middle)], [place], "o", color=TO, markersize=9)
        set_axes(axes, "Change of the monthly bill: 10th percentile, median, 90th percentile", "",
                 x_format=dollars)
        if width < 500:
            axes.set_xlabel("Change of the bill: p10, median, p90")
        axes.set_yticks(places, short([label for label, *_ in classes], width))
        axes.set_ylim(len(classes) - 0.4, -0.6)
        axes.axvline(0, color=QUIET, linewidth=1)
        axes.grid(False, axis="y")
    return plot


def paired_bars(pairs, names, title):
    """Before and after, side by side; pairs are (label, before, after)."""
    def plot(axes, width):
        places = range(len(pairs))
        axes.barh([place - 0.2 for place in places], [float(before) for _, before, _ in pairs], height=0.36,
                  facecolor=FROM_FILL, edgecolor=FROM, linewidth=1.2, linestyle=(0, (3, 2)), label=textwrap.shorten(names[0], 40))
        axes.barh([place + 0.2 for place in places], [float(after) for _, _, after in pairs], height=0.36, color=TO,
                  label=textwrap.shorten(names[1], 40))
        set_axes(axes, title, "", x_format=dollars)
        axes.set_yticks(places, short([label for label, *_ in pairs], width))
        axes.set_ylim(len(pairs) - 0.5, -0.5)
        axes.grid(False, axis="y")
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2 if width > 500 else 1)
    return plot


def tabulation(steps, edges):
    """Bills by consumption, with the blocks drawn in; steps are (from, to, bills), edges (gallons, label)."""
    def plot(axes, width):
        thousands = [(low - 1 if low else -600, bills) for low, _, bills in steps]
        axes.bar([low for low, _ in thousands], [bills for _, bills in thousands],
                 width=[(high - low + 1 if low else 500) * 0.94 for low, high, _ in steps], align="edge", color=TO)
        top = max(bills for _, bills in thousands) or 1
        for edge, label in edges:
            axes.axvline(edge, color=INK, linewidth=1.4, linestyle=(0, (4, 3)))
            axes.text(edge, top * 1.03, f" {label}", fontsize=11, va="bottom", ha="left")
        axes.set_ylim(0, top * 1.14)
        set_axes(axes, "Gallons in a month", "Bills", ticks=10)
    return plot
