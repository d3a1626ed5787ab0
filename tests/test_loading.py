"""Loading: whatever is in the folder, the answer is a scenario or a list of faults with places."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import ScenarioError
from sim.loading import available, judged, load, rulebook
from sim.yaml_positions import parsed
from tests.tiny import TINY, changed, faults, written


def test_a_whole_scenario_loads(tmp_path: Path) -> None:
    scenario = load(written(tmp_path / "tiny"))
    assert scenario.id == "tiny_quarrel"
    assert scenario.actions[0].cameo == "010"
    assert load(str(tmp_path / "tiny")) == scenario


def test_keys_may_lie_in_several_files(tmp_path: Path) -> None:
    head, tail = TINY.split("actions:\n", 1)
    assert load(written(tmp_path / "tiny", head, deeds="actions:\n" + tail)).weeks == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("chance: 0.5,", "chnce: 0.5,", r':43:\d+: actions\[1\] \(shout_loud\): '
         r'unknown key "chnce"; did you mean chance\?'),
        ("chance: 0.5,", "chnce: 0.5,", r'\(shout_loud\): key "chance" is missing'),
        ("chance: 0.5,", "chance: 1.5,", r"chance: must be at most 1, is 1\.5"),
        ("chance: 0.5,", 'chance: "0.5",', r"must be a number, is \"0\.5\"; drop the quotes"),
        ("chance: 0.5,", "chance: true,", r"chance: must be a number, is true"),
        ("chance: 0.5,", "chance: [1],", r"chance: must be a number, is a list of 1"),
        ("chance: 0.5,", "chance: ,", r"chance: must be a number, is nothing"),
        ("chance: 0.5,", "chance: .nan,", r":43:\d+: \.nan is not a finite number"),
        ("chance: 0.5,", "chance: 1e999,", r"the number is too large"),
        ("chance: 0.5,", f"chance: {'9' * 5000},", r"the number is too large"),
        ('cameo: "130"', "cameo: 0130", r'cameo: must be text, is 0130; put it in quotes: "0130"'),
        ('cameo: "130"', 'cameo: "abc"', r"cameo: must be a code of 2 to 4 digits in quotes"),
        ("rung: 1,", "rung: 1.5,", r"rung: must be a whole number, is 1\.5"),
        ("hold: true", "hold: yes", r'hold: must be true or false, is "yes"'),
        ("severity: PO", "severity: POO", r"severity: must be one of DE, .*did you mean PO\?"),
        ("id: shout_loud", "id: sh\u043eut_loud", r"small Latin.*; \u043e is not a Latin letter"),
        ("id: shout_loud", "id: abc", r"actions\[1\] \(abc\): id: must be 4 to 32"),
        ("name: Shout", "name: 1984", r'name: must be text, is 1984; put it in quotes: "1984"'),
        ("name: Shout", 'name: ""', r"name: must not be empty"),
        ("good: {calm: -2.0}", "good: calm", r"good: must be a mapping \(key: value\), is"),
        ("slots: [village]", "slots: village", r'slots: must be a list, is "village"'),
        ("start: 2030-01-07", 'start: "2030-01-07"', r"start: must be a date.*; drop the quotes"),
        ("start: 2030-01-07", "start: 2030-13-07", r":5:8: there is no day 2030-13-07"),
        ("southby: 40}", "southby: x}", r'southby: must be a number or a mapping with value'),
        ("low: 50", "low: 65", r"opening: approval\.northby: value 60 lies outside its range"),
        ("low: 50", "lou: 50", r'approval\.northby: unknown key "lou"; did you mean low\?'),
        ("at_least: 20}", "of: self}", r'key "of" stands twice'),
        (", at_least: 20}", "}", r"needs\[0\]: needs at_least or at_most"),
        ("weeks: 3", "weeks: 3\nweeks: 4", r':7:1: key "weeks" stands twice, first on line 6'),
        ("weeks: 3", "wekes: 3", r':6:1: unknown key "wekes"; did you mean weeks\?'),
        ("name: Tiny quarrel", "\tname: Tiny", r"a tab cannot indent YAML: use spaces"),
        ("name: Tiny quarrel", "name: [Tiny", r"cannot be read"),
        ("name: Tiny quarrel", "name: !!python/name:os.system ''", r"tags .* are not used here"),
        ("name: Tiny quarrel", "name: *nobody", r"\*nobody: what it names is not written yet"),
        ("name: Tiny quarrel", "<<: {name: x}", r"merge keys"),
        ("name: Tiny quarrel", "? [a, b]\n: x", r"a key must be a word"),
        ("name: Tiny quarrel", "name: x\n---\nsummary: y", r"a file holds one document"),
        ("name: Tiny quarrel", "name: a\x07b", r":2:8: control character U\+0007"),
        ("name: Tiny quarrel", "name: " + "[" * 3000, r"nested more than 24 levels deep"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = "\n".join(faults(written(tmp_path / "tiny", changed(old, new))))
    assert re.search(said, text), text
    assert re.match(r"scenario\.yaml:\d+:\d+: ", text)


def test_every_fault_is_told_at_once_in_order(tmp_path: Path) -> None:
    text = changed("chance: 0.5,", "chnce: 0.5,").replace("measure: danger}", "measure: dangr}")
    text = text.replace("of: northby}", "of: nothby}").replace("intel: 0.5", "intel: 5", 1)
    said = faults(written(tmp_path / "tiny", text))
    lines = [int(fault.split(":")[1]) for fault in said]
    assert lines == sorted(lines)
    for part in ("intel", 'no measure is called "dangr"; did you mean danger?', "nothby", "chnce"):
        assert any(part in fault for fault in said), (part, said)


def test_a_fault_does_not_drag_others_behind_it(tmp_path: Path) -> None:
    assert len(faults(written(tmp_path / "tiny", changed("intel: 0.5", "intel: x")))) == 1
    broken = faults(written(tmp_path / "tiny", TINY, extra="words: [\n"))
    assert broken == [
        "extra.yaml:2:1: cannot be read while parsing a flow node from line 2: "
        "did not find expected node content"
    ]


def test_a_key_stands_in_one_file_only(tmp_path: Path) -> None:
    [said] = faults(written(tmp_path / "tiny", TINY, more="weeks: 4\n"))
    assert re.match(r'scenario\.yaml:6:1: key "weeks" is given already at .*more\.yaml:1:1', said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "a.yaml:1:1: the file is empty"),
        (b"# nothing\n", "a.yaml:1:1: the file is empty"),
        (b"- 1\n", "a.yaml:1:1: must be a mapping of keys like `actions:`"),
        (b"words: {a: \xff}\n", "a.yaml:1:12: byte 0xff is not UTF-8 text"),
        ("words: {}".encode("utf-16"), "a.yaml:1:1: byte 0xff is not UTF-8 text"),
        (b"words: {a: b", "a.yaml:2:1: cannot be read"),
        (b"words: 'a", "a.yaml:1:10: cannot be read"),
        (b"%YAML 9.9\n---\nwords: {}", "a.yaml:1:1: cannot be read"),
        (b"#" * 5_000_001, "a.yaml:1:1: is larger than 5 MB"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    folder = written(tmp_path / "tiny")
    (folder / "a.yaml").write_bytes(content)
    assert faults(folder)[0].startswith(said)


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    folder = written(tmp_path / "tiny")
    (folder / "a.yaml").mkdir()
    os.mkfifo(folder / "b.yaml")
    (folder / "c.yaml").symlink_to(folder / "nowhere")
    (folder / "d.yml").write_text("words: {}")
    said = faults(folder)
    assert said[0] == "a.yaml:1:1: is a folder, not a file"
    assert said[1] == "b.yaml:1:1: is not a plain file"
    assert said[2].startswith("c.yaml:1:1: cannot be read (No such file")
    assert said[3] == "d.yml:1:1: is not read: name it .yaml"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permission_denied_is_named(tmp_path: Path) -> None:
    folder = written(tmp_path / "tiny")
    (folder / "scenario.yaml").chmod(0)
    assert "cannot be read (Permission denied)" in faults(folder)[0]
    folder.chmod(0)
    assert "Permission denied" in faults(folder)[0]
    folder.chmod(0o700)


def test_an_alias_repeats_a_little_and_a_bomb_is_refused(tmp_path: Path) -> None:
    once = changed("of: self, at_least: 20}", "of: self, at_least: &bound 20}")
    assert load(written(tmp_path / "tiny", once.replace("at_most: 5", "at_most: *bound"))).weeks
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for one, two in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{two}: &{two} [{', '.join([f'*{one}'] * 9)}]\n"
    said = faults(written(tmp_path / "tiny", TINY, bomb=bomb))
    assert any("aliases repeat too much" in fault for fault in said)
    page = parsed(b"a: &a [*a]\n", "a.yaml")
    assert [str(f) for f in page.faults] == ["a.yaml:1:8: *a: what it names holds itself"]


def test_columns_count_letters_not_bytes() -> None:
    page = parsed('імʼя: {"ключ": *ой}\n'.encode(), "a.yaml")
    assert page.faults[0].mark == ("a.yaml", 1, 17)


def test_yaml_is_version_1_2_and_keeps_types() -> None:
    page = parsed(b"a: [no, 010, 0x1F, 0o17, 1_000, ~, 'true', 2030-01-07, 1., -.5e3]\n", "a")
    assert [str(v) for v in page.value["a"]] == [
        "no", "10", "31", "15", "1_000", "None", "true", "2030-01-07", "1.0", "-500.0",
    ]  # fmt: skip
    assert page.value["a"][6] == "true"


@pytest.mark.parametrize("name", ["", "nowhere_at_all", "a\0b", "x" * 5000, "\x1b[31m", "é/ü"])
def test_a_missing_scenario_is_a_fault_not_a_traceback(name: str) -> None:
    with pytest.raises(ScenarioError, match="no such scenario or folder"):
        load(name)


def test_a_file_or_an_empty_folder_is_no_scenario(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(TINY)
    with pytest.raises(ScenarioError, match="is a file; name the folder it lies in"):
        load(tmp_path / "x.yaml")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ScenarioError, match=r"holds no \.yaml file"):
        load(tmp_path / "empty")


def test_the_nearest_shipped_scenario_is_named() -> None:
    for name, _, _ in available():
        with pytest.raises(ScenarioError, match=f"did you mean {name}"):
            load(name[:-1] + "x")


def test_paths_are_told_as_they_were_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "tiny", changed("weeks: 3", "wekes: 3"))
    monkeypatch.chdir(tmp_path)
    assert judged("tiny").faults[0].startswith(f"tiny{os.sep}scenario.yaml:6:1: ")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TINY)), st.text(max_size=3), st.integers(0, 30))
def test_damage_anywhere_gives_faults_or_a_scenario(
    tmp_path_factory: pytest.TempPathFactory, place: int, put: str, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    text = TINY[:place] + put + TINY[place + cut :]
    (folder / "scenario.yaml").write_bytes(text.encode("utf-8", "replace"))
    verdict = judged(folder)
    assert (verdict.scenario is None) == bool(verdict.faults)
    assert all("\n" not in fault and fault.isprintable() for fault in verdict.faults)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | st.text("ab:[]{}-*&!|>'\"\n\t #,?%@", max_size=40).map(str.encode))
def test_no_bytes_make_the_reader_stumble(source: bytes) -> None:
    page = parsed(source, "a.yaml")
    assert not page.broken or page.faults


def test_the_rulebook_gives_every_number_once() -> None:
    numbers = rulebook()
    assert numbers
    assert all("." in name for name in numbers)


@pytest.mark.parametrize("name", [name for name, _, _ in available()])
def test_shipped_scenarios_load(name: str) -> None:
    assert judged(name).faults == ()
    assert load(name).id == name


def test_loading_needs_neither_mesa_nor_pandas_nor_rich() -> None:
    heavy = "{'mesa', 'pandas', 'rich', 'scipy', 'networkx', 'pyarrow'}"
    code = f"import sim.loading, sys; sys.exit(', '.join({heavy} & sys.modules.keys()) or 0)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_pure_python_reader_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ruamel.yaml import YAML

    from sim import yaml_positions

    text = changed("chance: 0.5,", "chnce: 0.5,")
    quick = faults(written(tmp_path / "tiny", text))
    monkeypatch.setattr(yaml_positions, "YAML", lambda typ, pure: YAML(typ="safe", pure=True))
    assert faults(tmp_path / "tiny") == quick


def test_no_text_from_a_file_reaches_the_terminal_raw(tmp_path: Path) -> None:
    text = TINY + 'tunings: {"\\e[31m": 1}\nwords: {"\\x9b": 3}\n'
    said = faults(written(tmp_path / "tiny", text))
    assert len(said) == 2
    assert all(fault.isprintable() for fault in said)


def test_a_flood_of_faults_is_cut_short(tmp_path: Path) -> None:
    text = TINY + "".join(f"key{n}: 1\n" for n in range(500))
    said = faults(written(tmp_path / "tiny", text))
    assert len(said) == 201
    assert "and more; the first 200 are listed" in said[-1]
