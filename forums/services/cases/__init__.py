"""The one queue: what members report and what authors appeal against, up to the decision and its telling."""
