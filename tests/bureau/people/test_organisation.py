"""The tree of organisations keeps its paths whatever moves."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from zhihuan.bureau.people.models import Organisation

pytestmark = pytest.mark.django_db


def made(name: str, parent: Organisation | None = None, **more) -> Organisation:
    return Organisation.objects.create(name=name, parent=parent, **{"kind": "section", **more})


def test_a_path_spells_the_way_from_the_root():
    root = made("局")
    leaf = made("股", made("科", root))
    assert leaf.path == f"/{root.pk}/{leaf.parent.pk}/{leaf.pk}/"


def test_moving_a_branch_moves_everything_below_it():
    old, new = made("甲"), made("乙")
    middle = made("中", old)
    leaf = made("叶", middle)
    middle.parent = new
    middle.save()
    leaf.refresh_from_db()
    assert leaf.path == f"/{new.pk}/{middle.pk}/{leaf.pk}/"
    assert set(Organisation.objects.filter(path__startswith=new.path)) == {new, middle, leaf}


def test_nobody_is_put_below_himself():
    root = made("局")
    leaf = made("科", root)
    root.parent = leaf
    with pytest.raises(ValidationError, match="上级机构不能是"):
        root.full_clean()


def test_two_bodies_never_share_a_credit_code_but_many_have_none():
    made("甲", kind="enterprise")
    made("甲", kind="enterprise")
    made("乙", credit_code="11320000MB151840XJ", kind="enterprise")
    with pytest.raises(IntegrityError):
        made("丙", credit_code="11320000MB151840XJ", kind="enterprise")
