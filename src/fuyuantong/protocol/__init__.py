"""The language in which a mechanism is declared. A declaration is pure data: no function, no condition in code."""

from fuyuantong.protocol.acts import Draws, Enters, Lapse, Move, Opens, Request
from fuyuantong.protocol.clocks import Clock, Extends, Guards, Is, Term
from fuyuantong.protocol.examples import Asks, Declines, Do, Endings, Example, Passes, Step, Truth, do
from fuyuantong.protocol.fields import Choice, Date, Field, File, Flag, Json, Number, Organ, Organs, Prefill, Rows, Text
from fuyuantong.protocol.mechanism import LANGUAGE, Await, Branch, Closing, Entry, Final, Mechanism, Role, State, Tally

__all__ = [
    "LANGUAGE",
    "Asks",
    "Await",
    "Branch",
    "Choice",
    "Clock",
    "Closing",
    "Date",
    "Declines",
    "Do",
    "Draws",
    "Endings",
    "Enters",
    "Entry",
    "Example",
    "Extends",
    "Field",
    "File",
    "Final",
    "Flag",
    "Guards",
    "Is",
    "Json",
    "Lapse",
    "Mechanism",
    "Move",
    "Number",
    "Opens",
    "Organ",
    "Organs",
    "Passes",
    "Prefill",
    "Request",
    "Role",
    "Rows",
    "State",
    "Step",
    "Tally",
    "Term",
    "Text",
    "Truth",
    "do",
]
