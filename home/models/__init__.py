from home.models.loaded import LoadedContent
from home.models.pages import GuideIndexPage, GuidePage, HomePage, StandardPage

__all__ = ["GuideIndexPage", "GuidePage", "HomePage", "LoadedContent", "StandardPage"]
