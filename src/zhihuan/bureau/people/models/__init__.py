"""People, the organisations they belong to, and the roles they hold there; one file per noun."""

from zhihuan.bureau.people.models.account import User
from zhihuan.bureau.people.models.certificate import EnforcementCertificate
from zhihuan.bureau.people.models.grant import RoleGrant
from zhihuan.bureau.people.models.organisation import Organisation
from zhihuan.bureau.people.models.used_password import UsedPassword

__all__ = ["EnforcementCertificate", "Organisation", "RoleGrant", "UsedPassword", "User"]
