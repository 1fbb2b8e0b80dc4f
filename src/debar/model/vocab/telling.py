# SPDX-License-Identifier: Apache-2.0
"""Words of telling people: what happens that somebody may want to hear of, by which way, and how far that is."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """What happened. Names stand in messages to other programs and are never changed."""

    RUN_FINISHED = "run.finished"
    """All sources were put together, and what the law says of them was kept."""
    EXPOSURE_NEW = "exposure.new"
    """A run found what no run before it had found."""
    DEADLINE_NEAR = "deadline.near"
    """An obligation is due in 30, 7 or 1 days."""
    DECISION_ASKED = "decision.asked"
    """Somebody asks for a decision that another person has to answer."""
    DECISION_ANSWERED = "decision.answered"
    """It was approved or refused."""
    WAIVER_EXPIRING = "waiver.expiring"
    """What was decided holds for 30, 7 or 1 more days."""
    MEASURE_NEW = "measure.new"
    """The register changed, and says something else of what was there already."""
    PROOF_MADE = "proof.made"
    """A proof can be downloaded."""
    JOB_FAILED = "job.failed"
    """Work behind the pages came to nothing, and is not tried again."""
    TEST = "test"
    """Somebody tries whether they are told; it goes to whom it was asked for, whatever they want to hear of."""


class HookKind(StrEnum):
    """By which way somebody is told."""

    WEB = "web"
    """A program, by a signed request to an address of the web, as soon as something happens."""
    MAIL = "mail"
    """A person, by mail, once a day."""


class ToldState(StrEnum):
    """How far a message is."""

    WAITING = "waiting"
    """It is to be sent, for the first time or again."""
    TOLD = "told"
    """Whoever was told has said that it arrived."""
    GIVEN_UP = "given-up"
    """It was tried for more than a day."""
