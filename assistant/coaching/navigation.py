"""What the coach does about wishes for another place in the session: pause, next set, the other side."""

from __future__ import annotations

from assistant.coaching.care import Refusal
from assistant.coaching.events import Heard
from assistant.coaching.plan import Plan
from assistant.coaching.requests import Requests
from assistant.coaching.safety import RELEASE_DELAY_SECONDS
from assistant.coaching.script import Line, Script
from assistant.coaching.timekeeper import IN_REPETITIONS

MORE_REST_SECONDS = 30
"""What "more rest" adds."""


class Navigation(Requests):
    """The ways through the session; out of a movement they all lead over the release."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._switch_after: tuple[int, int] | None = None
        self._other_side_first = False
        self._more_rest_after: int | None = None

    def _on_pause(self, heard: Heard, now: float) -> Refusal:
        if self.phases.phase in ("paused", "stopped"):
            return "nothing is going on"
        if self.phases.phase == "asking" and self.question != "ready":
            return "a question is open"
        self._pause(Line.PAUSED, now)
        self._undo = self._take_pause_back
        return None

    def _take_pause_back(self, now: float) -> Refusal:
        self._hush(now)
        self._talk(Line.UNDONE_PAUSE, now)
        self._ask("ready", now)
        return None

    def _leave(self, now: float) -> bool:
        """Break off what is going on, legs down; False before and after all sets, and until ready is said."""
        if self._needs_ready or self.phases.phase in ("greeting", "stopped", "asking"):
            return False
        if self._opening or self._closing is not None:
            return False
        self._switch_after = None
        was_moving = self.moving
        self._hush(now)
        if was_moving and now >= self._release_until:
            self._release(now + RELEASE_DELAY_SECONDS)
        return True

    def _on_next_set(self, heard: Heard, now: float) -> Refusal:
        if self._skip_lessons(now):
            return None
        if not self._leave(now):
            return self._not_now(now)
        if not self._set_over:
            if self.position.on_last_set:
                self._finish("completed", now)
                return None
            self._set_over = True
        self._go_on(now)
        return None

    def _on_next_exercise(self, heard: Heard, now: float) -> Refusal:
        if self._skip_lessons(now):
            return None
        if not self._leave(now):
            return self._not_now(now)
        self._leave_step()
        self._withdraw_harder(heard.command)
        self._set_over = self._other_side_first = False
        if self.position.next_exercise():
            self._go_on(now)
        else:
            self._finish("completed", now)
        return None

    def _on_repeat(self, heard: Heard, now: float) -> Refusal:
        if not self._leave(now):
            return self._not_now(now)
        if self.phases.phase == "setup":
            self._heard_setup.discard(self.position.load.exercise.name)
        self._leave_step()
        self._set_over = self._other_side_first = False
        self.position.restart_set()
        self._go_on(now)
        return None

    def _on_more_rest(self, heard: Heard, now: float) -> Refusal:
        if self.phases.phase != "rest":
            return self._not_now(now)
        self._hush(now)
        left = max(self._rest_until - now, 0.0)
        self._enter("rest", now)
        self._rest_for(round(left) + MORE_REST_SECONDS, now, Line.MORE_REST)
        self._more_rest_after = self.position.set_index
        self._undo = self._take_more_rest_back
        return None

    def _take_more_rest_back(self, now: float) -> Refusal:
        if self.phases.phase != "rest" or self._more_rest_after != self.position.set_index:
            self._reply(Line.NOTHING_UNDONE, now)
            return "too late"
        self._hush(now)
        self._talk(Line.UNDONE_REST, now)
        self._rest_until -= MORE_REST_SECONDS
        self._rest_on(now)
        return None

    def _on_finish(self, heard: Heard, now: float) -> Refusal:
        phase = self.phases.phase
        if phase == "asking" and self.question != "ready":
            return "a question is open"
        if phase == "stopped":
            self._hush(now)
            self._finish("asked", now)
            return None
        if phase != "paused":
            self._halt("pause", now)
        self._ask("finish", now)
        return None

    # -- the other side

    def _on_switch_legs(self, heard: Heard, now: float) -> Refusal:
        phase = self.phases.phase
        if phase in ("greeting", "stopped", "asking"):
            return self._not_now(now)
        exercise = (self._base() if self._set_over else self.position.load).exercise
        if len(exercise.sides) == 1:
            self._reply(Line.LEGS_IN_TURN if exercise.alternating else Line.BOTH_TOGETHER, now)
            return "no side works alone"
        if self._set_over:
            self._other_side_first = True
            self._undo = self._take_switch_back
            self._talk(Line.SWITCHING, now)
        elif self.position.on_last_side:
            self._reply(Line.OTHER_SIDE_DONE, now)
            return "the other side is done"
        elif phase in IN_REPETITIONS:
            # What is said there, at the end of the repetition, is the answer.
            self._switch_after = self.position.set_index, self.position.side_index
            self._undo = self._take_switch_back
        else:
            self._switch_now(now)
        return None

    def _take_switch_back(self, now: float) -> Refusal:
        """Stay with this side, as long as the other has not begun."""
        if self._switch_after is None and not self._other_side_first:
            self._reply(Line.NOTHING_UNDONE, now)
            return "too late"
        self._switch_after, self._other_side_first = None, False
        self._reply(Line.AS_PLANNED, now)
        return None

    def _set_up(self, at: float) -> None:
        # Another exercise may have other sides, or none.
        self._switch_after = None
        super()._set_up(at)

    def _switch_now(self, now: float) -> None:
        """Change sides where no repetition is going on."""
        self.position.switch_sides()
        if self.moving:
            self._hush(now)
            self._go_on(now)
        else:
            self._talk(Line.SWITCHING, now)

    def _repetition_done(self, at: float) -> None:
        """Change sides here if that was wished for: each side is taken up again where it stands."""
        wished = self._switch_after == (self.position.set_index, self.position.side_index)
        self._switch_after = None
        if not wished or self.position.on_last_repetition:
            super()._repetition_done(at)
            return
        self.position.repetition_over()
        self.position.next_repetition()
        changes_exercise = self._step_changes_exercise()
        self.position.switch_sides()
        if changes_exercise:
            self._change_exercise(at)
        else:
            self._go_on(at)

    def _start_next_set(self) -> None:
        super()._start_next_set()
        if self._other_side_first:
            self._other_side_first = False
            self.position.switch_sides()
