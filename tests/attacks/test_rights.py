"""A right that is lost is lost at once, open forms included; what is refused has written nothing before."""

import pytest

from tests.attacks import dry, filled, forms, secret
from tests.attacks.walk import Seen
from tests.world import Call, Sign, World

PAGES = (
    "/items/AIQC-1",
    "/items/AIQC-1/edit",
    "/items/AIQC-1/moves",
    "/projects/AIQC/board",
    "/ledger/new?project=AIQC",
)


@pytest.mark.parametrize("lost", ["squad", "role"])
def test_forms_open_since_before_write_nothing(world: World, sign: Sign, api: Call, lost: str) -> None:
    secret.public_things(world, api)
    browser = sign("wu")
    texts = {page: browser.get(page).get_data(as_text=True) for page in PAGES}
    kept = [Seen(form, browser) for page, text in texts.items() for form in forms.read(page, text)]
    kept = [
        each for each in kept if each.form.action.startswith(("/items/AIQC", "/projects/AIQC/board", "/ledger/new"))
    ]
    if lost == "squad":
        api("lin").edit(f"squads/{world.squad_id}", {"members": []})
    else:
        api("zhou").edit(f"users/{world.ids['wu']}", {"role": "stakeholder"})
    with dry.written() as changes:
        found = {each.form.action: each.send(filled.pairs(each.form)).status_code for each in kept}
    assert len(found) > 5
    assert {action: status for action, status in found.items() if status not in {401, 403, 422}} == {}
    assert changes == []
