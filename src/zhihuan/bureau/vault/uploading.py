"""How Django takes files from a request: to the disk, no more than the largest limit, knowing who sends.

In the settings: ``FILE_UPLOAD_HANDLERS``. What is too long is counted and not written; its ``size`` is
the true one, so whoever checks it can say how much it was.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest

from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.vault.limits import Limits

__all__ = ["BoundedUpload", "sender_of"]


class BoundedUpload(TemporaryFileUploadHandler):
    """One file of a request; a temporary file that goes away with it."""

    file: Any

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file.given_with = self.request
        self._most = Limits.from_settings(settings).largest

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= self._most:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> TemporaryUploadedFile:
        finished: TemporaryUploadedFile = super().file_complete(file_size)
        return finished


def sender_of(upload: UploadedFile) -> tuple[Any, str]:
    """(user, address) of the request that brought it; (None, "") for a file of no request."""
    request: HttpRequest | None = getattr(upload, "given_with", None)
    user = getattr(request, "user", None)
    return (user if user is not None and user.is_authenticated else None), address_of(request)
