from courses.services.starter import load_starter_courses

__all__ = ["load_starter_courses"]
