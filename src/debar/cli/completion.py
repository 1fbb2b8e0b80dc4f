# SPDX-License-Identifier: Apache-2.0
"""`debar completion`: scripts that complete verbs, options and the words options take."""

from __future__ import annotations

from debar.cli import VERBS
from debar.cli import options as shared
from debar.model.vocab import Act, Meaning

_OPTIONS = {
    "scan": "--as --on --known-on -o --output --color --fail-on --strict --exclude --engine --register --quiet --help",
    "explain": "--act --meaning --as --on --known-on -o --output --color --register --help",
    "register": "list show check --register -o --output --color --help",
    "formats": "-o --output --color --help",
    "version": "-o --output --help",
    "completion": "bash zsh fish --help",
}
_WORDS = {
    "--fail-on": "prohibited required at-risk undetermined none",
    "--color": "auto always never",
    "--engine": "inline duckdb",
    "--act": " ".join(Act),
    "--meaning": " ".join(Meaning),
    "-o": "terminal json",
    "--output": "terminal json",
    "--as": "us/company us/individual us/reseller us/integrator us/reseller+integrator us/federal-agency"
    " us/federal-contractor us/equipment-maker us/fund-recipient us/supplier",
}


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
    words = "\n".join(
        f'        {option}) COMPREPLY=($(compgen -W "{known}" -- "$cur")); return;;' for option, known in _WORDS.items()
    )
    cases = "\n".join(f'        {verb}) known="{known}";;' for verb, known in _OPTIONS.items())
    lead = "autoload -U +X bashcompinit && bashcompinit\n" if zsh else ""
    return f"""{lead}_debar() {{
    local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="${{COMP_WORDS[COMP_CWORD-1]}}" known=""
    if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "{verbs}" -- "$cur")); return; fi
    case "$prev" in
{words}
    esac
    case "${{COMP_WORDS[1]}}" in
{cases}
    esac
    COMPREPLY=($(compgen -W "$known" -- "$cur") $(compgen -f -- "$cur"))
}}
complete -o filenames -F _debar debar"""


def _fish() -> str:
    lines = [
        f"complete -c debar -n __fish_use_subcommand -f -a {verb.name} -d '{verb.help}'".replace("'s", "s")
        for verb in VERBS
    ]
    for verb, known in _OPTIONS.items():
        for word in known.split():
            seen = f"complete -c debar -n '__fish_seen_subcommand_from {verb}'"
            values = f" -x -a '{_WORDS[word]}'" if word in _WORDS else ""
            if word.startswith("--"):
                lines.append(f"{seen} -l {word[2:]}{values}")
            elif word.startswith("-"):
                lines.append(f"{seen} -s {word[1:]}{values}")
            else:
                lines.append(f"{seen} -f -a {word}")
    return "\n".join(lines)
