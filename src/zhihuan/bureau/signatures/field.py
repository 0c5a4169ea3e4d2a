"""A form field that asks for a signature on the screen; the cleaned value is the kept file of its strokes.

    signed = SignatureField(label=_("当事人签名"))

It behaves as a field of a file: a form shown again keeps the signature, and a step's signature becomes evidence.
Without script there is no pad; a form that asks for one must offer another way (a photograph of the paper).
"""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.signatures.strokes import BadSignatureError, Signature, read, read_table
from zhihuan.bureau.vault.fields import VaultFileField, VaultFileInput
from zhihuan.bureau.vault.keeping import open_file, receive
from zhihuan.bureau.vault.models import StoredFile
from zhihuan.bureau.vault.origin import Origin, Stated
from zhihuan.bureau.vault.refusals import RefusedFileError

__all__ = ["SignatureField", "signature_in"]

_MOST_CHARACTERS = 1_000_000


class SignatureInput(VaultFileInput):
    """The pad. What it holds is text, so that a form with it may be kept and sent later."""

    template_name = "signatures/pad.html"

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Any:
        given = data.get(name)
        if isinstance(given, str) and given.startswith("{"):
            return given
        return super().value_from_datadict(data, None, name)


class SignatureField(VaultFileField):
    """evidence: written by whom; a party's signature belongs to its statement."""

    widget = SignatureInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", SignatureInput())
        kwargs.setdefault("evidence", "electronic")
        super().__init__(accepted=("csv",), **kwargs)

    def clean(self, value: Any) -> StoredFile | None:
        if not isinstance(value, str):
            return super().clean(value)
        if len(value) > _MOST_CHARACTERS:
            raise ValidationError(_("签名过长，请重新签名。"))
        try:
            stored = self._kept(read(value))
        except (BadSignatureError, RefusedFileError) as error:
            raise ValidationError(str(error)) from error
        self.widget.kept = stored
        return stored

    def _kept(self, signature: Signature) -> StoredFile:
        name = f"签名-{signature.began:%Y%m%dT%H%M%S}.csv"
        origin = Origin(stated=Stated(at=signature.began))
        return receive(io.BytesIO(signature.table()), name, origin, accepted=self.accepted)


def signature_in(pk: Any) -> Signature | None:
    """The signature kept under this number; None where there is none, or it is no table of strokes."""
    stored = StoredFile.objects.select_related("content").filter(pk=pk or 0).first()
    if stored is None:
        return None
    try:
        with open_file(stored) as file:
            return read_table(file.read())
    except (BadSignatureError, UnicodeDecodeError):
        return None
