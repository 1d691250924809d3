"""Demo: a believable municipality, Voorbeeldstad, made by calling operations only.

The same seed and day give the same facts. Every person is invented; BSNs come from the test range 9999xxxxx.
Refuses a database that is not a demo.
Not here: anything a real municipality needs.
"""
