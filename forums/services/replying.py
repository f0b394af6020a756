"""How a reply to a certain post begins: with a quote of it, or with the name of its author."""

from accounts.models import User
from forums.models import Topic
from forums.querysets import Reader
from forums.services.mentions import name_to
from forums.services.quotes import make_quote


def begin_reply(topic: Topic, *, by: Reader, quoted: int = 0, to: int = 0) -> str:
    """The beginning of the text for the box; "" without a number, for visitors, and for posts that are away."""
    if not (quoted or to) or not isinstance(by, User):
        return ""
    post = topic.posts.visible().select_related("author").filter(number=quoted or to).first()
    if post is None:
        return ""
    return make_quote(post) if quoted else name_to(post, topic, by=by)
