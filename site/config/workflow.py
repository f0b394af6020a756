"""What follows the last approval of a page. Wagtail loads this beside its models, so nothing of theirs is imported."""

from typing import Any


def publish_approved(state: Any, user: Any = None) -> None:
    """Publish the approved draft, now or at its time.

    The task has asked who approves; a reviewer need not be somebody who may publish without a review.
    """
    state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=True)
