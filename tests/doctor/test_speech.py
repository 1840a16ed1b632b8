"""The synthesizer says a word and the model hears it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.doctor.probes import ProbeError, examine
from assistant.doctor.speech import look_at_model, look_at_voice, speech_probes, stop_word
from assistant.errors import AssistantError
from assistant.programme.voice import VoicePack
from assistant.sound import Samples
from assistant.speaking.rendering import Renderer, Voice
from tests.stand_ins import ToneRenderer


class SilentRenderer(ToneRenderer):
    """A synthesizer that says nothing."""

    def render(self, text: str, voice: Voice) -> Samples:
        return np.zeros_like(super().render(text, voice))


class MissingRenderer(ToneRenderer):
    """A synthesizer that is not there."""

    def render(self, text: str, voice: Voice) -> Samples:
        raise AssistantError("The speech engine espeak-ng was not found.")


def test_a_word_is_said_and_heard(pack: VoicePack, speech: Renderer, session_cache: Path) -> None:
    """By the real synthesizer and the shipped model."""
    assert stop_word(pack) == "stop"
    assert "espeak-ng" in look_at_voice(pack, speech)
    assert "'stop'" in look_at_model(pack, speech, None, session_cache)


def test_a_word_that_is_not_heard_is_told(pack: VoicePack, session_cache: Path) -> None:
    """A tone is no word."""
    with pytest.raises(ProbeError, match=r"of 'stop' it heard nothing") as caught:
        look_at_model(pack, ToneRenderer(), None, session_cache)
    assert caught.value.paste == "imprint models build"


def test_a_synthesizer_that_says_nothing_is_told(pack: VoicePack, session_cache: Path) -> None:
    """The model is not asked then."""
    with pytest.raises(ProbeError, match="silence") as caught:
        look_at_voice(pack, SilentRenderer())
    assert "espeak-ng" in caught.value.paste
    found = list(examine(speech_probes("en", None, MissingRenderer(), session_cache)))
    assert [(finding.what, finding.ok) for finding in found] == [("voice", False)]
    assert "espeak-ng" in str(found[0].paste)


def test_a_model_that_is_not_there_is_told(pack: VoicePack, speech: Renderer, tmp_path: Path) -> None:
    """With what there is."""
    found = list(examine(speech_probes(pack.name, tmp_path / "none", speech, tmp_path, lambda _: pack)))
    assert [(finding.what, finding.ok) for finding in found] == [("voice", True), ("speech model", False)]
    assert found[1].paste == "imprint models list"
