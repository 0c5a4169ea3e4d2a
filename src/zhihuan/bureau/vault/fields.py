"""A form field that asks for a file and keeps it at once, so that nobody need upload it twice.

    class ReportForm(forms.Form):
        plan = VaultFileField(label=_("应急预案"), accepted=("pdf", "docx"))

    form = ReportForm(request.POST, request.FILES)

The cleaned value is a ``StoredFile``, None where none is required. When the form is refused for
another field, it is shown again with the file already kept: a hidden value, signed, stands for it.
The same field cleans what a step was told without files: the signed value, or the record itself.
Numbers are refused: whoever could name a file by its number could take anybody's.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.vault.keeping import receive
from zhihuan.bureau.vault.kinds.recognising import KINDS
from zhihuan.bureau.vault.limits import Limits
from zhihuan.bureau.vault.models import StoredFile
from zhihuan.bureau.vault.origin import Origin, Stated
from zhihuan.bureau.vault.refusals import RefusedFileError
from zhihuan.bureau.vault.uploading import sender_of

__all__ = ["PageFileInput", "VaultFileField", "VaultFileInput", "token_of"]

_signer = Signer(salt="zhihuan.vault.file")


def token_of(stored: StoredFile) -> str:
    """What stands for a kept file in a form that is shown again."""
    return _signer.sign(str(stored.pk))


@dataclass(frozen=True, slots=True)
class _Given:
    """What a request holds for one field: a new file, the token of one kept before, both or neither."""

    upload: UploadedFile | None
    token: str
    stated: Stated


class VaultFileInput(forms.Widget):
    """The file input, and what is kept already. kept: set when the field was cleaned.

    camera: a photograph is wanted; browsers on telephones open the camera, and a script, where there
    is one, adds time and place.
    """

    template_name = "vault/file_input.html"
    needs_multipart_form = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, camera: bool = False) -> None:
        super().__init__(attrs)
        self.camera = camera
        self.accept: Sequence[str] = ()
        self.kept: StoredFile | None = None

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        told = _told(data, name)
        if isinstance(told, StoredFile):
            return told
        upload = files.get(name) if files else None
        return _Given(upload, told if isinstance(told, str) else "", _stated(data, name))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and name not in files

    def use_required_attribute(self, initial: Any) -> bool:
        return super().use_required_attribute(initial) and self.kept is None

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:  # noqa: ARG002 - Django's signature
        context: dict[str, Any] = super().get_context(name, None, attrs)
        kept = self.kept
        more = {
            "camera": self.camera,
            "accept": ",".join(self.accept),
            "kept": kept,
            "token": token_of(kept) if kept else "",
        }
        context["widget"].update(more)
        return context


class PageFileInput(VaultFileInput):
    """Of a file that the page makes by itself: nobody is asked for it."""

    template_name = "vault/page_file.html"
    is_hidden = True  # type: ignore[assignment]  # Django has a property that looks at the type of input


class VaultFileField(forms.Field):
    """accepted: codes of the kinds that will do (``kinds.recognising.KINDS``); all when empty.
    evidence: the kind of evidence it is, where the form is a step's (``models.Evidence.Kind``). titled_by: the
    field of the form that says what it proves; the field's own label where "" or left empty. asked_when: said to
    people in place of “optional” where the form asks for it only in some cases, "" where it never does.
    help_text: what is taken and how long it may be, where accepted says so and nothing else is given."""

    widget = VaultFileInput
    asked_when: Any = ""
    hidden_widget = forms.HiddenInput
    default_error_messages = {  # noqa: RUF012 - as Django has it
        "required": _("请选择文件。"),
        "token": _("此前上传的文件已失效，请重新选择文件。"),
    }

    def __init__(
        self,
        *,
        accepted: Sequence[str] = (),
        evidence: str = "documentary",
        camera: bool = False,
        titled_by: str = "",
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", VaultFileInput(camera=camera))
        if accepted:
            kwargs.setdefault("help_text", _taken(tuple(accepted)))
        super().__init__(**kwargs)
        self.accepted = tuple(accepted)
        self.titled_by = titled_by
        self.evidence = evidence
        kinds = [KINDS[code] for code in self.accepted] or list(KINDS.values())
        self.widget.accept = [f".{ending}" for kind in kinds for ending in kind.endings]

    def clean(self, value: Any) -> StoredFile | None:
        stored = self._kept_before(value)
        self.widget.kept = stored
        if isinstance(value, _Given) and value.upload is not None:
            stored = self.widget.kept = self._received(value)
        self.validate(stored)
        return stored

    def prepare_value(self, value: Any) -> Any:
        """What a form that is shown again holds, hidden or not: the token, never the file."""
        if isinstance(value, StoredFile):
            return token_of(value)
        if not isinstance(value, _Given):
            return value
        return token_of(self.widget.kept) if self.widget.kept else value.token

    def words_of(self, value: Any) -> str:
        """A kept value (the record or its number) for people: the file's name."""
        if value is None or isinstance(value, StoredFile):
            return value.name if value else ""
        found = StoredFile.objects.filter(pk=value).first()
        return found.name if found else str(value)

    def _kept_before(self, value: Any) -> StoredFile | None:
        if isinstance(value, StoredFile):
            return value
        if not isinstance(value, _Given) or not value.token:
            return None
        with suppress(BadSignature):
            pk = int(_signer.unsign(value.token))
            found = StoredFile.objects.select_related("content").filter(pk=pk).first()
            if found is not None:
                return found
        raise ValidationError(self.error_messages["token"], code="token")

    def _received(self, given: _Given) -> StoredFile:
        upload = given.upload
        assert upload is not None  # noqa: S101 - asked by the caller
        origin = Origin(*sender_of(upload), given.stated)
        try:
            return receive(
                upload.file, upload.name or "", origin, size=upload.size, accepted=self.accepted
            )
        except RefusedFileError as error:
            raise ValidationError(str(error), code=error.code) from error


def _taken_now(accepted: tuple[str, ...]) -> str:
    """What a field takes, before anybody chooses a file: a family of kinds with its length a part."""
    most, parts = Limits.from_settings(settings).bytes_of, []
    for family in dict.fromkeys(KINDS[code].family for code in accepted):
        kinds = [KINDS[code] for code in accepted if KINDS[code].family == family]
        endings = "、".join(f".{ending}" for kind in kinds for ending in kind.endings)
        told = {"endings": endings, "most": most[family] // 2**20}
        parts.append(gettext("%(endings)s，每个不超过 %(most)s MB") % told)
    return "；".join(parts)


_taken = lazy(_taken_now, str)


# ---- what the browser says beside the file ----


def _told(data: Mapping[str, Any], name: str) -> Any:
    """What was said under this name. A browser sends an empty text after the token where no new file was
    chosen: it says nothing."""
    if not isinstance(data, MultiValueDict):
        return data.get(name)
    return next((each for each in data.getlist(name) if each), None)


def _stated(data: Mapping[str, Any], name: str) -> Stated:
    """Left out where it cannot be: it is a help and no duty."""
    lon, lat = _number(data.get(f"{name}-lon"), 180), _number(data.get(f"{name}-lat"), 90)
    if lon is None or lat is None:
        lon = lat = None
    accuracy = _number(data.get(f"{name}-accuracy"), 1e7)
    return Stated(_moment(data.get(f"{name}-at")), lon, lat, accuracy if lon is not None else None)


def _number(text: Any, most: float) -> float | None:
    with suppress(TypeError, ValueError):
        number = float(text)
        return number if math.isfinite(number) and abs(number) <= most else None
    return None


def _moment(text: Any) -> dt.datetime | None:
    with suppress(TypeError, ValueError):
        moment = dt.datetime.fromisoformat(text)
        return moment if moment.tzinfo else None
    return None
