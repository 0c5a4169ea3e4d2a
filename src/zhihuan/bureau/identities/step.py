"""The step by which a party's identity is registered or put right, for any procedure; it leads nowhere else."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.identities.questions import IdentityForm, IdentityQuestions
from zhihuan.bureau.matters.declaration import Step, Who

__all__ = ["IDENTIFY", "identify"]

IDENTIFY = "identify"


def identify(
    sources: tuple[str, ...], who: Who, form: type[IdentityQuestions] = IdentityForm
) -> Step:
    """In these states, by these people."""
    return Step(
        IDENTIFY, _("登记当事人身份"), sources, "", who, form=form,
        about=_("当事人是自然人、个体工商户的，登记本人（经营者）的身份证件；写错的在此更正。"),
    )  # fmt: skip
