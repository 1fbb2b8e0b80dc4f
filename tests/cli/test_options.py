# SPDX-License-Identifier: Apache-2.0
"""Every option, on the command line and in the environment: what it takes, and what it says to anything else."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

import composed
from debar.cli import VERBS, main
from debar.cli import options as shared
from debar.cli.register import WORDS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

WITH_PARSER = (
    *(verb.name for verb in VERBS if verb.name not in ("version", "register")),
    *(f"register {word.name}" for word in WORDS),
)


class _Stopped(Exception):  # noqa: N818 - not an error
    """The parser is complete."""


def parser_of(verb: str) -> shared.Parser:
    """Give the parser of a verb as it is when the verb runs."""
    caught: list[shared.Parser] = []

    def stop(self: shared.Parser, _arguments: list[str]) -> argparse.Namespace:
        caught.append(self)
        raise _Stopped

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared.Parser, "parse", stop)
        with pytest.raises(_Stopped):
            first, *rest = verb.split()
            import_module(f"debar.cli.{first}").run(rest)
    return caught[0]


def options() -> Iterator[tuple[str, argparse.Action]]:
    """Yield every option of every verb."""
    for verb in WITH_PARSER:
        for action in parser_of(verb)._actions:
            if action.option_strings and action.dest != "help":
                yield verb, action


ALL = tuple(options())
IDS = [f"{verb}-{action.dest}" for verb, action in ALL]
GOOD = {
    "as": "us/reseller+integrator",
    "on": "2024-07-19",
    "known_on": "2024-07-19",
    "output": "json",
    "color": "never",
    "fail_on": "at-risk",
    "template": "letter.j2",
    "strict": "1",
    "exclude": "*.log",
    "engine": "inline",
    "fact": "mobile_device=yes",
    "register": "/nowhere",
    "indicators": "/nowhere",
    "base_register": "/nowhere",
    "party": "kaspersky",
    "jurisdiction": "us",
    "from": "2024-06-20",
    "to": "2024-09-30",
    "key": "team.pub",
    "older": "yes",
    "out": "/nowhere",
    "new_key": "/nowhere",
    "form": "us-dhs-bod-17-01-plan",
    "with_inputs": "yes",
    "after": "/nowhere",
    "allow_stale": "yes",
    "time": "2026-11-23T10:00:00Z",
    "verify": "yes",
    "inputs": "yes",
    "directory": "/nowhere",
    "quiet": "yes",
    "stale_after": "30",
    "strings": "yes",
    "workers": "2",
    "processes": "2",
    "every_line": "yes",
    "digest": "yes",
    "incremental": "yes",
    "verify_cache": "yes",
    "resume": "yes",
    "progress": "plain",
    "columns": "supplier=Payee",
    "act": "resell",
    "meaning": "embedded",
    "decisions": "/nowhere",
    "verdict": "accepted",
    "reason": "under review",
    "by": "A. Meyer",
    "until": "2025-06-30",
    "replace_decision": "yes",
    "asset": "kiosk-*",
    "purl": "pkg:npm/left-pad",
    "measure": "us-dhs-bod-17-01",
    "requester": "A. Meyer",
    "approver": "B. Kim",
    "ticket": "SEC-4711",
    "expires": "2025-06-30",
    "exemption": "national-security-systems",
    "granted_by": "The Secretary",
    "document": "letter.pdf",
    "reference": "memo 4",
    "expiring": "30d",
    "name": "yes",
    "column": "Payee",
    "list": "register",
    "threshold": "0.9",
    "dismissed": "/nowhere",
    "rule": "us-ofac-50",
    "blocked": "hytera",
    "dismiss": "Dahua Bank=dahua",
    "store": "history",
    "lake": "/nowhere",
    "deadline": "2024-09-29",
    "begin": "2024-09-20",
    "capacity": "40/day",
    "simulate": "10,20",
    "healthy_within": "14",
    "check": "yes",
    "records": "/nowhere",
    "force": "yes",
    "called": "Northwind",
    "contract": "depot",
    "system": "kiosks=kiosk-*",
    "answers": "/nowhere",
    "found": "no new order",
    "evidence": "/nowhere",
    "choices": "/nowhere",
    "log": "/nowhere",
    "into": "/nowhere",
    "story": "story-0",
    "state": "/nowhere",
    "operator": "yes",
    "password_file": "/nowhere",
    "id": "northwind",
    "admin": "ann@example.org",
    "role": "viewer",
    "data_root": "/nowhere",
    "listen": "127.0.0.1:8301",
    "url": "https://debar.example.org",
    "behind": "127.0.0.1",
    "rate": "20",
    "oidc_issuer": "https://id.example.org",
    "oidc_client_id": "debar",
    "oidc_client_secret_file": "/nowhere",
    "oidc_domain": "example.org",
    "oidc_label": "Northwind",
    "mail": "smtp://debar@mail.example.org:587",
    "mail_from": "debar@example.org",
    "mail_password_file": "/nowhere",
    "hooks_private": "yes",
    "metrics_token_file": "/nowhere",
    "key_file": "/nowhere",
    "organisation": "northwind",
    "ca": "/nowhere",
    "wait": "yes",
    "timeout": "60",
}
FREE = {
    "exclude",
    "template",
    "key",
    "directory",
    "reason",
    "by",
    "column",
    "store",
    "lake",
    "called",
    "contract",
    "found",
    "evidence",
    "out",
    "log",
    "into",
    "story",
    "state",
    "password_file",
    "id",
    "admin",
    "oidc_client_id",
    "oidc_domain",
    "oidc_label",
    "organisation",
}
"""Options that take any text, or that are looked at only beside a bundle that is there."""
BESIDE_A_VERDICT = {"asset", "purl", "party", "measure", "requester", "approver", "ticket"} | {
    "exemption",
    "granted_by",
    "document",
    "reference",
}
"""Options that `debar decide` looks at only where something is decided."""
REGISTERS = {"register", "indicators", "base_register"}
NEEDED = {
    **{verb: [] for verb in WITH_PARSER},
    "scan": ["x"],
    "report": ["x"],
    "why": ["x"],
    "identify": ["x"],
    "explain": ["kaspersky"],
    "completion": ["bash"],
    "diff": ["june.json", "september.json"],
    "prove": ["x", "--form", "us-dhs-bod-17-01-plan"],
    "screen": ["kaspersky"],
    "read": ["x"],
    "review": ["x"],
    "watch": ["x"],
    "admin": ["check"],
    "push": ["x"],
    "organisation": ["questions", "x"],
    "register show": ["kaspersky"],
    "register search": ["kaspersky"],
    "register diff": ["--from", "2024-06-20", "--to", "2024-09-30"],
}


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the caller's settings away."""
    for name in tuple(os.environ):
        if name.startswith("DEBAR_") or name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name)


def values(options: argparse.Namespace) -> dict[str, object]:
    """Give what options say, apart from what their values came in as."""
    return {name: value for name, value in vars(options).items() if name not in ("named", "origins")}


@pytest.mark.parametrize(("verb", "action"), ALL, ids=IDS)
def test_every_option_is_an_environment_variable(
    monkeypatch: pytest.MonkeyPatch, verb: str, action: argparse.Action
) -> None:
    """DEBAR_NAME does what the option does; a new option needs a row in GOOD and nothing else."""
    assert action.dest in GOOD, f"tests/cli/test_options.py does not know --{action.dest} yet"
    value = GOOD[action.dest]
    flag = action.option_strings[-1]
    given = [flag] if action.nargs == 0 else [flag, value]
    if flag in NEEDED[verb]:
        pytest.skip("the command line has to name it, and wins")
    expected = parser_of(verb).parse([*NEEDED[verb], *given])
    monkeypatch.setenv(f"DEBAR_{action.dest.upper()}", value)
    assert values(parser_of(verb).parse(NEEDED[verb])) == values(expected)


@pytest.mark.parametrize(("verb", "action"), ALL, ids=IDS)
def test_command_line_wins_over_the_environment(
    monkeypatch: pytest.MonkeyPatch, verb: str, action: argparse.Action
) -> None:
    """An option on the command line replaces what the environment says."""
    if action.nargs == 0:
        pytest.skip("a switch cannot be taken back")
    other = {"color": "always", "engine": "duckdb", "output": "terminal", "progress": "json", "role": "admin"}.get(
        action.dest, "other"
    )
    flag = action.option_strings[-1]
    expected = parser_of(verb).parse([*NEEDED[verb], flag, other])
    monkeypatch.setenv(f"DEBAR_{action.dest.upper()}", GOOD[action.dest])
    assert values(parser_of(verb).parse([*NEEDED[verb], flag, other])) == values(expected)


def is_checked(verb: str, action: argparse.Action) -> bool:
    """Tell whether a verb refuses a value of an option that is none, whatever else is asked."""
    return action.dest not in FREE and not (verb == "decide" and action.dest in BESIDE_A_VERDICT)


@pytest.mark.parametrize(
    ("verb", "action"),
    [row for row in ALL if is_checked(*row)],
    ids=[i for i, row in zip(IDS, ALL, strict=True) if is_checked(*row)],
)
def test_bad_value_in_the_environment_is_named(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    verb: str,
    action: argparse.Action,
) -> None:
    """A value in the environment that the option does not take is wrong usage that names the variable."""
    if verb == "register diff" and action.dest in ("from", "to"):
        pytest.skip("the command line has to name both days, and wins")
    if verb in ("register verify", "register import", "register pack"):
        pytest.skip("the bundle comes first; tests/register/test_bundle.py has its faults")
    if verb == "prove" and action.dest in ("out", "new_key", "form", "after"):
        pytest.skip("a place may be called that, and the form is named; tests/cli/test_prove.py has their faults")
    name = f"DEBAR_{action.dest.upper()}"
    monkeypatch.setenv(name, "no-such-value")
    needed = {**NEEDED, "scan": [str(tmp_path)], "identify": [str(tmp_path)], "watch": [str(tmp_path)]}[verb]
    code = main([*verb.split(), *needed])
    said = capsys.readouterr()
    if action.dest in REGISTERS:
        assert code == 4
        assert "no-such-value" in said.err
        return
    if (verb, action.dest) == ("screen", "list"):
        # A list that is not there is an input that cannot be read, and its name is all that the message can tell.
        assert (code, said.out) == (3, "")
        assert "no-such-value" in said.err
        return
    assert (code, said.out) == (2, "")
    assert name in said.err
    assert "no-such-value" in said.err


@pytest.mark.parametrize("text", ["1", "true", "YES", "on"])
def test_switch_is_on(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """A switch in the environment takes the usual words for yes."""
    monkeypatch.setenv("DEBAR_STRICT", text)
    assert parser_of("scan").parse(["x"]).strict is True


@pytest.mark.parametrize("text", ["0", "false", "No", "off", ""])
def test_switch_is_off(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """A switch in the environment takes the usual words for no."""
    monkeypatch.setenv("DEBAR_STRICT", text)
    assert parser_of("scan").parse(["x"]).strict is False


def test_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A variable that is set and empty (as CI systems do) leaves the default."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    for dest in GOOD:
        monkeypatch.setenv(f"DEBAR_{dest.upper()}", "")
    assert main(["scan", str(tmp_path)]) in (0, 1)
    assert main(["explain", "kaspersky"]) == 0


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("scn", "x"), "scan"),
        (("explian", "kaspersky"), "explain"),
        (("explain", "kasperksy"), "kaspersky"),
        (("explain", "kaspersky/endpoint-securty"), "endpoint-security"),
        (("explain", "kaspersky", "--act", "resel"), "resell"),
        (("explain", "kaspersky", "--meaning", "instaled"), "installed"),
        (("scan", "x", "--fail-on", "prohibted"), "prohibited"),
        (("scan", "x", "-o", "jsn"), "json"),
        (("register", "show", "us-bis-icts-2021-002-kasperky"), "us-bis-icts-2021-002-kaspersky"),
    ],
)
def test_mistyped_words(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], meant: str) -> None:
    """A mistyped word is wrong usage that names the nearest known one."""
    assert main(list(arguments)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"did you mean {meant!r}?" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("--nonsense",), ("scan", "--nonsense"), ("scan", "--strict=1"), ("scan", "--on"), ("explain",), ("register",),
        ("register", "show"), ("register", "lst"), ("completion",), ("completion", "tcsh"), ("formats", "x"),
        ("version", "x"), ("version", "-o", "xml"), ("scan", "--engine", "sparc", "x"), ("scan", "--color", "pink", "x"),
        ("scan", "--stri", "x"), ("explain", ""), ("explain", "/"), ("explain", "kaspersky/"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    """Wrong usage is exit code 2, with nothing but the message on standard error."""
    if arguments == ("explain", "kaspersky/"):
        pytest.skip("a party with an empty product is the party")
    assert main(list(arguments)) == 2
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    if arguments:
        assert said.out == ""
        assert said.err.startswith("debar: error:")
