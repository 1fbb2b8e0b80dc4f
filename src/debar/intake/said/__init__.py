# SPDX-License-Identifier: Apache-2.0
"""Who says what: quotations, speakers, and which utterances are one.

    text ──quotes.py──► Quoted
      │
      └─speakers.py──► the chain of speakers of each sentence, origin first
           │  chains        what a sentence by itself says, and whom the next ones may mean
           │    frames      turns of phrase: "X said", "according to X", "reported by X, citing Y"
           │      verbs     meaning: is something said; subjects: by whom; preceding, following: the phrase beside the verb
           │      authors, opinions, hearing      "a report by X", "the ministry's position", "on its site"
           │    knowing     whom a paper has told of; topics: whom a pronoun means; naming: as readers know them
           │  headings, issuers      "Question by X:", papers in somebody's own voice
           ▼
       Utterance ──clusters.py──► Quote                alike, mutual: the same words, or translated back; repeats: copies

Words come from `words.py` (the lexicon), `grammar.py` (closed classes of English) and `phrases.py` (noun phrases).
"""
