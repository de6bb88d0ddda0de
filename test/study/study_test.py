"""The program mission_rates_study: its pages, in a browser and on paper, and what it says of wrong input.

study_test.py PROGRAM FOLDER AXE     the database is that of PGHOST, PGUSER and PGDATABASE
"""

import collections
import html.parser
import os
import re
import signal
import subprocess
import sys
import time
from decimal import Decimal

PROGRAM, FOLDER, AXE_FILE = sys.argv[1:4]
HERE = os.path.dirname(os.path.abspath(__file__))
# The program is a folder of modules in one file
sys.path[:0] = [HERE, PROGRAM]

import browser  # noqa: E402
import charts  # noqa: E402
import figures  # noqa: E402
from tap import Tap  # noqa: E402

AXE = browser.checker(AXE_FILE)
FROM, TO, ODD = "Ordinance 5244", "Ordinance 6000", '<script>alert(1)</script> $x_1$ & 100% "q"'
STUDY = ["--accounts", "town.account", "--from", FROM, "--to", TO]
WIDTHS = (360, 480, 768, 1280)
ENDS = (WIDTHS[0], WIDTHS[-1])
CHECKED = ((WIDTHS[0], True), (WIDTHS[-1], False))

# A sheet of paper at 96 pixels to the inch, without its margins
PAPER = (710, 942)
PAGES = 12

tap = Tap()


class Tables(html.parser.HTMLParser):
    """The tables of a page by caption, as lists of lines of cells; and its text."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.caption, self.cell, self.words, self.inside = {}, None, None, [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.inside = tag
        if tag in ("td", "th", "caption"):
            self.cell = ""
        elif tag == "tr" and self.caption:
            self.tables[self.caption].append([])

    def handle_data(self, data):
        if self.inside not in ("script", "style"):
            self.words.append(data)
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        self.inside = ""
        if tag == "caption":
            self.caption = self.cell
            self.tables[self.caption] = []
        elif tag in ("td", "th") and self.caption:
            self.tables[self.caption][-1].append(self.cell)
        elif tag == "table":
            self.caption = None
        if tag in ("td", "th", "caption"):
            self.cell = None


def path(name):
    """A file that a test writes."""
    return os.path.join(FOLDER, name)


def page(name):
    """A page as text."""
    with open(path(name), encoding="utf-8") as file:
        return file.read()


def tables(name):
    """The tables of a page."""
    return Tables(page(name)).tables


def words(name):
    """The text of a page, in one line."""
    return " ".join(" ".join(Tables(page(name)).words).split())


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
    lines = [line for line in have[1].splitlines() if not re.search(": (rating|reading|comparing|counting) ", line)]
    tap.equal((have[0], have[2]), (status, False), f"{name}: status {status} and no page")
    tap.ok(len(lines) == 1 and re.search(said, lines[0]), f"{name}: one clear line", have[1])


def test_wrong_input():
    """Each mistake."""
    def study(accounts="town.account", a=FROM, b=TO):
        return ["--accounts", accounts, "--from", a, "--to", b]

    def asked(sql):
        return ["--accounts-query", sql, "--from", FROM, "--to", TO]

    refused("no such relation", 1, 'relation "town.acount" does not exist', *study("town.acount"))
    refused("a name that is none", 1, "invalid name syntax|does not exist", *study("town..account"))
    refused("an index", 1, '"town.account_index" is not a table or a view', *study("town.account_index"))
    refused("a relation of another shape", 1, "town.letters has no column class, meter, gallons, area: .*--accounts-query",
            *study("town.letters"))
    refused("a query of another shape", 1, "the query has no column class, meter, gallons, area",
            *asked("SELECT 'x' AS sender"))
    refused("an empty table", 1, "town.empty has no rows", *study("town.empty"))
    refused("an empty query", 1, "the query has no rows", *asked("SELECT * FROM town.account WHERE account < 0"))
    refused("a query that is none", 1, "syntax error", *asked("town.account"))
    refused("an unknown schedule", 1, 'unknown rate schedule "Ordinance 7"', *study(b="Ordinance 7"))
    refused("no rights", 1, "permission denied for table closed", *study("town.closed"), PGUSER="analyst")
    refused("no such database", 1, 'database "nowhere" does not exist', "-d", "nowhere", *study())
    refused("a database without the extension", 1, "has no extension mission_rates", "-d", "postgres", *study())
    refused("one schedule twice", 2, "the same schedule", *study(b=FROM))
    refused("no schedules", 2, "needs --accounts or --accounts-query, --from and --to", "--accounts", "town.account")
    refused("a relation and a query", 2, "--accounts goes without --accounts-query", *study(), "--accounts-query", "SELECT 1")
    refused("a rate sheet of accounts", 2, "goes without --accounts", "--rate-sheet", *study())
    refused("an unknown option", 2, "unrecognized arguments: --color", "--color", *study())
    refused("an unknown schedule of a rate sheet", 1, "unknown rate schedule", "--rate-sheet", "Ordinance 7")
    for date in ("2026-13-01", "10/01/2026", "20261001"):
        refused(f"the date {date}", 2, f'"{date}" is not a date written YYYY-MM-DD', *study(), "--date", date)
        refused(f"the period {date}", 2, f'"{date}" is not a date written YYYY-MM-DD', *study(), "--period", date)
    done = subprocess.run([PROGRAM, *STUDY, "--output", path("nowhere/page.html")], capture_output=True, text=True, check=False)
    tap.ok(done.returncode == 1 and "there is no folder" in done.stderr, "a folder that is not there", done.stderr)
    for module in ("psycopg2", "matplotlib"):
        os.makedirs(path("without"), exist_ok=True)
        with open(path(f"without/{module}.py"), "w", encoding="utf-8") as file:
            file.write(f"raise ImportError('none', name='{module}')\n")
        refused(f"{module} is missing", 1, f"Python's {module} is missing: install ", *study(), PYTHONPATH=path("without"))
        os.unlink(path(f"without/{module}.py"))
    tap.equal([name for name in os.listdir(FOLDER) if name.startswith(".mission")], [], "nothing half written is left")


def test_options():
    """What the program says of itself, and standard output."""
    done = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=False)
    version = query("SELECT extversion FROM pg_extension WHERE extname = 'mission_rates'")[0]
    tap.equal((done.returncode, done.stdout), (0, f"mission_rates_study {version}\n"), "--version is that of the extension")
    done = subprocess.run([PROGRAM, "--rate-sheet", FROM, "--date", "2026-10-01", "--output", "-"], capture_output=True,
                          text=True, check=False)
    tap.ok(done.returncode == 0 and done.stdout.startswith("<!DOCTYPE html>") and done.stdout.endswith("</html>\n"),
           "--output - is standard output", done.stderr, done.stdout[:200])
    tap.ok("October 1, 2026" in done.stdout, "--date is printed")
    tap.ok("wrote" not in done.stderr, "and no file is said to be written", done.stderr)


def test_manual():
    """The manual page is installed, and has every option that --help has."""
    def config(what):
        return subprocess.run(["pg_config", f"--{what}"], capture_output=True, text=True, check=True).stdout.strip()

    root = os.path.dirname(PROGRAM)[:-len(config("bindir"))]
    with open(f"{root}{config('mandir')}/man1/mission_rates_study.1", encoding="utf-8") as file:
        page_text = file.read().replace("\\-", "-")
    shown = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
    options = set(re.findall(r"(?<![\w-])--?[a-zA-Z?][a-z-]*", shown))
    tap.ok(len(options) > 25, "--help lists the options", shown)
    tap.equal(sorted(option for option in options if f"{option}" not in page_text), [], "and so does the manual page")


def backends():
    """How many sessions of the program the server has, and how many of them are in the query."""
    return [int(count) for count in query(
        "SELECT count(*), count(*) FILTER (WHERE state = 'active' AND query LIKE '%pg_sleep%') FROM pg_stat_activity "
        "WHERE application_name = 'mission_rates_study'")[0].split("|")]


def wait_for(test):
    """Wait until something is so; is it?"""
    for _ in range(600):
        if test():
            return True
        time.sleep(0.1)
    return False


def test_signals():
    """Ctrl-C and SIGTERM end the program and its query."""
    slow = "SELECT a.*, pg_sleep(600) FROM town.account AS a"
    for number in (signal.SIGINT, signal.SIGTERM):
        with subprocess.Popen([PROGRAM, "--accounts-query", slow, "--from", FROM, "--to", TO, "--output", path("stopped.html")],
                              stderr=subprocess.PIPE, text=True) as running:
            tap.ok(wait_for(lambda: backends()[1] == 1), f"{number.name}: the query runs")
            running.send_signal(number)
            _, said = running.communicate(timeout=60)
        tap.equal(running.returncode, 128 + number, f"{number.name}: the status says which signal it was")
        tap.ok(said.splitlines()[-1].endswith("interrupted") and "Traceback" not in said, f"{number.name}: one line", said)
        tap.ok(wait_for(lambda: backends()[0] == 0), f"{number.name}: no backend is left")
        tap.ok(not [name for name in os.listdir(FOLDER) if "stopped" in name or name.startswith(".mission")],
               f"{number.name}: no page is left")


def cents(text):
    """Dollars of the page as a number of cents."""
    return int(text.replace("\u2212", "-").replace("+", "").replace("$", "").replace(",", "").replace(".", "").split(" ")[0])


def whole(text):
    """A whole number of the page."""
    return int(text.split(" ")[0].replace(",", "").replace("\u2212", "-"))


TYPED = """
    SELECT a.account, mission_rates.to_customer_class(a.class) AS class,
        mission_rates.bill_total(mission_rates.to_customer_class(a.class), mission_rates.to_meter_size(a.meter),
            a.gallons::bigint, mission_rates.to_service_area(a.area), sewer => a.sewer = 'Y', schedule => s) AS total
    FROM town.account AS a WHERE a.account NOT IN (3, 14, 25, 36, 47)"""

BOTH = "({}) AS a JOIN ({}) AS b USING (account, class)".format(*(TYPED.replace("=> s)", f"=> '{name}')") for name in (FROM, TO)))


def test_numbers():
    """Numbers on the page are those of plain SQL over typed arguments, which the program does not use."""
    have = tables("study.html")
    want = query(f"SELECT class, round(sum(a.total) * 100), round(sum(b.total) * 100) FROM {BOTH} GROUP BY class ORDER BY class")
    lines = have["Revenue by class"][1:-1]
    tap.equal([f"{line[0].split()[0]}|{cents(line[1])}|{cents(line[2])}" for line in lines], want, "revenue by class")
    sums = query(f"SELECT round(sum(a.total) * 100), round(sum(b.total) * 100), round(sum(b.total - a.total) * 100) FROM {BOTH}")
    for name in ("Revenue by class", "Revenue by charge"):
        tap.equal(["|".join(str(cents(cell)) for cell in have[name][-1][1:4])], sums, f"{name} adds up to all bills")
    short = have["Revenue of a month"]
    tap.equal(["|".join(str(cents(line[2])) for line in short[1:])], sums, "revenue on page one")
    want = query(f"""
        SELECT count(*), count(*) FILTER (WHERE d > 0), count(*) FILTER (WHERE d = 0), count(*) FILTER (WHERE d < 0),
            count(*) FILTER (WHERE d > 1), count(*) FILTER (WHERE d > 5), count(*) FILTER (WHERE d > 10)
        FROM (SELECT b.total - a.total AS d FROM {BOTH}) AS x""")
    rises = have["Bills that rise, stay and fall, and that rise by more than 1, 5 and 10 dollars a month"][-1]
    spread = have["Change of a bill by class"][-1]
    tap.equal(["|".join(map(str, map(whole, [spread[1], *rises[1:]])))], want, "who pays more, the same, less, over 1, 5, 10")
    want = query(f"""
        SELECT class, round(percentile_disc(0.1) WITHIN GROUP (ORDER BY d) * 100),
            round(percentile_disc(0.5) WITHIN GROUP (ORDER BY d) * 100),
            round(percentile_disc(0.9) WITHIN GROUP (ORDER BY d) * 100)
        FROM (SELECT class, b.total - a.total AS d FROM {BOTH}) AS x GROUP BY ROLLUP (class) ORDER BY class NULLS LAST""")
    lines = [[line[0].split()[0].replace("All", ""), *map(cents, line[2:5])] for line in have["Change of a bill by class"][1:]]
    tap.equal(["|".join(map(str, line)) for line in lines], want, "percentiles of the change by class")
    histogram = have["Bills by the change of a month"][1:]
    tap.equal(sum(whole(line[1]) for line in histogram), 1995, "every bill is in the histogram")


def test_typical():
    """The typical home is the median of the largest class, with its most common size and place."""
    middle = query("""
        SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY gallons::bigint) FROM town.account
        WHERE upper(trim(class)) = 'A1' AND account NOT IN (3, 14, 25, 36, 47)""")[0]
    most = query("""
        SELECT mission_rates.to_meter_size(meter), mission_rates.to_service_area(area) FROM town.account
        WHERE upper(trim(class)) = 'A1' AND account NOT IN (3, 14, 25, 36, 47) GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1""")[0]
    meter, area = most.split("|")
    said = words("study.html")
    tap.ok(f"It is for {int(middle):,} gallons, the median of" in said, "the median of the largest class", middle)
    tap.ok(f"{meter} inch meter, {area} the city" in said, "with the usual meter and place", most)
    lines = tables("study.html")["The typical bill by charge"][1:]
    for side, name in ((1, FROM), (2, TO)):
        want = query(f"SELECT round(sum(b.amount) * 100) FROM mission_rates.bill('A1', '{meter}', {middle}, '{area}', "
                     f"schedule => '{name}') AS b GROUP BY b.charge ORDER BY max(b.line)")
        tap.equal([str(cents(line[side])) for line in lines[:-1]], want, f"its bill by charge, {name}")
        tap.equal(cents(lines[-1][side]), sum(map(int, want)), f"its total, {name}")
    before, after = lines[-1][1:3]
    tap.ok(f"The typical Residential bill rises from {before} to {after}, by " in said, "and the sentence says so", said[:400])


def test_consumption():
    """Consumption by the class whose rates apply: outside the city A8's."""
    rated = """SELECT CASE WHEN mission_rates.to_service_area(a.area) = 'outside' THEN 'A8' ELSE upper(trim(a.class)) END AS code,
            a.gallons::bigint AS gallons FROM town.account AS a WHERE a.account NOT IN (3, 14, 25, 36, 47)"""
    have = {}
    for caption, lines in tables("study.html").items():
        if caption.startswith("Bill tabulation, rates of class "):
            have[caption.split()[5]] = lines[1:]
    want = query(f"SELECT code, count(*), sum(gallons) FROM ({rated}) AS r GROUP BY code ORDER BY code")
    tap.equal([f"{code}|{sum(whole(line[1]) for line in lines)}|{sum(whole(line[2]) for line in lines)}"
               for code, lines in sorted(have.items())], want, "every bill and gallon is in a tabulation, by whose rates apply")
    tap.equal([f"{code}|{whole(lines[-1][3])}|{whole(lines[-1][5])}" for code, lines in sorted(have.items())], want,
              "the last line has all of them")
    tap.ok(any(lines[-1][0].startswith("above") for lines in have.values()), "what lies beyond the chart has a line")
    blocks, code = collections.defaultdict(list), None
    for line in tables("study.html")["Blocks of water volume"][1:]:
        code = line[0].split()[0] if len(line) == 1 else code
        blocks[code] += [line] if len(line) > 1 else []
    want = query(f"""
        SELECT r.code, v.above_gallons + 1, count(*) FILTER (WHERE r.gallons > v.above_gallons),
            sum(greatest(0, r.gallons - v.above_gallons))
        FROM ({rated}) AS r JOIN mission_rates.water_volume AS v ON v.schedule = '{TO}' AND v.class::text = r.code
        GROUP BY r.code, v.above_gallons ORDER BY 1, 2""")
    lines = []
    for code in sorted(blocks):
        for at, line in enumerate(blocks[code][1:], 1):
            rest = blocks[code][at:]
            lines.append(f"{code}|{whole(line[0])}|{sum(whole(part[3]) for part in rest)}|{sum(whole(part[4]) for part in rest)}")
    tap.equal(lines, want, "bills and gallons of each block")


def test_set_aside():
    """Nothing is hidden."""
    lines = {line[0] or line[1]: line[2:] for line in tables("study.html")["Accounts by reason"][1:]}
    codes = {"class_unknown", "meter_unknown", "gallons_null", "gallons_negative", "no_water_service"}
    tap.equal({code: lines.get(code) for code in codes}, {code: ["1", "1"] for code in codes}, "each reason is named")
    tap.equal((lines["billed"], lines["All accounts"]), (["1,995"] * 2, ["2,000"] * 2), "bills and reasons add up")
    said = words("study.html")
    tap.ok("5 of 2,000 accounts are set aside" in said and '1: invalid customer class: "A7"' in said, "page one says so", said[:900])
    tap.ok("check_schedule has" not in said, "and nothing of a draft without findings")
    said = words("faulty.html")
    tap.ok(re.search(r"check_schedule has 1 error and \d+ warnings of the draft Faulty\. Error: fee, sewer flat: missing", said),
           "errors and warnings of a draft are on page one", said[:900])
    listed = len(tables("faulty.html")["Findings of check_schedule"]) - 1
    tap.equal([str(listed)], query("SELECT count(*) FROM mission_rates.check_schedule('Faulty')"), "and all in the appendix")


def test_bills():
    """Quoted bills are those of bill_comparison."""
    have = tables("study.html")
    name = next(name for name in have if name.startswith("Bills of A5 Industrial, "))
    meter = name.split(", ")[1].split(" inch")[0]
    want = query(f"SELECT gallons, round(a * 100), round(b * 100) FROM mission_rates.bill_comparison('{FROM}', '{TO}', "
                 f"'A5', mission_rates.to_meter_size('{meter}'))")
    tap.equal([f"{line[0].replace(',', '')}|{cents(line[1])}|{cents(line[2])}" for line in have[name][1:]], want,
              "bills at 0 to 25,000 gallons")
    rates = query(f"SELECT count(*) FROM mission_rates.compare_schedules('{FROM}', '{TO}')")
    listed = [len(lines) - 1 for caption, lines in have.items() if re.search(r": \d+ rates?$", caption)]
    tap.equal([str(sum(listed))], rates, "every rate that differs is listed")
    tap.ok("Bills of A1 Residential, 3/4 inch meter" in str(list(tables("spellings.html"))),
           "the size that most accounts have counts sizes, not spellings", list(tables("spellings.html")))


def test_periods():
    """Months are picked, or added up by who asks for it."""
    months = ["--accounts", "town.months", "--from", FROM, "--to", TO]
    refused("two months", 1, r"town.months has 2 periods: 2026-10-01 \(100 rows\), 2026-11-01 \(101 rows\)\. .*--period",
            *months)
    refused("a month that is not there", 1, "no rows of 2026-09, but of 2026-10-01", *months, "--period", "2026-09")
    refused("--period and --months", 2, "--period goes without --months", *months, "--period", "2026-10", "--months")
    refused("a period without dates", 1, "no column service_date", "--accounts", "town.spellings", "--from", FROM, "--to", TO,
            "--period", "2026-10")
    said = {}
    for name, arguments in (("november.html", ["--period", "2026-11-01"]), ("october.html", ["--period", "2026-10"]),
                            ("both.html", ["--months"])):
        made(f"a study with {arguments[0]}", name, *months, *arguments, PGUSER="analyst")
        said[name] = words(name)
    tap.ok("November 2026" in said["november.html"] and "101 accounts" in said["november.html"], "one month, by its day")
    tap.ok("October 2026" in said["october.html"] and "100 accounts" in said["october.html"], "one month, by its name")
    tap.ok("those of 2 months, October 2026 to November 2026, added up" in said["both.html"], "how many months are summed")
    tap.ok("Revenue of 2 months" in said["both.html"] and "Revenue of a month" not in said["both.html"], "and the tables say so")
    sums = [cents(tables(name)["Revenue by class"][-1][1]) for name in said]
    tap.equal(sums[0] + sums[1], sums[2], "two months are the sum of both")


def test_readme():
    """README's command over README's own table, as it stands there."""
    with open(os.path.join(HERE, "../../README.md"), encoding="utf-8") as file:
        text = file.read()
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", text, re.M | re.S)
    last = next(at for at, (kind, code) in enumerate(blocks) if kind == "sh" and "--accounts-query" in code)
    tables_of = [code for kind, code in blocks[:last] if kind == "sql" and ("CREATE TABLE cis.account" in code or
                                                                            "'Ordinance 6000', based_on" in code)]
    subprocess.run(["psql", "-Xq", "-c", "DROP DATABASE IF EXISTS mydb", "-c", "CREATE DATABASE mydb"], check=True,
                   env={**os.environ, "PGDATABASE": "postgres"}, stderr=subprocess.DEVNULL)
    subprocess.run(["psql", "-Xqd", "mydb", "-v", "ON_ERROR_STOP=1", "-c", "CREATE EXTENSION mission_rates"] +
                   [part for code in tables_of for part in ("-c", code)], check=True, stdout=subprocess.DEVNULL)
    os.makedirs(path("readme"), exist_ok=True)
    done = subprocess.run(["bash", "-ec", blocks[last][1]], cwd=path("readme"), capture_output=True, text=True, check=False, env={
        **os.environ, "PATH": f"{os.path.dirname(PROGRAM)}:{os.environ['PATH']}"})
    tap.ok(done.returncode == 0 and os.path.exists(path("readme/study.html")), "README's command runs as it stands", done.stderr)


def test_query():
    """A query with all that a query may have."""
    sql = """SELECT t."class %" AS class, t.meter, t.gallons % 1000000 AS gallons, t.area
        FROM town."odd % <b>" AS t WHERE t.area NOT LIKE '100%' -- of all"""
    made("a study of a query", "query.html", "--accounts-query", sql, "--from", FROM, "--to", TO)
    tap.ok("20 accounts of the query" in words("query.html"), "is of its rows", words("query.html")[:500])
    made("a study of a class without sewer", "dry.html", "--accounts-query", "SELECT *, false AS sewer FROM town.spellings",
         "--from", FROM, "--to", "Dry")
    have = tables("dry.html")["The typical bill by charge"][-1]
    want = query(f"SELECT round(100 * mission_rates.bill_total('A1', '3/4', 3500, sewer => false, schedule => '{FROM}'))")
    tap.equal([str(cents(have[1])), str(cents(have[2]))], want * 2, "whose typical bill has none")
    refused("a name with a percent sign", 1, '"odd % <b>" has no column class', "--accounts", 'town."odd % <b>"', "--from",
            FROM, "--to", TO)


def drawn(svg):
    """The letters of a drawing."""
    return [text.strip() for text in re.findall(r"<text[^>]*>(.*?)</text>", svg, re.S)]


def test_charts():
    """What a chart may not do, whatever is in it."""
    def number(text):
        return float(text.replace(",", "").replace("\u2212", "-").replace("$", "").replace("k", "e3"))

    few = figures.bars(collections.Counter({100: 5, 120: 7, 300: 12}))
    letters = drawn(charts.draw("few", charts.WIDE, 300, charts.histogram(few), "x"))
    counts = [text for text in letters if re.fullmatch(r"[\d,.]+", text)]
    steps = {number(after) - number(before) for before, after in zip(counts, counts[1:])}
    tap.ok(len(counts) > 2 and all("." not in text for text in counts) and len(steps) == 1,
           "an axis counts bills in whole steps", counts)
    wide = figures.bars(collections.Counter({-50_000_000: 10, 0: 100, 3: 5, 90_000_000: 20, 12_345_678_900: 1}))
    tap.ok(len(wide.bars) <= 60, "a histogram of any spread has at most 60 bars", len(wide.bars))
    tap.equal(sum(bills for _, bills in wide.bars), 136, "and all bills")
    for spread in range(1, 5_000_000, 99_991):
        found = figures.bars(collections.Counter({cents: 1 for cents in range(0, spread, max(1, spread // 50))}))
        if len(found.bars) > 20:
            tap.ok(False, f"a spread of {spread} cents", len(found.bars))
    Point = collections.namedtuple("Point", "gallons a b")
    points = [Point(0, Decimal("-30"), Decimal("-40")), Point(1000, Decimal("20"), Decimal("12"))]
    amounts = [number(text) for text in drawn(charts.draw("credit", charts.WIDE, 300, charts.bill_curve(points, [[], []]), "x"))
               if "$" in text]
    tap.ok(min(amounts) <= -30, "a credit is below the axis, and the axis goes there", amounts)
    steps = [(0, 0, 4), (1, 1000, 9), (1001, 2000, 2)]
    letters = drawn(charts.draw("steps", charts.WIDE, 300, charts.tabulation(steps, 1000, 2000, 3, [(999, "1")]), "x"))
    tap.ok(not any("\u2212" in text or "-" in text for text in letters), "gallons never go below zero", letters)
    label = "$x_1$ and <b> $y" + "z" * 50
    pairs = [(label, Decimal(1), Decimal(2)), ("plain", Decimal(-5), Decimal(3))]
    for width in (charts.WIDE, charts.NARROW):
        letters = "".join(drawn(charts.draw("label", width, 300, charts.paired_bars(pairs, "$a_b$"), "x")))
        tap.ok("$x_1$ and" in letters and "&lt;b" in letters and "$a_b$" in letters, f"a label is text at {width} pixels", letters)


def test_page(driver, name, axe=True):
    """A page in a browser, on a phone, a tablet, a desktop and paper, light and dark."""
    for width in WIDTHS:
        for dark in (False, True) if width in ENDS else (False,):
            browser.show(driver, path(name), width, dark)
            what = f"{name} at {width} pixels, {'dark' if dark else 'light'}"
            tap.equal(driver.execute_script(browser.CUT_OFF), [], f"{what}: nothing is cut off")
            tap.equal(driver.execute_script(browser.SMALL_LETTERS), [], f"{what}: letters can be read")
            if width >= 480:
                tap.equal(driver.execute_script(browser.SCROLLED), [], f"{what}: no table has to be scrolled")
            if axe and AXE and (width, dark) in CHECKED:
                tap.equal(browser.accessibility(driver, AXE), [], f"{what}: the accessibility checker is content")
            browser.picture(driver, path(f"{name}.{width}.{'dark' if dark else 'light'}.png"))
    browser.show(driver, path(name), PAPER[0], media="print")
    tap.equal(driver.execute_script(browser.CUT_OFF) + driver.execute_script(browser.SCROLLED), [],
              f"{name} on paper: nothing is cut off")
    tap.equal(driver.execute_script(browser.SPLIT), [], f"{name} on paper: no paragraph and no row is split")
    pages = browser.paper(driver, path(f"{name}.pdf"))
    tap.ok(0 < pages <= PAGES, f"{name} on paper: at most {PAGES} pages", pages)
    tap.equal(browser.complaints(driver), [], f"{name}: the console is empty")
    tap.equal(browser.requests(driver), [], f"{name}: nothing is asked for")


CHOICE = """
const shown = [...document.querySelectorAll('.panel')].map(panel => panel.getBoundingClientRect().height > 0);
return [shown.length, shown.filter(x => x).length, shown.indexOf(true)];
"""


def test_decision(driver):
    """Page one is one sheet; a class is chosen for the curves, and paper has all of them."""
    browser.show(driver, path("study.html"), PAPER[0], media="print")
    end = driver.execute_script("return document.getElementById('decision').getBoundingClientRect().bottom")
    tap.ok(0 < end <= PAPER[1], "page one is one sheet of paper", end)
    classes, shown, _ = driver.execute_script(CHOICE)
    tap.equal((classes > 5, shown), (True, classes), "paper has the bills of all classes")
    browser.show(driver, path("study.html"), 1280)
    tap.equal(driver.execute_script(CHOICE), [classes, 1, 0], "a screen has those of the first class")
    driver.execute_script("document.getElementById('pick-3').click()")
    tap.equal(driver.execute_script(CHOICE), [classes, 1, 3], "and of the class that is chosen")
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.show(driver, path("study.html"), 1280)
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    hidden = driver.execute_script("""return ['calculator', 'bill-calculator'].map(id => document.getElementById(id))
        .concat([...document.querySelectorAll('a[href="#bill-calculator"]')]).filter(e => e.offsetParent !== null).length""")
    tap.equal((hidden, driver.execute_script(CHOICE)[1]), (0, 1), "without JavaScript the calculator alone is missing")


def test_text(driver):
    """Text of the city is text, wherever it stands."""
    for name in ("odd.html", "odd-rates.html"):
        browser.show(driver, path(name), 360)
        tap.equal(driver.execute_script("""
            return [document.querySelectorAll('b, i, img').length, document.title.includes('<script>'),
                [...document.scripts].filter(s => s.textContent.includes('alert(1)') && s.type !== 'application/json').length]"""),
                  [0, True, 0], f"{name}: no text of the city is markup")
        for width in WIDTHS:
            browser.show(driver, path(name), width)
            tap.equal(driver.execute_script(browser.CUT_OFF) + (driver.execute_script(browser.SCROLLED) if width >= 480 else []),
                      [], f"{name} at {width} pixels: nothing is cut off")
        tap.equal(browser.complaints(driver), [], f"{name}: the console is empty")
    letters = "".join(drawn(page("odd.html")))
    tap.ok("$H_{2}O$" in letters and "#010105" in letters, "labels of charts are as the city wrote them")


def test_sheet():
    """The rate sheet says what a customer asks."""
    said, have = words("rates.html"), tables("rates.html")
    tap.ok("City of Mission" in said and "Adopted October 24, 2022 by the City Council of the City of Mission. In force from "
           "January 1, 2023." in said, "the city, the ordinance and its dates", said[:600])
    tap.ok("includes the first 999 gallons" in said, "what the minimum includes")
    tap.ok("A bill is to be paid within 20 days after it is mailed" in said, "terms are sentences")
    head = have["Water: volume rates"][0]
    tap.ok(all(cell.endswith("per 1,000 gallons") for cell in head[1:3]), "units in the heads of columns", head)
    amounts = {line[0]: line[1] for line in have["Fees"][1:]}
    tap.equal([amounts.get(name) for name in ("Late fee", "Street cut, asphalt", "Service call")],
              ["5% of the unpaid bill", "$12.00 per linear foot", "$20.00 each"], "units on amounts")
    total = query(f"SELECT round(mission_rates.bill_total('A1', '3/4', 6000, schedule => '{FROM}') * 100)")
    example = next(lines for caption, lines in have.items() if caption.startswith("A month's bill of "))
    tap.equal([str(cents(example[-1][1]))], total, "the example is a bill of the server")
    headings = re.findall(r"<(?:h1|h2|h3)[^>]*>(.*?)</", page("rates.html"))
    tap.equal(len(headings), len(set(headings)), "no heading is said twice")


def made(name, output, *arguments, **environment):
    """The program makes a page."""
    status, said, there = program(*arguments, output=output, **environment)
    tap.ok(status == 0 and there, name, said)


def contains(name, output, text):
    """A page has this text."""
    tap.ok(text in page(output), name)


def test_made():
    """The pages are made, by a role that may only read."""
    made("a study is written", "study.html", *STUDY, PGUSER="analyst")
    made("a study with a title", "view.html", *STUDY, "--title", "Rates <of> 2027 & after", "--city", "Town of <i>")
    contains("a title is text", "view.html", "<title>Rates &lt;of&gt; 2027 &amp; after</title>")
    contains("and so is the city", "view.html", "Town of &lt;i&gt;")
    made("a study of a view", "view.html", "--accounts", "town.open_account", "--from", FROM, "--to", TO)
    made("a study of sizes without periods", "spellings.html", "--accounts", "town.spellings", "--from", FROM, "--to", TO)
    made("a study of a draft with errors", "faulty.html", "--accounts", "town.open_account", "--from", FROM, "--to", "Faulty")
    made("a study of a credit", "credit.html", "--accounts", "town.account", "--from", FROM, "--to", "Credit")
    made("a study that costs some less", "mixed.html", "--accounts", "town.account", "--from", FROM, "--to", "Mixed")
    made("a study of odd text", "odd.html", "--accounts", "town.account", "--from", FROM, "--to", ODD)
    made("a rate sheet is written", "rates.html", "--rate-sheet", FROM, PGUSER="analyst")
    made("a rate sheet of odd text", "odd-rates.html", "--rate-sheet", ODD)
    made("a rate sheet of a draft", "draft.html", "--rate-sheet", TO)
    contains("which says that it is one", "draft.html", "A draft, not in force.")
    contains("and whose it is", "draft.html", "City of Mission")
    made("a rate sheet of today", "today.html", "--rate-sheet")
    contains("which is Ordinance 5244", "today.html", "Utility rates: Ordinance 5244")


tap.run(test_made)
for test in (test_numbers, test_typical, test_consumption, test_set_aside, test_bills, test_periods, test_readme, test_query,
             test_charts, test_sheet, test_options, test_manual, test_signals, test_wrong_input):
    tap.run(test)
if browser.missing():
    tap.skip("pages in a browser", browser.missing())
else:
    with browser.chromium() as window:
        for shown_page in ("study.html", "rates.html"):
            tap.run(test_page, window, shown_page)
        for shown_page in ("mixed.html", "credit.html"):
            tap.run(test_page, window, shown_page, False)
        tap.run(test_decision, window)
        tap.run(test_text, window)
    if not AXE:
        tap.skip("the accessibility checker", browser.NO_CHECKER)
sys.exit(tap.finish())
