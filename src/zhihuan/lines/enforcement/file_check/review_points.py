"""The defects that file reviews find, and how each is seen here: by a rule, or by a person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from zhihuan.bureau.documents.consistency.of_a_line import EyePoint

__all__ = ["SOURCE", "ReviewPoint", "for_the_eye", "review_points"]

SOURCE = "生态环境行政处罚案卷评查常见问题"


@dataclass(frozen=True, slots=True)
class ReviewPoint:
    """rules: codes of findings that see it. eye: what only a person sees of it, "" for nothing."""

    area: str
    defect: str
    rules: tuple[str, ...] = ()
    eye: str = ""


@cache
def review_points() -> tuple[ReviewPoint, ...]:
    """All, in their areas. ValueError for one that nobody would see."""
    told = yaml.safe_load(files(__package__).joinpath("review_points.yaml").read_text("utf-8"))
    points = tuple(
        ReviewPoint(each["area"], each["defect"], tuple(each.get("rules", ())), each.get("eye", ""))
        for each in told
    )
    if unseen := [each.defect for each in points if not each.rules and not each.eye]:
        raise ValueError(f"neither a rule nor an eye for {', '.join(unseen)}")
    return points


def for_the_eye() -> tuple[EyePoint, ...]:
    """What the page asks a person to look at."""
    return tuple(EyePoint(each.area, each.eye, SOURCE) for each in review_points() if each.eye)
