"""Documents: what in them is copied from the program, and how it is made anew."""

import ast
import contextlib
import io
import re
import shlex
import shutil
from collections.abc import Iterator
from doctest import DocTestParser, Example
from inspect import cleandoc
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from sim.cli import app
from sim.loading import available
from sim.names import UNSET
from sim.sheets import Sheet
from sim.state import FIELDS

ROOT = Path(__file__).parent.parent
README, GUIDE = ROOT / "README.md", ROOT / "scenarios" / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DOCUMENTS = (README, GUIDE, CONTRIBUTING)
GOLDEN = ROOT / "tests" / "golden"
WIDTH = 80
NAME = 3  # words before a colon that only name a module
OMITTED = "..."  # a paragraph of a transcript that stands for those left out
BLOCKS = re.compile(
    r"```(console|diff)\n(.*?)```|<!-- (program|tests|board) -->\n.*?<!-- end -->", re.S
)
AGAIN = "run `python -m tests.regenerate`, and read what it changed"
PLACES = {  # what the file map says of what has no docstring
    "scenarios/README.md": "how to write a scenario: ten minutes, then the reference",
    "scenarios/dresden_1989/": "5 December 1989: one officer, a crowd, ten turns of five minutes",
    "scenarios/kerch_2022/": "10 October 2022: ten seats, 26 weeks",
    "scenarios/map/": "outlines of countries and regions, public domain, with where they come from",
    "scenarios/rulebook/": "the rules' own numbers: value, range, unit, source, confidence",
    "scenarios/tutorial/": "the smallest complete scenario: start here to write your own",
    "sim/trial/templates/": "the pages of the reports, and how they look",
    "ui/words/": "what the window says, a file per screen and language",
    "tools/": "makes the map data and docs/model.md anew; not needed to play",
    "tests/golden/": "a campaign of each scenario as told; boards' digests; the window's pictures",
    "benchmarks/": "how quick the engine is; listed in CONTRIBUTING.md",
    "tests/": "what holds; listed in CONTRIBUTING.md",
}
MAPS = {  # marker in a document -> the folders whose files are listed there
    "program": ("sim", "sim/rules", "sim/exercise", "sim/narrate", "sim/trial", "ui", "scenarios"),
    "tests": ("tests", "benchmarks"),
}  # fmt: skip
AXES = {  # letters of the board's axes -> whose id stands there
    "A": "actor", "P": "polity", "S": "side", "K": "pillar", "R": "region", "N": "node",
    "F": "feature", "C": "actor.action", "D": "actor.action", "L": "actor.action.feature",
    "B": "bloc", "Z": "threshold", "X": "red line", "V": "event", "O": "outcome", "J": "kind",
    "Q": "week", "H": "week", "E": "kind of event", "T": "slot",
}  # fmt: skip


# --- what the program says ------------------------------------------------------------------------
def printed(command: str, folder: Path = ROOT) -> str:
    """What a command prints in a folder: 80 columns, no colour, no spaces at the end of lines."""
    words = shlex.split(command.removeprefix("uv run "))
    assert words[0] == "offramp", f"not a command of ours: {command}"
    env = {"COLUMNS": str(WIDTH), "FORCE_COLOR": None, "NO_COLOR": "1"}
    with contextlib.chdir(folder):
        said = CliRunner().invoke(app, words[1:], env=env)
    return "\n".join(line.rstrip() for line in said.output.rstrip().split("\n"))


def transcripts() -> dict[Path, str]:
    """The golden campaign of every shipped scenario: number 0, default seed, all its weeks."""
    names = [name for name, _, _ in available()]
    return {GOLDEN / f"{name}.txt": printed(f"offramp run {name}") + "\n" for name in names}


def excerpt(shown: str, whole: str) -> str:
    """The paragraphs of `whole` that `shown` quotes: as many before `...`, as many after it."""
    quoted, paragraphs = shown.rstrip().split("\n\n"), whole.split("\n\n")
    if OMITTED not in quoted:
        return whole
    before = quoted.index(OMITTED)
    after = len(quoted) - before - 1
    return "\n\n".join([*paragraphs[:before], OMITTED, *paragraphs[len(paragraphs) - after :]])


# --- a document made anew -------------------------------------------------------------------------
def anew(text: str, folder: Path) -> str:
    """A document with its transcripts, patches and tables as they are now.

    `console` blocks are carried out in a folder, in order, `diff` blocks change the scenario that
    was copied there; what is generated stands between `<!-- name -->` and `<!-- end -->`.
    """

    def fresh(found: re.Match[str]) -> str:
        kind, body, table = found.groups()
        if kind == "diff":
            patch(folder / "my_crisis" / "scenario.yaml", body)
            return found[0]
        if kind == "console":
            return f"```console\n{_carried_out(body, folder)}```"
        made = board_table() if table == "board" else file_map(table)
        return f"<!-- {table} -->\n{made}\n<!-- end -->"

    return BLOCKS.sub(fresh, text)


def _carried_out(body: str, folder: Path) -> str:
    """Each `$ command` of a block and what it prints now."""
    said = []
    for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
        command, _, shown = part.partition("\n")
        if command.startswith("cp -r "):
            source, target = command.split()[2:]
            shutil.copytree(ROOT / source, folder / target)
            said.append(f"$ {command}\n")
        else:
            said.append(f"$ {command}\n{excerpt(shown, printed(command, folder))}\n")
    return "".join(said)


def patch(path: Path, diff: str) -> None:
    """Change a file as a diff says; the lines it starts from must stand there once."""
    lines = diff.rstrip("\n").split("\n")
    old = "\n".join(line[1:] for line in lines if line[:1] in " -")
    new = "\n".join(line[1:] for line in lines if line[:1] in " +")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"stands {text.count(old)} times in {path.name}:\n{old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def replayed(text: str) -> str:
    """A document with what its Python examples print now."""
    known: dict[str, Any] = {}
    parts = DocTestParser().parse(text)
    return "".join(_replayed(p, known) if isinstance(p, Example) else p for p in parts)


def _replayed(example: Example, known: dict[str, Any]) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(example.source, "<document>", "single"), known)
    first, *more = example.source.rstrip("\n").split("\n")
    return "\n".join([f">>> {first}", *(f"... {line}" for line in more), said.getvalue()])


# --- what is generated ----------------------------------------------------------------------------
def file_map(which: str) -> str:
    """Every file and folder of a map, and the sentence its module opens with."""
    rows = [row for folder in MAPS[which] for row in _folder(folder)]
    if which == "program":
        rows += [(name, PLACES[name]) for name in ("tools/", "benchmarks/", "tests/")]
    width = max(len(name) for name, _ in rows)
    return "\n".join(["```text", *(f"{name:<{width}}  {what}" for name, what in rows), "```"])


def _folder(folder: str) -> Iterator[tuple[str, str]]:
    here = ROOT / folder
    elsewhere = {f"{folder}/" for folders in MAPS.values() for folder in folders}
    for path in sorted(here.iterdir(), key=lambda p: (p.is_dir(), p.name)):
        name = path.relative_to(ROOT).as_posix() + "/" * path.is_dir()
        if name in PLACES:
            yield name, PLACES[name]
        elif path.suffix == ".py" and path.stat().st_size:
            yield name, _sentence(path)
        elif path.is_dir() and path.name != "__pycache__" and name not in elsewhere:
            yield name, _sentence(path / "__init__.py")
        elif path.suffix == ".py" and path.name != "__init__.py":
            raise AssertionError(f"{name} does not say what it is for")


def _sentence(path: Path) -> str:
    """What a module says it is for: its first sentence, without its own name before a colon."""
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    first = " ".join(cleandoc(said).split("\n\n")[0].split())
    own, colon, rest = first.partition(": ")
    if colon and len(own.split()) <= NAME:
        first = rest
    return re.split(r"(?<=[.]) ", first)[0].rstrip(".")


def board_table() -> str:
    """Every array a scenario may open with: its ids, range, usual opening value and unit."""
    rows = ["| name | ids | range | usually | what |", "|---|---|---|---|---|"]
    for name in (name for name in FIELDS if name not in UNSET):
        meta = FIELDS[name].metadata
        ids = ", ".join(AXES[letter] for letter in meta["axes"] if letter != "-") or "none"
        span = f"{meta['low']:g} to {meta['high']:g}".replace("to inf", "and more")
        unit = meta["unit"].replace("|", "\\|")
        rows.append(f"| `{name}` | {ids} | {span} | {meta['opening']:g} | {unit} |")
    return "\n".join(rows)


def left_out(sheet: type[Sheet], name: str) -> str:
    """What a key of a sheet is when a scenario leaves it out, in words."""
    field = sheet.model_fields[name]
    usual: Any = field.default
    if field.is_required():
        return "needed"
    if usual is None or usual in ("", (), {}):
        return "none"
    if isinstance(usual, bool):
        return "yes" if usual else "no"
    if isinstance(usual, tuple):
        return ", ".join(f"{one:g}" if isinstance(one, float) else "null" for one in usual)
    return f"{usual:g}" if isinstance(usual, float) else str(usual)
