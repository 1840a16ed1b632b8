"""The phases as a diagram, drawn from the table that moves them."""

from __future__ import annotations

from assistant.coaching.phases import MOVING, PHASES, TABLE, Phase

ALIVE = tuple(phase for phase in PHASES if phase != "finished")


def mermaid() -> str:
    """Draw the table as a Mermaid state diagram; phases that share their transitions are one box."""
    lines = ["stateDiagram-v2", "    [*] --> greeting"]
    for trigger, sources, to in TABLE:
        for source in _boxes(sources):
            lines.append(f"    {source} --> {to}: {trigger}")
    return "\n".join([*lines, "    finished --> [*]"])


def _boxes(sources: tuple[Phase, ...]) -> list[str]:
    if set(sources) == set(ALIVE):
        return ["any"]
    if set(MOVING) <= set(sources):
        return ["moving", *(source for source in sources if source not in MOVING)]
    return list(sources)
