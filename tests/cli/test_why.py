"""`imprint why`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import soundfile

from assistant.cli.memory import now_here
from assistant.journal.excerpts import write_excerpt
from assistant.live import devices, streams
from assistant.session.misheard import Occasion
from assistant.sound import SAMPLE_RATE, Samples, read_sound
from tests.session.excerpt import SAID_TWICE, excerpt

Imprint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of somebody of whom "my back" was refused, and later "too hard" was taken."""
    folder, now = tmp_path / "data", now_here()
    write_excerpt(folder, excerpt(Occasion.SAID_TWICE, SAID_TWICE), now - timedelta(minutes=1))
    write_excerpt(folder, excerpt(), now)
    return folder


def test_what_was_misheard_is_listed_in_plain_words(imprint: Imprint, data: Path) -> None:
    """The newest first, and why."""
    status, out, err = imprint("why", "--data", data)
    assert (status, err) == (0, "")
    first, second, *rest = out.splitlines()
    assert first.startswith("  1  ")
    assert "“too hard” was taken while you moved (easier, 0.62 sure). You said you had not said it." in first
    assert (
        "“my back” was refused while you rested (pain where=back, 0.31 sure): it could too easily have been "
        "something else. You said it again."
    ) in second
    assert f"They are in {data / 'misheard'}, on this machine only. imprint forget deletes them." in rest


def test_one_is_shown_with_everything_that_was_heard_in_it(imprint: Imprint, data: Path) -> None:
    """When, and which of it is in question."""
    status, out, _ = imprint("why", 1, "--data", data)
    assert status == 0
    assert ">  1.00 to  1.50 s  “too hard” was taken while you moved" in out
    assert "\n   2.00 to  2.50 s  speech was not understood while you moved\n" in out
    assert "key p was pressed, pain" in imprint("why", 2, "--data", data)[1]


def test_the_list_for_programs_has_it_all(imprint: Imprint, data: Path) -> None:
    """Or one of them."""
    told = json.loads(imprint("why", "--data", data, "--json")[1])
    assert [one["occasion"] for one in told] == ["taken_back", "said_twice"]
    assert [Path(one["file"]).suffix for one in told] == [".flac", ".flac"]
    assert told[1]["words"][0]["because"] == "unsure"
    assert json.loads(imprint("why", 2, "--data", data, "--json")[1]) == told[1:]


def test_the_timeline_is_drawn(imprint: Imprint, data: Path, tmp_path: Path) -> None:
    """As PNG or SVG, with the words, how sure they were and the verdict."""
    assert imprint("why", 1, "--data", data, "--out", tmp_path / "why.png")[0] == 0
    assert (tmp_path / "why.png").read_bytes().startswith(b"\x89PNG")
    assert imprint("why", 2, "--data", data, "--out", tmp_path / "why.svg")[0] == 0
    svg = ElementTree.fromstring((tmp_path / "why.svg").read_text(encoding="utf-8"))
    words = " ".join("".join(text.itertext()).strip() for text in svg.iter() if text.tag.endswith("}text"))
    for wanted in (
        "“my back” 0.31 refused",
        "pain (key p)",
        "was refused while you rested",
        "what was heard",
    ):
        assert wanted in words


def test_the_sound_is_written_without_the_coach(imprint: Imprint, data: Path, tmp_path: Path) -> None:
    """To hand on: the words in question in one channel, from 1.0 to 1.5 s, and half a second around them."""
    assert imprint("why", 1, "--data", data, "--out", tmp_path / "mine.flac")[0] == 0
    assert soundfile.info(str(tmp_path / "mine.flac")).channels == 1
    wanted = excerpt().sound[SAMPLE_RATE // 2 : 2 * SAMPLE_RATE, 1]
    assert np.abs(read_sound(tmp_path / "mine.flac") - wanted).max() < 1e-4


def test_it_can_be_heard(imprint: Imprint, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person's side, on the loudspeaker that was asked for."""
    played: list[tuple[Samples, str | None]] = []

    def choose(kind: str, wanted: str | None) -> None:
        assert (kind, wanted) == ("loudspeaker", "USB")

    def play_out(samples: Samples, wanted: str | None) -> None:
        played.append((samples, wanted))

    monkeypatch.setattr(devices, "choose", choose)
    monkeypatch.setattr(streams, "play_out", play_out)
    assert imprint("why", 1, "--data", data, "--play", "--speaker", "USB")[0] == 0
    [(samples, wanted)] = played
    assert wanted == "USB"
    assert np.abs(samples - excerpt().sound[:, 1]).max() < 1e-4


def test_where_nothing_is_kept_it_says_how_to_keep_it(imprint: Imprint, tmp_path: Path) -> None:
    """Without making a folder."""
    status, out, err = imprint("why", "--data", tmp_path / "none")
    assert (status, err) == (0, "")
    assert "imprint settings set keep_misheard true" in out
    assert list(tmp_path.iterdir()) == []
    assert imprint("why", "--data", tmp_path / "none", "--json")[1] == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((3,), "Give 1 to 2"),
        ((0,), "there is no number 0"),
        (("--play",), "Give its number"),
        ((1, "--out", "why.pdf"), "neither a picture nor sound"),
    ],
)
def test_a_mistake_is_told_with_what_to_do(
    imprint: Imprint, data: Path, arguments: tuple[object, ...], told: str
) -> None:
    """And nothing is written."""
    status, _, err = imprint("why", *arguments, "--data", data)
    assert status == 2
    assert told in err


def test_one_that_cannot_be_read_is_left_out_and_named(imprint: Imprint, data: Path) -> None:
    """The others are shown."""
    broken = sorted((data / "misheard").glob("*.json"))[0]
    broken.write_text("{}")
    status, out, err = imprint("why", "--data", data)
    assert status == 0
    assert "too hard" in out
    assert err == f"imprint: {broken} can't be read, so that one is left out.\n"
