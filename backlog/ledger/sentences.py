"""What the ledger's refusals and facts say."""

from backlog.kernel.language import Sentence, marked

REFUSALS: dict[str, Sentence] = {
    "attribution.archived": marked("This share was given back: take it again first."),
    "entry.amount_is_financial": marked("Only financial entries have an amount."),
    "entry.of_a_project": marked("Name a project or a use case; only strategic values may be the whole company's."),
    "entry.amount_above_zero": marked("An amount is above 0; to take an entry back, reverse it."),
    "entry.not_measured_yet": marked(
        "This begins in the future: record it as estimated, or as measured once it has begun."
    ),
    "entry.until_before_from": marked("The last day lies before the first."),
    "entry.once_has_no_until": marked("What happens once has no last day."),
    "entry.is_reversal": marked("This entry already takes another one back."),
    "entry.already_reversed": marked("This entry was taken back already."),
    "entry.already_verified": marked("This entry was verified already."),
    "entry.not_verifiable": marked("Only a measured benefit can be verified."),
    "entry.own_verification": marked(
        "Someone else must verify this: neither its recorder, nor the squad, nor the business owner."
    ),
    "attribution.over_100": marked("The shares would pass 100%%; %(left_percent)s%% are left."),
    "attribution.share_within_whole": marked("A share is above 0 and at most 100%%."),
    "attribution.item_or_cause": marked("Name an item or an outer cause, one of the two."),
    "attribution.kpi_or_entry": marked("Name a KPI or a ledger entry, one of the two."),
    "attribution.no_agreed_baseline": marked(
        "The KPI's baseline is not agreed yet, so there is no effect to share out."
    ),
}
FACTS: dict[str, Sentence] = {
    "entry.recorded": marked("recorded a ledger entry"),
    "entry.reversed": marked("took a ledger entry back: %(reason)s"),
    "entry.corrected": marked("put entry %(by)s in its place: %(reason)s"),
    "entry.verified": marked("verified a ledger entry"),
    "attribution.made": marked("gave a share of %(share)s%%"),
    "attribution.changed": marked("changed a share from %(before)s%% to %(share)s%%"),
    "attribution.restored": marked("took a share of %(share)s%% again"),
    "attribution.archived": marked("gave a share of %(share)s%% back"),
}
