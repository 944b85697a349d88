"""How to cite the release, a table or a row, and how catalogues describe the data set.

Begin with `cite`. `origins` finds a row and the documents or releases it was read from;
`attribution` says who said it. `references` writes citations in words, the source first; `sources`
makes a CSL item of each thing that can be cited, `styles` prints items (BibTeX, RIS, CSL-JSON), and
`csl` renders them in a style of the reader's own. `catalogues` describes the data set (schema.org,
Croissant), `changes` says what changed since a release.

Uses rules, tables, wording and errors.
"""
