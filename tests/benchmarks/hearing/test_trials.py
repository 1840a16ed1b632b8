"""When what was heard is right."""

from __future__ import annotations

from tests.benchmarks.hearing.trials import Found, Wanted, heard_between, is_right

STOP = Found("stop", "stop", {})
PLEASE_STOP = Found("please stop", "stop", {})
BACK = Found("my back", "pain", {"where": "back"})


def test_a_text_must_be_heard_word_for_word_and_alone() -> None:
    """Neither shorter, nor longer, nor twice."""
    wanted = Wanted("text", "stop")
    assert is_right(wanted, [STOP])
    assert not is_right(wanted, [PLEASE_STOP])
    assert not is_right(wanted, [STOP, BACK])
    assert not is_right(wanted, [STOP, STOP])
    assert not is_right(wanted, [])


def test_a_command_must_be_heard_with_its_slots_and_alone() -> None:
    """In whatever words."""
    assert is_right(Wanted("command", "stop", "stop"), [PLEASE_STOP])
    wanted = Wanted("command", "my lower back", "pain", (("where", "back"),))
    assert is_right(wanted, [BACK])
    assert not is_right(wanted, [Found("my hip", "pain", {"where": "hip"})])
    assert not is_right(wanted, [BACK, STOP])


def test_over_the_coach_something_else_may_be_heard_as_well() -> None:
    """What counts is that it was heard."""
    assert is_right(Wanted("command", "stop", "stop"), [BACK, STOP], alone=False)
    assert is_right(Wanted("text", "stop"), [BACK, STOP], alone=False)
    assert not is_right(Wanted("text", "stop"), [BACK], alone=False)


def test_a_safety_command_is_right_whatever_comes_with_it() -> None:
    """And wherever it says it hurts."""
    wanted = Wanted("safety", "my hip", "pain", (("where", "hip"),))
    assert is_right(wanted, [STOP, BACK])
    assert not is_right(wanted, [STOP])


def test_what_is_heard_well_before_or_after_an_utterance_is_not_of_it() -> None:
    """A moment on either side is: words end late, and begin early."""
    spans = [(0.1, 0.6), (0.2, 0.8), (1.0, 1.5), (2.5, 3.0), (2.7, 3.1)]
    found = [Found("stop", "stop", {}, start, end) for start, end in spans]
    assert heard_between(found, 1.0, 2.0) == found[1:4]
