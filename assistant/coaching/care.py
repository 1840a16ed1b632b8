"""What the coach does about stop, pain, red flags and help, and the questions that follow."""

from __future__ import annotations

from dataclasses import replace

from assistant.coaching.adaptation import Load, Step, regress, shallower
from assistant.coaching.events import Heard
from assistant.coaching.plan import Plan
from assistant.coaching.safety import QUESTIONS, SAFETY_COMMANDS, Outcome, triage
from assistant.coaching.script import Line, Script
from assistant.coaching.session import Session

Refusal = str | None
"""Why a command was not acted on, or None when it was."""

_AFTERWARDS = {"range": Line.SHALLOWER_FROM_HERE, "exercise": Line.REGRESS_FROM_HERE}
"""What changed after pain to what the coach says about it."""


class Care(Session):
    """Safety first: silence, release, and then only questions until "carry on" and "ready"."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self.sore = False
        """Whether there was pain in this session: nothing gets harder after it."""
        self._needs_ready = False
        self._sore_where: str | None = None
        self._back_before = False
        self._open_care: str | None = None

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
            return self._on_red_flag(heard, now)
        self._needs_ready = True
        self._sore_where = None if where is None else str(where)
        self._halt("stop", now)
        self._is_sore()
        self._care("where" if where is None else "how_sore", now)
        return None

    def _on_red_flag(self, heard: Heard, now: float) -> Refusal:
        self._needs_ready = True
        self._halt("stop", now)
        self._is_sore()
        self._care("unwell", now)
        return None

    def _on_help(self, heard: Heard, now: float) -> Refusal:
        if self.moving:
            self._needs_ready = True
            self._sore_where = None
            self._halt("stop", now)
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
            self._talk(Line.HEARD_YOU, now)
            self._set_up(now)
        elif phase == "setup":
            self._imprint(now)
        elif phase == "rest":
            self._go_on(now)
        else:
            if self._in_position_for is not None and not self._set_over:
                self._talk(Line.RESUME, now)
            self._go_on(now)
        return None

    # -- answers

    def _on_answer(self, heard: Heard, now: float) -> Refusal:
        name = self.question
        if name is None or heard.command not in QUESTIONS[name].answers:
            return "nothing was asked"
        self._hush(now)
        yes = heard.command == "yes"
        match name:
            case "where":
                self._sore_where = "elsewhere" if heard.command == "somewhere_else" else heard.command
                self._care("how_sore", now)
            case "how_sore":
                self._decide(int(heard.slots["number"]), now)
            case "zero":
                if yes:
                    self._back_to_stopped(Line.ZERO_FINE, now)
                else:
                    self._care("how_sore", now)
            case "hurt":
                if yes:
                    self._is_sore()
                    self._care("where", now)
                else:
                    self._back_to_stopped(Line.STOPPED, now)
            case "unwell":
                if yes:
                    self._emergency(now)
                else:
                    self._back_to_stopped(Line.GO_ON_GENTLY, now)
            case _:
                if yes:
                    self._finish("asked", now)
                else:
                    self._pause(Line.PAUSED, now)
        return None

    def _unanswered(self, at: float) -> None:
        name = self.question
        if name == "unwell":
            self._emergency(at)
        elif name == "finish":
            self._pause(Line.PAUSED, at)
        elif not self._asked_before:
            assert name is not None
            self._ask(name, at, again=True)
        else:
            self._is_sore()
            self._decide(None, at)

    def _care(self, name: str, now: float) -> None:
        """Ask something that stays open until it is answered, whatever comes between."""
        self._open_care = name
        self._ask(name, now)

    def _decide(self, score: int | None, now: float) -> None:
        where = self._sore_where
        outcome = triage(where, score, self._back_before)
        if outcome is Outcome.CONFIRM_ZERO:
            self._care("zero", now)
            return
        self._back_before = self._back_before or where == "back"
        why = f"{where or 'pain'} {'not rated' if score is None else score}"
        if outcome is Outcome.END_LIFTS:
            self._talk(Line.END_LIFTS, now)
            self._finish("pain", now)
            return
        if outcome is Outcome.END_SESSION:
            self._talk(Line.END_SESSION, now)
            self._finish("pain", now)
            return
        step = None
        if outcome is Outcome.SHALLOWER:
            step = shallower(self._base())
        if step is None and outcome is not Outcome.GO_ON:
            step = regress(self._base(), self.plan.exercises)
        self._ease(step, why)
        self._back_to_stopped(_AFTERWARDS[step.what] if step else Line.GO_ON_GENTLY, now)

    def _ease(self, step: Step | None, why: str) -> None:
        """Put an easier load in force at once; nothing above it comes later in the session."""
        self._withdraw_harder(why)
        if step is None:
            return
        if self._set_over and not self.position.on_last_set:
            self.position.adapt_next(step)
        else:
            self._next_step = None
            self.position.adapt(step)
        if step.what == "exercise":
            self.position.cap(step.load.exercise.level)
        self._record(step, why)

    def _base(self) -> Load:
        """The load that a change is made to: the next set's at rest, else the next repetition's."""
        following = self.position.next_load if self._set_over else None
        return self.load_ahead if following is None else following

    def _is_sore(self) -> None:
        self.sore = True
        self._withdraw_harder("pain")

    def _withdraw_harder(self, why: str) -> None:
        """Take back a harder step that was promised for the next set."""
        if (step := self._harder_step) is not None:
            self._harder_step = None
            self._record(replace(step, before=step.after, after=step.before), why)

    def _end_in_silence(self, at: float) -> None:
        if self._open_care == "unwell":
            self._emergency(at)
        else:
            super()._end_in_silence(at)

    def _after_the_end(self, heard: Heard, now: float) -> Refusal:
        """Nothing goes on any more, but stop still silences, and pain is still answered."""
        if heard.command not in SAFETY_COMMANDS:
            return "the session is over"
        self._hush(now)
        if heard.command == "pain":
            self._talk(Line.END_SESSION, now)
        elif heard.command != "stop":
            self._talk(Line.EMERGENCY, now)
        self.over_at = self.delivery.free_at + 0.5
        return None

    def _back_to_stopped(self, line: Line, now: float) -> None:
        self._open_care = None
        self._enter("stop", now)
        self._wait_stopped(line, now)

    def _emergency(self, at: float) -> None:
        self._talk(Line.EMERGENCY, at)
        self._finish("red_flag", at)
