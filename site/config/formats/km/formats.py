"""Khmer: ថ្ងៃទី២៣ ខែវិច្ឆិកា ឆ្នាំ២០២៦. The `ui` filters turn the digits Khmer; these give the words and their order."""

DATE_FORMAT = "ថ្ងៃទីj ខែF ឆ្នាំY"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "ថ្ងៃទីj ខែF ឆ្នាំY ម៉ោង G:i"
YEAR_MONTH_FORMAT = "ខែF ឆ្នាំY"
MONTH_DAY_FORMAT = "ថ្ងៃទីj ខែF"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y G:i"
FIRST_DAY_OF_WEEK = 1  # Monday

# The first of each is the one that a browser's own date picker can read; people may type the others.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M"]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u202f"  # narrow and unbreakable
NUMBER_GROUPING = 3
