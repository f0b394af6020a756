"""Files that people bring along: known by their content, pictures drawn anew, nothing in them runs."""
