"""What should come of a sentence, and in which rows it counts."""

from __future__ import annotations

from tests.benchmarks.hearing.expectations import (
    ANYTHING,
    ENDS,
    EXACTLY,
    NOTHING,
    OPPOSITE,
    SAFETY,
    SOMETHING_ELSE,
    Expectation,
    Expected,
)
from tests.benchmarks.hearing.found import Found

STOP = Found("stop", "stop", {}, safety=True)
KNEE = Found("my left knee", "pain", {"where": "knee", "side": "left"}, safety=True)
NUMB = Found("numb", "red_flag", {}, safety=True)
WAIT = Found("wait", "pause", {})
READY = Found("ready", "ready", {})
SEVEN = Found("seven", "number", {"number": 7})
TEN = Found("ten", "number", {"number": 10})
DROPPED = Found("okay", NOTHING, {})


def test_a_slot_that_is_expected_must_be_so_and_others_may_be_there() -> None:
    """Whether the slot holds a word or a number."""
    assert Expected("pain", (("where", "knee"),)).fits(KNEE)
    assert Expected("pain").fits(KNEE)
    assert not Expected("pain", (("where", "hip"),)).fits(KNEE)
    assert not Expected("place", (("where", "knee"),)).fits(KNEE)
    assert Expected("number", (("number", 7),)).fits(SEVEN)
    assert not Expected("number", (("number", 7),)).fits(TEN)


def test_any_safety_command_ends_the_movement_whatever_comes_with_it() -> None:
    """Another command does not; which one it was is a second figure."""
    expectation = Expectation("ends the movement", (Expected(ENDS),), (Expected("pain"),))
    heard: tuple[list[Found], ...] = ([KNEE], [STOP], [WAIT, STOP], [WAIT], [])
    assert [expectation.is_right(one) for one in heard] == [True, True, True, False, False]
    assert [expectation.rows(one)[EXACTLY] for one in heard] == [True, False, False, False, False]


def test_other_words_are_right_as_one_of_some_commands_and_nothing_beside() -> None:
    """Nothing at all is wrong, unless it is expected."""
    expectation = Expectation("other words", (Expected("pause"), Expected("stop")), (Expected("pause"),))
    heard: tuple[list[Found], ...] = ([WAIT], [WAIT, STOP], [STOP], [WAIT, READY], [])
    assert [expectation.rows(one) for one in heard] == [
        {"": True, EXACTLY: True},
        {"": True, EXACTLY: False},
        {"": True, EXACTLY: False},
        {"": False, EXACTLY: False},
        {"": False, EXACTLY: False},
    ]
    assert Expectation("besides", (Expected(NOTHING),)).is_right([])


def test_an_amount_that_is_asked_again_is_neither_right_nor_wrong() -> None:
    """A wrong one, or two of them, are wrong, and so is any other command."""
    expectation = Expectation("amounts", (Expected("number", (("number", 7),)),))
    again = Found("i don't know", "unsure", {})
    heard: tuple[list[Found], ...] = ([SEVEN], [], [again], [TEN], [SEVEN, TEN], [STOP])
    rows = [expectation.rows(one) for one in heard]
    assert [one[""] for one in rows] == [True, False, False, False, False, False]
    assert [one[SOMETHING_ELSE] for one in rows] == [False, False, False, True, True, True]


def test_the_opposite_has_a_row_of_its_own() -> None:
    """Beside that of what is right."""
    expectation = Expectation("opposites", (Expected("not_ready"),), never=(Expected("ready"),))
    assert expectation.rows([READY]) == {"": False, EXACTLY: False, OPPOSITE: True}
    assert expectation.rows([WAIT]) == {"": False, EXACTLY: False, OPPOSITE: False}


def test_what_is_no_command_counts_as_what_it_was_taken_for() -> None:
    """A safety word inside it may stop, where that is expected, and a red flag may not."""
    expectation = Expectation("no command", (Expected(NOTHING),))
    lenient = Expectation("no command", (Expected(NOTHING), Expected("stop")))
    assert expectation.rows([]) == {SAFETY: False, ANYTHING: False}
    assert expectation.rows([DROPPED]) == {SAFETY: False, ANYTHING: False}
    assert expectation.rows([WAIT]) == {SAFETY: False, ANYTHING: True}
    assert expectation.rows([STOP]) == {SAFETY: True, ANYTHING: True}
    assert lenient.rows([STOP]) == {SAFETY: False, ANYTHING: True}
    assert lenient.rows([NUMB]) == {SAFETY: True, ANYTHING: True}
    assert expectation.is_right([DROPPED])
    assert not expectation.is_right([WAIT])


def test_an_expected_command_is_shown_as_it_is_written() -> None:
    """With its slots."""
    assert str(Expected("place", (("where", "knee"), ("side", "left")))) == "place where=knee side=left"
