"""Files on their way in: bounded while they arrive, and known by their content before anything keeps them."""

import io
import math
import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, NoReturn

from django import forms
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files import File
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.forms.widgets import FileInput, Widget
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from common.photos import HEIC, PhotoRefused, is_heic, look_at, render_scan

MB = 1024 * 1024
PHOTO_LIMIT_BYTES = 12 * MB
DOCUMENT_LIMIT_BYTES = 5 * MB
MAX_STEM = 60
SUFFIXES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
MAGIC = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}

EMPTY = _("This file is empty (0 bytes). Choose the file again.")
TOO_LARGE = _(
    "This file has %(size)s MB; the limit is %(limit)s MB. Choose a smaller one. What you typed is kept."
)
NOT_A_DOCUMENT = _(
    "This file is not a PDF, JPEG or PNG, whatever its name says. "
    "Scan or photograph the document and choose that file."
)


class OversizedFile(UploadedFile):
    """What is left of an upload over the limit: its name and true size, to be refused in words.

    Whoever reads it without having looked at the size is stopped: half a file must not be stored as a whole.
    """

    def _refuse(self, *_args: object, **_options: object) -> NoReturn:
        raise SuspiciousFileOperation("An upload over the limit was read.")

    read = readlines = seek = chunks = open = _refuse

    def __iter__(self) -> Iterator[bytes]:
        self._refuse()


class BoundedUploadHandler(FileUploadHandler):
    """Keeps a file up to settings.UPLOAD_LIMIT_BYTES, small ones in memory; of a larger one only the size.

    The rest is counted and thrown away, so the other fields of the form arrive and the form can answer.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.file: io.BytesIO | TemporaryUploadedFile = io.BytesIO()
        self.is_over = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Store a piece, while there is room."""
        end = start + len(raw_data)
        if end > settings.UPLOAD_LIMIT_BYTES:
            self.file.close()
            self.is_over = True
        if self.is_over:
            return
        if end > settings.FILE_UPLOAD_MAX_MEMORY_SIZE and isinstance(self.file, io.BytesIO):
            self._move_to_disk(self.file)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file as the form sees it, with its true size."""
        name, content_type, charset = self.file_name, self.content_type, self.charset
        if self.is_over:
            return OversizedFile(io.BytesIO(), name, content_type, file_size, charset)
        self.file.seek(0)
        if isinstance(self.file, io.BytesIO):
            return InMemoryUploadedFile(self.file, self.field_name, name, content_type, file_size, charset)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """The sender went away; a temporary file vanishes when it is closed."""
        if hasattr(self, "file"):
            self.file.close()

    def _move_to_disk(self, memory: io.BytesIO) -> None:
        self.file = TemporaryUploadedFile(self.file_name or "", self.content_type, 0, self.charset)
        self.file.write(memory.getvalue())


class BoundedFileField(forms.FileField):
    """A file within a limit, under a safe name; children know its content."""

    widget = FileInput
    default_error_messages = {"empty": EMPTY, "too_large": TOO_LARGE}
    limit_bytes = DOCUMENT_LIMIT_BYTES
    accept = ""

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """What the phone offers to choose from."""
        return {**super().widget_attrs(widget), "accept": self.accept}

    def to_python(self, data: File | None) -> File | None:
        """The file, once it is known to be one of ours."""
        file = super().to_python(data)
        if not isinstance(file, UploadedFile):
            return None
        limit = min(self.limit_bytes, settings.UPLOAD_LIMIT_BYTES)
        if (file.size or 0) > limit:
            params = {"size": in_megabytes(file.size), "limit": in_megabytes(limit)}
            raise ValidationError(self.error_messages["too_large"], code="too_large", params=params)
        try:
            return self.known(file)
        except PhotoRefused as refused:
            raise ValidationError(str(refused), code="invalid") from refused

    def known(self, file: UploadedFile) -> UploadedFile:
        """The file by its content, or PhotoRefused or a ValidationError."""
        raise NotImplementedError


class PhotoField(BoundedFileField):
    """A photo that a worker makes ready; `.upright_size` is its size, None where only the worker can tell."""

    limit_bytes = PHOTO_LIMIT_BYTES
    accept = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif"

    def known(self, file: UploadedFile) -> UploadedFile:
        """Look at it quickly, while the form can still answer."""
        file.upright_size = look_at(file)  # type: ignore[attr-defined]
        file.name = safe_name(file.name or "", ".jpg")
        return file


class DocumentField(BoundedFileField):
    """A PDF, or a scanned or photographed page; `.detected_type` says which, by content.

    Pictures are encoded anew: a photographed paper must not tell where it was photographed.
    """

    accept = "application/pdf,image/jpeg,image/png"

    def known(self, file: UploadedFile) -> UploadedFile:
        """Look at the first bytes, and at the whole picture."""
        file.seek(0)
        start = file.read(16)
        file.seek(0)
        found = next((kind for magic, kind in MAGIC.items() if start.startswith(magic)), None)
        if found is None:
            raise PhotoRefused(HEIC if is_heic(start) else NOT_A_DOCUMENT)
        name = safe_name(file.name or "", SUFFIXES[found])
        if found == "application/pdf":
            file.name = name
        else:
            data = render_scan(file).data
            file = InMemoryUploadedFile(io.BytesIO(data), None, name, found, len(data), None)
        file.detected_type = found  # type: ignore[attr-defined]
        return file


def safe_name(name: str, suffix: str) -> str:
    """A short file name of letters, digits, dots and dashes, with the suffix of what it is."""
    stem = unicodedata.normalize("NFKC", PurePath(name.replace("\\", "/")).stem)
    stem = re.sub(r"[^\w.-]+", "-", stem)[:MAX_STEM].strip("-._")
    return (stem or "berkas") + suffix


def in_megabytes(size: int | None) -> str:
    """Megabytes as people read them, rounded up: 200, or 5,1."""
    tenths = math.ceil((size or 0) * 10 / MB)
    return number_format(tenths // 10 if tenths % 10 == 0 or tenths >= 100 else tenths / 10)
