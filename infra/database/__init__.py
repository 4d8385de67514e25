"""One engine, several logins, no query outside a scope.

`ENGINE` is the Piccolo engine of every table. It refuses any statement outside a `Scope`: a transaction on one
login's pool that begins by setting a signed context which row-level security reads. `sql` runs plain SQL there.
"""

from infra.database.engine import ENGINE, OutsideScope, ScopedEngine
from infra.database.scope import Scope

__all__ = ["ENGINE", "OutsideScope", "Scope", "ScopedEngine"]
