"""Scoring without knowing who: used where people are chosen one by one and in rounds alike."""

from volunteers.services.scoring.criteria import change_criteria, ensure_criteria, is_settled
from volunteers.services.scoring.scores import SCORABLE, Total, add_up, count_changed, list_own, save_scores

__all__ = [
    "SCORABLE",
    "Total",
    "add_up",
    "change_criteria",
    "count_changed",
    "ensure_criteria",
    "is_settled",
    "list_own",
    "save_scores",
]
