"""Ad-hoc work on everything that has been processed: `tally.open("masks_2021")`.

    db = tally.open()
    db.cases                                   every period's table of the form, with a `period` column
    db.labelled("cases")                       the same with Chinese columns, units and categories
    db.sql("select unit, sum(cases_handled) from cases where category = 'total' group by unit")
    db.compare("cases")                        last period against this, unit by unit with a measure's name
    db.find("鑫诚口罩厂")                       which file, sheet and cell says it
    db.chart(frame, "报送单位", "查办案件")

It only reads what a run left behind below the root; nothing here writes.
"""

from tally.explore.database import Database, open_campaign

__all__ = ["Database", "open_campaign"]
