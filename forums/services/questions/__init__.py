"""Questions to an office: the clock, the reminders, the asker's word on the answer, the meeting it was answered at."""
