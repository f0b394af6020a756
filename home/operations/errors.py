class OperationError(Exception):
    """The operator can mend it: the message is one clear sentence."""
