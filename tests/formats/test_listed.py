"""Lists of JSON, an element at a time: the same as the whole would be, whatever cuts it, and never all at once."""

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quietlegs.formats import listed
from quietlegs.formats.listed import elements

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


class Dripping(io.BytesIO):
    """A stream that gives a few bytes at a time, as one out of a zip may."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 3) if size and size > 0 else 3)


def of(text: str, encoding: str = "utf-8", *names: str) -> list[Any]:
    return list(elements(Dripping(text.encode(encoding)), names))


@settings(deadline=None)
@given(rows=st.lists(VALUES, max_size=6), indent=st.none() | st.integers(0, 3), ascii_alone=st.booleans())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_it_gives_what_the_whole_would(rows: list[Any], indent: int | None, ascii_alone: bool, encoding: str) -> None:
    text = json.dumps(rows, indent=indent, ensure_ascii=ascii_alone)
    # A half of a letter of two halves can be escaped alone, but not written.
    if ascii_alone or text.encode("utf-8", "ignore").decode() == text:
        assert of(text, encoding) == rows


@settings(deadline=None)
@given(first=st.lists(VALUES, max_size=3), wanted=st.lists(VALUES, max_size=3), other=VALUES)
def test_it_takes_the_lists_of_an_object_that_are_asked_for(first: list[Any], wanted: list[Any], other: Any) -> None:
    text = json.dumps({"steps": first, "more": {"sleep": [7]}, "sleep": wanted, "rest": other}, ensure_ascii=True)

    assert of(text, "utf-8", "sleep") == wanted


@given(rows=st.lists(VALUES, min_size=1, max_size=4), share=st.floats(0, 1, exclude_max=True))
@settings(deadline=None)
def test_it_gives_whole_elements_alone_out_of_what_was_cut(rows: list[Any], share: float) -> None:
    text = json.dumps(rows, ensure_ascii=True)
    given_: list[Any] = []

    try:
        for one in elements(io.BytesIO(text[: int(share * len(text))].encode())):
            given_.append(one)  # noqa: PERF402 - what came before the error counts
    except ValueError:
        # A number that was cut is another number: one at the very end is not taken for whole.
        assert given_ == rows[: len(given_)]
    else:
        pytest.fail("what was cut was taken for whole")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file ends before its list does"),
        ("[1, 2", "the file ends before its list does"),
        ("[1, 2.", "the file ends before its list does"),
        ('[1] "more"', "there is more behind its end"),
        ("[1 2]", r"'2'; allowed: , \]"),
        ("[1,]", "Expecting value"),
        ('{"sleep" [1]}', r"'\['; allowed: :"),
        ('{"sleep": [1}', r"'}'; allowed: , \]"),
        ("Dear doctor", r"'D'; allowed: \["),
        ('["open', "Unterminated string"),
        ('{"id": 1, [1]: [2]}', r"'\['; allowed: \""),
        ('{"sleep": [], {"a": 1}: [2]}', r"'{'; allowed: \""),
        ("{1: [2]}", "'1'; allowed: \""),
        ('{"sleep": [], ', "the file ends before its list does"),
    ],
)
def test_it_says_what_is_no_json(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        of(text, "utf-8", "sleep")


def test_it_sees_at_once_that_an_element_is_none() -> None:
    stream = io.BytesIO(b"[1, {" + b'"a": 1, ' * 100 + b"oops, " + b" " * 100_000_000)

    with pytest.raises(ValueError, match="double quotes"):
        list(elements(stream))
    assert stream.tell() < 2**20


def test_it_refuses_an_element_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "MOST_CHARACTERS", 2**20)
    stream = io.BytesIO(b'[1, "' + b"x" * 50_000_000)
    rows = elements(stream)

    assert next(rows) == 1
    with pytest.raises(ValueError, match="longer than 1048576 characters"):
        next(rows)
    assert stream.tell() < 5 * 2**20


def test_it_is_not_led_into_the_depths() -> None:
    with pytest.raises(RecursionError):
        of("[" * 200_000)


def test_it_keeps_one_element_at_a_time() -> None:
    row = json.dumps({"id": 1, "items": list(range(200))})
    stream = io.BytesIO(f'{{"steps": [{",".join([row] * 8000)}], "sleep": [{",".join([row] * 8000)}]}}'.encode())
    tracemalloc.start()
    try:
        assert sum(1 for _one in elements(stream, {"sleep"})) == 8000
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 3_000_000
