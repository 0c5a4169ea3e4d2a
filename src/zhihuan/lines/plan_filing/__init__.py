"""Filing of emergency plans (突发环境事件应急预案备案): cities, towns and enterprises file theirs, the bureau
checks within five working days, and every three years the plan is looked at again.

Source: 企业事业单位突发环境事件应急预案备案管理办法（试行）（环发〔2015〕4号）.
"""
