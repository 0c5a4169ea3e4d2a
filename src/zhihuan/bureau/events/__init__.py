"""What happened, for whoever outside is to be told: kinds declared beside what emits them, one outbox."""
