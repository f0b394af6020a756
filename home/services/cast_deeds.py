"""What the demo people have done already, so that no screen is empty. Through the same services as everybody's."""

from accounts.models import User
from forums.enums import TopicKind
from forums.services.boards import get_board_of
from forums.services.writing import reply, start_topic
from places.models import Commune

ANSWERED = (
    "យុវជនអាចស្នើគម្រោងក្នុង CIP ដោយខ្លួនឯងបានទេ?",
    "ខ្ញុំអាយុ ២១ ឆ្នាំ។ ខ្ញុំ និងមិត្តភក្តិចង់ស្នើថ្នាក់កុំព្យូទ័រមួយ។ តើយើងត្រូវសរសេរអ្វី ហើយផ្ញើទៅនរណា?\n\n(សារគំរូ)",
    "បាទ បាន។ សូមសរសេរមួយទំព័រ៖ បញ្ហាអ្វី នរណាទទួលផល និងត្រូវការប្រហែលប៉ុន្មាន។ សូមប្រគល់ឱ្យមេភូមិ ឬយកមកសាលាឃុំផ្ទាល់ មុនប្រជុំភូមិ។\n\n(ចម្លើយគំរូ)",
)
OPEN = (
    "តើប្រជុំភូមិលើកក្រោយ ថ្ងៃណា?",
    "បងប្អូនខ្ញុំធ្វើការនៅភ្នំពេញ ចង់ដឹងមុន ដើម្បីសុំច្បាប់មកចូលរួម។\n\n(សារគំរូ)",
)


def make_talk(*, learner: User, clerk: User, commune: Commune) -> None:
    """Two questions on the commune's board: one answered by its office, one that waits."""
    board = get_board_of(commune)
    title, question, answer = ANSWERED
    topic = start_topic(board, by=learner, kind=TopicKind.QUESTION, title=title, source=question)
    reply(topic, by=clerk, source=answer, as_answer=True)
    title, question = OPEN
    start_topic(board, by=learner, kind=TopicKind.QUESTION, title=title, source=question)
