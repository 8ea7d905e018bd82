"""Tables to which rows are only added (R2): the database itself refuses to change or delete them."""

from sqlalchemy import DDL, Table, event

_SQLITE = """CREATE TRIGGER {table}_no_{act} BEFORE {ACT} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql"""
_POSTGRES = "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"


def append_only(table: Table) -> None:
    """Guard a table when it is made from the models; migrations spell the same triggers out."""
    for act in ("update", "delete"):
        ddl = DDL(_SQLITE.format(table=table.name, act=act, ACT=act.upper()))  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", ddl.execute_if(dialect="sqlite"))
    event.listen(table, "after_create", DDL(_POSTGRES_FUNCTION).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]
    event.listen(table, "after_create", DDL(_POSTGRES.format(table=table.name)).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]
