# SPDX-License-Identifier: Apache-2.0
"""`debar review`: a person accepts, rejects or edits what was read, line by line; each choice is kept."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar import dates
from debar.cli import choosing, placing, progress_options, read, register_options
from debar.cli import options as shared
from debar.cli.replacing import alone
from debar.errors import UsageError, did_you_mean
from debar.model.intake import Chosen
from debar.model.vocab.statements import Choice

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from debar.intake.drafts.reviewing import Choices, Item
    from debar.model.intake import Reading, Story
    from debar.register import Register

_EPILOG = """\
DOC is what debar read takes. Each line of a draft, and each date that no statement explains, is shown with its
passages. Every choice is added to a log (--log) and on disk before the next is asked; a later choice takes the place
of an earlier one, and both stay. What is not taken over as it stands can be given a reason. --choices takes those that
were made on the page of debar read -o html.

--into DIR writes the measure into a register directory of your own, when every line and every date has a choice. It
keeps the status "draft", from which nothing is found, until you have read the official text and set it to active.

exit status: 0 every line and date has a choice; 1 some are left; 2 wrong usage; 3 a paper could not be read; 4 the
register or the program is at fault; 5 the log was changed.

examples:
  debar review articles/
  debar review articles/ --choices choices.json --by 'A. Meyer'
  debar review articles/ --into our-register && debar register check --register our-register"""


def run(arguments: list[str]) -> int:
    """Take choices, keep each, and write the measure if that is asked."""
    options = _parser().parse(arguments)
    if not options.papers:
        raise UsageError("nothing to review", hint="name the papers that debar read was given")
    from debar.intake.drafts import choices  # help loads none of it

    told = _told(options) if options.choices else []
    register = register_options.register(options)
    reading, is_whole = read.made(options)
    stories = reading.stories
    log: Path = options.log or Path(choices.USUAL)
    if options.choices:
        _take(told, options.choices, reading, stories, log, _by(options))
    elif not options.into and sys.stdin.isatty():
        by = _by(options)
        all(choosing.go_through(reading, story, log, by) for story in stories)
    chosen = choices.newest(choices.read(log))
    if options.into:
        _write(options, reading, _one(options, stories), chosen, register)
    open_ = _tell(reading, stories, chosen)
    return 3 if reading.skips or not is_whole else int(open_ > 0)


def _parser() -> shared.Parser:
    found = shared.Parser("review", "Accept or refuse what was read of papers, line by line.", _EPILOG)
    found.add_argument("papers", metavar="DOC", nargs="*", help="the papers, as debar read was given them")
    group = found.add_argument_group("choices")
    group.add_argument("--by", metavar="NAME", default="", help="who decides (default: the user of this machine)")
    group.add_argument("--choices", metavar="FILE", type=Path, default=None, help="choices that the page saved")
    group.add_argument(
        "--log", metavar="FILE", type=Path, default=None, help="log of choices (default: .debar-choices.jsonl here)"
    )
    group.add_argument(
        "--into", metavar="DIR", type=Path, default=None, help="write the accepted measure into this register directory"
    )
    group.add_argument("--story", metavar="ID", default="", help="which story --into writes, where papers tell several")
    progress_options.add_progress_options(found)
    register_options.add_register_option(found, heeds_indicators=False)
    found.set_defaults(indicators=None)
    return found


def _by(options: argparse.Namespace) -> str:
    """Give who decides; UsageError for no name, and where the user of this machine has none, as in some containers."""
    from debar.intake.drafts import reviewing

    try:
        by: str = options.by or getpass.getuser()
    except (KeyError, ImportError, OSError) as e:
        raise UsageError("--by: the user of this machine has no name", hint="name whoever decides") from e
    if fault := reviewing.name_fault(by):
        raise UsageError(f"--by: {fault}", hint="name whoever decides")
    return by


def _told(options: argparse.Namespace) -> list[dict[str, str]]:
    """Give the choices in the file that is named; UsageError for one that is none."""
    from debar.intake.drafts import accepting

    name, file = options.named["choices"], options.choices
    try:
        with file.open("rb") as content:
            return accepting.read_list(content.read(accepting.LARGEST + 1))
    except OSError as e:
        raise UsageError(f"{name}: {file}: {e.strerror}", hint="name the file that the page saved") from e
    except UsageError as e:
        raise UsageError(f"{name}: {file}: {e.message}", hint=e.hint) from e


def _take(
    told: Sequence[dict[str, str]], file: Path, reading: Reading, stories: Sequence[Story], log: Path, by: str
) -> None:
    """Add the choices of a file to the log; UsageError before any is kept when one of them cannot be made."""
    from debar.intake.drafts import choices, reviewing

    known = {(item.story, item.id): item for story in stories for item in reviewing.items(reading, story)}
    made = [_chosen(one, known, f"{file}: choice {number}", by) for number, one in enumerate(told, 1)]
    with alone(log):
        before = choices.newest(choices.read(log))
        choices.add(log, [one for one in made if not _is_kept(one, before)])


def _is_kept(one: Chosen, before: Choices) -> bool:
    """Tell whether the log says the same already: a file may be taken twice."""
    kept = before.get((one.story, one.line))
    return kept is not None and replace(kept, at=one.at, digest=one.digest) == one


def _chosen(one: dict[str, str], known: dict[tuple[str, str], Item], place: str, by: str) -> Chosen:
    """Give a choice of a file; UsageError for what is no choice about these papers."""
    from debar.intake.drafts import reviewing

    word, key = one.get("choice", ""), (one.get("story", ""), one.get("line", ""))
    if word not in set(Choice):
        raise UsageError(f"{place}: {word!r} is no choice{did_you_mean(word, Choice)}", hint=", ".join(Choice))
    if key not in known:
        raise UsageError(f"{place}: these papers have no such line", hint="name the papers that the page was made from")
    if fault := reviewing.fault(known[key], Choice(word), one.get("value", "")):
        raise UsageError(f"{place}: {fault}", hint=known[key].text)
    if fault := reviewing.reason_fault(one.get("reason", "").strip()):
        raise UsageError(f"{place}: {fault}", hint=known[key].text)
    by = one.get("by", "").strip() or by
    if fault := reviewing.name_fault(by):
        raise UsageError(f"{place}: {fault}", hint="name whoever decides")
    return Chosen(
        story=key[0],
        line=key[1],
        choice=Choice(word),
        by=by,
        at=dates.present(),
        value=one.get("value", ""),
        reason=one.get("reason", "").strip(),
    )


def _one(options: argparse.Namespace, stories: Sequence[Story]) -> Story:
    """Give the story to write; UsageError where it is not clear which."""
    stories = [story for story in stories if story.draft]
    named = [story for story in stories if not options.story or story.id == options.story]
    if len(named) == 1:
        return named[0]
    if not stories:
        raise UsageError("these papers draft no measure: no paper says what is forbidden, demanded or allowed")
    told = "; ".join(f"{story.id} ({story.supplier}/{story.jurisdiction})" for story in stories)
    raise UsageError("--story: which of the stories is to be written?", hint=told)


def _write(options: argparse.Namespace, reading: Reading, story: Story, chosen: Choices, register: Register) -> None:
    """Write the files of a measure; none of them stays when the register would not take them."""
    from debar.intake.drafts import accepting
    from debar.register.load import load

    directory: Path = options.into
    files = accepting.files(reading, story, chosen, register, dates.present()[:10])
    made: list[Path] = []
    try:
        for file in files:
            placing.put(directory / file.path, file.text, made)
        load(register_options.base_register(options), tuple(dict.fromkeys([*(options.register or ()), directory])))
    except FileExistsError as e:
        placing.unmake(made)
        raise UsageError(f"{e.filename}: is there already", hint="nothing is overwritten: move it away first") from e
    except OSError as e:
        placing.unmake(made)
        raise UsageError(f"{e.filename or directory}: {e.strerror}", hint="name a folder that can be written") from e
    except BaseException:  # what the register does not take, or an interruption: nothing stays
        placing.unmake(made)
        raise
    for file in files:
        choosing.say(f"written: {directory / file.path}")


def _tell(reading: Reading, stories: Sequence[Story], chosen: Choices) -> int:
    """Say what is left of each story, and give how much."""
    from debar.intake.drafts import reviewing

    every = 0
    for story in stories:
        items = reviewing.items(reading, story)
        if not items:
            continue
        left = reviewing.left(items, chosen)
        dates_left = sum(1 for item in left if item.date)
        state = f"{len(left) - dates_left} lines and {dates_left} dates left" if left else "reading complete"
        named = "/".join(part for part in (story.supplier, story.jurisdiction) if part) or "no supplier named"
        choosing.say(f"{story.id}  {named}{'' if story.draft else ', without a draft'}: {state}")
        for item in items:
            if (made := chosen.get((story.id, item.id))) and made.reason:
                choosing.say(f"    {reviewing.called(item)}: {reviewing.worded(made)}")
        every += len(left)
    if not any(story.draft for story in stories):
        choosing.say("no story here drafts a measure")
    return every
