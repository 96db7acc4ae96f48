"""Sources as a page shows them: only those that were read, each with its grade in words and a way to it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from quietlegs.library.evidence import Claim, Evidence, Grade, Source, Topic, Verdict
from quietlegs.library.shelf import Library
from quietlegs.words.catalogue import _, later

GRADE_WORDS = {
    Grade.ATTENTION_CONTROLLED: later("In restless legs, drawn by lot, and the other group got as much attention."),
    Grade.RANDOMISED: later("In restless legs, drawn by lot, but the other group did not get the same attention."),
    Grade.OTHER_POPULATION: later("Not about restless legs: other people or another complaint."),
    Grade.ADVICE: later("Advice from experts, not a study."),
    Grade.NONE: later("Nothing was found."),
    Grade.OBSERVATIONAL: later("People were watched or measured. That cannot show what causes what."),
}
_VERDICTS = {
    Verdict.SUPPORTED: later("supported"),
    Verdict.PARTLY: later("partly true"),
    Verdict.UNSUPPORTED: later("unsupported"),
    Verdict.CONTRADICTED: later("contradicted"),
}
_WAYS = (
    (re.compile(r"\b(10\.\d{4,9}/\S+)"), "https://doi.org/{}"),
    (re.compile(r"\bPMID:? ?(\d+)"), "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    (re.compile(r"\b(PMC\d+)"), "https://pmc.ncbi.nlm.nih.gov/articles/{}/"),
    (re.compile(r"\b(NCT\d{8})"), "https://clinicaltrials.gov/study/{}"),
    (re.compile(r"^(?:https?://)?((?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)$"), "https://{}"),
)


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source that was read; `note` is what it means here, `link` leads outside, None when there is no address."""

    source: Source
    grade: str
    grade_words: str
    link: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim of the article with the sources its verdict rests on."""

    claim: Claim
    verdict: str
    sources: tuple[ShownSource, ...]


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A topic with all the sources its parts rest on, each once."""

    topic: Topic
    sources: tuple[ShownSource, ...]


def link_to(address: str) -> str | None:
    """Return the outside address of a DOI, PMID, PMC or trial number or of a site; None for a printed page."""
    for pattern, way in _WAYS:
        found = pattern.search(address)
        if found:
            return way.format(quote(found[1], safe="/:()-._;?=&"))
    return None


def grade_name(grade: Grade) -> str:
    """Return how a grade is called; watching people has none."""
    return _("No grade") if grade is Grade.OBSERVATIONAL else _("Grade {grade}", grade=grade)


def show(source: Source, note: str = "") -> ShownSource:
    """Return a source with its grade in words."""
    return ShownSource(source, grade_name(source.grade), _(GRADE_WORDS[source.grade]), link_to(source.address), note)


def of_evidence(library: Library, evidence: Iterable[Evidence]) -> tuple[ShownSource, ...]:
    """Return what was read about a movement, with what each source means for it."""
    return tuple(show(source, note) for source, note in library.shown_evidence(evidence))


def of_keys(library: Library, keys: Iterable[str]) -> tuple[ShownSource, ...]:
    """Return the sources of these keys that were read, each once."""
    return tuple(show(source) for source in library.shown_sources(dict.fromkeys(keys)))


def of_claims(library: Library) -> tuple[ShownClaim, ...]:
    """Return the article's claims in their order."""
    return tuple(
        ShownClaim(claim, _(_VERDICTS[claim.verdict]), of_keys(library, claim.sources))
        for claim in library.claims.values()
    )


def of_topic(library: Library, topic: Topic) -> ShownTopic:
    """Return a topic with its sources gathered at the end."""
    return ShownTopic(topic, of_keys(library, (key for part in topic.parts for key in part.sources)))


def by_grade(library: Library) -> tuple[tuple[str, str, tuple[ShownSource, ...]], ...]:
    """Return every source that was read, the strongest grade first; a grade without sources is left out."""
    read = of_keys(library, library.sources)
    groups = ((grade, tuple(one for one in read if one.source.grade is grade)) for grade in GRADE_WORDS)
    return tuple((grade_name(grade), _(GRADE_WORDS[grade]), found) for grade, found in groups if found)
