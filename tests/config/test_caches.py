"""The cache in Redis, while Redis is there and while it is away."""

from config.caches import PatientRedisCache
from tests.servers import RedisServer


def test_it_keeps_and_counts(redis_url: str) -> None:
    cache = PatientRedisCache(redis_url, {"KEY_PREFIX": "here"})
    cache.set("name", "ឃុំ")
    assert (cache.get("name"), cache.add("name", "x"), cache.has_key("name")) == ("ឃុំ", False, True)
    assert (cache.add("count", 1), cache.incr("count"), cache.delete("count")) == (True, 2, True)


def test_without_redis_everything_is_as_if_nothing_was_kept(redis_url: str, redis_server: RedisServer) -> None:
    cache = PatientRedisCache(redis_url, {"KEY_PREFIX": "away"})
    cache.set("name", "ឃុំ")
    redis_server.stop()
    try:
        cache.set("other", 1)
        assert (cache.get("name", "none"), cache.get_many(["name"]), cache.has_key("name")) == ("none", {}, False)
        assert cache.get_or_set("made", lambda: 7) == 7
        assert (cache.add("count", 0), cache.incr("count"), cache.touch("count")) == (True, 1, False)
        assert (cache.set_many({"a": 1}), cache.delete("a")) == (["a"], False)
    finally:
        redis_server.start()
