"""The oracle: a test that knows autocorrelation, spread and trend, looks every night and spends alike."""

from dataclasses import replace

import numpy as np
from tests.truth.people import Floats, Person

from quietlegs.trials.spending import Spending

_NULL = 20_000
_PEOPLE = 4_000
_RIDGE = 1e-9


def oracle_power(
    person: Person, rng: np.random.Generator, *, null: int = _NULL, people: int = _PEOPLE
) -> tuple[float, float]:
    """Return the chance of the right claim about arm 1: with nightly looks, and with one look at the end."""
    idle = evidence(replace(person, effect=0.0), null, rng)
    limits = boundary(np.abs(idle).max(axis=2), Spending((idle.shape[1],), (0.05,)))
    found = evidence(person, people, rng)[:, :, 0] * np.sign(person.effect)
    last = np.quantile(np.abs(idle[:, -1]).max(axis=1), 0.95)
    return float((found >= limits).any(axis=1).mean()), float((found[:, -1] >= last).mean())


def boundary(strongest: Floats, spending: Spending) -> Floats:
    """Return night by night the size that lets just what may be spent pass, of people by nights without effect."""
    limits, alive = np.full(strongest.shape[1], np.inf), np.ones(len(strongest), dtype=np.bool_)
    for night, spent in enumerate(spending.spent()):
        budget = int(spent * len(strongest)) - int((~alive).sum())
        if night + 1 >= spending.first_look and budget > 0:
            limits[night] = np.partition(strongest[alive, night], -budget)[-budget]
            alive &= strongest[:, night] < limits[night]
    return limits


def evidence(person: Person, people: int, rng: np.random.Generator) -> Floats:
    """Return people by nights by arms: each arm less the comparator, in known standard errors."""
    answers, codes = person.diaries(people, rng)
    answers = answers - person.trend * (np.arange(answers.shape[1]) / (answers.shape[1] - 1) - 0.5)
    arms = np.arange(person.arms)
    known = np.zeros((people, person.arms, person.arms)) + _RIDGE * np.eye(person.arms)
    told, found = np.zeros((people, person.arms)), np.zeros((people, answers.shape[1], person.arms - 1))
    before, before_answer = np.zeros((people, person.arms)), np.zeros(people)
    gap = np.full(people, np.inf)
    for night in range(answers.shape[1]):
        seen = ~np.isnan(answers[:, night])
        carry = np.power(person.phi, gap)
        now, answer = (codes[:, night, None] == arms).astype(np.float64), np.nan_to_num(answers[:, night])
        scale = seen / np.sqrt(1 - carry**2)
        row = (now - carry[:, None] * before) * scale[:, None]
        known += row[:, :, None] * row[:, None, :]
        told += row * ((answer - carry * before_answer) * scale)[:, None]
        before[seen], before_answer[seen] = now[seen], answer[seen]
        gap = np.where(seen, 1.0, gap + 1)
        inverse = np.linalg.inv(known)
        means = np.matmul(inverse, told[:, :, None])[:, :, 0]
        own = np.diagonal(inverse, axis1=1, axis2=2)
        variance = own[:, 1:] + own[:, :1] - 2 * inverse[:, 0, 1:]
        found[:, night] = (means[:, 1:] - means[:, :1]) / np.sqrt(variance) / person.sd
    return found
