"""The folder of the line that the procedures of these tests belong to: it holds their templates."""
