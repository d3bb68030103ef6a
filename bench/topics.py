"""All topics of inspection reports."""

from bench.topics_business import BUSINESS
from bench.topics_parse import Topic, parse
from bench.topics_party import PARTY

__all__ = ["TOPICS", "Topic"]

TOPICS: tuple[Topic, ...] = parse(PARTY) + parse(BUSINESS)
