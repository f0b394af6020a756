"""What does not belong into the log."""

import logging


class WithoutBadFrames(logging.Filter):
    """A text that is no UTF-8 is the sender's fault: the server closes the line with 1007, as the standard wants, and
    whoever sends thousands of them writes no thousands of traces.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], UnicodeDecodeError))
