"""The distance between rows of phones."""

from __future__ import annotations

import itertools

import pytest

from assistant.hearing.recognition.phones import exchange_cost, phone_distance

PHONES = (  # noqa: SIM905
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
).split(" ")


def test_every_phone_has_its_place_and_every_cost_its_bounds() -> None:
    """The same is nothing, another is more than nothing, and no more than one; both ways alike."""
    for one, other in itertools.product(PHONES, repeat=2):
        cost = exchange_cost(one, other)
        assert cost == pytest.approx(exchange_cost(other, one))
        assert (cost == 0.0) is (one == other)
        assert cost <= 1.0


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("P", "B"), ("P", "M")),
        (("T", "K"), ("T", "S")),
        (("IY", "IH"), ("IY", "AA")),
        (("M", "N"), ("M", "S")),
        (("ER", "R"), ("ER", "K")),
        (("EY", "EH"), ("EY", "OW")),
    ],
)
def test_sounds_made_alike_are_nearer(near: tuple[str, str], far: tuple[str, str]) -> None:
    """Voicing and place count less than manner, and neighbours in the vowel chart less than its ends."""
    assert exchange_cost(*near) < exchange_cost(*far)


def test_the_distance_is_one_between_rows() -> None:
    """Nought only for the same, the same both ways, and never longer round about."""
    rows = ["S T AA P", "S T AA R T", "S L OW ER", "L AW D ER", "P EY N", ""]
    split = [row.split() for row in rows]
    for one, other in itertools.product(split, repeat=2):
        assert phone_distance(one, other) == pytest.approx(phone_distance(other, one))
        assert (phone_distance(one, other) == 0.0) is (one == other)


def test_a_lost_syllable_counts_more_than_a_lost_consonant() -> None:
    """And a consonant between others less than one alone."""
    word = ["S", "T", "AA", "P"]
    assert phone_distance(word, ["T", "AA", "P"]) < phone_distance(["S", "AA", "P"], ["AA", "P"])
    assert phone_distance(word, ["S", "T", "AA"]) < phone_distance(word, ["S", "T", "P"])


def test_what_is_far_apart_need_not_be_told_how_far() -> None:
    """The search ends there."""
    one, other = ["S", "T", "AA", "P"], ["P", "IH", "N", "CH"]
    distance = phone_distance(one, other)
    assert phone_distance(one, other, distance) == distance
    assert phone_distance(one, other, distance - 0.01) == float("inf")
    assert phone_distance(one, ["M", "AH", "M", "AH"], 0.1) == float("inf")
