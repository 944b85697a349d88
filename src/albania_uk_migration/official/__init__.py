"""What offices published, release by release, and figures held against it.

Begin with `check` (`check_claim`). `counts` has what each release counts, and which days a release
covers, `series` lists them by year and quarter, `home_office` reads the office's own workbooks,
`spreadsheets` any file of sheets, `plot` draws a count in every release.

Uses claims, citing, tables, wording and errors.
"""
