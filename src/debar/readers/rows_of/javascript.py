# SPDX-License-Identifier: Apache-2.0
"""Rows of readers of JavaScript."""

from __future__ import annotations

from debar.readers.rows import Form, Mark, json, keys, text
from debar.readers.rows_of.language import BOTH, INSTALLED, LOCKED, MAKERS, NAMES, NOBODY, row

ROWS = (
    row(
        "bun-lock",
        "bun.lock",
        LOCKED,
        NAMES,
        f"{NOBODY}; the binary bun.lockb is not read",
        json(
            r'\A\{\s*"lockfileVersion"\s*:\s*\d+,\s*(?:"configVersion"\s*:\s*\d+,\s*)?"workspaces"\s*:',
            "the beginning of bun.lock",
        ),
        tree_names=r"bun\.lock",
    ),
    row(
        "npm-lock",
        "Lock files of npm, versions 1-3 (package-lock.json, npm-shrinkwrap.json)",
        LOCKED,
        NAMES,
        NOBODY,
        keys("lockfileVersion", "packages", why="keys of a lock file of npm"),
        keys("lockfileVersion", "dependencies", why="keys of a lock file of npm"),
        keys("lockfileVersion", "requires", why="keys of a lock file of npm"),
        tree_names=r"(?:\.?package-lock|npm-shrinkwrap)\.json",
    ),
    row(
        "npm-list",
        "npm ls --json",
        INSTALLED,
        "installed modules at every depth: name, version, package URL, origin unless it is the usual registry",
        "makers only from npm ls --long",
        json(
            r'"dependencies"\s*:\s*\{\s*"[^"\\]+"\s*:\s*\{\s*"(?:version|missing|required|invalid|overridden|extraneous|resolved|problems|from|name)"\s*:',
            "a tree of modules as npm lists it",
        ),
    ),
    row(
        "yarn-lock",
        "yarn.lock, of Yarn 1 and later",
        LOCKED,
        NAMES,
        NOBODY,
        text(r"^# yarn lockfile v1", "the heading of Yarn", needs="# yarn lockfile"),
        text(r"^__metadata:[ \t\r]*\n +version:", "a lock file of Yarn", needs="__metadata:"),
        tree_names=r"yarn\.lock",
    ),
    row(
        "pnpm-lock",
        "pnpm-lock.yaml, versions 5-9",
        LOCKED,
        NAMES,
        NOBODY,
        text(r"^lockfileVersion: *['\"]?\d", "a lock file of pnpm", needs="lockfileVersion:"),
        tree_names=r"pnpm-lock\.yaml",
    ),
)
LAST = (
    row(
        "node-package",
        "package.json of Node.js modules and projects",
        BOTH,
        f"the module ({MAKERS}), and what a project that is not installed requires",
        "scripts are not read",
        Mark(Form.JSON, r"\A\{", "package.json, by its name", name=r"(?i)(?:^|[-_.])package\.json$"),
        json(r'"(?:devDependencies|peerDependencies)"\s*:\s*\{', "requirements as npm writes them", needs='"name"'),
        tree_names=r"package\.json",
    ),
)
"""Told by its name alone, since what is in it is up to whoever writes it: after all others."""
