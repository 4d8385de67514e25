"""Every route, tried by everyone who may not and with everything that does not fit."""
