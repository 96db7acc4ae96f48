"""A file on its way from the browser: hashed and sealed as it comes, refused where it is too large."""

import shutil
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from quietlegs.web.store.handed_files import folder
from quietlegs.web.store.sealed_files import Writer
from quietlegs.web.store.whose import NobodysDiaryError, diary_in_hand
from quietlegs.words.catalogue import _

# Exports of ten years of a watch have about 5 GB.
MOST_BYTES = 8 * 2**30
_KEPT_FREE = 256 * 2**20
_WHY_NOT = "quietlegs.not_arrived"


class Arrived(UploadedFile):  # type: ignore[type-arg]  # generic for the type checker alone
    """A file that has arrived in the folder of those handed over; deleted unless it is kept."""

    def __init__(self, name: str | None, content_type: str | None) -> None:
        self._written = tempfile.NamedTemporaryFile(dir=folder(), suffix=".part")  # noqa: SIM115 - closed with the request
        super().__init__(self._written, name, content_type)
        self.hashed = sha256()
        self._sealed = Writer(self._written.file)

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(self._written.name)

    def take(self, piece: bytes) -> None:
        """Write a piece down."""
        self._sealed.write(piece)
        self.hashed.update(piece)

    def ended(self, size: int) -> None:
        """Note that all of it has come."""
        self._sealed.finish()
        self.size = size

    def close(self) -> None:
        """Delete it where nobody kept it."""
        with suppress(FileNotFoundError):
            self._written.close()


class Arriving(FileUploadHandler):
    """Writes what the page for files is sent to its place on the disk; no other page takes a file."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._arrived: Arrived | None = None
        self._announced = 0
        self._come = 0

    def handle_raw_input(self, *told: Any, **more: Any) -> None:
        """Note how much was announced."""
        self._announced = int(told[2] or 0)
        super().handle_raw_input(*told, **more)

    def new_file(self, *told: Any, **more: Any) -> None:
        """Begin a file, where there is room for it."""
        super().new_file(*told, **more)
        self._arrived = None
        self._come = 0
        if self.request is None or not self.request.path.endswith("/imports/look/") or not _has_diary():
            raise SkipFile
        self._refuse_large(self._announced)
        if self._announced > shutil.disk_usage(folder()).free - _KEPT_FREE:
            self._refuse(_("There is not enough room for it on the disk."))
        self._arrived = Arrived(self.file_name, self.content_type)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece down."""
        self._come = start + len(raw_data)
        self._refuse_large(self._come)
        if self._arrived is None:
            raise SkipFile
        try:
            self._arrived.take(raw_data)
        except OSError as error:
            self._refuse(_("It could not be written to the disk: {reason}.", reason=error.strerror or error))

    def file_complete(self, file_size: int) -> Arrived | None:
        """Hand over what has arrived."""
        if self._arrived is not None:
            self._arrived.ended(file_size)
        return self._arrived

    def upload_interrupted(self) -> None:
        """Delete what came of it."""
        if self._arrived is not None:
            self._arrived.close()
            self._arrived = None

    def _refuse_large(self, count: int) -> None:
        if count > MOST_BYTES:
            told = {"found": filesizeformat(count), "most": filesizeformat(MOST_BYTES)}
            self._refuse(_("The file is too large: {found}; allowed: up to {most}.", **told))

    def _refuse(self, why: str) -> None:
        if self.request is not None:
            self.request.META[_WHY_NOT] = why
        self.upload_interrupted()
        # The rest is read and thrown away, so that the browser hears the answer.
        raise SkipFile


def _has_diary() -> bool:
    """Whether somebody has signed in, where a group is hosted: nobody else fills its disk."""
    try:
        diary_in_hand()
    except NobodysDiaryError:
        return False
    return True


def why_not_arrived(request: HttpRequest) -> str | None:
    """Return what kept a file from arriving; None where nothing did."""
    return request.META.get(_WHY_NOT)
