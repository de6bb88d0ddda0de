"""The tour of make demo with fewer accounts: what it prints, the pages that it names, and the six things to try after it.

demo_test.py PROGRAM FOLDER AXE     the server is that of PGHOST and PGUSER
"""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from tap import Tap  # noqa: E402

PROGRAM, FOLDER = sys.argv[1:3]
DEMO = os.path.join(HERE, "../demo")
PAGES = os.path.join(FOLDER, "demo")
ENVIRONMENT = {**os.environ, "PGDATABASE": "demo", "PATH": f"{os.path.dirname(PROGRAM)}:{os.environ['PATH']}"}

# make demo prints as many lines around the tour
LINES, AROUND = 40, 5

tap = Tap()


def psql(*arguments, **environment):
    """What psql answers."""
    return subprocess.run(["psql", "-X", "-v", "ON_ERROR_STOP=1", *arguments], env={**ENVIRONMENT, **environment},
                          capture_output=True, text=True, check=False)


def test_tour():
    """It is read, not scrolled."""
    os.makedirs(PAGES, exist_ok=True)
    psql("-qd", "postgres", "-c", "CREATE DATABASE demo")
    psql("-qc", "CREATE EXTENSION mission_rates")
    done = subprocess.run([os.path.join(DEMO, "tour"), PAGES, "3000"], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    tap.equal((done.returncode, done.stderr), (0, ""), "the tour runs and complains of nothing")
    tap.ok(10 < len(lines) <= LINES - AROUND, f"make demo has at most {LINES} lines", len(lines), done.stdout)
    tap.ok(max(map(len, lines)) <= 130, "none too long to read", max(lines, key=len))
    last = "\n".join(lines[len(lines) // 3:])
    tap.ok(re.search(r"Total +\|.*63\.95", last), "the first bill is near the end", done.stdout)
    tap.ok(re.search(r"the typical Residential bill, [\d,]+ gallons, rises from \$\S+ to \$", last), "and the headline of the study", last)
    for page in ("study.html", "rates.html", "ordinance-6000.json"):
        path = os.path.join(PAGES, page)
        tap.ok(path in last and os.path.exists(path), f"{page} is there and its path is said", last)
    with open(os.path.join(PAGES, "ordinance-6000.json"), encoding="utf-8") as file:
        tap.equal(file.read(), psql("-Atqc", "SELECT mission_rates.schedule_document('Ordinance 6000')").stdout, "which is the draft")
    tap.ok("and 0 differ" in done.stdout, "the audit finds nothing", done.stdout)


def test_banner():
    """Six things to try, which work with the search_path of make demo-psql."""
    with open(os.path.join(DEMO, "demo"), encoding="utf-8") as file:
        path = re.search(r"search_path=(\S+)\"", file.read()).group(1)
    with open(os.path.join(DEMO, "try.sql"), encoding="utf-8") as file:
        text = file.read()
    tap.equal(re.findall(r"^-- (\d)\. ", text, re.M), list("123456"), "six things")
    done = psql("-f", os.path.join(DEMO, "try.sql"), PGOPTIONS=f"-c search_path={path}")
    tap.equal((done.returncode, done.stderr), (0, ""), "all of them work")
    tap.equal(len(re.findall(r"^\([1-9]\d* rows?\)", done.stdout, re.M)), text.count("\nSELECT"), "and each answers with rows")


tap.run(test_tour)
tap.run(test_banner)
sys.exit(tap.finish())
