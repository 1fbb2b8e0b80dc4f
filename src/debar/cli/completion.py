# SPDX-License-Identifier: Apache-2.0
"""`debar completion`: scripts that complete verbs, options and the words options take."""

from __future__ import annotations

from debar.cli import VERBS
from debar.cli import options as shared
from debar.cli.register import WORDS
from debar.model.vocab import Act, AddresseeKind, Meaning, Verdict
from debar.writers import PLAIN, WRITERS
from debar.writers.register import FORMATS

_QUESTION = "--as --fact --on --known-on"
_OUTPUT = "-o --output --color"
_REGISTER = "--register --indicators --base-register"
_STORE = "--store --lake"
_SCANNING = (
    f"--strict --exclude --columns --strings --stale-after --decisions --records {_STORE} --workers --every-line --digest"
    f" --incremental --verify-cache --resume --progress --engine {_REGISTER} --quiet"
)
OPTIONS = {
    "scan": f"{_QUESTION} {_OUTPUT} -t --template --fail-on {_SCANNING} --help",
    "report": f"{_QUESTION} {_OUTPUT} -t --template --fail-on --exclude --columns --strings --stale-after --decisions --records {_STORE} {_REGISTER} --help",
    "why": f"{_QUESTION} {_OUTPUT} --exclude --columns --strings --stale-after --decisions --records {_STORE} {_REGISTER} --help",
    "decide": "--asset --purl --party --measure --verdict --reason --requester --approver --ticket --expires --on --exemption --granted-by"
    f" --document --reference --replace-decision --expiring --decisions {_STORE} {_OUTPUT} {_REGISTER} --help",
    "organisation": f"init questions --out --force --called --contract --system --answers {_QUESTION} {_OUTPUT} --exclude --columns"
    f" --strings --stale-after --decisions --records --store --lake {_REGISTER} --help",
    "record": f"--by --found --evidence --contract {_QUESTION} {_OUTPUT} --exclude --columns --strings --stale-after --decisions --records"
    f" --store --lake {_REGISTER} --help",
    "status": f"{_STORE} --on --known-on --deadline --check {_OUTPUT} --help",
    "diff": f"{_STORE} --fail-on {_OUTPUT} --help",
    "prove": f"--out --key --new-key --form --with-inputs --after --allow-stale --time --verify --inputs {_QUESTION} {_OUTPUT}"
    f" --fail-on {_SCANNING} --help",
    "plan": f"--begin --deadline --capacity --simulate --healthy-within {_QUESTION} {_OUTPUT} --exclude --columns --strings --stale-after"
    f" --decisions --records {_STORE} {_REGISTER} --help",
    "screen": "--name --column --list --threshold --strict --on --fail-on --progress --quiet --rule --blocked --dismissed --dismiss --reason --by"
    f" --until {_OUTPUT} --register --base-register --help",
    "read": f"--progress --quiet {_OUTPUT} --register --base-register --help",
    "review": "--by --choices --log --into --story --progress --quiet --register --base-register --help",
    "watch": f"--state --progress --quiet {_OUTPUT} --register --base-register --help",
    "serve": "--data-root --listen --url --behind --rate --oidc-issuer --oidc-client-id --oidc-client-secret-file"
    " --oidc-domain --oidc-label --mail --mail-from --mail-password-file --hooks-private --metrics-token-file"
    f" --workers --processes --quiet {_STORE} --help",
    "push": "--to --key-file --organisation --ca --called --exclude --wait --fail-on --timeout --quiet --help",
    "explain": f"--act --meaning {_QUESTION} {_OUTPUT} {_REGISTER} --help",
    "register": " ".join(word.name for word in WORDS) + " --help",
    "identify": f"{_OUTPUT} --exclude --columns {_REGISTER} --help",
    "admin": "user organisation key backup restore check --operator --password-file --id --as --admin --role --expires"
    f" {_STORE} {_OUTPUT} --help",
    "config": f"--check {_OUTPUT} --help",
    "formats": f"{_OUTPUT} --help",
    "version": "-o --output --help",
    "completion": "bash zsh fish --help",
    "register list": f"--party --jurisdiction --on {_OUTPUT} {_REGISTER} --help",
    "register show": f"{_OUTPUT} {_REGISTER} --help",
    "register search": f"{_OUTPUT} {_REGISTER} --help",
    "register facts": f"--party {_OUTPUT} {_REGISTER} --help",
    "register diff": f"--from --to --party --jurisdiction {_OUTPUT} {_REGISTER} --help",
    "register timeline": f"--jurisdiction --from --to --on {_OUTPUT} {_REGISTER} --help",
    "register export": f"--party --jurisdiction --on -o --output {_REGISTER} --help",
    "register check": f"{_REGISTER} --help",
    "register status": f"--key {_OUTPUT} --register --base-register --help",
    "register verify": f"--key {_OUTPUT} --help",
    "register import": f"--key --older {_OUTPUT} --help",
    "register pack": f"--key --directory {_OUTPUT} --help",
}
"""What may follow a verb, or a word of `debar register`."""
_KINDS = [f"us/{kind}" for kind in AddresseeKind if kind not in (AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON)]
WRITTEN = " ".join(PLAIN)
"""Formats that every other command writes."""
_FORMS = " ".join(writer.name for writer in WRITERS)
_VALUES = {
    "--fail-on": "prohibited required at-risk undetermined none",
    "--color": "auto always never",
    "--engine": "inline duckdb",
    "--act": " ".join(Act),
    "--meaning": " ".join(Meaning),
    "--verdict": " ".join(Verdict),
    "--role": "viewer analyst approver admin none",
    "-o": WRITTEN,
    "--output": WRITTEN,
    "--as": " ".join(_KINDS),
}
OTHER_FORMATS = {
    "scan": _FORMS,
    "report": _FORMS,
    "plan": "terminal json csv",
    "screen": "terminal json csv",
    "read": "terminal json html",
    "watch": "terminal json",
    "register show": f"{WRITTEN} yaml",
    "register timeline": "terminal svg html",
    "register export": " ".join(row.name for row in FORMATS),
}
"""Commands that write more or other formats than text and JSON."""


def run(arguments: list[str]) -> int:
    """Print the script for one shell."""
    parser = shared.Parser(
        "completion",
        "Print a completion script.",
        "examples:\n  source <(debar completion bash)\n  debar completion fish > ~/.config/fish/completions/debar.fish",
    )
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))
    shell = parser.parse(arguments).shell
    print(_fish() if shell == "fish" else _bash(zsh=shell == "zsh"))
    return 0


def _bash(*, zsh: bool) -> str:
    verbs = " ".join(verb.name for verb in VERBS)
    others = {f'"{command} {o}"': known for command, known in OTHER_FORMATS.items() for o in ("-o", "--output")}
    values = {**others, **{f'*" {option}"': known for option, known in _VALUES.items()}}
    words = "\n".join(
        f'        {pattern}) COMPREPLY=($(compgen -W "{known}" -- "$cur")); return;;'
        for pattern, known in values.items()
    )
    cases = "\n".join(f'        {_quoted(command)}) known="{known}";;' for command, known in OPTIONS.items())
    lead = "autoload -U +X bashcompinit && bashcompinit\n" if zsh else ""
    return f"""{lead}_debar() {{
    local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="${{COMP_WORDS[COMP_CWORD-1]}}" known="" command="${{COMP_WORDS[1]}}"
    if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "{verbs}" -- "$cur")); return; fi
    if [ "$command" = register ] && [ "$COMP_CWORD" -gt 2 ]; then command="register ${{COMP_WORDS[2]}}"; fi
    case "$command $prev" in
{words}
    esac
    case "$command" in
{cases}
    esac
    COMPREPLY=($(compgen -W "$known" -- "$cur") $(compgen -f -- "$cur"))
}}
complete -o filenames -F _debar debar"""


def _quoted(command: str) -> str:
    return f'"{command}"' if " " in command else command


def _fish() -> str:
    lines = [f"complete -c debar -n __fish_use_subcommand -f -a {verb.name} -d '{_plain(verb.help)}'" for verb in VERBS]
    words = [word.name for word in WORDS]
    none_yet = f"'__fish_seen_subcommand_from register; and not __fish_seen_subcommand_from {' '.join(words)}'"
    lines += [f"complete -c debar -n {none_yet} -f -a {word.name} -d '{_plain(word.help)}'" for word in WORDS]
    for command, known in OPTIONS.items():
        seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in command.split())
        # The words of `register` are offered above, with what each does.
        rest = (word for word in known.split() if word not in words)
        lines += [f"complete -c debar -n '{seen}' {_fish_word(command, word)}" for word in rest]
    return "\n".join(lines)


def _fish_word(command: str, word: str) -> str:
    if not word.startswith("-"):
        return f"-f -a {word}"
    known = OTHER_FORMATS.get(command, _VALUES[word]) if word in ("-o", "--output") else _VALUES.get(word, "")
    values = f" -x -a '{known}'" if known else ""
    return f"-l {word[2:]}{values}" if word.startswith("--") else f"-s {word[1:]}{values}"


def _plain(text: str) -> str:
    """Give a text that may stand between single quotes."""
    return text.replace("'s", "s")
