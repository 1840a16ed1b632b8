"""`imprint voices` and `imprint say`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.cli.app import OUT
from assistant.places import shipped
from assistant.sound import SAMPLE_RATE, read_sound
from assistant.speaking import earcons

Imprint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, session_cache: Path) -> Path:
    """An empty working folder, and a terminal that is wide enough for a table."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    monkeypatch.setattr(OUT, "width", 200)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(text, encoding="utf-8")


def test_the_packs_are_listed_with_how_they_sound_and_where(here: Path, imprint: Imprint) -> None:
    """Those that ship, and one's own."""
    _write(here / "voices" / "mine", "name: mine\ninherit: en-terse\nvoice: en-gb+f3\n")
    status, out, err = imprint("voices")
    rows = {line.split()[0]: line.split() for line in out.splitlines() if line.startswith((" en", " mine"))}
    assert (status, err) == (0, "")
    assert rows["en"][1:] == ["en", "en-us", "165", "45", "words", str(shipped("voices") / "en")]
    assert rows["mine"][1:] == ["en", "en-gb+f3", "175", "40", "beeps", "en-terse", "voices/mine"]


def test_a_pack_that_hides_another_is_told(here: Path, imprint: Imprint) -> None:
    """One's own goes first."""
    _write(here / "voices" / "en", "name: en\ninherit: en\npitch: 20\n")
    status, out, _ = imprint("voices")
    assert status == 0
    assert f"{shipped('voices') / 'en'}, hidden by voices/en" in out


def test_a_broken_pack_is_named_and_the_others_are_listed(here: Path, imprint: Imprint) -> None:
    """Exit 1: something is to be corrected."""
    _write(here / "voices" / "lost", "name: lost\ninherit: nowhere\n")
    status, out, err = imprint("voices")
    assert status == 1
    assert "en-terse" in out
    assert "voices/lost/pack.yaml, line 2, field inherit: there is no voice pack 'nowhere'" in err


def test_the_synthesizers_voices_are_listed(here: Path, imprint: Imprint) -> None:
    """By the names that `voice:` takes, and the variants."""
    status, out, _ = imprint("voices", "--engine")
    names = [line.split()[0] for line in out.splitlines() if line.strip()]
    assert status == 0
    assert {"en-us", "de"} <= {name.lower() for name in names}
    assert "f3" in out
    assert "espeak-ng" in out


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        *(("greeting", (2, 20)), ("announce", (1, 6)), ("calibrate_ask", (0.3, 3))),
        *(("Breathe, slowly.", (0.6, 3)), ("seven.", (0.2, 1))),
    ],
)
def test_a_cue_or_a_sentence_is_written(
    here: Path, imprint: Imprint, words: str, seconds: tuple[float, float]
) -> None:
    """Placeholders are filled in with something."""
    assert imprint("say", words, "--out", "said.wav") == (0, "", "")
    assert seconds[0] < read_sound(here / "said.wav").size / SAMPLE_RATE < seconds[1]


def test_a_number_sounds_as_the_voice_counts(here: Path, imprint: Imprint) -> None:
    """In a tone, where it counts in tones."""
    assert imprint("say", "3", "--voice", "en-terse", "--out", "said.wav")[0] == 0
    np.testing.assert_allclose(read_sound(here / "said.wav"), earcons.beat(3), atol=1e-4)


def test_an_unknown_cue_is_met_with_those_there_are(here: Path, imprint: Imprint) -> None:
    """With the nearest first, and how to have a word said that is no cue."""
    status, out, err = imprint("say", "greting", "--out", "said.wav")
    assert (status, out) == (2, "")
    assert "en has no cue 'greting' (did you mean greeting" in err
    assert "still_paused, still_setting_up, still_stopped" in err
    assert "full stop" in err
    assert not (here / "said.wav").exists()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--out", "said.mp4"], "that of a WAV or FLAC file"),
        (["--out", "nowhere/said.wav"], "can't be written"),
        (["--voice", "nobody"], "there is no voice pack 'nobody'"),
        (["--speaker", "nothing like it"], "there is no loudspeaker"),
    ],
)
def test_what_can_not_be_done_is_one_line(
    here: Path, imprint: Imprint, arguments: list[str], problem: str
) -> None:
    """Exit 2."""
    status, out, err = imprint("say", "lift", *arguments)
    assert (status, out) == (2, "")
    assert problem in err
    assert len(err.splitlines()) == 1
