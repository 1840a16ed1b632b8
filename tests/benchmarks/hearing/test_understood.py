"""What is understood of perfect words."""

from __future__ import annotations

from assistant.hearing.recognition.matcher import Matcher
from assistant.programme.voice import VoicePack
from tests.benchmarks.hearing.expectations import Bar, Expectation, Expected
from tests.benchmarks.hearing.figures import HeardRate, tally
from tests.benchmarks.hearing.sentence_list import SaidThere
from tests.benchmarks.hearing.understood import (
    hear_words,
    misunderstood_lines,
    outcomes,
    understand,
)


def _said(text: str, context: str, *right: str, bar: Bar = "besides") -> SaidThere:
    expectation = Expectation(bar, tuple(map(Expected, right)), half="own")
    return SaidThere(text, context, context, "test", expectation)


def test_words_are_heard_as_in_a_session(pack: VoicePack) -> None:
    """A safety word inside other talk is a command, any other command there is none."""
    matcher = Matcher(pack.commands)
    heard = hear_words("please stop", matcher, "moving")
    assert [(one.command, one.text, one.safety) for one in heard] == [("stop", "please stop", True)]
    assert [one.command for one in hear_words("the weather stop", matcher, "moving")] == ["stop"]
    assert hear_words("the weather louder", matcher, "resting") == ()
    assert [one.command for one in hear_words("louder", matcher, "resting")] == ["louder"]
    assert hear_words("louder", matcher, "asked_where") == ()


def test_what_is_not_understood_is_named_with_what_was_heard(pack: VoicePack) -> None:
    """Group by group; what is understood is not."""
    heard = understand(
        pack.commands,
        [
            _said("faster", "moving", "faster"),
            _said("stop", "moving", "pause"),
            _said("zebra", "moving", "pause"),
            _said("seven", "asked_number", "pause"),
        ],
    )
    assert misunderstood_lines(heard) == [
        "moving: test, right: pause",
        "    stop: stop",
        "    zebra: nothing",
        "asked_number: test, right: pause",
        "    seven: number number=7",
    ]


def test_figures_are_counted_by_bar_half_and_meaning(pack: VoicePack) -> None:
    """In the order of the bars."""
    heard = understand(
        pack.commands,
        [
            _said("zebra", "moving", "nothing", bar="no command"),
            _said("faster", "moving", "faster"),
            _said("zebra", "moving", "faster"),
        ],
    )
    rates = {
        (one.condition, one.detail): (one.correct, one.total)
        for one in tally(outcomes(heard))
        if isinstance(one, HeardRate)
    }
    assert rates == {
        ("no command", "safety"): (0, 1),
        ("no command", "anything"): (0, 1),
        ("no command", "own half"): (1, 1),
        ("no command", "moving: test"): (1, 1),
        ("besides", ""): (1, 2),
        ("besides", "exactly"): (1, 2),
        ("besides", "own half"): (1, 2),
        ("besides", "moving: test"): (1, 2),
    }
