"""Rules for cues in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.checking.finding import Finding
from assistant.checking.slots import Measure, check_slots, trials_of
from assistant.checking.subject import Shelf
from assistant.coaching.plan import Cue
from assistant.coaching.tempo import parse_tempo
from assistant.errors import InputError
from assistant.library.loader import ReadVoice
from assistant.programme.voice import VoicePack
from tests.checking.conftest import EXERCISE, MOVEMENTS, ladder, voice_of, with_routine

Tones = Callable[[VoicePack], Measure]

HIGH = EXERCISE.format(name="high", level=5, regression="middle")


def _check(shelf: Shelf, voice: ReadVoice, tones: Tones) -> list[Finding]:
    return list(check_slots(trials_of(shelf), voice, tones(voice.pack)))


def _cue(name: str, text: str) -> Callable[[str], str]:
    def change(cues: str) -> str:
        lines = [line for line in cues.splitlines() if not line.startswith(f"  {name}:")]
        lines.insert(lines.index("movement:") + 1, f"  {name}: {text}")
        return "\n".join(lines)

    return change


def test_cues_that_fit_are_clean(tones: Tones) -> None:
    """At every tempo."""
    assert _check(ladder(), voice_of(), tones) == []


def test_the_tempos_are_its_own_slower_ones_eased_ones_and_those_of_routines() -> None:
    """A hold is only as long as it is written."""
    shelf = with_routine(ladder(), "exercise: high, tempo: 4-0-1-1, repetitions: 12")
    tempos = {
        (trial.tempo, trial.repetitions) for trial in trials_of(shelf) if trial.read.exercise.name == "high"
    }
    usual = ("3-0-2-1", "4-0-2-1", "5-0-2-1", "3-0-3-1")
    routines = ("4-0-1-1", "5-0-1-1", "4-0-2-1", "4-0-3-1")
    assert tempos == {(parse_tempo(tempo), 10) for tempo in usual} | {
        (parse_tempo(tempo), 12) for tempo in routines
    }
    hold = HIGH.replace("up-start", "hold")
    assert len([trial for trial in trials_of(ladder(high=hold)) if trial.read.exercise.name == "high"]) == 1


@pytest.mark.parametrize(
    ("name", "text", "phase"),
    [
        ("curl_up", "Curl your knees in over your belly, and then stretch both legs up.", "lift"),
        ("return_up", "And now come all of the long way up to the top again.", "return"),
        ("breathe_in", "And now breathe in.", "top"),
        ("one_more", "This one will be the very last one, and then we rest.", "return"),
        ("curl_up_long", "Breathe out all of the air, curl your knees in, and stretch both legs.", "lift"),
    ],
)
def test_a_cue_that_never_has_room_is_found(tones: Tones, name: str, text: str, phase: str) -> None:
    """With its length, the phase and the exercise; it would never be heard."""
    voice = voice_of(change=_cue(name, text))
    found = _check(ladder(), voice, tones)
    assert [(one.file, one.rule) for one in found] == [("cues.yaml", "cue-too-long")]
    assert f"takes {tones(voice.pack)(voice.pack.cues[name]):.2f} s" in found[0].problem
    assert f"no room in {phase} " in found[0].problem
    assert "high.yaml" in found[0].concerns


def test_a_cue_has_to_fit_at_a_routines_tempo(tones: Tones) -> None:
    """Even where it fits at that of the exercise."""
    voice = voice_of(change=_cue("return_up", "Come up now."))
    assert _check(ladder(), voice, tones) == []
    shelf = with_routine(ladder(), "exercise: high, tempo: 3-0-1-1, repetitions: 8")
    (found,) = _check(shelf, voice, tones)
    assert "return (1 s) of high at 3-0-1-1" in found.problem
    assert "mine.yaml" in found.concerns


def test_a_long_cue_may_give_way_to_a_short_one(tones: Tones) -> None:
    """The usual one takes more than 1 s and is left out then; one that an exercise words itself is not."""
    work = "exercise: high, tempo: 3-0-1-1, repetitions: 8"
    assert _check(with_routine(ladder(), work), voice_of(), tones) == []
    own = HIGH + "  return_long: lift_one\n"
    voice = voice_of(
        MOVEMENTS.replace("movement:", "movement:\n  lift_one: Breathe out all the air and lift it.")
    )
    (found,) = _check(ladder(high=own), voice, tones)
    assert (found.file, found.line, found.column) == ("movements.yaml", 4, 3)


def test_numbers_that_run_into_the_next_are_found(tones: Tones) -> None:
    """They are counted a second apart; those of repetitions have the top alone."""
    voice = voice_of()
    numbers = ("nought", "one", "two and a half minus", *voice.pack.numbers[3:7], "seven of these already")
    pack = replace(voice.pack, numbers=(*numbers, *voice.pack.numbers[8:]))
    found = _check(ladder(), replace(voice, pack=pack), tones)
    assert {(one.file, one.rule) for one in found} == {
        ("pack.yaml", "count-too-long"),
        ("pack.yaml", "cue-too-long"),
    }
    assert any("“two and a half minus” takes 1.2" in one.problem for one in found)
    assert any("“seven of these already”" in one.problem and "top (1 s)" in one.problem for one in found)


def test_what_a_voice_cannot_say_is_found(tones: Tones) -> None:
    """Once, at the cue, and the rest is looked at."""
    voice = voice_of()
    usual = tones(voice.pack)

    def measure(cue: Cue) -> float:
        if cue.name == "curl_up":
            raise InputError("there is nothing to speak in it", remedy="Write it in words")
        return usual(cue)

    (found,) = check_slots(trials_of(ladder()), voice, measure)
    assert (found.file, found.rule, found.remedy) == ("cues.yaml", "cue-unspeakable", "Write it in words")
