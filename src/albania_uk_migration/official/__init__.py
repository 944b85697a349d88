"""What offices published, release by release, and how figures compare with it.

Begin with `check` (`check_claim`). `counts` knows what each release counts and which days it
covers, and `series` lists the counts by year and quarter. `home_office` reads the Home Office's
workbooks, `spreadsheets` any file of sheets, and `plot` draws a count in every release.

Uses claims, citing, tables, wording and errors.
"""
