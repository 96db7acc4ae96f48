"""The worker: each reminder once, at the right hour by the clock on the wall, and what it does when things go wrong."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import sleep

import pytest
from tests.web.clockwork import Hand, kill, start_worker
from tests.web.receivers import Browser, Mail, Web
from tests.web.reminding import BERLIN, begins, listens, listens_everywhere, person

from quietlegs.library.load import load_library
from quietlegs.plan.reminding import GRACE, Manners
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import note
from quietlegs.records.moment import moment, night_of
from quietlegs.records.rest import Rest
from quietlegs.web.store import channels, leases
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.models import ChannelRow, DeliveryRow
from quietlegs.web.worker.round import Rounds
from quietlegs.web.worker.run import work

NIGHT = date(2026, 11, 20)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None, database: Path) -> None:
    """The worker speaks over real sockets, on this machine alone, and keeps its book in a file of this test."""


def look(at: datetime) -> int:
    return Rounds(lambda: at, load_library()).go()


def states() -> Counter[str]:
    return Counter(DeliveryRow.objects.values_list("state", flat=True))


def test_it_sends_nothing_unasked() -> None:
    assert look(begins(NIGHT)) == 0
    assert states() == {}


def test_it_reminds_when_the_routine_begins_and_not_before(service: Web, post: Mail) -> None:
    person()
    phone = listens_everywhere(service, post)

    assert look(begins(NIGHT) - MINUTE) == 0
    assert look(begins(NIGHT)) == 3
    assert look(begins(NIGHT) + MINUTE) == 0
    assert (len(phone.received()), len(service.posted), len(post.letters)) == (1, 2, 1)


@pytest.mark.parametrize("first", [date(2026, 3, 22), date(2026, 10, 18)])
def test_it_keeps_a_fortnight_over_a_change_of_clocks(service: Web, post: Mail, first: date) -> None:
    person()
    phone = listens_everywhere(service, post)
    nights = [first + timedelta(days=ahead) for ahead in range(14)]
    now = moment(begins(nights[0]) - timedelta(hours=6), BERLIN).at
    until = begins(nights[-1]) + timedelta(hours=6)
    arrived: list[datetime] = []

    def clock() -> datetime:
        return now

    def rest() -> bool:
        nonlocal now
        arrived.extend([now] * (len(post.letters) - len(arrived)))
        evening = moment(now, BERLIN).wall.hour in range(18, 23)
        now += timedelta(minutes=5 if evening else 60)
        return now < until

    work(clock, rest)

    walls = [moment(at, BERLIN).wall for at in arrived]
    assert walls == [datetime.combine(night, moment(begins(night), BERLIN).wall.time()) for night in nights]
    # In UTC the hour moves with the clocks, on the wall it does not.
    offsets = [datetime.combine(wall, wall.time(), UTC) - at for wall, at in zip(walls, arrived, strict=True)]
    assert len(set(offsets)) == 2
    assert max(wall.hour for wall in walls) - min(wall.hour for wall in walls) <= 1
    assert len({told["tag"] for told, _ in phone.received()}) == len(post.letters) == 14
    assert len(service.posted) == 28


def test_it_drops_what_the_machine_slept_through(service: Web, post: Mail) -> None:
    person()
    listens_everywhere(service, post)

    assert look(begins(NIGHT) + GRACE + MINUTE) == 0
    assert states() == {"late": 3}
    assert look(begins(NIGHT + timedelta(days=1))) == 3
    assert len(post.letters) == 1


def test_it_pours_nothing_out_after_a_week_asleep(service: Web, post: Mail) -> None:
    person()
    listens_everywhere(service, post)
    look(begins(NIGHT))

    later = begins(NIGHT + timedelta(days=7)) + timedelta(hours=2)
    assert [look(later + ahead * MINUTE) for ahead in range(5)] == [0] * 5
    assert len(post.letters) == 1


def test_it_is_silent_in_quiet_hours(service: Web, post: Mail) -> None:
    person()
    listens_everywhere(service, post)
    channels.keep_manners(Manners(time(20), time(7)), BERLIN)

    assert look(begins(NIGHT)) == 0
    assert states() == {"quiet": 3}


def test_it_leaves_alone_who_has_done_the_routine(service: Web, post: Mail) -> None:
    person()
    listens_everywhere(service, post)
    early = moment(begins(NIGHT) - timedelta(hours=1), BERLIN)
    done = Practice("calf_wall_straight", 1, Work(both_s=60), Work(both_s=60), routine="first_week")
    StoredDiary().add([note(done, early, bytes(10))])

    assert look(begins(NIGHT)) == 0
    assert states() == {"done": 3}


def test_it_leaves_alone_who_takes_a_rest_and_comes_back_after_it(service: Web) -> None:
    person()
    listens("ntfy", {"url": f"{service.url}/topic"})
    begun = moment(begins(NIGHT) - timedelta(hours=1), BERLIN)
    StoredDiary().add([note(Rest(NIGHT + timedelta(days=2)), begun, bytes(10))])

    nights = [NIGHT + timedelta(days=ahead) for ahead in range(4)]
    assert [look(begins(night)) for night in nights] == [0, 0, 0, 1]


def test_it_leaves_alone_who_takes_a_rest_after_a_reminder_was_put_off(service: Web) -> None:
    person()
    asked = listens("ntfy", {"url": f"{service.url}/topic"})
    leases.add([leases.wanted(NIGHT, 0, asked.id, begins(NIGHT))])
    StoredDiary().add([note(Rest(), moment(begins(NIGHT), BERLIN), bytes(10))])

    assert look(begins(NIGHT) + MINUTE) == 0
    assert states() == {"not_tonight": 1}


def test_it_does_not_remind_of_an_hour_that_was_over_when_it_was_asked(service: Web) -> None:
    person()
    asked = listens("ntfy", {"url": f"{service.url}/topic"})
    ChannelRow.objects.filter(pk=asked.id).update(began_at=begins(NIGHT) + 5 * MINUTE)

    assert look(begins(NIGHT) + 6 * MINUTE) == 0
    assert look(begins(NIGHT + timedelta(days=1))) == 1


def test_it_reminds_where_the_person_is_now(service: Web) -> None:
    person()
    listens("ntfy", {"url": f"{service.url}/topic"})
    there = moment(datetime(2026, 11, 20, 15, tzinfo=UTC), "America/New_York")
    done = Practice("calf_wall_straight", 1, Work(both_s=60), Work(both_s=60))
    StoredDiary().add([note(done, there, bytes(10))])

    assert look(begins(NIGHT)) == 0
    assert look(begins(NIGHT, "America/New_York")) == 1


def test_it_tries_again_by_itself_and_tells_what_was_wrong(service: Web) -> None:
    person()
    asked = listens("ntfy", {"url": f"{service.url}/topic"})
    service.status = 503
    look(begins(NIGHT))

    held = channels.channel(asked.id)
    assert held is not None
    assert held.failed_last
    assert "503" in held.why

    service.status = 200
    assert look(begins(NIGHT) + MINUTE) == 0
    assert look(begins(NIGHT) + 3 * MINUTE) == 1
    assert not channels.channels()[0].failed_last


def test_it_gives_up_a_reminder_after_some_tries(service: Web) -> None:
    person()
    listens("ntfy", {"url": f"{service.url}/topic"})
    service.status = 500
    for ahead in range(0, 30, 2):
        look(begins(NIGHT) + ahead * MINUTE)

    assert states() == {"failed": 1}
    assert len(service.posted) == 5


def test_it_asks_a_dead_subscription_no_more(service: Web) -> None:
    person()
    phone = Browser(service)
    asked = listens("push", phone.subscription() | {"contact": "you@example.org"})
    service.status = 410
    look(begins(NIGHT))
    look(begins(NIGHT + timedelta(days=1)))

    held = channels.channel(asked.id)
    assert held is not None
    assert held.gone
    assert len(service.posted) == 1


def test_it_reminds_by_the_other_ways_when_one_fails(service: Web, post: Mail) -> None:
    person()
    listens_everywhere(service, post)
    service.status = 500

    assert look(begins(NIGHT)) == 1
    assert len(post.letters) == 1


def test_it_speaks_the_language_in_which_it_was_asked(service: Web) -> None:
    person()
    listens("ntfy", {"url": f"{service.url}/topic"}, language="de")
    look(begins(NIGHT))

    assert service.posted[0].body.decode() == "Zeit für Ihre Routine"


def test_it_comes_again_when_it_was_put_off_but_not_more_often_than_wanted(service: Web) -> None:
    person()
    listens("ntfy", {"url": f"{service.url}/topic"})
    look(begins(NIGHT))
    [first] = DeliveryRow.objects.values_list("key", flat=True)
    again = begins(NIGHT) + 16 * MINUTE

    assert leases.put_off(first, begins(NIGHT) + 15 * MINUTE)
    assert not leases.put_off(first, begins(NIGHT) + 15 * MINUTE)
    assert (look(begins(NIGHT) + 14 * MINUTE), look(again)) == (0, 1)
    second = DeliveryRow.objects.exclude(key=first).get().key
    assert leases.put_off(second, again + 15 * MINUTE)
    assert look(again + 15 * MINUTE) == 0
    assert states() == {"snoozed": 2, "enough": 1}


def test_it_says_no_more_tonight_by_any_way_once_told_so(service: Web, post: Mail) -> None:
    person()
    listens_everywhere(service, post)
    service.status = 500  # mail arrives, the others are to be tried again
    look(begins(NIGHT))
    service.status = 200

    assert leases.decline(DeliveryRow.objects.get(state="arrived").key)
    assert look(begins(NIGHT) + 3 * MINUTE) == 0
    assert look(begins(NIGHT + timedelta(days=1))) == 3


def test_it_goes_on_after_a_round_that_broke(service: Web, caplog: pytest.LogCaptureFixture) -> None:
    person()
    listens("ntfy", {"url": f"{service.url}/topic"})
    ChannelRow.objects.update(address={})  # as an older or damaged file might have it
    told = iter([True, True, False])

    work(lambda: begins(NIGHT), lambda: next(told))
    assert "the next one is tried as usual" in caplog.text


def test_it_gives_a_delivery_to_one_worker_at_a_time(service: Web) -> None:
    person()
    listens("ntfy", {"url": f"{service.url}/topic"})
    now = begins(NIGHT)
    leases.add([leases.wanted(NIGHT, 0, channels.channels()[0].id, now)])

    mine = leases.claim(now)
    assert mine is not None
    assert leases.claim(now) is None
    theirs = leases.claim(now + leases.LEASE)
    assert theirs is not None
    # Who lost the lease notes nothing: the other one will.
    assert not leases.end(mine, leases.ARRIVED)
    assert leases.end(theirs, leases.ARRIVED)


def test_it_is_safe_to_run_two_workers_at_once(tmp_path: Path, service: Web, post: Mail) -> None:
    person()
    phone = listens_everywhere(service, post)
    nights = [NIGHT + timedelta(days=ahead) for ahead in range(10)]
    hand = Hand(tmp_path / "clock")
    hand.set(begins(nights[0]) - MINUTE)
    workers = [start_worker(tmp_path) for _ in range(2)]
    try:
        for night in nights:
            hand.set(begins(night))
            settle(night, 3)
    finally:
        for one in workers:
            kill(one)

    assert len(phone.received()) == len(post.letters) == 10
    assert len(service.posted) == 20
    assert set(DeliveryRow.objects.values_list("attempts", flat=True)) == {1}


def test_it_sends_what_is_due_now_by_the_very_command(tmp_path: Path, service: Web, post: Mail) -> None:
    person()
    phone = listens_everywhere(service, post)
    channels.keep_manners(Manners(time(3), time(3)), BERLIN)  # the hour of this test is anybody's guess
    now = datetime.now(UTC)
    leases.add(leases.wanted(night_of(moment(now, BERLIN)), 0, one.id, now) for one in channels.channels())

    command = [sys.executable, "-m", "quietlegs.cli.main", "worker", "--once"]
    done = subprocess.run(command, env=os.environ | {"QUIETLEGS_HOME": str(tmp_path)}, capture_output=True, check=True)

    assert done.stderr == b""
    assert (len(phone.received()), len(post.letters), states()) == (1, 1, {"arrived": 3})


def settle(night: date, count: int) -> None:
    """Wait until the night's reminders have arrived."""
    until = datetime.now(UTC) + timedelta(seconds=20)
    while DeliveryRow.objects.filter(night=night, state="arrived").count() < count:
        assert datetime.now(UTC) < until, states()
        sleep(0.02)
