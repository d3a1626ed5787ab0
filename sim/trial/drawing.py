"""Drawing: sheets of SVG by matplotlib, the same bytes for the same picture, light and dark."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, Literal

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.text import Text

from sim.trial.amounts import true_minus

TOKENS = {  # role -> light, dark; every light colour differs, so that it can stand for its role
    "bg": ("#e9ecef", "#0f141a"), "panel": ("#f7f8f9", "#161d26"), "card": ("#ffffff", "#1f2934"),
    "raised": ("#e3e8ec", "#2b3744"), "text": ("#16202a", "#eaeff4"),
    "text2": ("#384654", "#bac6d1"), "text3": ("#526070", "#9aa9b7"),
    "ctl": ("#6b7a88", "#6e8296"), "line": ("#c9d1d8", "#33414f"), "good": ("#00735a", "#2fc19a"),
    "bad": ("#a84a00", "#f59a4a"), "fan": ("#0b6aa6", "#56b4e9"),
}  # fmt: skip
SMALL, BODY = 12.0, 13.0  # sizes of letters
SIGNS = {  # strokes, as on the page: a tick, a cross, a dash
    "good": Path([(-0.5, 0.0), (-0.15, -0.4), (0.5, 0.45)], [1, 2, 2]),
    "bad": Path([(-0.4, -0.4), (0.4, 0.4), (-0.4, 0.4), (0.4, -0.4)], [1, 2, 1, 2]),
    "text3": Path([(-0.45, 0.0), (0.45, 0.0)], [1, 2]),
}
Side = Literal["left", "center", "right"]


@contextmanager
def settled() -> Iterator[None]:
    """Matplotlib's own settings, whatever the reader's may be; letters stay letters."""
    ours: Any = {"svg.hashsalt": "offramp", "svg.fonttype": "none", "font.family": ["DejaVu Sans"],
            "svg.image_inline": True, "path.simplify": False}  # fmt: skip
    with rc_context():
        from matplotlib import rcdefaults

        rcdefaults()
        with rc_context(ours):
            yield


class Picture:
    """A sheet measured in pixels from its top left corner, and the words that stand for it."""

    def __init__(self, name: str, width: float, height: float) -> None:
        self.name, self.width, self.height = name, width, height
        self.figure = Figure(figsize=(width / 72.0, height / 72.0), dpi=72)
        self.renderer: Any = FigureCanvasAgg(self.figure).get_renderer()  # type: ignore[no-untyped-call]  # it measures letters
        self.paper = self.axes(0.0, 0.0, width, height)
        self.paper.set(xlim=(0.0, width), ylim=(height, 0.0))
        self.paper.axis("off")

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """A part of the sheet with scales of its own."""
        bottom = self.height - top - height
        return self.figure.add_axes((left / self.width, bottom / self.height,
                                     width / self.width, height / self.height))  # fmt: skip

    def text(self, x: float, y: float, words: str, role: str = "text2", size: float = BODY,
             bold: bool = False, side: Side = "left") -> Text:  # fmt: skip
        """Words whose line stands around `y`."""
        return self.paper.text(x, y, true_minus(words), color=TOKENS[role][0], size=size, ha=side,
                               va="center_baseline", weight="bold" if bold else "normal",
                               parse_math=False)  # fmt: skip

    def line(self, x: tuple[float, float], y: tuple[float, float], role: str, width: float = 1.0,
             dash: bool = False) -> None:  # fmt: skip
        """A straight line."""
        self.paper.plot(x, y, color=TOKENS[role][0], lw=width, ls=(0, (3, 2)) if dash else "-",
                        solid_capstyle="butt", dash_capstyle="butt")  # fmt: skip

    def box(self, x: float, y: float, width: float, height: float, role: str) -> None:
        """A filled box behind everything."""
        colour = TOKENS[role][0]
        self.paper.add_patch(Rectangle((x, y), width, height, color=colour, lw=0, zorder=0))

    def mark(self, x: float, y: float, shape: str, role: str, size: float = 8.0,
             hollow: bool = False) -> None:  # fmt: skip
        """One mark, filled or hollow."""
        face = TOKENS["card"][0] if hollow else TOKENS[role][0]
        self.paper.plot([x], [y], marker=shape, ms=size, mfc=face, mec=TOKENS[role][0], mew=1.3,
                        ls="none", zorder=3)  # fmt: skip

    def sign(self, x: float, y: float, role: str) -> None:
        """The tick, cross or dash of a verdict."""
        self.paper.plot([x], [y], marker=SIGNS[role], ms=10.0, mfc="none", mec=TOKENS[role][0],
                        mew=2.6, ls="none", zorder=3)  # fmt: skip

    def wide(self, words: str, size: float = BODY, bold: bool = False) -> float:
        """How many pixels these words take at most: the widest of the usual letters."""
        weight = "bold" if bold else "normal"
        probe = Text(0, 0, words, size=size, weight=weight, figure=self.figure, parse_math=False)
        return float(probe.get_window_extent(self.renderer).width)

    def fitted(self, words: str, width: float, lines: int = 1, size: float = BODY,
               bold: bool = False) -> list[str]:  # fmt: skip
        """The words in so many lines; what does not fit is left out, and says so."""
        rows, left = [""], words.split()
        while left:
            longer = f"{rows[-1]} {left[0]}".strip()
            if self.wide(longer, size, bold) <= width:
                rows[-1] = longer
                left.pop(0)
            elif rows[-1] and len(rows) < lines:
                rows.append("")
            else:
                rows[-1] = self._cut(longer, width, size, bold)
                break
        return rows

    def _cut(self, words: str, width: float, size: float, bold: bool) -> str:
        """As much of the words as fits before three dots."""
        while words and self.wide(f"{words}...", size, bold) > width:
            words = words[:-1]
        return f"{words.rstrip(' ,;:')}..."

    def letters(self) -> list[Text]:
        """Every piece of text that can be seen."""
        found = self.figure.findobj(Text)
        return [t for t in found if isinstance(t, Text) and t.get_visible() and t.get_text()]

    def svg(self, title: str, told: str) -> str:
        """The picture as an element of a page: titled, told in words, coloured by the page."""
        paper = io.StringIO()
        nothing: dict[str, Any] = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        self.figure.savefig(paper, format="svg", metadata=nothing, transparent=True)
        return _adapted(paper.getvalue(), self.name, title, told)


def _adapted(raw: str, name: str, title: str, told: str) -> str:
    """Without what a file of its own needs; ids no other picture has; roles for colours."""
    svg = raw[raw.index("<svg") :]
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, count=1, flags=re.S)
    svg = re.sub(r"<[^>]*>", lambda tag: _tag(tag[0], name), svg)  # never what somebody wrote
    svg = re.sub(r"\s*\n\s*", " ", svg)
    head = f'<svg role="img" aria-labelledby="{name}-title {name}-told"'
    words = f'<title id="{name}-title">{escape(title)}</title>'
    words += f'<desc id="{name}-told">{escape(told)}</desc>'
    return svg.replace("<svg", head, 1).replace(">", f">{words}", 1).strip()


def _tag(tag: str, name: str) -> str:
    """One tag of the picture, adapted."""
    tag = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", tag)
    tag = re.sub(r" font-family: [^;\"]*;?", "", tag).replace("weight: 700", "weight: 600")
    tag = re.sub(r' transform="rotate\(-0 [^)]*\)"', "", tag)
    if tag.startswith("<svg"):
        tag = re.sub(r' (width|height)="[^"]*"', "", tag)
    for role, (light, _) in TOKENS.items():
        tag = tag.replace(f": {light}", f": var(--{role}, {light})")
    return tag


def tokens() -> str:
    """The colours as variables of a page: light, and dark where the reader's system is dark."""
    light, dark = (
        "".join(f"--{role}:{pair[which]};" for role, pair in TOKENS.items()) for which in (0, 1)
    )
    return (
        f":root{{{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{dark}}}}}"
    )


def standing_alone(svg: str) -> str:
    """A picture as a file of its own, with its colours and a ground to stand on."""
    style = f"<style>{tokens()}svg{{background:var(--card)}}text{{font-family:sans-serif}}</style>"
    return svg.replace("</desc>", f"</desc>{style}", 1) + "\n"
