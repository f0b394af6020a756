"""The state machines, declared: states, who may change them, what each change waits for, what follows, who is told.

They are the only writers of a `status` column. Lock order: person, then request (then shift). A change of one machine
that follows from a change of another goes through `move`, so no declaration imports the next.
"""

from volunteers.services.states.application import APPLICATION, SeatsFullError
from volunteers.services.states.hours import HOURS
from volunteers.services.states.partnership import PARTNERSHIP
from volunteers.services.states.placement import PLACEMENT
from volunteers.services.states.request import REQUEST
from volunteers.services.states.round import ROUND
from volunteers.services.states.signup import SIGNUP

__all__ = ["APPLICATION", "HOURS", "PARTNERSHIP", "PLACEMENT", "REQUEST", "ROUND", "SIGNUP", "SeatsFullError"]
