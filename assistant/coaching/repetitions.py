"""The repetitions of a set: which phase follows which, and what is said in it."""

from __future__ import annotations

from abc import abstractmethod

from assistant.coaching.history import is_practised
from assistant.coaching.plan import Cue, Plan
from assistant.coaching.script import Line, Script
from assistant.coaching.tempo import CYCLES, phase_seconds
from assistant.coaching.workload import Workload

BREATH_REPETITIONS = 2
"""Repetitions of a side with breath cues; then the person has the rhythm."""

PRACTISED_BREATH_REPETITIONS = 1
"""The same for somebody who has it from earlier sessions."""

REMINDED_EVERY = 3
"""Repetitions between two reminders of the imprint; odd, so that sides that take turns share them."""

_TRIGGERS = {
    "lift": "lift",
    "top": "reach_top",
    "lower": "lower",
    "bottom": "reach_bottom",
    "return": "return_up",
    "hold": "hold",
}
"""Phase of a repetition to the trigger of the transition table that leads to it."""

_WAY_UP = {"lift": (Line.LIFT_LONG, Line.LIFT), "return": (Line.RETURN_LONG, Line.RETURN_UP)}
"""Phase of the way up to its cue with breathing and its short one."""

_IN_TURN = {"left": Line.LEFT_NOW, "right": Line.RIGHT_NOW}
"""Side to the cue of its way up, where both take turns."""

_ROLES = {
    Line.IMPRINT: "imprint",
    Line.IMPRINT_LONG: "imprint_long",
    Line.LIFT: "lift",
    Line.LIFT_LONG: "lift_long",
    Line.RETURN_UP: "return",
    Line.RETURN_LONG: "return_long",
    Line.HOLD: "hold",
    Line.BREATHE_IN: "breathe_in",
}
"""Lines that an exercise may word in its own way, by the role of its cue."""


class Repetitions(Workload):
    """Goes through a set's repetitions by time alone."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self.talkative = True
        """Whether breath cues are spoken."""
        self._steps: list[str] = []
        self._warned_last = False
        self._under_way = False
        """Whether a repetition has begun and is not over."""

    def _work(self, at: float) -> None:
        self._warned_last = self._under_way = False
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
        self._under_way = True
        self._enter(_TRIGGERS[phase], at)
        end = at + phase_seconds(phase, self.position.load.tempo)
        self._after(end, self._step)
        if phase == "lower":
            last = self.position.on_last_repetition
            for i in range(self.position.load.tempo.lower):
                value = self.position.load.tempo.lower - i
                self.delivery.count(value, at + i, last=last and value == 1)
        else:
            self._fill(phase, at, end)

    def _fill(self, phase: str, at: float, end: float) -> None:
        """Say what belongs into a phase, as far as it fits; a pending answer takes its place.

        Only whose turn it is comes before it: nobody can guess that.
        """
        turns = self.position.load.exercise.alternating
        if turns and phase in _WAY_UP and (side := self.position.side):
            self._fit(_IN_TURN[side], at, end)
        cycle = self.position.load.exercise.cycle
        repetition = self.position.repetition
        number = self.script.count(repetition // 2 if turns else repetition)
        counted = phase == CYCLES[cycle].counted_at and not (turns and repetition % 2)
        # A hold begins with its number, which people wait for: no answer takes its place.
        waited_for = counted and cycle == "hold"
        if waited_for:
            self.delivery.fit(number, at, end)
        if phase != "bottom" and self._answer_in(at, end):
            return
        if counted and not waited_for:
            self.delivery.fit(number, at, end)
        most = PRACTISED_BREATH_REPETITIONS if is_practised(self.history) else BREATH_REPETITIONS
        breathing = self.talkative and repetition <= most
        match phase:
            case "lift" | "return":
                # Said late, "lift" would be a second beat: "last one" stands for it.
                if phase == "lift" and not turns and self._warn_last(repetition, at, end):
                    return
                if turns:
                    warned = self._warn_last(repetition, at, end)
                else:
                    long, short = _WAY_UP[phase]
                    if not (breathing and self._fit(long, at, end)):
                        self._fit(short, at, end)
                    # Its own way up would be too late: the last lowering is over then.
                    warned = phase == "return" and self._warn_last(repetition + 1, at, end, Line.ONE_MORE)
                if not warned:
                    self._remind(repetition, at, end)
            case "top" | "bottom":
                # Nobody counts a hold aloud, so its end is always told, and on its beat.
                if cycle == "hold":
                    self._fit(Line.BREATHE_IN, at, end)
                if CYCLES[cycle].repetition[-1] == phase:
                    self._warn_last(repetition + 1, at, end)
                if breathing and cycle != "hold":
                    self._fit(Line.BREATHE_IN, at, end)
            case _:
                self._fit(Line.HOLD, at, end)

    def _answer_in(self, at: float, end: float) -> bool:
        """Give the first answer that fits; tell whether there was one."""
        for answer in self._answers:
            if self.delivery.fit(answer(), at, end):
                self._answers.remove(answer)
                return True
        return False

    def _worded(self, line: Line) -> Cue:
        """Word a line as the exercise does."""
        cues = self.position.load.exercise.cues
        return self.script.cue(cues.get(_ROLES.get(line, ""), line))

    def _fit(self, line: Line, at: float, end: float) -> bool:
        return self.delivery.fit(self._worded(line), at, end)

    def _remind(self, repetition: int, at: float, end: float) -> None:
        """Say again where the back belongs, in exercises that ask for it, once the rhythm is there."""
        again = self.position.load.exercise.cues.get("imprint_again")
        if again is not None and self.talkative and repetition % REMINDED_EVERY == 0:
            self.delivery.fit(self.script.cue(again), at, end)

    def _warn_last(self, repetition: int, at: float, end: float, line: Line = Line.LAST_ONE) -> bool:
        """Say "last one" before the last repetition of a side or with it, once; tells whether it did."""
        if repetition != self.position.repetitions or repetition == 1 or self._warned_last:
            return False
        self._warned_last = self._fit(line, at, end)
        return self._warned_last

    def _repetition_done(self, at: float) -> None:
        self._under_way = False
        self.position.repetition_over()
        if self.position.on_last_repetition:
            self._side_done(at)
            return
        self.position.next_repetition()
        if self._step_changes_exercise():
            self._change_exercise(at)
            return
        self._steps = list(self.position.steps())
        self._step(at)

    @abstractmethod
    def _side_done(self, at: float) -> None:
        """Go on after the last repetition of a side."""

    @abstractmethod
    def _change_exercise(self, at: float) -> None:
        """Put the body down and set up the new exercise for what is left of the set."""
