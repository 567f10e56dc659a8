"""Lists: what is in them, in which order, page by page, and how many there are."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from tests.builders import NOW, an_account, an_office, an_official, an_organ
from tests.matter_rows import Part, a_matter

from fuyuantong.matters import ledger as lists
from fuyuantong.matters.ledger import LedgerTooSlow, Total, copied_to, counts, ledger, listed, sent_by, to_do, total
from fuyuantong.matters.ledger_query import Box, Filters, Sort, Statement, TextUnsearchable
from fuyuantong.matters.models.matter import Matter, Phase
from fuyuantong.matters.models.party import COPIED
from fuyuantong.matters.session import acting
from fuyuantong.matters.sight import reading_as
from fuyuantong.organs.services import rename_organ
from fuyuantong.organs.vocabulary import PostKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return an_organ()


@pytest.fixture
def clerk(court):
    return an_official(court)


def ids(page):
    return [row.id for row in page.rows]


def read(account, list_of, **told):
    with reading_as(account, at=NOW) as reader:
        return list_of(reader, **told)


def backward(account, list_of, **told):
    """Walk a list two by two to its end, and back from there."""
    pages = []
    with reading_as(account, at=NOW) as reader:
        page = list_of(reader, size=2, **told)
        while page.after:
            page = list_of(reader, after=page.after, size=2, **told)
        while page.before:
            page = list_of(reader, after=page.before, size=2, **told)
            pages.append(ids(page))
    return pages


def every_page(account, list_of, **told):
    """Walk a list two by two."""
    found, after, pages = [], None, 0
    with reading_as(account, at=NOW) as reader:
        while after or not pages:
            page = list_of(reader, after=after, size=2, **told)
            found, after, pages = found + ids(page), page.after, pages + 1
    return found


def some(court, *dues, **told):
    return [a_matter(Part(court), due_on=due, **told).pk for due in dues]


def test_the_newest_come_first(court, clerk):
    first, second = some(court, None, None)

    assert ids(read(clerk, ledger)) == [second, first]


def test_a_row_is_what_the_matter_is(court, clerk):
    matter = a_matter(Part(court), number="温法建〔2026〕1号", due_on=date(2026, 12, 1))
    (row,) = read(clerk, ledger).rows

    assert (row.uid, row.number, row.due_on, row.holder_id, row.seq) == (
        matter.uid,
        "温法建〔2026〕1号",
        date(2026, 12, 1),
        court.pk,
        3,
    )


def test_pages_join_without_gap_or_double(court, clerk):
    matters = some(court, *[None] * 5)

    assert every_page(clerk, ledger) == matters[::-1]


def test_pages_lead_back_by_age_and_by_due_date(court, clerk):
    first, second, third, fourth, fifth = some(court, None, None, *[date(2026, 12, 1)] * 2, date(2026, 12, 9))

    assert backward(clerk, ledger) == [[third, second], [fifth, fourth]]
    assert backward(clerk, ledger, sort=Sort.DUE) == [[fifth, first], [third, fourth]]


@pytest.mark.parametrize("named", [5_000, 1])
@pytest.mark.parametrize(("box", "sort"), [(Box.TO_DO, Sort.OPENED), (Box.SENT, Sort.DUE), (Box.COPIED, Sort.DUE)])
def test_every_list_can_be_had_in_the_other_order(court, clerk, monkeypatch, box, sort, named):
    monkeypatch.setattr(lists, "NAMED", named)
    a_matter(Part(an_organ()), Part(court))
    parts = (Part(court), Part(court, COPIED))
    late, soon = (a_matter(*parts, due_on=date(2026, 12, day)).pk for day in (9, 1))

    assert ids(read(clerk, listed, box=box, sort=sort)) == [soon, late]


def test_who_has_two_scopes_sees_each_matter_once(court):
    head = an_official(court, kind=PostKind.HEAD)
    bureau = an_organ(under=court)
    matters = [a_matter(Part(court), Part(bureau)).pk, a_matter(Part(bureau)).pk, a_matter(Part(court)).pk]

    assert every_page(head, ledger) == matters[::-1]
    assert read(head, total) == Total(3)


def test_by_due_date_the_next_comes_first_and_the_undated_last(court, clerk):
    late, undated, soon, same_day = some(court, date(2026, 12, 9), None, date(2026, 12, 1), date(2026, 12, 1))

    assert every_page(clerk, ledger, sort=Sort.DUE) == [soon, same_day, late, undated]


def test_the_undated_are_walked_page_by_page(court, clerk):
    matters = some(court, *[None] * 3)

    assert every_page(clerk, ledger, sort=Sort.DUE) == matters


def test_by_due_date_the_closed_are_left_out(court, clerk):
    a_matter(Part(court), phase=Phase.CLOSED)

    assert ids(read(clerk, ledger, sort=Sort.DUE)) == []
    assert read(clerk, total, sort=Sort.DUE) == Total(0)


def test_by_due_date_an_index_is_walked_when_too_many_are_seen(court, clerk, monkeypatch):
    monkeypatch.setattr(lists, "NAMED", 1)
    a_matter(Part(an_organ()), due_on=date(2026, 11, 1))
    late, undated, soon = some(court, date(2026, 12, 9), None, date(2026, 12, 1))

    assert every_page(clerk, ledger, sort=Sort.DUE) == [soon, late, undated]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(mechanism="letter"),
        Filters(state="replying"),
        Filters(phase=Phase.OPEN),
        Filters(region="410825001"),
        Filters(region="410800"),
        Filters(due_from=date(2026, 12, 1)),
        Filters(due_to=date(2026, 12, 1)),
        Filters(text="行政处罚"),
        Filters(text=" 〔2026〕7号 "),
        Filters(text="处罚", mechanism="letter", phase=Phase.OPEN),
    ],
)
def test_a_filter_keeps_what_it_says(court, clerk, filters):
    wanted = a_matter(Part(court), number="温法建〔2026〕7号", due_on=date(2026, 12, 1), region_code="410825001")
    a_matter(
        Part(court),
        mechanism="dispute",
        state="closed",
        phase=Phase.CLOSED,
        region_code="411200",
        title="关于工资支付的函",
    )

    assert ids(read(clerk, ledger, filters=filters)) == [wanted.pk]
    assert read(clerk, total, filters=filters) == Total(1)


def test_closed_alone_can_be_asked_for(court, clerk):
    some(court, None)
    closed = a_matter(Part(court), phase=Phase.CLOSED)

    assert ids(read(clerk, ledger, filters=Filters(phase=Phase.CLOSED))) == [closed.pk]


def test_a_holder_can_be_asked_for(court, clerk):
    some(court, None)
    bureau = an_organ()
    held = a_matter(Part(court), Part(bureau), holder=bureau)

    assert ids(read(clerk, ledger, filters=Filters(holder=bureau.pk))) == [held.pk]


def test_text_that_is_too_common_is_compared_while_walking(court, clerk, monkeypatch):
    monkeypatch.setattr(lists, "NAMED", 1)
    matters = some(court, None, None)
    a_matter(Part(court), title="关于工资支付的函")
    a_matter(Part(an_organ()))

    assert every_page(clerk, ledger, filters=Filters(text="行政处罚")) == matters[::-1]
    assert read(clerk, total, filters=Filters(text="行政处罚")) == Total(2)


def test_every_word_of_a_text_must_be_found(court, clerk):
    matter = a_matter(Part(court), title="关于工资支付的函", number="温法建〔2026〕7号")
    a_matter(Part(court), title="关于工资支付的函")

    assert ids(read(clerk, ledger, filters=Filters(text="工资  〔2026〕7"))) == [matter.pk]


def test_text_is_found_in_what_was_filled_in(court, clerk):
    values = {"case": "（2026）豫0825行初38号", "rows": [{"problem": "流转合同不备案"}], "secret": {"$s": "ab" * 32}}
    matter = a_matter(Part(court), values=values)

    assert ids(read(clerk, ledger, filters=Filters(text="行初38"))) == [matter.pk]
    assert ids(read(clerk, ledger, filters=Filters(text="合同"))) == [matter.pk]
    assert ids(read(clerk, ledger, filters=Filters(text="abab"))) == []


def test_text_is_found_where_it_was_changed_to(court, clerk):
    matter = a_matter(Part(court), values={"case": "（2026）豫0825行初38号"})
    with acting():
        Matter.objects.filter(pk=matter.pk).update(values={"case": "（2026）豫0825行初39号"})

    assert ids(read(clerk, ledger, filters=Filters(text="行初39"))) == [matter.pk]
    assert ids(read(clerk, ledger, filters=Filters(text="行初38"))) == []


@pytest.mark.parametrize("named", [5_000, 0])
def test_a_matter_is_found_by_the_names_of_its_organs_past_and_present(court, clerk, monkeypatch, named):
    monkeypatch.setattr(lists, "NAMED", named)
    bureau = an_organ(short="县国土局")
    matter = a_matter(Part(court), Part(bureau))
    a_matter(Part(court))
    rename_organ(bureau, full="温县自然资源局", short="县自然资源局", effective_on=NOW.date(), by=None, now=NOW)

    for words in ("国土局", "自然资源 行政"):
        assert ids(read(clerk, ledger, filters=Filters(text=words))) == [matter.pk]


def test_of_a_common_word_the_first_rows_are_counted(court, clerk, monkeypatch):
    monkeypatch.setattr(lists, "NAMED", 1)
    monkeypatch.setattr(lists, "COUNTED", 3)
    some(court, None, None, None)
    a_matter(Part(court), title="关于工资支付的函")

    assert str(read(clerk, total, filters=Filters(text="行政处罚"))) == "3+"
    assert str(read(clerk, total, filters=Filters(text="行政处罚", phase=Phase.CLOSED))) == "0"


def test_text_is_found_without_regard_to_case(court, clerk):
    matter = a_matter(Part(court), title="关于ABC公司的函")

    assert ids(read(clerk, ledger, filters=Filters(text="abc公司"))) == [matter.pk]


@pytest.mark.parametrize("text", ["函", "  函 ", "长" * 61, "处\0罚", "一二 三四 五六 七八 九十"])
def test_text_that_no_index_finds_is_refused(clerk, text):
    with pytest.raises(TextUnsearchable, match="检索词不可用"):
        read(clerk, ledger, filters=Filters(text=text))


def test_to_do_is_what_the_organ_holds_the_next_due_first(court, clerk):
    late, soon = some(court, date(2026, 12, 9), date(2026, 12, 1))
    a_matter(Part(court), Part(an_organ()), holder=an_organ())
    a_matter(Part(court), phase=Phase.CLOSED)

    assert every_page(clerk, to_do) == [soon, late]


def test_sent_is_what_the_organ_began(court, clerk):
    bureau = an_organ()
    sent = a_matter(Part(court, "sender"), Part(bureau), holder=bureau, initiator=court)
    a_matter(Part(bureau, "sender"), Part(court), holder=court, initiator=bureau)

    assert ids(read(clerk, sent_by)) == [sent.pk]


def test_copied_is_what_the_organ_receives_a_copy_of(court, clerk):
    bureau = an_organ()
    copied = a_matter(Part(bureau), Part(court, COPIED))
    a_matter(Part(bureau), Part(court, COPIED, until_seq=2))
    some(court, None)

    assert ids(read(clerk, copied_to)) == [copied.pk]


@pytest.mark.parametrize("box", [Box.TO_DO, Box.SENT, Box.COPIED])
def test_text_narrows_every_list(court, clerk, box):
    a_matter(Part(court, COPIED), title="关于工资支付的函")
    a_matter(Part(court), Part(an_organ()), holder=an_organ(), initiator=an_organ(), title="关于土地征收的函")

    assert read(clerk, total, box=box, filters=Filters(text="工资支付")) == Total(1)
    assert read(clerk, total, box=box, filters=Filters(text="土地征收")) == Total(0)


def test_counts_are_those_of_the_lists(court, clerk):
    bureau = an_organ()
    some(court, NOW.date(), NOW.date() - timedelta(days=1), None)
    a_matter(Part(bureau), Part(court, COPIED))
    a_matter(Part(court), phase=Phase.CLOSED)
    found = read(clerk, counts)

    assert (found.to_do.n, found.overdue.n, found.sent.n, found.copied.n) == (3, 1, 3, 1)


def test_beyond_ten_thousand_only_that_there_are_more(court, clerk, monkeypatch):
    monkeypatch.setattr(lists, "COUNTED", 2)
    some(court, None, None, None)

    assert str(read(clerk, total)) == "2+"
    assert str(Total(10_000)) == "10,000"


@pytest.mark.parametrize("list_of", [ledger, to_do, sent_by, copied_to])
def test_who_sees_nothing_gets_empty_lists(list_of):
    page = read(an_account(), list_of)

    assert (page.rows, page.after) == ((), None)
    assert read(an_account(), total) == Total(0)


def test_an_office_s_list_of_things_to_do_is_its_own(court):
    office = an_office(serving=court)
    some(court, None)

    assert ids(read(an_official(office, kind=PostKind.OFFICE), to_do)) == []


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (10_000, 3)])
def test_a_page_has_a_sensible_size(court, clerk, asked, given):
    some(court, None, None, None)

    assert len(read(clerk, ledger, size=asked).rows) == given


def slow(monkeypatch, statement):
    monkeypatch.setattr(lists, "PATIENCE", "20ms")
    monkeypatch.setattr(lists, "text_candidates", lambda words, most: Statement(statement, {}))
    monkeypatch.setattr(lists, "few_in", lambda query, most: Statement(statement, {}))


def test_a_list_that_takes_too_long_is_refused_by_its_filters(clerk, monkeypatch):
    slow(monkeypatch, "SELECT NULL FROM pg_sleep(1)")
    with pytest.raises(LedgerTooSlow, match="按“机制、检索词”查询超过 3 秒") as refusal:
        read(clerk, ledger, filters=Filters(mechanism="letter", text="工资支付"))

    assert refusal.value.field == "mechanism"


def test_a_list_without_filters_that_takes_too_long_is_refused_too(clerk, monkeypatch):
    slow(monkeypatch, "SELECT NULL FROM pg_sleep(1)")
    with pytest.raises(LedgerTooSlow, match="按“全部事项”查询"):
        read(clerk, ledger, sort=Sort.DUE)


def test_after_a_refusal_the_transaction_goes_on(court, clerk, monkeypatch):
    slow(monkeypatch, "SELECT NULL FROM pg_sleep(1)")
    (matter,) = some(court, None)
    with reading_as(clerk, at=NOW) as reader:
        with pytest.raises(LedgerTooSlow):
            ledger(reader, sort=Sort.DUE)
        assert ids(ledger(reader)) == [matter]


def test_another_failure_of_the_database_is_not_called_slow(clerk, monkeypatch):
    slow(monkeypatch, "DO $$ BEGIN RAISE 'gone' USING ERRCODE = 'admin_shutdown'; END $$")
    with pytest.raises(OperationalError, match="gone"):
        read(clerk, ledger, sort=Sort.DUE)
