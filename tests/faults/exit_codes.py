"""How an order to the driver can end."""

DONE = 0
CUT_OFF = 3  # the database went away or has no room: there is no answer
FAILED = 4
KILLED = -9
