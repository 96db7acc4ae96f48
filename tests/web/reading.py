"""Reads a page as a person does: its words, what is said of pictures and fields, and the words handed to scripts."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.test import Client

OPEN, CLOSE = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}", "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"
_SAID = {"aria-label", "title", "alt", "placeholder", "content"}
_SILENT = {"style", "script", "code"}
_LETTERS = re.compile(r"[^\W\d_]{2,}")


class Reader(HTMLParser):
    """Gathers what stands outside the marks of a translation."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.loose: list[str] = []
        self.links: list[str] = []
        self.lang = ""
        self._within: list[str] = []
        self._data = False
        self._before = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links and what attributes say."""
        told = dict(attrs)
        self._data = tag == "script" and told.get("type") == "application/json"
        if tag == "text":
            self._before = self.depth
        if tag == "html":
            self.lang = told.get("lang") or ""
        if tag == "a" and told.get("href"):
            self.links.append(told["href"] or "")
        if tag in _SILENT or ("lang" in told and tag != "html"):
            self._within.append(tag)
        for name, value in told.items():
            if name in _SAID and value and (name != "content" or told.get("name") == "description"):
                self.loose += outside(value)[0]

    def handle_endtag(self, tag: str) -> None:
        """Come out of what is not read; a word in a picture may have been shortened, its last mark with it."""
        if tag == "text":
            self.depth = self._before
        if self._within and self._within[-1] == tag:
            self._within.pop()
        self._data = False

    def handle_data(self, data: str) -> None:
        """Read a piece of text; a translation may reach over several pieces."""
        if self._data:
            self.loose += [text for value in strings(json.loads(data)) for text in outside(value)[0] if " " in text]
        elif not self._within:
            found, self.depth = outside(data, self.depth)
            self.loose += found


def outside(text: str, depth: int = 0) -> tuple[list[str], int]:
    """Return the pieces with words that stand outside the marks, and how deep the text ends."""
    found, piece = [], ""
    for sign in text:
        if sign == OPEN:
            depth += 1
        elif sign == CLOSE:
            depth -= 1
        elif depth == 0:
            piece += sign
            continue
        found.append(piece)
        piece = ""
    return [part.strip() for part in (*found, piece) if _LETTERS.search(part)], depth


def strings(value: Any) -> Iterator[str]:
    """Yield every text in JSON; keys are for programs."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def walk(client: Client, start: str, language: str) -> Iterator[tuple[str, Reader]]:
    """Follow every link within, each kind of address a few times."""
    waiting, seen, kinds = [start], set(), dict[str, int]()
    while waiting:
        path = waiting.pop(0).partition("#")[0]
        kind = re.sub(r"\d{4}-\d\d(-\d\d)?|[0-9a-f-]{36}|/[a-z_]+/$", "*", path)
        if not path.startswith("/") or path in seen or kinds.get(kind, 0) >= 6:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = Reader()
        page.feed(answer.content.decode())
        assert (page.lang, page.depth) == (language, 0), path
        waiting += page.links
        yield path, page
