"""
Who sees what, worked out a second time from the text of "What may be seen" (architecture.md), slowly and plainly.

A world is plain dicts: organs {superior, region}, offices {organ: region it serves}, people {open, posts, covers},
matters {parties, records, slips, files, inner, open, holder, initiator}. Days are numbers. Nothing of the product is
imported; a superior, a region or an office is looked up by walking, each time it is asked for.
"""

WORKING = {"liaison", "handler", "head", "leader", "reviewer", "signer", "office"}
LEADING = {"head", "leader"}
FAR = 99


def sees(world, person, matter, *, day):
    """Say whether a person sees a matter: some way of seeing shows an organ that is a party now."""
    return any(
        party["until"] is None
        for shows, _ in _ways(world, person, day)
        for party in world["matters"][matter]["parties"]
        if shows(party)
    )


def records_shown(world, person, matter, *, day):
    """Return the numbers of the records that were shown: from where a party sees, until its part ended."""
    return _shown(world, person, matter, day, range(1, world["matters"][matter]["records"] + 1), contents=False)


def files_shown(world, person, matter, *, day):
    """Return the names of files shown: with their record, sensitive ones by contents alone, inner ones to their organ."""
    own = own_organs(world, person, day=day)
    found = set()
    for name, file in world["matters"][matter]["files"].items():
        if file["inner_of"] is not None:
            if file["inner_of"] in own:
                found.add(name)
        elif _shown(world, person, matter, day, [file["seq"]], contents=file["sensitive"]):
            found.add(name)
    return found


def slips_shown(world, person, matter, *, day):
    """Return the names of slips shown: one's own organ's at once, others when the record that admits them is shown."""
    own = own_organs(world, person, day=day)
    return {
        name
        for name, slip in world["matters"][matter]["slips"].items()
        if slip["organ"] in own
        or (slip["admitted"] and _shown(world, person, matter, day, [slip["admitted"]], contents=False))
    }


def inner_shown(world, person, matter, *, day):
    """Return the organs whose inner trail is shown: one's own."""
    return set(world["matters"][matter]["inner"]) & own_organs(world, person, day=day)


def reads_secrets(world, person, matter, *, day):
    """Say whether a person may read what is marked sensitive in a matter."""
    return any(
        party["until"] is None and contents
        for shows, contents in _ways(world, person, day)
        for party in world["matters"][matter]["parties"]
        if shows(party)
    )


def to_do(world, person, *, day):
    """Return the open matters that the person's organs hold."""
    return _seen_where(world, person, day, lambda matter, own: matter["open"] and matter["holder"] in own)


def sent(world, person, *, day):
    """Return the matters that the person's organs began."""
    return _seen_where(world, person, day, lambda matter, own: matter["initiator"] in own)


def copied(world, person, *, day):
    """Return the matters of which the person's organs receive a copy."""
    return _seen_where(
        world,
        person,
        day,
        lambda matter, own: any(
            party["role"] == "copied" and party["organ"] in own and party["until"] is None
            for party in matter["parties"]
        ),
    )


def own_organs(world, person, *, day):
    """Return the organs in which a person works."""
    return {post["organ"] for post in _posts(world, person, day) if post["kind"] in WORKING}


def _ways(world, person, day):
    """Yield each way of seeing: whether it shows a party's matter, and whether it shows contents."""
    for post in _posts(world, person, day):
        organ, kind = post["organ"], post["kind"]
        if kind in WORKING:
            yield _as_own(organ), True
        if kind in LEADING:
            yield _from_above({other for other in world["organs"] if organ in _above(world, other)}), True
        if kind == "office" and organ in world["offices"]:
            yield _from_above(_of_region(world, world["offices"][organ])), True
        if kind == "auditor":
            yield _from_above(_of_region(world, world["organs"][organ]["region"])), False


def _as_own(organ):
    return lambda party: party["organ"] == organ


def _from_above(organs):
    # what is worked on inside, before it is issued, belongs to the organ alone
    return lambda party: party["organ"] in organs and party["role"] != "inner"


def _posts(world, person, day):
    if person is None or not world["people"][person]["open"]:
        return []
    held = list(world["people"][person]["posts"])
    for cover in world["people"][person]["covers"]:
        if cover["from"] <= day < cover["to"]:
            held.append(world["people"][cover["of"]]["posts"][cover["post"]])
    return [post for post in held if post["from"] <= day and (post["to"] is None or day < post["to"])]


def _above(world, organ):
    chain, superior = [], world["organs"][organ]["superior"]
    while superior is not None:
        chain.append(superior)
        superior = world["organs"][superior]["superior"]
    return chain


def _of_region(world, region):
    # a county's code ends in other than 00; a city's begins all its counties; a town's nine begin with its county's six
    prefix = region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region
    return {organ for organ, it in world["organs"].items() if it["region"].startswith(prefix)}


def _shown(world, person, matter, day, numbers, *, contents):
    stretches = [
        _latest_stretch([party for party in world["matters"][matter]["parties"] if shows(party)])
        for shows, in_full in _ways(world, person, day)
        if in_full or not contents
    ]
    return [n for n in numbers if any(first <= n <= last for first, last in stretches)]


def _latest_stretch(parties):
    """Return from where to where these parties together were shown records; of separate stretches the latest."""
    numbers = {n for party in parties for n in range(party["from"], (party["until"] or FAR) + 1)}
    if not numbers:
        return FAR, 0
    first = last = max(numbers)
    while first - 1 in numbers:
        first -= 1
    return first, last


def _seen_where(world, person, day, condition):
    own = own_organs(world, person, day=day)
    return {
        name
        for name, matter in world["matters"].items()
        if condition(matter, own) and sees(world, person, name, day=day)
    }
