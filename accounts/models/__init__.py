from accounts.models.consent import GuardianConsent, InclusionProfile, InclusionRead, RecoveryCode
from accounts.models.organisation import Membership, Organisation
from accounts.models.user import User

__all__ = [
    "GuardianConsent",
    "InclusionProfile",
    "InclusionRead",
    "Membership",
    "Organisation",
    "RecoveryCode",
    "User",
]
