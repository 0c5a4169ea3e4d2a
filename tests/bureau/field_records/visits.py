"""A small procedure to be carried on a phone: two officers come, take photographs and notes, and leave."""

from __future__ import annotations

from datetime import date

from django import forms

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import Procedure, State, Step, Who
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import FIELD_OFFICER, SECTION_HEAD
from zhihuan.bureau.vault.fields import VaultFileField

OFFICERS = {FIELD_OFFICER: Reach.TERRITORY, SECTION_HEAD: Reach.TERRITORY}


class ArriveForm(forms.Form):
    offline = True
    weather = forms.ChoiceField(label="天气", choices=[("fine", "晴"), ("rain", "雨")])
    told = forms.BooleanField(label="已出示执法证件")


class NoteForm(forms.Form):
    offline = True
    adds_only = True
    words = forms.CharField(label="现场情况", max_length=500, widget=forms.Textarea)
    photo = VaultFileField(
        label="现场照片",
        accepted=("jpeg", "png"),
        camera=True,
        evidence="audiovisual",
        required=False,
    )


class RecordForm(forms.Form):
    offline = True
    found = forms.CharField(label="检查结论", max_length=200)
    kinds = forms.MultipleChoiceField(
        label="问题类别",
        choices=[("water", "废水"), ("gas", "废气"), ("noise", "噪声")],
        widget=forms.CheckboxSelectMultiple,
    )
    seen_on = forms.DateField(label="检查日期")
    photo = VaultFileField(label="笔录照片", accepted=("jpeg", "png"), camera=True, required=False)


class LeaveForm(forms.Form):
    offline = True
    remark = forms.CharField(label="备注", max_length=200, required=False)


class AtDeskForm(forms.Form):
    why = forms.CharField(label="理由")


VISIT = Procedure(
    code="trial_visit",
    title="试行检查",
    edition="2026",
    folder="trial_line",
    basis=Basis("中华人民共和国行政处罚法", "", date(2021, 7, 15)),
    states=(
        State("planned", "待检查"),
        State("there", "检查中"),
        State("recorded", "已记录"),
        State("left", "已离场", end=True),
        State("dropped", "已取消", end=True),
    ),
    begins="planned",
    steps=(
        Step("arrive", "到场", ("planned",), "there", Who(OFFICERS, officers=2), form=ArriveForm),
        Step("note", "现场情况", ("there", "recorded"), "", Who(OFFICERS), form=NoteForm),
        Step("record", "检查结论", ("there",), "recorded", Who(OFFICERS), form=RecordForm),
        Step("leave", "离场", ("recorded",), "left", Who(OFFICERS), form=LeaveForm),
        Step("drop", "取消", ("planned", "there"), "dropped", Who(OFFICERS), form=AtDeskForm),
    ),
)
