"""A session's course: getting ready, repetitions, sets and rests, when each begins and what is said."""

from __future__ import annotations

from assistant.coaching.actions import Listen
from assistant.coaching.adaptation import Load, Step, harder
from assistant.coaching.plan import GET_READY_SECONDS, IMPRINT_SECONDS, Plan
from assistant.coaching.safety import CONTEXT_OF_PHASE, SETUP_ASKED_AT
from assistant.coaching.script import Line, Script
from assistant.coaching.tempo import CYCLES, phase_seconds
from assistant.coaching.waiting import Waiting

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

_WAY_UP = {"lift": (Line.LIFT_LONG, Line.LIFT), "return": (Line.RETURN_LONG, Line.RETURN_UP)}
"""Phase of the way up to its cue with breathing and its short one."""


class Session(Waiting):
    """The phases of a session, driven by time alone; `Coach` adds what is heard."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self.talkative = True
        """Whether breath cues are spoken."""
        self.lie_down_seconds = 0.0
        """How long the person has after the greeting to get to the mat."""
        self._line_unready = Line.STILL_SETTING_UP
        self._steps: list[str] = []
        self._set_over = False
        self._in_position_for: str | None = None
        self._heard_setup: set[str] = set()
        self._heard_imprint: set[str] = set()
        self._next_step: Step | None = None
        self._harder_step: Step | None = None
        self._warned_last = False
        self._rest_until = 0.0

    @property
    def load_ahead(self) -> Load:
        """The load from the next repetition on."""
        return self._next_step.load if self._next_step is not None else self.position.load

    # -- before the first lift

    def _start(self, now: float) -> None:
        self._enter_first(now)
        over = self._talk(Line.GREETING, now)
        if self.lie_down_seconds > 0:
            over = self._talk(Line.LIE_DOWN, now) + self.lie_down_seconds
        self._after(over, self._set_up)

    def _enter_first(self, now: float) -> None:
        self._show(now)
        self._context = CONTEXT_OF_PHASE["greeting"]
        self.delivery.act(Listen(self._context))

    def _set_up(self, at: float) -> None:
        self._enter("set_up", at)
        self._in_position_for = None
        load = self.position.load
        name = load.exercise.name
        number, count = self.position.sets_of_exercise()
        self._talk(Line.ANNOUNCE, at, title=load.exercise.title, n=number, m=count)
        first = name not in self._heard_setup
        self._heard_setup.add(name)
        self.delivery.talk(self._role("setup" if first else "reminder"), at)
        if load.exercise.cycle != "hold":
            self.delivery.talk(self.script.cue(f"range_{load.range_step}"), at)
        self._wait("ready", self._line_unready, SETUP_ASKED_AT, self._talk(Line.SAY_READY, at))

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
        """Say what belongs into a phase, as far as it fits; a pending answer takes its place."""
        if phase != "bottom":
            for answer in self._answers:
                if self.delivery.fit(answer(), at, end):
                    self._answers.remove(answer)
                    return
        cycle = self.position.load.exercise.cycle
        repetition = self.position.repetition
        if phase == CYCLES[cycle].counted_at:
            self.delivery.fit(self.script.count(repetition), at, end)
        breathing = self.talkative and repetition <= BREATH_REPETITIONS
        match phase:
            case "lift" | "return":
                # Said late, "lift" would be a second beat: "last one" stands for it.
                if self._warn_last(repetition, at, end):
                    return
                long, short = _WAY_UP[phase]
                if not (breathing and self._fit(long, at, end)):
                    self._fit(short, at, end)
            case "top" | "bottom":
                if CYCLES[cycle].repetition[-1] == phase:
                    self._warn_last(repetition + 1, at, end)
                if breathing:
                    self._fit(Line.BREATHE_IN, at, end)
            case _:
                self._fit(Line.HOLD, at, end)

    def _fit(self, line: Line, at: float, end: float) -> bool:
        return self.delivery.fit(self.script.cue(line), at, end)

    def _warn_last(self, repetition: int, at: float, end: float) -> bool:
        """Say "last one" before the last repetition of a side or with it, once; tells whether it did."""
        if repetition != self.position.load.repetitions or repetition == 1 or self._warned_last:
            return False
        self._warned_last = self._fit(Line.LAST_ONE, at, end)
        return self._warned_last

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

    def _keep_step(self) -> None:
        """Leave a set with a step still pending: it holds for the sets that follow."""
        if self._next_step is not None:
            self.position.keep(self._next_step)
            self._next_step = None

    def _start_next_set(self) -> None:
        """Go to the next set, harder if that was wished for and nothing spoke against it since."""
        self._keep_step()
        self._set_over = False
        self.position.next_set()
        if self._harder_step is not None:
            self._harder_step = None
            if step := harder(self.position.load, self.plan.exercises):
                self.position.adapt(step)

    def _change_exercise(self, at: float) -> None:
        """Put the body down and set up the new exercise for what is left of the set."""
        self._release(at)
        self._set_up(at)

    def _side_done(self, at: float) -> None:
        if not self.position.on_last_side:
            self.position.next_side()
            self._go_on(at)
            return
        self.position.sets_done += 1
        self._set_over = True
        self._keep_step()
        if self.position.on_last_set:
            self._talk(Line.SET_DONE, at)
            self._put_down(at)
            self._finish("completed", at)
        else:
            self._rest(at)

    def _put_down(self, at: float) -> None:
        self.delivery.talk(self._role("release"), at)
        self._release_until = self.delivery.free_at

    # -- between sets

    def _rest(self, at: float) -> None:
        self._enter("rest", at)
        self._talk(Line.SET_DONE, at)
        self._put_down(at)
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
        self._rest_until = end
        if end - 10 > self.delivery.free_at + 5:
            self._after(end - 10, lambda t: self._talk(Line.REST_TEN, t))
        self._after(end, self._go_on)

    def _go_on(self, at: float) -> None:
        """Go to the next set after one that is over, or else take this one up again."""
        if self._set_over:
            self._start_next_set()
        if self._step_changes_exercise():
            self._set_up(at)
        else:
            self._imprint(at)
