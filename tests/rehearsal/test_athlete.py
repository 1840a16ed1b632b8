"""What the simulated athlete says, and when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.coaching.actions import Ask, Enter, Silence
from assistant.errors import InputError
from assistant.rehearsal.athlete import REACTION_SECONDS, Athlete
from assistant.rehearsal.room import SimulatedRoom
from assistant.rehearsal.script import default_athlete, load_athlete
from assistant.sound import BLOCK, SAMPLE_RATE
from assistant.speaking.clips import ClipStore
from tests.stand_ins import ToneRenderer


@pytest.fixture
def talk(tmp_path: Path) -> Callable[..., tuple[Athlete, Callable[[float], list[float]]]]:
    """Write an athlete file and give the athlete, with a way to let time pass that gives onsets."""

    def make(text: str) -> tuple[Athlete, Callable[[float], list[float]]]:
        file = tmp_path / "athlete.yaml"
        file.write_text(text, encoding="utf-8")
        room = SimulatedRoom(-60, np.ones(SAMPLE_RATE, np.float32), None, 20, seed=1)
        athlete = Athlete(load_athlete(file), room, ClipStore(ToneRenderer(), tmp_path / "clips"))

        def until(seconds: float) -> list[float]:
            taken: list[np.ndarray] = []
            start = room.position
            while room.position < seconds * SAMPLE_RATE:
                athlete.speak(room.position / SAMPLE_RATE)
                taken.append(room.exchange(np.zeros(BLOCK, np.float32)))
            loud = np.abs(np.concatenate(taken)) > 0.005
            heard = np.flatnonzero(loud) + start
            gaps = np.flatnonzero(np.diff(heard, prepend=-SAMPLE_RATE) > SAMPLE_RATE // 10)
            return [round(float(heard[i]) / SAMPLE_RATE, 2) for i in gaps]

        return athlete, until

    return make


def test_a_place_in_the_session_is_reached_once(
    talk: Callable[..., tuple[Athlete, Callable[..., list[float]]]],
) -> None:
    """At the first phase that fits, the seconds after it began."""
    athlete, until = talk(
        "says: [{at: {set: 1, repetition: 2, phase: lower, side: right, seconds: 0.5}, say: pain}]"
    )
    athlete.watch([Enter("lower", "x", 1, 2, "left", 1.0)], 1.0)
    athlete.watch([Enter("lower", "x", 2, 2, "right", 1.0)], 1.0)
    assert len(athlete.unsaid) == 1
    athlete.watch([Enter("lower", "x", 1, 2, "right", 2.0)], 2.0)
    athlete.watch([Enter("lower", "x", 1, 2, "right", 3.0)], 3.0)
    assert until(5.0) == [2.5]
    assert athlete.unsaid == ()


def test_session_seconds_need_no_phase(
    talk: Callable[..., tuple[Athlete, Callable[..., list[float]]]],
) -> None:
    """And two remarks at the same time come one after the other."""
    athlete, until = talk("says: [{at: 1.5, say: one}, {at: 1.5, say: two}, {at: 99, say: late}]")
    onsets = until(6.0)
    assert onsets[0] == 1.5
    assert len(onsets) == 2
    assert onsets[1] > 2.2
    assert [remark.say for remark in athlete.unsaid] == ["late"]


def test_a_question_is_answered_after_it_was_asked(
    talk: Callable[..., tuple[Athlete, Callable[..., list[float]]]],
) -> None:
    """Unless the session has gone on meanwhile."""
    athlete, until = talk("answers: {ready: yes I am}")
    athlete.watch([Ask("ready", 1.0)], 0.5)
    assert until(3.0) == [pytest.approx(1.0 + REACTION_SECONDS, abs=0.011)]
    athlete.watch([Ask("where", 3.5)], 3.0)
    athlete.watch([Silence(3.2)], 3.2)
    assert until(6.0) == []


def test_what_a_file_does_not_answer_the_default_athlete_does() -> None:
    """All but "carry on": after stop or pain nobody says it unless the file does."""
    default = load_athlete(default_athlete())
    assert default.answers["carry_on"] == "carry on"


def test_nobody_carries_on_unless_the_file_says_so(
    talk: Callable[..., tuple[Athlete, Callable[..., list[float]]]],
) -> None:
    """The default athlete's other answers are taken over."""
    athlete, until = talk("answers: {how_sore: nine}")
    athlete.watch([Ask("carry_on", 0.1)], 0.0)
    assert until(3.0) == []
    athlete.watch([Ask("where", 3.0)], 3.0)
    assert len(until(5.0)) == 1


def test_a_recording_is_played_with_its_gain(tmp_path: Path) -> None:
    """Found beside the athlete file."""
    soundfile.write(tmp_path / "me.wav", np.full(800, 0.4, np.float32), SAMPLE_RATE)
    file = tmp_path / "athlete.yaml"
    file.write_text("says: [{at: 0, play: me.wav, gain_db: -6}]", encoding="utf-8")
    room = SimulatedRoom(-60, np.ones(SAMPLE_RATE, np.float32), None, 20, seed=1)
    athlete = Athlete(load_athlete(file), room, ClipStore(ToneRenderer(), tmp_path / "clips"))
    athlete.speak(0.0)
    assert room.exchange(np.zeros(BLOCK, np.float32)).mean() == pytest.approx(0.2, abs=0.01)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("says: [{at: 1}]", "either `say:` or `play:`"),
        ("says: [{at: {seconds: 1}, say: hi}]", "at least a phase or a set"),
        ("says: [{at: {set: 0}, say: hi}]", "greater than or equal to 1"),
        ("says: [{at: {phase: flying}, say: hi}]", "phase"),
        ("answers: {colour: red}", "'colour' is not asked"),
        ("says: [{at: 1, play: gone.wav}]", "line 1, field says[0].play"),
        ("says: [{at: .nan, say: hi}]", "says[0].at"),
        ("says: [{at: -1, say: hi}]", "greater than or equal to 0"),
        ('answers: {ready: ""}', "at least 1 character"),
    ],
)
def test_a_mistake_in_an_athlete_file_is_named(tmp_path: Path, text: str, problem: str) -> None:
    """With the file, the line and the field."""
    file = tmp_path / "athlete.yaml"
    file.write_text(text, encoding="utf-8")
    room = SimulatedRoom(-60, np.ones(SAMPLE_RATE, np.float32), None, 20, seed=1)
    store = ClipStore(ToneRenderer(), tmp_path / "clips")
    with pytest.raises(InputError) as caught:
        Athlete(load_athlete(file), room, store)
    assert problem in str(caught.value)
    assert str(tmp_path) in str(caught.value)
