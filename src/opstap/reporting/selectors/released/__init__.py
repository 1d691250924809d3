"""What goes to the attack before a publication: the closed list of tables, their classes, and exact counts. Nothing
of it is shown to anybody; what comes out of the attack is.
"""
