"""The API and its description."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        "rest_framework.authentication.TokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    # The side-by-side translation screen sends its sentences as multipart forms.
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "ui.pagination.KeysetPagination",
    "PAGE_SIZE": 20,
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "120/min", "user": "300/min"},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Chuoy Khum API",
    "DESCRIPTION": (
        "Courses, volunteer requests, boards, ideas, meetings and places of Chuoy Khum. Courses are in both languages. "
        "Phones may send events and answers twice or late: each carries an id made on the phone and counts once. "
        "How to sign in, page, keep and send what was done without a network: `docs/api.md` in the source."
    ),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["config.schema.only_ours"],
    "ENUM_NAME_OVERRIDES": {
        "CertificateStateEnum": "courses.enums.CertificateState",
        "CertificateReplacedBecauseEnum": "courses.enums.ReissueReason",
        "RecordReplacedBecauseEnum": "volunteers.enums.RecordReason",
        "PlacementStatusEnum": "volunteers.enums.PlacementStatus",
        "SignupStatusEnum": "volunteers.enums.SignupStatus",
        "SignupVerbEnum": "volunteers.enums.SignupVerb",
        "OutcomeEnum": "courses.enums.EventOutcome",
        "CheckInOutcomeEnum": "volunteers.enums.CheckInOutcome",
        "HoursStatusEnum": "volunteers.enums.HoursStatus",
        "IdeaStatusEnum": "forums.enums.IdeaStatus",
        "MeetingStatusEnum": "participation.enums.MeetingStatus",
        "RsvpStatusEnum": "participation.enums.RsvpStatus",
        "PlanStepEnum": "participation.enums.StepKind",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
