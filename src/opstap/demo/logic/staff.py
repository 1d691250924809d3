"""The staff: four teams that differ in whom they serve, fourteen workers, and what happens to them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from opstap.demo.logic.chance import weighted


@dataclass(frozen=True)
class Worker:
    """A case manager: name, team by its place, and whether hired from outside."""

    name: str
    team: int
    external: bool = False
    sign_in: str = ""

    @property
    def role(self) -> str:
        """Who is hired from outside sees whom they were given and no BSN."""
        return "external_consultant" if self.external else "case_manager"

    def sign_in_name(self, domain: str) -> str:
        """As people sign in."""
        plain = self.name.lower().replace("ë", "e").replace("é", "e").split()
        return f"{self.sign_in or '.'.join((plain[0], plain[-1]))}@{domain}"


@dataclass(frozen=True)
class Office:
    """Somebody with another role than case manager, for a team where the role asks one."""

    name: str
    role: str
    sign_in: str
    team: int | None = None


@dataclass(frozen=True)
class Beside:
    """Somebody who guides clients of a team along, as what, how many, and which of them; or who has no clients."""

    name: str
    role: str
    sign_in: str
    team: int | None = None
    along: str = ""
    clients: int = 0
    first: int = 0
    step: int = 3


YOUNG, WORK, DEVELOPMENT, SOCIAL = range(4)
TEAMS = ("Jongeren", "Werk", "Ontwikkeling", "Meedoen")
WORKERS = (
    Worker("Sanne Bijlsma", YOUNG),
    Worker("Yassin el Idrissi", YOUNG),
    Worker("Marloes van der Velde", WORK),
    Worker("Emre Dogan", WORK),
    Worker("Wouter Kooistra", WORK, external=True),
    Worker("Fenna Hazelhoff", DEVELOPMENT, sign_in="casemanager"),
    Worker("Jerrel Pinas", DEVELOPMENT),
    Worker("Truus Nienhuis", DEVELOPMENT),
    Worker("Dawit Haile", DEVELOPMENT),
    Worker("Ingrid Westerhuis", SOCIAL),
    Worker("Samira Amrani", SOCIAL),
    Worker("Harm Steenbeek", SOCIAL),
    Worker("Agnieszka Nowak", SOCIAL),
    Worker("Bas de Ruiter", SOCIAL, external=True, sign_in="extern"),
)
OPTIMIST = 6
LEAVING = 7
ILL = 9
OFFICES = (
    Office("Hilda Feenstra", "team_leader", "teamleider", DEVELOPMENT),
    Office("Ruben Meinders", "coordinator", "coordinator"),
    Office("Priya Ramdin", "functional_administrator", "beheerder"),
    Office("Pim Oosterhof", "privacy_officer", "privacy"),
)
BESIDE = (
    Beside("Esra Yilmaz", "participation_consultant", "participatie", SOCIAL, "case_manager", 14, first=2, step=9),
    Beside("Karin de Haan", "income_consultant", "inkomen", SOCIAL, "income_officer", 30),
    Beside("Milan Kuipers", "matcher", "matcher", WORK, "matcher", 24),
    Beside("Rik Postma", "job_coach", "jobcoach", WORK, "job_coach", 16, first=1),
    Beside("Lotte Wiersma", "participation_coach", "meedoen", SOCIAL, "participation_coach", 22, first=1),
    Beside("Sem Veldkamp", "intern", "stagiair", DEVELOPMENT),
    Beside("Joke Terpstra", "reception", "receptie"),
    Beside("Niels Bouma", "policy", "beleid"),
    Beside("Lieve Adriaans", "researcher", "onderzoeker"),
)
PROGRAMMES = ("Stap voor stap", "Jongeren in beeld", "Taal en werk")
DEVELOPMENT_PROGRAMME, YOUNG_PROGRAMME, LANGUAGE_PROGRAMME = range(3)

LAST_YOUNG_AGE = 26


def team_for(whole: int, age: int) -> int:
    """Which team serves somebody of this level and age."""
    if age <= LAST_YOUNG_AGE:
        return YOUNG
    return (SOCIAL, SOCIAL, SOCIAL, DEVELOPMENT, DEVELOPMENT, WORK, WORK)[whole]


def worker_of(rng: Random, team: int, *but: int | None) -> int:
    """One of the team's workers; those from outside have half a caseload."""
    own = {place: 0.5 if who.external else 1.0 for place, who in enumerate(WORKERS) if who.team == team}
    return weighted(rng, {place: share for place, share in own.items() if place not in but})
