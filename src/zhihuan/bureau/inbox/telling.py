"""Tell people that something happened: one message, a receipt for each, however many they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import translation

from zhihuan.bureau.inbox.models import Message, Receipt

__all__ = ["News", "tell", "tell_all"]

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class News:
    """What happened. words: a translatable text; facts: what is put into it, JSON: days, counts, names of
    procedures and clocks, never anything about a person or a party. key: it is told once of that key."""

    kind: str
    words: Any
    matter_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None


def tell(news: News, users: Collection[int]) -> int:
    """Put it into the boxes of these accounts; how many got it."""
    return tell_all([(news, users)])


@transaction.atomic
def tell_all(told: Sequence[tuple[News, Collection[int]]]) -> int:
    """The same for many; three queries (and one more each thousand receipts). What was told before, by
    its key, is not told again; what is for nobody is not kept."""
    before = _told_before([news.key for news, _users in told if news.key])
    fresh = [(news, users) for news, users in told if users and news.key not in before]
    messages = Message.objects.bulk_create([_message(news) for news, _users in fresh], _BATCH)
    receipts = [
        Receipt(message=message, user_id=user)
        for message, (_news, users) in zip(messages, fresh, strict=True)
        for user in sorted(set(users))
    ]
    Receipt.objects.bulk_create(receipts, _BATCH)
    return len(receipts)


def _told_before(keys: Sequence[str]) -> set[str | None]:
    if not keys:
        return set()
    return set(Message.objects.filter(key__in=keys).values_list("key", flat=True))


def _message(news: News) -> Message:
    return Message(
        kind=news.kind,
        words=source_of(news.words),
        matter_id=news.matter_id,
        facts=dict(news.facts),
        key=news.key,
    )


def source_of(words: Any) -> str:
    """The text as the code has it: Chinese, which is also the key of every translation."""
    with translation.override("zh-hans"):
        return str(words)
