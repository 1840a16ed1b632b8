"""What hurts, as the person says it: the place, its side, and what kind of pain it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from assistant.coaching.events import Slots

Place: TypeAlias = Literal[
    "back",
    "hip",
    "knee",
    "ankle",
    "foot",
    "calf",
    "thigh",
    "groin",
    "shoulder",
    "neck",
    "stomach",
    "ribs",
    "wrist",
    "elsewhere",
]
"""Where it may hurt, by the values of the slot `where`; any other place is `elsewhere`."""

PLACES: tuple[str, ...] = get_args(Place)

SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What hurts, as far as it has been said."""

    where: str | None = None
    """One of `PLACES`."""
    side: str | None = None
    """One of `SIDES`."""
    kind: str | None = None
    """Such as `sharp` or `dull`."""

    @classmethod
    def of(cls, slots: Slots) -> Complaint:
        """Return what a command about pain says; a place that is none of `PLACES` is elsewhere."""
        where, side, kind = slots.get("where"), slots.get("side"), slots.get("kind")
        return cls(
            where=None if where is None else str(where) if where in PLACES else "elsewhere",
            side=str(side) if side in SIDES else None,
            kind=None if kind is None else str(kind),
        )

    def with_more(self, said: Complaint) -> Complaint:
        """Return the complaint with what was said about it later.

        A place that is said again is another one, and its side is what is said with it; the kind stays, since
        a pain that was once called sharp is not taken for a lesser one.
        """
        same_place = said.where in (None, self.where) or self.where is None
        side = said.side or (self.side if same_place else None)
        return Complaint(said.where or self.where, side, said.kind or self.kind)

    @property
    def place(self) -> str:
        """The place with its side, in plain words: `left knee`."""
        return " ".join(word for word in (self.side, self.where or "pain") if word is not None)

    def rated(self, score: int | None) -> str:
        """Return where it hurts, how much and in which way, for the record: `left knee 3, dull`.

        Args:
            score: 0-10; None where it was not answered.
        """
        much = "not rated" if score is None else str(score)
        return f"{self.place} {much}" + (f", {self.kind}" if self.kind is not None else "")


NOTHING_SAID = Complaint()
"""It hurts; where was not said."""

MUCH_PAIN = 5
"""Of ten; from here on pain in back or hip keeps leg lifts out for days. Chosen."""

COUNTS_AS: Mapping[str, str] = {"back": "back", "hip": "hip", "groin": "hip"}
"""Place to what leg lifts load there; what hurts in any other place does not come from the lifts."""

SEVERE_KINDS = frozenset({"sharp", "stabbing", "spreading"})
"""Kinds of pain that count as the worst, whatever the number."""


@dataclass(frozen=True, slots=True)
class RatedPain:
    """A complaint with how much it hurt."""

    complaint: Complaint
    score: int | None
    """0-10; None where it was not answered."""

    @property
    def counted(self) -> int:
        """How much it counts as, 0-10: the worst where it was not answered, or is of a severe kind."""
        return 10 if self.score is None or self.complaint.kind in SEVERE_KINDS else self.score

    @property
    def is_of_lifts(self) -> bool:
        """Whether it is where leg lifts load the body, or it was not said where."""
        where = self.complaint.where
        return where is None or where in COUNTS_AS

    @property
    def keeps_lifts_out(self) -> bool:
        """Whether leg lifts are left out for days after it."""
        return self.is_of_lifts and self.counted >= MUCH_PAIN

    @classmethod
    def read(cls, record: str) -> RatedPain | None:
        """Read what `Complaint.rated` has written; None of anything else."""
        found = _RATED.fullmatch(record)
        if found is None or found["where"] not in (*PLACES, "pain"):
            return None
        where = None if found["where"] == "pain" else found["where"]
        score = None if found["score"] is None else min(int(found["score"]), 10)
        return cls(Complaint(where, found["side"], found["kind"]), score)


_RATED = re.compile(
    r"(?:(?P<side>left|right) )?(?P<where>[a-z]+) (?:(?P<score>\d+)|not rated)(?:, (?P<kind>[\w ]+))?"
)
