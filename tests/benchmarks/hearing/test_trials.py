"""When what was heard is right."""

from __future__ import annotations

from tests.benchmarks.hearing.expectations import Expectation, Expected
from tests.benchmarks.hearing.trials import (
    ANYTHING,
    ENDED,
    RED_FLAG,
    SAFETY,
    Found,
    Place,
    Wanted,
    counted,
    heard_between,
    is_right,
)

STOP = Found("stop", "stop", {}, safety=True)
PLEASE_STOP = Found("please stop", "stop", {})
BACK = Found("my back", "pain", {"where": "back"}, safety=True)
NUMB = Found("numb", "red_flag", {}, safety=True)
WAIT = Found("wait", "pause", {})


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


def test_a_movement_is_ended_by_any_safety_command() -> None:
    """Where that is the rule, soon enough or at all; another command does not."""
    late = Found("stop", "stop", {}, at=2.5, safety=True)
    assert is_right(Wanted("ended", "no"), [WAIT, BACK])
    assert not is_right(Wanted("ended", "no"), [WAIT])
    assert is_right(Wanted("ended soon", "no"), [late], soon=2.5)
    assert not is_right(Wanted("ended soon", "no"), [late, WAIT], soon=2.4)


def test_a_word_that_is_no_command_counts_as_what_it_was_taken_for() -> None:
    """A red flag is a safety command, too."""
    wanted, place = Wanted("nothing", "cat"), Place("near_words", "moving")
    assert is_right(wanted, [])
    assert not is_right(wanted, [WAIT])
    counts = {
        name: counted(place, "imprint", wanted, heard, not heard)
        for name, heard in (("no", []), ("wait", [WAIT]), ("stop", [STOP]), ("numb", [NUMB]))
    }
    assert {name: [what for what, so in rows.items() if so] for name, rows in counts.items()} == {
        "no": [],
        "wait": [ANYTHING],
        "stop": [ANYTHING, SAFETY],
        "numb": [ANYTHING, SAFETY, RED_FLAG],
    }


def test_a_detail_is_counted_of_the_session_alone() -> None:
    """And a safety command once more by whether it ended the exercise."""
    place, wanted = Place("safety", "clean", "pain"), Wanted("safety", "ow", "pain")
    assert counted(place, "imprint", wanted, [STOP], False) == {"": False, "pain": False, ENDED: True}
    assert counted(place, "recording", wanted, [], False) == {"": False, ENDED: False}
    assert counted(place, "imprint", Wanted("text", "ow"), [], False) == {"": False, "pain": False}


def test_a_sentence_counts_for_its_half_its_meaning_and_its_voice_in_sessions_alone() -> None:
    """Beside what its bar counts, which a recording counts, too."""
    expectation = Expectation("other words", (Expected("pause"),), half="own")
    wanted = Wanted("sentence", "hang on", expectation=expectation, voice="flite:slt")
    place = Place("sentences", "other words", "moving: wait")
    assert is_right(wanted, [WAIT])
    assert counted(place, "imprint", wanted, [WAIT], True) == {
        "": True,
        "exactly": True,
        "own half": True,
        "moving: wait": True,
        "said by flite:slt": True,
    }
    assert counted(place, "recording", wanted, [], False) == {"": False, "exactly": False}
