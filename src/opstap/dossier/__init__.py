"""Dossier: the desk of a worker and the page of one client, composed from the rooms below; no models.

The dossier shows one person's whole story and leads to every form; the caseload and the team page say who needs
someone today. What they show is read by the rooms below; what they change goes through their operations.
Not here: numbers about groups (`reporting`), the facts themselves (`clients`, `ladder`, `contacts`, `plans`).
"""
