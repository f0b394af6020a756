"""Surveys: who asks, paper tickets, answers, and which answers the figures count (decision 0054)."""
