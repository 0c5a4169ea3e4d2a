"""What points measured: newest values, series of bounded spans, raw frames."""
