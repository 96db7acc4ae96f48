"""The worker beside the server: started again when it dies, ever more rarely when that does not help."""

import sys
from collections.abc import Iterator

import pytest

from quietlegs.web.worker.child import Child

DIES = (sys.executable, "-c", "")
LIVES = (sys.executable, "-c", "import sys; sys.stdin.read()")


class Seconds:
    """A clock whose hand the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def living(seconds: Seconds) -> Iterator[Child]:
    child = Child(LIVES, seconds)
    yield child
    child.stop()


def rest_of(child: Child, seconds: Seconds) -> float:
    """Let it die, and return how long it takes until another one is started."""
    child.process.kill()
    child.process.wait()
    died, before = seconds.now, child.process
    child.look_after()
    while child.process is before:
        seconds.now += 1
        child.look_after()
    return seconds.now - died


def test_it_leaves_alone_what_lives(living: Child, seconds: Seconds) -> None:
    before = living.process
    for _ in range(20):
        seconds.now += 60
        living.look_after()

    assert living.process is before


def test_it_waits_ever_longer_but_never_gives_up(seconds: Seconds) -> None:
    child = Child(DIES, seconds)
    rests = [rest_of(child, seconds) for _ in range(12)]
    child.stop()

    assert rests == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


def test_it_begins_anew_after_a_long_life(living: Child, seconds: Seconds) -> None:
    assert [rest_of(living, seconds) for _ in range(3)] == [1, 2, 4]
    seconds.now += 601
    assert rest_of(living, seconds) == 1


def test_it_ends_when_the_server_lets_go(seconds: Seconds) -> None:
    child = Child(LIVES, seconds)
    child.let_go()

    assert child.process.wait(10) == 0
