"""The command line: connection options as psql's, and what to write."""

import argparse
import datetime

DESCRIPTION = """\
Writes one self-contained HTML page about two rate schedules over the accounts
of a city (a rate study), the rates of one schedule (a rate sheet), or a bill
calculator for one or two schedules."""

EPILOG = """\
Examples:
  mission_rates_study -d cis --accounts cis.account --from 'Ordinance 5244' --to 'Ordinance 6000' --output study.html
  mission_rates_study -d cis --rate-sheet 'Ordinance 6000' --output rates.html
  mission_rates_study -d cis --calculator 'Ordinance 6000' --against 'Ordinance 5244' --output calculator.html

The accounts are any table or view that mission_rates.account_charges reads.
Everything is read in one read-only transaction with your own rights."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message):
        self.exit(2, f"{self.prog}: {message} (try --help)\n")


def add_connection(parser):
    """The options that psql has for a connection."""
    group = parser.add_argument_group("connection, as for psql")
    group.add_argument("-h", "--host", help="database server host or socket directory")
    group.add_argument("-p", "--port", help="database server port")
    group.add_argument("-U", "--username", metavar="NAME", help="database user name")
    group.add_argument("-d", "--dbname", metavar="NAME", help="database name or connection string")
    group.add_argument("-w", "--no-password", action="store_true", help="never ask for a password")
    group.add_argument("-W", "--password", action="store_true", help="ask for a password before connecting")


def add_pages(parser):
    """What is written, about what, and where to."""
    group = parser.add_argument_group("page")
    group.add_argument("--accounts", metavar="RELATION", help="table or view of accounts, such as cis.account")
    group.add_argument("--from", dest="schedule_from", metavar="SCHEDULE", help="the rate schedule of today")
    group.add_argument("--to", dest="schedule_to", metavar="SCHEDULE", help="the proposed one, a draft or adopted")
    group.add_argument("--rate-sheet", nargs="?", const="", metavar="SCHEDULE",
                       help="write the rates of a schedule instead; without a name those in force today")
    group.add_argument("--calculator", nargs="?", const="", metavar="SCHEDULE",
                       help="write a bill calculator instead; without a name for the schedule in force today")
    group.add_argument("--against", metavar="SCHEDULE", help="with --calculator: the schedule to compare the bill with")
    group.add_argument("--title", help="title of the page")
    group.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(), metavar="YYYY-MM-DD",
                       help="date printed on the page (default: today)")
    group.add_argument("--output", required=True, metavar="FILE", help="HTML file to write")


def check_calculator(parser, options, study):
    """Refuse what a calculator does not go with, and a comparison with itself."""
    if options.calculator is None:
        if options.against is not None:
            parser.error("--against needs --calculator")
    elif any(study) or options.rate_sheet is not None:
        parser.error("--calculator goes without --accounts, --from, --to and --rate-sheet")
    elif options.calculator == options.against:
        parser.error("--calculator and --against name the same schedule")


def parse(arguments):
    """The options; exits with status 2 and one line where they make no sense."""
    parser = Parser(prog="mission_rates_study", description=DESCRIPTION, epilog=EPILOG, add_help=False,
                    formatter_class=argparse.RawDescriptionHelpFormatter)
    add_pages(parser)
    add_connection(parser)
    parser.add_argument("-?", "--help", action="help", help="show this help, then exit")
    options = parser.parse_args(arguments)
    study = (options.accounts, options.schedule_from, options.schedule_to)
    check_calculator(parser, options, study)
    if options.calculator is not None:
        return options
    if options.rate_sheet is not None:
        if any(study):
            parser.error("--rate-sheet goes without --accounts, --from and --to")
    elif not all(study):
        parser.error("a study needs --accounts, --from and --to")
    elif options.schedule_from == options.schedule_to:
        parser.error("--from and --to name the same schedule")
    return options
