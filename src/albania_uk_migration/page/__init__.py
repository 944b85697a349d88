"""One page with everything: what was said, what was counted; and one claim on a card.

`explore` writes the page, `card` the card. Both are whole files: HTML and SVG, with the style and
the script inside, and nothing loaded from elsewhere. The charts draw the rows of
`answers/charts.py`; the words come from `answers/check.py` and `comparing/`. This room adds only
layout. Begin with `explore.py`; `markup.py` is how every element is written.
"""
