"""A session's course: getting into position, sets, rests, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Callable

from assistant.coaching.actions import Note
from assistant.coaching.opening import Opening
from assistant.coaching.plan import GET_READY_SECONDS, IMPRINT_SECONDS, Plan
from assistant.coaching.safety import SETUP_ASKED_AT
from assistant.coaching.script import Line, Script

_ANNOUNCEMENTS = {"warm-up": Line.WARM_UP, "cool-down": Line.COOL_DOWN}
"""Part of the session to how an exercise of it is announced; work has its sets counted."""

SHORT_REST_SECONDS = 15
"""In a rest that is shorter, what comes is not named: its set-up follows at once and names it."""

_COUNTED_DOWN = (3, 2, 1)
"""Seconds before the end of a rest."""

_COUNTED_IN = (2, 1)
"""Seconds before the first beat of a set."""


class Session(Opening):
    """The phases of a session, driven by time alone; `Coach` adds what is heard."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._line_unready = Line.STILL_SETTING_UP
        self._heard_setup: set[str] = set()
        self._heard_imprint: set[str] = set()
        self._long_form_of: str | None = None
        self._range_told: tuple[str, int] | None = None
        self._side_named: str | None = None
        self._side_worked: tuple[int, str] | None = None
        self._rest_until: float = 0.0
        self._noted: set[int] = set()
        self._unheard: list[tuple[float, Callable[[], object]]] = []
        """Until when what counts as said is being said, and how to forget it."""

    # -- before the first lift

    def _start(self, now: float) -> None:
        self._heard_setup |= self.history.explained
        self._heard_imprint |= self.history.explained
        super()._start(now)

    def _set_up(self, at: float) -> None:
        self._enter("set_up", at)
        self._in_position_for = None
        load = self.position.load
        exercise = load.exercise
        self._announce(at)
        first = exercise.name not in self._heard_setup
        self._heard_setup.add(exercise.name)
        self.delivery.talk(self._role("setup" if first else "reminder"), at)
        self._tell_range(at)
        self._side_named = None
        if (side := self.position.side) and len(exercise.sides) > 1:
            self._name_side(side, Line.THIS_SIDE, at)
            self._side_named = side
            self._unless_heard(lambda: setattr(self, "_side_named", None))
        self._long_form_of = exercise.name if first else None
        for check in exercise.checks if first else ():
            self.delivery.talk(self.script.cue(check), at)
        if first:
            self._unless_heard(lambda: self._heard_setup.discard(exercise.name))
        self._say_note(at)
        self._wait("ready", self._line_unready, SETUP_ASKED_AT, self._talk(Line.SAY_READY, at))

    def _say_note(self, at: float) -> None:
        """Say once what the routine notes at a set, where the exercise is the one that it was written for."""
        index = self.position.set_index
        work = self.plan.sets[index]
        as_written = self.position.load.exercise.name == work.exercise
        if work.note is not None and as_written and index not in self._noted:
            self.delivery.talk(work.note, at)
            self._unless_heard(lambda: self._noted.discard(index))
        self._noted.add(index)

    def _tell_range(self, at: float) -> None:
        """Say how far the movement goes."""
        load = self.position.load
        self._range_told = load.exercise.name, load.range_step
        if (cue := load.exercise.range_cue(load.range_step)) is not None:
            self.delivery.talk(self.script.cue(cue), at)
            self._unless_heard(lambda: setattr(self, "_range_told", None))

    def _unless_heard(self, forget: Callable[[], object]) -> None:
        """Forget that something was said, should it be cut off before it has been heard."""
        self._unheard.append((self.delivery.free_at, forget))

    def _cut_off(self, now: float) -> None:
        for over, forget in self._unheard:
            if over > now:
                forget()
        self._unheard.clear()

    def _announce(self, at: float) -> None:
        title = self.position.load.exercise.title
        number, count = self.position.sets_of_exercise()
        if line := _ANNOUNCEMENTS.get(self.position.part):
            self._talk(line, at, title=title)
        elif count == 1:
            self._talk(Line.ANNOUNCE_ONE, at, title=title)
        else:
            self._talk(Line.ANNOUNCE, at, title=title, n=number, m=count)

    def _imprint(self, at: float) -> None:
        self._enter("imprint", at)
        exercise = self.position.load.exercise
        self._in_position_for = exercise.name
        self._set_over = False
        self._explained()
        self._say_note(at)
        if (side := self.position.side) and len(exercise.sides) > 1:
            here = self.position.set_index, side
            if side != self._side_named:
                self._name_side(side, Line.THIS_SIDE if here == self._side_worked else Line.OTHER_SIDE, at)
            self._side_named, self._side_worked = None, here
        number, _ = self.position.sets_of_exercise()
        if number % 2 == 0 and "variation" in exercise.cues:
            self.delivery.talk(self._role("variation"), at)
        if self._range_told != (exercise.name, self.position.load.range_step):
            self._tell_range(at)
        first = exercise.name not in self._heard_imprint
        self._heard_imprint.add(exercise.name)
        over = self.delivery.talk(self._worded(Line.IMPRINT_LONG if first else Line.IMPRINT), at)
        if first:
            self._unless_heard(lambda: self._heard_imprint.discard(exercise.name))
        self._after(max(at + IMPRINT_SECONDS, over + 1.0), self._get_ready)

    def _name_side(self, side: str, second: Line, at: float) -> None:
        """Name the working side; `second` is how, once the other has done something."""
        line = Line.FIRST_SIDE if self.position.on_first_side else second
        self._talk(line, at, side=self.script.cue(f"side_{side}").text)

    def _explained(self) -> None:
        """Remember an exercise whose long form has led into position."""
        if self._long_form_of is not None:
            self.delivery.act(Note("explained", self._long_form_of))
            self._heard_setup.add(self._long_form_of)
            self._long_form_of = None

    def _get_ready(self, at: float) -> None:
        self._enter("get_ready", at)
        begin = max(at + GET_READY_SECONDS, self._talk(Line.GET_READY, at) + _COUNTED_IN[0])
        # A hold begins with its number; others before it would begin it too soon.
        for seconds in _COUNTED_IN if self.position.load.exercise.cycle != "hold" else ():
            self._after(begin - seconds, self._count_second(seconds))
        self._after(begin, self._work)

    def _change_exercise(self, at: float) -> None:
        """Put the body down and set up the new exercise for what is left of the set."""
        self._release(at)
        self._set_up(at)

    # -- from set to set

    def _side_done(self, at: float) -> None:
        if not self.position.on_last_side:
            self.position.next_side()
            self._go_on(at)
            return
        self.position.set_over()
        self._set_over = True
        self._leave_step()
        if self.position.on_last_set:
            self._talk(Line.SET_DONE, at)
            self._put_down(at)
            self._say_answers(at)
            self._finish("completed", at)
        else:
            self._rest(at)

    def _put_down(self, at: float) -> None:
        self.delivery.talk(self._way_out(at), at)
        self._release_until = self.delivery.free_at

    def _rest(self, at: float) -> None:
        self._enter("rest", at)
        self._talk(Line.SET_DONE, at)
        self._put_down(at)
        self._rest_for(self.plan.sets[self.position.set_index].rest_seconds, at)

    def _rest_for(self, seconds: int, at: float, line: Line = Line.REST) -> None:
        if seconds >= 5:
            self._talk(line, at, n=seconds)
        self._say_what_follows(seconds, at)
        self._say_answers(at)
        end = max(at + seconds, self.delivery.free_at + 0.5)
        self._rest_until = end
        self._count_down_to(end)
        self._after(end, self._go_on)

    def _say_answers(self, at: float) -> None:
        """Say what was to be said between two beats and found no room."""
        for answer in self._answers:
            self.delivery.talk(answer(), at)
        self._answers.clear()

    def _say_what_follows(self, seconds: int, at: float) -> None:
        following = self._load_after()
        if following is None:
            return
        number, count = self.position.sets_of_exercise()
        same = following.exercise is self.position.load.exercise and self.position.part == "work"
        if same and number < count:
            self._talk(Line.NEXT_UP, at, n=number + 1, m=count)
        elif seconds >= SHORT_REST_SECONDS:
            self._talk(Line.NEXT_EXERCISE_UP, at, title=following.exercise.title)

    def _count_down_to(self, end: float) -> None:
        """Count the end of a rest down, where there is quiet for all of it."""
        if end - 10 > self.delivery.free_at + 5:
            self._after(end - 10, self._ten_left)
        if end - _COUNTED_DOWN[0] >= self.delivery.free_at:
            self._after(end - _COUNTED_DOWN[0], self._count_down)

    def _ten_left(self, at: float) -> None:
        if self.delivery.free_at <= at:
            self._talk(Line.REST_TEN, at)

    def _count_down(self, at: float) -> None:
        """Count all of it, or nothing: a lone "one" would mean nothing."""
        if self.delivery.free_at <= at:
            for seconds in _COUNTED_DOWN:
                self._after(at + _COUNTED_DOWN[0] - seconds, self._count_second(seconds))

    def _count_second(self, seconds: int) -> Callable[[float], object]:
        def count(at: float) -> None:
            # Said late, it would be another second's number.
            if self.delivery.free_at <= at:
                self.delivery.fit(self.script.count(seconds), at, at + 1)

        return count

    def _go_on(self, at: float) -> None:
        """Go to the next set after one that is over, or else take this one up again."""
        if self._closing is not None:
            self._close(at)
            return
        if self._opening:
            self._open(at)
            return
        if self._set_over:
            self._start_next_set()
        if self._step_changes_exercise():
            self._set_up(at)
        else:
            self._imprint(at)
