"""Speech for tests, the same every time."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.speaking.rendering import Voice
from tests.stand_ins import SteadyRenderer

VOICE = Voice("en-us", 150, 50)


def test_a_text_sounds_the_same_whatever_was_said_before() -> None:
    with closing(SteadyRenderer()) as first, closing(SteadyRenderer()) as second:
        second.render("Lower for three seconds.", VOICE)
        again = second.render("Keep your back flat.", VOICE)
        np.testing.assert_array_equal(first.render("Keep your back flat.", VOICE), again)
        assert np.max(np.abs(again)) > 0.1


def test_what_a_test_does_to_a_text_is_not_kept(speech: SteadyRenderer) -> None:
    speech.render("Rest.", VOICE).fill(0)
    assert speech.render("Rest.", VOICE).any()


def test_what_the_engine_refuses_is_told(speech: SteadyRenderer) -> None:
    with pytest.raises(InputError, match="klingon"):
        speech.render("Rest.", Voice("klingon", 150, 50))
