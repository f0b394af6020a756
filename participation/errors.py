"""What a service refuses; the sentence is for the person who asked."""


class RefusedError(Exception):
    """The state of the row does not allow it; `str(error)` says why in the reader's language."""


class StaleError(RefusedError):
    """Somebody else saved it after the page was opened; what was typed is kept on the page."""
