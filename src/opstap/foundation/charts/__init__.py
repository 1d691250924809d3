"""Charts: own SVG drawings for screen, print and PDF, without script and without inline style.

`bars` draws horizontal stacked bars, `pairs` two bars a line, `alluvial` the same people on two sides, `funnel` groups
beside what chance alone would do;
`colours` holds the colours of meaning; `texts` measures and breaks text.
A chart has a title, says under it about how many it speaks, labels its parts directly, and never tells anything by
colour alone. Text is 12 px or more at 1:1, and nothing overlaps: what is too long is wrapped, then shortened with the
whole text in its `<title>`. Widths scale through the viewBox; the page's style sheet chooses how wide (`.bar-chart`).
Not here: what is counted, and the table that stands below every chart.
"""
