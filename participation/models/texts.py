"""Titles in Khmer, which is required, and in English, which is not."""

from django.utils.translation import get_language

from accounts.enums import Language


class Titled:
    """For models with `title_km` and `title_en`."""

    title_km: str
    title_en: str

    @property
    def text_language(self) -> str:
        """The language its texts are shown in: the reader's where there is a title, else Khmer."""
        return (Language.ENGLISH if get_language() == "en" and self.title_en else Language.KHMER).value

    @property
    def title(self) -> str:
        return self.title_en if self.text_language == Language.ENGLISH else self.title_km
