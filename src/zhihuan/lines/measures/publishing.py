"""Publication of measures: what is made public, by when, and why some of it is a duty and some is not.

- A fine by the day is a penalty; its measures ask for the decision and for the order to correct (按日连续处罚办法 §4): E16,
  seven working days. Limits and stops of production are penalties too (行政处罚法 §9(4)); their measures ask for the decision, its
  extension and the day on which it is lifted (限产停产办法 §4): E16.
- Sealing and seizure are no penalties but coercive measures; theirs ask for the decision, its extension and its release
  (查封、扣押办法 §7) and name no days, the province gives other decisions than penalties and permits twenty working days: E16M.
- An order to correct is neither (行政处罚法 §28): nothing sets a day for it alone. Its copy may be published; with a fine by the day
  it is published beside the decision.

Source of the days: 广东省行政执法公示办法 §21; what is not made public, and what is hidden: §§14, 15; what is withdrawn: §24.
"""

from __future__ import annotations

from typing import Any

from zhihuan.bureau.documents.publicity import is_public, publicity, registered
from zhihuan.bureau.matters.declaration import Clock, Document, Guard, Step
from zhihuan.lines.measures import asking
from zhihuan.lines.measures.hands import head

__all__ = ["publish_clock", "published", "publishing", "unpublish_clock"]


def publishing(
    papers: tuple[Document, ...], sources: tuple[str, ...], about: Any
) -> tuple[Step, ...]:
    """The steps, taken by whoever answers for the bureau or its branch."""
    return publicity(papers, sources, head(), asking.ReasonForm, about)


def published(*papers: Document, changed: tuple[str, ...] = ()) -> Guard:
    """Nothing ends before what was to be made public is, or why it is not was written down. changed: steps of rulings."""
    return registered(*(each.code for each in papers), changed=changed)


def publish_clock(
    code: str, title: Any, limit: str, starts: tuple[str, ...], paper: str = ""
) -> Clock:
    """From the step that decides to the registration. paper: code of a paper beside the first of ``publishing``."""
    told = f"{paper}_published_on" if paper else "published_on"
    return Clock(
        code,
        title,
        limit,
        starts=starts,
        ends=("publish", "not_published"),
        said_on=told,
        lapses=True,
    )


def _if_public(*papers: Document) -> Guard:
    """Says "" where a copy is public: then three working days run to withdraw it."""
    codes = tuple(each.code for each in papers)
    return Guard("public", lambda facts: "" if is_public(facts, *codes) else "-")


def unpublish_clock(title: Any, starts: tuple[str, ...], *papers: Document) -> Clock:
    """Three working days from the ruling. Source: 行政处罚法 §48(2); 广东省行政执法公示办法 §24."""
    return Clock("unpublish", title, "E16W", starts=starts, ends=("unpublish",), said_on="ruled_on", when=_if_public(*papers), lapses=True)  # fmt: skip
