"""How much two rows of phones differ: an edit distance weighted by articulation.

A consonant is its manner, its place and its voicing; a vowel is its place in the vowel chart, a diphthong its
way through it. Exchanging two phones costs what their features differ by, from 0 to 1; leaving one out costs
a fixed part of that, more for a vowel, which is a syllable. The figures are the project's own, ordered as
perception experiments order them: voicing and place are lost first, manner later, syllables last.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from functools import cache

VOICING = 0.2
"""Cost of a voiced consonant for a voiceless one."""

OTHER_PLACE, FARTHER_PLACE = 0.2, 0.2
"""Cost of a consonant made at another place, and how much more for one from lips to throat."""

VOWELS = 1.2
"""Cost of a vowel for one that is as far from it as the chart is high."""

ACROSS = 1.0
"""Cost of a vowel for a consonant."""

SEMIVOWEL = 0.4
"""Cost of a vowel for the consonant that is said like it."""

VOWEL_LEFT_OUT, CONSONANT_LEFT_OUT, WEAK_LEFT_OUT = 1.0, 0.6, 0.35

_WEAK = frozenset({"T", "D", "HH", "R", "L", "W", "Y"})
"""Consonants that are easily lost: flapped, breathed, or run into their vowel."""

_MANNERS: Mapping[frozenset[str], float] = {
    frozenset({"stop", "affricate"}): 0.4,
    frozenset({"affricate", "fricative"}): 0.4,
    frozenset({"stop", "fricative"}): 0.6,
    frozenset({"stop", "nasal"}): 0.6,
    frozenset({"nasal", "approximant"}): 0.6,
}
"""Cost of one manner for another; of those not named here it is 0.8."""

_MADE: Mapping[str, Mapping[float, str]] = {
    "stop": {0.0: "P B", 0.35: "T D", 0.8: "K G"},
    "affricate": {0.5: "CH JH"},
    "fricative": {0.1: "F V", 0.2: "TH DH", 0.35: "S Z", 0.5: "SH ZH", 1.0: "HH -"},
    "nasal": {0.0: "- M", 0.35: "- N", 0.8: "- NG"},
    "approximant": {0.35: "- L", 0.5: "- R", 0.65: "- Y", 0.9: "- W"},
}
"""Manner to place, from the lips (0) to the throat (1), to the voiceless consonant and the voiced one."""

_CONSONANTS: Mapping[str, tuple[str, float, bool]] = {
    phone: (manner, place, voiced)
    for manner, places in _MADE.items()
    for place, phones in places.items()
    for voiced, phone in zip((False, True), phones.split(), strict=True)
    if phone != "-"
}
"""Phone to manner, place and voicing."""

_VOWELS: Mapping[str, tuple[tuple[float, float], tuple[float, float]]] = {
    "IY": ((0.0, 0.0), (0.0, 0.0)),
    "IH": ((0.2, 0.15), (0.2, 0.15)),
    "EH": ((0.6, 0.15), (0.6, 0.15)),
    "AE": ((0.85, 0.1), (0.85, 0.1)),
    "AA": ((1.0, 0.8), (1.0, 0.8)),
    "AO": ((0.75, 1.0), (0.75, 1.0)),
    "AH": ((0.6, 0.55), (0.6, 0.55)),
    "ER": ((0.5, 0.5), (0.4, 0.5)),
    "UH": ((0.2, 0.85), (0.2, 0.85)),
    "UW": ((0.0, 1.0), (0.0, 1.0)),
    "EY": ((0.5, 0.1), (0.1, 0.1)),
    "OW": ((0.55, 0.85), (0.15, 0.95)),
    "AY": ((1.0, 0.5), (0.15, 0.15)),
    "AW": ((1.0, 0.5), (0.2, 0.85)),
    "OY": ((0.65, 1.0), (0.15, 0.15)),
}
"""Phone to how open and how far back the mouth is, where it begins and where it ends."""

_SAID_ALIKE = frozenset({("ER", "R"), ("IY", "Y"), ("IH", "Y"), ("UW", "W"), ("UH", "W")})


@cache
def exchange_cost(one: str, other: str) -> float:
    """Return what two phones differ by, from 0, the same, to 1."""
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        ends = zip(_VOWELS[one], _VOWELS[other], strict=True)
        return min(VOWELS * sum(math.dist(a, b) for a, b in ends) / 2, 1.0)
    if one in _CONSONANTS and other in _CONSONANTS:
        return _exchange_consonants(_CONSONANTS[one], _CONSONANTS[other])
    return SEMIVOWEL if (one, other) in _SAID_ALIKE or (other, one) in _SAID_ALIKE else ACROSS


def _exchange_consonants(one: tuple[str, float, bool], other: tuple[str, float, bool]) -> float:
    cost = 0.0 if one[0] == other[0] else _MANNERS.get(frozenset({one[0], other[0]}), 0.8)
    if one[1] != other[1]:
        cost += OTHER_PLACE + FARTHER_PLACE * abs(one[1] - other[1])
    return min(cost + VOICING * (one[2] is not other[2]), 1.0)


def least_left_out_cost(phone: str) -> float:
    """Return what it costs at least to leave a phone out, whatever is beside it."""
    return VOWEL_LEFT_OUT if phone in _VOWELS else WEAK_LEFT_OUT


@cache
def left_out_costs(row: tuple[str, ...]) -> tuple[float, ...]:
    """Return what it costs to leave each phone of a row out, or to put it in."""
    return tuple(_left_out_cost(row, i) for i in range(len(row)))


def _left_out_cost(row: Sequence[str], i: int) -> float:
    if row[i] in _VOWELS:
        return VOWEL_LEFT_OUT
    beside = (*row[max(i - 1, 0) : i], *row[i + 1 : i + 2])
    clustered = any(phone in _CONSONANTS for phone in beside)
    return WEAK_LEFT_OUT if clustered or row[i] in _WEAK else CONSONANT_LEFT_OUT


def phone_distance(one: Sequence[str], other: Sequence[str], most: float = math.inf) -> float:
    """Return how much two rows of phones differ, from 0, the same; infinity for more than `most`.

    The cost is divided by the square root of the longer row's length: differences add up phone by phone,
    and so does noise, but noise only by its root.
    """
    length = math.sqrt(max(len(one), len(other), 1))
    put_in = left_out_costs(tuple(other))
    costs = [0.0, *itertools.accumulate(put_in)]
    for phone, left_out in zip(one, left_out_costs(tuple(one)), strict=True):
        corner, costs[0] = costs[0], costs[0] + left_out
        for i, against in enumerate(other, 1):
            cost = min(
                costs[i] + left_out, costs[i - 1] + put_in[i - 1], corner + exchange_cost(phone, against)
            )
            corner, costs[i] = costs[i], cost
        if min(costs) > most * length:
            return math.inf
    distance = costs[-1] / length
    return distance if distance <= most else math.inf
