"""The committed schema is what the migrations make, so that every policy and grant is reviewed as a difference."""

from __future__ import annotations

from infra.database.snapshot import FILE, schema_of
from tests.support.cluster import Cluster


def test_the_committed_schema_is_what_the_migrations_make(cluster: Cluster) -> None:
    assert FILE.read_text(encoding="utf-8") == schema_of(cluster.superuser), "run `make snapshots`"


def test_it_shows_policies_and_grants_and_not_who_made_it() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert "CREATE POLICY tenant_read ON public.contribution" in text
    assert "GRANT SELECT" in text
    assert "Dumped" not in text
    assert "restrict" not in [line.lstrip("\\")[:8] for line in text.splitlines() if line.startswith("\\")]
