# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of e-mails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.files import mail_message
from opened import observed, opened, values

HEAD = "Received: from a.example by mail01.example.com; Mon, 2 Sep 2024 17:15:22 +0200\nMessage-ID: <1@a.example>\n"


def test_headers_that_a_gateway_added_are_told_of_who_received_the_mail() -> None:
    """Each name once, as it was written; what every mail has says nothing."""
    (found,), source = observed(
        mail_message, HEAD + "X-KSMG-Rule-ID: 2\nx-ksmg-rule-id: 3\nSubject: X-KLMS-Made: up\n\nX-Body: no\n"
    )
    assert (found.asset, found.meaning) == ("mail01.example.com", Meaning.SERVICE_USE)
    assert [(o.kind, o.value) for o in found.observables] == [(Kind.MAIL_HEADER, "X-KSMG-Rule-ID")]
    assert source.tally["mails"] == 1


def test_program_that_wrote_it_is_prose() -> None:
    """A stranger's program is none of one's own; its name may be encoded."""
    (found,), _ = observed(mail_message, HEAD + "X-Mailer: =?utf-8?q?Po=C5=A1ta?=\n\n")
    assert [(o.kind, o.value) for o in found.observables] == [(Kind.TEXT, "Pošta")]


def test_host_that_received_it_last_stands_above_the_others() -> None:
    """Its name may stand in a further line."""
    text = "Received: from gw01\n\tby mail02.example.com (Postfix)\nReceived: by gw01.example.com; now\nX-A: 1\n\n"
    (found,), _ = observed(mail_message, text)
    assert found.asset == "mail02.example.com"


def test_mail_of_nobody_is_of_the_file() -> None:
    """A mail that was never sent names no host."""
    (found,), source = observed(mail_message, "Message-ID: <1@a>\nX-Draft: yes\n")
    assert found.asset == source.asset


def test_mailbox_is_read_mail_by_mail() -> None:
    """What a host showed before is not told again; a line of prose that begins with From is none of a mail."""
    mail = f"From a Mon Sep  2 2024\n{HEAD}X-KSE-Bulk: 1\n\nText\nFrom prose\n\n"
    found, source = observed(mail_message, mail + mail + mail.replace("X-KSE-Bulk", "X-KSE-Other"))
    assert [(o.locator, values(o, Kind.MAIL_HEADER)) for o in found] == [
        ("line 1", ["X-KSE-Bulk"]),
        ("line 17", ["X-KSE-Other"]),
    ]
    assert source.tally["mails"] == 3


@pytest.mark.parametrize(
    "text",
    [
        "Subject: a\nX-KSMG-A: 1\n\nMessage-ID: <1@a>\n",
        "Package: agent\nVersion: 1\n\n",
        "Message-ID is the header of a mail\nReceived: yes\n",
    ],
)
def test_fields_of_other_texts_are_no_mail(text: str) -> None:
    """A mail has a number, or hosts that passed it on."""
    reader, _ = sniff.find_reader(opened(text, "some.txt"))
    assert reader is None or reader.name != "mail-message"


@pytest.mark.parametrize("date", ["nonsense", "Mon, 99 Sep 2024 99:99:99 +9999", ""])
def test_date_that_is_none_costs_itself(date: str) -> None:
    """Whoever sends a mail writes its date."""
    (found,), _ = observed(mail_message, f"{HEAD}Date: {date}\nX-A: 1\n\n")
    assert found.observed_at == ""


def test_endless_headers_are_bounded() -> None:
    """Neither their number nor their length costs more than the file."""
    headers = "".join(f"X-{number}: a\n" for number in range(3000))
    (found,), _ = observed(mail_message, HEAD + "X-Long: " + "a\n b" * 90_000 + "\n" + headers)
    assert len(found.observables) == mail_message.HEADERS - 2


@given(st.text())
def test_any_headers_are_survived(text: str) -> None:
    """Whatever stands there, names of headers have no blank in them."""
    found, _ = observed(mail_message, HEAD + text)
    assert not any(" " in value for o in found for value in values(o, Kind.MAIL_HEADER))
