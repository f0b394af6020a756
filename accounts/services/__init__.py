"""Every write about people and organisations. Other apps import from here."""

from accounts.services.consent import record_consent, withdraw_consent
from accounts.services.inclusion import read_inclusion, save_inclusion, withdraw_inclusion
from accounts.services.leaving import collect_export, delete_account
from accounts.services.organisations import (
    LastManagerError,
    MinorError,
    OfficeTakenError,
    accept_membership,
    add_member,
    apply_for_office,
    change_role,
    end_membership,
    find_ngo_of,
    find_office_of,
    join,
    leave_ngo,
    offices_of,
    organisations_of,
    refuse_organisation,
    verify_organisation,
)
from accounts.services.people import find_people_by_login, register
from accounts.services.recovery import codes_from, end_tokens, make_recovery_codes, recover

__all__ = [
    "LastManagerError",
    "MinorError",
    "OfficeTakenError",
    "accept_membership",
    "add_member",
    "apply_for_office",
    "change_role",
    "codes_from",
    "collect_export",
    "delete_account",
    "end_membership",
    "end_tokens",
    "find_ngo_of",
    "find_office_of",
    "find_people_by_login",
    "join",
    "leave_ngo",
    "make_recovery_codes",
    "offices_of",
    "organisations_of",
    "read_inclusion",
    "record_consent",
    "recover",
    "refuse_organisation",
    "register",
    "save_inclusion",
    "verify_organisation",
    "withdraw_consent",
    "withdraw_inclusion",
]
