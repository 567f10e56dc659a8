"""Rules on shape: who may hold and ask, what stays inside before issue, where rows and numbers are kept."""

from collections.abc import Iterator

from fuyuantong.docket.appearances import FINDINGS_BY_WORDS
from fuyuantong.protocol.acts import Heeds, Move, Request
from fuyuantong.protocol.checks import CHECKS
from fuyuantong.protocol.faults import Fault, named
from fuyuantong.protocol.fields import Choice, Field, Matter, Organs, Prefill, Rows, Tells, Text, Unfinished
from fuyuantong.protocol.mechanism import Await, Mechanism, State
from fuyuantong.protocol.proving import anatomy
from fuyuantong.protocol.proving.anatomy import Place, act_name
from fuyuantong.protocol.registers import REGISTER_OF_CHECK, REGISTERS
from fuyuantong.protocol.rules.keys import EVENT

DRAWS = frozenset({"reserve", "commit", "release", "claim"})
OF_HEARINGS = frozenset({Tells.FINDING, Tells.RANK})
BALLOT = frozenset({"all", "any", "count", "otherwise"})
LEFTOVER = frozenset({"recall", "leave"})


def faults(mechanism: Mechanism) -> Iterator[Fault]:
    """Yield what is wrong with the shape of roles, states, moves, requests and fields."""
    yield from _roles(mechanism)
    for place, move in anatomy.moves(mechanism):
        path = (named(place), named(move))
        yield from (Fault(rule, problem, path) for rule, problem in _move_problems(move, place))
    for request in mechanism.requests:
        problems = _request_problems(mechanism, request)
        yield from (Fault(rule, problem, (named(request),)) for rule, problem in problems)
    for heed in mechanism.heeds:
        yield from (Fault("heed-shape", problem, (act_name(heed),)) for problem in _heed_problems(mechanism, heed))
    for place in anatomy.places(mechanism):
        if isinstance(place, Await):
            yield from _await(mechanism, place)
    yield from _leaks(mechanism)
    yield from (Fault("tell-shape", problem, (named(mechanism),)) for problem in _telling(mechanism))
    for found in _all_fields(mechanism):
        yield from (Fault("field-shape", problem, (named(found),)) for problem in _field_problems(found))
    yield from (Fault("field-shape", problem, (named(mechanism),)) for problem in _matter_problems(mechanism))
    for table in _tables(mechanism):
        if isinstance(table.begins_with, Unfinished):
            wrong = _beginning_problems(mechanism, table, table.begins_with)
            yield from (Fault("begins-shape", problem, (named(table),)) for problem in wrong)
    yield from (Fault("event-shape", problem, (EVENT,)) for problem in _event_problems(mechanism))


def _roles(mechanism: Mechanism) -> Iterator[Fault]:
    base = {
        role.key: role.via.partition(":")[2]
        for role in mechanism.roles
        if not role.via.startswith(("setting:", "field:"))
    }
    for role in mechanism.roles:
        key, steps = base.get(role.key, ""), 0
        while key in base and key != role.key and steps < len(base):
            key, steps = base[key], steps + 1
        if key == role.key:
            yield Fault("role-cycle", f"{named(role)}由自己推得", (named(role),))
    many = {role.key: role for role in mechanism.roles if role.many}
    for place in anatomy.places(mechanism):
        if place.holder in many:
            yield Fault("many-holds", f"{named(many[place.holder])}是多个机关，不能办理", (named(place),))
    for entry in mechanism.entries:
        if entry.by in many:
            yield Fault("many-holds", f"{named(many[entry.by])}是多个机关，不能发起", (f"起点 {entry.state}",))


def _move_problems(move: Move, place: Place) -> Iterator[tuple[str, str]]:
    if move.at_most < 0 or (move.beyond and not move.at_most):
        yield "bound-shape", f"{named(move)}：超限去向须与次数上限同时写明"
    for draw in move.draws:
        if draw.act not in DRAWS:
            yield "draw-shape", f"没有“{draw.act}”这一用款或占用方式"
        if draw.keeper != place.holder:
            yield "keeper", f"只有管理方“{draw.keeper}”持有时才能动用“{draw.of}”"


def _request_problems(mechanism: Mechanism, request: Request) -> Iterator[tuple[str, str]]:
    if sum(map(bool, (request.grants, request.demand, request.rows))) != 1:
        yield "request-shape", f"{named(request)}须在 grants、demand、rows 中恰选一种"
    if not request.by or not request.states:
        yield "request-shape", f"{named(request)}须写明申请方和状态"
    if request.rows and not any(found.key == request.rows and found.identity for found in _tables(mechanism)):
        yield "request-shape", f"{named(request)}所加的“{request.rows}”须逐行可辨（identity）"
    if bool(request.answer_by) != bool(request.grants):
        yield "request-unanswered", f"{named(request)}：请求办理方办理的，且只有此类，须写明答复期限"
    places = {place.key: place for place in anatomy.places(mechanism)}
    for key in request.states:
        place = places[key]
        if set(request.by) == {place.holder}:
            yield "request-holder", f"{named(request)}：{named(place)}由申请方自己办理，无须申请"
        if request.grants and request.grants not in {move.key for move in place.moves}:
            yield "request-grants", f"{named(request)}：{named(place)}的办理方没有“{request.grants}”这一事项"


def _heed_problems(mechanism: Mechanism, heed: Heeds) -> Iterator[str]:
    """Find what keeps the engine from knowing whether, where and how it shall obey."""
    register, found = REGISTERS[heed.register], mechanism.value(heed.by)
    if not isinstance(found, Text) or found.check != register.check:
        yield f"{named(found)}不是“{register.title}”的编号，不能据以查找"
    if bool(heed.to) != bool(heed.states) or (heed.before and not heed.to):
        yield "去向须与状态同时写明，日期只与去向同写"
    if not heed.to and heed.event not in register.moving:
        yield "此事件之后编号不变，须写明在哪些状态转到哪里"
    if not heed.to and any(isinstance(place, Await) and place.text == heed.by for place in mechanism.states):
        yield f"{named(found)}已送出表决，不能随登记更改"
    same = [one for one in mechanism.heeds if (one.register, one.event, one.by) == (heed.register, heed.event, heed.by)]
    if any(one is not heed and (set(one.states) & set(heed.states) or one.states == heed.states) for one in same):
        yield "同一事件在同一状态只能有一种结果"


def _tables(mechanism: Mechanism) -> Iterator[Rows]:
    return (found for found in mechanism.fields if isinstance(found, Rows))


def _await(mechanism: Mechanism, place: Await) -> Iterator[Fault]:
    path = (named(place),)
    if place.leftover not in LEFTOVER:
        yield Fault("await-shape", f"未了子事项的处理“{place.leftover}”不存在", path)
    for tally in place.ballot:
        if tally.how not in BALLOT or (tally.how == "count") != (tally.n > 0):
            yield Fault("await-shape", f"计票方式“{tally.how}”与票数 {tally.n} 不合", (*path, act_name(tally)))
    found = mechanism.value(place.per.partition(".")[0])
    if isinstance(found, Organs | Rows) and found.at_least < 1:
        yield Fault("empty-per", f"{named(place)}的“{place.per}”可以为空，须至少一个", path)
    if isinstance(found, Rows) and not found.identity:
        yield Fault("await-shape", f"{named(place)}逐行等候的{named(found)}须逐行可辨（identity）", path)


def _leaks(mechanism: Mechanism) -> Iterator[Fault]:
    """Find what would show to others before issue, or be hidden from them after it."""
    inner = {place.key: place for place in anatomy.places(mechanism) if isinstance(place, State) and place.inner}
    for step in anatomy.steps(mechanism):
        target = inner.get(step.to)
        if target and step.place.key not in inner:
            yield Fault("inner-leak", f"已发出的事项不能回到未发出的{named(target)}", step.path)
        elif target and target.holder != step.place.holder:
            yield Fault("inner-leak", f"未发出的事项不能交给另一方的{named(target)}", step.path)
        elif target and isinstance(step.act, Move) and step.act.copies:
            yield Fault("inner-leak", "未发出的事项不能抄送", step.path)
    for entry in mechanism.entries:
        if entry.state in inner and inner[entry.state].holder != entry.by:
            path = (f"起点 {entry.state}",)
            yield Fault("inner-leak", f"未发出的{named(inner[entry.state])}须由发起方自己持有", path)
    for request in mechanism.requests:
        for key in request.states:
            if key in inner:
                yield Fault("inner-leak", f"他方看不到未发出的{named(inner[key])}，不能提出申请", (named(request),))


def _field_problems(found: Field) -> Iterator[str]:
    if isinstance(found, Text) and found.check and found.check not in CHECKS:
        yield f"没有“{found.check}”这一校验"
    if isinstance(found, Text) and not {*found.only_while} <= _standings(found):
        yield f"{named(found)}所限的“{'、'.join(found.only_while)}”，不是它所指登记中的状态"
    if isinstance(found, Choice) and (not found.options or len(set(found.options)) < len(found.options)):
        yield f"{named(found)}须有选项，且不重复"
    if isinstance(found, Rows) and any(isinstance(column, Text) and column.only_while for column in found.columns):
        yield f"{named(found)}的列不能限定所指登记的状态"
    if isinstance(found, Rows) and not found.columns:
        yield f"{named(found)}须有列"


def _standings(found: Text) -> frozenset[str]:
    register = "" if found.secret else REGISTER_OF_CHECK.get(found.check, "")
    return frozenset(REGISTERS[register].standings if register else ())


def _matter_problems(mechanism: Mechanism) -> Iterator[str]:
    """Find fields that say which matter is meant where nothing fills them in."""
    filled = {
        (table.key, table.begins_with.matter)
        for table in _tables(mechanism)
        if isinstance(table.begins_with, Unfinished)
    }
    places = [("", found) for found in mechanism.fields]
    places += [(table.key, column) for table in _tables(mechanism) for column in table.columns]
    for table_key, found in places:
        if isinstance(found, Matter) and (table_key, found.key) not in filled:
            yield f"{named(found)}没有表格带入，无从填写"


def _beginning_problems(mechanism: Mechanism, table: Rows, beginning: Unfinished) -> Iterator[str]:
    if beginning.opened not in {opening.opens.mechanism for opening in anatomy.openings(mechanism)}:
        yield f"{named(table)}所带入的“{beginning.opened}”不由任何办理事项引出"
    asking = [move for _, move in anatomy.moves(mechanism) if table.key in (*move.asks, *move.may_ask)]
    if not asking:
        yield f"没有办理事项填写{named(table)}，无从带入"
    for move in asking:
        if beginning.same not in move.asks:
            yield f"{named(move)}填写{named(table)}而不填写“{beginning.same}”，不知带入哪一类"


def _event_problems(mechanism: Mechanism) -> Iterator[str]:
    if any(child.event for child in mechanism.children()):
        yield "分项没有自己的日程，须由本体写明"
    event = mechanism.event
    if event is None:
        return
    for key in (event.on, event.begins, event.ends, event.place, event.series):
        if key and mechanism.value(key).secret:
            yield f"{named(mechanism.value(key))}单独保密，不能写入日程"
    if event.ends and not event.begins:
        yield "写明结束时间的，须写明开始时间"
    if (event.convenor or event.members) and not event.series:
        yield "召集单位和参加单位按系列提出，须写明系列"
    if not any(event.on in (*move.asks, *move.may_ask) for _, move in anatomy.moves(mechanism)):
        yield f"没有办理事项填写{named(mechanism.value(event.on))}"


def _telling(mechanism: Mechanism) -> Iterator[str]:
    """Find what keeps a register from taking over what a matter says of a case or a hearing."""
    telling = [found for found in mechanism.fields if found.tells]
    filled = {found.prefill for found in mechanism.fields}
    if telling and Prefill.CASE not in filled:
        yield "登记采用的内容，须能由案号找到是哪一案件"
    elif OF_HEARINGS & {found.tells for found in telling} and not {Prefill.SUED, Prefill.HEARD} <= filled:
        yield "登记采用的出庭情况，须能由被告和开庭日期找到是哪一次开庭"
    if len({found.tells for found in telling}) < len(telling):
        yield "登记只能从一个字段采用同一内容"
    for found in telling:
        known = FINDINGS_BY_WORDS if found.tells is Tells.FINDING else ()
        options = found.options if isinstance(found, Choice) else ()
        strange = [word for word in options if known and word not in known]
        if strange:
            yield f"{named(found)}的“{'、'.join(strange)}”不是登记所用的说法"


def _all_fields(mechanism: Mechanism) -> Iterator[Field]:
    for found in mechanism.fields:
        yield found
        yield from found.columns if isinstance(found, Rows) else ()
