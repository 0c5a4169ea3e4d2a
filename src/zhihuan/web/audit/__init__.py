"""The audit trail on pages: for the audit administrator, who reads and changes nothing."""
