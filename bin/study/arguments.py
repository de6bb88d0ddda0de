"""The command line: connection options as psql's, and what to write."""

import argparse
import datetime
import pkgutil
import re

PROGRAM = "mission_rates_study"

DESCRIPTION = """\
Writes one self-contained HTML page: a rate study, which compares two rate
schedules over the accounts of a city; or a rate sheet, the rates of one
schedule as a city posts them; or a bill calculator for the city's site."""

USAGES = (
    f"{PROGRAM} [OPTION]... --accounts RELATION --from SCHEDULE --to SCHEDULE --output FILE",
    f"{PROGRAM} [OPTION]... --rate-sheet [SCHEDULE] --output FILE",
    f"{PROGRAM} [OPTION]... --calculator [SCHEDULE] [--against SCHEDULE] --output FILE")

EXAMPLES = """\
  mission_rates_study -d cis --accounts cis.account --from 'Ordinance 5244' --to 'Ordinance 6000' --output study.html
  mission_rates_study -d cis --rate-sheet 'Ordinance 6000' --output rates.html
  mission_rates_study -d cis --calculator 'Ordinance 6000' --against 'Ordinance 5244' --output calculator.html
"""

NOTES = """\
The accounts are any table, view or query with the columns that mission_rates.account_charges reads: class, meter,
gallons and area, and whatever else of a bill it has. Everything is read in one read-only transaction with your own
rights. PGHOST and the other variables of libpq work too. Status: 0, or 1 with one line that says what is wrong, 2 for
wrong options, 128 and the signal's number when interrupted; then no page is written."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message):
        self.exit(2, f"{self.prog}: {message} (try --help)\n")


def version():
    """The version of the extension that the program was built with."""
    try:
        control = pkgutil.get_data(__name__, "mission_rates.control").decode("utf-8")
    except OSError:
        return "not installed"
    return re.search(r"^default_version = '(.*)'", control, re.M).group(1)


def iso_date(text):
    """A date as ISO 8601 writes it."""
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a date written YYYY-MM-DD') from None


def period(text):
    """A service period: its first day, or a month."""
    if re.fullmatch(r"\d{4}-\d\d", text):
        iso_date(f"{text}-01")
    else:
        iso_date(text)
    return text


def add_connection(parser):
    """The options that psql has for a connection."""
    group = parser.add_argument_group("connection, as for psql")
    group.add_argument("-h", "--host", help="database server host or socket directory")
    group.add_argument("-p", "--port", help="database server port")
    group.add_argument("-U", "--username", metavar="NAME", help="database user name")
    group.add_argument("-d", "--dbname", metavar="NAME", help="database name or connection string")
    group.add_argument("-w", "--no-password", action="store_true", help="never ask for a password")
    group.add_argument("-W", "--password", action="store_true", help="ask for a password before connecting")


def add_study(parser):
    """Which accounts, which schedules, which month."""
    group = parser.add_argument_group("rate study")
    group.add_argument("--accounts", metavar="RELATION", help="table or view of accounts, such as cis.account")
    group.add_argument("--accounts-query", metavar="SELECT", help="a query of accounts instead, which can rename columns")
    group.add_argument("--from", dest="schedule_from", metavar="SCHEDULE", help="the rate schedule of today")
    group.add_argument("--to", dest="schedule_to", metavar="SCHEDULE", help="the proposed one, a draft or adopted")
    group.add_argument("--period", type=period, metavar="YYYY-MM-DD",
                       help="only rows of this service_date; YYYY-MM: of this month")
    group.add_argument("--months", action="store_true", help="add up all periods that the accounts have")


def add_pages(parser):
    """The other pages, and what is on all of them."""
    group = parser.add_argument_group("other pages")
    group.add_argument("--rate-sheet", nargs="?", const="", metavar="SCHEDULE",
                       help="the rates of a schedule; without a name those in force today")
    group.add_argument("--calculator", nargs="?", const="", metavar="SCHEDULE",
                       help="a bill calculator; without a name by the rates in force today")
    group.add_argument("--against", metavar="SCHEDULE", help="a second schedule for the calculator to compare")
    group = parser.add_argument_group("every page")
    group.add_argument("--output", required=True, metavar="FILE", help="HTML file to write; - is standard output")
    group.add_argument("--city", metavar="NAME", help="name of the city (default: who adopted the schedule)")
    group.add_argument("--title", help="title of the page (default: that of the schedule)")
    group.add_argument("--date", type=iso_date, default=datetime.date.today(), metavar="YYYY-MM-DD",
                       help="date printed on the page (default: today)")
    group.add_argument("--version", action="version", version=f"{PROGRAM} {version()}", help="show the version, then exit")
    group.add_argument("-?", "--help", action="help", help="show this help, then exit")


def make_parser():
    """The parser; the manual page is made from it, too."""
    parser = Parser(prog=PROGRAM, description=DESCRIPTION, epilog=f"Examples:\n{EXAMPLES}\n{NOTES}", add_help=False,
                    usage="\n       ".join(USAGES), formatter_class=argparse.RawDescriptionHelpFormatter)
    for add in (add_study, add_pages, add_connection):
        add(parser)
    return parser


def check_study(parser, options):
    """Options that make no sense for a study."""
    if not (options.accounts or options.accounts_query) or not (options.schedule_from and options.schedule_to):
        parser.error("a study needs --accounts or --accounts-query, --from and --to")
    if options.accounts and options.accounts_query:
        parser.error("--accounts goes without --accounts-query")
    if options.schedule_from == options.schedule_to:
        parser.error("--from and --to name the same schedule")
    if options.period and options.months:
        parser.error("--period goes without --months")


def parse(arguments):
    """The options; exits with status 2 and one line where they make no sense."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    study = (options.accounts, options.accounts_query, options.schedule_from, options.schedule_to, options.period,
             options.months)
    pages = [name for name in ("rate_sheet", "calculator") if getattr(options, name) is not None]
    if len(pages) > 1:
        parser.error("--calculator goes without --accounts, --from, --to and --rate-sheet")
    if options.against is not None and pages != ["calculator"]:
        parser.error("--against needs --calculator")
    if not pages:
        check_study(parser, options)
    elif any(study):
        others = {"rate_sheet": "--from and --to", "calculator": "--from, --to and --rate-sheet"}[pages[0]]
        parser.error(f"--{pages[0].replace('_', '-')} goes without --accounts, {others}")
    elif options.against is not None and options.against == options.calculator:
        parser.error("--calculator and --against name the same schedule")
    return options
