"""The quiz of a lesson as programs read it: what is asked, never what is right."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from courses.enums import QuestionKind
from courses.services.asking import AskedQuiz
from courses.services.marking import mix


class TextsSerializer(serializers.Serializer[dict[str, str]]):
    """The same in each language that has it."""

    km = serializers.CharField(required=False)
    en = serializers.CharField(required=False)


class LineSerializer(serializers.Serializer[dict[str, Any]]):
    id = serializers.UUIDField()
    text = TextsSerializer()


class QuestionSerializer(serializers.Serializer[dict[str, Any]]):
    """One question. `choices`: what to tick, the mixed steps (order), or the left sides (match), whose mixed right
    sides are `sides`; both are empty where something is typed. `unit` stands behind the box of a number.
    """

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(QuestionKind.choices)
    text = TextsSerializer()
    hint = TextsSerializer()
    unit = TextsSerializer()
    choices = LineSerializer(many=True)
    sides = LineSerializer(many=True)
    is_answered = serializers.BooleanField()


class QuizSerializer(serializers.Serializer[dict[str, Any]]):
    """`attempt` is the id to send answers with: one's own that goes on, or the one asked for. `attempts_left` is null
    where there is no limit, `free_at` the end of the wait or null; both are for a new attempt.
    """

    attempt = serializers.UUIDField()
    pass_mark = serializers.IntegerField(help_text="Per cent of right first answers.")
    hides_answers = serializers.BooleanField()
    attempts_left = serializers.IntegerField(allow_null=True)
    free_at = serializers.DateTimeField(allow_null=True)
    questions = QuestionSerializer(many=True)


def describe_quiz(asked: AskedQuiz) -> dict[str, Any]:
    """In the shape of `QuizSerializer`."""
    return {
        "attempt": asked.attempt_id,
        "pass_mark": asked.rules.pass_mark,
        "hides_answers": asked.rules.hide_answers,
        "attempts_left": asked.standing.left if asked.standing.limit else None,
        "free_at": asked.standing.free_at if asked.standing.must_wait else None,
        "questions": [
            {**describe_question(question), "is_answered": question["id"] in asked.answered}
            for question in asked.questions
        ],
    }


def describe_question(question: Mapping[str, Any]) -> dict[str, Any]:
    """A question without any word that tells what is right."""
    kind = question["kind"]
    lines = mix(question) if kind == QuestionKind.ORDER else question["choices"]
    sides = mix(question) if kind == QuestionKind.MATCH else ()
    return {
        "id": question["id"],
        "kind": kind,
        "text": question["text"],
        "hint": question["hint"],
        "unit": question.get("unit", {}),
        "choices": [{"id": line["id"], "text": line["text"]} for line in lines],
        "sides": [{"id": side["pair_id"], "text": side["pair"]} for side in sides],
    }
