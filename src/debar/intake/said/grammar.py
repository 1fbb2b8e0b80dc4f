# SPDX-License-Identifier: Apache-2.0
"""The closed classes of English words by which noun phrases and clauses are told: nothing here names anybody or anything."""

from __future__ import annotations


def listed(text: str) -> frozenset[str]:
    """Give words that are written with spaces between them."""
    return frozenset(text.split())


MARKS = frozenset("\u201c\u201d\u00ab\u00bb\"'\u300c\u300d")
"""Of quotations."""
PAIRS = listed(", - \u2013 \u2014")
"""Marks that stand on both sides of an insertion."""
BE = listed("was were been is are be being")
ARTICLES = listed("a an the its their his her our this that these those one some several")
DEFINITE = listed("the this its their")
NUMBERS = listed("two three four five six seven eight nine ten many multiple")
DETERMINERS = ARTICLES | NUMBERS | listed("another no any both")
PRONOUNS = listed("he she it they")
OBJECTS = listed("him her them")
"""Pronouns after "according to"."""
RELATIVES = listed("who which")
IN = listed("in at during via on through by")
"""Before what something is said in: a statement, an interview."""
EVENTS = listed("after before since until")
"""Before something that happened and is nobody's words: after X announced it."""
POINTS_BACK = listed("this that it so")
"""With which a sentence points to the one before."""
NAME_JOINS = listed("of for and & the de van von der du la le al bin da di den del")
"""Small words within a name."""
HEAD_JOINS = listed("of for at from with in to on inside within and")
"""Between a noun and a name that says whose it is."""
AFTER_HEAD = listed(
    "familiar with close briefed in of at from involved inside on working for knowledgeable aware privy within"
    " based near who cited speaking quoted"
)
"""After a noun for a speaker, where more words describe it."""
CLAUSE = listed(
    "that which because but while when after before if although though is was are were be been has have had will"
    " would can could may might must should shall not than then so what how why where as following whether until"
    " or to by since do does did"
)
"""Words that stand in no noun phrase."""
NOT_ADJECTIVES = CLAUSE | listed(
    "of for at from with in on and by about against into over under through it he she they we i you"
)
BY_AUTHOR = listed("by from of")
"""Between a document and who made it."""
AUTHORED = listed("made issued published posted released written sent signed given prepared compiled obtained seen")
"""Between a document and who wrote it."""
TIMES = listed("week month year day morning evening afternoon night late early earlier ago local time")
BEFORE_TIMES = listed("on in last this late at early earlier of the later")
COMPLEMENTS = MARKS | listed(": that it they he she we there how why whether what this")
"""What begins the words that are reported."""
OPENS_INVERSION = MARKS | PAIRS | listed(". : ? ! ) as so \u2026 ; this")
"""Before a verb that precedes its subject: "...", said X."""
CLOSES_INVERSION = (
    MARKS
    | PAIRS
    | listed(
        ". : ; ( ) ? ! in on at during after before of who adding citing and when while from with as about yesterday"
        " today late last this by later earlier referring quoting via for but"
    )
)
"""After its subject; a verb there would make it the subject of something else."""
NATIONS = ("an", "ese", "ish", "ch", "ss", "sh")
"""Endings of words for where somebody is from."""
EMPTY = listed(
    "one single anyone anybody a an the of in on at to for from by with and or but as that this these those"
    " which who it its they their them he she his her we our us i you your is are was were be been being has"
    " have had having do does did will would shall should can could may might must there here so such than then"
    " also very more most s t said says say told added stated what any all some into out up over under about"
    " after before because due if when while where"
)
"""Words that say nothing by themselves."""
NEGATIONS = listed("not no nobody never without neither nor cannot nothing none n")
