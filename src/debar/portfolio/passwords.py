# SPDX-License-Identifier: Apache-2.0
"""Passwords: kept as argon2id, and checked in the same time whether there is an account or not."""

from __future__ import annotations

import threading

from debar.errors import DependencyMissing, UsageError

try:
    import argon2
except ImportError as e:
    raise DependencyMissing("accounts need argon2-cffi", hint="pip install 'debar[serve]'") from e

SHORTEST, LONGEST = 12, 256
"""Characters."""
# RFC 9106, section 4, the second recommended option: 64 MiB, three passes, four lanes.
_HASHER = argon2.PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4, hash_len=32, salt_len=16)
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each takes 64 MiB: many who sign in at once wait for each other."""
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$P97UaDOLNxHomXzns6yEqA$DXd31P+yxo3nMoRIRpcO5JmhIEQjjp8j1TsfUaJ+M7k"
"""Hash of a password that nobody knows, checked where there is no account: the answer must take as long."""


def hashed(password: str, *, about: tuple[str, ...] = ()) -> str:
    """Give what is kept of a new password; UsageError for one that is short, too long, or what is known of the account."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"a password has {SHORTEST} to {LONGEST} characters", hint="a few words in a row are easy to remember"
        )
    folded = password.casefold()
    if len(set(folded)) < 5 or any(len(word) > 3 and folded.strip("0123456789!") == word.casefold() for word in about):
        raise UsageError("this password is guessed at once", hint="take words that say nothing of you")
    with _AT_ONCE:
        return _HASHER.hash(_bytes(password))


def fits(kept: str, password: str) -> bool:
    """Tell whether a password is the one that was kept; an account without one takes as long, and none fits it."""
    with _AT_ONCE:
        try:
            _HASHER.verify(kept or _NOBODY, _bytes(password[: LONGEST + 1]))
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False
    return bool(kept)


def is_outdated(kept: str) -> bool:
    """Tell whether what was kept was made by weaker parameters than those of today."""
    return _HASHER.check_needs_rehash(kept)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
