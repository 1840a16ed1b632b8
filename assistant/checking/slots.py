"""Rules for cues in time: what is said in a phase of a repetition has to fit into it, at every tempo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from assistant.checking.finding import Finding, at
from assistant.checking.subject import Shelf
from assistant.coaching.actions import Action, Ask, Count, Enter, Finish, Say
from assistant.coaching.coach import Coach
from assistant.coaching.events import Heard, Started
from assistant.coaching.load import SLOWEST_RETURN
from assistant.coaching.plan import Cue, Exercise, Plan, WorkSet
from assistant.coaching.script import Script
from assistant.coaching.speech import SLOT_MARGIN_SECONDS
from assistant.coaching.tempo import CYCLES, SLOWEST_LOWERING, Tempo, opening_seconds, phase_seconds
from assistant.errors import InputError
from assistant.library.loader import ReadExercise, ReadVoice
from assistant.programme.voice import VoicePack

BEAT_SECONDS = 1.0
"""Between two numbers of a lowering."""

FEWEST_REPETITIONS = 4
"""So that a course comes to the cues with breathing, to those without, and to the last one."""

MOST_STEPS = 5_000
"""Deadlines of one set; the coach is far from needing as many."""

Measure = Callable[[Cue], float]
"""How long a cue takes to say, in seconds; InputError where the voice can't say it."""


@dataclass(frozen=True, slots=True)
class Trial:
    """An exercise at one tempo."""

    read: ReadExercise
    tempo: Tempo
    repetitions: int
    files: frozenset[str]
    """Where the exercise and its tempo are written."""

    @property
    def sameness(self) -> tuple[object, ...]:
        """What tells two trials apart as far as time goes."""
        exercise = self.read.exercise
        cues = tuple(cue for role, cue in exercise.cues.items() if role not in ("title", "setup", "reminder"))
        return exercise.cycle, exercise.alternating, self.tempo, self.repetitions, cues


@dataclass(frozen=True, slots=True)
class Slot:
    """One phase of one repetition."""

    phase: str
    repetition: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Course:
    """What was said in a set, in order."""

    said: tuple[tuple[Slot, Cue], ...]
    """Cues that move the body, in the phases of repetitions."""
    counts: tuple[Cue, ...]
    """Numbers that were spoken a second apart."""


@dataclass(frozen=True, slots=True)
class _Lost:
    trial: Trial
    slot: Slot
    cue: Cue
    replaced: bool
    """Whether another was said in its place."""


@dataclass(slots=True)
class _Timing:
    """What is known of a voice's cues after some trials."""

    measure: Measure
    seconds: dict[Cue, float] = field(default_factory=dict[Cue, float])
    failed: dict[Cue, InputError] = field(default_factory=dict[Cue, InputError])
    heard: set[str] = field(default_factory=set[str])
    lost: dict[str, list[_Lost]] = field(default_factory=dict[str, list[_Lost]])
    """Cue to where it had no room."""
    counts: dict[Cue, frozenset[str]] = field(default_factory=dict[Cue, frozenset[str]])
    """Numbers of lowerings and the files that they come from."""

    def seconds_of(self, cue: Cue) -> float:
        """Measure a cue once."""
        if cue not in self.seconds:
            try:
                self.seconds[cue] = self.measure(cue)
            except InputError as error:
                self.failed[cue], self.seconds[cue] = error, 0.0
        return self.seconds[cue]


def trials_of(shelf: Shelf) -> Iterator[Trial]:
    """Return every tempo that exercises can have: their own, those of routines, slower, and eased."""
    known: dict[str, dict[Tempo, tuple[int, frozenset[str]]]] = {}
    for name, read in shelf.exercises.items():
        own = frozenset({read.document.file})
        known[name] = {read.exercise.tempo: (read.exercise.repetitions[1], own)}
    for routine in shelf.routines:
        for work in routine.plan.sets:
            tempos = known[work.exercise]
            count, files = tempos.get(work.tempo, (0, frozenset[str]()))
            files |= {shelf.exercises[work.exercise].document.file, routine.routine.document.file}
            tempos[work.tempo] = max(count, work.repetitions), files
    for name, tempos in known.items():
        read = shelf.exercises[name]
        for tempo, (count, files) in tempos.items():
            for other in _around(read.exercise, tempo):
                yield Trial(read, other, max(count, FEWEST_REPETITIONS), files)


def _around(exercise: Exercise, tempo: Tempo) -> Iterator[Tempo]:
    yield tempo
    if exercise.cycle == "hold":
        return
    for lower in range(tempo.lower + 1, SLOWEST_LOWERING + 1):
        yield replace(tempo, lower=lower)
    for lift in range(tempo.lift + 1, min(SLOWEST_RETURN, tempo.lower) + 1):
        yield replace(tempo, lift=lift)


def check_slots(trials: Iterable[Trial], voice: ReadVoice, measure: Measure) -> Iterator[Finding]:
    """Lead every trial with cues of their real length, and see what was not said for want of room.

    What is said is compared with a course in which speech takes no time.
    """
    different: dict[tuple[object, ...], Trial] = {}
    for trial in trials:
        if all(cue in voice.pack.cues for cue in trial.read.exercise.cues.values()):
            same = different.get(trial.sameness, trial)
            different[trial.sameness] = replace(same, files=same.files | trial.files)
    timing = _Timing(measure)
    for trial in different.values():
        for brief in (False, True):
            _compare(trial, voice, timing, brief=brief)
    for cue, files in timing.counts.items():
        if (took := timing.seconds_of(cue)) > BEAT_SECONDS - SLOT_MARGIN_SECONDS:
            took_long = f"“{cue.text}” takes {took:.2f} s to say"
            problem = f"{took_long}, and the next number comes {BEAT_SECONDS:g} s on"
            yield _at_cue(voice, cue, "count-too-long", problem, "Word it shorter, or speak faster", files)
    for name, places in timing.lost.items():
        yield from _no_room(name, places, voice, timing)
    for cue, error in timing.failed.items():
        problem = f"“{cue.text}” can't be said: {error.problem}"
        yield _at_cue(voice, cue, "cue-unspeakable", problem, error.remedy, frozenset())


def _seconds_of(phase: str, exercise: Exercise, tempo: Tempo) -> int:
    opens = phase in CYCLES[exercise.cycle].opening
    return opening_seconds(phase, tempo) if opens else phase_seconds(phase, tempo)


def _lead(trial: Trial, pack: VoicePack, seconds_of: Measure, *, brief: bool) -> Course:
    """Lead one side through one set; neither equipment nor checks are asked about.

    Args:
        trial: What is done, how fast and how many times.
        pack: How it is said.
        seconds_of: How long each cue takes to say.
        brief: Whether less talk was asked for.
    """
    exercise, tempo = trial.read.exercise, trial.tempo
    alone = replace(exercise, sides=(None,), checks=(), equipment=(), regression=None, progression=None)
    work = WorkSet(exercise.name, trial.repetitions, tempo, exercise.range_steps[0], 0)
    plan = Plan("check", {exercise.name: alone}, (work,))
    coach = Coach(plan, Script(pack.cues, pack.numbers, seconds_of))
    cycle = CYCLES[exercise.cycle]
    phases = {*cycle.opening, *cycle.repetition}
    said: list[tuple[Slot, Cue]] = []
    counts: list[Cue] = []
    slot: Slot | None = None
    now = 0.0
    actions: list[Action] = coach.handle(Started(), now)
    for _ in range(MOST_STEPS):
        for action in actions:
            match action:
                case Enter() if action.phase in phases:
                    slot = Slot(action.phase, action.repetition, _seconds_of(action.phase, exercise, tempo))
                case Enter():
                    slot = None
                case Say() if slot is not None and action.cue.kind == "movement":
                    said.append((slot, action.cue))
                case Count():
                    counts.append(action.cue)
                case Finish():
                    return Course(tuple(said), tuple(counts))
                case _:
                    pass
        asked = [action for action in actions if isinstance(action, Ask) and action.question == "ready"]
        if asked:
            now = max(now, asked[-1].due)
            if brief:
                coach.handle(Heard("less_talk", start=now), now)
            actions = coach.handle(Heard("ready", start=now), now)
            continue
        if (due := coach.next_deadline()) is None:
            break
        now, actions = due, coach.advance(due)
    raise RuntimeError(f"the coach did not come to the end of a set of {exercise.name}")


def _compare(trial: Trial, voice: ReadVoice, timing: _Timing, *, brief: bool) -> None:
    course = partial(_lead, trial, voice.pack, brief=brief)
    wished = course(lambda cue: 0.0)
    timed = {cue.name for _, cue in wished.said} | {cue.name for cue in wished.counts}
    real = course(lambda cue: timing.seconds_of(cue) if cue.name in timed else 0.0)
    heard = {cue.name for _, cue in real.said}
    timing.heard |= heard
    for cue in wished.counts:
        timing.counts[cue] = timing.counts.get(cue, frozenset()) | trial.files
    instead = {slot for slot, _ in {*real.said} - {*wished.said}}
    for slot, cue in wished.said:
        if cue.name not in heard:
            lost = _Lost(trial, slot, cue, slot in instead)
            timing.lost.setdefault(cue.name, []).append(lost)


def _no_room(name: str, places: Sequence[_Lost], voice: ReadVoice, timing: _Timing) -> Iterator[Finding]:
    # A long cue that gives way to a short one is no loss as long as it has room in some exercise.
    counted = [
        place
        for place in places
        if not place.replaced or name not in timing.heard or name in place.trial.read.exercise.cues.values()
    ]
    if not counted:
        return
    first = min(counted, key=lambda place: place.slot.seconds)
    others = len({(place.trial.read.exercise.name, place.trial.tempo) for place in counted}) - 1
    problem = (
        f"“{first.cue.text}” takes {timing.seconds_of(first.cue):.2f} s to say and has no room in "
        f"{first.slot.phase} ({first.slot.seconds:g} s) of {first.trial.read.exercise.name} at "
        f"{first.trial.tempo}"
    )
    if others:
        problem += f", nor in {others} more of exercises and tempos"
    files = frozenset(file for place in counted for file in place.trial.files)
    yield _at_cue(voice, first.cue, "cue-too-long", problem, "Word it shorter, or speak it faster", files)


def _at_cue(
    voice: ReadVoice, cue: Cue, rule: str, problem: str, remedy: str, files: frozenset[str]
) -> Finding:
    if cue.name in voice.pack.cues:
        document, path = voice.place_of(cue)
        return at(document, path, rule, problem, remedy, files)
    number = voice.pack.numbers.index(cue.text) if cue.text in voice.pack.numbers else 0
    return at(voice.pack_document, ("numbers", number), rule, problem, remedy, files)
