"""What connections may be and how proposals are settled: data and pure functions."""
