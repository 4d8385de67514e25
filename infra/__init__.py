"""What Concordat stands on: settings, database, queue, telemetry. No word of the domain in it."""
