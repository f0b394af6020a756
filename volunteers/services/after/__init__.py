"""What follows a placement: the service record, feedback of both sides, ratings of skills, and serving again."""
