"""The list of what people say, and what should come of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant.coaching.events import Command
from assistant.errors import InputError
from assistant.programme.commands import CONTEXTS
from tests.benchmarks.hearing.expectations import BARS, ENDS, NOTHING, Expected
from tests.benchmarks.hearing.sentence_list import HALVES, SaidThere, load_sentences

AGREED = {"place", "vague", "not_ready", "unsure", "fine", "kind"}
"""Commands that the list expects beside those that the coach knows."""


def _folder(path: Path, **files: str) -> Path:
    for name, text in {"fresh": "{}", "own": "{}", **files}.items():
        (path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return path


def test_every_sentence_is_measured_and_has_an_expectation() -> None:
    """Of both halves, in contexts that there are; for each bar there are many."""
    said = load_sentences()
    assert {one.context for one in said} == set(CONTEXTS)
    assert {one.expectation.half for one in said} == set(HALVES)
    counts = Counter(one.expectation.bar for one in said)
    assert set(counts) == set(BARS)
    assert min(counts.values()) > 300
    halves = Counter(one.expectation.half for one in said)
    # A sentence may be added, and none is taken out.
    assert halves["fresh"] >= 3733
    assert halves["own"] >= 728


def test_what_is_expected_are_commands() -> None:
    """A mistyped one would never be heard."""
    known = {*map(str, Command), *AGREED, ENDS, NOTHING}
    for said in load_sentences():
        expectation = said.expectation
        for expected in (*expectation.right, *expectation.exactly, *expectation.never):
            assert expected.command in known, said


def test_what_is_exact_is_right_and_never_the_opposite() -> None:
    """As the list is written."""
    for said in load_sentences():
        right = {one.command for one in said.expectation.right}
        exact = {one.command for one in said.expectation.exactly}
        assert exact <= right or ENDS in right, said
        assert not set(said.expectation.right) & set(said.expectation.never), said


def _sentences(path: Path) -> dict[tuple[str, str], SaidThere]:
    return {(one.text, one.context): one for one in load_sentences(path)}


def test_a_sentence_is_said_in_the_contexts_of_its_meaning(tmp_path: Path) -> None:
    """Its part's own where none is named; both questions for a number share one."""
    folder = _folder(
        tmp_path,
        fresh="{resting: {ready: [go]}, asked_effort: {n7: [seven]}, negations: {not_ready: [not me]}}",
        own="contexts: {resting: {ready: [let us go]}}\nlook_alikes: [hip hop]",
        expected="""
parts:
  resting: {ready: {counts: other words, right: [ready, carry_on], exactly: [ready], right_too: {go: [skip]}}}
  asked_effort: {n7: {counts: amounts, right: [number number=7]}}
  negations: {not_ready: {counts: opposites, right: [nothing], never: [ready], in: [setup, resting]}}
  look_alikes: {look_alikes: {counts: no command, right: [nothing], in: [moving]}}
""",
    )
    said = _sentences(folder)
    assert [*said] == [
        ("go", "resting"),
        ("seven", "asked_number"),
        ("not me", "setup"),
        ("not me", "resting"),
        ("let us go", "resting"),
        ("hip hop", "moving"),
    ]
    go = said["go", "resting"].expectation
    assert go.right == (Expected("ready"), Expected("carry_on"), Expected("skip"))
    assert (go.exactly, go.half) == ((Expected("ready"),), "fresh")
    assert said["let us go", "resting"].expectation.right == (Expected("ready"), Expected("carry_on"))
    assert said["let us go", "resting"].expectation.half == "own"
    assert said["seven", "asked_number"].expectation.right == (Expected("number", (("number", 7),)),)


def test_both_of_a_regional_pair_mean_the_same(tmp_path: Path) -> None:
    """That of the meaning which names the first of them."""
    folder = _folder(
        tmp_path,
        fresh="regional: [[hang about, hold up], [nought, zero]]",
        expected="""
parts:
  regional:
    wait: {counts: other words, right: [pause], in: [moving], pairs: [hang about]}
    zero: {counts: amounts, right: [number number=0], in: [asked_number], pairs: [nought]}
""",
    )
    assert {one.text: one.meaning for one in load_sentences(folder)} == {
        "hang about": "wait",
        "hold up": "wait",
        "nought": "zero",
        "zero": "zero",
    }


def test_an_answer_with_a_side_is_exact_with_it(tmp_path: Path) -> None:
    """And right without."""
    folder = _folder(
        tmp_path,
        fresh="asked_where: {knee: [my left knee, my knee]}",
        expected="parts: {asked_where: {knee: {counts: besides, right: [place where=knee]}}}",
    )
    said = _sentences(folder)
    knee, left = Expected("place", (("where", "knee"),)), (("where", "knee"), ("side", "left"))
    assert said["my left knee", "asked_where"].expectation.exactly == (Expected("place", left),)
    assert said["my left knee", "asked_where"].expectation.right == (knee,)
    assert said["my knee", "asked_where"].expectation.exactly == (knee,)


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("parts: {}", "nothing says what should come of resting: ready"),
        (
            "parts: {resting: {ready: {counts: other words, right: [ready], right_too: {gone: [skip]}}}}",
            "nobody says 'gone'",
        ),
        ("parts: {resting: {ready: {counts: somehow, right: [ready]}}}", "input should be 'ends"),
    ],
)
def test_a_list_that_does_not_fit_is_refused(tmp_path: Path, expected: str, said: str) -> None:
    """So that no sentence is left out by a mistyped word."""
    folder = _folder(tmp_path, fresh="resting: {ready: [go]}", expected=expected)
    with pytest.raises(InputError) as refused:
        load_sentences(folder)
    assert said in str(refused.value)
