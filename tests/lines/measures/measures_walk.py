"""Who proposes, decides, carries out and answers, and a measure on its way. All synthetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass
class Cast:
    """officer, second: of the town's branch, certified; lapsed: their colleague whose certificate is over; head:
    of the branch; leader: of the bureau; far: an officer elsewhere; owner: the factory's user; neighbour:
    another factory's. paper: a kept file."""

    officer: Any
    second: Any
    lapsed: Any
    head: Any
    leader: Any
    far: Any
    owner: Any
    neighbour: Any
    firm: Any
    town: Any
    paper: Any

    @classmethod
    def made(cls, person: Callable[..., Any]) -> Cast:
        from zhihuan.bureau.people.models import Organisation
        from zhihuan.bureau.places.city import find_town
        from zhihuan.bureau.vault.keeping import keep_made

        bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
        here, there = (
            Organisation.objects.create(name=f"{name}分局", kind="branch", parent=bureau)
            for name in ("三角", "小榄")
        )
        here.towns.set([find_town("三角镇")])
        there.towns.set([find_town("小榄镇")])
        firm, other = _factory("中山某印染有限公司"), _factory("中山另一电镀厂")
        made = cls(
            officer=person("field_officer", name="officer", at=here),
            second=person("field_officer", name="second", at=here),
            lapsed=person("field_officer", name="lapsed", at=here),
            head=person("section_head", name="head", at=here),
            leader=person("leader", name="leader", at=bureau),
            far=person("field_officer", name="far", at=there),
            owner=person("enterprise_user", name="owner", at=firm),
            neighbour=person("enterprise_user", name="neighbour", at=other),
            firm=firm,
            town=find_town("三角镇"),
            paper=keep_made(PDF, "材料.pdf"),
        )
        for user, expires in ((made.officer, 2040), (made.second, 2040), (made.lapsed, 2025)):
            user.certificates.create(
                number=f"44-{user.pk}", issued=dt.date(2015, 1, 1), expires=dt.date(expires, 1, 1)
            )
        return made


@dataclass
class Walk:
    """A measure that goes from step to step. ``said``: what each step is told unless the test says otherwise."""

    cast: Cast
    matter: Any
    said: dict[str, dict[str, Any]]

    @classmethod
    def opened(
        cls, cast: Cast, procedure: str, day: str, said: dict[str, dict[str, Any]], by: Any = None
    ) -> Walk:
        from zhihuan.bureau.matters.engine.taking import Acting, open_matter

        about = {"title": "某印染公司措施", "party": cast.firm, "town": cast.town}
        return cls(
            cast, open_matter(procedure, Acting(by or cast.officer, at=at(day)), **about), said
        )

    def take(self, step: str, by: Any, day: str, *, officers: Any = None, **said: Any) -> Any:
        """Take a step then; at nine in the morning (Beijing) where ``day`` names no hour. Officers take it in
        twos."""
        from zhihuan.bureau.matters.engine.taking import Acting, Said, take

        pair = (self.cast.officer, self.cast.second) if by is self.cast.officer else ()
        acting = Acting(by, "10.0.0.8", officers=pair if officers is None else officers, at=at(day))
        told = {**self.said.get(step, {}), **said}
        return take(self.matter, step, acting, Said(told), version=self.matter.version)

    def serve(self, code: str, day: str) -> None:
        """A receipt says that the newest document of this kind was served on that day."""
        from zhihuan.bureau.documents.models import ServiceReceipt

        made = self.document(code)
        ServiceReceipt.objects.create(
            document=made, way="direct", tried_on=day, effective_on=day, recipient="某公司",
            served_by="officer", received_by="门卫", recorded_by=self.cast.officer,
        )  # fmt: skip

    def served(self, code: str, day: str, step: str = "served") -> Any:
        """Served that day, and told to the matter then."""
        self.serve(code, day)
        return self.take(step, self.cast.officer, day)

    def withheld(self, day: str) -> Any:
        """What was to be made public is not, for a reason."""
        return self.take("not_published", self.cast.head, day, why="涉及商业秘密。")

    def public(self, code: str, day: str) -> Any:
        """The newest paper of this kind is public since nine in the morning of that day."""
        from zhihuan.bureau.documents.publication import publish

        copy = publish(self.document(code), self.cast.head)
        type(copy).objects.filter(pk=copy.pk).update(published_at=at(day))
        return copy

    def document(self, code: str) -> Any:
        return self.matter.documents.filter(code=code).order_by("-pk").first()

    def clock(self, code: str) -> Any:
        """The newest clock of that code."""
        return self.matter.clocks.filter(code=code).order_by("-pk").first()

    def kept(self) -> Any:
        """The measure as the database has it."""
        from zhihuan.lines.measures.models import Measure

        return Measure.objects.get(pk=self.matter.pk)

    def renewed(self) -> Walk:
        """As the database has it, after the platform took a step."""
        self.matter = self.kept()
        return self


def at(day: str) -> dt.datetime:
    """A moment in Beijing: nine in the morning of a day, or "2026-03-02T15:30"."""
    return dt.datetime.fromisoformat(f"{day if 'T' in day else f'{day}T09:00'}+08:00")


def refused(walk: Walk, step: str, by: Any, day: str, **said: Any) -> str:
    """The words of the refusal, or of the form's errors; nothing has changed."""
    import pytest

    from zhihuan.bureau.matters.engine.refusals import FormRefusedError, StepRefusedError
    from zhihuan.bureau.matters.models import Matter

    version = walk.matter.version
    with pytest.raises(StepRefusedError) as told:
        walk.take(step, by, day, **said)
    assert Matter.objects.get(pk=walk.matter.pk).version == version
    if isinstance(told.value, FormRefusedError):
        return "；".join(
            f"{name}：{each}" for name, words in told.value.errors.items() for each in words
        )
    return str(told.value)


def text_of(walk: Walk, code: str) -> str:
    """All that stands in the newest document of that kind."""
    import re

    from zhihuan.bureau.documents.docx.reading import text_of_document
    from zhihuan.bureau.documents.kept import read

    text = text_of_document(read(walk.document(code).digest))
    assert not re.search(r"\{\{|\{%|None", text)
    return text


def _factory(name: str) -> Any:
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Enterprise

    made = Enterprise.objects.create(
        code=name, name=name, kind="enterprise", no_code_reason="模拟", town=find_town("三角镇"),
        address="三角镇模拟路 1 号", legal_representative="张三", synthetic=True,
    )  # fmt: skip
    return Organisation.objects.get(pk=made.pk)
