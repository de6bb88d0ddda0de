"""HTML: text, tables, figures, and the frame of a page."""

import html
import pkgutil
import re
from decimal import Decimal

MINUS = "\u2212"
NONE = "\u2013"


def text(value):
    """Text as HTML."""
    return html.escape(str(value), quote=True)


def money(amount, plus=False):
    """Dollars and cents; None is a dash."""
    if amount is None:
        return NONE
    sign = MINUS if amount < 0 else "+" if plus and amount > 0 else ""
    return f"{sign}${abs(Decimal(amount)):,.2f}"


def number(value):
    """A whole number with its thousands set off."""
    return NONE if value is None else f"{value:,.0f}"


def counted(value, one, many=None):
    """A number and what it counts: 1 bill, 2 bills."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def percents(value, plus=True):
    """A percentage with one decimal."""
    if value is None:
        return NONE
    sign = MINUS if value < 0 else "+" if plus and value > 0 else ""
    return f"{sign}{abs(value):,}%"


def day(date):
    """A date as people write it."""
    return f"{date:%B} {date.day}, {date.year}"


def cell(tag, content, numeric, scope=None):
    """A cell; content is HTML already."""
    attributes = (' class="n"' if numeric else "") + (f' scope="{scope}"' if scope else "")
    return f"<{tag}{attributes}>{content}</{tag}>"


def head(label, numeric):
    """The head of a column: a text, or a text and a unit."""
    name, unit = label if isinstance(label, tuple) else (label, "")
    if not name:
        return cell("td", "", False)
    return cell("th", text(name) + (f" <small>{text(unit)}</small>" if unit else ""), numeric, "col")


def table(caption, heads, lines, numeric, last=None, said=False, kind=""):
    """A table: heads and cells are text, the first column names the row, "numeric" says which columns are numbers.

    "last" is a line of sums; "said": a heading above says the caption already, so that it is only read aloud.
    """
    top = "".join(head(label, at in numeric) for at, label in enumerate(heads))
    body = "".join(row(line, numeric, len(heads)) for line in lines)
    if last:
        body += row(last, numeric, len(heads)).replace("<tr>", '<tr class="sum">', 1)
    return (f'<div class="scroll" tabindex="0" role="group" aria-label="{text(caption)}">'
            f'<table{f" class={kind}" if kind else ""}><caption{" class=unseen" if said else ""}>{text(caption)}'
            f"</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>")


def content(value):
    """What a cell holds: a text, or a text and a smaller one."""
    return f"{text(value[0])} <small>{text(value[1])}</small>" if isinstance(value, tuple) else text(value)


def row(line, numeric, width):
    """A line of a table; one of a single text is a heading of the lines below it."""
    first, *others = line
    if not others:
        return f'<tr class="group"><th colspan="{width}" scope="rowgroup">{text(first)}</th></tr>'
    # A long word may be broken where the city wrote a slash, a size may not
    name = re.sub(r"(?<=[^\W\d<])/(?=[^\W\d])", "/<wbr>", content(first))
    cells = cell("th", name, 0 in numeric, "row") if first else cell("td", "", False)
    cells += "".join(cell("td", content(value), at in numeric) for at, value in enumerate(others, 1))
    return f"<tr>{cells}</tr>"


def folded(title, content):
    """Something long that is opened by a click, and printed in full."""
    return f"<details><summary>{text(title)}</summary>{content}</details>"


def figure(title, note, drawing, content=""):
    """A chart under its title, and what stands below it."""
    small = f"<small>{text(note)}</small>" if note else ""
    return f"<figure><figcaption>{text(title)}{small}</figcaption>{drawing}</figure>{content}"


def section(name, title, *parts, kind="", said=False):
    """A chapter of the page; "said": its heading is only read aloud."""
    return (f'<section id="{name}" aria-labelledby="{name}-title"{f" class={kind}" if kind else ""}>'
            f'<h2 id="{name}-title"{" class=unseen" if said else ""}>{text(title)}</h2>{"".join(parts)}</section>')


def paragraph(content, kind=""):
    """A paragraph of text."""
    return f'<p{f" class={kind}" if kind else ""}>{text(content)}</p>'


def banner(title, lines):
    """What a reader must know before he believes the numbers."""
    items = "".join(f"<li>{text(line)}</li>" for line in lines)
    return f'<div class="banner" role="note"><p><strong>{text(title)}</strong></p>{f"<ul>{items}</ul>" if items else ""}</div>'


def in_css(value):
    """A text as a string of a style sheet inside an HTML page."""
    return '"' + "".join(f"\\{ord(letter):06x}" if letter in '"\\<>&\n\r\f\0' else letter for letter in value) + '"'


def frame(title, head, sections, foot, contents=(), above="", running="", style=""):
    """The whole page: one file that asks nobody for anything.

    "above" stands above the title, "running" at the foot of each printed page.
    """
    sheet = pkgutil.get_data(__name__, "style.css").decode("utf-8")
    links = "".join(f'<li{" class=calculator" if name == "bill-calculator" else ""}><a href="#{name}">{text(label)}</a></li>'
                    for name, label in contents)
    nav = f'<nav aria-label="Contents"><ul>{links}</ul></nav>' if links else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="mission_rates_study">
<link rel="icon" href="data:,">
<title>{text(title)}</title>
<script>document.documentElement.className = "scripted";</script>
<style>
{sheet}@page {{ @bottom-left {{ content: {in_css(running)}; }} }}
{style}</style>
</head>
<body>
<header>{paragraph(above, "eyebrow") if above else ""}<h1>{text(title)}</h1>{head}{nav}</header>
<main>
{"".join(sections)}
</main>
<footer>{foot}</footer>
</body>
</html>
"""
