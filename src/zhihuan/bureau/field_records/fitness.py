"""Which steps may be filled in without a network: those whose form says so.

    class ScenePhotoForm(forms.Form):
        offline = True        # may be taken along on a phone
        adds_only = True      # what others did meanwhile does not bear on it

``adds_only`` is for what joins the file beside other things (a photograph, an interview): two officers on
one visit, each with a phone, do not stand in each other's way. Everything else is judged against the
version that its author saw.
"""

from __future__ import annotations

from zhihuan.bureau.matters.declaration import Procedure, Step

__all__ = ["adds_only", "fit_steps", "is_fit"]


def is_fit(step: Step) -> bool:
    """Whether a phone may take this step's form along."""
    return step.form is not None and bool(getattr(step.form, "offline", False))


def adds_only(step: Step) -> bool:
    """Whether the step stays in its state and its form says that it only adds."""
    return not step.target and bool(getattr(step.form, "adds_only", False))


def fit_steps(procedure: Procedure) -> list[Step]:
    """In the order declared."""
    return [step for step in procedure.steps if is_fit(step)]
