"""What organizers set about staff passes; leads themselves are their exhibitors' business."""

from leads.admin.pass_setting import PassSettingAdmin

__all__ = ["PassSettingAdmin"]
