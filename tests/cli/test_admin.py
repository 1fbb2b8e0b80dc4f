# SPDX-License-Identifier: Apache-2.0
"""`debar admin`: what it does to a portfolio, what it says, and what it refuses."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from debar.cli import main
from debar.cli.admin import WORDS
from debar.portfolio import audit, databases, keys, people
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Admin = Callable[..., tuple[int, str, str]]

SECRET = "seven quiet lanterns"


@pytest.fixture
def admin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Admin:
    """Give what calls `debar admin` on a new portfolio: status, output, complaints."""

    def call(*words: str, store: str = str(tmp_path / "portfolio")) -> tuple[int, str, str]:
        code = main(["admin", *words, *(["--store", store] if store else [])])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def filled(admin: Admin, tmp_path: Path) -> Admin:
    """Give the same with an operator, who administers an organisation."""
    (tmp_path / "secret.txt").write_text(f"{SECRET}\nsecond line\n", "utf-8")
    assert (
        admin("user", "add", "ann@example.org", "Ann", "--operator", "--password-file", str(tmp_path / "secret.txt"))[0]
        == 0
    )
    assert (
        admin("organisation", "add", "Northwind Ltd", "--admin", "ann@example.org", "--as", "us/federal-contractor")[0]
        == 0
    )
    return admin


def test_a_portfolio_is_made_from_nothing(filled: Admin, tmp_path: Path) -> None:
    """An account that signs in, an organisation that it administers, and all of it in the log with who did it."""
    with databases.opened(place(str(tmp_path / "portfolio"))) as portfolio:
        caller = people.check_password(portfolio, "ann@example.org", SECRET)
        assert caller
        assert (caller.is_operator, caller.roles) == (True, {"northwind-ltd": "admin"})
        done = audit.shared(portfolio).items
    assert [one.action for one in reversed(done)] == ["account.made", "organisation.made", "member.role"]
    assert all(one.name.endswith("with debar admin") for one in done)
    code, out, _ = filled("organisation", "list")
    assert (code, out.split()[:4]) == (0, ["northwind-ltd", "Northwind", "Ltd", "us/federal-contractor"])


def test_accounts_are_looked_after(filled: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another password from standard input, closed and open again, unlocked, listed as JSON."""
    monkeypatch.setattr("sys.stdin", io.StringIO("nine other lanterns\n"))
    assert filled("user", "password", "ann@example.org", "--password-file", "-")[0] == 0
    filled("user", "add", "ben@example.org", "Ben")
    assert filled("user", "close", "ben@example.org")[1] == "ben@example.org: closed\n"
    rows = json.loads(filled("user", "list", "-o", "json")[1])
    assert [(row["email"], row["is_active"], row["is_operator"]) for row in rows] == [
        ("ann@example.org", True, True), ("ben@example.org", False, False),
    ]  # fmt: skip
    assert filled("user", "open", "ben@example.org")[1] == "ben@example.org: open\n"
    assert filled("user", "unlock", "ben@example.org")[0] == 0
    assert filled("user", "close", "ann@example.org")[0] == 4


def test_members_get_roles(filled: Admin) -> None:
    """A role, another, none; the last admin stays."""
    filled("user", "add", "ben@example.org", "Ben")
    assert filled("organisation", "role", "northwind-ltd", "ben@example.org", "--role", "approver")[0] == 0
    assert filled("organisation", "members", "northwind-ltd")[1].splitlines() == [
        "ann@example.org  Ann  admin", "ben@example.org  Ben  approver",
    ]  # fmt: skip
    assert filled("organisation", "role", "northwind-ltd", "ben@example.org", "--role", "none")[0] == 0
    assert filled("organisation", "role", "northwind-ltd", "ann@example.org", "--role", "none")[0] == 4
    assert filled("organisation", "role", "northwind-ltd", "ann@example.org")[0] == 2


def test_a_key_is_shown_once(filled: Admin, tmp_path: Path) -> None:
    """It stands alone on standard output, opens the organisation, and opens nothing once it is revoked."""
    text = filled("key", "make", "northwind-ltd", "pipeline", "--role", "analyst", "--expires", "2027-01-31")[1].strip()
    with databases.opened(place(str(tmp_path / "portfolio"))) as portfolio:
        caller = keys.caller(portfolio, text)
    assert caller
    prefix = text[6:18]
    assert filled("key", "list", "northwind-ltd")[1].split() == [prefix, "pipeline", "analyst", "until", "2027-01-31"]
    assert filled("key", "revoke", "northwind-ltd", prefix)[0] == 0
    assert filled("key", "list", "northwind-ltd")[1].split()[-1] == "revoked"
    assert text.partition(".")[2] not in str(filled("key", "list", "northwind-ltd", "-o", "json"))
    assert filled("key", "make", "northwind-ltd", "x", "--role", "none", "--expires", "2027-01-31")[0] == 2
    assert filled("key", "make", "northwind-ltd", "x", "--role", "viewer")[0] == 2


def test_a_backup_comes_back(filled: Admin, tmp_path: Path) -> None:
    """Made, restored elsewhere, whole; never over what is there; a change of it is proof that is broken."""
    made, again = str(tmp_path / "b.tar.zst"), str(tmp_path / "again")
    code, out, _ = filled("backup", made)
    assert code == 0
    assert "1 organisation, 2 files" in out
    assert filled("restore", made, store=again)[0] == 0
    assert (
        filled("check", store=again)[1]
        == f"{again}: whole: 1 organisation, 0 runs, 0 files, and the logs that chain them\n"
    )
    assert filled("restore", made, store=again)[0] == 2
    assert filled("backup", made)[0] == 2
    with databases.opened(place(again)) as portfolio, portfolio.writing() as connection:
        connection.exec_driver_sql("UPDATE audit SET body = replace(body, 'Northwind', 'Southwind')")
    code, _, err = filled("check", store=again)
    assert code == 5
    assert "was changed since it was written" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["user"], "what to do is not said"),
        (["usr"], "did you mean 'user'?"),
        (["user", "ad"], "did you mean 'add'?"),
        (["user", "add", "ann@example.org"], "write debar admin user add EMAIL NAME"),
        (["check", "more"], "write debar admin check"),
        (["user", "password", "ann@example.org"], "no password is given"),
        (["user", "add", "a@b.c", "x", "--password-file", "/nowhere"], "/nowhere"),
        (["organisation", "add", "x", "--as", "moon/base"], "does not describe"),
        (["user", "add", "nobody", "x"], "no address of mail"),
    ],
)
def test_what_cannot_be_done_is_wrong_usage(filled: Admin, words: list[str], said: str) -> None:
    """With what to write instead."""
    code, _, err = filled(*words)
    assert code == 2
    assert said in err


def test_what_is_not_there_is_told(filled: Admin, tmp_path: Path) -> None:
    """No account, no organisation, no portfolio; a question makes none."""
    assert filled("user", "close", "nobody@example.org")[0] == 4
    assert filled("organisation", "members", "../northwind-ltd")[0] == 4
    assert filled("check", store=str(tmp_path / "nowhere"))[0] == 2
    assert not (tmp_path / "nowhere").exists()
    assert filled("check", store="")[0] == 2


def test_no_password_stands_in_a_message(filled: Admin, tmp_path: Path) -> None:
    """Neither one that is refused nor one that is taken."""
    (tmp_path / "short").write_text("lantern\n", "utf-8")
    code, out, err = filled("user", "password", "ann@example.org", "--password-file", str(tmp_path / "short"))
    assert code == 2
    assert "lantern" not in out + err


def test_help_names_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    """What can be done stands in --help, with what it takes."""
    with pytest.raises(SystemExit):
        main(["admin", "--help"])
    said = capsys.readouterr().out
    for word in WORDS:
        assert " ".join((*word.words, *word.takes)) in said.replace(";", "\n")
