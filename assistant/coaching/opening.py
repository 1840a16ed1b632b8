"""What comes before the first set: the tutorial, the health questions, and how the last session was."""

from __future__ import annotations

from abc import abstractmethod

from assistant.coaching.actions import Listen, Note
from assistant.coaching.agenda import SCREENS, SPOKEN, steps
from assistant.coaching.closing import Closing
from assistant.coaching.events import Heard
from assistant.coaching.history import RestAdvice, is_sore_after, rest_advice, starts_lower
from assistant.coaching.place import Unfinished
from assistant.coaching.plan import Plan
from assistant.coaching.safety import ANSWER_SECONDS, CONTEXT_OF_PHASE, PAUSED_ASKED_AT
from assistant.coaching.script import Line, Script
from assistant.coaching.taking_up import ResumablePosition

LESSON_PAUSE_SECONDS = 1.0
"""Quiet between two parts of the tutorial."""

_OF_LEG_LIFTS = frozenset({"resume", "yesterday", "rest_day", "progress"})
"""Steps that are pointless once leg lifts are left out."""

_OF_A_NEW_SESSION = frozenset({"yesterday", "rest_day", "progress"})
"""Steps that are left out where one goes on that has begun before."""

_NOT_AFTER_PAIN = frozenset({"resume", "progress"})

_ADVICE = {RestAdvice.RECENT: Line.REST_DAY_RECENT, RestAdvice.WEEK: Line.REST_DAY_WEEK}


class Opening(Closing):
    """One thing after the other, as the history asks for it; stop and pause lead back to where it was."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self.lie_down_seconds = 0.0
        """How long the person has after the greeting to get to the mat."""
        self._opening: list[str] = []
        self._lessons: list[Line] = []
        self._lesson: Line | None = None
        self._replies |= {
            "well_again": self._told_well_again,
            **dict.fromkeys(SCREENS, self._told_screen),
            "yesterday": lambda heard, now: self._told_yesterday(int(heard.slots["number"]), now),
            "resume": lambda heard, now: self._told_resume(heard.command == "yes", now),
            "rest_day": lambda heard, now: self._told_rest_day(heard.command == "yes", now),
            "progress": lambda heard, now: self._told_progress(heard.command == "yes", now),
        }
        self._no_replies |= {
            "well_again": self._not_well_again,
            **dict.fromkeys(SCREENS, self._need_answer),
            "yesterday": lambda at: self._told_yesterday(None, at),
            "resume": self._opened_with,
            "rest_day": lambda at: self._told_rest_day(False, at),
            "progress": lambda at: self._told_progress(False, at),
        }

    def _start(self, now: float) -> None:
        if self.history.still_as_hard:
            self._start_lower()
        self._show(now)
        self._context = CONTEXT_OF_PHASE["greeting"]
        self.delivery.act(Listen(self._context))
        over = self._talk(Line.GREETING_AGAIN if self.history.sessions else Line.GREETING, now)
        self._opening = list(steps(self.history))
        if self._opening:
            self._after(over, self._open)
        else:
            self._open(now)

    @abstractmethod
    def _set_up(self, at: float) -> None:
        """Get the body into position for the first set."""

    def _open(self, at: float) -> None:
        """Go on with what is left; then let the person get to the mat."""
        if self.gentle:
            self._opening = [step for step in self._opening if step not in _OF_LEG_LIFTS]
        if self.sore:
            self._opening = [step for step in self._opening if step not in _NOT_AFTER_PAIN]
        if not self.position.can_shift(1, self.history.equipment):
            self._opening = [step for step in self._opening if step != "progress"]
        if not self._opening:
            self._get_to_the_mat(at)
            return
        step = self._opening[0]
        if step == "locked":
            self._talk(Line.LOCKED_TODAY, at)
            self._finish("not_today", at)
        elif step in SPOKEN:
            self._lessons = self._lessons or list(SPOKEN[step])
            self._greet(at)
            self._teach(at)
        else:
            advice = rest_advice(self.history)
            if step == "rest_day" and advice is not None:
                self._talk(_ADVICE[advice], at)
            elif step == "resume" and self.history.unfinished is not None:
                self._tell_where_left(self.history.unfinished, at)
            self._ask(step, at)

    def _opened_with(self, at: float) -> None:
        """Leave a step behind."""
        del self._opening[:1]
        self._open(at)

    def _greet(self, at: float) -> None:
        if self.phases.phase != "greeting":
            self._enter("greet", at)

    def _get_to_the_mat(self, at: float) -> None:
        self._greet(at)
        self._opened = True
        self._set_over = False
        over = max(at, self.delivery.free_at)
        if self.lie_down_seconds > 0:
            over = self._talk(Line.LIE_DOWN, at) + self.lie_down_seconds
        if over > at:
            self._after(over, self._set_up)
        else:
            self._set_up(at)

    # -- what is said

    def _teach(self, at: float) -> None:
        self._lesson = line = self._lessons[0]
        over = self._talk(line, at)
        if line is Line.TEACH_TRY:
            # Whoever tries it comes back to what follows.
            del self._lessons[0]
            self._after(over + ANSWER_SECONDS, self._teach)
        else:
            self._after(over + LESSON_PAUSE_SECONDS, self._taught)

    def _taught(self, at: float) -> None:
        if self._lessons[:1] == [self._lesson]:
            del self._lessons[0]
        if self._lessons:
            self._teach(at)
            return
        if self._opening[0] == "tutorial":
            self.delivery.act(Note("tutorial", "done"))
        self._opened_with(at)

    def _skip_lessons(self, now: float) -> bool:
        """Leave the tutorial; False where none is going on."""
        if self.phases.phase != "greeting" or self._opening[:1] != ["tutorial"] or not self._lessons:
            return False
        self._hush(now)
        self._timers.clear()
        self._lessons.clear()
        self.delivery.act(Note("tutorial", "skipped"))
        self._opened_with(now)
        return True

    def _heard_in_greeting(self, now: float) -> None:
        """Answer "ready", which leads on: to the next lesson, or to the first set."""
        self._timers.clear()
        self._talk(Line.HEARD_YOU, now)
        if not self._opening:
            self._opened = True
            self._set_up(now)
        elif self._opening[0] == "tutorial" and self._lessons:
            self._taught(now)
        else:
            self._open(now)

    # -- what is asked

    def _told_well_again(self, heard: Heard, now: float) -> None:
        if heard.command == "yes":
            self.delivery.act(Note("red_flag", "cleared"))
            self._opened_with(now)
        else:
            self._not_well_again(now)

    def _not_well_again(self, at: float) -> None:
        self._talk(Line.NOT_WELL_YET, at)
        self._finish("not_today", at)

    def _told_screen(self, heard: Heard, now: float) -> None:
        name, yes = self._opening[0], heard.command == "yes"
        if not yes:
            if name == SCREENS[-1]:
                self.delivery.act(Note("screening", False))
                self._talk(Line.SCREENED, now)
            self._opened_with(now)
            return
        self.delivery.act(Note("screening", True))
        if name == "screen_nerves":
            self._emergency("saddle", now)
        elif name == "screen_back" and self.plan.side_branch:
            self._talk(Line.GENTLE_BACK, now)
            self._go_gently("screening")
            self._opened_with(now)
        else:
            self._talk(Line.DOCTOR_FIRST, now)
            self._finish("not_today", now)

    def _need_answer(self, at: float) -> None:
        """Wait for somebody who is asked about their health and says nothing; then it is asked again."""
        self._enter("pause", at)
        self._wait("carry_on", Line.STILL_PAUSED, PAUSED_ASKED_AT, self._talk(Line.NEED_ANSWER, at))

    def _tell_where_left(self, unfinished: Unfinished, at: float) -> None:
        there = ResumablePosition(unfinished.plan)
        there.take_up(unfinished.place, self.history.equipment)
        turns = 2 if there.load.exercise.alternating else 1
        sided = len(there.load.exercise.sides) > 1
        done = (there.repetition - 1) // turns
        if there.part != "work":
            line = Line.LEFT_OFF_COOL_DOWN
        elif done:
            line = Line.LEFT_OFF_SIDE if sided else Line.LEFT_OFF
        else:
            line = Line.LEFT_OFF_BEFORE if there.on_first_side or not sided else Line.LEFT_OFF_OTHER
        self._talk(
            line,
            at,
            title=there.load.exercise.title,
            n=done,
            m=there.load.repetitions,
            set=there.sets_of_exercise()[0],
            side=self.script.cue(f"side_{there.side}").text if there.side else "",
        )

    def _told_resume(self, go_on: bool, at: float) -> None:
        self.delivery.act(Note("resume", go_on))
        if go_on and (unfinished := self.history.unfinished) is not None:
            self._opening = [step for step in self._opening if step not in _OF_A_NEW_SESSION]
            self._take_up(unfinished)
            self._talk(Line.RESUME, at)
        self._opened_with(at)

    def _told_yesterday(self, score: int | None, at: float) -> None:
        if score is not None:
            self.delivery.act(Note("yesterday", score))
        if is_sore_after(score):
            self._opening = [step for step in self._opening if step != "progress"]
            why = f"yesterday {'not rated' if score is None else score}"
            lower = self._lowered or self._shift_work(-1, why)
            self._talk(Line.START_EASIER if lower else Line.START_GENTLY, at)
        self._opened_with(at)

    @property
    def _nothing_begun(self) -> bool:
        """Whether no exercise has been set up yet."""
        return self.phases.phase == "greeting" or bool(self._opening)

    @property
    def _lowered(self) -> bool:
        """Whether this session is lower already than the last, which pain ended."""
        if self.history.still_as_hard:
            return self.position.shift < 0
        return starts_lower(self.history) and self.plan.level < self.history.sessions[-1].level

    def _told_rest_day(self, train: bool, at: float) -> None:
        if train:
            self._opened_with(at)
        else:
            self._talk(Line.GENTLE_DAY, at)
            self._go_gently("rest_day")
            self._opened_with(at)

    def _told_progress(self, up: bool, at: float) -> None:
        raised = up and self._shift_work(1, "progress")
        self._talk(Line.STEP_UP if raised else Line.NO_STEP_UP, at)
        self._opened_with(at)
