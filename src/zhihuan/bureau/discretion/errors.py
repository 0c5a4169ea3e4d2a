"""What the discretion calculator refuses, each in words for the officer: what is wrong and how to mend it."""

from __future__ import annotations

__all__ = ["AnswerRefusedError", "DiscretionError", "TableFileError", "TableRefusedError"]


class DiscretionError(ValueError):
    """Base of all; the message is in Chinese, for the page."""


class TableRefusedError(DiscretionError):
    """No such table, or none that is valid for these dates; the reason names the law and its days."""


class AnswerRefusedError(DiscretionError):
    """An answer that the table does not know, or a figure that cannot be right."""


class TableFileError(DiscretionError):
    """The packaged tables contradict themselves; a defect of ours."""
