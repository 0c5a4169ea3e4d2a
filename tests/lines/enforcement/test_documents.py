"""Every document of the line can be made, and says what it must."""

from __future__ import annotations

import pytest

from zhihuan.bureau.documents.proving import document_faults
from zhihuan.bureau.matters.checks import faults, template_of
from zhihuan.lines.enforcement.procedure import PENALTY_CASE
from zhihuan.lines.enforcement.simple import SIMPLE_CASE

PROCEDURE = pytest.mark.parametrize("procedure", [PENALTY_CASE, SIMPLE_CASE])


@PROCEDURE
@pytest.mark.django_db
def test_every_declared_document_can_be_made(procedure):
    assert document_faults(procedure) == []
    assert faults(procedure, template_of(procedure)) == []


def test_pages_that_hold_the_plain_matter_see_the_document_as_it_will_be(walk):
    """The page on which a step is checked."""
    from case_walk import SAID, nine

    from zhihuan.bureau.documents.docx.reading import text_of_document
    from zhihuan.bureau.documents.making import preview
    from zhihuan.bureau.matters.engine.taking import Acting, Said
    from zhihuan.bureau.matters.models import Matter

    walk.to_filed().to_review()
    step = walk.procedure.step("review_to_notice")
    acting = Acting(walk.cast.reviewer, at=nine("2026-09-09"))
    plain = Matter.objects.get(pk=walk.matter.pk)
    data = preview(plain, step, step.documents[0], acting, Said(SAID["review"]))
    text = text_of_document(data)
    assert "超标排放水污染物" in text
    assert "中山某印染有限公司" in text
