"""What is doubtful stands on the row and in the record, at the cost of one query a page."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.registry.models import Permit
from zhihuan.bureau.registry.quality.checks.permit_missing import PERMIT_MISSING


def text_of(browser, path):
    response = browser.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_row_says_what_is_doubtful_about_it(ours, theirs, sign_in):
    theirs.limit.delete()
    Permit.objects.filter(pk=theirs.permit.pk).delete()
    browser = sign_in("registrar")
    rows = text_of(browser, "/registry/enterprises/").split("<tr")[2:]
    (row,) = [row for row in rows if "QY000002" in row]
    assert 'class="row-mark"' in row
    assert str(PERMIT_MISSING.title) in row
    (row,) = [row for row in rows if "QY000001" in row]
    assert str(PERMIT_MISSING.title) not in row


def test_a_record_says_so_and_how_to_mend_it(ours, sign_in):
    text = text_of(sign_in("registrar"), f"/registry/devices/{ours.device.mn}/")
    assert "数采仪失联超过一天" in text
    assert "联系企业或运维单位" in text


def test_what_is_mended_is_marked_no_more(ours, sign_in):
    browser = sign_in("registrar")
    assert "row-mark" in text_of(browser, "/registry/devices/")
    ours.device.enabled = False
    ours.device.save()
    assert "row-mark" not in text_of(browser, "/registry/devices/")


def test_one_query_for_the_marks_of_a_page(ours, works, sign_in):
    browser = sign_in("registrar")
    counts = []
    for more in ((), (), range(2, 30)):
        for number in more:
            works("小榄镇", number)
        text_of(browser, "/registry/enterprises/")
        with CaptureQueriesContext(connection) as asked:
            text_of(browser, "/registry/enterprises/")
        counts.append(len(asked))
    assert counts[2] == counts[1] <= 12
