"""placeholder until exchange lands"""


class CommandRun:
    pass
