# SPDX-License-Identifier: Apache-2.0
"""Every error that leaves debar: what happened, to which file and place, and what to do next.

DebarError              exit 4
├─ UsageError           exit 2   wrong options
├─ SourceError          exit 3   an input cannot be read (a skip, unless --strict)
├─ RegisterError        exit 4   the register is wrong; carries every fault found
├─ EngineError          exit 4   the matching engine failed
├─ StoreError           exit 4   the history cannot be read or written
├─ DependencyMissing    exit 4   a library of an extra is not installed
├─ EvidenceError        exit 5   proof is broken: something was changed, removed or added
├─ NotThereError        exit 4   there is no such thing, or not for whoever asks
├─ ForbiddenError       exit 4   whoever asks may see it and may not do this
├─ ConflictError        exit 4   somebody else was first
└─ LimitError           exit 4   too much, or too often
"""

from collections.abc import Iterable, Sequence


class DebarError(Exception):
    """Base of all; the command line and nobody else catches it."""

    exit_code = 4

    def __init__(self, message: str, hint: str = "") -> None:
        """Take what happened, and what the user can do next."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(DebarError):
    """An option or argument is wrong."""

    exit_code = 2


class SourceError(DebarError):
    """An input, or a place in it, cannot be read."""

    exit_code = 3

    def __init__(self, message: str, *, path: str = "", locator: str = "", hint: str = "") -> None:
        """Take the fault, the file as the user knows it, and the place inside it."""
        super().__init__(message, hint)
        self.path = path
        self.locator = locator


class RegisterError(DebarError):
    """The register does not hold together; every fault is one line "file:line: what"."""

    def __init__(self, faults: Sequence[str], hint: str = "") -> None:
        """Take all faults at once, so that a writer can mend them in one go."""
        super().__init__("\n".join(faults), hint or "debar register check DIR lists every fault")
        self.faults = tuple(faults)


class EngineError(DebarError):
    """The matching engine failed."""


class StoreError(DebarError):
    """The history cannot be read or written; what it said was kept is kept."""


class DependencyMissing(DebarError):  # noqa: N818 - it says what it is
    """A library of an extra is not installed."""


class EvidenceError(DebarError):
    """Proof is broken; each line of the message names one thing that was changed, removed or added."""

    exit_code = 5


class NotThereError(DebarError):
    """There is no such thing, or whoever asks may not know that there is: both look the same."""


class ForbiddenError(DebarError):
    """Whoever asks may see it, and may not do this."""


class ConflictError(DebarError):
    """It is no longer what whoever asks has seen."""


class LimitError(DebarError):
    """Too much at once, or too often."""

    def __init__(self, message: str, hint: str = "", *, after: int = 0) -> None:
        """Take what was too much, what to do next, and after how many seconds to ask again."""
        super().__init__(message, hint)
        self.after = after


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give "; did you mean 'x'?" for the known word nearest to a mistyped one, or nothing."""
    from rapidfuzz import process  # only on the way to an error message
    from rapidfuzz.distance import OSA

    names = [str(name) for name in known]
    # A slip or two of the fingers first; only then a word that is much like another, or a part of it.
    slips = min(2, len(word) // 3)
    near = process.extractOne(word, names, scorer=OSA.distance, score_cutoff=slips) if slips else None
    alike = near or process.extractOne(word, names, score_cutoff=70)
    return f"; did you mean {alike[0]!r}?" if alike else ""
