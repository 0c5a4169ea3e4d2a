"""Every chain of custody is read against the trail: sound ones say nothing; what was altered, removed or put in
another's place is named with its piece, however well the forger reckoned."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import vault_samples as samples
from django.db import connection

from zhihuan.bureau.audit.block import NOTHING
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.vault.evidence import verifying
from zhihuan.bureau.vault.evidence.chain import digest_of_entry
from zhihuan.bureau.vault.evidence.custody import Keeping, enter
from zhihuan.bureau.vault.models import CustodyEntry, Evidence
from zhihuan.bureau.vault.origin import Stated

pytestmark = pytest.mark.django_db


def by_hand(sql: str, *values: Any) -> None:
    """As somebody who goes underneath the platform."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def found() -> list[str]:
    findings = [
        *verifying.verify_evidence_gone(),
        *verifying.verify_custody(1, verifying.newest_evidence()),
    ]
    return [f"{finding.fault}: {finding.words}" for finding in findings]


def rechained(piece: Evidence, first: int) -> None:
    """Give the entries from ``first`` on digests that agree: the forger's work."""
    sha256 = piece.file.content.sha256
    entries = list(CustodyEntry.objects.filter(evidence=piece).order_by("number"))
    before = bytes(entries[first - 2].digest) if first > 1 else NOTHING
    for entry in entries[first - 1 :]:
        before = digest_of_entry(before, sha256, entry)
        by_hand("UPDATE vault_custodyentry SET digest = %s WHERE id = %s", before, entry.pk)


@pytest.fixture
def piece(add: Any, walk: Any) -> Evidence:
    """Received, handed over, sealed and unsealed; another untouched piece before and behind it."""
    add(samples.pdf(), "before.pdf")
    made: Evidence = add(samples.photo(), "a.jpg")
    add(samples.pdf(), "behind.pdf")
    acting = Acting(walk.cast.officer)
    enter(made, "hand_over", acting, Keeping(holder="李四", place="证物室"))
    enter(made, "seal", acting, Keeping(words="封条 0012"))
    enter(made, "unseal", acting, Keeping(words="复核"))
    return made


def test_what_nobody_touched_is_sound(piece: Evidence) -> None:
    assert found() == []


@pytest.mark.parametrize("column", ["holder", "place", "words", "actor_name", "act"])
@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize("depth", ["content", "with all digests"])
def test_an_altered_entry_is_named(piece: Evidence, column: str, number: int, depth: str) -> None:
    by_hand(
        f"UPDATE vault_custodyentry SET {column} = 'other' WHERE evidence_id = %s AND number = %s",
        piece.pk,
        number,
    )
    if depth == "with all digests":
        rechained(piece, number)
    told = f"altered: evidence {piece.pk}: custody entry {number} is not as it was written"
    assert found() == [told]


@pytest.mark.parametrize(("number", "closed"), [(1, False), (2, False), (2, True), (4, False)])
def test_a_removed_entry_is_named(piece: Evidence, number: int, closed: bool) -> None:
    """closed: those behind it were moved up into its place, with fitting digests."""
    where = "WHERE evidence_id = %s AND number = %s"
    by_hand(f"DELETE FROM vault_custodyentry {where}", piece.pk, number)
    gone = f"removed: evidence {piece.pk}: custody entry {4 if closed else number} is gone"
    if not closed:
        assert found() == [gone]
        return
    for at in (3, 4):
        by_hand(f"UPDATE vault_custodyentry SET number = %s {where}", at - 1, piece.pk, at)
    rechained(piece, 2)
    moved = "changed places: evidence {}: custody entry {} stands where custody entry {} stood"
    assert found() == [moved.format(piece.pk, 3, 2), moved.format(piece.pk, 4, 3), gone]


def test_entries_that_changed_places_are_named(piece: Evidence) -> None:
    two, three = (piece.custody.get(number=number) for number in (2, 3))
    for pk, number in ((two.pk, 99), (three.pk, 2), (two.pk, 3)):
        by_hand("UPDATE vault_custodyentry SET number = %s WHERE id = %s", number, pk)
    moved = "changed places: evidence {}: custody entry {} stands where custody entry {} stood"
    assert found() == [moved.format(piece.pk, 3, 2), moved.format(piece.pk, 2, 3)]


def test_a_custody_that_is_all_gone_is_named(piece: Evidence) -> None:
    by_hand("DELETE FROM vault_custodyentry WHERE evidence_id = %s", piece.pk)
    assert found() == [f"removed: evidence {piece.pk}: custody entries 1 to 4 are gone"]


def test_a_piece_that_is_gone_with_its_custody_is_named(piece: Evidence) -> None:
    by_hand("DELETE FROM vault_custodyentry WHERE evidence_id = %s", piece.pk)
    by_hand("DELETE FROM vault_evidence WHERE id = %s", piece.pk)
    assert found() == [f"removed: evidence {piece.pk} is gone with its custody"]


def test_an_entry_that_slipped_in_is_named(piece: Evidence) -> None:
    last = piece.custody.get(number=4)
    forged = CustodyEntry(evidence=piece, number=5, at=last.at, act="return", holder="当事人")
    forged.digest = digest_of_entry(bytes(last.digest), piece.file.content.sha256, forged)
    forged.save()
    words = f"evidence {piece.pk}: the trail knows nothing of custody entry 5 and what follows"
    assert found() == [f"in no block: {words}"]


def test_a_piece_that_was_given_another_file_is_named(piece: Evidence) -> None:
    other = Evidence.objects.exclude(pk=piece.pk).earliest("pk").file
    taken_in = piece.file.content.sha256
    by_hand("UPDATE vault_evidence SET file_id = %s WHERE id = %s", other.pk, piece.pk)
    words = f"its file is {other.content.sha256}, taken in was {taken_in}"
    assert found() == [f"altered: evidence {piece.pk}: {words}"]


def test_a_piece_that_counts_again_or_no_more_against_its_custody_is_named(piece: Evidence) -> None:
    by_hand("UPDATE vault_evidence SET withdrawn_at = added_at WHERE id = %s", piece.pk)
    words = "its newest entry and its row differ on whether it counts"
    assert found() == [f"altered: evidence {piece.pk}: {words}"]


def test_portions_of_any_size_find_the_same(
    piece: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand("UPDATE vault_custodyentry SET holder = 'x' WHERE number = 1")
    whole = found()
    assert len(whole) == 3
    monkeypatch.setattr(verifying, "_PORTION", 1)
    assert found() == whole
    keys = sorted(Evidence.objects.values_list("pk", flat=True))
    assert sum(len(list(verifying.verify_custody(pk, pk))) for pk in keys) == 3


def test_queries_do_not_grow_with_the_pieces(
    piece: Evidence, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(5):  # three a portion, the newest, and that no other is left
        list(verifying.verify_custody(1, verifying.newest_evidence()))


# ---- what is said beside custody ----

SAID_OTHERWISE = "altered: evidence {}: what is said of it (title, place, time or the like) is not as it was taken in"
OTHER = {
    "title": "另一处排口", "kind": "scene", "obtained": "given", "origin": "他处", "place": "沙溪镇", "lon": 113.5,
    "lat": 22.6, "taken_by": "王五", "taken_at": "2026-03-01 00:00:00", "added_at": "2026-03-01 00:00:00",
    "number": 99, "from_party": True,
}  # fmt: skip


@pytest.fixture
def told(add: Any) -> Evidence:
    """A piece of which everything is said, with what the browser gave."""
    stated = Stated(moment("2026-03-02T09:05:06.789012+08:00"), 113.25, 22.75, 12.5)
    said = {
        "kind": "documentary", "title": "总排口", "obtained": "copied", "origin": "厂方", "place": "三角镇", "lon": 113,
        "lat": 22.7, "taken_by": "张三", "taken_at": moment("2026-03-02T09:00:00.000001+08:00"),
    }  # fmt: skip
    made: Evidence = add(samples.photo(), "a.jpg", stated=stated, **said)
    return made


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_what_is_said_is_sound_while_nobody_touches_it(told: Evidence) -> None:
    assert found() == []


@pytest.mark.parametrize("column", OTHER)
def test_a_piece_of_which_something_else_is_said_is_named(told: Evidence, column: str) -> None:
    by_hand(f"UPDATE vault_evidence SET {column} = %s WHERE id = %s", OTHER[column], told.pk)
    assert found() == [SAID_OTHERWISE.format(told.pk)]


@pytest.mark.parametrize("column", ["place", "taken_at", "lon", "taken_by"])
def test_a_piece_of_which_nothing_is_said_any_more_is_named(told: Evidence, column: str) -> None:
    gone = "NULL" if column in {"taken_at", "lon"} else "''"
    by_hand(f"UPDATE vault_evidence SET {column} = {gone} WHERE id = %s", told.pk)
    assert found() == [SAID_OTHERWISE.format(told.pk)]


@pytest.mark.parametrize(
    ("column", "other"),
    [("name", "b.jpg"), ("stated_lon", 113.9), ("stated_at", None), ("address", "10.9.9.9")],
)
def test_a_file_of_which_the_browser_said_something_else_is_named(
    told: Evidence, column: str, other: Any
) -> None:
    by_hand(f"UPDATE vault_storedfile SET {column} = %s WHERE id = %s", other, told.file_id)
    assert found() == [SAID_OTHERWISE.format(told.pk)]


def test_a_piece_of_before_is_held_to_what_its_next_entry_noted(told: Evidence, walk: Any) -> None:
    by_hand(
        "UPDATE audit_auditentry SET detail = REPLACE(detail, '\"said\":', '\"once\":')"
        " WHERE subject = %s",
        f"evidence:{told.pk}",
    )
    by_hand("UPDATE vault_evidence SET title = 'a' WHERE id = %s", told.pk)
    assert found() == [], "nobody knows what it was"
    enter(Evidence.objects.get(pk=told.pk), "seal", Acting(walk.cast.officer))
    by_hand("UPDATE vault_evidence SET title = 'b' WHERE id = %s", told.pk)
    assert found() == [SAID_OTHERWISE.format(told.pk)]


@pytest.mark.parametrize("number", [1, 3])
def test_an_entry_at_no_time_at_all_is_a_finding(piece: Evidence, number: int) -> None:
    """PostgreSQL keeps ``infinity`` as a time, SQLite any text."""
    where = "WHERE evidence_id = %s AND number = %s"
    by_hand(f"UPDATE vault_custodyentry SET at = 'infinity' {where}", piece.pk, number)
    told = f"altered: evidence {piece.pk}: custody entry {number} is not as it was written"
    assert found() == [told]


@pytest.mark.parametrize("column", ["taken_at", "added_at"])
def test_a_piece_made_at_no_time_at_all_is_a_finding(told: Evidence, column: str) -> None:
    by_hand(f"UPDATE vault_evidence SET {column} = '-infinity' WHERE id = %s", told.pk)
    assert found() == [SAID_OTHERWISE.format(told.pk)]
