"""Reporting: every page of numbers, the documents and exports made of them.

A report is asked by a `Question` (which day, known when, which scale, by what, about whom); `selectors.counting`
answers it with `Counted` figures for one viewer; `tables` gives them words and columns, the same for page, export
and command.
A researcher takes an extract (`selectors.extract`) for research that somebody else permitted (`ResearchPermit`): coarse
rows in which nobody stands out (`analytics.anonymity`), the same ones as long as it is permitted.
Until disclosure control exists a report counts only people its viewer may see today.
Not here: the arithmetic (`analytics`), who is counted (`facts`).
"""
