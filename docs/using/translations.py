"""Tells a translator what the library still lacks in a language, and signs what is up to date.

`translations.py es` lists every file that is missing, wrong or older than its English. `translations.py es --sign NAME`
writes the fingerprint of today's English text into a file, NAME like `exercises/walk`: sign what you have read again.
Without NAME it signs the files that were never signed.
"""

import argparse
import re
import sys
from pathlib import Path

from quietlegs.library.languages import TRANSLATIONS, english_files, in_language, translated_file
from quietlegs.library.load import load_library
from quietlegs.library.spoken import fingerprint, texts
from quietlegs.library.translation import TRANSLATES

FOLDER = Path(__file__).resolve().parents[2] / "src" / "quietlegs" / "library"
_LINE = re.compile(rf'^{TRANSLATES} = ".*"\n+', flags=re.MULTILINE)


def main() -> int:
    """Sign what is asked for, then list what is missing or stale; the exit code is 1 where something is."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("language", choices=TRANSLATIONS)
    asked.add_argument("--sign", nargs="*", metavar="NAME")
    given = asked.parse_args()
    if given.sign is not None:
        sign(given.language, set(given.sign))
    _, problems = in_language(load_library(), FOLDER, given.language)
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


def sign(language: str, names: set[str]) -> None:
    """Put the fingerprint of the English into the first line of each file named, or of each without one."""
    for name, english in english_files(load_library()):
        path = FOLDER / f"{name}.{language}.toml"
        if not path.is_file():
            continue
        _, problems = translated_file(english, FOLDER, name, language)
        unsigned = any(f": {TRANSLATES} is missing" in problem for problem in problems)
        if name in names or (not names and unsigned):
            said = texts(english, type(english)) or {}
            rest = _LINE.sub("", path.read_text(encoding="utf-8"), count=1)
            path.write_text(f'{TRANSLATES} = "{fingerprint(said)}"\n\n{rest}', encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
