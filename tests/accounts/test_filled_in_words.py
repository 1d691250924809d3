"""What was filled in is told in the words of the page that asked for it."""

from __future__ import annotations

from datetime import date

from opstap.accounts.logic.filled_in import Line, PageRead, lines_of

PAGE = """<h1>Overdragen <small>2</small></h1><p class="page-head__lead">Twee cliënten</p>
<form action="/taal/"><input name="language" value="en"></form>
<form method="post" action="/overdracht/nieuw/">
  <input type="hidden" name="version" value="abc">
  <fieldset><legend>Aan wie <span class="field__optional">(niet verplicht)</span></legend>
    <div><label for="a"><input type="radio" name="who" value="1" id="a"> J. Smit</label></div>
    <div><label for="b"><input type="radio" name="who" value="2" id="b"> K. Bos</label></div>
  </fieldset>
  <label for="on">Vanaf</label><input type="date" name="on" id="on">
  <label for="why">Reden <span class="field__optional">(niet verplicht)</span></label>
  <select name="why" id="why"><option value="">–</option><option value="x">ziek &amp; thuis</option></select>
  <label>Notitie <textarea name="note">oud</textarea></label>
  <input type="checkbox" name="sure" id="s"> <label for="s">Ik weet het zeker</label>
  <input type="text" name="empty" id="e"><label for="e">Leeg</label>
  <button name="action" value="ask">Vraag het</button>
</form>"""
TO = "/overdracht/nieuw/"


def test_labels_choices_days_and_ticks_are_those_of_the_page() -> None:
    read = PageRead(PAGE)
    given = {
        "version": ["abc def"],
        "note": ["Twee regels\nen meer"],
        "on": ["2026-03-04"],
        "who": ["2"],
        "why": ["x"],
        "sure": ["on"],
        "empty": [" "],
        "action": ["ask"],
        "language": ["nl"],
    }
    assert (read.title, read.lead) == ("Overdragen 2", "Twee cliënten")
    assert lines_of(read, TO, given) == [
        Line("Aan wie", ("K. Bos",)),
        Line("Vanaf", ("2026-03-04",), date(2026, 3, 4)),
        Line("Reden", ("ziek & thuis",)),
        Line("Notitie", ("Twee regels\nen meer",)),
        Line("Ik weet het zeker", ticked=True),
    ]


def test_of_a_form_without_fields_the_button_is_told() -> None:
    assert lines_of(PageRead(PAGE), TO, {"version": ["abc"], "action": ["ask"]}) == [Line("", ("Vraag het",))]


def test_what_the_page_does_not_ask_is_told_when_somebody_typed_it() -> None:
    given = {"more": ["een paar woorden"], "key": ["abc"], "note": ["kort"]}
    assert lines_of(PageRead(PAGE), TO, given)[-1] == Line("", ("een paar woorden",))
    assert lines_of(None, TO, given) == [Line("", ("een paar woorden",))]
    assert lines_of(PageRead("<form></form>"), TO, {"key": ["abc"]}) == []


def test_what_is_no_day_is_told_as_it_was_typed() -> None:
    assert lines_of(PageRead(PAGE), TO, {"on": ["gisteren"]}) == [Line("Vanaf", ("gisteren",))]
