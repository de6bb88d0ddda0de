"""mission_rates_study: a rate study, a rate sheet or a bill calculator as one HTML page."""

import os
import signal
import sys
import tempfile

import arguments
from arguments import PROGRAM
from failure import Failure, Interrupted


def progress(text):
    """Say on standard error what is being done."""
    print(f"{PROGRAM}: {text}", file=sys.stderr, flush=True)


def interrupt(number, _):
    """Handle a signal: stop what is being waited for."""
    raise Interrupted(number)


def write_whole(path, text):
    """Write a file so that it is there whole or not at all; - is standard output."""
    if path == "-":
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    folder = os.path.dirname(os.path.abspath(path))
    handle, name = tempfile.mkstemp(prefix=".mission_rates_study.", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def check_output(path):
    """Refuse a file that cannot be written before an hour is spent on it."""
    if path == "-":
        return
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.isdir(path):
        raise Failure(f"{path} is a folder")
    if not os.path.isdir(folder):
        raise Failure(f"there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise Failure(f"no right to write in {folder}")


def make_page(options):
    """The page that was asked for, and what is said of it when it is written."""
    import calculator
    import database
    import page
    import reading
    import sheet
    import words

    with database.connect(options) as connection:
        options.city = options.city or words.city(database.adopted_by(connection))
        if options.calculator is not None:
            progress("reading the rates")
            return calculator.page(options, connection), []
        if options.rate_sheet is not None:
            progress("reading the rates")
            return sheet.rate_sheet(options, connection), []
        return page.study(options, reading.read_study(connection, options, progress), connection)


def run(options):
    """Make the page and write it."""
    try:
        import psycopg2
        if options.calculator is None and options.rate_sheet is None:
            import matplotlib  # noqa: F401  (said here, before the database is asked)
    except ImportError as missing:
        raise Failure(f"Python's {missing.name} is missing: install python3-psycopg2 and python3-matplotlib") from None
    check_output(options.output)
    try:
        text, headline = make_page(options)
    except psycopg2.Error as error:
        from database import explain
        raise Failure(explain(error)) from None
    write_whole(options.output, text)
    for line in headline:
        progress(line)
    if options.output != "-":
        progress(f"wrote {options.output}")


def main():
    """The program."""
    options = arguments.parse(sys.argv[1:])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        run(options)
    except Failure as failure:
        progress(str(failure))
        sys.exit(1)
    except OSError as error:
        progress(f"{error.filename or options.output}: {error.strerror}")
        sys.exit(1)
    except Interrupted as stop:
        progress("interrupted")
        sys.exit(128 + stop.args[0])


if __name__ == "__main__":
    main()
