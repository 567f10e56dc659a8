"""Small worlds for the oracle of rights, as plain dicts: a few organs in a few regions, people, matters."""

from hypothesis import strategies as st

REGIONS = ("410825", "410825", "410825001", "410881", "410800")
KINDS = (
    "handler", "liaison", "head", "leader", "reviewer", "signer", "office", "auditor",
    "system_administrator", "security_administrator",
)  # fmt: skip
ADMINISTRATORS = {"auditor", "system_administrator", "security_administrator"}
ROLES = ("sender", "receiver", "helper", "copied", "inner")
TODAY, LATER = 100, 130
ALWAYS = {"from": 10, "to": None}
TIMES = (ALWAYS, ALWAYS, ALWAYS, {"from": 10, "to": 95}, {"from": 90, "to": 120}, {"from": 110, "to": None})


@st.composite
def worlds(draw):
    """Draw a world; names are o0, p0, m0 …, days are numbers around `TODAY`."""
    organs = draw(_organs())
    offices = draw(_offices(organs))
    return {
        "organs": organs,
        "offices": offices,
        "people": draw(_people(sorted(organs), offices)),
        "matters": {f"m{n}": draw(_matter(sorted(organs))) for n in range(draw(st.integers(1, 4)))},
        "links": draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=2, unique=True)),
    }


@st.composite
def _organs(draw):
    count = draw(st.integers(2, 6))
    return {
        f"o{n}": {
            "superior": draw(st.none() | st.integers(0, n - 1).map(lambda above: f"o{above}")) if n else None,
            "region": draw(st.sampled_from(REGIONS)),
        }
        for n in range(count)
    }


@st.composite
def _offices(draw, organs):
    """Let at most one organ serve a region, by standing as office to some organ of that region."""
    if not draw(st.booleans()):
        return {}
    served = draw(st.sampled_from(sorted(organs)))
    others = [organ for organ in sorted(organs) if organ != served]
    return {draw(st.sampled_from(others)): organs[served]["region"]}


@st.composite
def _people(draw, organs, offices):
    people = {}
    for n in range(draw(st.integers(1, 4))):
        posts = draw(st.lists(_post(organs, offices), max_size=2, unique_by=lambda post: (post["organ"], post["kind"])))
        if sum(post["kind"] in ADMINISTRATORS for post in posts) > 1:
            posts = posts[:1]
        people[f"p{n}"] = {"open": draw(st.integers(0, 9)) > 0, "posts": posts, "covers": []}
    covered = set()
    for name, person in people.items():
        if draw(st.booleans()):
            person["covers"] = draw(_covers(people, name, covered))
            covered |= {(cover["of"], cover["post"]) for cover in person["covers"]}
    return people


@st.composite
def _post(draw, organs, offices):
    organ = draw(st.sampled_from(organs))
    return {
        "organ": organ,
        "kind": draw(st.sampled_from([kind for kind in KINDS if kind != "office" or organ in offices])),
        **draw(st.sampled_from(TIMES)),
    }


@st.composite
def _covers(draw, people, name, covered):
    """Draw a cover of a colleague's post that runs all through it; administrators are never covered."""
    own = [post for post in people[name]["posts"] if post["to"] is None and post["from"] == 10]
    chances = [
        (other, index)
        for other, person in people.items()
        if other != name
        for index, post in enumerate(person["posts"])
        if (other, index) not in covered
        and post["kind"] not in ADMINISTRATORS
        and post["from"] == 10
        and post["to"] is None
        and any(mine["organ"] == post["organ"] and mine["kind"] != post["kind"] for mine in own)
    ]
    if not chances:
        return []
    other, index = draw(st.sampled_from(chances))
    return [{"of": other, "post": index, "from": 95, "to": draw(st.sampled_from((105, 125)))}]


@st.composite
def _matter(draw, organs):
    records = draw(st.integers(1, 4))
    names = st.sampled_from(organs)
    first = {"organ": draw(names), "role": "sender", "from": 1, "until": None}
    more = draw(st.lists(_part(organs, records), max_size=4, unique_by=lambda part: (part["organ"], part["role"])))
    parties = [first, *(part for part in more if (part["organ"], part["role"]) != (first["organ"], "sender"))]
    live = [part["organ"] for part in parties if part["until"] is None]
    return {
        "parties": parties,
        "records": records,
        "open": draw(st.booleans()),
        "holder": draw(st.sampled_from(live)),
        "initiator": first["organ"],
        "slips": {
            f"s{n}": {"organ": draw(names), "admitted": draw(st.none() | st.integers(1, records))}
            for n in range(draw(st.integers(0, 2)))
        },
        "files": {
            f"f{n}": {
                "seq": draw(st.integers(1, records)),
                "sensitive": draw(st.booleans()),
                "inner_of": draw(st.none() | names),
            }
            for n in range(draw(st.integers(0, 3)))
        },
        "inner": draw(st.lists(names, max_size=2, unique=True)),
        # entered for an organ that is not on line: the one that types it becomes no party by that
        "proxy": draw(st.none() | st.tuples(names, names)),
    }


@st.composite
def _part(draw, organs, records):
    since = draw(st.integers(1, records))
    return {
        "organ": draw(st.sampled_from(organs)),
        "role": draw(st.sampled_from(ROLES)),
        "from": since,
        "until": draw(st.none() | st.none() | st.integers(since, records)),
    }
