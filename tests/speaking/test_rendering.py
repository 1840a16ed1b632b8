"""Rendering with the real pyttsx3 on espeak-ng, and what a stuck or failing engine leads to."""

from __future__ import annotations

import importlib
import itertools
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from assistant.errors import AssistantError, InputError
from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking import espeak
from assistant.speaking.rendering import Pyttsx3Renderer, Voice

PLAIN = Voice("en-us", 160, 50)


@pytest.fixture(scope="module")
def renderer() -> Iterator[Pyttsx3Renderer]:
    with Pyttsx3Renderer() as real:
        yield real


def spoken_seconds(samples: Samples) -> float:
    sounding = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
    return float(sounding[-1] - sounding[0]) / SAMPLE_RATE


def difference(one: Samples, other: Samples) -> float:
    """Give the mean difference of the log spectra: some 0.1 for the same voice and text."""
    logs = list[Samples]()
    for samples in (one, other):
        frames = samples[: samples.size // 512 * 512].reshape(-1, 512) * np.hanning(512)
        powers = np.square(np.abs(np.fft.rfft(frames))).mean(axis=0)
        logs.append(np.log(powers + 1e-6 * powers.max()).astype(np.float32) / 2)
    return float(np.abs(logs[0] - logs[1]).mean())


def test_every_render_is_whole_whatever_was_rendered_before(renderer: Pyttsx3Renderer) -> None:
    """Voice, rate and text change each time; nothing is cut, lost or left at the old rate."""
    lengths: dict[tuple[str, Voice], list[float]] = {}
    voices = itertools.cycle(
        [Voice("en-us", 120, 50), Voice("gmw/en+f3", 200, 40), Voice("en-us+f3", 160, 60)]
    )
    texts = itertools.cycle(["three", "Next set. Ten goblet squats."])
    for text, voice in itertools.islice(zip(texts, voices, strict=False), 36):
        speech = renderer.render(text, voice)
        assert speech.dtype == np.float32
        assert speech.ndim == 1
        lengths.setdefault((text, voice), []).append(spoken_seconds(speech))
    for (text, voice), seconds in lengths.items():
        # Espeak-ng itself varies a little, most in the pauses between sentences.
        assert max(seconds) - min(seconds) < 0.1 * max(seconds), (text, voice, seconds)
        assert all(second > 0.2 for second in seconds)
    sentence = "Next set. Ten goblet squats."
    slow = lengths[sentence, Voice("en-us", 120, 50)][0]
    fast = lengths[sentence, Voice("gmw/en+f3", 200, 40)][0]
    assert slow > 1.4 * fast


def test_voices_variants_and_pitches_sound_different(renderer: Pyttsx3Renderer) -> None:
    """One voice is like itself and unlike another language, variant or pitch."""
    text = "halfway there"
    plain = renderer.render(text, PLAIN)
    assert difference(plain, renderer.render(text, PLAIN)) < 0.15
    for other in (Voice("en-gb", 160, 50), Voice("en-us+f3", 160, 50), Voice("en-us", 160, 80)):
        assert difference(plain, renderer.render(text, other)) > 0.22, other


@pytest.mark.parametrize("name", ["gmw/en-us", "gmw/en-US", "EN-US"])
def test_a_voice_is_found_by_every_form_of_its_name(renderer: Pyttsx3Renderer, name: str) -> None:
    """Identifier and short name, in any case of letters, are one voice."""
    same = renderer.render("halfway there", Voice(name, 160, 50))
    assert difference(same, renderer.render("halfway there", PLAIN)) < 0.15


@pytest.mark.parametrize("name", ["klingon", "en-xx", "en-us+f99", "f3", "", "mb-us1"])
def test_an_unknown_voice_is_refused_and_some_known_are_named(renderer: Pyttsx3Renderer, name: str) -> None:
    """Espeak-ng itself would go on with the voice before, or without the variant."""
    with pytest.raises(InputError) as caught:
        renderer.render("three", Voice(name, 160, 50))
    assert f"“{name}”" in caught.value.problem
    listed = caught.value.remedy.removeprefix("Choose one of ").partition(" (")[0].split(", ")
    start = "en-us+" if "variant" in caught.value.problem else ""
    for known in listed:
        assert renderer.render("three", Voice(start + known, 160, 50)).size


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_an_empty_text_is_refused(renderer: Pyttsx3Renderer, text: str) -> None:
    """There is nothing to say."""
    with pytest.raises(InputError, match="nothing to say"):
        renderer.render(text, PLAIN)


@pytest.mark.parametrize(("rate", "pitch"), [(79, 50), (451, 50), (160, -1), (160, 100)])
def test_a_voice_out_of_range_is_refused(rate: int, pitch: int) -> None:
    """Espeak-ng would clamp it, and the property would never hold."""
    with pytest.raises(InputError):
        Voice("en-us", rate, pitch)


def test_renderers_on_several_threads_share_the_one_engine(renderer: Pyttsx3Renderer) -> None:
    """Espeak-ng has one voice for the whole process; no one gets another's words or rate."""
    asked = (("one", Voice("en-us", 120, 50)), ("halfway there", Voice("en-gb", 200, 50)))
    alone = [spoken_seconds(renderer.render(*each)) for each in asked]
    together: list[tuple[int, float]] = []

    def speak(own: Pyttsx3Renderer, first: int) -> None:
        for which in [first, 1 - first] * 6:
            together.append((which, spoken_seconds(own.render(*asked[which]))))

    with Pyttsx3Renderer() as second, Pyttsx3Renderer() as third:
        threads = [
            threading.Thread(target=speak, args=(own, k % 2))
            for k, own in enumerate((renderer, renderer, second, third))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(together) == 48
    assert all(abs(seconds - alone[which]) < 0.1 * seconds for which, seconds in together)


def test_a_closed_renderer_starts_again(renderer: Pyttsx3Renderer) -> None:
    """Closing ends the thread, not the possibility."""
    other = Pyttsx3Renderer()
    before = threading.active_count()
    first = other.render("three", PLAIN)
    assert threading.active_count() == before + 1
    other.close()
    assert threading.active_count() == before
    other.close()
    assert abs(spoken_seconds(other.render("three", PLAIN)) - spoken_seconds(first)) < 0.05
    other.close()


def test_the_identity_names_engines_and_versions(renderer: Pyttsx3Renderer) -> None:
    """A new version of either makes cached clips stale."""
    assert renderer.identity.startswith("pyttsx3 2.")
    assert "espeak-ng 1." in renderer.identity


class StuckEngine:
    """An engine that never answers until it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def render(self, text: str, voice: str, words_per_minute: int, pitch: int) -> Samples:
        self.let_go.wait()
        return np.zeros(1, dtype=np.float32)


class FailingEngine:
    """An engine that fails as ctypes does."""

    def render(self, text: str, voice: str, words_per_minute: int, pitch: int) -> Samples:
        raise OSError("access violation")


def test_a_stuck_engine_is_reported_in_time() -> None:
    """The caller goes on, with words for the person."""
    engine = StuckEngine()
    with Pyttsx3Renderer(lambda: engine, limit_seconds=0.05) as renderer:
        asked = time.monotonic()
        with pytest.raises(AssistantError, match="did not answer"):
            renderer.render("three", PLAIN)
        assert time.monotonic() - asked < 2
        engine.let_go.set()


def test_a_failure_of_the_engine_says_what_to_do() -> None:
    """Whatever pyttsx3 raises becomes one error that the person can act on."""
    with (
        Pyttsx3Renderer(FailingEngine) as renderer,
        pytest.raises(AssistantError, match=r"access violation.*Install espeak-ng"),
    ):
        renderer.render("three", PLAIN)


def test_rendering_leaves_logging_as_it_was(renderer: Pyttsx3Renderer) -> None:
    """The driver logs to the root logger, which then would print everyone's warnings."""
    before = list(logging.getLogger().handlers)
    renderer.render("three", PLAIN)
    assert logging.getLogger().handlers == before


_SCRIPT = """
import ctypes, logging
real = ctypes.CDLL
def choose(name, *rest, **more):
    if {hidden} and isinstance(name, str) and "espeak" in name and "espeakng_loader" not in name:
        raise OSError(name)
    return real(name, *rest, **more)
ctypes.CDLL = choose
from assistant.speaking.rendering import Pyttsx3Renderer, Voice
from assistant.phonemes import find_library
with Pyttsx3Renderer() as renderer:
    for name in ("en-us", "gmw/en+f3"):
        assert 4_000 < renderer.render("three", Voice(name, 160, 50)).size < 32_000
assert not logging.getLogger().handlers
assert not {hidden} or "espeakng_loader" in str(find_library().data)
"""


@pytest.mark.parametrize("hidden", [True, False], ids=["bundled", "system first"])
def test_rendering_prints_nothing_and_needs_no_installed_espeak(hidden: bool) -> None:
    """A fresh process speaks with either library, ends well, and says nothing on the terminal."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT.format(hidden=hidden)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_importing_rendering_does_not_import_pyttsx3() -> None:
    """Starting Imprint does not wait for an engine that it may not need."""
    script = "import sys, assistant.speaking.rendering as _; sys.exit('pyttsx3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0


def test_espeak_is_told_how_long_a_text_is(renderer: Pyttsx3Renderer) -> None:
    """It copies as much as it is told: more than there is may end the process."""
    told: list[tuple[object, ...]] = []

    def synthesize(*arguments: object) -> int:
        told.append(arguments)
        return 0

    espeak.sized(synthesize)("Füße".encode(), 60, 0, "more")
    assert told == [("Füße".encode(), 7, 0, "more")]
    renderer.render("stop", Voice("en-us", 150, 50))
    driver = vars(importlib.import_module("pyttsx3.drivers._espeak"))
    assert driver["cSynth"].__qualname__.startswith(espeak.sized.__name__)
