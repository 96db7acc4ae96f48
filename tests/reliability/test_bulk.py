"""The short runs of `python -m tests.reliability.bulk`, with 400 entries, and of `copies`, with two copies of few."""

from pathlib import Path

from tests.reliability import bulk, copies


def test_it_takes_what_waited_once(socket_enabled: None, tmp_path: Path) -> None:
    told = bulk.run(tmp_path, 400)

    assert (told.again_new, told.lost, told.doubled, told.sound) == (0, 0, 0, True)


def test_it_copies_itself_while_phones_write(socket_enabled: None, tmp_path: Path) -> None:
    told = copies.run(tmp_path, 5000, 2)

    assert (told.copies_sound, told.lost, told.doubled, told.sound) == (2, 0, 0, True)
