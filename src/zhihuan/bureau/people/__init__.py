"""People of the bureau: accounts, the organisations they belong to, and the roles they hold."""
