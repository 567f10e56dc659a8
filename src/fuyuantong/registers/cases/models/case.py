"""One administrative case of one instance: what the court last said of it, and every statement that was made."""

from django.db import models
from django.db.models import Q


class CourtCase(models.Model):
    """
    One administrative case of one instance, known by its number in the whole country.

    `number_key` is the form in which two ways of writing a number are one; `below_key` and `passed_key` name by it
    the case below (原审) and the one in which this goes on (移送、并案、重新编号): numbers, not rows, for either may
    be fed first. `keeper` is the court that feeds it. `sort_on` is the day of filing, else the first day of the
    number's year; `seq` counts the events. `plaintiffs`, `defendants` and `third` are the names as the court writes
    them, `words` is what is searched.
    """

    id = models.BigAutoField(primary_key=True)
    keeper = models.ForeignKey("organs.Organ", models.DO_NOTHING, db_index=False, db_constraint=False, related_name="+")
    number = models.TextField()
    number_key = models.TextField(db_collation="C")
    is_old = models.BooleanField()
    year = models.PositiveSmallIntegerField()
    court_code = models.TextField(db_collation="C")
    type_word = models.TextField()
    instance = models.TextField()
    court = models.TextField()
    cause = models.TextField()
    act_kind = models.TextField()
    filed_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    outcome = models.TextField()
    disclosed = models.BooleanField(null=True)
    below_number = models.TextField()
    below_key = models.TextField(db_collation="C")
    passed = models.TextField()
    passed_number = models.TextField()
    passed_key = models.TextField(db_collation="C")
    plaintiffs = models.TextField()
    defendants = models.TextField()
    third = models.TextField()
    note = models.TextField()
    words = models.TextField()
    sort_on = models.DateField()
    seq = models.PositiveIntegerField()
    fed_at = models.DateTimeField()

    class Meta:
        db_table = "court_case"
        indexes = (
            models.Index(fields=("keeper", "sort_on", "id"), name="court_case_kept"),
            models.Index(fields=("below_key",), name="court_case_below", condition=~Q(below_key="")),
            models.Index(fields=("passed_key",), name="court_case_passed", condition=~Q(passed_key="")),
        )
        constraints = (
            models.UniqueConstraint(fields=("number_key",), name="court_case_number"),
            models.CheckConstraint(name="court_case_not_its_own", condition=~Q(below_key=models.F("number_key"))),
            models.CheckConstraint(name="court_case_fed", condition=Q(seq__gte=1)),
        )

    def __str__(self) -> str:
        return self.number


# What stands below a case is written together with it, by statements that take its id from it, and a case is never
# deleted: a foreign key would only check that again, row by row.
class Defendant(models.Model):
    """
    Who was sued, as the court names it; `organ` is the organ that bears the name, none when nobody of the directory does.

    `place` counts from 1; when the complaint was served on it, and when it answered.
    """

    pk = models.CompositePrimaryKey("case_id", "place")
    case = models.ForeignKey(
        CourtCase, models.DO_NOTHING, db_index=False, db_constraint=False, related_name="parties_sued"
    )
    place = models.PositiveSmallIntegerField()
    name = models.TextField()
    organ = models.ForeignKey(
        "organs.Organ", models.DO_NOTHING, null=True, db_index=False, db_constraint=False, related_name="+"
    )
    served_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)

    class Meta:
        db_table = "case_defendant"
        indexes = (
            models.Index(fields=("organ", "case"), name="case_defendant_organ", condition=Q(organ__isnull=False)),
        )

    def __str__(self) -> str:
        return self.name


class Hearing(models.Model):
    """One hearing of a case, known by its day."""

    pk = models.CompositePrimaryKey("case_id", "heard_on")
    case = models.ForeignKey(CourtCase, models.DO_NOTHING, db_index=False, db_constraint=False, related_name="hearings")
    heard_on = models.DateField()

    class Meta:
        db_table = "hearing"

    def __str__(self) -> str:
        return f"{self.case_id} {self.heard_on}"


class Appearance(models.Model):
    """What the court found of the head of one defendant at one hearing; `place` is the defendant's."""

    pk = models.CompositePrimaryKey("case_id", "heard_on", "place")
    case = models.ForeignKey(
        CourtCase, models.DO_NOTHING, db_index=False, db_constraint=False, related_name="appearances"
    )
    heard_on = models.DateField()
    place = models.PositiveSmallIntegerField()
    finding = models.TextField()

    class Meta:
        db_table = "appearance"

    def __str__(self) -> str:
        return self.finding


class CaseEvent(models.Model):
    """
    Who said what of a case, once and for good.

    `said` is the whole statement from this event on, `changes` what it changed, by key: before and after. `source` is
    the name of the file, with its SM3 digest and the number of the row; `matter_uid` is the matter that told a finding.
    """

    pk = models.CompositePrimaryKey("case_id", "seq")
    case = models.ForeignKey(CourtCase, models.DO_NOTHING, db_index=False, db_constraint=False, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.TextField()
    account = models.ForeignKey(
        "organs.Account", models.DO_NOTHING, db_index=False, db_constraint=False, related_name="+"
    )
    organ = models.ForeignKey("organs.Organ", models.DO_NOTHING, db_index=False, db_constraint=False, related_name="+")
    at = models.DateTimeField()
    said = models.JSONField()
    changes = models.JSONField()
    source = models.TextField()
    source_digest = models.TextField()
    source_row = models.PositiveIntegerField()
    matter_uid = models.UUIDField(null=True)

    class Meta:
        db_table = "case_event"

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.kind}"
