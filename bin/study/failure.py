"""Why a page is not made."""


class Failure(Exception):
    """A page that cannot be made; its text says why, in one line."""


class Interrupted(BaseException):
    """A signal that ends the program; its argument is the signal's number."""
