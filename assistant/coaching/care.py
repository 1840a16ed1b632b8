"""What the coach does about stop, pain, red flags and help, and the questions that follow."""

from __future__ import annotations

from assistant.coaching.actions import Note
from assistant.coaching.adaptation import regress, shallower
from assistant.coaching.concerns import Concerns
from assistant.coaching.events import Heard
from assistant.coaching.plan import Plan
from assistant.coaching.questions import QUESTIONS
from assistant.coaching.safety import Outcome, triage
from assistant.coaching.script import Line, Script

Refusal = str | None
"""Why a command was not acted on, or None when it was."""

_AFTERWARDS = {"range": Line.SHALLOWER_FROM_HERE, "exercise": Line.REGRESS_FROM_HERE}
"""What changed after pain to what the coach says about it."""

ASKED_ONCE = frozenset({"unwell", "finish", "effort", "soreness"})
"""Questions that are not repeated: about what is urgent, and where no answer is fine."""


class Care(Concerns):
    """Safety first: silence, release, and then only questions until "carry on" and "ready"."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._needs_ready = False
        self._why = "pain"
        self._back_before = False
        self._replies |= {
            "where": self._told_where,
            "how_sore": lambda heard, now: self._decide(int(heard.slots["number"]), now),
            "zero": self._told_zero,
            "hurt": self._told_hurt,
            "unwell": self._told_unwell,
            "side_branch": self._told_side_branch,
            "finish": self._told_finish,
        }
        self._no_replies["side_branch"] = self._end_by_pain

    def _on_stop(self, heard: Heard, now: float) -> Refusal:
        self._needs_ready = True
        self._halt("stop", now)
        if self._open_care == "unwell":
            # Whoever has just named a red flag is asked until there is an answer.
            self._care("unwell", now)
        else:
            self._wait_stopped(Line.STOPPED, now)
        return None

    def _on_pain(self, heard: Heard, now: float) -> Refusal:
        where = heard.slots.get("where")
        if self.question == "where" and where is None:
            self._hush(now)
            self._care("where", now)
            return None
        if self._open_care == "unwell":
            self._set_aside = "where" if where is None else "how_sore"
            self._sore_where = None if where is None else str(where)
            return self._on_red_flag(heard, now)
        self._needs_ready = True
        self._sore_where = None if where is None else str(where)
        self._halt("stop", now)
        self._is_sore()
        self._care("where" if where is None else "how_sore", now)
        return None

    def _on_red_flag(self, heard: Heard, now: float) -> Refusal:
        self._needs_ready = True
        self._flag = str(heard.slots.get("flag", self._flag))
        if self._open_care != "unwell":
            self._set_aside = self._open_care
        self._halt("stop", now)
        self._is_sore()
        self._care("unwell", now)
        return None

    def _on_help(self, heard: Heard, now: float) -> Refusal:
        if self.moving:
            self._needs_ready = True
            self._sore_where = None
            self._halt("stop", now)
            self._note_hurt(True)
            self._care("hurt", now)
        elif self.question is not None:
            self._hush(now)
            self._ask(self.question, now, self._asked_before)
        else:
            self._talk(Line.OPTIONS, now)
        return None

    def _on_carry_on(self, heard: Heard, now: float) -> Refusal:
        if self.phases.phase not in ("stopped", "paused"):
            return "the session is going on"
        self._hush(now)
        if self._open_care is not None:
            self._care(self._open_care, now)
        elif self._needs_ready:
            self._ask("ready", now)
        else:
            self._go_on(now)
        return None

    def _on_ready(self, heard: Heard, now: float) -> Refusal:
        phase = self.phases.phase
        if phase not in ("greeting", "setup", "rest") and self.question != "ready":
            return "nothing waits for it"
        self._needs_ready = False
        self._hush(now)
        if phase == "greeting":
            self._heard_in_greeting(now)
        elif phase == "setup":
            self._imprint(now)
        elif phase == "rest":
            self._go_on(now)
        else:
            if self._in_position_for is not None and not self._set_over and self._closing is None:
                self._talk(Line.RESUME, now)
            self._go_on(now)
        return None

    # -- answers

    def _on_answer(self, heard: Heard, now: float) -> Refusal:
        name = self.question
        if name is None or heard.command not in QUESTIONS[name].answers:
            return "nothing was asked"
        self._hush(now)
        self._replies[name](heard, now)
        return None

    def _told_where(self, heard: Heard, now: float) -> None:
        self._sore_where = "elsewhere" if heard.command == "somewhere_else" else heard.command
        self._care("how_sore", now)

    def _told_zero(self, heard: Heard, now: float) -> None:
        if heard.command == "yes":
            self._back_to_stopped(Line.ZERO_FINE, now)
        else:
            self._care("how_sore", now)

    def _told_hurt(self, heard: Heard, now: float) -> None:
        if heard.command == "yes":
            self._is_sore()
            self._care("where", now)
        else:
            self._note_hurt(False)
            self._back_to_stopped(Line.STOPPED, now)

    def _told_unwell(self, heard: Heard, now: float) -> None:
        if heard.command == "yes":
            self._emergency(self._flag, now)
        else:
            self._back_to_stopped(Line.GO_ON_GENTLY, now)

    def _told_side_branch(self, heard: Heard, now: float) -> None:
        if heard.command != "yes":
            self._end_by_pain(now)
            return
        self._go_gently(self._why)
        self._back_to_stopped(Line.SIDE_BRANCH, now)

    def _told_finish(self, heard: Heard, now: float) -> None:
        if heard.command == "yes":
            self._finish("asked", now)
        else:
            self._pause(Line.PAUSED, now)

    def _unanswered(self, at: float) -> None:
        name = self.question
        assert name is not None
        if name == "unwell":
            self._emergency(self._flag, at)
        elif name == "finish":
            self._pause(Line.PAUSED, at)
        elif not self._asked_before and name not in ASKED_ONCE:
            self._ask(name, at, again=True)
        elif name in self._no_replies:
            self._no_replies[name](at)
        else:
            self._is_sore()
            self._decide(None, at)

    def _decide(self, score: int | None, now: float) -> None:
        where = self._sore_where
        outcome = triage(where, score, self._back_before)
        if outcome is Outcome.CONFIRM_ZERO:
            self._care("zero", now)
            return
        self._back_before = self._back_before or where == "back"
        self._why = f"{where or 'pain'} {'not rated' if score is None else score}"
        self.delivery.act(Note("sore", self._why))
        self._open_care = None
        if outcome is Outcome.END_SESSION:
            self._talk(Line.END_SESSION, now)
            self._finish("pain", now)
        elif outcome is Outcome.END_LIFTS or self._lifts_are_over:
            self._end_lifts(now)
        elif outcome is Outcome.GO_ON:
            self._back_to_stopped(Line.GO_ON_GENTLY, now)
        else:
            self._back_to_stopped(self._take_back(outcome is Outcome.SHALLOWER), now)

    @property
    def _lifts_are_over(self) -> bool:
        """Whether leg lifts have ended and nothing gentle has taken their place."""
        return self._ended_lifts and not self.gentle

    def _end_lifts(self, now: float) -> None:
        """Offer gentle work instead, where there is any and leg lifts are still to come."""
        self._ended_lifts = True
        over = self._closing is not None or self.position.part == "cool-down"
        # Where it hurts in what would be offered, that is no way out.
        over |= self.position.load.exercise.branch == "side"
        if self.plan.side_branch and not self.gentle and not over:
            self._care("side_branch", now)
        else:
            self._end_by_pain(now)

    def _end_by_pain(self, at: float) -> None:
        self._talk(Line.END_LIFTS, at)
        self._finish("pain", at)

    def _take_back(self, shallower_first: bool) -> Line:
        """Make it one thing easier after pain, and give what is said about it."""
        if self._closing is not None:
            return Line.GO_ON_GENTLY
        if self.position.part == "warm-up":
            # It is the leg lifts to come that have to be less.
            return Line.REGRESS_FROM_HERE if self._shift_work(-1, self._why) else Line.GO_ON_GENTLY
        step = shallower(self._base()) if shallower_first else None
        step = step or regress(self._base(), self.plan.exercises)
        self._ease(step, self._why)
        return _AFTERWARDS[step.what] if step else Line.GO_ON_GENTLY

    def _is_sore(self) -> None:
        self.sore = True
        self._withdraw_harder("pain")

    def _note_hurt(self, hurt: bool) -> None:
        """Let what may be pain be known beyond the session at once, though nobody has called it so."""
        self.delivery.act(Note("hurt", hurt))

    def _back_to_stopped(self, line: Line, now: float) -> None:
        """Wait for "carry on", unless something else about the body is still open."""
        name, self._set_aside, self._open_care = self._set_aside, None, None
        if name is not None:
            self._care(name, now)
        elif self._lifts_are_over:
            self._end_lifts(now)
        else:
            self._enter("stop", now)
            self._wait_stopped(line, now)
