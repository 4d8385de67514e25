"""Pages about shared figures: a scorecard of charts and tables, definitions, files sent, targets, neighbours."""
