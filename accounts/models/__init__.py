from accounts.models.consent import GuardianConsent, InclusionCount, InclusionProfile, InclusionRead, RecoveryCode
from accounts.models.organisation import Membership, Organisation
from accounts.models.user import User

__all__ = [
    "GuardianConsent",
    "InclusionCount",
    "InclusionProfile",
    "InclusionRead",
    "Membership",
    "Organisation",
    "RecoveryCode",
    "User",
]
