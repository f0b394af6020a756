"""The funnel from hearing to being satisfied, beside the study's figures; few people are never told (decision 0054)."""
