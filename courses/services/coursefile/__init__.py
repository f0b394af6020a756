"""A course as one file: out, in, and from one section to another."""

from courses.services.coursefile.parcel import CourseFileError, Parcel, Problem, pack
from courses.services.coursefile.planting import Outline, import_course, outline
from courses.services.coursefile.reading import open_parcel
from courses.services.coursefile.writing import export_course

__all__ = [
    "CourseFileError",
    "Outline",
    "Parcel",
    "Problem",
    "export_course",
    "import_course",
    "open_parcel",
    "outline",
    "pack",
]
