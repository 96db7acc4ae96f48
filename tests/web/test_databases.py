"""Which database holds the diary: a file, or PostgreSQL where it is named, and a clear word where that cannot be."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from quietlegs.web import databases
from quietlegs.web.databases import VARIABLE, chosen
from quietlegs.web.store.home import DEMO_VARIABLE

ADDRESS = "postgresql://me:open-sesame@db.example.org:5433/diary"


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv(DEMO_VARIABLE, "0")


def test_it_is_a_file_where_nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", ADDRESS)  # that of another program

    assert chosen()["ENGINE"] == "django.db.backends.sqlite3"
    assert chosen()["NAME"].endswith("quietlegs.sqlite3")


def test_it_is_the_postgres_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, ADDRESS)

    told = chosen()
    assert told["ENGINE"] == "django.db.backends.postgresql"
    assert [told[name] for name in ("HOST", "PORT", "NAME", "USER", "PASSWORD")] == [
        "db.example.org", 5433, "diary", "me", "open-sesame",
    ]  # fmt: skip


def test_it_never_puts_the_simulated_person_among_real_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, ADDRESS)
    monkeypatch.setenv(DEMO_VARIABLE, "1")

    assert chosen()["NAME"].endswith("demo.sqlite3")


@pytest.mark.parametrize("url", ["mysql://me:open-sesame@host/diary", "open-sesame", "/tmp/diary.sqlite3"])
def test_it_refuses_another_database_and_repeats_no_password(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, url)
    with pytest.raises(ImproperlyConfigured, match="allowed: postgresql://name:password@host/database") as told:
        chosen()
    assert "sesame" not in str(told.value)


def test_it_says_which_packages_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, ADDRESS)
    monkeypatch.setattr(databases, "find_spec", lambda _name: None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install 'quietlegs\[postgres\]'"):
        chosen()
