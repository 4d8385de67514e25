"""What each job does, in words: its name is for the log and the source."""

from __future__ import annotations

_WORDS = {
    "connection.alert": "Tell an area that an agency’s system is silent",
    "connection.ask": "Start a run that a connection is due",
    "connection.ask_hinted": "Start a run that an agency’s system asked for",
    "connection.give_up": "Give up a run that nothing is heard of",
    "connection.run": "Run a connection to an agency’s system",
    "cooperation.announce": "Write to every agency that a cycle asks",
    "cooperation.remind": "Write the reminders that are due",
    "flag.remind": "Write about decisions on flags whose review is due",
    "flag.tell": "Write about a move of a flag",
    "mail.receipts": "Ask whether emails arrived",
    "mail.send": "Send an email",
    "overview.refresh": "Compute an area’s rows of the national table",
    "overview.verify": "Compare an area’s rows of the national table with its records",
    "register.import": "Import a file of the register",
    "webhook.again": "Ask for webhook messages whose time has come",
    "webhook.forget": "Forget old webhook messages",
    "webhook.list": "Make webhook messages of what happened",
    "webhook.send": "Send a webhook message",
}


def job_words(name: str) -> str:
    """Return what the job of this name does; the name itself for a job of another version."""
    return _WORDS.get(name, name)
