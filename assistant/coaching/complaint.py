"""What hurts, as the person says it: the place, its side, and what kind of pain it is."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.coaching.events import Slots

PLACES = (
    *("back", "hip", "knee", "ankle", "foot", "calf", "thigh", "groin"),
    *("shoulder", "neck", "stomach", "ribs", "wrist", "elsewhere"),
)
"""Where it may hurt, by the values of the slot `where`; any other place is `elsewhere`."""

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
