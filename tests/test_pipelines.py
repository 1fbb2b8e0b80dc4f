# SPDX-License-Identifier: Apache-2.0
"""What runs debar in pipelines of others: a GitHub action, a GitLab job, hooks of pre-commit, and a container."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

import composed
from debar.cli import main
from debar.writers import WRITERS

ROOT = Path(__file__).parents[1]
PIPELINES = ROOT / "pipelines"
SCHEMAS = ROOT / "tests" / "data" / "schemas"
READERS = ROOT / "tests" / "data" / "readers"
BASH = shutil.which("bash")
with_bash = pytest.mark.skipif(BASH is None, reason="no bash: its scripts are for runners that have one")


def documents(file: Path) -> list[Any]:
    """Give the YAML documents of a file, of which words stay words."""
    return list(yaml.load_all(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))


ACTION = documents(ROOT / "action.yml")[0]
HEADER, JOBS = documents(PIPELINES / "gitlab.yml")
JOB = JOBS["debar"]
HOOKS = {hook["id"]: hook for hook in documents(ROOT / ".pre-commit-hooks.yaml")[0]}


@pytest.mark.parametrize(
    ("file", "schema"),
    [(ROOT / "action.yml", "github-action"), (PIPELINES / "gitlab.yml", "gitlab-ci")],
    ids=["GitHub", "GitLab"],
)
def test_they_are_what_their_schemas_say(file: Path, schema: str) -> None:
    """Each document of a file fits the schema that editors and linters of its platform use."""
    valid = jsonschema_rs.validator_for(json.loads((SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")))
    for document in yaml.safe_load_all(file.read_text(encoding="utf-8")):
        assert [error.message for error in valid.iter_errors(document)] == []


# ---- the action of GitHub


def test_no_script_of_the_action_holds_an_expression() -> None:
    """What an expression puts into a script, somebody else may have written; every input comes as a variable."""
    steps = ACTION["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    assert [script for script in scripts if "${{" in script] == []
    assert len(scripts) == 3
    texts = [value for step in steps for part in ("env", "with") for value in step.get(part, {}).values()]
    texts += [step["if"] for step in steps if "if" in step]
    used = {name for text in texts for name in re.findall(r"inputs\.([\w-]+)", text)}
    assert used == ACTION["inputs"].keys()


def test_other_actions_are_pinned_to_a_commit() -> None:
    """A tag can be moved to somebody else's code; a digest cannot."""
    used = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", one)] == []


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in a checkout on a runner that has debar, with the files that GitHub gives to steps beside it."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "bom.json").write_bytes(composed.CYCLONEDX)
    for name in [name for name in os.environ if name.startswith("DEBAR_")]:
        monkeypatch.delenv(name)
    for name in ("OUTPUT", "STEP_SUMMARY", "PATH"):
        (tmp_path / name).touch()
        monkeypatch.setenv(f"GITHUB_{name}", str(tmp_path / name))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PATH", os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    monkeypatch.chdir(checkout)
    return tmp_path


def step(script: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a step of a job does."""
    command = [str(BASH), str(script)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, **variables}, timeout=120
    )


def outputs(runner: Path) -> dict[str, str]:
    """Give the outputs of a step."""
    lines = (runner / "OUTPUT").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


SCAN = PIPELINES / "github.sh"
DAY = {"DEBAR_ON": "2024-10-01", "DEBAR_FAIL_ON": "required", "REPORTS": "reports"}


@with_bash
@pytest.mark.parametrize(
    ("more", "code", "verdict"),
    [
        ({"DEBAR_AS": "us/federal-agency"}, "1", "due"),
        ({"DEBAR_AS": "us/federal-agency", "DEBAR_FAIL_ON": "none"}, "0", "clear"),
        ({"DEBAR_FAIL_ON": "none", "SOURCES": "bom.json\n\n  notes.bin  \n"}, "3", "unread"),
    ],
)
def test_a_scan_in_a_job(runner: Path, more: dict[str, str], code: str, verdict: str) -> None:
    """The step itself passes; what the scan said stands in outputs, in the summary, and in reports that are there."""
    Path("notes.bin").write_bytes(b"\x00\x01\x02")
    done = step(SCAN, **{"SOURCES": "bom.json", **DAY, **more})
    assert (done.returncode, done.stderr) == (0, "")
    said = outputs(runner)
    assert (said["exit-code"], said["verdict"]) == (code, verdict)
    assert json.loads(Path(said["json"]).read_text(encoding="utf-8"))["schema"] >= 1
    assert json.loads(Path(said["sarif"]).read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert "not legal advice" in (runner / "STEP_SUMMARY").read_text(encoding="utf-8")
    assert re.search(r"^::(error|warning|notice)", done.stdout, re.MULTILINE)


@with_bash
def test_more_reports_are_written_beside_the_others(runner: Path) -> None:
    """A format and a name, one a line; a name that leaves the folder is refused."""
    done = step(SCAN, SOURCES="bom.json", FORMATS="md=debar.md\n csv=rows.csv\n", **DAY)
    assert done.returncode == 0
    assert {file.name for file in Path("reports").iterdir()} >= {"debar.json", "debar.sarif", "debar.md", "rows.csv"}
    for bad in ("md", "md=", "=x", "md=../x", "-o=x", "md=/etc/x"):
        done = step(SCAN, SOURCES="bom.json", FORMATS=bad, **DAY)
        assert done.returncode == 2, bad
        assert "::error title=debar::formats" in done.stdout
    assert outputs(runner)["verdict"] == "clear"


@with_bash
@pytest.mark.parametrize(
    "hostile",
    ["$(touch pwned)", "`touch pwned`", "; touch pwned", "x\ny'; touch pwned; '", '"; touch pwned; "', "${IFS}", "a b"],
)
@pytest.mark.parametrize("variable", ["SOURCES", "REPORTS", "DEBAR_AS", "DEBAR_ON", "DEBAR_EXCLUDE", "FORMATS"])
def test_nothing_that_comes_in_is_run(runner: Path, hostile: str, variable: str) -> None:
    """Whatever stands in an input is a name of something, and never a command."""
    assert runner.is_dir()
    step(SCAN, **{"SOURCES": "bom.json", **DAY, variable: hostile})
    assert [file.name for file in Path.cwd().rglob("pwned")] == []


@with_bash
@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"SOURCES": "--config=x"}, "begins with a hyphen"),
        ({"SOURCES": "-"}, "begins with a hyphen"),
        ({"SOURCES": " \n"}, "nothing is named"),
        ({"SOURCES": "bom.json", "REPORTS": "a\nexit-code=0"}, "reports"),
    ],
)
def test_what_is_no_input_is_refused(runner: Path, variables: dict[str, str], said: str) -> None:
    """A step that cannot mean anything fails at once, with an annotation, and gives no outputs."""
    done = step(SCAN, **{**DAY, **variables})
    assert done.returncode == 2
    assert re.search(f"^::error title=debar::.*{said}", done.stdout)
    assert outputs(runner) == {}


@with_bash
def test_a_scan_that_cannot_begin_has_no_reports(runner: Path) -> None:
    """Reports of an earlier scan are not taken for those of one that did not run."""
    Path("reports").mkdir()
    Path("reports", "debar.json").write_text("{}", encoding="utf-8")
    done = step(SCAN, **{"SOURCES": "bom.json", **DAY, "DEBAR_ON": "soon"})
    assert done.returncode == 0
    assert outputs(runner) == {"exit-code": "2", "verdict": "broken"}
    assert (runner / "STEP_SUMMARY").read_text(encoding="utf-8") == ""


@with_bash
def test_a_checkout_does_not_weaken_the_gate(runner: Path) -> None:
    """What a pull request writes into debar.toml comes after what the workflow says, and is told."""
    Path("debar.toml").write_text('fail_on = "none"\nstale_after = 30\n', encoding="utf-8")
    step(SCAN, **{"SOURCES": "bom.json", **DAY, "DEBAR_AS": "us/federal-agency"})
    said = outputs(runner)
    assert said["exit-code"] == "1"
    notes = json.loads(Path(said["json"]).read_text(encoding="utf-8"))["coverage"]["notes"]
    assert "debar.toml:2 of the project sets stale_after = 30" in notes
    assert ACTION["inputs"]["fail-on"]["default"] == HEADER["spec"]["inputs"]["fail-on"]["default"] == "required"


@with_bash
def test_the_action_installs_its_own_checkout(runner: Path, tmp_path: Path) -> None:
    """With its pinned libraries, into an environment of its own, by the Python that is named; nothing else is asked for."""
    fake = tmp_path / "fake-python"
    fake.write_text(
        f'#!{BASH}\necho "$@" >>"{tmp_path}/asked"\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi\n',
        encoding="utf-8",
    )
    fake.chmod(0o755)
    done = step(PIPELINES / "install.sh", PYTHON=str(fake), RUNNER_TEMP=str(tmp_path / "temp"))
    assert (done.returncode, done.stderr) == (0, "")
    *_, install = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert install.endswith(f"install --quiet --disable-pip-version-check --constraint {ROOT}/constraints.txt {ROOT}")
    assert (runner / "PATH").read_text(encoding="utf-8") == f"{tmp_path}/temp/debar/bin\n"


@with_bash
def test_an_old_python_is_told(runner: Path, tmp_path: Path) -> None:
    """Not by a failure of pip that nobody understands."""
    assert runner == tmp_path
    done = step(PIPELINES / "install.sh", PYTHON="false", RUNNER_TEMP=str(tmp_path))
    assert done.returncode == 4
    assert "needs Python 3.11 or newer" in done.stdout


# ---- the job of GitLab


def test_inputs_of_the_job_stand_in_variables() -> None:
    """They are put into the text before it is YAML: a script that held one would run what it says."""
    assert [line for line in JOB["script"] if "$[[" in line] == []
    used = [re.fullmatch(r"\$\[\[ inputs\.([\w-]+) \]\]", value) for value in JOB["variables"].values()]
    shown = {JOB["stage"], JOB["image"]}
    named = {found[1] for found in used if found} | {re.sub(r"[^\w-]|inputs", "", text) for text in shown}
    assert all(used)
    assert named == HEADER["spec"]["inputs"].keys()


@pytest.mark.parametrize("shell", [shell for shell in ("sh", "bash") if shutil.which(shell)])
def test_the_script_of_the_job(runner: Path, shell: str) -> None:
    """In the shells of images the last part scans what is named, one a line, and leaves the reports that it promises."""
    assert runner.is_dir()
    script = JOB["script"][-1]
    variables = {
        "SOURCES": "bom.json\n\n  other bom.json  \n",
        "DEBAR_ON": "2024-10-01",
        "DEBAR_AS": "us/federal-agency",
    }
    Path("other bom.json").write_bytes(composed.CYCLONEDX)

    def run(**more: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **variables, **more}
        return subprocess.run(
            [shell, "-c", script], check=False, capture_output=True, text=True, env=environment, timeout=120
        )

    done = run()
    assert (done.returncode, done.stderr) == (1, "")
    kept = [*JOB["artifacts"]["paths"], *JOB["artifacts"]["reports"].values()]
    assert [name for name in kept if not Path(name).is_file()] == []
    assert len(json.loads(Path("debar.json").read_text(encoding="utf-8"))["sources"]) == 2
    for bad in ("-", "--strict", "", "\n"):
        assert run(SOURCES=bad).returncode == 2, bad
    run(SOURCES="$(touch pwned)\n`touch pwned`\n'; touch pwned; '\nEND\ntouch pwned\n")
    assert not Path("pwned").exists()


# ---- pre-commit


def words(hook: str) -> list[str]:
    """Give the command of a hook, without the program."""
    program, *rest = HOOKS[hook]["entry"].split()
    assert program == "debar"
    return list(rest)


def test_hooks_have_what_pre_commit_asks_for() -> None:
    """Id, name, entry and language; and they install debar from this repository."""
    for hook in HOOKS.values():
        assert {"id", "name", "entry", "language", "files"} <= hook.keys()
        assert hook["language"] == "python"
        re.compile(hook["files"])


@pytest.mark.parametrize(
    "name",
    """bom.json a/bom.xml shop.cdx.json a/b/shop.spdx shop.spdx.yml x.spdx.rdf.xml package-lock.json web/yarn.lock
    pnpm-lock.yaml uv.lock poetry.lock requirements.txt requirements-dev.txt Cargo.lock go.mod go.sum Gemfile.lock
    composer.lock packages.lock.json pom.xml gradle.lockfile""".split(),  # noqa: SIM905 - two lines are enough
)
def test_lists_of_dependencies_are_looked_at(name: str) -> None:
    """What tells of dependencies is given to the scan when it changes."""
    assert re.search(HOOKS["debar"]["files"], name)


@pytest.mark.parametrize(
    "name", ["main.py", "README.md", "bom.txt", "-rf.cdx.json", "--as/bom.json", "go.modx", "a.lock"]
)
def test_other_files_are_not(name: str) -> None:
    """Code is no evidence here; and a name that begins with a hyphen would be an option."""
    assert not re.search(HOOKS["debar"]["files"], name)


KNOWN = [
    file
    for file in sorted(itertools.chain(READERS.glob("ecosystems/*/*"), READERS.glob("sbom/*/*")))
    if file.is_file() and re.search(HOOKS["debar"]["files"], file.name)
]


def test_what_a_hook_looks_at_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    """Every real sample that the hook would be given is recognised: a commit is not stopped by what debar does not know."""
    assert len(KNOWN) > 20
    assert main(["identify", *map(str, KNOWN)]) == 0
    assert "not recognised" not in capsys.readouterr().out


def test_the_hook_stops_a_commit(runner: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When something is due, whatever a file of the project says; else it lets it pass."""
    assert runner.is_dir()
    Path("debar.toml").write_text('as = "us/federal-agency"\nfail_on = "none"\n', encoding="utf-8")
    assert main([*words("debar"), "--on", "2024-10-01", "bom.json"]) == 1
    assert "kaspersky" in capsys.readouterr().out.lower()
    assert main([*words("debar"), "--on", "2012-01-01", "bom.json"]) == 0


def test_the_other_hook_finds_faults_of_a_configuration(runner: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In every file that changed, with its line."""
    assert runner.is_dir()
    Path("debar.toml").write_text('as = "us/company"\n', encoding="utf-8")
    Path(".debar.toml").write_text('\nfail_ong = "none"\n', encoding="utf-8")
    assert main([*words("debar-config"), "debar.toml"]) == 0
    assert main([*words("debar-config"), "debar.toml", ".debar.toml"]) == 2
    assert ".debar.toml:2: 'fail_ong' is no option; did you mean 'fail_on'?" in capsys.readouterr().err
    for name in ("debar.toml", "a/.debar.toml"):
        assert re.search(HOOKS["debar-config"]["files"], name)


# ---- the container

LINES = (PIPELINES / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
INSTRUCTIONS = [line.split(maxsplit=1) for line in LINES if line and not line.startswith("#")]


def test_the_container_runs_as_nobody() -> None:
    """By a number, so that a cluster can tell that it is not root, and without a shell between it and signals."""
    last = {name: rest for name, rest in INSTRUCTIONS}
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", last["USER"])
    assert json.loads(last["ENTRYPOINT"]) == ["debar"]
    stages = [n for n, (name, _) in enumerate(INSTRUCTIONS) if name == "FROM"]
    assert len(stages) == 2
    assert "USER" in [name for name, _ in INSTRUCTIONS[stages[-1] :]]
    assert "RUN" not in [name for name, _ in INSTRUCTIONS[stages[-1] :]]


def test_the_container_is_made_of_what_is_there() -> None:
    """Only named files are copied, all of them exist, nothing is fetched but pinned libraries, and no secret is built in."""
    copied = [
        word for name, rest in INSTRUCTIONS if name == "COPY" and "--from" not in rest for word in rest.split()[:-1]
    ]
    assert [word for word in copied if not (ROOT / word).exists()] == []
    assert {"pyproject.toml", "constraints.txt", "src", "register"} <= set(copied)
    assert "ADD" not in [name for name, _ in INSTRUCTIONS]
    (run,) = (rest for name, rest in INSTRUCTIONS if name == "RUN")
    assert "--constraint constraints.txt" in run
    assert not re.search(r"curl|wget|apt-get|TOKEN|PASSWORD", "\n".join(LINES))
    (base,) = (rest for name, rest in INSTRUCTIONS if name == "ARG")
    assert re.fullmatch(r"BASE=[\w./-]+:3\.\d+-slim-\w+", base)
    ignored = (PIPELINES / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} == set(copied)


def test_formats_of_pipelines_are_formats() -> None:
    """What the scripts ask for is written by some writer."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in (SCAN, PIPELINES / "gitlab.yml"))
    asked = set(re.findall(r'-o "?([a-z-]+)', text))
    assert {"github", "github-summary", "sarif", "json", "gitlab", "junit"} <= asked
    assert asked <= {writer.name for writer in WRITERS}
