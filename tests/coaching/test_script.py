"""What a voice's cue becomes when it is said."""

from __future__ import annotations

import pytest

from assistant.coaching.plan import Cue
from assistant.coaching.script import Script


@pytest.mark.parametrize(
    ("text", "filled", "said"),
    [
        ("Rest.", {}, "Rest."),
        ("Rest for {n} seconds.", {"n": 2}, "Rest for two seconds."),
        ("{title}, {n} times.", {"title": "leg lift", "n": 7}, "Leg lift, 7 times."),
        ("Rest for {n} seconds, then {title}.", {"n": 2}, "Rest for two seconds, then ."),
        ("Feet down, {side}.", {}, "Feet down, ."),
    ],
)
def test_what_the_coach_has_nothing_for_is_left_out(
    text: str, filled: dict[str, str | int], said: str
) -> None:
    """A voice's mistake, which `imprint check` names, must not end the session."""
    script = Script({"rest": Cue("rest", text, "talk")}, ("zero", "one", "two"), lambda cue: 1.0)
    assert script.cue("rest", **filled).text == said
