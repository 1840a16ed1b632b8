"""Other synthesizers than the product's."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.errors import AssistantError
from assistant.sound import SAMPLE_RATE
from assistant.speaking.rendering import Voice
from tests.benchmarks.hearing.synthesizers import (
    ESPEAK_VOICES,
    OTHER_VOICES,
    AllSynthesizers,
    installed_voices,
    spelled,
)
from tests.stand_ins import ToneRenderer
from training.held_out import ACCENTS, VARIANTS


def test_six_voices_of_three_synthesizers_say_the_sentences() -> None:
    """Those of espeak-ng are in no training, each another accent."""
    assert len({*ESPEAK_VOICES, *OTHER_VOICES}) == 6
    assert {voice.name.partition(":")[0] for voice in OTHER_VOICES} == {"flite", "festival"}
    names = [voice.name.partition("+") for voice in ESPEAK_VOICES]
    assert [accent for accent, _, _ in names] == list(ACCENTS)
    assert {variant for _, _, variant in names} <= set(VARIANTS)


def test_every_voice_that_is_installed_speaks_at_its_rate() -> None:
    """Those that are not are left out."""
    renderer = AllSynthesizers(ToneRenderer())
    assert set(installed_voices()) <= set(OTHER_VOICES)
    for voice in installed_voices():
        said = renderer.render("i need more rest", voice)
        assert 0.5 * SAMPLE_RATE < said.size < 4 * SAMPLE_RATE
        assert float(np.abs(said).max()) > 0.05
        fast = renderer.render("i need more rest", Voice(voice.name, 2 * voice.words_per_minute, 50))
        assert fast.size < 0.8 * said.size


def test_all_other_voices_are_those_of_espeak() -> None:
    """And what espeak-ng has said is kept as what it was kept as."""
    espeak = ToneRenderer()
    renderer = AllSynthesizers(espeak)
    voice = Voice("en-us+m7", 150, 50)
    assert np.array_equal(renderer.render("stop", voice), espeak.render("stop", voice))
    assert renderer.identity == espeak.identity


@pytest.mark.parametrize("name", ["flite:slt", "festival:ked_diphone"])
def test_a_synthesizer_that_is_not_there_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it was found when the measurement began."""
    monkeypatch.setenv("PATH", "")
    assert installed_voices() == ()
    with pytest.raises(AssistantError, match=rf"^{name.partition(':')[0]} did not speak"):
        AllSynthesizers(ToneRenderer()).render("stop", Voice(name, 150, 50))


def test_a_festival_without_the_voice_says_nothing_else_in_its_place() -> None:
    """An error, and no other voice; so where festival is not installed."""
    with pytest.raises(AssistantError, match=r"^festival did not speak"):
        AllSynthesizers(ToneRenderer()).render("stop", Voice("festival:nobody", 150, 50))


def test_a_cry_is_spelled_as_each_synthesizer_says_it() -> None:
    """As a word of its own, and nothing else is."""
    assert spelled("ow my back how", Voice("en-us+m7", 150, 50)) == "ouh my back how"
    assert spelled("ow my back how", OTHER_VOICES[0]) == "aow my back how"
