"""Clips: rendered once, the same ever after, never half kept."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.errors import AssistantError, InputError
from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking import shaping
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Pyttsx3Renderer, Voice
from tests.stand_ins import ToneRenderer

VOICE = Voice("en-us", 160, 50)


class SilentRenderer:
    """Renders as espeak-ng does a text without a word."""

    identity = "silence"

    def render(self, text: str, voice: Voice) -> Samples:
        return np.zeros(9000, dtype=np.float32)


def test_a_clip_is_rendered_once_and_the_same_afterwards(tmp_path: Path) -> None:
    """In this store from memory, in the next from the folder, to the bit."""
    renderer = ToneRenderer()
    store = ClipStore(renderer, tmp_path)
    first = store.clip("three", VOICE)
    assert store.clip("three", VOICE) is first
    again = ClipStore(renderer, tmp_path).clip("three", VOICE)
    assert renderer.calls == 1
    np.testing.assert_array_equal(again.samples, first.samples)
    assert first.samples.dtype == again.samples.dtype == np.float32
    assert first.text == again.text == "three"


def test_a_clip_knows_its_length(tmp_path: Path) -> None:
    """Without espeak's silence, with its own 20 ms tail."""
    clip = ClipStore(ToneRenderer(), tmp_path).clip("three", VOICE)
    assert clip.seconds == clip.samples.size / SAMPLE_RATE
    assert clip.seconds == pytest.approx(0.06 * 5 + 0.02, abs=0.005)


def test_nobody_can_change_a_shared_clip(tmp_path: Path) -> None:
    """Everyone who asks gets the same array."""
    clip = ClipStore(ToneRenderer(), tmp_path).clip("three", VOICE)
    with pytest.raises(ValueError, match="read-only"):
        clip.samples[0] = 1


@pytest.mark.parametrize(
    ("text", "voice", "identity"),
    [
        ("four", VOICE, "tones 1"),
        ("three", Voice("en-gb", 160, 50), "tones 1"),
        ("three", Voice("en-us", 161, 50), "tones 1"),
        ("three", Voice("en-us", 160, 51), "tones 1"),
        ("three", VOICE, "tones 2"),
    ],
)
def test_whatever_changes_the_sound_is_rendered_anew(
    tmp_path: Path, text: str, voice: Voice, identity: str
) -> None:
    """Text, voice, rate, pitch, and another version of the engine."""
    ClipStore(ToneRenderer(), tmp_path).clip("three", VOICE)
    other = ToneRenderer(identity)
    ClipStore(other, tmp_path).clip(text, voice)
    assert other.calls == 1


def test_a_new_way_of_shaping_makes_clips_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its version is part of what names a file."""
    renderer = ToneRenderer()
    ClipStore(renderer, tmp_path).clip("three", VOICE)
    monkeypatch.setattr(shaping, "VERSION", shaping.VERSION + 1)
    ClipStore(renderer, tmp_path).clip("three", VOICE)
    assert renderer.calls == 2


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "foreign"])
def test_a_damaged_file_is_rendered_again_and_mended(tmp_path: Path, damage: str) -> None:
    """Also one whose header is fine, which a sound library would read as shorter or noisy."""
    renderer = ToneRenderer()
    good = ClipStore(renderer, tmp_path).clip("three", VOICE)
    (path,) = tmp_path.iterdir()
    kept = path.read_bytes()
    flipped = bytes([kept[1000] ^ 0x40])
    path.write_bytes(
        {
            "cut": kept[: len(kept) // 2],
            "bit": kept[:1000] + flipped + kept[1001:],
            "empty": b"",
            "foreign": b"not a sound",
        }[damage]
    )
    mended = ClipStore(renderer, tmp_path).clip("three", VOICE)
    assert renderer.calls == 2
    np.testing.assert_array_equal(mended.samples, good.samples)
    assert path.read_bytes() == kept


def test_a_kept_clip_is_an_ordinary_sound_file(tmp_path: Path) -> None:
    """A person can listen to it with any player."""
    clip = ClipStore(ToneRenderer(), tmp_path).clip("three", VOICE)
    (path,) = tmp_path.iterdir()
    samples, rate = soundfile.read(str(path), dtype="float32")
    assert rate == SAMPLE_RATE
    np.testing.assert_array_equal(samples, clip.samples)


def test_two_stores_share_one_folder(tmp_path: Path) -> None:
    """Each finds what the other made."""
    renderers = ToneRenderer(), ToneRenderer()
    one, other = (ClipStore(renderer, tmp_path) for renderer in renderers)
    first = one.clip("one", VOICE)
    second = other.clip("two", VOICE)
    np.testing.assert_array_equal(other.clip("one", VOICE).samples, first.samples)
    np.testing.assert_array_equal(one.clip("two", VOICE).samples, second.samples)
    assert [renderer.calls for renderer in renderers] == [1, 1]


def test_preparing_renders_each_text_once_and_reports(tmp_path: Path) -> None:
    """Twice the same request is one; afterwards nothing is left to render."""
    renderer = ToneRenderer()
    store = ClipStore(renderer, tmp_path)
    reports: list[tuple[int, int]] = []
    requests = [("one", VOICE), ("two", VOICE), ("one", VOICE)]
    store.prepare(iter(requests), lambda ready, of: reports.append((ready, of)))
    assert reports == [(1, 2), (2, 2)]
    store.prepare(requests)
    ClipStore(renderer, tmp_path).prepare(requests)
    assert renderer.calls == 2


def test_a_folder_that_cannot_be_made_is_one_error_that_names_it(tmp_path: Path) -> None:
    """With what to do about it."""
    (tmp_path / "taken").write_text("a file")
    folder = tmp_path / "taken" / "cues"
    with pytest.raises(InputError) as caught:
        ClipStore(ToneRenderer(), folder).prepare([("three", VOICE)])
    assert caught.value.file == str(folder)
    assert "IMPRINT_CACHE" in caught.value.remedy


def test_a_read_only_folder_is_one_error_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it holds already can still be played."""
    renderer = ToneRenderer()
    ClipStore(renderer, tmp_path).clip("three", VOICE)

    def refuse(source: str, target: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    # The file system's own answer: permissions would not stop root, who runs the tests in CI.
    monkeypatch.setattr(os, "replace", refuse)
    store = ClipStore(renderer, tmp_path)
    store.clip("three", VOICE)
    with pytest.raises(InputError) as caught:
        store.prepare([("four", VOICE)])
    assert caught.value.file == str(tmp_path)
    assert renderer.calls == 2
    assert [path.suffix for path in tmp_path.iterdir()] == [".wav"]


@contextmanager
def no_file_longer_than(count: int) -> Generator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_folder_is_one_error_and_nothing_half_written_stays(tmp_path: Path) -> None:
    """The first half of the file could be written, the second not."""
    store = ClipStore(ToneRenderer(), tmp_path)
    with no_file_longer_than(2000), pytest.raises(InputError, match="Free some space"):
        store.prepare([("three", VOICE)])
    assert list(tmp_path.iterdir()) == []
    assert store.clip("three", VOICE).seconds > 0


def test_what_cannot_be_kept_in_the_middle_of_a_session_is_played_all_the_same(tmp_path: Path) -> None:
    """And each time again, without rendering it anew."""
    renderer = ToneRenderer()
    store = ClipStore(renderer, tmp_path)
    with no_file_longer_than(2000):
        assert store.clip("three", VOICE) is store.clip("three", VOICE)
    assert list(tmp_path.iterdir()) == []
    assert renderer.calls == 1


def test_a_text_without_a_word_is_refused_and_not_kept(tmp_path: Path) -> None:
    """Espeak-ng renders "..." as silence; a cue of silence would be a missing cue."""
    with pytest.raises(InputError, match=r"“\.\.\.”"):
        ClipStore(SilentRenderer(), tmp_path).clip("...", VOICE)
    assert list(tmp_path.iterdir()) == []


def test_an_error_of_the_renderer_is_passed_on(tmp_path: Path) -> None:
    """It already says what to do."""
    with pytest.raises(AssistantError, match="nothing to say"):
        ClipStore(ToneRenderer(), tmp_path).clip(" ", VOICE)


def test_the_real_voice_is_kept_and_found_again(tmp_path: Path) -> None:
    """The second store gives the same speech without an engine, although espeak varies."""
    requests = [(word, VOICE) for word in ("one", "two", "three")]
    with Pyttsx3Renderer() as renderer:
        store = ClipStore(renderer, tmp_path)
        store.prepare(requests)
        replacement = ToneRenderer(renderer.identity)
        for text, voice in requests:
            kept = ClipStore(replacement, tmp_path).clip(text, voice)
            np.testing.assert_array_equal(kept.samples, store.clip(text, voice).samples)
    assert replacement.calls == 0
