"""The file format of documents (.docx, ISO/IEC 29500): written always alike, read as people see it. Pure."""
