"""Facts: who did what to which thing, when. Append-only. It takes an actor's id and knows no person."""
