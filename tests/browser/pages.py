"""The pages of the sample that are drawn and looked through: every address that answers with a page of ours.

A name is that of the picture. An address that somebody may not open answers 403; nobody gets a 404.
"""

LISTS = {
    "today": "/",
    "use-cases": "/use-cases",
    "north-stars": "/north-stars",
    "scoring-models": "/scoring-models",
    "projects": "/projects",
    "kpis": "/kpis",
    "ledger": "/ledger",
    "reviews": "/reviews",
    "portfolio": "/portfolio",
    "people": "/people",
    "rights": "/people/rights",
    "settings": "/settings",
    "account": "/account",
    "tokens": "/tokens",
    "api": "/api/docs",
}
THINGS = {
    "use-case": "/use-cases/UC-1",
    "use-case-idea": "/use-cases/UC-15",
    "gate": "/projects/AIQC",
    "gate-closed": "/projects/FCST",
    "project-delivered": "/projects/CHAT",
    "project-kpis": "/projects/AIQC/kpis",
    "kpi": "/kpis/KPI-1",
    "kpi-shares": "/kpis/KPI-1/shares",
    "board": "/projects/AIQC/board",
    "board-column": "/projects/AIQC/board/columns/17",
    "board-archived": "/projects/AIQC/board/archived",
    "item": "/items/AIQC-12",
    "item-done": "/items/AIQC-24",
    "columns": "/projects/AIQC/columns",
    "done": "/projects/AIQC/done",
    "done-renew": "/projects/AIQC/done/model/renew",
    "sprints": "/projects/AIQC/sprints",
    "sprint": "/sprints/4",
    "sprint-closed": "/sprints/3",
    "value": "/projects/CHAT/value",
    "value-entries": "/projects/CHAT/value/entries",
    "portfolio-entries": "/portfolio/entries?column=verified&figure=net",
    "ledger-entry": "/ledger/16",
    "entry-shares": "/ledger/16/shares",
    "project-reviews": "/projects/AIQC/reviews",
    "review": "/reviews/1",
    "review-present": "/reviews/1/present",
    "review-portfolio": "/reviews/2",
}
FORMS = {
    "use-case-new": "/use-cases/new",
    "use-case-several": "/use-cases/several",
    "use-case-edit": "/use-cases/UC-1/edit",
    "use-case-estimate": "/use-cases/UC-9/estimate",
    "north-star-new": "/north-stars/new",
    "north-star-edit": "/north-stars/1/edit",
    "scoring-model-new": "/scoring-models/new",
    "project-new": "/projects/new",
    "project-edit": "/projects/AIQC/edit",
    "kpi-new": "/kpis/new",
    "kpi-edit": "/kpis/KPI-1/edit",
    "kpi-baseline": "/kpis/KPI-14/baseline",
    "item-edit": "/items/AIQC-12/edit",
    "item-move": "/items/AIQC-12/moves",
    "item-project": "/items/AIQC-12/project",
    "sprint-edit": "/sprints/4/edit",
    "sprint-close": "/sprints/4/close",
    "sprint-standup": "/sprints/4/stand-up",
    "entry-new": "/ledger/new",
    "entry-correct": "/ledger/16/correction",
    "review-new": "/reviews/new",
    "person-new": "/people/new",
    "person": "/people/3",
    "squad-new": "/squads/new",
    "squad": "/squads/1",
}
PAGES = {**LISTS, **THINGS, **FORMS}
ONLY_ADMIN = ("settings", "person-new", "person")
# Of an installation without any data: what each list says then.
EMPTY = {
    name: LISTS[name]
    for name in (
        "today",
        "use-cases",
        "north-stars",
        "scoring-models",
        "projects",
        "kpis",
        "ledger",
        "reviews",
        "portfolio",
        "people",
        "tokens",
    )
} | {name: FORMS[name] for name in ("project-new", "kpi-new", "entry-new", "review-new")}
