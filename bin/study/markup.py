"""HTML: text, tables, figures, and the frame of a page."""

import html
import pkgutil
from decimal import Decimal

MINUS = "\u2212"


def text(value):
    """Text as HTML."""
    return html.escape(str(value), quote=True)


def money(amount, plus=False):
    """Dollars and cents; None is a dash."""
    if amount is None:
        return "\u2013"
    sign = MINUS if amount < 0 else "+" if plus and amount > 0 else ""
    return f"{sign}${abs(Decimal(amount)):,.2f}"


def number(value):
    """A whole number with its thousands set off."""
    return "\u2013" if value is None else f"{value:,.0f}"


def percents(value, plus=True):
    """A percentage with one decimal."""
    if value is None:
        return "\u2013"
    sign = MINUS if value < 0 else "+" if plus and value > 0 else ""
    return f"{sign}{abs(value)}%"


def cell(tag, content, numeric, scope=None):
    """A cell; content is HTML already."""
    attributes = (' class="n"' if numeric else "") + (f' scope="{scope}"' if scope else "")
    return f"<{tag}{attributes}>{content}</{tag}>"


def table(caption, heads, lines, numeric, last=None):
    """A table: heads and cells are text, the first column names the row, "numeric" says which columns are numbers.

    "last" is a line of sums.
    """
    top = "".join(cell("th", text(head), at in numeric, "col") if head else cell("td", "", False)
                  for at, head in enumerate(heads))
    body = "".join(row(line, numeric) for line in lines)
    if last:
        body += row(last, numeric).replace("<tr>", '<tr class="sum">', 1)
    return (f'<div class="scroll" tabindex="0" role="group" aria-label="{text(caption)}"><table><caption>{text(caption)}'
            f"</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>")


def row(line, numeric):
    """A line of a table."""
    first, *others = line
    cells = cell("th", text(first), 0 in numeric, "row") if first else cell("td", "", False)
    cells += "".join(cell("td", text(value), at in numeric) for at, value in enumerate(others, 1))
    return f"<tr>{cells}</tr>"


def folded(title, content):
    """Something long that is opened by a click, and printed in full."""
    return f"<details><summary>{text(title)}</summary>{content}</details>"


def figure(title, note, drawing, content=""):
    """A chart under its title, and what stands below it."""
    small = f"<small>{text(note)}</small>" if note else ""
    return f"<figure><figcaption>{text(title)}{small}</figcaption>{drawing}</figure>{content}"


def section(name, title, *parts):
    """A chapter of the page."""
    return f'<section id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{text(title)}</h2>{"".join(parts)}</section>'


def paragraph(content, quiet=False):
    """A paragraph of text."""
    return f'<p{" class=quiet" if quiet else ""}>{text(content)}</p>'


def key_figures(items):
    """The numbers that are read first: (name, value, note)."""
    parts = (f"<div><dt>{text(name)}</dt><dd>{text(value)}{f'<small>{text(note)}</small>' if note else ''}</dd></div>"
             for name, value, note in items)
    return f'<dl class="key">{"".join(parts)}</dl>'


def frame(title, head, sections, foot, contents):
    """The whole page: one file that asks nobody for anything."""
    style = pkgutil.get_data("markup", "style.css").decode("utf-8")
    links = "".join(f'<li><a href="#{name}">{text(label)}</a></li>' for name, label in contents)
    nav = f'<nav aria-label="Contents"><ul>{links}</ul></nav>' if links else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="mission_rates_study">
<link rel="icon" href="data:,">
<title>{text(title)}</title>
<style>
{style}</style>
</head>
<body>
<header><h1>{text(title)}</h1>{head}{nav}</header>
<main>
{"".join(sections)}
</main>
<footer>{foot}</footer>
</body>
</html>
"""
