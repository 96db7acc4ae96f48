"""What a group's server keeps of a file on its way in: sealed on its disk and in its database, whole or refused."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.hosted import ask

from quietlegs.web.store import sealed_files
from quietlegs.web.store.diaries import new_diary
from quietlegs.web.store.home import HOSTED_VARIABLE
from quietlegs.web.store.sealing import KEY_VARIABLE, SealedError, new_server_key
from quietlegs.web.store.whose import in_hand

MEGABYTE = 2**20


@pytest.fixture
def mine(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A diary of a group, in hand."""
    monkeypatch.setenv("QUIETLEGS_HOME", str(tmp_path))
    monkeypatch.setenv(HOSTED_VARIABLE, "https://legs.example.org")
    monkeypatch.setenv(KEY_VARIABLE, new_server_key())
    number = new_diary()
    with in_hand(number):
        yield number


def sealed(file: Path, text: bytes) -> Path:
    out = io.BytesIO()
    writer = sealed_files.Writer(out)
    for begin in range(0, len(text), 70_000):
        writer.write(text[begin : begin + 70_000])
    writer.finish()
    file.write_bytes(out.getvalue())
    return file


@pytest.mark.parametrize("size", [0, 1, MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, 3 * MEGABYTE])
def test_it_gives_back_what_it_was_given(mine: int, tmp_path: Path, size: int) -> None:
    text = (b"Zolmarkidol " * (size // 12 + 1))[:size]
    file = sealed(tmp_path / "export.csv", text)

    assert b"".join(sealed_files.pieces(file)) == text
    assert b"Zolmarkidol" not in file.read_bytes()
    with sealed_files.opened(file, "a") as place:
        assert place.read_bytes() == text
        assert place.suffix == ".csv"
    assert not place.exists()


def test_it_opens_in_memory_what_is_not_large(mine: int, tmp_path: Path) -> None:
    file = sealed(tmp_path / "export.csv", b"Zolmarkidol")

    with sealed_files.opened(file, "a") as place:
        assert not place.is_relative_to(tmp_path)
        assert place.parent.stat().st_mode & 0o077 == 0
        sealed_files.close_all("a")
        assert not place.exists()


def cut(raw: bytes) -> bytes:
    return raw[: -(MEGABYTE // 2)]


def whole_piece_less(raw: bytes) -> bytes:
    return raw[: raw.index(b"\n", 20) + 1 + 2 * (MEGABYTE + 16)]


def changed(raw: bytes) -> bytes:
    return raw[:-1] + bytes([raw[-1] ^ 1])


def swapped(raw: bytes) -> bytes:
    head = raw.index(b"\n", 20) + 1
    one, other = (raw[head + at * (MEGABYTE + 16) :][: MEGABYTE + 16] for at in range(2))
    return raw[:head] + other + one + raw[head + 2 * (MEGABYTE + 16) :]


@pytest.mark.parametrize("harm", [cut, whole_piece_less, changed, swapped])
def test_it_notices_what_was_changed_or_cut_off(mine: int, tmp_path: Path, harm: object) -> None:
    file = sealed(tmp_path / "export.csv", bytes(range(256)) * (3 * MEGABYTE // 256) + b"end")
    file.write_bytes(harm(file.read_bytes()))  # type: ignore[operator]  # one of those above

    with pytest.raises(SealedError):
        b"".join(sealed_files.pieces(file))


def test_it_opens_nothing_of_another_diary(mine: int, tmp_path: Path) -> None:
    file = sealed(tmp_path / "export.csv", b"Zolmarkidol")

    with in_hand(new_diary()), pytest.raises(SealedError):
        b"".join(sealed_files.pieces(file))


def test_it_seals_nothing_on_ones_own_machine(database: Path, tmp_path: Path) -> None:
    file = sealed(tmp_path / "export.csv", b"Zolmarkidol")

    assert file.read_bytes() == b"Zolmarkidol"
    with sealed_files.opened(file, "a") as place:
        assert place == file


IN_A_GROUP = """
import re
from datetime import UTC, datetime
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from quietlegs.web.accounts.models import Account
from quietlegs.web.store import handed_files, sealed_files
from quietlegs.web.store.diaries import new_diary
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.home import home
from quietlegs.web.store.imports import last_taken
from quietlegs.web.store.whose import in_hand
from quietlegs.web.worker.files import Files

def lies():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    every = [one for one in home().rglob("*") if one.is_file()]
    return [one.name for one in every if b"Zolmarkidol" in one.read_bytes()]

person = Account.objects.create(email="one@example.org", diary_id=new_diary())
client.force_login(person)
client.get("/log/")
rows = [f"2026-05-{day:02d};80;{day % 10};Zolmarkidol" for day in range(1, 29)]
table = "\\n".join(["night;Zolmarkidol;legs;remarks", *rows])
told = client.post("/imports/look/", {"file": SimpleUploadedFile("Zolmarkidol.csv", table.encode())})
token = re.search(r"/imports/(\\w{32})/", told["Location"])[1]
asked = client.get(f"/imports/{token}/").content.decode()
before = lies()
meanings = {"meaning-0": "night", "meaning-1": "medicine", "how-1": "mg", "order": "ymd"}
meanings |= {"meaning-2": "severity", "how-2": "0-10"}
chosen = client.post(f"/imports/{token}/columns/", meanings)
receipt = client.get(f"/imports/{token}/", follow=True).content.decode()
between = lies()
taken = client.post(f"/imports/{token}/take/", follow=True)
with in_hand(person.diary_id):
    name = last_taken()
    noted = len(StoredDiary().facts())
print(json.dumps({
    "asked": "Zolmarkidol" in asked, "before": before, "chosen": chosen.status_code,
    "receipt": "Zolmarkidol" in receipt,
    "between": between, "name": name.name if name else None, "noted": noted, "after": lies(),
    "left": [one.name for one in Path("/dev/shm").glob("opened-" + token + "*")],
}))
"""


def test_it_keeps_a_file_sealed_from_its_arrival_until_it_is_taken_in(tmp_path: Path) -> None:
    told = ask(tmp_path, IN_A_GROUP)

    assert told["asked"]
    assert told["chosen"] == 302
    assert told["receipt"]
    assert told["noted"] > 20
    assert told["name"] == "Zolmarkidol.csv"
    assert (told["before"], told["between"], told["after"], told["left"]) == ([], [], [], [])
