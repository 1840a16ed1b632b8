"""What a session is made of, read from what people edit: a routine, its exercises and a voice pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.coaching.plan import Exercise, Plan
from assistant.library.loader import Exercises, Loader, find_routine, find_voice
from assistant.programme.commands import CommandSet, require_safety
from assistant.programme.ladder import wrong_names
from assistant.programme.routine import Routine, make_plan
from assistant.programme.voice import VoicePack


@dataclass(frozen=True, slots=True)
class Session:
    """A plan and the voice that coaches it."""

    plan: Plan
    voice: VoicePack
    routine_file: Path
    routine: Routine | None = None
    """What the plan was made of; None where no file says it."""

    def at(self, level: int, equipment: frozenset[str]) -> Session:
        """Return the same session from another level on.

        Raises:
            InputError: the ladder has no such level.
        """
        assert self.routine is not None, "a session from a file has its routine"
        return replace(self, plan=make_plan(self.routine, self.plan.exercises, level, equipment))


def load_commands(path: Path) -> CommandSet:
    """Read a file of the format of voices/en/commands.yaml.

    Raises:
        InputError: naming the file, line and field, when something in it is wrong.
    """
    loader = Loader()
    return loader.whole(loader.commands(path)).commands


def load_voice(name: str, loader: Loader | None = None) -> VoicePack:
    """Read a voice pack: a folder, or the name of one in ./voices, the person's own or the shipped ones.

    Args:
        name: The folder or the name.
        loader: What keeps its files for whatever else is read.

    Raises:
        InputError: naming the file, line and field, when it is not there or something in it is wrong.
    """
    loader = loader or Loader()
    return loader.whole(_voice(loader, name))


def load_exercises(pack: VoicePack, beside: Path) -> Mapping[str, Exercise]:
    """Read every exercise: the shipped ones, the person's own, and those beside a routine, which win.

    Raises:
        InputError: naming the file, line and field, when something in them is wrong.
    """
    loader = Loader()
    return loader.whole(_exercises(loader, pack, beside)).known


def load_session(
    routine: str,
    voice: str = "en",
    level: int | None = None,
    equipment: frozenset[str] = frozenset(),
    loader: Loader | None = None,
) -> Session:
    """Read a routine with everything that it needs, each file once.

    Args:
        routine: A file, or the name of one in ./scripts, the person's own or the shipped ones.
        voice: A voice pack's folder or name.
        level: Where to start on the ladder; by default where the routine says.
        equipment: What there is of `ball`, `bench` and `bar`.
        loader: What has read some of its files.

    Raises:
        InputError: naming the file, line and field, when anything in them is wrong; it tells of everything.
    """
    loader = loader or Loader()
    pack = _voice(loader, voice)
    path = find_routine(routine)
    exercises = _exercises(loader, pack, path.parent)
    read = loader.whole(loader.routine(path, exercises, level, equipment))
    return Session(read.plan, loader.whole(pack), path, read.routine)


def _voice(loader: Loader, name: str) -> VoicePack | None:
    folder = find_voice(name)
    read = loader.voice(folder)
    if read is not None and read.commands.commands.commands:
        loader.attempt(folder, lambda: require_safety(read.commands.commands))
    return None if read is None else read.pack


def _exercises(loader: Loader, pack: VoicePack | None, beside: Path) -> Exercises:
    """Read exercises, and see that each has its file's name and leads to others that fit."""
    exercises = loader.exercises(beside, None if pack is None else pack.texts)
    for read in exercises.read.values():
        document = read.document
        for wrong in wrong_names(read.exercise, read.called, exercises.known, exercises.unreadable):
            error = document.error((wrong.field,), wrong.problem, wrong.remedy)
            loader.wrong.append((Path(document.file), error))
    return exercises
