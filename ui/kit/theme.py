"""The colours of the window, by what they mean: dark, light, and high contrast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from ui.kit.marks import Mark

RAMP = (  # luminance rises at every step, so the ladder survives greyscale
    "#6281A4", "#6884A9", "#7186AD", "#7D88B1", "#9189B4", "#AC87AB", "#C38AA0",
    "#D68D90", "#E5937E", "#F09C6C", "#F7A95D", "#FBBA56", "#FDCE5E", "#FDE57F",
)  # fmt: skip
DARK = {
    "bg0": "#0F141A", "bg1": "#161D26", "bg2": "#1F2934", "bg3": "#2B3744",
    "text": "#EAEFF4", "text2": "#BAC6D1", "text3": "#9AA9B7", "ctl": "#6E8296", "line": "#33414F",
    "gain": "#56C6B0", "loss": "#F59A4A", "alarm": "#FDCE5E", "harm": "#F3EDE2",
    "control": "#2FC19A", "faction": "#DD8FBC", "focus": "#FFFFFF", "on_mark": "#0F141A",
    "rung_text": "#0F141A", "veil": "#05080B", "link": "#56B4E9", "unknown": "#9AA9B7",
    "map_sea": "#0E1924", "map_land": "#28323C", "map_far": "#2F2F31", "map_near": "#3D4B59",
    "map_border": "#27323D", "map_edge": "#6E8296", "front": "#FFFFFF",
}  # fmt: skip
LIGHT = {
    "bg0": "#E9ECEF", "bg1": "#F7F8F9", "bg2": "#FFFFFF", "bg3": "#E3E8EC",
    "text": "#16202A", "text2": "#384654", "text3": "#526070", "ctl": "#6B7A88", "line": "#C9D1D8",
    "gain": "#00705C", "loss": "#A84A00", "alarm": "#8A4B00", "harm": "#3A2A1A",
    "control": "#00735A", "faction": "#94407A", "focus": "#000000", "on_mark": "#FFFFFF",
    "rung_text": "#0F141A", "veil": "#526070", "link": "#0B6AA6", "unknown": "#526070",
    "map_sea": "#D8E3EC", "map_land": "#F1EFEA", "map_far": "#E9E2DC", "map_near": "#FFFFFF",
    "map_border": "#C3C9CE", "map_edge": "#6B7A88", "front": "#101820",
}  # fmt: skip
CONTRAST = DARK | {
    "bg0": "#000000", "bg1": "#000000", "bg2": "#0C1014", "bg3": "#32404E",
    "text": "#FFFFFF", "text2": "#F2F5F8", "text3": "#D3DBE2", "ctl": "#B4C2CF", "line": "#6E8296",
    "on_mark": "#000000", "rung_text": "#000000", "veil": "#000000", "unknown": "#D3DBE2",
    "map_sea": "#000000", "map_land": "#1B2229", "map_far": "#262626", "map_near": "#33414F",
    "map_border": "#9AA9B7", "map_edge": "#FFFFFF",
}  # fmt: skip
PALETTES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
NAMES = tuple(PALETTES)

RGB = tuple[int, int, int]


def rgb(hex_colour: str) -> RGB:
    """'#RRGGBB' as three numbers."""
    return int(hex_colour[1:3], 16), int(hex_colour[3:5], 16), int(hex_colour[5:7], 16)


@lru_cache(maxsize=4096)
def mixed(under: str, over: str, share: float) -> str:
    """The colour `over` at `share` (0..1) upon `under`; both '#RRGGBB'."""
    pairs = zip(rgb(under), rgb(over), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


@lru_cache(maxsize=64)
def ramp(count: int) -> tuple[str, ...]:
    """The ladder's colours for a ladder of this many rungs, calm first."""
    last = len(RAMP) - 1
    places = [i * last / max(1, count - 1) for i in range(count)]
    return tuple(mixed(RAMP[int(p)], RAMP[min(last, int(p) + 1)], p - int(p)) for p in places)


@dataclass(frozen=True)
class Theme:
    """One palette, the ladder's ramp, and the marks of the actors of the scenario in play."""

    name: str = "dark"
    rungs: int = 16
    marks: Mapping[str, Mark] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def light(self) -> bool:
        return self.name == "light"

    @property
    def contrast(self) -> bool:
        return self.name == "contrast"

    def known(self, rungs: int, marks: Mapping[str, Mark]) -> Theme:
        """The theme with the ladder and the actors of a scenario."""
        return replace(self, rungs=rungs, marks=marks)

    def mark(self, actor: str) -> Mark:
        return self.marks.get(actor) or Mark(actor[:1].upper() or "?")

    def hex(self, name: str) -> str:
        """The colour of a token, of 'actor:<id>', of 'rung:<n>', or the '#RRGGBB' itself."""
        if name.startswith("#"):
            return name
        kind, _, which = name.partition(":")
        if kind == "actor":
            colours = self.mark(which).colours
            return colours.get("light" if self.light else "dark") or self.hex("unknown")
        if kind == "rung":
            steps = ramp(self.rungs)
            return steps[max(0, min(len(steps) - 1, round(float(which))))]
        return PALETTES[self.name][name]
