# SPDX-License-Identifier: Apache-2.0
"""The keys of configuration files: every option that somebody may always want, and who may want it for others.

A file of the project travels with its files, and with those of whoever sent them. So it may say what is asked and what is
left out, which the report tells; what is written, trusted, connected to or run is said by the user alone.
"""

from __future__ import annotations

import enum
import re
from typing import NamedTuple


class Form(enum.Enum):
    """What a key holds."""

    TEXT = "text"
    TEXTS = "text or a list of texts"
    PATH = "a path"
    PATHS = "a path or a list of paths"
    NUMBER = "a number"
    SWITCH = "true or false"


class Key(NamedTuple):
    """One row of the table of keys."""

    name: str
    form: Form
    of_project: bool = False
    """The file of a project may set it."""
    word: str = ""
    """Pattern of values that are no paths, where others are."""
    words: tuple[str, ...] = ()
    """What some verb takes, where there are few; without any, whatever the verb says."""

    @property
    def holds(self) -> str:
        """Give in words what it holds."""
        return "text or a path" if self.word else self.form.value

    def is_path(self, text: str) -> bool:
        """Tell whether a value of this key is a path; a relative one is meant from the file's own folder."""
        return self.form in (Form.PATH, Form.PATHS) and not (self.word and re.fullmatch(self.word, text))


_LEVELS = (
    "prohibited",
    "required",
    "at-risk",
    "undetermined",
    "none",
    "same",
    "affiliate",
    "ownership",
    "similar",
    "any",
)
"""Of debar scan and of debar screen; each refuses those of the other."""
_ROWS = (
    # who asks, and what is looked at: a project may say so, and the report tells that it did
    Key("act", Form.TEXT, of_project=True),
    Key("as", Form.PATH, of_project=True, word=r"(?!.*\.ya?ml\Z).*"),
    Key("blocked", Form.TEXTS, of_project=True),
    Key("capacity", Form.TEXT, of_project=True),
    Key("column", Form.TEXT, of_project=True),
    Key("columns", Form.TEXTS, of_project=True),
    Key("deadline", Form.TEXT, of_project=True),
    Key("decisions", Form.PATH, of_project=True, word="store:"),
    Key("digest", Form.SWITCH, of_project=True),
    Key("dismissed", Form.PATH, of_project=True),
    Key("every_line", Form.SWITCH, of_project=True),
    Key("exclude", Form.TEXTS, of_project=True),
    Key("fact", Form.TEXTS, of_project=True),
    Key("fail_on", Form.TEXT, of_project=True, words=_LEVELS),
    Key("healthy_within", Form.NUMBER, of_project=True),
    Key("jurisdiction", Form.TEXT, of_project=True),
    Key("list", Form.PATH, of_project=True, word="register"),
    Key("meaning", Form.TEXT, of_project=True),
    Key("party", Form.TEXT, of_project=True),
    Key("records", Form.PATH, of_project=True),
    Key("rule", Form.TEXTS, of_project=True),
    Key("stale_after", Form.NUMBER, of_project=True),
    Key("strict", Form.SWITCH, of_project=True),
    Key("strings", Form.SWITCH, of_project=True),
    Key("threshold", Form.NUMBER, of_project=True),
    # what is written, trusted, connected to or run, and taste: the user's alone
    Key("base_register", Form.PATH),
    Key("indicators", Form.PATHS),
    Key("register", Form.PATHS),
    Key("by", Form.TEXT),
    Key("color", Form.TEXT),
    Key("engine", Form.TEXT),
    Key("incremental", Form.SWITCH),
    Key("key", Form.PATHS),
    Key("lake", Form.PATH),
    Key("output", Form.TEXTS),
    Key("progress", Form.TEXT),
    Key("quiet", Form.SWITCH),
    Key("store", Form.PATH, word=r"[a-z0-9+]+://.*"),
    Key("template", Form.PATH),
    Key("verify_cache", Form.SWITCH),
    Key("workers", Form.NUMBER),
    # of debar serve
    Key("behind", Form.TEXTS),
    Key("data_root", Form.PATHS),
    Key("hooks_private", Form.SWITCH),
    Key("listen", Form.TEXT),
    Key("mail", Form.TEXT),
    Key("mail_from", Form.TEXT),
    Key("mail_password_file", Form.PATH),
    Key("metrics_token_file", Form.PATH),
    Key("oidc_client_id", Form.TEXT),
    Key("oidc_client_secret_file", Form.PATH),
    Key("oidc_domain", Form.TEXTS),
    Key("oidc_issuer", Form.TEXT),
    Key("oidc_label", Form.TEXT),
    Key("processes", Form.NUMBER),
    Key("rate", Form.NUMBER),
    Key("url", Form.TEXT),
    # of debar push
    Key("ca", Form.PATH),
    Key("key_file", Form.PATH),
    Key("organisation", Form.TEXT),
    Key("timeout", Form.NUMBER),
    Key("wait", Form.SWITCH),
)
KEYS = {key.name: key for key in sorted(_ROWS)}
EACH_TIME = frozenset(
    """
    admin after allow_stale answers approver asset begin called check choices contract directory
    dismiss document evidence exemption expires expiring force form found from
    granted_by id inputs into known_on log measure name new_key older on operator out password_file purl
    reason reference replace_decision requester resume role simulate state story system ticket time to
    until verdict verify with_inputs
    """.split()  # noqa: SIM905 - a list with one word a line would hide that these are words
)
"""Options that are about one call, and stand in no file: a day that nobody changes would answer yesterday's question."""
