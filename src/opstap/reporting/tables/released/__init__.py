"""What was set down, as it is shown: its tables, charts, sentences and files. Nothing here counts or reads anything:
all of it comes out of what is kept of a publication.
"""
