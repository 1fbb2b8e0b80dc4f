# SPDX-License-Identifier: Apache-2.0
"""Messages leave the house: signed, to where the name means at that moment, and never into our own network."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import socket
import socketserver
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

import staffed
import worked
from debar.model.telling import Mail, Means, Told
from debar.model.vocab.portfolio import JobState
from debar.model.vocab.telling import Event, HookKind, ToldState
from debar.portfolio import hooks, jobs
from debar.portfolio.telling import Outgoing
from debar.store.places import place
from debar.web.telling import mailing, posting, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

OPEN = Means(url="https://debar.example.org", allows_private=True)
CLOSED = Means(url="https://debar.example.org")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Receiver:
    """A program that is told something: it answers as it is asked to, and keeps what it heard."""

    def __init__(self, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
        heard: list[tuple[dict[str, str], bytes]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                with contextlib.suppress(OSError):
                    answer(self)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.heard = heard
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


def answering(status: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Give what answers with a status."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()

    return answer


@contextlib.contextmanager
def receiving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[Receiver]:
    """Give a program that is told something."""
    found = Receiver(answer)
    thread = threading.Thread(target=found.server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        found.server.shutdown()
        thread.join()
        found.server.server_close()


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a portfolio of two organisations."""
    with staffed.staffed(place(str(tmp_path / "portfolio"))) as found:
        found.means = OPEN
        yield found


@pytest.fixture
def alpha(portfolio: Portfolio) -> Estate:
    """Give an organisation as its admin sees it."""
    return staffed.estate(portfolio)


def outgoing(to: str, **body: Any) -> Outgoing:
    """Give a message that is to be sent."""
    told = Told(
        id="msg-1",
        hook="hok-1",
        event=Event.RUN_FINISHED,
        at="2024-10-05T12:00:00Z",
        state=ToldState.WAITING,
        body=body,
    )
    return Outgoing(told, HookKind.WEB, to, SECRET)


def test_the_signature_is_that_of_the_standard() -> None:
    """The example of Standard Webhooks: its secret, id, time and body give its signature."""
    body = b'{"test": 2432232314}'
    said = posting.signed(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert said == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_can_be_checked_by_who_gets_it(alpha: Estate) -> None:
    """What arrives says what happened, where to look, when it was sent, and by its signature who sends it."""
    with receiving(answering(204)) as receiver:
        answer = posting.post(alpha, outgoing(f"{receiver.url}/in?x=1", text="A run.", path="exposures"), OPEN)
    assert answer == posting.Answer(arrived=True, says="answered 204")
    ((headers, body),) = receiver.heard
    signed = b".".join((headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body))
    digest = hmac.new(base64.b64decode(SECRET.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    said = json.loads(body)
    assert said["type"] == "run.finished"
    assert said["organisation"] == "alpha"
    assert said["data"] == {"text": "A run.", "url": "https://debar.example.org/o/alpha/exposures"}


@pytest.mark.parametrize(
    ("status", "arrived", "is_gone"),
    [(200, True, False), (302, False, False), (404, False, False), (410, False, True), (500, False, False)],
)
def test_what_is_said_to_it(alpha: Estate, status: int, *, arrived: bool, is_gone: bool) -> None:
    """Only what was taken has arrived; a redirect is not followed, and 410 says that nobody wants to hear any more."""
    with receiving(answering(status, location="http://127.0.0.1:1/")) as receiver:
        answer = posting.post(alpha, outgoing(receiver.url), OPEN)
    assert (answer.arrived, answer.is_gone) == (arrived, is_gone)
    assert str(status) in answer.says
    assert len(receiver.heard) == 1


def test_who_answers_in_drops_is_left(alpha: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is for all of it: an answer that comes letter by letter does not stretch it."""
    monkeypatch.setattr(posting, "PATIENCE", 1.0)

    def dripping(handler: BaseHTTPRequestHandler) -> None:
        for letter in "HTTP/1.1 200 OK\r\n" + "x" * 100:
            handler.wfile.write(letter.encode())
            handler.wfile.flush()
            time.sleep(0.2)

    with receiving(dripping) as receiver:
        began = time.monotonic()
        answer = posting.post(alpha, outgoing(receiver.url), OPEN)
        assert time.monotonic() - began < 5
    assert answer == posting.Answer(arrived=False, says="no answer within 1 seconds")


def test_our_own_network_is_not_asked(alpha: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of the open web that means an address of ours is not asked, whatever else it means."""
    for means in (["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:192.168.0.1"], ["169.254.169.254"]):
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in means]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, found=found, **__: found)
        monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("somebody was asked"))
        answer = posting.post(alpha, outgoing("https://hooks.example.org/"), CLOSED)
        assert answer.says == "hooks.example.org: means an address of this machine or its network"


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    alpha: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name is resolved once: one that means something else a moment later (rebinding) leads nowhere else."""
    asked: list[str] = []
    with receiving(answering(200)) as receiver:
        port = receiver.server.server_port

        def resolved(host: str, *_: object, **__: object) -> list[Any]:
            asked.append(host)
            address = "127.0.0.1" if len(asked) == 1 else "10.9.9.9"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        monkeypatch.setattr(socket, "getaddrinfo", resolved)
        assert posting.post(alpha, outgoing("http://hooks.example.org/"), OPEN).arrived
    assert asked == ["hooks.example.org"]
    assert receiver.heard[0][0]["host"].startswith("hooks.example.org")


def test_what_is_allowed_is_looked_at_when_something_is_sent(alpha: Estate) -> None:
    """An address that was added while it was allowed is not asked any more once it is not."""
    with receiving(answering(200)) as receiver:
        answer = posting.post(alpha, outgoing(receiver.url), CLOSED)
    assert not answer.arrived
    assert receiver.heard == []


def greeting(handler: BaseHTTPRequestHandler) -> None:
    """Answer in another language."""
    handler.wfile.write(b"SSH-2.0-x\r\n" * 3)


def test_faults_of_others_are_told_and_not_raised(alpha: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens, what answers is no HTTP or no TLS, a name means nothing: each is said, and nothing else happens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert not posting.post(alpha, outgoing(f"http://127.0.0.1:{port}/"), OPEN).arrived
    with receiving(greeting) as receiver:
        assert "HTTP" in posting.post(alpha, outgoing(receiver.url), OPEN).says
        assert not posting.post(alpha, outgoing(receiver.url.replace("http:", "https:")), OPEN).arrived

    def nothing(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    assert posting.post(alpha, outgoing("https://none.example/"), OPEN).says == "Name or service not known"


def test_a_job_tells_and_writes_down_what_came_of_it(portfolio: Portfolio, alpha: Estate) -> None:
    """From the button to the receiver, by a worker's copy: what arrived is told, and what did not is tried again later."""
    with receiving(answering(200)) as good, receiving(answering(503)) as bad:
        for receiver in (good, bad):
            hook, _ = hooks.add(alpha, HookKind.WEB, receiver.url, (), OPEN)
            hooks.test(portfolio, alpha, hook.id)
        job = worked.copied(portfolio)
        assert (job.state, job.says) == (JobState.DONE, "1 messages arrived, 1 did not")
    found = {one.said: one for one in hooks.messages(alpha).items}
    assert found["answered 200"].state is ToldState.TOLD
    assert found["answered 503"].state is ToldState.WAITING
    assert found["answered 503"].next_at > found["answered 503"].at


def test_who_is_gone_is_told_no_more(portfolio: Portfolio, alpha: Estate) -> None:
    """An address that answers 410 is stopped, and the audit log says so."""
    with receiving(answering(410)) as receiver:
        hook, _ = hooks.add(alpha, HookKind.WEB, receiver.url, (), OPEN)
        hooks.test(portfolio, alpha, hook.id)
        work(portfolio, alpha, "", lambda *_: None)
    assert not hooks.one(alpha, hook.id).is_active
    assert jobs.listed(portfolio, alpha).total == 1


class _Mail(socketserver.StreamRequestHandler):
    """A server that takes mail, as far as it is needed."""

    def handle(self) -> None:
        says = getattr(self.server, "says", {})
        self.wfile.write(b"220 here\r\n")
        data: list[bytes] | None = None
        while line := self.rfile.readline():
            if data is not None:
                if line == b".\r\n":
                    self.server.heard.append(b"".join(data))  # type: ignore[attr-defined]
                    data = None
                    self.wfile.write(b"250 taken\r\n")
                else:
                    data.append(line)
                continue
            word = line[:4].upper().decode()
            answer = says.get(word) or {"DATA": "354 go", "QUIT": "221 bye"}.get(word, "250 fine")
            data = [] if answer.startswith("354") else None
            self.wfile.write(f"{answer}\r\n".encode())


@contextlib.contextmanager
def mailing_to(**says: str) -> Iterator[tuple[Means, list[bytes]]]:
    """Give a server of mail on this machine, and what it took."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail) as server:
        server.daemon_threads = True
        server.heard, server.says = [], says  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mail = Mail(host="127.0.0.1", port=server.server_address[1], sender="debar@example.org")
        yield Means(url="https://debar.example.org", mail=mail), server.heard  # type: ignore[attr-defined]
        server.shutdown()


def mails(*texts: str) -> list[Outgoing]:
    """Give messages to one address of mail."""
    return [outgoing("ann@example.org", text=text, path="duties")._replace(kind=HookKind.MAIL) for text in texts]


def test_one_mail_tells_all_that_happened(alpha: Estate) -> None:
    """Plain text, a line for each happening and where to look; nothing in it can make another header or line."""
    with mailing_to() as (means, heard):
        answer = mailing.mail(alpha, mails("A run.", "Due\r\nBcc: all@example.org\r\n\r\n\x1b[31m"), means)
    assert answer == posting.Answer(arrived=True, says="taken by the server")
    (text,) = heard
    head, _, body = text.decode().partition("\r\n\r\n")
    assert "Subject: debar: 2 messages about Firm alpha" in head
    assert "To: ann@example.org" in head
    assert "Auto-Submitted: auto-generated" in head
    assert "bcc" not in head.lower()
    assert "A run." in body
    assert "https://debar.example.org/o/alpha/duties" in body
    assert "\x1b" not in body
    assert "\r\nBcc" not in body


@pytest.mark.parametrize("says", [{"RCPT": "550 no such box"}, {"MAIL": "451 later"}, {"DATA": "554 no"}])
def test_mail_that_is_not_taken_is_tried_again(alpha: Estate, says: dict[str, str]) -> None:
    """What a server refuses has not arrived, and is said in words of our own."""
    with mailing_to(**says) as (means, heard):
        answer = mailing.mail(alpha, mails("A run."), means)
    assert not answer.arrived
    assert answer.says.startswith("the server")
    assert heard == []


def test_mail_leaves_the_machine_by_tls_alone(alpha: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server elsewhere that offers no STARTTLS gets neither mail nor password."""
    real = socket.create_connection
    with mailing_to() as (means, heard):
        assert means.mail
        port = means.mail.port
        monkeypatch.setattr(socket, "create_connection", lambda *_, **__: real(("127.0.0.1", port)))
        elsewhere = Mail(host="mail.example.org", port=587, sender="d@example.org", user="u", password="p")
        answer = mailing.mail(alpha, mails("A run."), Means(mail=elsewhere))
    assert answer.says == "the server took nothing (SMTPNotSupportedError)"
    assert heard == []
