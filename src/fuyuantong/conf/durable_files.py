"""Files on the disk of this machine that are there whole, after whatever happens, or not at all."""

import os
import secrets
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class DurableFiles(FileSystemStorage):
    """Write beside the place, then put there at once: also after a power cut a name stands for the whole file."""

    def _save(self, name: str, content: File) -> str:
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        try:
            with draft.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(place)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        for directory in (place.parent, place.parent.parent):
            _keep_entries(directory)
        return name


def _keep_entries(directory: Path) -> None:
    """Have the names in a directory on the disk, not the files' contents alone."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
