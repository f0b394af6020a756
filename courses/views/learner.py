"""Who is learning in this request."""

from courses.services.visitors import get_learner, know_learner

__all__ = ["get_learner", "know_learner"]
