"""Signs drawn from lines and polygons, since the fonts lack them; each on a square of 24."""

from __future__ import annotations

from typing import Literal

Points = tuple[tuple[float, float], ...]
Stroke = tuple[Literal["line", "fill", "ring", "disc"], Points, float]  # kind, points, width or r


def _line(*points: tuple[float, float], width: float = 2) -> Stroke:
    return ("line", points, width)


def _fill(*points: tuple[float, float]) -> Stroke:
    return ("fill", points, 0)


def _ring(x: float, y: float, r: float) -> Stroke:
    return ("ring", ((x, y),), r)


def _disc(x: float, y: float, r: float) -> Stroke:
    return ("disc", ((x, y),), r)


ICONS: dict[str, tuple[Stroke, ...]] = {
    "up": (_fill((12, 6), (20, 18), (4, 18)),),
    "down": (_fill((4, 6), (20, 6), (12, 18)),),
    "left": (_fill((6, 12), (18, 4), (18, 20)),),
    "right": (_fill((6, 4), (18, 12), (6, 20)),),
    "check": (_line((4, 13), (10, 19), (20, 5), width=2.5),),
    "cross": (_line((5, 5), (19, 19)), _line((19, 5), (5, 19))),
    "plus": (_line((12, 4), (12, 20)), _line((4, 12), (20, 12))),
    "minus": (_line((4, 12), (20, 12)),),
    "warning": (_ring(12, 12, 10), _line((12, 6), (12, 14), width=2.5), _disc(12, 17.5, 1.5)),
    "info": (_ring(12, 12, 10), _line((12, 11), (12, 18), width=2.5), _disc(12, 7, 1.5)),
    "struck": (_ring(12, 12, 7), _line((12, 1), (12, 23)), _line((1, 12), (23, 12))),
    "play": (_fill((7, 4), (20, 12), (7, 20)),),
    "pause": (_fill((6, 4), (10, 4), (10, 20), (6, 20)),
              _fill((14, 4), (18, 4), (18, 20), (14, 20))),
    "skip": (_fill((4, 5), (14, 12), (4, 19)), _fill((15, 5), (18, 5), (18, 19), (15, 19))),
    "clock": (_ring(12, 12, 10), _line((12, 6), (12, 12), (17, 14))),
    "lock": (_line((7, 11), (7, 7), (9, 4), (15, 4), (17, 7), (17, 11)),
             _fill((4, 11), (20, 11), (20, 21), (4, 21))),
    "eye": (_line((1, 12), (6, 7), (12, 5), (18, 7), (23, 12), (18, 17), (12, 19), (6, 17),
                  (1, 12)), _disc(12, 12, 3.5)),
    "hidden": (_line((1, 12), (6, 7), (12, 5), (18, 7), (23, 12), (18, 17), (12, 19), (6, 17),
                     (1, 12)), _line((4, 22), (20, 2))),
    "branch": (_line((6, 3), (6, 21)), _line((6, 13), (12, 12), (17, 8), (18, 3)),
               _disc(6, 3, 2.5), _disc(6, 21, 2.5), _disc(18, 3, 2.5)),
    "dot": (_disc(12, 12, 6),),
    "ring": (_ring(12, 12, 7),),
    "menu": (_line((3, 6), (21, 6)), _line((3, 12), (21, 12)), _line((3, 18), (21, 18))),
    "flag": (_line((5, 2), (5, 22)), _fill((5, 3), (20, 7.5), (5, 12))),
    "arrow": (_line((3, 12), (19, 12)), _fill((14, 6), (22, 12), (14, 18))),
    "talk": (_line((3, 4), (21, 4), (21, 16), (11, 16), (6, 21), (6, 16), (3, 16), (3, 4)),),
    "home": (_line((2, 12), (12, 3), (22, 12)), _line((5, 10), (5, 21), (19, 21), (19, 10))),
    "nuclear": (_ring(12, 12, 10), _disc(12, 12, 2), _fill((12, 12), (8, 4.5), (16, 4.5)),
                _fill((12, 12), (20.5, 12.5), (16.5, 19.5)),
                _fill((12, 12), (7.5, 19.5), (3.5, 12.5))),
}  # fmt: skip
