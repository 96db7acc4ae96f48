"""What another program kept stands with its night, in that program's words, and can be taken back."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from quietlegs.records.fact import note
from quietlegs.records.moment import moment
from quietlegs.records.remark import Remark
from quietlegs.web.store.diary import StoredDiary

NOTED = moment(datetime(2026, 3, 1, 17, 50, tzinfo=UTC), "Europe/Berlin")


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        (
            Remark("mood", 5, 5, word="rad", note="<b>Awesome</b>", tags=("walk", "nap"), source="Daylio"),
            "18:50 mood: 5 of 5, rad, walk, nap, &lt;b&gt;Awesome&lt;/b&gt; (Daylio)",
        ),
        (Remark("Coffee", 1.5, unit="cups", source="Loop"), "18:50 Coffee: 1.5 cups (Loop)"),
        (Remark("Gym"), "18:50 Gym</span>"),
        (Remark("Pain", 0, 10), "18:50 Pain: 0 of 10"),
    ],
)
def test_it_shows_a_remark_with_its_night(client: Client, diary: StoredDiary, remark: Remark, said: str) -> None:
    fact = note(remark, NOTED, bytes(10))
    diary.add([fact])

    page = client.get("/log/?night=2026-03-01").content.decode()
    assert said in page
    assert "From other programs" in page
    assert f"/log/change/{fact.id}" not in page
    assert "From other programs" not in client.get("/log/?night=2026-03-02").content.decode()


def test_it_takes_a_remark_back(client: Client, diary: StoredDiary) -> None:
    fact = note(Remark("Gym"), NOTED, bytes(10))
    diary.add([fact])

    client.post(f"/log/undo/{fact.id}/")

    assert diary.facts() == ()
