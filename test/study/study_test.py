"""The program mission_rates_study: its pages, in a browser, and what it says of wrong input.

study_test.py PROGRAM FOLDER AXE     the database is that of PGHOST, PGUSER and PGDATABASE
"""

import html.parser
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import browser  # noqa: E402
from tap import Tap  # noqa: E402

PROGRAM, FOLDER = sys.argv[1:3]
AXE = open(sys.argv[3], encoding="utf-8").read()
FROM, TO = "Ordinance 5244", "Ordinance 6000"
STUDY = ["--accounts", "town.account", "--from", FROM, "--to", TO]

tap = Tap()


class Tables(html.parser.HTMLParser):
    """The tables of a page by caption: lists of lines of cells."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.caption, self.cell = {}, None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag in ("td", "th", "caption"):
            self.cell = ""
        elif tag == "tr":
            self.tables[self.caption].append([])

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag == "caption":
            self.caption = self.cell
            self.tables[self.caption] = []
        elif tag in ("td", "th"):
            self.tables[self.caption][-1].append(self.cell)
        if tag in ("td", "th", "caption"):
            self.cell = None


def path(name):
    """A file that a test writes."""
    return os.path.join(FOLDER, name)


def program(*arguments, output="page.html", **environment):
    """Run the program: status, what it said, whether there is a page."""
    if os.path.exists(path(output)):
        os.unlink(path(output))
    done = subprocess.run([PROGRAM, *arguments, "--output", path(output)], capture_output=True, text=True,
                          env={**os.environ, **environment}, timeout=300, check=False)
    return done.returncode, done.stderr.strip(), os.path.exists(path(output))


def query(sql):
    """What psql answers, line by line."""
    done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def refused(name, status, said, *arguments, **environment):
    """Wrong input: one line, a status, no page, nothing left behind."""
    have = program(*arguments, output="refused.html", **environment)
    lines = [line for line in have[1].splitlines() if ": rating" not in line and ": reading" not in line]
    tap.equal((have[0], have[2]), (status, False), f"{name}: status {status} and no page")
    tap.ok(len(lines) == 1 and re.search(said, lines[0]), f"{name}: one clear line", have[1])


def test_wrong_input():
    """Each mistake."""
    def study(accounts="town.account", a=FROM, b=TO):
        return ["--accounts", accounts, "--from", a, "--to", b]

    refused("no such relation", 1, 'relation "town.acount" does not exist', *study("town.acount"))
    refused("a name that is none", 1, "invalid name syntax|does not exist", *study("town..account"))
    refused("an index", 1, '"town.account_index" is not a table or a view', *study("town.account_index"))
    refused("a relation of another shape", 1, "town.letters has no column class, meter, gallons, area",
            *study("town.letters"))
    refused("an empty table", 1, "town.empty has no rows", *study("town.empty"))
    refused("an unknown schedule", 1, 'unknown rate schedule "Ordinance 7"', *study(b="Ordinance 7"))
    refused("no rights", 1, "permission denied for table closed", *study("town.closed"), PGUSER="analyst")
    refused("no such database", 1, 'database "nowhere" does not exist', "-d", "nowhere", *study())
    refused("a database without the extension", 1, "has no extension mission_rates", "-d", "postgres", *study())
    refused("one schedule twice", 2, "the same schedule", *study(b=FROM))
    refused("no schedules", 2, "needs --accounts, --from and --to", "--accounts", "town.account")
    refused("a rate sheet of accounts", 2, "goes without --accounts", "--rate-sheet", *study())
    refused("an unknown option", 2, "unrecognized arguments: --color", "--color", *study())
    refused("an unknown schedule of a rate sheet", 1, "unknown rate schedule", "--rate-sheet", "Ordinance 7")
    done = subprocess.run([PROGRAM, *STUDY, "--output", path("nowhere/page.html")], capture_output=True, text=True, check=False)
    tap.ok(done.returncode == 1 and "there is no folder" in done.stderr, "a folder that is not there", done.stderr)
    tap.equal([name for name in os.listdir(FOLDER) if name.startswith(".mission")], [], "nothing half written is left")


def cents(text):
    """Dollars of the page as a number of cents."""
    return int(text.replace("\u2212", "-").replace("+", "").replace("$", "").replace(",", "").replace(".", ""))


def test_numbers():
    """Numbers on the page are those of plain SQL over typed arguments, which the program does not use."""
    tables = Tables(open(path("study.html"), encoding="utf-8").read()).tables
    typed = """
        SELECT a.account, mission_rates.to_customer_class(a.class) AS class,
            mission_rates.bill_total(mission_rates.to_customer_class(a.class), mission_rates.to_meter_size(a.meter),
                a.gallons::bigint, mission_rates.to_service_area(a.area), sewer => a.sewer = 'Y', schedule => s) AS total
        FROM town.account AS a WHERE a.account NOT IN (3, 14, 25, 36, 47)"""
    a, b = (typed.replace("=> s)", f"=> '{name}')") for name in (FROM, TO))
    want = query(f"SELECT class, round(sum(a.total) * 100), round(sum(b.total) * 100) FROM ({a}) AS a "
                 f"JOIN ({b}) AS b USING (account, class) GROUP BY class ORDER BY class")
    lines = tables["Revenue by class"][1:-1]
    have = [f"{line[0].split()[0]}|{cents(line[1])}|{cents(line[2])}" for line in lines]
    tap.equal(have, want, "revenue by class")
    sums = query(f"SELECT round(sum(a.total) * 100) FROM ({a}) AS a")
    tap.equal([str(cents(tables[name][-1][1])) for name in ("Revenue by class", "Revenue by charge")], sums * 2,
              "revenue by class and by charge add up to all bills")
    want = query(f"""
        SELECT count(*), round(percentile_disc(0.1) WITHIN GROUP (ORDER BY d) * 100),
            round(percentile_disc(0.5) WITHIN GROUP (ORDER BY d) * 100),
            round(percentile_disc(0.9) WITHIN GROUP (ORDER BY d) * 100),
            count(*) FILTER (WHERE d > 1), count(*) FILTER (WHERE d > 5), count(*) FILTER (WHERE d > 10)
        FROM (SELECT b.total - a.total AS d FROM ({a}) AS a JOIN ({b}) AS b USING (account)) AS x""")
    spread = tables["Change of a bill by class"][-1]
    rises = tables["Bills that rise by more than 1, 5 and 10 dollars a month"][-1]
    counts = [cell.split(" ")[0].replace(",", "") for cell in rises[2:]]
    have = "|".join([spread[1].replace(",", ""), *(str(cents(cell)) for cell in spread[2:5]), *counts])
    tap.equal([have], want, "percentiles of the change, and bills over 1, 5 and 10 dollars")
    histogram = tables["Bills by the change of a month"][1:]
    tap.equal(sum(int(line[1].replace(",", "")) for line in histogram), 1995, "every bill is in the histogram")


def test_set_aside():
    """Nothing is hidden."""
    tables = Tables(open(path("study.html"), encoding="utf-8").read()).tables
    lines = {line[0] or line[1]: line[2:] for line in tables["Accounts by reason"][1:]}
    codes = {"class_unknown", "meter_unknown", "gallons_null", "gallons_negative", "no_water_service"}
    tap.equal({code: lines.get(code) for code in codes}, {code: ["1", "1"] for code in codes}, "each reason is named")
    tap.equal((lines["billed"], lines["All accounts"]), (["1,995"] * 2, ["2,000"] * 2), "bills and reasons add up")


def test_bills():
    """Quoted bills are those of bill_comparison."""
    tables = Tables(open(path("study.html"), encoding="utf-8").read()).tables
    name = next(name for name in tables if name.startswith("A5 Industrial, "))
    meter = name.split(", ")[1].split(" inch")[0]
    want = query(f"SELECT gallons, round(a * 100), round(b * 100) FROM mission_rates.bill_comparison('{FROM}', '{TO}', "
                 f"'A5', mission_rates.to_meter_size('{meter}'))")
    have = [f"{line[0].replace(',', '')}|{cents(line[1])}|{cents(line[2])}" for line in tables[name][1:]]
    tap.equal(have, want, "bills at 0 to 25,000 gallons")
    rates = query(f"SELECT count(*) FROM mission_rates.compare_schedules('{FROM}', '{TO}')")
    listed = next(lines for caption, lines in tables.items() if caption.startswith("Every rate that differs"))
    tap.equal([str(len(listed) - 1)], rates, "every rate that differs is listed")


def test_page(driver, name):
    """A page in a browser, on a phone, a desktop and paper, light and dark."""
    for width in (360, 1280):
        for dark in (False, True):
            browser.show(driver, path(name), width, dark)
            what = f"{name} at {width} pixels, {'dark' if dark else 'light'}"
            tap.equal(driver.execute_script(browser.CUT_OFF), [], f"{what}: nothing is cut off")
            tap.equal(driver.execute_script(browser.SMALL_LETTERS), [], f"{what}: letters can be read")
            tap.equal(browser.accessibility(driver, AXE), [], f"{what}: the accessibility checker is content")
            browser.picture(driver, path(f"{name}.{width}.{'dark' if dark else 'light'}.png"))
    browser.show(driver, path(name), 688, media="print")
    tap.equal(driver.execute_script(browser.CUT_OFF) + driver.execute_script(browser.SCROLLED), [],
              f"{name} on paper: nothing is cut off")
    browser.paper(driver, path(f"{name}.pdf"))
    tap.equal(browser.complaints(driver), [], f"{name}: the console is empty")
    tap.equal(browser.requests(driver), [], f"{name}: nothing is asked for")


def made(name, output, *arguments, **environment):
    """The program makes a page."""
    status, said, there = program(*arguments, output=output, **environment)
    tap.ok(status == 0 and there, name, said)


def contains(name, output, text):
    """A page has this text."""
    tap.ok(text in open(path(output), encoding="utf-8").read(), name)


def test_made():
    """The pages are made, by a role that may only read."""
    made("a study is written", "study.html", *STUDY, PGUSER="analyst")
    made("a study with a title", "view.html", *STUDY, "--title", "Rates <of> 2027 & after")
    contains("a title is text", "view.html", "<title>Rates &lt;of&gt; 2027 &amp; after</title>")
    made("a study of a view", "view.html", "--accounts", "town.open_account", "--from", FROM, "--to", TO)
    made("a rate sheet is written", "rates.html", "--rate-sheet", FROM, PGUSER="analyst")
    made("a rate sheet of a draft", "draft.html", "--rate-sheet", TO)
    contains("which says that it is one", "draft.html", "A draft, not in force.")


tap.run(test_made)
for test in (test_numbers, test_set_aside, test_bills, test_wrong_input):
    tap.run(test)
with browser.chromium() as window:
    for page in ("study.html", "rates.html"):
        tap.run(test_page, window, page)
sys.exit(tap.finish())
