"""The page as a reader that is not typst sees it: one page, its text, its letters inside, its tags."""

import io
import struct
import zlib
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from tests.report.diary import ARMS, LIBRARY, at, demo, fact, on, rated, report_of

from quietlegs.records.fact import Fact
from quietlegs.records.measured import ClinicianScore, LabValue
from quietlegs.records.slept import Intake, Sleep, Substance, Unit
from quietlegs.report.period import Period
from quietlegs.report.report import Report, reported
from quietlegs.sheet.page import page
from quietlegs.sheet.printed import Paper, pdf, picture
from quietlegs.words.language import LANGUAGES, speaking

MARKUP = '#import "/etc/passwd": * $x^2$ @label *bold* _it_ = H #panic() \\ `raw` <b>&amp;</b> // no /* none */'


def read(report: Report, paper: Paper = Paper.A4, *, with_nights: bool = False) -> PdfReader:
    made = pdf(page(report, version="1.2.3", with_nights=with_nights), paper, made_on=report.made_on)
    return PdfReader(io.BytesIO(made))


def root_of(found: PdfReader) -> Any:
    """The file's own description; what a PDF holds has no types."""
    return found.trailer["/Root"]


def text_of(one: PageObject) -> str:
    """Its words with single spaces, without the marks at which a long word may break."""
    return " ".join(one.extract_text().replace("\u200b", "").split())


def full(nights: int) -> list[Fact]:
    """Ninety nights with everything a diary can hold, names as long as they may be."""
    long = "Sehrlangernamederohneleerzeichenwiederholtwirdundnochlaengerist/" * 2
    facts = [rated(k, k % 11 or 1, (21, k % 60), ARMS) for k in range(nights)]
    facts += [fact(Sleep(at(k, 22), at(k, 23), at(k, 6), 3, 5), k) for k in range(nights)]
    for k in range(25):
        name = f"{k:02}{long}"[:120]
        facts.append(fact(Intake(Substance.MEDICINE, k + 1, Unit.TABLET, name=name), k))
        facts.append(fact(LabValue(name[:80], 1.25 + k, "ng/mL" * 8, on(k), name, name), k))
        facts.append(fact(ClinicianScore(name[:80], k, on(k), 7), k))
    return facts


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("kind", ["demo", "empty", "two years", "three nights", "full"])
def test_it_is_one_page_whatever_the_diary_holds(kind: str, language: str, paper: Paper) -> None:
    with speaking(language):
        made = {
            "demo": lambda: report_of(demo(91), 91),
            "empty": lambda: report_of([], 91),
            "two years": lambda: report_of(demo(730), 730),
            "three nights": lambda: report_of([rated(k, 4, (21, 0)) for k in range(3)], 91),
            "full": lambda: report_of(full(90), 90),
        }[kind]()
        found = read(made, paper)

    assert len(found.pages) == 1
    wide, tall = (round(float(found.pages[0].mediabox[place])) for place in (2, 3))
    assert (wide, tall) == {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}[paper]
    assert root_of(found)["/Lang"] == language


def test_it_can_be_read_back_word_for_word() -> None:
    report = report_of(demo(91), 91)
    felt, told = report.severity.all, text_of(read(report).pages[0])

    assert "1 June 2026 to 30 August 2026, 91 nights" in told
    assert f"{felt.answered} of 91" in told
    assert f"{felt.free} of {felt.answered}" in told
    assert "Signs of augmentation to look at" in told
    assert "helps you" in told
    assert "Nights without an answer" not in told
    assert "quietlegs 1.2.3" in told


def test_it_prints_what_a_person_wrote_as_it_is_and_never_as_markup() -> None:
    facts = [
        fact(Intake(Substance.MEDICINE, 1, Unit.TABLET, name=MARKUP), 1),
        fact(LabValue(MARKUP[:80], 1, "$a$", on(1)), 1),
    ]

    told = text_of(read(report_of(facts, 7), with_nights=True).pages[0])

    assert "".join(MARKUP.split()) in "".join(told.split())
    assert "1 $a$" in told


def test_it_carries_its_own_letters_and_no_program() -> None:
    found = read(report_of(full(40), 40), with_nights=True)

    for one in found.pages:
        fonts: Any = one["/Resources"]
        for font in fonts["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner)
            assert "/ToUnicode" in font.get_object()
    assert not {"/JavaScript", "/OpenAction", "/AA"} & set(root_of(found))
    assert found.attachments == {}


def kinds(node: object) -> list[str]:
    """The structure's elements in reading order."""
    found: list[str] = []
    if isinstance(node, ArrayObject):
        for one in node:
            found += kinds(one.get_object())
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            found.append(str(node["/S"]))
        if "/K" in node:
            found += kinds(node["/K"].get_object())
    return found


def alternatives(node: object) -> list[str]:
    if isinstance(node, ArrayObject):
        return [told for one in node for told in alternatives(one.get_object())]
    if isinstance(node, DictionaryObject):
        own = [str(node["/Alt"])] if "/Alt" in node else []
        return own + (alternatives(node["/K"].get_object()) if "/K" in node else [])
    return []


def test_it_is_tagged_so_that_it_can_be_heard() -> None:
    found = read(report_of(full(40), 40), with_nights=True)
    root = root_of(found)
    tags = kinds(root["/StructTreeRoot"]["/K"].get_object())

    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF's boolean is an object of its own
    assert "pdfuaid" in found.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]  # there is one
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - as above
    assert found.metadata is not None
    assert found.metadata.title == "Restless legs: what a diary says"
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L", "/LI"} <= set(tags)
    assert tags.index("/H1") < tags.index("/H2")


def test_it_tells_its_chart_in_words() -> None:
    found = read(report_of([rated(0, 4, (21, 30)), rated(1, 0)], 14))
    told = " ".join(alternatives(root_of(found)["/StructTreeRoot"]["/K"].get_object()))

    assert "Week from 1 Jun: severity 2.0 on average, 1 night without symptoms, 2 answered, begins at 21:30." in told
    assert "Week from 8 Jun: no answer." in told


def test_it_puts_every_night_on_further_pages_when_asked() -> None:
    report = report_of([rated(k, 4) for k in range(0, 60, 2)], 60)
    found = read(report, with_nights=True)
    told = " ".join(text_of(one) for one in found.pages[1:])

    assert len(found.pages) > 1
    for night in report.nights:
        assert f"{night.on:%a} {night.on.day} {night.on:%b} {night.on.year}" in told


def test_it_prints_letters_that_no_font_has_as_boxes_and_still_makes_a_page() -> None:
    facts = [fact(Intake(Substance.MEDICINE, 1, Unit.TABLET, name="\U00012000 \u4e2d\u6587 Pramipexol\u202e\x07"), 1)]

    told = text_of(read(report_of(facts, 7)).pages[0])

    assert "Pramipexol" in told
    assert "\u202e" not in told


def test_it_gives_the_same_bytes_for_the_same_report() -> None:
    report = report_of([rated(k, 4) for k in range(9)], 9)

    made = [pdf(page(report, version="1"), made_on=report.made_on) for _ in range(2)]

    assert made[0] == made[1]


def test_it_draws_its_first_page_in_grey_alone() -> None:
    drawn = picture(page(report_of(full(30), 30), version="1"), ppi=40)
    wide, tall, depth, colour = struct.unpack(">IIBB", drawn[16:26])
    chunks, place = b"", 8
    while place < len(drawn):
        length, name = struct.unpack(">I4s", drawn[place : place + 8])
        chunks += drawn[place + 8 : place + 8 + length] if name == b"IDAT" else b""
        place += 12 + length
    step = {2: 3, 6: 4}[colour]
    rows = zlib.decompress(chunks)
    before = np.zeros(wide * step, dtype=np.int64)
    assert depth == 8
    for row in range(tall):
        kind, *values = rows[row * (wide * step + 1) : (row + 1) * (wide * step + 1)]
        before = _unfiltered(kind, np.array(values), before, step)
        points = before.reshape(wide, step)
        assert (points[:, 0] == points[:, 1]).all()
        assert (points[:, 1] == points[:, 2]).all()


def _unfiltered(kind: int, row: NDArray[np.int64], above: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """Undo one of PNG's five filters."""
    out = row.copy()
    for place in range(len(out)):
        left, over = (out[place - step] if place >= step else 0), above[place]
        corner = above[place - step] if place >= step else 0
        guess = left + over - corner
        nearest = min((left, over, corner), key=lambda one: abs(guess - one))
        out[place] = (row[place] + (0, left, over, (left + over) // 2, nearest)[kind]) % 256
    return out


def test_it_leaves_a_unit_whole_for_who_copies_it() -> None:
    told = read(report_of([fact(LabValue("Ferritin", 48, "ng/mL", on(1)), 1)], 7)).pages[0].extract_text()

    assert "48 ng/mL" in told


def test_it_says_plainly_that_three_nights_are_few() -> None:
    told = text_of(read(report_of([rated(k, 4, (21, 0)) for k in range(3)], 90)).pages[0])

    assert "3 of 90" in told
    assert "only 3 nights" in told
    assert "cannot be told: it takes 6 weeks" in told


def test_it_says_what_was_not_entered() -> None:
    told = text_of(read(reported([], LIBRARY, Period(on(0), on(6)), on(6) + timedelta(days=1))).pages[0])

    for sentence in (
        "None was entered. That does not mean that none is taken.",
        "No fair trial has nights in this period.",
        "The diary asks no licensed questionnaire",
    ):
        assert sentence in told
