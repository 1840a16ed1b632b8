"""Phases and speech in time: timers, entering a phase, talking, and falling silent."""

from __future__ import annotations

from collections.abc import Callable

from assistant.coaching.actions import Change, Enter, Listen, Mark, Silence
from assistant.coaching.adaptation import Load, Step
from assistant.coaching.delivery import Delivery
from assistant.coaching.history import EXPERIENCED
from assistant.coaching.phases import MOVING, Phases
from assistant.coaching.place import Place
from assistant.coaching.plan import Cue, Exercise, Plan
from assistant.coaching.safety import CONTEXT_OF_PHASE, RELEASE_DELAY_SECONDS
from assistant.coaching.script import Line, Script
from assistant.coaching.taking_up import ResumablePosition

IN_REPETITIONS = ("lift", "top", "lower", "bottom", "return", "hold")
"""Phases that belong to a repetition."""


class Timekeeper:
    """Moves a session along in time; what the phases mean is for its heirs.

    Every time is an argument in seconds on the sample clock; a deadline is handled with the moment it was
    due, not the moment it was noticed, so that the tempo does not drift.
    """

    def __init__(self, plan: Plan, script: Script) -> None:
        self.plan = plan
        self.history = EXPERIENCED
        """What is remembered of earlier sessions."""
        self.position = ResumablePosition(plan)
        self.phases = Phases()
        self.delivery = Delivery(script)
        self.script = script
        self.question: str | None = None
        """The question that is open, while asking."""
        self.changes: list[str] = []
        """What was adapted, in words."""
        self.changed: list[Change] = []
        """The same as it was recorded."""
        self.over_at: float | None = None
        """Seconds at which the last word of the session will have been said."""
        self._timers: list[tuple[float, Callable[[float], object]]] = []
        self._answers: list[Callable[[], Cue]] = []
        self._context = ""
        self._body_in: Exercise | None = None
        """What the body is in, or was told to get into; another load may be in force already."""
        self._released: Cue | None = None
        self._release_until = 0.0
        self._waiting_since: float | None = None
        self._marked: Place | None = None

    @property
    def moving(self) -> bool:
        """Whether the body works or is about to."""
        return self.phases.phase in MOVING

    def next_deadline(self) -> float | None:
        """Give the seconds at which something is due of itself, or None."""
        return min((at for at, _ in self._timers), default=None)

    def _advance(self, now: float) -> None:
        while self._timers:
            index = min(range(len(self._timers)), key=lambda i: self._timers[i][0])
            if self._timers[index][0] > now:
                return
            at, then = self._timers.pop(index)
            then(at)

    def _after(self, at: float, then: Callable[[float], object]) -> None:
        self._timers.append((at, then))

    def _enter(self, trigger: str, at: float, context: str | None = None) -> None:
        self.phases.move(trigger)
        self._timers.clear()
        self._waiting_since = None
        phase = self.phases.phase
        if phase != "asking":
            self.question = None
        if phase == "setup" or self.moving:
            self._body_in = self.position.load.exercise
        in_repetition = phase in IN_REPETITIONS
        self._mark(at)  # Before the phase in whose record a repetition is told to be over.
        self._show(at, self.position.repetition if in_repetition else 0)
        context = context or CONTEXT_OF_PHASE.get(phase, "moving")
        if context != self._context:
            self._context = context
            self.delivery.act(Listen(context))

    def _show(self, at: float, repetition: int = 0) -> None:
        load, following = self.position.load, self._load_after()
        self.delivery.act(
            Enter(
                self.phases.phase,
                load.exercise.name,
                self.position.set,
                repetition,
                self.position.side,
                at,
                load.exercise.title,
                self.position.repetitions,
                self.position.sets,
                "" if following is None else following.exercise.title,
                self.plan.sets[self.position.set_index].part,
                load.range_step,
                str(load.tempo),
                self.position.sets_done,
                self.position.repetitions_done,
            )
        )

    def _load_after(self) -> Load | None:
        """Give the load of the next set as it stands now; None after the last."""
        return self.position.next_load

    def _place(self) -> Place | None:
        """Tell where the session would have to go on."""
        return self.position.place(None, set_over=False, gentle=False)

    def _mark(self, at: float) -> None:
        """Record where the session stands, where that has changed."""
        if (place := self._place()) != self._marked:
            self._marked = place
            self.delivery.act(Mark(place, at))

    def _talk(self, line: Line, now: float, **filled: str | int) -> float:
        return self.delivery.talk(self.script.cue(line, **filled), now)

    def _role(self, role: str) -> Cue:
        return self.script.cue(self.position.load.exercise.cues[role])

    def _halt(self, trigger: str, now: float) -> None:
        """Silence first, then the phase, then the release and nothing else that moves."""
        self._cut_off(now)
        self.delivery.hush(now)
        self.delivery.act(Silence(now))
        self._enter(trigger, now)
        self._release(now + RELEASE_DELAY_SECONDS)
        self._answers.clear()

    def _cut_off(self, now: float) -> None:
        """Take note that what is being said will not be heard."""

    def _hush(self, now: float) -> None:
        """Fall silent; a release that has not been heard to its end is said again."""
        self._cut_off(now)
        self.delivery.hush(now)
        self.delivery.act(Silence(now))
        if now < self._release_until:
            self._release(now + RELEASE_DELAY_SECONDS)

    def _release(self, at: float) -> None:
        self.delivery.release(self._way_out(at), at)
        self._release_until = self.delivery.free_at

    def _way_out(self, at: float) -> Cue:
        """Give the release of what the body is in; one that was not heard to its end is that one again."""
        if self._released is None or at > self._release_until + RELEASE_DELAY_SECONDS:
            exercise = self._body_in or self.position.load.exercise
            self._released = self.script.cue(exercise.cues["release"])
        return self._released

    def _record(self, step: Step, why: str) -> None:
        self._record_change(Change(step.what, step.before, step.after, why))

    def _record_change(self, change: Change) -> None:
        self.changed.append(change)
        self.changes.append(f"{change.what}: {change.before} to {change.after} ({change.why})")
        self.delivery.act(change)
