"""What the yearly return asks, and what a school answers: the same in every request of the measured nation."""

ASKED = [
    {"key": "lead", "kind": "named_person", "text": "Who leads on safeguarding?", "help": "", "required": True},
    {"key": "policy", "kind": "yes_no", "text": "Is your policy reviewed every year?", "help": "", "required": True},
    {"key": "reviewed", "kind": "date", "text": "When was it last reviewed?", "help": "", "required": True},
    {"key": "audit", "kind": "link", "text": "Where is your last audit?", "help": "", "required": False},
    {"key": "changes", "kind": "text", "text": "What changed since last year?", "help": "", "required": False},
]
ANSWERED = {
    "lead": {"value": "Robin Example", "post": "Deputy head", "email": "lead@example.org"},
    "policy": {"value": "yes"},
    "reviewed": {"value": "2025-09-05"},
    "audit": {"value": "https://example.org/audit"},
    "changes": {"value": "Training for every governor, and a second deputy lead."},
}
