"""What holds for every address of the API: told on the page to read, and in docs/api.md."""

from backlog.kernel.language import marked

RULES = (
    (
        marked("Who asks"),
        marked(
            "Send Authorization: Bearer TOKEN; a token is made on the page “API tokens” or by 'backlog tokens add'. "
            "One that may only read changes nothing (403)."
        ),
    ),
    (
        marked("How values are written"),
        marked(
            "JSON in UTF-8. Dates are 2026-11-23, moments 2026-11-23T08:00:00Z. Money is a text in yuan with two decimals, "
            "and is taken as a number too where no fen is lost. Probabilities and shares are 0–1, per cent 0–100. Three "
            "points are low, likely and high. Fields and query arguments that are unknown or only read are refused (422)."
        ),
    ),
    (
        marked("Lists"),
        marked(
            "A list answers data and next_cursor, and takes page_size (1–200, else 50), cursor, q (search), sort (falling "
            "with a minus before the name) and a filter for each reference and each fixed choice."
        ),
    ),
    (
        marked("Versions"),
        marked(
            "What is changed together answers with an ETag. A change sends it back in If-Match: without it, or with *, it "
            "is refused (428), and when somebody was faster too (412, what stands now under current). Who agrees, confirms "
            "or refuses may send the ETag of what they were shown, and is then refused where it is another by now."
        ),
    ),
    (
        marked("Archiving"),
        marked(
            "DELETE archives (204). What is archived is read as before and says so in archived_at; lists show it with "
            "archived=true only; every change of it is refused (409) until POST …/restore brings it back whole. "
            "Ledger entries, measurements, moves, ticks, estimates and facts are never changed nor removed."
        ),
    ),
    (
        marked("Sent twice"),
        marked(
            "A POST with an Idempotency-Key is done once in 24 hours: sent again it is answered as before, and with "
            "another body or address the key is refused (409)."
        ),
    ),
    (
        marked("Refusals"),
        marked(
            "A refusal is application/problem+json in the language of Accept-Language: type, title, status, detail; a rule "
            "adds code and facts (409), wrong fields stand under errors (422). Checked in this order: 401, 404, 403, 415 "
            "and 400, 428, 422, 412, 409."
        ),
    ),
    (
        marked("Busy"),
        marked(
            "While something long is written, such as a large import, a write is answered 503 with code busy and "
            "Retry-After. Nothing was changed: send the same again after so many seconds."
        ),
    ),
)
