"""A demo cast for trying the site, and what its people have done so far, through the same services as everybody's."""

from home.services.cast.making import make_cast
from home.services.cast.people import CROWD, HOME, NEIGHBOUR, NGO_NAME, OTHER, PARTS

__all__ = ["CROWD", "HOME", "NEIGHBOUR", "NGO_NAME", "OTHER", "PARTS", "make_cast"]
