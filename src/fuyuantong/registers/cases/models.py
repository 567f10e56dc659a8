"""The register of administrative cases: each case as it was last fed, who fed what, and files on their way in."""

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from fuyuantong.matters.models.outbox import TransactionId


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
    keeper = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    number = models.TextField()
    number_key = models.TextField(unique=True, db_collation="C")
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


class Demand(models.Model):
    """
    What happened to a case and has still to be told to the matters that name it; gone once it was.

    Written together with the event of the case; `xid` tells when nothing can come before it any more.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(CourtCase, models.DO_NOTHING, db_index=False, db_constraint=False, related_name="+")
    seq = models.PositiveIntegerField()
    event = models.TextField()
    xid = TransactionId(db_default=models.Func(function="pg_current_xact_id"))

    class Meta:
        db_table = "case_demand"

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.event}"


class HearingNotice(models.Model):
    """A matter that was begun for one defendant of one hearing."""

    pk = models.CompositePrimaryKey("case_id", "heard_on", "place", "matter_uid")
    case = models.ForeignKey(CourtCase, models.DO_NOTHING, db_index=False, db_constraint=False, related_name="notices")
    heard_on = models.DateField()
    place = models.PositiveSmallIntegerField()
    mechanism = models.TextField()
    matter_uid = models.UUIDField()

    class Meta:
        db_table = "hearing_notice"

    def __str__(self) -> str:
        return f"{self.case_id} {self.heard_on}/{self.place} {self.matter_uid}"


class Heard(models.Model):
    """Up to which record the register has taken over what a matter says of hearings."""

    matter_id = models.BigIntegerField(primary_key=True)
    seq = models.PositiveIntegerField()

    class Meta:
        db_table = "matter_heard"

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.seq}"


class KeeperSight(models.Model):
    """One scope sees every case that a court keeps."""

    pk = models.CompositePrimaryKey("keeper_id", "scope_id")
    keeper_id = models.BigIntegerField()
    scope_id = models.BigIntegerField()

    class Meta:
        db_table = "keeper_sight"

    def __str__(self) -> str:
        return f"{self.scope_id} → {self.keeper_id}"


class CaseSight(models.Model):
    """One scope sees one case through a defendant, not through its keeper; lists walk these rows by `sort_on`."""

    pk = models.CompositePrimaryKey("scope_id", "sort_on", "case_id")
    scope_id = models.BigIntegerField()
    sort_on = models.DateField()
    case_id = models.BigIntegerField()

    class Meta:
        db_table = "case_sight"

    def __str__(self) -> str:
        return f"{self.scope_id} → {self.case_id}"


class Feed(models.Model):
    """
    A file of cases on its way in: nothing of it is taken before a person of the court confirms it.

    `unknown_heads` are columns that nobody understood; the counts are those of the last look.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    account = models.ForeignKey("organs.Account", models.PROTECT, db_index=False, related_name="+")
    file_name = models.TextField()
    file_digest = models.TextField()
    unknown_heads = models.JSONField()
    rows = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "case_feed"
        indexes = (models.Index(fields=("organ", "-created_at"), name="case_feed_organ"),)

    def __str__(self) -> str:
        return self.file_name


class FedRow(models.Model):
    """
    One row of a feed: what it says, what the case would say after it, and what is wrong with it.

    `unread` are the faults of its cells, `faults` all; `verdict` what would come of it; `seen_seq` how many events
    the case had when it was looked at; `reopens`: it takes back that the case is over; `contradicts`: it says otherwise
    of a head in court than a matter has told.
    """

    pk = models.CompositePrimaryKey("feed_id", "row")
    feed = models.ForeignKey(Feed, models.DO_NOTHING, db_index=False, db_constraint=False, related_name="fed")
    row = models.PositiveIntegerField()
    number_key = models.TextField(db_collation="C")
    number = models.JSONField()
    content = models.JSONField()
    unread = models.JSONField()
    said = models.JSONField()
    before = models.JSONField()
    seen_seq = models.PositiveIntegerField()
    verdict = models.TextField()
    reopens = models.BooleanField()
    contradicts = models.BooleanField(default=False)
    faults = models.JSONField()

    class Meta:
        db_table = "fed_row"

    def __str__(self) -> str:
        return f"{self.feed_id}/{self.row}"


class Bulletin(models.Model):
    """
    A quarter's figures of heads in court as a court sent them round, organ by organ; a later edition restates them.

    With quarter 0 those of the year, which are published. `figures`: one line per organ sued, as `bulletins.figures_of` gives them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    keeper = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    issued_at = models.DateTimeField()
    account = models.ForeignKey("organs.Account", models.PROTECT, db_index=False, related_name="+")

    class Meta:
        db_table = "appearance_bulletin"
        constraints = (
            models.UniqueConstraint(fields=("keeper", "year", "quarter", "edition"), name="bulletin_edition_once"),
        )

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}/{self.edition}"


class BulletinSight(models.Model):
    """One scope sees one bulletin: the court's own, and those of the organs of which it tells."""

    pk = models.CompositePrimaryKey("bulletin_id", "scope_id")
    bulletin_id = models.UUIDField()
    scope_id = models.BigIntegerField()

    class Meta:
        db_table = "bulletin_sight"

    def __str__(self) -> str:
        return f"{self.scope_id} → {self.bulletin_id}"


class PublishedFigure(models.Model):
    """
    A number that a court published of a year, entered for reference; a later entry takes its place, none is changed.

    `measure` is a key of `published.MEASURES`; `source` says where it was published, `published_on` when.
    """

    id = models.BigAutoField(primary_key=True)
    keeper = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    year = models.PositiveSmallIntegerField()
    measure = models.TextField()
    n = models.PositiveIntegerField()
    source = models.TextField()
    published_on = models.DateField()
    entered_at = models.DateTimeField()
    account = models.ForeignKey("organs.Account", models.PROTECT, db_index=False, related_name="+")

    class Meta:
        db_table = "published_figure"
        indexes = (models.Index(fields=("keeper", "-year", "measure", "-id"), name="published_figure_of"),)

    def __str__(self) -> str:
        return f"{self.year} {self.measure} {self.n}"


class CaseWarning(models.Model):
    """
    Similar cases that grew many in one court: found once for each rule, what it takes together, year and step.

    `step` counts how many times the number was reached at which a warning is due; `year` is that of the latest case.
    `organ` or, where nobody of the directory bears it, `name` is who was sued; these, `cause` and `act_kind` are empty
    where the rule does not ask. `cases` are ids, the latest first. Decided when a matter was begun about it (`matter`), or by a reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    keeper = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    rule = models.TextField()
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, db_index=False, related_name="+")
    name = models.TextField()
    cause = models.TextField()
    act_kind = models.TextField()
    year = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    cases = models.JSONField()
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    account = models.ForeignKey("organs.Account", models.PROTECT, null=True, db_index=False, related_name="+")
    matter = models.UUIDField(null=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        db_table = "case_warning"
        constraints = (
            models.UniqueConstraint(
                fields=("keeper", "rule", "organ", "name", "cause", "act_kind", "year", "step"),
                name="case_warning_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="case_warning_decided",
                condition=Q(decided_at__isnull=True, matter__isnull=True, reason="")
                | Q(Q(decided_at__isnull=False), Q(matter__isnull=False) | ~Q(reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.name} {self.cause}{self.act_kind} {self.n}"


class FeedToken(models.Model):
    """
    What a court's own system shows to feed the register, known to us by its digest alone.

    What comes with it is recorded as `account` acting for `organ`; a row stays when it is revoked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.BinaryField(unique=True)
    label = models.TextField()
    account = models.ForeignKey("organs.Account", models.PROTECT, db_index=False, related_name="+")
    organ = models.ForeignKey("organs.Organ", models.PROTECT, db_index=False, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_feed_token"

    def __str__(self) -> str:
        return self.label


class FeedAnswer(models.Model):
    """What was answered to one key of a court's system, so that the same request is taken once."""

    pk = models.CompositePrimaryKey("token_id", "key")
    token = models.ForeignKey(FeedToken, models.PROTECT, db_index=False, related_name="+")
    key = models.TextField()
    request_digest = models.TextField()
    body = models.JSONField()
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "case_feed_answer"

    def __str__(self) -> str:
        return self.key
