"""Why a sign-in did not happen: a sentence for the person, a code for the log."""

AGAIN = "Start again from the sign-in page."
SENTENCES = {
    "no_such_sign_in": f"This sign-in has already been used or was never started here. {AGAIN}",
    "expired": f"You took longer than 10 minutes to sign in. {AGAIN}",
    "other_browser": f"This sign-in was started in another browser or window. {AGAIN}",
    "cancelled": "You did not finish signing in. You can try again, or choose another way to sign in.",
    "unavailable": "The service you sign in with is not answering. Wait a few minutes, then try again.",
    "not_set_up": "Signing in this way is not set up correctly. Tell your administrator.",
}
UNSAFE = f"We could not be sure that this sign-in was yours, so we stopped it. {AGAIN}"


class SignInRefused(Exception):
    """A sign-in that ends here. `sentence` may be shown; `code` and the cause are for the log.

    `reason` is one of `SENTENCES`, or anything else for the sentence that says only that we stopped it.
    """

    def __init__(self, reason: str, *, code: str | None = None) -> None:
        self.code = code or reason
        self.sentence = SENTENCES.get(reason, UNSAFE)
        super().__init__(self.code)
