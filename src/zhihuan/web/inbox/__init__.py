"""The pages of the inbox: what waits (待办), what has happened (消息), what is overdue (逾期)."""
