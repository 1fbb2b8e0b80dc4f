# SPDX-License-Identifier: Apache-2.0
"""Rows of readers of PHP and Ruby."""

from __future__ import annotations

from debar.readers.rows import json, keys, text
from debar.readers.rows_of.language import BOTH, DECLARED, LOCKED, MAKERS, NAMES, NOBODY, row

ROWS = (
    row(
        "composer",
        "Packages of PHP (composer.lock, vendor/composer/installed.json)",
        BOTH,
        f"locked or installed packages: {MAKERS}",
        "licences and autoloading are not read",
        keys("packages", "content-hash", why="keys of composer.lock"),
        keys("packages", "packages-dev", why="keys of composer.lock"),
        keys("packages", "dev-package-names", why="keys of installed.json"),
        keys("name", "version_normalized", why="keys of installed.json"),
        tree_names=r"installed\.json|composer\.lock",
    ),
    row(
        "composer-manifest",
        "composer.json",
        LOCKED,
        f"the project ({MAKERS}), the packages that it requires, further repositories",
        DECLARED,
        json(
            r'"require(?:-dev)?"\s*:\s*\{\s*"(?:php|ext-[\w-]+|[\w.-]+/[\w.-]+)"\s*:',
            "requirements as Composer writes them",
        ),
    ),
    row(
        "gemfile-lock",
        "Gemfile.lock",
        LOCKED,
        NAMES,
        NOBODY,
        text(r"^(?:GEM|GIT|PATH|PLUGIN SOURCE)[ \t\r]*\n  remote:", "sections of Gemfile.lock", needs="  remote:"),
        tree_names=r"Gemfile\.lock",
    ),
    row(
        "gemspec",
        "Specifications of Ruby gems (*.gemspec)",
        BOTH,
        MAKERS,
        "only literals are read, for the file is a program; dependencies are counted only",
        # Only what such a file has before it: elsewhere another program speaks of specifications.
        text(
            r"\A(?:[ \t]*(?:(?:#|require|\$|lib\b|[\w:.@]+ *=).*)?\r?\n){0,40}?[ \t]*(?:[\w@]+ *= *)?Gem::Specification\.new\b",
            "a specification of a gem",
            needs="Gem::Specification",
        ),
        tree_names=r".+\.gemspec",
    ),
)
