"""Accounts: who may sign in, how, and how often somebody may try."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "accounts.backends.LoginBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.sign_in.SignInForm", "signup": "accounts.forms.sign_up.SignUpForm"}
ACCOUNT_LOGIN_METHODS = {"username"}  # our own backend reads phone numbers in the same field
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USERNAME_VALIDATORS = "accounts.adapter.USERNAME_VALIDATORS"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses that only somebody else typed
# Offices and whole villages share one address, so the brake per address is loose and the one per name is tight.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/300s/key",
    "signup": "30/m/ip",
    "recover": "20/m/ip,5/900s/key",
    "hand_in": "15/h/user,40/d/user",
    "react": "30/m/user",
    "count_me": "600/h/ip",  # a hall may share one network, and guessing a code needs half a million tries
    "untold": "60/h/ip",  # a village may share one network
    "verify": "60/m/ip",  # whoever guesses codes would need millions of years
}
SESSION_COOKIE_AGE = 60 * 60 * 24 * 365  # a phone in the village signs in once
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
