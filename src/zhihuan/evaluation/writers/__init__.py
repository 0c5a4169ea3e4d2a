"""Results as a table for people, JSON, CSV, or an Excel report; one module a form."""
