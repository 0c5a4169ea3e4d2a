"""Enterprises (排污单位及其他被监管单位) and who answers for them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.industries import INDUSTRY_CODE
from zhihuan.bureau.registry.models.place import Located
from zhihuan.bureau.registry.models.version import RegistryQuerySet
from zhihuan.bureau.search.declaration import Searched

_PHONE = RegexValidator(r"^[0-9+][0-9 -]{4,19}$", _("电话只含数字、空格、- 和开头的 +，5–20 位"))


class Enterprise(Located, Organisation):
    """A body the bureau supervises. Name, kind and credit code are those of the organisation.

    A body without a credit code (a hospital's branch, a small farm) is registered with
    ``no_code_reason``. ``industry`` is a GB/T 4754-2017 code.
    """

    class Level(models.TextChoices):
        KEY = "key", _("重点管理")
        SIMPLIFIED = "simplified", _("简化管理")
        REGISTERED = "registered", _("登记管理")
        NONE = "none", _("无需排污许可")

    class Status(models.TextChoices):
        OPERATING = "operating", _("在产")
        SUSPENDED = "suspended", _("停产")
        BUILDING = "building", _("在建")
        CLOSED = "closed", _("关闭")

    code = models.CharField(_("企业编码"), max_length=40, unique=True)
    no_code_reason = models.CharField(_("无信用代码的原因"), max_length=120, blank=True)
    industry = models.CharField(
        _("行业代码（GB/T 4754）"), max_length=5, blank=True, validators=[INDUSTRY_CODE]
    )
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="enterprises", verbose_name=_("镇街")
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    legal_representative = models.CharField(_("法定代表人"), max_length=60, blank=True)
    level = models.CharField(_("排污许可管理类别"), max_length=12, choices=Level, blank=True)
    status = models.CharField(
        _("生产状态"), max_length=12, choices=Status, default=Status.OPERATING
    )

    SCOPE = ScopeFields(town="town", organisation="organisation_ptr", outside=True)
    SEARCH = Searched(
        "registry.view_enterprise",
        codes=("code", "credit_code"),
        name="name",
        texts=("address", "legal_representative"),
    )
    ANNOUNCED_TO = "registry.view_enterprise"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("企业")
        verbose_name_plural = _("企业")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["town", "code"]),
            models.Index(fields=["industry", "code"]),
            models.Index(fields=["level", "organisation_ptr"]),
            models.Index(fields=["status", "organisation_ptr"]),
        ]

    def clean(self) -> None:
        super().clean()
        if not self.credit_code and not self.no_code_reason:
            raise ValidationError(
                {"credit_code": _("填写统一社会信用代码；确无代码的，填写无信用代码的原因")}
            )

    @property
    def file_of(self) -> int | None:
        """The organisation whose file (一企一档) this record belongs in."""
        return self.pk


class Contact(models.Model):
    """Somebody at an enterprise who answers for environmental matters. Personal data.

    ``verified_on`` is the last day the number was known to be right; ``doubt`` says why it is no
    longer trusted (a message bounced, nobody answered).
    """

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("企业")
    )
    name = models.CharField(_("姓名"), max_length=60)
    duty = models.CharField(_("职务"), max_length=60, blank=True)
    phone = models.CharField(_("电话"), max_length=20, blank=True, validators=[_PHONE])
    email = models.EmailField(_("邮箱"), blank=True)
    verified_on = models.DateField(_("最近核实日期"), null=True, blank=True)
    doubt = models.CharField(_("存疑原因"), max_length=120, blank=True)

    SCOPE = ScopeFields(town="enterprise__town", organisation="enterprise", outside=True)
    SEARCH = Searched("registry.view_contact", whole=("phone",))
    #: Nothing of it is told where only its enterprise may be seen.
    PERSONAL = True

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("联系人")
        verbose_name_plural = _("联系人")
        ordering = ["enterprise", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def file_of(self) -> int | None:
        return self.enterprise_id
