"""Sets in one line: what they mean, and what is said where they can't be read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.programme.notation import PATTERN, NotationError, Sets, parse_sets
from tests.parsing import parse_routine

TEMPO = "3-0-2-1"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3x10 @3-0-2-1 rest 45s", Sets(3, 10, TEMPO, 45)),
        ("2", Sets(2)),
        ("2x8", Sets(2, 8)),
        ("2 x 8", Sets(2, 8)),
        ("2×most", Sets(2, "most")),  # noqa: RUF001
        ("1 @3-0-2-1", Sets(1, None, TEMPO)),
        ("1x8@3-0-2-1", Sets(1, 8, TEMPO)),
        ("3 rest 1m30s", Sets(3, None, None, 90)),
        ("3xfewest rest 2m", Sets(3, "fewest", None, 120)),
        (" 3x10 rest 45 ", Sets(3, 10, None, 45)),
        ("3 rest 0s", Sets(3, None, None, 0)),
    ],
)
def test_every_part_after_the_count_may_be_left_out(text: str, wanted: Sets) -> None:
    """And editors are told the same."""
    assert parse_sets(text)[0] == wanted
    assert re.search(PATTERN, text)


@pytest.mark.parametrize(
    ("text", "index", "problem"),
    [
        ("", 0, "the end should be how many sets"),
        ("x10", 0, "'x10' should be how many sets"),
        ("4x10", 0, "4 sets are not between 1 and 3"),
        ("0x10", 0, "0 sets"),
        ("3x", 2, "the end should be how many repetitions"),
        ("3x26", 2, "26 repetitions are not between 1 and 25"),
        ("3xlots", 2, "'lots' should be how many repetitions"),
        ("3x10 @fast", 6, "'fast' is no tempo"),
        ("3x10 @2-0-2-1 rest 45s", 6, "at least 3 s"),
        ("3x10 @ 3-0-2 rest 45s", 7, "'3-0-2' is no tempo"),
        ("3x10 rest", 9, "the end should be how long the rest is"),
        ("3x10 rest soon", 10, "'soon' should be how long"),
        ("3x10 rest 45min", 10, "'45min' should be how long"),
        ("3x10 rest 6m", 10, "360 seconds of rest are not between 0 and 300"),
        ("3x10 45s", 5, "'45s' is not understood here"),
        ("3x10 rest 45s please", 14, "'please' is not understood"),
        ("3x10 rest 45s @3-0-2-1", 14, "'@3-0-2-1' is not understood"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text: str, index: int, problem: str) -> None:
    """To the character."""
    with pytest.raises(NotationError) as caught:
        parse_sets(text)
    assert caught.value.index == index
    assert problem in caught.value.problem


@given(st.text(alphabet="0123456789xX× @-restm\t"))  # noqa: RUF001
def test_any_text_is_sets_or_one_complaint(text: str) -> None:
    """Whatever is typed."""
    try:
        sets, starts = parse_sets(text)
    except NotationError as error:
        complaint = error
    else:
        assert 1 <= sets.sets <= 3
        assert set(starts) >= {"sets"}
        return
    assert 0 <= complaint.index <= len(text)


@pytest.mark.parametrize(
    ("entry", "line", "column", "problem"),
    [
        ("{exercise: single-leg, sets: 3x99}", 3, 36, "99 repetitions"),
        ('{exercise: single-leg, sets: "3x99"}', 3, 37, "99 repetitions"),
        ("exercise: single-leg\n    sets: 2x8 @3-0-9-1", 4, 16, "the lift takes"),
        ("exercise: single-leg\n    sets: 2x8\n    repetitions: 9", 5, 5, "`sets: 2x8` says that, too"),
        ("exercise: single-leg\n    sets: 2x8 rest 5s\n    rest: 9", 5, 5, "says that, too"),
    ],
)
def test_in_a_routine_the_line_and_the_column_are_those_of_the_part(
    entry: str, line: int, column: int, problem: str
) -> None:
    """So that an editor goes there."""
    with pytest.raises(InputError) as caught:
        parse_routine(f"name: mine\nwork:\n  - {entry}\n", "mine.yaml")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert problem in caught.value.problem


@given(
    st.integers(1, 3),
    st.none() | st.integers(1, 25) | st.sampled_from(["fewest", "most"]),
    st.none() | st.sampled_from(["3-0-2-1", "5-1-3-0"]),
    st.none() | st.integers(0, 300),
)
def test_one_line_says_what_four_fields_say(
    sets: int, repetitions: int | str | None, tempo: str | None, rest: int | None
) -> None:
    """Entry for entry."""
    short, long = str(sets), f"sets: {sets}"
    for text, name, value in (
        (f"x{repetitions}", "repetitions", repetitions),
        (f" @{tempo}", "tempo", tempo),
        (f" rest {rest}s", "rest", rest),
    ):
        if value is not None:
            short, long = short + text, f"{long}, {name}: {value}"
    one, four = (
        parse_routine(f"name: m\nwork: [{{step: 0, {fields}}}]\n", "m").model
        for fields in (f"sets: {short}", long)
    )
    assert one == four
