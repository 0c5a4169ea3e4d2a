"""How templates speak: Jinja in a sandbox, over plain facts, with the bureau's ways of writing things.

    {{ party.name }}            a fact; one that is not there is an error that names it
    {{ said.file.amount | yuan }}      30,000
    {{ said.file.amount | words }}     叁万元整
    {{ step.at | day }}         2026年8月15日
    {{r line.signed.record.party_signed | signature }}      a signature, drawn; nothing where there is none
    {{ line.identity.number | opened }}      a sealed fact in clear (``sealing``); its mask in a preview

Facts are text, numbers, truth values, lists and further facts, never objects of the platform: a template
can read what it is told and nothing else. Nothing random and no unescaped text is within its reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from zhihuan.bureau.clock.history import BEIJING, beijing_day
from zhihuan.bureau.documents.docx.pen import drawn_run
from zhihuan.bureau.documents.reading.amounts import in_figures, in_words
from zhihuan.bureau.registry.sealing import unseal

__all__ = ["Missing", "Told", "environment", "told"]

#: Left out: what is not the same twice, and what lets text through unescaped.
_OUT_OF_REACH = ("random", "safe", "pprint", "attr", "xmlattr", "urlize", "tojson")
_FIGURES = "〇一二三四五六七八九"


class Told:
    """Facts by name, as a template sees them. It knows its own way from the root, for messages."""

    __slots__ = ("_facts", "_way")

    def __init__(self, facts: Mapping[str, Any], way: str = "") -> None:
        self._facts = facts
        self._way = way

    def __getitem__(self, name: Any) -> Any:
        return _told(self._facts[name], f"{self._way}{name}.")

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __str__(self) -> str:
        raise TypeError(f"{self._way.rstrip('.')} holds several facts; write which")


def told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as a template is given them."""
    return {name: _told(value, f"{name}.") for name, value in facts.items()}


def _told(value: Any, way: str) -> Any:
    if isinstance(value, Mapping):
        return Told(value, way)
    if isinstance(value, list):
        return [_told(each, way) for each in value]
    return "" if value is None else value


class Missing(StrictUndefined):
    """Stands for what is not there, and says at any use what was asked for and what there is."""

    __slots__ = ()

    @property
    def placeholder(self) -> str:
        """The whole way from the root, where it is known."""
        way = self._undefined_obj._way if isinstance(self._undefined_obj, Told) else ""
        return f"{way}{self._undefined_name}"

    @property
    def known(self) -> list[str]:
        """What there is in its place."""
        return sorted(self._undefined_obj) if isinstance(self._undefined_obj, Told) else []

    @property
    def _undefined_message(self) -> str:
        return "\t".join([self.placeholder, *self.known])


class _Environment(ImmutableSandboxedEnvironment):
    """Compiles a text once a process: the templates are the same for thousands of documents, and half of filling
    one would be compiling it. What a template can reach is asked of the environment when it runs."""

    def compile(self, source: Any, *given: Any, **options: Any) -> Any:
        if given or options or not isinstance(source, str):
            return super().compile(source, *given, **options)
        # docxtpl decides only before it renders whether signs are escaped, and the code depends on it
        key = (source, bool(self.autoescape))
        if (code := _compiled.get(key)) is None:
            code = super().compile(source)
            if len(_compiled) >= _MOST_COMPILED:
                _compiled.clear()
            _compiled[key] = code
        return code


#: Text and whether its signs are escaped → its code; some fifty kB each at most.
_compiled: dict[tuple[str, bool], Any] = {}
_MOST_COMPILED = 500


def environment() -> ImmutableSandboxedEnvironment:
    """A fresh one, as every document gets."""
    made = _Environment(autoescape=True, undefined=Missing)
    made.globals.clear()
    made.globals["range"] = range
    for name in _OUT_OF_REACH:
        made.filters.pop(name, None)
    made.filters.update(
        day=day,
        day_in_characters=day_in_characters,
        moment=moment,
        yuan=yuan,
        words=words,
        signature=signature,
        opened=opened,
    )
    return made


def day(value: Any) -> str:
    """A day, or the day in Beijing of a moment: 2026年8月15日; "" for none."""
    found = _day(value)
    return f"{found.year}年{found.month}月{found.day}日" if found else ""


def day_in_characters(value: Any) -> str:
    """The same as it stands below a document: 二〇二六年八月十五日."""
    found = _day(value)
    if found is None:
        return ""
    year = "".join(_FIGURES[int(sign)] for sign in str(found.year))
    return f"{year}年{_small(found.month)}月{_small(found.day)}日"


def moment(value: Any) -> str:
    """A moment in Beijing: 2026年8月15日9时30分; "" for none."""
    if not value:
        return ""
    local = datetime.fromisoformat(str(value)).astimezone(BEIJING)
    return f"{day(local)}{local.hour}时{local.minute:02d}分"


def yuan(value: Any) -> str:
    """An amount [元]: 30,000."""
    return in_figures(_amount(value))


def words(value: Any) -> str:
    """An amount [元] in words: 叁万元整."""
    return in_words(_amount(value))


def signature(value: Any) -> Markup:
    """A signature told as strokes (``signatures.strokes``), as a run that draws it; an empty run for "". The text
    is read and written anew, so that nothing else comes through. ValueError for what is no strokes."""
    return Markup(drawn_run(str(value or "")))  # noqa: S704 - made of whole numbers alone


def opened(value: Any) -> str:
    """A sealed fact in clear; its mask where it was sealed away; "" for none. ValueError when the sealing key is gone."""
    if not value:
        return ""
    return unseal(str(value["sealed"])) or str(value["shown"])


def _amount(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{value!r} is no amount") from None


def _day(value: Any) -> date | None:
    if not value:
        return None
    if isinstance(value, datetime):
        return beijing_day(value)
    if isinstance(value, date):
        return value
    text = str(value)
    return beijing_day(datetime.fromisoformat(text)) if "T" in text else date.fromisoformat(text)


def _small(number: int) -> str:
    """1 to 31 as days are written: 十, 十五, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_FIGURES[tens]}十"
    return head + (_FIGURES[ones] if ones else "")
