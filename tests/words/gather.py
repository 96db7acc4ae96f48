"""The catalogues of words: `make words` gathers every marked text, merges it into each language and compiles it.

It is a program for people who work on quietlegs. What runs is the compiled catalogue alone, read by Python itself.
"""

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from quietlegs.words.catalogue import DOMAIN, FOLDER
from quietlegs.words.language import ENGLISH, LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "quietlegs"
TRANSLATED = tuple(key for key in LANGUAGES if key != ENGLISH)

_HEAD = """\
# The words of quietlegs in another language.
# `make words` writes this file; people write what stands after msgstr. CONTRIBUTING.md says how."""
_NOTE_TO_TRANSLATORS = "Translators:"
# Dates in the head change with every run and would make two people's work collide.
_RESTLESS = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Report-Msgid-Bugs-To",
    "Generated-By",
)
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_KEYWORDS = {
    "_": (1,),
    "later": (1,),
    "gettext": (1,),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Found = tuple[str | tuple[str, ...], str | None, list[str]]


def file_of(language: str, kind: str = "po") -> Path:
    """Return where a language's catalogue lies, to be written (`po`) or read by the program (`mo`)."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.{kind}"


def gathered() -> Catalog:
    """Return every text that is marked in Python and in templates."""
    found = Catalog(project="quietlegs", fuzzy=False)
    for file in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        place = file.relative_to(SOURCE).as_posix()
        for text, context, notes in _texts(file):
            found.add(text, locations=[(place, 0)], auto_comments=notes, context=context)
    return found


def _texts(file: Path) -> Iterator[Found]:
    text = file.read_text(encoding="utf-8")
    text = calls_of(text) if file.suffix == ".py" else _as_python(text, str(file))
    lines = io.BytesIO(text.encode())
    options = {"encoding": "utf-8"}
    for _line, said, notes, context in extract(
        "python", lines, _KEYWORDS, [_NOTE_TO_TRANSLATORS], options, strip_comment_tags=True
    ):
        yield said, context, notes


def calls_of(program: str) -> str:
    """Return the calls that mark texts, a line each, below their notes: some stand inside other texts, unseen there."""
    lines = program.splitlines()
    found = [one for one in ast.walk(ast.parse(program)) if isinstance(one, ast.Call)]
    marks = [one for one in found if isinstance(one.func, ast.Name) and one.func.id in _KEYWORDS]
    told: list[str] = []
    for one in sorted(marks, key=lambda call: (call.lineno, call.col_offset)):
        first = one.lineno - 1
        while first and lines[first - 1].lstrip().startswith("#"):
            first -= 1
        notes = (line.lstrip() for line in lines[first : one.lineno - 1])
        texts = (ast.unparse(each) for each in one.args if isinstance(each, ast.Constant))
        told += [*notes, f"{ast.unparse(one.func)}({', '.join(texts)})"]
    return "\n".join(told)


def _as_python(template: str, origin: str) -> str:
    """Return a template's marked texts as Python calls; lines are moved to the left, where Python wants them."""
    return "\n".join(line.lstrip() for line in templatize(template, origin=origin).splitlines())


def merged(language: str, found: Catalog) -> Catalog:
    """Return a language's catalogue with exactly the texts found; a text that was changed is a new one."""
    file = file_of(language)
    known = Catalog(locale=language)
    if file.exists():
        known = read_po(io.BytesIO(file.read_bytes()), locale=language)
    known.update(found, no_fuzzy_matching=True, update_creation_date=False)
    known.obsolete.clear()
    known.project, known.version, known.header_comment, known.fuzzy = "quietlegs", "1", _HEAD, False
    return known


def written(catalog: Catalog) -> str:
    """Return a catalogue as the text of its file."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, include_lineno=False, sort_by_file=True)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in _RESTLESS)))


def compiled(language: str) -> bytes:
    """Return a language's catalogue as the program reads it."""
    known, out = read_po(io.BytesIO(file_of(language).read_bytes()), locale=language), io.BytesIO()
    known.creation_date = known.revision_date = _SOME_DAY
    write_mo(out, known)
    return out.getvalue()


def main() -> int:
    """Gather, merge and compile; tell how many texts each language still lacks."""
    found = gathered()
    for language in TRANSLATED:
        file_of(language).parent.mkdir(parents=True, exist_ok=True)
        whole = merged(language, found)
        file_of(language).write_text(written(whole), encoding="utf-8")
        file_of(language, "mo").write_bytes(compiled(language))
        print(f"{language}: {len(whole)} texts, {len(untold(whole))} to translate")  # noqa: T201 - what the program is for
    return 0


def untold(catalog: Catalog) -> list[str]:
    """Return the texts of a catalogue that are not translated, or only by a guess."""
    return [one.id if isinstance(one.id, str) else one.id[0] for one in catalog if one.id and not _is_told(one)]


def _is_told(one: Message) -> bool:
    strings = [one.string] if isinstance(one.string, str) else list(one.string or ())
    return bool(strings) and all(strings) and not one.fuzzy


if __name__ == "__main__":
    sys.exit(main())
