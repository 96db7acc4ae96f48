"""Histories of two phones and one diary, drawn by Hypothesis: nothing kept is lost, nothing is doubled.

Real outbox and IndexedDB in a real Chromium, real pages and SQLite behind a wire that fails (see `wire.py`). A phone
is a browser context, a tab is a frame in it. What is promised and checked after each step and at the end:

- what `add` has promised to keep is in the diary, or waits on the phone, or was refused for a reason that is kept;
- the diary holds each entry once, with the time of its tap by the phone's own clock, right or wrong;
- what the phone says is unsent is what the diary lacks; only where an answer was lost may it say too much, until it
  has spoken to the diary again;
- when the storage of a phone is evicted, what had been sent stays, and what an open tab added comes back: only what
  no diary and no open tab had may be gone;
- of entries about one night that both hold, the newest is shown.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page
from tests.browser.wire import FAULTS, Served
from tests.web.prepared import on_a_copy

from quietlegs import day
from quietlegs.records.felt import NightRating
from quietlegs.records.wire import to_wire
from quietlegs.web.store.diary import StoredDiary

PHONES, TABS = ("north", "south"), ("left", "right")
A_DAY_MS = 86_400_000
AHEAD_DAYS = (0, 0, 0, -1, 1, -400, 30)
MOST_AHEAD_DAYS = 2
FIRST = date(1990, 1, 1)
NIGHTS = 9000
FORBIDDEN: tuple[list[str], ...] = ([], [], [], ["locks"], ["locks"], ["indexedDB"], ["localStorage"])
# Some of them do nothing: whether a rule may be chosen must not depend on how quick the browser was.
STEPS = 20
# Longer than the patience with a silent IndexedDB.
_SOON_S = 10.0
# After these the phone is also asked for its count: each question takes time.
_COUNTS = {"flush", "nothing"}
_RENEWED_AFTER = 60
_NAMES = count()

keys, tabs = st.sampled_from(PHONES), st.sampled_from(TABS)
faults = st.lists(st.sampled_from(FAULTS), max_size=4)


@dataclass
class Phone:
    """A browser context, and what is true of it in this history."""

    key: str
    context: BrowserContext
    page: Page
    devtools: CDPSession
    origin: str
    forbidden: list[str] = field(default_factory=list)
    ahead_days: int = 0
    name: str = ""
    tabs: dict[str, set[str]] = field(default_factory=dict)
    promised: set[str] = field(default_factory=set)
    tapped: set[str] = field(default_factory=set)
    may_be_gone: set[str] = field(default_factory=set)
    evicted: bool = False
    holds: str | None = None
    said: list[dict[str, Any]] = field(default_factory=list)

    def begin(self, name: str, forbidden: list[str]) -> None:
        self.name, self.forbidden, self.ahead_days = name, forbidden, 0
        self.tabs, self.promised, self.tapped, self.may_be_gone = {}, set(), set(), set()
        self.holds, self.evicted, self.said = None, False, []

    def at(self, tab: str) -> dict[str, Any]:
        self.tabs.setdefault(tab, set())
        ahead_ms = self.ahead_days * A_DAY_MS
        return {"key": tab, "name": self.name, "phone": self.key, "forbidden": self.forbidden, "ahead_ms": ahead_ms}

    def act(self, script: str, *arguments: Any) -> Any:
        """Do something in the browser; hear also what the phone says after it."""
        about = [list(self.tabs), self.name, self.key, script in _COUNTS]
        done, self.said = self.page.evaluate("(given) => window.act(...given)", [script, list(arguments), about])
        return done

    def says(self, what: str) -> set[str]:
        """The ids of what waits, or of what was refused, by all open tabs together."""
        return {key for tab in self.said for key in tab[what]}

    def can_send(self, tab: str) -> bool:
        """Whether this tab has something to send; what was evicted may be known to another one alone."""
        own = any(said["tab"] == tab and said["waiting"] for said in self.said)
        return own or (not self.evicted and bool(self.says("waiting")))

    def renew(self) -> None:
        """Come with fresh pages: what earlier histories left in memory is gone."""
        self.page.goto(f"{self.origin}/phone.html")
        self.page.wait_for_function("window.ready")
        self.page.evaluate("window.tidy()")


def phone(browser: Browser, served: Served, key: str) -> Phone:
    context = browser.new_context(timezone_id="Europe/Berlin")
    page = context.new_page()
    found = Phone(key, context, page, context.new_cdp_session(page), served.url)
    found.renew()
    return found


@dataclass
class World:
    """What all histories share."""

    served: Served
    phones: dict[str, Phone]
    histories: int = 0
    seen: Counter[str] = field(default_factory=Counter)


@contextmanager
def world(browser: Browser, folder: Path) -> Iterator[World]:
    """Two phones and a fresh diary in this folder."""
    with on_a_copy(folder):
        served = Served()
        phones = {key: phone(browser, served, key) for key in PHONES}
        yield World(served, phones)
        for one in phones.values():
            one.context.close()
        served.close()


class Histories(RuleBasedStateMachine):
    """One history: two phones, each with up to two tabs, and one diary."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        number = next(_NAMES)
        self.night = FIRST + timedelta(days=number % NIGHTS)
        self.made: dict[str, dict[str, Any]] = {}
        self.number = number
        self.asked_at = -1
        self.rows: dict[str, dict[str, Any]] = {}
        self.wire = self.world.served.wire
        self.phones = self.world.phones
        self.wire.begin()

    @initialize(forbidden=st.tuples(*[st.sampled_from(FORBIDDEN)] * 2))
    def begin(self, forbidden: tuple[list[str], list[str]]) -> None:
        for one, what in zip(self.phones.values(), forbidden, strict=True):
            if self.number and self.number % _RENEWED_AFTER == 0:
                one.renew()
            one.begin(f"history-{self.number}", what)

    @rule(key=keys, tab=tabs, severities=st.lists(st.integers(0, 10), min_size=1, max_size=4), plan=faults,
          kill=st.sampled_from([False, False, False, True]), replaces=st.none() | st.integers(0, 20))  # fmt: skip
    def taps(
        self, key: str, tab: str, severities: list[int], plan: list[str], *, kill: bool, replaces: int | None
    ) -> None:
        """Entries are made; the tab may be killed in the same moment, before they are promised to be kept."""
        one = self.phones[key]
        self.wire.plan[key].extend(plan)
        kill = kill and one.holds != tab
        known = list(self.made)
        replaced = {"id": known[replaces % len(known)]} if known and replaces is not None else None
        wanted = [
            {
                "kind": "night_rating",
                "payload": {"severity": severity},
                "night": self.night.isoformat(),
                "replaced": replaced,
            }
            for severity in severities
        ]
        done = one.act("add", one.at(tab), wanted, {"waits": one.holds is None, "kill": kill})
        ids = {fact["id"] for fact in done["facts"]}
        self.made |= {fact["id"]: fact | {"ahead": one.ahead_days} for fact in done["facts"]}
        one.tapped |= ids
        self.asked_at = -1
        if kill:
            self.world.seen["killed at the tap"] += 1
            self._closed(one, tab)
            return
        assert done["kept"] == ("browser" if "indexedDB" in one.forbidden else "disk")
        one.promised |= ids
        one.tabs[tab] |= ids

    @rule(key=keys, tab=tabs, plan=faults)
    def tries_again(self, key: str, tab: str, plan: list[str]) -> None:
        """A page is opened, the network is back, or the waiting time is over."""
        one = self.phones[key]
        self.wire.plan[key].extend(plan)
        one.act("flush", one.at(tab), one.holds is None)

    @rule(key=keys, offline=st.booleans(), days=st.none() | st.sampled_from(AHEAD_DAYS))
    def changes(self, key: str, days: int | None, *, offline: bool) -> None:
        """The network comes or goes, or the clock is set, rightly or wrongly."""
        if days is not None:
            self.phones[key].ahead_days = days
        elif self.phones[key].holds is None:
            (self.wire.offline.add if offline else self.wire.offline.discard)(key)

    @rule(key=keys, tab=tabs)
    def begins_to_send(self, key: str, tab: str) -> None:
        """A request stays on the wire while other things happen."""
        one = self.phones[key]
        if one.holds is not None or key in self.wire.offline or not one.can_send(tab):
            return
        self.wire.plan[key].clear()
        self.wire.plan[key].append("held")
        one.act("flush", one.at(tab), False)
        self.wire.until_held(key)
        one.holds = tab
        self.world.seen["held"] += 1

    @rule(key=keys, fault=st.sampled_from(FAULTS))
    def ends_what_was_begun(self, key: str, fault: str) -> None:
        if self.phones[key].holds is not None:
            self._release(self.phones[key], fault)

    @rule(which=st.integers(0, 10))
    def arrives_late(self, which: int) -> None:
        """A request that was long on the wire arrives, once more or for the first time, out of its order."""
        if not self.wire.late:
            return
        self.world.served.deliver(self.wire.late.pop(which % len(self.wire.late)))
        self.world.seen["arrived late"] += 1

    @rule(key=keys, tab=tabs, all_of_it=st.sampled_from([False, False, False, True]))
    def loses(self, key: str, tab: str, *, all_of_it: bool) -> None:
        """A tab is killed, or the browser wants room and deletes all that this phone has stored."""
        one = self.phones[key]
        if all_of_it and one.holds is None:
            self._evict(one)
        elif not all_of_it and tab in one.tabs:
            self.world.seen["tab killed"] += 1
            one.act("kill", tab)
            self._closed(one, tab)

    def _evict(self, one: Phone) -> None:
        one.act("nothing")
        refused = one.says("refused")
        types = {"origin": one.origin, "storageTypes": "indexeddb,local_storage"}
        one.devtools.send("Storage.clearDataForOrigin", types)
        one.act("nothing")
        one.evicted = True
        self.world.seen["evicted"] += 1
        # An open tab still knows what it made and has not heard of; everything else was sent, or is gone. What was
        # refused lay on the shelf alone.
        held = set().union(*one.tabs.values()) - refused if one.tabs else set()
        one.may_be_gone |= one.tapped - held - set(self._rows())

    def _closed(self, one: Phone, tab: str) -> None:
        lost = one.tabs.pop(tab, set())
        if one.evicted:
            # What an open tab had put back may be there again; what it had not is gone with it.
            one.may_be_gone |= lost
        if one.holds == tab:
            self._release(one, "dies after")

    def _release(self, one: Phone, fault: str) -> None:
        one.holds = None
        self.wire.release(one.key, fault)
        one.act("settled", list(one.tabs), one.name)

    @invariant()
    def keeps_every_promise(self) -> None:
        if any(one.holds for one in self.phones.values()):
            return
        until = time.monotonic() + _SOON_S
        while (wrong := self._wrong()) and time.monotonic() < until:
            # Tabs hear of each other a moment later, so it is asked again before it counts.
            time.sleep(0.01)
            for one in self.phones.values():
                one.act("nothing")
        assert not wrong, wrong

    def _wrong(self) -> list[str]:
        """What is not as promised."""
        stored = set(self._rows())
        found = []
        for one in self.phones.values():
            waiting, refused = one.says("waiting"), one.says("refused")
            lost = one.promised - stored - waiting - refused - one.may_be_gone
            too_much = waiting & self.wire.told[one.key]
            strange = (waiting | refused) - one.tapped
            twice = [tab for tab in one.said if len(set(tab["waiting"])) < len(tab["waiting"])]
            found += [f"{one.key} lost {lost}"] if lost else []
            found += [f"{one.key} says unsent, though told otherwise: {too_much}"] if too_much else []
            found += [f"{one.key} knows what it never made: {strange}"] if strange else []
            found += [f"{one.key} miscounts: {one.said}"] if any(map(_miscounts, one.said)) else []
            found += [f"{one.key} holds something twice: {twice}"] if twice else []
        return found

    def _rows(self) -> dict[str, dict[str, Any]]:
        """What the diary holds of this history; asked anew when something was sent since."""
        if self.asked_at != self.world.served.diary.requests:
            self.asked_at = self.world.served.diary.requests
            ids = [UUID(one) for one in self.made]
            stored = self.world.served.diary.run(lambda: StoredDiary().stored(ids))
            self.rows = {str(one): to_wire(fact) for one, fact in stored.items()}
        return self.rows

    def teardown(self) -> None:
        """In the end the network is back and everybody tries once more."""
        if not self.phones["north"].name or sys.exception():
            return
        for one in self.phones.values():
            self.wire.plan[one.key].clear()
            if one.holds is not None:
                self._release(one, "ok")
            self.wire.offline.discard(one.key)
            for tab in list(one.tabs) or TABS[:1]:
                one.act("flush", one.at(tab), True)
        while self.wire.late:
            self.world.served.deliver(self.wire.late.pop())
        self.keeps_every_promise()
        self._ends_well()
        self.world.histories += 1
        self.world.seen["entries"] += len(self.made)

    def _ends_well(self) -> None:
        rows = self._rows()
        for one in self.phones.values():
            assert not one.says("waiting"), "everything could be sent"
            refused = one.says("refused")
            assert one.promised - one.may_be_gone <= set(rows) | refused
            assert {self.made[key]["ahead"] > MOST_AHEAD_DAYS for key in refused} <= {True}
        for key, row in rows.items():
            told = {name: value for name, value in self.made[key].items() if name != "ahead"}
            assert _plain(row) == _plain(told), "stored as it was tapped"
        self._shows_the_newest(rows)

    def _shows_the_newest(self, rows: dict[str, dict[str, Any]]) -> None:
        replaced = {row["supersedes"] for row in rows.values()}
        hold = [row for key, row in rows.items() if key not in replaced]
        newest = max(hold, key=lambda row: (_instant(row["at"]), row["id"]), default=None)
        shown = self.world.served.diary.run(lambda: day.rating_of(StoredDiary(), self.night))
        assert (shown and str(shown.id)) == (newest and newest["id"])
        if shown and newest:
            assert isinstance(shown.payload, NightRating)
            assert shown.payload.severity == newest["payload"]["severity"]


def _miscounts(says: dict[str, Any]) -> bool:
    told = says["standing"]
    return bool(told) and (told["waiting"], told["refused"]) != (len(says["waiting"]), len(says["refused"]))


def _instant(text: str) -> str:
    return text.replace("Z", "").ljust(26, "0") if "." in text else text.replace("Z", "") + ".000000"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """The same moment however many zeros are written after it; a place that was not named is none."""
    payload = {name: value for name, value in row["payload"].items() if value != []}
    return row | {"at": _instant(row["at"]), "wall": _instant(row["wall"]), "payload": payload}


def live(made: World, *, count: int, lot: int) -> None:
    """Live through so many histories, drawn by lot; one that breaks a promise is made as short as it can be."""
    machine = seed(lot)(type("Drawn", (Histories,), {"world": made}))
    how = settings(
        max_examples=count,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=how)
