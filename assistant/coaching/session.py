"""A session in time: each phase, what is said in it, and when the next one begins."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from assistant.coaching.actions import Ask, Change, Enter, Finish, Listen, Silence
from assistant.coaching.adaptation import Load, Step
from assistant.coaching.delivery import Delivery
from assistant.coaching.phases import MOVING, Phases
from assistant.coaching.plan import GET_READY_SECONDS, IMPRINT_SECONDS, Cue, Plan
from assistant.coaching.position import Position
from assistant.coaching.safety import (
    ANSWER_SECONDS,
    CONTEXT_OF_PHASE,
    QUESTIONS,
    RELEASE_DELAY_SECONDS,
    SETUP_ASKED_AT,
    SILENCE_ENDS_AT,
    STOPPED_ASKED_AT,
)
from assistant.coaching.script import Line, Script
from assistant.coaching.tempo import CYCLES, phase_seconds

BREATH_REPETITIONS = 2
"""Repetitions of a side with breath cues; then the person has the rhythm."""

_TRIGGERS = {
    "lift": "lift",
    "top": "reach_top",
    "lower": "lower",
    "bottom": "reach_bottom",
    "return": "return_up",
    "hold": "hold",
}
"""Phase of a repetition to the trigger of the transition table that leads to it."""


class Session(ABC):
    """The phases of a session, driven by time alone; `Coach` adds what is heard.

    Every time is an argument in seconds on the sample clock; a deadline is handled with the moment it was
    due, not the moment it was noticed, so that the tempo does not drift.
    """

    def __init__(self, plan: Plan, script: Script) -> None:
        self.plan = plan
        self.position = Position(plan)
        self.phases = Phases()
        self.delivery = Delivery(script)
        self.script = script
        self.question: str | None = None
        """The question that is open, while asking."""
        self.talkative = True
        """Whether breath cues and reminders are spoken."""
        self.changes: list[str] = []
        self.over_at: float | None = None
        """Seconds at which the last word of the session will have been said."""
        self._timers: list[tuple[float, Callable[[float], object]]] = []
        self._steps: list[str] = []
        self._set_over = False
        self._in_position_for: str | None = None
        self._heard_setup: set[str] = set()
        self._heard_imprint: set[str] = set()
        self._next_step: Step | None = None
        self._answers: list[Callable[[], Cue]] = []
        self._context = ""
        self._asked_before = False
        self._warned_last = False

    # -- time

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
        phase = self.phases.phase
        if phase != "asking":
            self.question = None
        in_repetition = phase in _TRIGGERS
        self.delivery.act(
            Enter(
                phase,
                self.position.load.exercise.name,
                self.position.set,
                self.position.repetition if in_repetition else 0,
                self.position.side,
                at,
            )
        )
        context = context or CONTEXT_OF_PHASE.get(phase, "moving")
        if context != self._context:
            self._context = context
            self.delivery.act(Listen(context))

    def _talk(self, line: Line, now: float, **filled: str | int) -> float:
        return self.delivery.talk(self.script.cue(line, **filled), now)

    def _role(self, role: str) -> Cue:
        return self.script.cue(self.position.load.exercise.cues[role])

    # -- before the first lift

    def _start(self, now: float) -> None:
        self._enter_first(now)
        self._after(self._talk(Line.GREETING, now), self._set_up)

    def _enter_first(self, now: float) -> None:
        self.delivery.act(Enter("greeting", self.position.load.exercise.name, 1, 0, self.position.side, now))
        self._context = CONTEXT_OF_PHASE["greeting"]
        self.delivery.act(Listen(self._context))

    def _set_up(self, at: float) -> None:
        self._enter("set_up", at)
        load = self.position.load
        name = load.exercise.name
        number, count = self.position.sets_of_exercise()
        self._talk(Line.ANNOUNCE, at, title=load.exercise.title, n=number, m=count)
        first = name not in self._heard_setup
        self._heard_setup.add(name)
        self.delivery.talk(self._role("setup" if first else "reminder"), at)
        if load.exercise.cycle != "hold":
            self.delivery.talk(self.script.cue(f"range_{load.range_step}"), at)
        over = self._talk(Line.SAY_READY, at)
        self.delivery.act(Ask("ready", over))
        for seconds in SETUP_ASKED_AT:
            self._after(over + seconds, lambda t: self._ask_again(Line.STILL_SETTING_UP, "ready", t))
        self._after(over + SILENCE_ENDS_AT, self._end_in_silence)

    def _ask_again(self, line: Line, question: str, at: float) -> None:
        self.delivery.act(Ask(question, self._talk(line, at)))

    def _imprint(self, at: float) -> None:
        self._enter("imprint", at)
        self._in_position_for = self.position.load.exercise.name
        self._set_over = False
        if side := self.position.side:
            word = self.script.cue(f"side_{side}").text
            line = Line.FIRST_SIDE if self.position.side_index == 0 else Line.OTHER_SIDE
            self._talk(line, at, side=word)
        first = self._in_position_for not in self._heard_imprint
        self._heard_imprint.add(self._in_position_for)
        over = self._talk(Line.IMPRINT_LONG if first else Line.IMPRINT, at)
        self._after(max(at + IMPRINT_SECONDS, over + 1.0), self._get_ready)

    def _get_ready(self, at: float) -> None:
        self._enter("get_ready", at)
        over = self._talk(Line.GET_READY, at)
        self._after(max(at + GET_READY_SECONDS, over), self._work)

    # -- repetitions

    def _work(self, at: float) -> None:
        self._warned_last = False
        if self._step_changes_exercise():
            self._change_exercise(at)
            return
        self._steps = [*self.position.opening(), *self.position.steps()]
        self._step(at)

    def _step(self, at: float) -> None:
        if not self._steps:
            self._repetition_done(at)
            return
        phase = self._steps.pop(0)
        self._enter(_TRIGGERS[phase], at)
        end = at + phase_seconds(phase, self.position.load.tempo)
        self._after(end, self._step)
        if phase == "lower":
            for i in range(self.position.load.tempo.lower):
                self.delivery.count(self.position.load.tempo.lower - i, at + i)
        else:
            self._fill(phase, at, end)

    def _fill(self, phase: str, at: float, end: float) -> None:
        """Say what belongs into a phase, as far as it fits; a pending answer comes before all else."""
        counted = phase == CYCLES[self.position.load.exercise.cycle].counted_at
        if self._answers and phase != "bottom" and self.delivery.fit(self._answers[0](), at, end):
            self._answers.pop(0)
            counted = False
        if counted:
            self.delivery.fit(self.script.count(self.position.repetition), at, end)
        breathing = self.talkative and self.position.repetition <= BREATH_REPETITIONS
        match phase:
            case "lift" | "return":
                self._warn_last(self.position.repetition, at, end)
                long, short = (
                    (Line.LIFT_LONG, Line.LIFT) if phase == "lift" else (Line.RETURN_LONG, Line.RETURN_UP)
                )
                if not (breathing and self._fit(long, at, end)):
                    self._fit(short, at, end)
            case "top" if self.position.load.exercise.cycle == "up-start":
                self._warn_last(self.position.repetition + 1, at, end)
                if breathing:
                    self._fit(Line.BREATHE_IN, at, end)
            case "top" | "bottom" if breathing:
                self._fit(Line.BREATHE_IN, at, end)
            case "hold":
                self._fit(Line.HOLD, at, end)
            case _:
                pass

    def _fit(self, line: Line, at: float, end: float) -> bool:
        return self.delivery.fit(self.script.cue(line), at, end)

    def _warn_last(self, repetition: int, at: float, end: float) -> None:
        if repetition == self.position.load.repetitions > 1 and not self._warned_last:
            self._warned_last = self._fit(Line.LAST_ONE, at, end)

    def _repetition_done(self, at: float) -> None:
        self.position.repetitions_done += 1
        if self.position.on_last_repetition:
            self._side_done(at)
            return
        self.position.repetition += 1
        if self._step_changes_exercise():
            self._change_exercise(at)
            return
        self._steps = list(self.position.steps())
        self._step(at)

    def _step_changes_exercise(self) -> bool:
        """Put a pending step in force; tells whether the body has to be set up anew for it."""
        if self._next_step is not None:
            self.position.adapt(self._next_step)
            self._next_step = None
        return self.position.load.exercise.name != self._in_position_for

    def _change_exercise(self, at: float) -> None:
        """Put the body down and set up the new exercise for what is left of the set."""
        self.delivery.release(self._role("release"), at)
        self._set_up(at)

    def _side_done(self, at: float) -> None:
        if not self.position.on_last_side:
            self.position.next_side()
            self._go_on(at)
            return
        self.position.sets_done += 1
        self._set_over = True
        if self.position.on_last_set:
            self._talk(Line.SET_DONE, at)
            self.delivery.talk(self._role("release"), at)
            self._finish("completed", at)
        else:
            self._rest(at)

    # -- between sets

    def _rest(self, at: float) -> None:
        self._enter("rest", at)
        self._talk(Line.SET_DONE, at)
        self.delivery.talk(self._role("release"), at)
        self._rest_for(self.plan.sets[self.position.set_index].rest_seconds, at)

    def _rest_for(self, seconds: int, at: float) -> None:
        if seconds >= 5:
            self._talk(Line.REST, at, n=seconds)
        following = self.position.next_load
        if following is not None:
            if following.exercise is self.position.load.exercise:
                number, count = self.position.sets_of_exercise()
                self._talk(Line.NEXT_UP, at, n=min(number + 1, count), m=count)
            else:
                self._talk(Line.NEXT_EXERCISE_UP, at, title=following.exercise.title)
        for answer in self._answers:
            self.delivery.talk(answer(), at)
        self._answers.clear()
        end = max(at + seconds, self.delivery.free_at + 0.5)
        if end - 10 > self.delivery.free_at + 5:
            self._after(end - 10, lambda t: self._talk(Line.REST_TEN, t))
        self._after(end, self._go_on)

    def _go_on(self, at: float) -> None:
        """Go to the next set after one that is over, or else take this one up again."""
        if self._set_over:
            self._set_over = False
            self.position.next_set()
        if self._step_changes_exercise():
            self._set_up(at)
        else:
            self._imprint(at)

    # -- stopped, paused, asking, finished

    def _halt(self, trigger: str, now: float) -> None:
        """Silence first, then the phase, then the release and nothing else that moves."""
        self.delivery.hush(now)
        self.delivery.act(Silence(now))
        self._enter(trigger, now)
        self.delivery.release(self._role("release"), now + RELEASE_DELAY_SECONDS)
        self._answers.clear()

    def _hush(self, now: float) -> None:
        self.delivery.hush(now)
        self.delivery.act(Silence(now))

    def _wait_stopped(self, line: Line, now: float) -> None:
        over = self._talk(line, now)
        self.delivery.act(Ask("carry_on", over))
        for seconds in STOPPED_ASKED_AT:
            self._after(over + seconds, lambda t: self._ask_again(Line.STILL_STOPPED, "carry_on", t))
        self._after(over + SILENCE_ENDS_AT, self._end_in_silence)

    def _pause(self, line: Line, now: float) -> None:
        self._halt("pause", now)
        over = self._talk(line, now)
        self.delivery.act(Ask("carry_on", over))
        self._after(over + 60, lambda t: self._ask_again(Line.STILL_PAUSED, "carry_on", t))
        self._after(over + SILENCE_ENDS_AT, self._end_in_silence)

    def _ask(self, name: str, now: float, again: bool = False) -> None:
        question = QUESTIONS[name]
        self._enter("ask", now, question.context)
        self.question = name
        self._asked_before = again
        over = self._talk(question.line, now)
        self.delivery.act(Ask(name, over))
        if name == "ready":
            for seconds in SETUP_ASKED_AT:
                self._after(over + seconds, lambda t: self._ask_again(question.line, name, t))
            self._after(over + SILENCE_ENDS_AT, self._end_in_silence)
        else:
            self._after(over + ANSWER_SECONDS, self._unanswered)

    @abstractmethod
    def _unanswered(self, at: float) -> None:
        """Go on after a question that nobody answered."""

    def _end_in_silence(self, at: float) -> None:
        self._talk(Line.END_SILENCE, at)
        self._finish("silence", at)

    def _finish(self, ended: str, now: float) -> None:
        self._enter("finish", now)
        done = self.position
        if ended == "completed":
            self._talk(Line.FAREWELL, now, n=done.sets_done, m=done.repetitions_done)
        elif ended == "asked":
            self._talk(Line.FAREWELL_EARLY, now, m=done.repetitions_done)
        self.over_at = self.delivery.free_at + 0.5
        self.delivery.act(Finish(ended, done.sets_done, done.repetitions_done, tuple(self.changes)))

    def _record(self, step: Step, why: str) -> None:
        self.changes.append(f"{step.what}: {step.before} to {step.after} ({why})")
        self.delivery.act(Change(step.what, step.before, step.after, why))

    @property
    def moving(self) -> bool:
        """Whether the body works or is about to."""
        return self.phases.phase in MOVING

    @property
    def load_ahead(self) -> Load:
        """The load from the next repetition on."""
        return self._next_step.load if self._next_step is not None else self.position.load
