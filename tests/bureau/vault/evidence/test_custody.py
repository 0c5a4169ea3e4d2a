"""The chain of custody: what may follow what, who must say what, and any change underneath is found."""

from __future__ import annotations

from typing import Any

import pytest
import vault_samples as samples
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.vault.evidence.chain import broken_at
from zhihuan.bureau.vault.evidence.custody import CustodyRefusedError, Keeping, acts_open, enter
from zhihuan.bureau.vault.models import CustodyEntry

ACTS = ("receive", "hand_over", "seal", "unseal", "return", "withdraw")


@pytest.fixture
def piece(add: Any) -> Any:
    return add(samples.photo(), "a.jpg")


@pytest.fixture
def do(walk: Any, piece: Any) -> Any:
    """``do("hand_over", holder="张三")``."""

    def act(what: str, **keeping: str) -> Any:
        return enter(piece, what, Acting(walk.cast.officer, "10.0.0.8"), Keeping(**keeping))

    return act


def entries(piece: Any) -> list[Any]:
    return list(piece.custody.order_by("number"))


def broken(piece: Any) -> list[int]:
    return list(broken_at(piece.file.content.sha256, entries(piece)))


@pytest.mark.django_db
def test_holder_and_place_go_on_until_they_change(do: Any, piece: Any) -> None:
    do("hand_over", holder="李四", place="证物室 3 号柜")
    do("seal", words="封条 0012")
    first, second, third = entries(piece)
    assert [each.number for each in entries(piece)] == [1, 2, 3]
    assert first.place == ""
    assert (second.holder, third.holder) == ("李四", "李四")
    assert third.place == "证物室 3 号柜"
    assert broken(piece) == []


@pytest.mark.django_db
def test_every_entry_stands_in_the_audit_trail_with_its_digest(do: Any, piece: Any) -> None:
    entry = do("seal")
    told = AuditEntry.objects.get(action="evidence.seal", subject=f"evidence:{piece.pk}")
    assert told.detail["digest"] == bytes(entry.digest).hex()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "keeping", "wanted"),
    [
        ("hand_over", {}, "接收人"),
        ("return", {}, "接收人"),
        ("withdraw", {}, "事由"),
        ("withdraw", {"words": "  "}, "事由"),
        ("receive", {}, "不能办理"),
        ("unseal", {"words": "x"}, "不能办理"),
    ],
)
def test_what_lacks_or_cannot_follow_is_refused_in_words(
    do: Any, piece: Any, act: str, keeping: dict[str, str], wanted: str
) -> None:
    with pytest.raises(CustodyRefusedError, match=wanted):
        do(act, **keeping)
    assert len(entries(piece)) == 1


@pytest.mark.django_db
def test_a_withdrawal_keeps_the_evidence_and_its_file_and_says_why(do: Any, piece: Any) -> None:
    do("withdraw", words="与本案无关")
    piece.refresh_from_db()
    assert piece.withdrawn_at is not None
    assert piece.file.held
    assert entries(piece)[-1].words == "与本案无关"
    with pytest.raises(CustodyRefusedError):
        do("seal")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("UPDATE vault_custodyentry SET holder = 'x' WHERE number = 2", 2),
        ("UPDATE vault_custodyentry SET words = words || 'x' WHERE number = 1", 1),
        ("DELETE FROM vault_custodyentry WHERE number = 1", 2),
        ("DELETE FROM vault_custodyentry WHERE number = 2", 3),
        ("UPDATE vault_content SET sha256 = '" + "0" * 64 + "' WHERE kind = 'jpeg' AND preview_id IS NOT NULL", 1),
    ],
)  # fmt: skip
def test_any_change_underneath_is_found_at_its_place(
    do: Any, piece: Any, sql: str, place: int
) -> None:
    do("hand_over", holder="李四")
    do("seal")
    with connection.cursor() as cursor:
        cursor.execute(sql)
    fresh = type(piece).objects.get(pk=piece.pk)
    assert broken(fresh)[0] == place


@given(st.lists(st.integers(0, 10), max_size=12))
def test_whatever_is_done_a_thing_is_received_once_and_nothing_follows_its_end(
    choices: list[int],
) -> None:
    done: list[str] = []
    for choice in choices:
        offered = acts_open(done)
        if not offered:
            break
        done.append(offered[choice % len(offered)])
    assert done.count("receive") <= 1
    assert done[:1] in ([], ["receive"])
    ends = [place for place, act in enumerate(done) if act in {"return", "withdraw"}]
    assert ends in ([], [len(done) - 1])
    opened = [act for act in done if act in {"seal", "unseal"}]
    assert opened == ["seal", "unseal"] * (len(opened) // 2) + ["seal"] * (len(opened) % 2)


@pytest.mark.django_db
def test_an_entry_is_never_changed_or_deleted_through_its_model(piece: Any) -> None:
    entry = CustodyEntry.objects.get(evidence=piece, number=1)
    for act in (
        entry.save,
        entry.delete,
        CustodyEntry.objects.all().delete,
        lambda: CustodyEntry.objects.update(words="别的"),
    ):
        with pytest.raises(PermissionDenied, match="custody is appended"):
            act()
