"""Small things to check: exercises, a shelf, a voice, commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.checking.finding import Finding
from assistant.checking.phrases import Phrases, read_phrases
from assistant.checking.slots import Measure
from assistant.checking.subject import Shelf
from assistant.coaching.plan import Cue
from assistant.library.loader import ReadCommands, ReadExercise, ReadRoutine, ReadVoice
from assistant.library.text_files import read_text
from assistant.places import shipped
from assistant.programme.reading import Document
from assistant.programme.routine import make_plan
from assistant.programme.voice import VoicePack, parse_voice
from assistant.session.coach_voice import CoachVoice
from assistant.speaking.clips import ClipStore
from tests.parsing import parse_commands, parse_exercise, parse_routine
from tests.stand_ins import ToneRenderer

EXERCISE = """\
name: {name}
level: {level}
cycle: up-start
sides: each
source: A
tempo: 3-0-2-1
range: {{shallowest: 1, deepest: 2}}
repetitions: {{fewest: 5, most: 10}}
regression: {regression}
cues:
  title: title_one
  setup: setup_one
  reminder: reminder_one
  release: release_one
"""

MOVEMENTS = """\
talk:
  title_one: one leg
movement:
  setup_one: Lie flat.
  reminder_one: Leg straight.
release:
  release_one: Feet down.
"""

NAMES = dict.fromkeys(("title_one", "setup_one", "reminder_one", "release_one"), "words")


def exercise_of(text: str, stem: str) -> ReadExercise:
    """Read the text of an exercise file; every cue counts as there."""
    file = f"{stem}.yaml"
    names = {word: word for word in text.replace("[", " ").replace("]", " ").replace(",", " ").split()}
    exercise = parse_exercise(text, file, NAMES | names)
    return ReadExercise(replace(exercise, name=stem), Document(text, file), exercise.name)


def ladder(**changed: str) -> Shelf:
    """Three rungs called low, middle and high; what is given for one replaces its file's text."""
    texts = {
        "low": EXERCISE.format(name="low", level=0, regression="null"),
        "middle": EXERCISE.format(name="middle", level=3, regression="low"),
        "high": EXERCISE.format(name="high", level=5, regression="middle"),
    } | changed
    return Shelf({stem: exercise_of(text, stem) for stem, text in texts.items()}, ())


def with_routine(shelf: Shelf, work: str) -> Shelf:
    """Put a routine of these lines of work beside exercises."""
    lines = "\n".join(f"  - {{{line.strip()}}}" for line in work.strip().splitlines())
    routine = parse_routine(f"name: mine\nstart_level: 3\nwork:\n{lines}\n", "mine.yaml")
    plan = make_plan(routine, {name: read.exercise for name, read in shelf.exercises.items()})
    return Shelf(shelf.exercises, (ReadRoutine(plan, routine),))


def commands_of(text: str) -> ReadCommands:
    """Read the text of a commands file."""
    return ReadCommands(parse_commands(text, "commands.yaml"), Document(text, "commands.yaml"))


def phrases_of(text: str) -> tuple[ReadCommands, Phrases, list[Finding]]:
    """Compile the text of a commands file."""
    read = commands_of(text)
    return (read, *read_phrases(read))


def voice_of(movements: str = MOVEMENTS, change: Callable[[str], str] = lambda text: text) -> ReadVoice:
    """The shipped voice with these cues for exercises, its own cues changed."""
    folder = shipped("voices") / "en"
    pack = Document(read_text(folder / "pack.yaml"), "pack.yaml")
    cues = (
        Document(change(read_text(folder / "cues.yaml")), "cues.yaml"),
        Document(movements, "movements.yaml"),
    )
    commands = commands_of(read_text(folder / "commands.yaml"))
    return ReadVoice(parse_voice(pack, cues, commands.commands), pack, cues, commands)


@pytest.fixture
def tones(tmp_path: Path) -> Callable[[VoicePack], Measure]:
    """Measures cues that take 0.06 s a character."""

    def measure_of(pack: VoicePack) -> Measure:
        voice = CoachVoice(pack, ClipStore(ToneRenderer(), tmp_path))

        def measure(cue: Cue) -> float:
            return voice.seconds_of(cue)

        return measure

    return measure_of
