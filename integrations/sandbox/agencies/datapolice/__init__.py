"""data.police.uk's directory of forces, with invented forces: no sign-in, JSON, a plain 404."""
