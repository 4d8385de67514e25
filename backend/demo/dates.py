"""The days on which things happened in the nation, counted back from today so that it is never out of date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ARRANGEMENTS_BEGAN = date(2019, 9, 29)  #: the last day of the move from Local Safeguarding Children Boards


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """Today, and the first days of the financial and academic years around it."""

    today: date

    @property
    def financial_year(self) -> date:
        """Return the first day of the current financial year (1 April)."""
        return date(self.today.year if self.today.month >= 4 else self.today.year - 1, 4, 1)

    @property
    def last_financial_year(self) -> date:
        """Return the first day of the financial year before."""
        return self.financial_year.replace(year=self.financial_year.year - 1)

    @property
    def academic_year(self) -> date:
        """Return the first day (1 September) of the academic year whose returns are under way: one that has run for
        75 days, so that some returns are late already."""
        day = self.ago(75)
        return date(day.year if day.month >= 9 else day.year - 1, 9, 1)

    @property
    def last_academic_year(self) -> date:
        """Return the first day of the academic year before."""
        return self.academic_year.replace(year=self.academic_year.year - 1)

    @property
    def two_years_ago(self) -> date:
        """Return the day on which the nation's history begins: the first of April before the last academic year."""
        return self.last_academic_year.replace(month=4)

    def ago(self, days: int) -> date:
        """Return the day that many days before today."""
        return self.today - timedelta(days=days)

    def ahead(self, days: int) -> date:
        """Return the day that many days after today."""
        return self.today + timedelta(days=days)
