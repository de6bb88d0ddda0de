"""Results as TAP, one line for each."""

import traceback


class Tap:
    """Counts and prints; finish() gives a status for the shell."""

    def __init__(self):
        self.number = 0
        self.failed = 0

    def ok(self, good, name, *why):
        """One result; "why" is printed where it is not good."""
        self.number += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.number} - {name}", flush=True)
        if not good:
            for line in "\n".join(str(part) for part in why).splitlines():
                print(f"# {line}", flush=True)

    def skip(self, name, why):
        """Something that cannot be tested here."""
        self.number += 1
        print(f"ok {self.number} - {name} # SKIP {why}", flush=True)

    def equal(self, have, want, name):
        """Are two values the same?"""
        self.ok(have == want, name, f"have: {have!r}", f"want: {want!r}")

    def run(self, test, *arguments):
        """A group of tests; an exception is one failure."""
        try:
            test(*arguments)
        except Exception:
            self.ok(False, test.__name__, traceback.format_exc())

    def finish(self):
        """The plan, and the status."""
        print(f"1..{self.number}")
        return 1 if self.failed or not self.number else 0
