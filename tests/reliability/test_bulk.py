"""The short run of what `python -m tests.reliability.bulk` does with 10,000 entries and ten copies."""

from pathlib import Path

from tests.reliability import bulk


def test_it_takes_what_waited_once_and_copies_itself_while_phones_write(socket_enabled: None, tmp_path: Path) -> None:
    told = bulk.run(tmp_path, 400, 1)

    assert (told.again_new, told.lost, told.doubled, told.sound, told.copies_sound) == (0, 0, 0, True, 1)
