"""Series out of the figures: returns and arrivals by year, stated changes, money, events in time.

Begin with `returns`. `stated` has arrivals, changes and funding, `timeline` what was said and done
by date, `lookup` finds figures by their keys, `known` gives the tables as they were known on a day,
`grouping` puts figures together that make the same claim.

Uses official, claims, citing, rules, tables, wording and errors.
"""
