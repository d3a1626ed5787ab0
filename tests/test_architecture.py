"""The shape of the project: who may import whom, how long things may be, and what is forbidden."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.layers import LAYERS

ROOT = Path(__file__).parents[1]
DOORS = ("sim.exercise", "sim.batch", "sim.schema", "sim.errors", "ui")  # all that `ui` may import
# they build no board
READERS = ("results", "batch", "rehearsal", "narrate", "exercise", "trial", "cli")
SUMS = {  # function -> why a sum may stand there; all others use `total`
    "agents.scores": "counts booleans, which is exact in any order",
    "model._collector": "one number of one world, for Mesa's own collector",
}
CURVED = {  # function -> the draw or the choice its exp, log or power feeds
    "agents.__init__": "choice", "agents.aim": "choice", "agents.scores": "choice",
    "judgement._expected": "choice",
    "rules.covert.attribute_late": "draw", "rules.ladder.hazard": "draw",
    "rules.succession.removal_hazard": "draw", "rules.support.hold_election": "draw",
}  # fmt: skip
MESA = {"model", "agents", "batch", "rehearsal"}  # the last two: only to let go of a played model
CODE = sorted(p for f in ("sim", "ui", "tests", "benchmarks", "scenarios")
              for p in ROOT.glob(f"{f}/**/*.py"))  # fmt: skip
SIM = [path for path in CODE if path.relative_to(ROOT).parts[0] == "sim"]
LONGEST, MEDIAN, TAIL = 60, 9, 35  # lines of a function, signature and docstring included


def name_of(path: Path) -> str:
    """`sim/rules/aid.py` is `rules.aid`; `sim/rules/__init__.py` is `rules`."""
    parts = path.relative_to(ROOT).with_suffix("").parts[1:]
    return ".".join(parts).removesuffix("__init__").removesuffix(".")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, kinds)]


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


# --- who may import whom ----------------------------------------------------------------------
def height(module: str) -> int:
    """The line of `LAYERS` a module stands on."""
    for row, line in enumerate(LAYERS):
        if module in line.split():
            return row
    if module.startswith("rules."):
        return next(row for row, line in enumerate(LAYERS) if "rules.*" in line.split())
    raise AssertionError(f"sim.{module} has no place in LAYERS yet")


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """(package, module) of every import, those inside functions and for types included."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.partition(".")[::2]) for alias in node.names)  # type: ignore[misc]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{shown(path)}:{node.lineno}: imports are absolute"
            package, _, module = (node.module or "").partition(".")
            for alias in node.names:
                inside = f"{module}.{alias.name}".strip(".")
                file = ROOT / package / f"{inside.replace('.', '/')}.py"
                yield package, inside if file.exists() else module


@pytest.mark.parametrize("path", SIM, ids=shown)
def test_a_module_looks_only_down(path: Path) -> None:
    """Also in imports for types only: a cycle hidden by `TYPE_CHECKING` is a cycle."""
    me = name_of(path)
    if not me:  # sim/__init__ resolves its names when they are asked for
        return
    for package, module in imported(path):
        barred = ("tests", "benchmarks") if me == "cli" else ("tests", "benchmarks", "ui")
        assert package not in barred, f"{me} must not import {package}"
        if package == "sim" and module != me:
            assert height(module) < height(me), f"{me} must not import {module}"


@pytest.mark.parametrize("path", [p for p in CODE if p.is_relative_to(ROOT / "ui")], ids=shown)
def test_the_window_knows_only_its_doors(path: Path) -> None:
    """What a screen shows is asked of the exercise; presenters and words need no pygame."""
    plain = path.parent.name == "present" or path.name in ("words.py", "keys.py", "geometry.py")
    for package, module in imported(path):
        whole = f"{package}.{module}".strip(".")
        if package == "sim":
            assert any(whole == d or whole.startswith(f"{d}.") for d in DOORS), f"{whole}"
        assert not (plain and package == "pygame"), "no pygame here"


def test_every_line_of_the_layers_stands() -> None:
    known = {name_of(path) for path in SIM} | {"rules.*"}
    assert {name for line in LAYERS for name in line.split()} <= known


def test_the_package_itself_imports_nothing_until_asked() -> None:
    code = "import sys, sim, sim.cli, sim.loading; print('mesa' in sys.modules)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT,
                           check=True)  # fmt: skip
    assert asked.stdout.split() == ["False"]


@pytest.mark.parametrize("path", SIM, ids=shown)
def test_mesa_stays_where_it_belongs(path: Path) -> None:
    uses = any(package == "mesa" for package, _ in imported(path))
    assert not uses or name_of(path) in MESA


# --- how long things may be -------------------------------------------------------------------
@pytest.mark.parametrize("path", CODE, ids=shown)
def test_a_file_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") < 300
    opening = ast.get_docstring(tree_of(path)) or ""
    assert not text or opening.split("\n")[0].endswith("."), "opens with one sentence"


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_no_function_is_long(path: Path) -> None:
    lengths = {node.name: lines_of(node) for node in functions(path)}
    assert not {name: length for name, length in lengths.items() if length > LONGEST}


def test_most_functions_are_very_short() -> None:
    lengths = sorted(lines_of(node) for path in SIM for node in functions(path))
    assert statistics.median(lengths) <= MEDIAN
    assert lengths[int(0.95 * len(lengths))] <= TAIL


# --- what is forbidden ------------------------------------------------------------------------
def builders() -> list[Path]:
    """The modules a board passes through."""
    return [path for path in SIM if name_of(path).split(".")[0] not in READERS]


@cache
def inside(path: Path) -> list[tuple[str, ast.AST]]:
    """Every node of a module with the name of the innermost function it stands in."""
    owner = {id(child): node.name for node in functions(path) for child in ast.walk(node)}
    me = name_of(path)
    return [(f"{me}.{owner.get(id(node), '')}", node) for node in ast.walk(tree_of(path))]


def called(node: ast.AST) -> str:
    """The last name of what a call calls: `np.sum` and `x.sum` are both `sum`."""
    func = node.func if isinstance(node, ast.Call) else None
    return func.attr if isinstance(func, ast.Attribute) else ""


REDUCTIONS = {"sum", "mean", "prod", "std", "var", "average", "nansum", "dot", "vdot", "inner",
              "matmul", "einsum", "tensordot", "convolve"}  # fmt: skip
CURVES = {"exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "power", "float_power", "tanh",
          "sinh", "cosh", "sin", "cos", "arctan", "cbrt"}  # fmt: skip


@pytest.mark.parametrize("path", builders(), ids=shown)
def test_sums_are_taken_row_by_row(path: Path) -> None:
    """`sum(axis=0)` and `@` have other bits for one world than for many."""
    for where, node in inside(path):
        assert not isinstance(node, ast.MatMult), f"{where}: @"
        assert called(node) not in REDUCTIONS or where in SUMS, f"{where}: {called(node)}"


@pytest.mark.parametrize("path", builders(), ids=shown)
def test_rules_do_not_look_across_worlds(path: Path) -> None:
    """Only `.any()`, to skip work that would change nothing (rows that nobody needs)."""
    across = {"max", "min", "all", "argmax", "argmin", "sort", "argsort", "ptp"}
    if name_of(path).startswith(("rules", "measures", "power", "tally", "bargaining")):
        for where, node in inside(path):
            bare = isinstance(node, ast.Call) and not node.args and not node.keywords
            assert not (bare and called(node) in across), f"{where}: {called(node)}()"


@pytest.mark.parametrize("path", builders(), ids=shown)
def test_boards_are_built_from_plain_arithmetic(path: Path) -> None:
    """exp, log and powers differ in their last bits between processors: they may only decide."""
    for where, node in inside(path):
        ours = isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("np.", "math."))
        assert not (ours and called(node) in CURVES) or where in CURVED, f"{where}: {called(node)}"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            assert isinstance(node.left, ast.Constant), f"{where}: **"


def test_no_exception_is_kept_that_nobody_needs() -> None:
    found: set[str] = set()
    for path in builders():
        found |= {where for where, node in inside(path) if called(node) in REDUCTIONS | CURVES}
    assert set(SUMS) | set(CURVED) <= found


@pytest.mark.parametrize("path", SIM, ids=shown)
def test_chance_comes_from_the_dice_alone(path: Path) -> None:
    used = {package for package, _ in imported(path)}
    assert not used & {"random", "secrets", "uuid"}
    for where, node in inside(path):
        banned = isinstance(node, ast.Attribute) and node.attr in ("random", "rng", "default_rng")
        assert not banned, where


# --- what is kept -----------------------------------------------------------------------------
@cache
def tracked() -> list[str]:
    """The files under version control; none known outside a clone."""
    try:
        asked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT)
    except FileNotFoundError:
        return []
    return asked.stdout.splitlines() if asked.returncode == 0 else []


def test_no_lock_file_and_no_machine_is_kept() -> None:
    """Neither a package registry's host nor a path of anybody's machine, nor a lock with both."""
    if not tracked():
        pytest.skip("not a clone")
    assert not [name for name in tracked() if Path(name).name in ("uv" + ".lock", "pip" + ".conf")]
    hosts = ["py" + "pi", "python" + "hosted", "arti" + "factory", "index" + "-url",
             "index" + "_url", "uv." + "index"]  # fmt: skip
    folders = ["work/" + "main", "work/" + "shared", "root" + "/", "home" + "/", "Users" + "/"]
    wanted = re.compile("|".join([*map(re.escape, hosts), *(f"(?<![\\w.])/{f}" for f in folders)]))
    for name in tracked():
        path = ROOT / name
        if path.is_file() and path.suffix not in (".png", ".ttf", ".parquet"):
            found = wanted.search(path.read_text(encoding="utf-8", errors="replace"))
            assert found is None, f"{name}: {found and found.group()}"


def test_the_map_in_the_readme_is_true() -> None:
    """Every path it names exists; every file and folder directly in `sim` is named."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b((?:sim|tests|scenarios|benchmarks)/[\w./]*\w/?)", text))
    if "sim/model.py" not in named:
        pytest.skip("the README has no map yet")
    assert not [name for name in named if not (ROOT / name).exists()]
    there = {path.relative_to(ROOT / "sim").parts[0] for path in SIM}
    assert not [name for name in there if name not in text]
