"""The PostgreSQL database goes out and comes back in one snapshot, beside writers."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection, connections

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.models import User
from zhihuan.web.backup import postgresql_copy
from zhihuan.web.backup.errors import BackupError
from zhihuan.web.backup.manifest import DatabaseContent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]


def quiet(*_progress: object) -> None:
    """Nobody looks at the bars."""


def test_rows_sequences_and_bytes_come_back(tmp_path):
    user = User.objects.create_user("值班\t员\\N", display_name="第一行\n第二行")
    for number in range(50):
        record("test.act", f"thing:{number}", actor=user, text="\\N\t'\"", number=number)
    content = postgresql_copy.save(tmp_path, quiet)
    assert content.tables["audit_auditentry"] == 50
    last = AuditEntry.objects.order_by("pk").last().pk
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditentry, people_user RESTART IDENTITY CASCADE")
    assert not postgresql_copy.is_empty()
    postgresql_copy.load(tmp_path, content, quiet)
    assert postgresql_copy.counts(content) == content.tables
    assert User.objects.get(pk=user.pk).display_name == "第一行\n第二行"
    assert AuditEntry.objects.get(subject="thing:7").detail == {"text": "\\N\t'\"", "number": 7}
    assert record("test.act", "after").pk > last


def test_what_is_committed_meanwhile_is_in_no_table_or_in_the_next_backup(tmp_path, monkeypatch):
    """Tables refer to each other: a member of a group that is not in the backup would not come back."""
    real = postgresql_copy._copy_out

    def with_a_writer(cursor, table, *more):
        if table == "auth_group":
            writer = threading.Thread(target=_write_elsewhere)
            writer.start()
            writer.join()
        return real(cursor, table, *more)

    monkeypatch.setattr(postgresql_copy, "_copy_out", with_a_writer)
    content = postgresql_copy.save(tmp_path, quiet)
    assert Group.objects.filter(name="late").exists()
    postgresql_copy.load(tmp_path, content, quiet)
    assert not Group.objects.filter(name="late").exists()
    assert not User.objects.filter(username="late").exists()


def _write_elsewhere() -> None:
    User.objects.create_user("late").groups.add(Group.objects.create(name="late"))
    connections.close_all()


def test_a_backup_of_a_newer_version_is_refused(tmp_path):
    content = DatabaseContent("postgresql", {}, [["registry", "9999_of_the_future"]])
    with pytest.raises(BackupError, match="newer version"):
        postgresql_copy.load(tmp_path, content, quiet)


def test_a_load_that_fails_half_way_leaves_what_was_there(tmp_path):
    User.objects.create_user("before")
    content = postgresql_copy.save(tmp_path, quiet)
    (tmp_path / "people_user.copy.zst").write_bytes(b"nothing that unpacks")
    with pytest.raises(OSError):
        postgresql_copy.load(tmp_path, content, quiet)
    assert User.objects.filter(username="before").exists()
