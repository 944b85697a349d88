"""How to cite the release, a table or a row, and how catalogues describe the data set.

Begin with `cite`. `sources` makes an item of each thing that can be cited, `styles` prints items
(text, BibTeX, RIS, CSL-JSON), `catalogues` describes the data set (schema.org, Croissant),
`changes` says what changed since a release.

Uses rules, tables, wording and errors.
"""
