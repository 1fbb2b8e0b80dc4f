# SPDX-License-Identifier: Apache-2.0
"""Each form of file becomes papers; what is no such form is refused with what to do instead."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

import printed as samples
from debar import workers
from debar.errors import SourceError
from debar.intake.papers import papers, pdf
from debar.model.vocab.statements import PaperKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.intake.papers.files import File
    from debar.model.intake import Paper
    from debar.register import Register


def read(register: Register, content: str | bytes) -> tuple[Paper, ...]:
    return papers("saved", content if isinstance(content, bytes) else content.encode(), register.lexicon)


def main(paper: Paper) -> str:
    return "\n".join(paper.text[start:end] for start, end in paper.main)


def test_text_is_the_decoded_file(register: Register) -> None:
    """Plain text is kept as it is, carriage returns and all; only the mark of its encoding goes."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        content = samples.ARTICLE.replace("\n", "\r\n")
        (paper,) = read(register, content.encode(encoding))
        assert (paper.text, paper.form, paper.runs) == (content, "text", ())
        assert paper.title == "Country bars Exampleco routers from public networks"


def test_a_page(register: Register) -> None:
    """Of a page the article is main text; scripts, menus, today's date and other posts are not."""
    (paper,) = read(register, samples.PAGE)
    assert paper.form == "html"
    assert paper.title == "Country bars Exampleco routers"
    assert paper.publisher == "Sample News"
    assert paper.url == "https://news.example/a/1"
    assert (paper.published.value, paper.published.basis) == (
        "2024-07-18",
        "metadata of the page (article:published_time)",
    )
    text = main(paper)
    assert text.startswith("The ministry said on Tuesday")
    assert text.endswith("before the end of the month.")
    assert "routers of Exampleco & its affiliates" in text
    for other in ("1999", "color", "2026 Sample", "January", "Home", "November"):
        assert other not in text


def test_a_gazette(register: Register) -> None:
    """XML of the Federal Register gives subject, agency and paragraphs; filed is not published."""
    (paper,) = read(register, samples.GAZETTE)
    assert paper.form == "federal-register"
    assert paper.kind is PaperKind.OFFICIAL_TEXT
    assert paper.title == "Final Determination: Exampleco Routers"
    assert paper.publisher == "Bureau of Samples"
    assert (paper.published.value, paper.published.earliest, paper.published.latest) == ("", "2024-06-20", "2024-07-04")
    text = main(paper)
    assert "DATES: This determination is effective July 20, 2024." in text
    assert "enter into any new agreement" in text
    assert "Dated: June 14, 2024." in text
    assert "BILLING" not in text


def test_several_documents_of_a_gazette(register: Register) -> None:
    """An issue gives one paper for each document, numbered, with the date of the issue."""
    notice = samples.GAZETTE.partition("?>")[2]
    issue = f"<FEDREG><DATE>Monday, June 24, 2024</DATE>{notice}{notice}</FEDREG>"
    first, second = read(register, issue)
    assert (first.path, second.path) == ("saved#1", "saved#2")
    assert first.id != second.id
    assert first.published.value == "2024-06-24"


def test_a_feed(register: Register) -> None:
    """Each entry of a feed is a paper with its own title, day and address."""
    first, second = read(register, samples.FEED)
    assert (first.title, second.title) == ("Country bars routers", "Second & last")
    assert (first.published.value, second.published.value) == ("2024-07-18", "2024-07-19")
    assert first.publisher == "Sample Feed"
    assert first.url == "https://news.example/a/1"
    assert main(first).startswith("The ministry said")
    assert len(first.paragraphs) == 2
    assert main(second) == "The company rejected the decision on Friday."


def test_an_atom_feed(register: Register) -> None:
    """Atom gives its address in an attribute."""
    content = '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title>T one two</title><link href="https://a.example/1"/><published>2024-07-18T00:00:00Z</published><content type="html">&lt;p&gt;The order was published on Thursday by the ministry.&lt;/p&gt;</content></entry></feed>'
    (paper,) = read(register, content)
    assert (paper.url, paper.published.value, paper.form) == ("https://a.example/1", "2024-07-18", "feed")
    assert main(paper) == "The order was published on Thursday by the ministry."


def test_a_mail(register: Register) -> None:
    """A mail gives its subject as title, the day in the sender's zone, and names what is attached."""
    (paper,) = read(register, samples.MAIL)
    assert paper.form == "mail"
    assert paper.title == "Routers barred – what now"
    assert paper.publisher == "Sample Alerts"
    assert paper.published.value == "2024-07-16"
    assert main(paper) == "The ministry said on Tuesday that public bodies may no longer buy routers of Exampleco."
    assert "attached, and not read: order.pdf" in paper.notes


def test_a_mail_of_markup(register: Register) -> None:
    """A mail whose only text is HTML is read as a page is."""
    head = "From: a@b.example\nDate: Tue, 16 Jul 2024 10:00:00 +0000\nMIME-Version: 1.0\nSubject: News\nContent-Type: text/html; charset=utf-8\n\n"
    body = "<html><body><p>The ministry said on Tuesday that public bodies may no longer buy routers of Exampleco.</p></body></html>"
    (paper,) = read(register, head + body)
    assert "may no longer buy routers" in main(paper)
    assert "<p>" not in paper.text


def test_a_forged_sender_makes_no_official_text(register: Register) -> None:
    """A mail that says it comes from an authority is believed by its own word only."""
    (paper,) = read(register, samples.MAIL.replace("news.example", "fcc.gov"))
    assert paper.kind is PaperKind.OFFICIAL_RELEASE
    assert paper.kind_basis.startswith("by its own word")


def test_a_pdf(register: Register) -> None:
    """The text layer of a PDF is read, its broken lines joined into paragraphs."""
    lines = (
        "Country bars Exampleco routers",
        "The ministry said on Tuesday that public bodies may no longer buy",
        "routers of Exampleco, after a review that lasted for more than a year.",
    )
    (paper,) = read(register, samples.pdf(*lines))
    assert paper.form == "pdf"
    assert paper.title == "Country bars Exampleco routers"
    assert len(paper.paragraphs) == 1


def _die(_file: File) -> Iterator[str]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield ""


def _eat(_file: File) -> Iterator[str]:
    yield "x" * (1 << 34)


def _spin(file: File) -> Iterator[str]:
    while file.path:
        pass
    yield ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells whether a process may be copied")
@pytest.mark.parametrize("harm", [_die, _eat, _spin])
def test_a_pdf_that_harms_its_reader_is_refused(
    register: Register, monkeypatch: pytest.MonkeyPatch, harm: Callable[[File], Iterator[str]]
) -> None:
    """What brings the library down, wants all memory or never ends is a fault of that file, and of nothing else."""
    monkeypatch.setattr(workers, "can_work", lambda: True)
    monkeypatch.setattr(pdf, "_read", harm)
    monkeypatch.setattr(pdf, "_SECONDS", 1)
    with pytest.raises(SourceError, match="brought down") as refused:
        read(register, samples.pdf("A line."))
    assert refused.value.hint


def test_a_pdf_is_the_same_without_a_copy(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes cannot be copied, a PDF is read all the same, and refused with the same words."""
    found = []
    for can_work in (True, False):
        monkeypatch.setattr(workers, "can_work", lambda can_work=can_work: can_work)
        with pytest.raises(SourceError) as refused:
            read(register, b"%PDF-1.4 nothing")
        found.append((read(register, samples.pdf("The ban begins on 3 May 2024.")), refused.value.message))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n", "image"),
        (b"\xd0\xcf\x11\xe0", "old office"),
        (b"%PDF-1.4 nothing", "no PDF"),
        (samples.pdf(), "images"),
        (b"<rss><channel><title>x</title></channel></rss>", "without entries"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]><rss><item><title>x</title></item></rss>', "entities"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]><RULE><PREAMB><AGENCY>&a;</AGENCY></PREAMB></RULE>', "entities"),
        (bytes(range(1, 9)) * 400, "no text"),
    ],
)
def test_what_is_refused(register: Register, content: bytes, said: str) -> None:
    """What holds no text in a form that is read is refused, with what to do next."""
    with pytest.raises(SourceError, match=said) as refused:
        read(register, content)
    assert refused.value.hint


def test_names_of_files_say_nothing(register: Register) -> None:
    """The form is told by content alone."""
    (paper,) = papers("order.gov.pdf", samples.ARTICLE.encode(), register.lexicon)
    assert (paper.form, paper.kind) == ("text", PaperKind.NEWS)


def test_another_language_is_not_read(register: Register) -> None:
    """A German text is told and named as not read."""
    text = "Das Ministerium hat am Dienstag mitgeteilt, dass die Behörden die Geräte nicht mehr kaufen dürfen und dass sie bis Ende 2026 ersetzt werden."
    (paper,) = read(register, text)
    assert (paper.language, paper.is_read) == ("de", False)
    assert "not read: German; dates only" in paper.notes


def test_government_print_with_hard_wraps(register: Register) -> None:
    """A page of the gazette with broken lines gives its day, its kind, and whole paragraphs."""
    text = (
        "<html><body><pre>\n[Federal Register Volume 89, Number 121 (Monday, June 24, 2024)]\n[Notices]\n[FR Doc No: 2024-00001]\n\n"
        "DEPARTMENT OF EXAMPLES\n\nFinal Determination: Exampleco &amp; Sons\n\n"
        "AGENCY: Bureau of Samples, Department of Examples, acting through its\nhead.\n\nACTION: Final determination.\n\n"
        "SUMMARY: The Bureau finds that transactions with Exampleco pose an undue\nrisk and prohibits them as set out in this notice, and it says\nwhy.\n\n"
        "    Consistent with the law, the Bureau reviewed what it was given by the\ncompany and by others.\n    It now issues this determination on its findings and makes it\nknown.\n</pre></body></html>"
    )
    (paper,) = read(register, text)
    assert (paper.kind, paper.published.value) == (PaperKind.OFFICIAL_TEXT, "2024-06-24")
    paragraphs = [" ".join(paper.text[start:end].split()) for start, end in paper.paragraphs]
    assert (
        "SUMMARY: The Bureau finds that transactions with Exampleco pose an undue risk and prohibits them as set out in this notice, and it says why."
        in paragraphs
    )
    assert "It now issues this determination on its findings and makes it known." in paragraphs


def test_same_bytes_same_paper(register: Register) -> None:
    """Nothing of the clock or of an order of sets goes into a paper."""
    for content in (samples.ARTICLE, samples.PAGE, samples.MAIL, samples.FEED, samples.GAZETTE):
        assert read(register, content) == read(register, content)
