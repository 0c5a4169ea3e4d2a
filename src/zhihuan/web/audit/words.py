"""What the acts and the details of the audit trail are called in Chinese; a test reads the code for
acts that nobody named here. An unknown one is shown by its code."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, Any] = {
    "account.change_password": _("修改密码"),
    "account.come_back": _("恢复账号"),
    "account.end_sessions": _("退出登录会话"),
    "account.hand_out_password": _("发放初始密码"),
    "account.leave": _("办理离职"),
    "account.lock": _("锁定账号"),
    "account.log_in": _("登录"),
    "account.log_in_failed": _("登录失败"),
    "account.log_out": _("退出登录"),
    "account.new_password": _("重置密码"),
    "account.open": _("开设账号"),
    "account.reset_second_factor": _("重置第二因素"),
    "account.unified_refused": _("拒绝统一身份登录"),
    "account.unlock": _("解锁账号"),
    "account.view": _("查看账号"),
    "api.create": _("经接口新增"),
    "api.read": _("经接口读取敏感数据"),
    "api.update": _("经接口修改"),
    "audit.read": _("查阅审计记录"),
    "calendar.load": _("载入工作日历"),
    "command.cancel": _("撤销设备命令"),
    "command.order": _("下达设备命令"),
    "contact.view": _("查看联系人"),
    "device.follow_command": _("按命令结果更新设备"),
    "evidence.add": _("证据入卷"),
    "evidence.bundle": _("制作证据包"),
    "evidence.download": _("下载证据"),
    "evidence.download_bundle": _("下载证据包"),
    "evidence.export": _("导出证据"),
    "evidence.hand_over": _("移交证据"),
    "evidence.list": _("查看证据目录"),
    "evidence.preview": _("预览证据"),
    "evidence.read": _("查看证据"),
    "evidence.receive": _("收取证据"),
    "evidence.return": _("退还证据"),
    "evidence.seal": _("封存证据"),
    "evidence.unseal": _("启封证据"),
    "evidence.withdraw": _("撤回证据"),
    "list.export": _("导出列表"),
    "matter.link": _("关联事项"),
    "matter.open": _("登记事项"),
    "matter.rebase": _("事项换版"),
    "matter.step": _("办理事项环节"),
    "organisation.close": _("撤销机构"),
    "organisation.reopen": _("恢复机构"),
    "organisation.towns": _("调整辖区"),
    "people.add": _("登记（机构人员）"),
    "people.change": _("修改（机构人员）"),
    "people.delete": _("删除（机构人员）"),
    "quarantine.expire": _("清理过期隔离报文"),
    "quarantine.replay": _("重放隔离报文"),
    "registry.add": _("登记（档案）"),
    "registry.batch": _("批量修改（档案）"),
    "registry.change": _("修改（档案）"),
    "registry.delete": _("删除（档案）"),
    "registry.export": _("导出档案"),
    "registry.import": _("导入档案"),
    "registry.import_undo": _("撤销导入"),
    "registry.move": _("移装设备"),
    "registry.undo": _("撤销变更"),
    "registry.upload": _("上传导入文件"),
    "role.grant": _("授予角色"),
    "role.revoke": _("收回角色"),
    "search.personal": _("搜索联系人"),
    "vault.forget_refused": _("清理过期拒收文件"),
    "vault.read_refused": _("查看拒收文件"),
    "vault.refuse": _("拒收文件"),
    "vault.sweep": _("清理无主文件"),
    "webhook.set_up": _("设立推送"),
    "webhook.rotate": _("更换签名密钥"),
    "webhook.pause": _("暂停推送"),
    "webhook.resume": _("恢复推送"),
    "webhook.replay": _("重新投递"),
    "token.issue": _("签发令牌"),
    "token.revoke": _("撤销令牌"),
}

_DETAILS: dict[str, Any] = {
    "after": _("变更后"),
    "asked": _("查询条件"),
    "before": _("变更前"),
    "by": _("登录方式"),
    "change_set": _("变更编号"),
    "clocks": _("变动的期限"),
    "count": _("数量"),
    "digest": _("链值"),
    "file_sha256": _("文件 SHA-256"),
    "grant": _("授权编号"),
    "moved": _("移交事项"),
    "number": _("序号"),
    "on_behalf_of": _("代理何人"),
    "organisation": _("任职机构"),
    "procedure": _("程序"),
    "query": _("查询串"),
    "role": _("角色"),
    "rows": _("行数"),
    "rows_sha256": _("行内容 SHA-256"),
    "step": _("环节"),
    "successor": _("接手人"),
    "title": _("名称"),
    "valid_from": _("自"),
    "valid_until": _("至"),
    "why": _("事由"),
}


def action_words(action: str) -> Any:
    """The act in words."""
    return ACTIONS.get(action, action)


def detail_words(name: str) -> Any:
    """What a detail is called."""
    return _DETAILS.get(name, name)
