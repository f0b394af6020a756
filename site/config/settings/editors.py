"""Pages and the editors' admin: Wagtail and its translations."""

from ui.uploads import AUDIO, VIDEO

from .people import LOGIN_URL

LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("km", "ខ្មែរ"), ("en", "English")]
WAGTAIL_SITE_NAME = "Chuoy Khum"
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
WAGTAIL_APPEND_SLASH = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False  # accounts.urls and allauth do that
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "config.search_backend"}}
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "svg"]  # vector pictures are served in a sandbox
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "xlsx", "txt", "zip", *sorted(AUDIO | VIDEO)]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "ui.document_forms.CheckedDocumentForm"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "config.workflow.publish_approved"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "bold", "ol", "ul", "link", "document-link"]},
    },
}
