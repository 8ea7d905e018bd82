"""What is wrong with a value, in both languages."""

from backlog.kernel.language import Sentence, marked

REFUSALS: dict[str, Sentence] = {
    "value.required": marked("This is needed."),
    "value.null": marked("This can't be empty."),
    "value.invalid": marked("This can't be read."),
    "value.too_long": marked("At most %(most)s characters."),
    "value.length": marked("Between %(least)s and %(most)s characters."),
    "value.characters": marked("It holds characters that can't be stored."),
    "value.money": marked("Please give an amount, such as 200,000 or 20万, to the fen at most."),
    "value.range": marked("A number from %(least)s to %(most)s."),
    "value.places": marked("At most %(places)s decimals."),
    "value.comma": marked("A comma only groups thousands, as in 1,200: write %(reading)s if that is meant."),
    "value.chance": marked("This reads as %(read)s: write %(read)s if that is meant, or %(meant)s%%."),
    "value.whole": marked("A whole number, please."),
    "value.number": marked("A number, please."),
    "value.date": marked("A date between 1990 and 2199, such as 2026-07-01."),
    "value.moment": marked("A moment with its zone, such as 2026-07-01T08:00:00Z."),
    "value.unknown_choice": marked("One of: %(choices)s."),
    "value.unknown_id": marked("There is no such thing, or it isn't open to you."),
    "value.unknown_field": marked("There is no such field, or it can't be set."),
    "value.repeated": marked("Each may be named once only."),
    "value.order": marked("Likely may not lie below low, nor high below likely."),
    "value.too_many": marked("At most %(most)s."),
    "value.text": marked("A text, please."),
    "value.list": marked("A list, please."),
    "value.object": marked("An object, please."),
    "value.flag": marked("true or false, please."),
    "request.cursor": marked("This cursor belongs to another list, or is broken."),
    "request.idempotency": marked("This Idempotency-Key was used for another request."),
    "request.json": marked("The body is not the JSON this address takes (%(why)s)."),
}
FACTS: dict[str, Sentence] = {}
