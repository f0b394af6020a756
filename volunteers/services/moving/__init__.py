"""A commune became part of another: what is alive goes on there, what is over stays as history."""
