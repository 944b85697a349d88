"""Cite the release, a table or a row, and describe the data set for catalogues.

Begin with `cite`. `origins` finds a row and the documents or releases behind it; `attribution` says
who said it. `references` writes citations in words, the source first. `sources` makes CSL items of
everything you can cite, `styles` prints items (BibTeX, RIS, CSL-JSON), and `csl` renders them in
the reader's own style. `catalogues` describes the data set (schema.org, Croissant), `changes` says
what changed since a release, and `noted_rows` joins rows with their caveats and citation.

Uses rules, tables, wording and errors.
"""
