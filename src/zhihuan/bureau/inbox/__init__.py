"""What waits for whom (待办), what has happened (消息), and who is told before a clock ends."""
