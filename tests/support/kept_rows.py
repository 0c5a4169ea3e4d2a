"""Rows that the tests of a file share: made once in a transaction around them all, each test in its own within it.

For what is dear to make and what a test changes is its own: a test's changes are undone as always, and the rows go
when the file's tests are over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def kept_rows(blocker: Any, home: Any) -> Iterator[None]:
    """``with kept_rows(django_db_blocker, folder): make(); yield`` in a fixture of scope "module" that asks for
    ``django_db_setup`` too. home: the platform's home meanwhile, where files lie."""
    from django.db import transaction
    from django.test import override_settings

    with blocker.unblock(), override_settings(ZHIHUAN_HOME=home), transaction.atomic():
        yield
        transaction.set_rollback(True)
