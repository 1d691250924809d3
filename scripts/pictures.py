"""Which pictures the manual has: who looks at which page, how wide, and what they do there before one is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

ON, EARLIER = "on=2026-06-30", "on=2025-12-31&known_at=2026-01-15"
ANSWER = ".answer, #report > figure:nth-of-type(1), #report > .table-frame:nth-of-type(1)"
CHARTS = ".answer, #report > figure"
FIRST_CHART = ".answer, #report > figure:nth-of-type(1)"
FORM = "main form.form"
FIRST_TABLE = "#report > .table-frame:nth-of-type(1)"
GROWING = f"/rapporten/inzet-en-groeipotentieel/mensen/?{ON}&deployed=growth_without"
OUTSIDE = "20037"  # a client of Agnieszka Nowak in this demo
WIDE, NARROW = 1440, 390


@dataclass(frozen=True)
class Picture:
    """One picture: who looks (nobody: not signed in), where, how wide, and what they do there before it is taken.

    With `part` it is of what is asked for alone: from the first element that this selector finds to the last.
    """

    name: str
    role: str
    path: str
    width: int = WIDE
    act: Callable[[Page], None] | None = None
    whole: bool = True
    part: str = ""


def open_publication(page: Page) -> None:
    """The first one of the list."""
    page.locator("main table a").first.click()


def see_composing(page: Page) -> None:
    """What is asked when an indicator is composed, half filled in."""
    page.locator("#id_name").fill("Alleenstaande ouders zonder startkwalificatie die stegen")
    page.locator("#id_meaning").fill(
        "Hoeveel van de alleenstaande ouders zonder startkwalificatie een stap hoger kwamen."
    )
    for ticked in ("household=single_parent", "basic-qualification=no"):
        box = page.locator(f"input[name=base][value='{ticked}']")
        box.evaluate("box => { box.closest('details').open = true; box.checked = true }")
    for name in ("counted", "better"):
        page.locator(f"input[name={name}]").first.check()
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")


def see_series(page: Page) -> None:
    """Two more tables that were printed before Opstap stand before what was published."""
    for year, counts in ((2015, (21, 47, 38, 16, 14, 4)), (2016, (24, 50, 33, 12, 10, 3))):
        page.goto("/publicaties/reeks/invoeren/")
        page.locator("input[name=on]").fill(f"{year}-12-31")
        page.locator("input[name=source]").fill(f"Raadsbrief {year + 1}-3, tabel 1")
        for level, count in enumerate(counts, 1):
            page.locator(f"input[name=level-{level}]").fill(str(count))
        press(page, "main form button[type=submit]")


def give_priority(page: Page) -> None:
    """Two from behind a figure get priority; the words that it asks stand filled in."""
    for place in range(2):
        page.locator("td.tick input[type=checkbox]").nth(place).check()
    press(page, "button[formaction*=prioriteit], button:has-text('Prioriteit geven')")
    page.locator("#id_note").fill("Groeipotentieel gezien, nog geen instrument")
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")


def see_priorities(page: Page) -> None:
    """They got it, and stand in a list of their own."""
    give_priority(page)
    press(page, "main form button[type=submit]")
    page.goto("/clienten/?priority=yes")


def open_definition(page: Page) -> None:
    """Unfold what a report counts."""
    page.locator("details.definition > summary").click()
    page.mouse.wheel(0, -10_000)
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")


# Invented people; what is wrong with them is what the manual tells of.
CASELOAD = """Caseload Voorbeeldstad, uitvoer van 30 juni 2026
Klantnummer;BSN;Achternaam;Voornaam;Geboortedatum;Team;Casemanager;Begin uitkering;Datum meting;Trede;Groeipotentieel;\
Doeltrede;Belemmering;Nationaliteit;Opmerkingen
90001;;Aalders;Bep;12-03-1979;Ontwikkeling;Dawit Haile;01-05-2019;11-05-2026;Trede 2 Sociale contacten;ja;3;schulden;x;
90002;999912345;Boersma;Ilse;30-08-1968;Ontwikkeling;Truus Nienhuis;01-02-2016;18-05-2026;3;nee;3;;x;belt liever
90003;;Cakmak;Levent;01-11-1990;Werk;Emre Dogan;15-09-2023;31-02-2026;4;ja;5;;x;
90004;;Dijk, van;Roos;04-04-1984;Werk;Emre Dogan;01-10-2021;03-06-2026;9;ja;5;;x;
90005;;Eising;Job;22-07-1999;Jongeren;Sanne Bijlsma;01-03-2024;08-06-26;3;ja;4;;x;
90006;;Faber;Tine;17-01-1961;Meedoen;Lotte de Haan;01-06-2012;09-06-2026;1;nee;1;psychisch;x;
90007;;Gerrits;Owen;09-09-1993;Meedoen;Harm Steenbeek;01-08-2020;10-06-2026;2;ja;;;x;
90008;;Haverkamp;Riet;26-12-1972;Meedoen;Harm Steenbeek;01-01-2015;10-06-2026;2;misschien;3;;x;
90009;;Idsinga;Bo;05-05-1987;Ontwikkeling;Jerrel Pinas;01-04-2022;11-06-2026;4;ja;5;;x;
90010;;Jager, de;Noor;14-02-1981;Ontwikkeling;Jerrel Pinas;01-04-2018;11-06-2026;3;ja;2;;x;
Totaal;;10;;;;;;;;;;;;
""".replace("\\\n", "")


def offer(page: Page, name: str, content: bytes) -> None:
    """Choose a file and have it checked."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    press(page, "form[enctype] button")


def press(page: Page, button: str) -> None:
    """Press a button and wait for the next page."""
    page.locator(button).first.click()
    page.wait_for_load_state("networkidle")


def offer_wrong_districts(page: Page) -> None:
    """A postcode table with something wrong in three rows."""
    rows = (
        "Postcode;Wijkcode;Wijk;Buurt",
        "9990;WK01;Centrum;Binnenstad",
        "999;WK01;Centrum;",
        "9991;WK01;Noord;",
        "9992;;;",
    )
    offer(page, "wijken.csv", "\r\n".join(rows).encode())


def offer_pdf(page: Page) -> None:
    """A file that is not what its name says."""
    offer(page, "caseload.xlsx", b"%PDF-1.7\n%invented\n")


def see_columns(page: Page) -> None:
    """Step two, also when a file of this kind was imported before."""
    offer(page, "caseload-juni.csv", CASELOAD.encode())
    page.goto(page.url.replace("/controle/", "/kolommen/"))


def see_check(page: Page) -> None:
    """Step three."""
    see_columns(page)
    press(page, "main form button[type=submit]")


def see_end(page: Page) -> None:
    """Step four: the good rows imported, with the road back unfolded."""
    see_check(page)
    page.locator("#skip_refused").check()
    press(page, "form:has(#skip_refused) button")
    page.locator("details.group > summary").last.click()
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")


def see_earlier(page: Page) -> None:
    """The list at the foot of the first page."""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def see_rows(page: Page) -> None:
    """The refused rows as they stand in the file."""
    see_check(page)
    press(page, ".counter--refused a")


def see_found(page: Page) -> None:
    """Who is found by a beginning of a name."""
    page.fill("#q", "ba")
    press(page, "main form button[type=submit]")


def see_handing_over(page: Page) -> None:
    """The whole caseload of the first colleague."""
    page.get_by_role("link", name="Draag over").first.click()
    page.wait_for_load_state("networkidle")


def see_contact(page: Page) -> None:
    """The form of a contact, for the first who is agreed today."""
    page.goto(page.get_by_role("link", name="Noteer contact").nth(3).get_attribute("href") or "")
    page.locator("#id_note").fill("Gaat elke dinsdag naar de koffieochtend. Wil ook bij de schildergroep.")
    page.locator("#id_client_does").fill("vraagt of er plek is")
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")


def see_next_contact(page: Page) -> None:
    """The next contact by itself."""
    page.goto(page.get_by_role("link", name="Verzet").nth(3).get_attribute("href") or "")


def see_user(page: Page) -> None:
    """The page of the second user of the list."""
    with page.expect_navigation():
        page.locator("tbody th a").nth(1).click()


def see_dossier(page: Page) -> None:
    """The dossier of somebody from a list of people."""
    page.goto((page.locator("tbody th a").nth(3).get_attribute("href") or "").split("?")[0])


def see_part(page: Page) -> None:
    """The address of that person, corrected once."""
    see_dossier(page)
    page.get_by_role("link", name="Adres", exact=True).click()
    page.get_by_role("link", name="Verbeter", exact=True).first.click()
    page.locator("#id_why").fill("het huisnummer klopte niet")
    page.locator("#id_house_number").fill("18")
    press(page, "main form button[type=submit]")


def see_merge(page: Page) -> None:
    """Two dossiers side by side, before they are merged."""
    listed = page.url
    page.goto((page.locator("tbody th a").nth(4).get_attribute("href") or "").split("?")[0])
    number = page.locator(".page-head__lead").inner_text().split("Cliëntnummer ")[1].split(" ")[0]
    page.goto(listed)
    see_dossier(page)
    page.locator("details.more summary").click()
    page.get_by_role("link", name="Voeg samen met een ander dossier").click()
    page.locator("#id_number").fill(number)
    page.locator("#id_why").fill("zelfde persoon, twee keer ingevoerd")
    press(page, "main form button[type=submit]")


def see_help(page: Page) -> None:
    """The help of somebody of the list of seven."""
    page.goto(page.locator("main tbody th a").first.get_attribute("href") or "")
    page.goto(page.get_by_role("link", name="Alle hulp").get_attribute("href") or "")


def see_begin(page: Page) -> None:
    """The form of a new trajectory."""
    see_help(page)
    page.goto(page.get_by_role("link", name="Begin een traject").get_attribute("href") or "")
    page.locator("#id_activity").fill("Taalcafé")
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")


def see_placing(page: Page) -> None:
    """Placing the first of the caseload directly."""
    dossier = page.locator("tbody a[href^='/clienten/']").first.get_attribute("href") or ""
    page.goto(dossier.replace("/clienten/", "/plaatsen/"))


def see_questions(page: Page) -> None:
    """The same with questions, after the first answer."""
    see_placing(page)
    page.goto(page.url.split("?")[0] + "?wijze=vragen")
    press(page, "button[data-key=n]")


def see_handover(page: Page) -> None:
    """What a colleague asks to take over."""
    page.locator("main a.row-link__target[href^='/overdracht/']").first.click()
    page.wait_for_load_state("networkidle")


def see_glass(page: Page) -> None:
    """Asking emergency access to a client of a colleague, by the client number."""
    page.locator("input[name=number]").fill(OUTSIDE)
    press(page, "main form button[type=submit]")
    press(page, "main a[href$='/openen/']")


ALL = (
    Picture("wie-belt-er", "case_manager", "/zoeken/buiten/", whole=False),
    Picture("noodtoegang", "case_manager", "/zoeken/buiten/", act=see_glass, whole=False),
    Picture("meldingen", "case_manager", "/meldingen/", whole=False),
    Picture("overdracht", "case_manager", "/meldingen/", act=see_handover, whole=False),
    Picture("aanmelden", "", "/aanmelden/", whole=False),
    Picture("aanmelden-smal", "", "/aanmelden/", width=NARROW, whole=False),
    Picture("publicatie", "policy", "/publicaties/", act=open_publication, whole=False),
    Picture("reeks", "coordinator", "/publicaties/reeks/", act=see_series, part="main figure, main .table-frame"),
    Picture("rapporten", "coordinator", "/rapporten/", whole=False),
    Picture("invalshoek", "coordinator", "/rapporten/?angle=neighbourhoods", whole=False),
    Picture("plaatsing", "coordinator", f"/rapporten/plaatsing/?{ON}"),
    Picture("plaatsing-smal", "coordinator", f"/rapporten/plaatsing/?{ON}", width=NARROW, whole=False),
    Picture("plaatsing-per-team", "coordinator", f"/rapporten/plaatsing/?{ON}&by=team", whole=False),
    Picture(
        "plaatsing-uitleg",
        "coordinator",
        f"/rapporten/plaatsing/?{ON}&where=age=%3C27",
        act=open_definition,
        part="details.definition",
    ),
    Picture("plaatsing-bekend-op", "coordinator", f"/rapporten/plaatsing/?{EARLIER}", whole=False),
    Picture("plaatsing-casemanager", "case_manager", f"/rapporten/plaatsing/?{ON}", whole=False),
    Picture("doelen", "coordinator", f"/rapporten/doelen/?{ON}", part=ANSWER),
    Picture("nu-en-verwacht", "coordinator", f"/rapporten/nu-en-verwacht/?{ON}", part=CHARTS),
    Picture("beweging", "coordinator", f"/rapporten/beweging/?{ON}", part=CHARTS),
    Picture("beweging-per-team", "coordinator", f"/rapporten/beweging/?{ON}&by=team", whole=False),
    Picture("beweging-mensen", "coordinator", f"/rapporten/beweging/mensen/?{ON}&from=2&to=3", whole=False),
    Picture("dekking", "coordinator", f"/rapporten/dekking/?{ON}&by=programme"),
    Picture("caseload-in-cijfers", "coordinator", f"/rapporten/caseload-in-cijfers/?{ON}", part=ANSWER),
    Picture("verschillen", "coordinator", f"/rapporten/verschillen-in-het-team/?{ON}", part=ANSWER),
    Picture("uitkeringsduur", "coordinator", f"/rapporten/trede-en-uitkeringsduur/?{ON}", part=ANSWER),
    Picture("klaar-voor-een-stap", "coordinator", f"/rapporten/klaar-voor-een-stap/?{ON}", part=FIRST_CHART),
    Picture("inzet", "coordinator", f"/rapporten/inzet-en-groeipotentieel/?{ON}", part=ANSWER),
    Picture("indicatoren", "coordinator", f"/rapporten/indicatoren/?{ON}", part=FIRST_CHART),
    Picture("signalen", "coordinator", f"/rapporten/indicatoren/?{ON}", part="#report > .panel, .answer"),
    Picture("doel-en-stand", "coordinator", f"/rapporten/indicatoren/?{ON}", part=FIRST_TABLE),
    Picture("groei", "coordinator", f"/rapporten/groei-gerealiseerd/?{ON}", part=FIRST_CHART),
    Picture("instroom", "coordinator", f"/rapporten/nieuwe-instroom/?{ON}", part=ANSWER),
    Picture("uit-begeleiding", "coordinator", f"/rapporten/uit-begeleiding/?{ON}", part=FIRST_CHART),
    Picture("kenmerken", "coordinator", f"/rapporten/kenmerken-veranderd/?{ON}", part=ANSWER),
    Picture("kwaliteit", "coordinator", f"/rapporten/kwaliteit-van-gegevens/?{ON}", part=FIRST_CHART),
    Picture("plaatsing-gelezen-via", "coordinator", f"/rapporten/plaatsing/?{ON}&crosswalk=groningen-vng", whole=False),
    Picture("mensen", "coordinator", f"/rapporten/plaatsing/mensen/?{ON}&level=5", whole=False),
    Picture("mensen-smal", "coordinator", f"/rapporten/plaatsing/mensen/?{ON}&level=5", width=NARROW, whole=False),
    Picture("caseload", "case_manager", "/clienten/", whole=False),
    Picture("caseload-smal", "case_manager", "/clienten/?attention=any", width=NARROW, whole=False),
    Picture(
        "prioriteit", "case_manager", GROWING, act=give_priority, part="main nav, .page-head, main details, main form"
    ),
    Picture("prioriteiten", "case_manager", GROWING, act=see_priorities, part="main .table-frame"),
    Picture("zoeken", "coordinator", "/zoeken/", act=see_found, whole=False),
    Picture("team", "team_leader", "/team/", whole=False),
    Picture("team-overdragen", "team_leader", "/team/", act=see_handing_over, whole=False),
    Picture("trajecten", "coordinator", f"/rapporten/trajecten/?{ON}", whole=False),
    Picture("hulp", "coordinator", f"/rapporten/caseload/?{ON}", act=see_help, whole=False),
    Picture("hulp-begin", "coordinator", f"/rapporten/caseload/?{ON}", act=see_begin, whole=False),
    Picture("vandaag", "case_manager", "/contact/vandaag/", whole=False),
    Picture("contact", "case_manager", "/contact/deze-week/", act=see_contact, whole=False),
    Picture("contact-afspraak", "case_manager", "/contact/deze-week/", act=see_next_contact, whole=False),
    Picture("beheer", "functional_administrator", "/beheer/", whole=False),
    Picture("beheer-gebruikers", "functional_administrator", "/beheer/gebruikers/", whole=False),
    Picture("beheer-gebruiker", "functional_administrator", "/beheer/gebruikers/", act=see_user, whole=False),
    Picture("beheer-eigen-indicatoren", "functional_administrator", "/beheer/indicatoren/", whole=False),
    Picture(
        "beheer-samenstellen",
        "functional_administrator",
        "/beheer/indicatoren/nieuw/cohort/",
        act=see_composing,
        part=FORM,
    ),
    Picture("beheer-doelen", "functional_administrator", "/beheer/indicatoren/doelen/", whole=False),
    Picture("beheer-ladder", "functional_administrator", "/beheer/ladders/vng/", whole=False),
    Picture("beheer-gemeente", "functional_administrator", "/beheer/gemeente/", whole=False),
    Picture("beheer-onderdelen", "functional_administrator", "/beheer/onderdelen/", whole=False),
    Picture("beheer-codelijst", "functional_administrator", "/beheer/codelijsten/placement_reason/", whole=False),
    Picture("dossier", "coordinator", f"/rapporten/plaatsing/mensen/?{ON}&level=3", act=see_dossier, whole=False),
    Picture("dossier-onderdeel", "coordinator", f"/rapporten/plaatsing/mensen/?{ON}&level=3", act=see_part),
    Picture(
        "dossier-samenvoegen", "coordinator", f"/rapporten/plaatsing/mensen/?{ON}&level=3", act=see_merge, whole=False
    ),
    Picture("plaatsen", "case_manager", "/clienten/", act=see_placing, whole=False),
    Picture("plaatsen-vragen", "case_manager", "/clienten/", act=see_questions, whole=False),
    Picture("ladders", "functional_administrator", "/ladders/", whole=False),
    Picture("ladder-vng", "functional_administrator", "/ladders/vng/", whole=False),
    Picture("ladder-omzetting", "functional_administrator", "/ladders/groningen/", whole=False),
    Picture("wijken", "functional_administrator", "/beheer/wijken/"),
    Picture("wijken-fouten", "functional_administrator", "/beheer/wijken/", act=offer_wrong_districts, whole=False),
    Picture("importeren", "coordinator", "/import/", whole=False),
    Picture("importeren-geen-rekenblad", "coordinator", "/import/", act=offer_pdf, whole=False),
    Picture("importeren-kolommen", "coordinator", "/import/", act=see_columns, whole=False),
    Picture("importeren-controle", "coordinator", "/import/", act=see_check),
    Picture("importeren-controle-smal", "coordinator", "/import/", width=NARROW, act=see_check, whole=False),
    Picture("importeren-rijen", "coordinator", "/import/", act=see_rows, whole=False),
    Picture("importeren-klaar", "coordinator", "/import/", act=see_end, whole=False),
    Picture("importeren-eerder", "coordinator", "/import/", act=see_earlier, whole=False),
    Picture("inzage", "privacy_officer", "/inzage/?way=page", whole=False),
)
