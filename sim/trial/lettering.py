"""Lettering: the window's letters for a page, only those it needs, inside the file itself."""

import io
from base64 import b64encode
from pathlib import Path

FONTS = Path(__file__).parents[2] / "ui" / "kit" / "fonts"
FACES = (  # family on the page, weight, file
    ("Page Sans", 400, "SourceSansPro-Regular.ttf"),
    ("Page Sans", 600, "SourceSansPro-Semibold.ttf"),
    ("Page Serif", 600, "SourceSerifPro-Semibold.ttf"),
)
STACKS = (
    ':root{--sans:"Page Sans",system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;'
    '--serif:"Page Serif",Georgia,"Noto Serif",serif}'
)


def faces(letters: str) -> str:
    """The style of the page's letters; where the window is not installed, the reader's own."""
    there = [face for face in FACES if (FONTS / face[2]).is_file()]
    return STACKS + "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
        f"src:url(data:font/ttf;base64,{_subset(FONTS / file, letters)})}}"
        for family, weight, file in there
    )


def _subset(path: Path, letters: str) -> str:
    """These letters of a font. Its licence keeps its name for the whole: the part goes unnamed."""
    from fontTools import subset  # type: ignore[import-untyped]

    options = subset.Options()
    options.name_IDs = [0, 13, 14]  # copyright and licence
    options.layout_features = ["kern", "liga", "mark", "tnum"]
    options.hinting = False
    chosen = subset.Subsetter(options)
    chosen.populate(text=letters)
    paper = io.BytesIO()
    with subset.load_font(str(path), options) as font:
        chosen.subset(font)
        font.save(paper)
    return b64encode(paper.getvalue()).decode("ascii")
