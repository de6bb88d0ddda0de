"""What the user is told in one line."""


class Failure(Exception):
    """A page that cannot be made; its text says why."""
