"""Who may publish what of the learning part, beyond Wagtail's own page permissions."""

from django.db.models import F, OuterRef, Subquery
from wagtail.models import Page, PagePermissionTester
from wagtail_localize.models import Translation


class TranslatorPermissionTester(PagePermissionTester):
    """Who may change a page may also publish it where it is the translation of a page that was reviewed already.

    A draft of their own still goes through the review: only a page that wagtail-localize keeps in step with a live
    source counts, and only with content taken over after that source was first published.
    """

    def can_publish(self) -> bool:
        return super().can_publish() or (self._may_change() and self._translates_live_page())

    def _may_change(self) -> bool:
        return self.user.is_active and bool(self.can_edit())

    def _translates_live_page(self) -> bool:
        key, locale = self.page.translation_key, self.page.locale_id
        source = Page.objects.live().filter(
            translation_key=OuterRef("source__object_id"), locale_id=OuterRef("source__locale_id")
        )
        return (
            Translation.objects.filter(source__object_id=key, target_locale_id=locale, enabled=True)
            .annotate(published_at=Subquery(source.values("first_published_at")[:1]))
            .filter(published_at__isnull=False, source__last_updated_at__gte=F("published_at"))
            .exists()
        )
