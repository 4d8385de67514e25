"""What the census does not expect to be refused, and what it does not try, each with its reason."""

from __future__ import annotations

#: Who else may send a mutation, besides the recipe's actor.
MAY_ALSO: dict[str, set[str]] = {
    "InvitePerson": {"an administrator"},
    "RevokeInvitation": {"an administrator"},
    "ConfirmInvitation": {"an administrator"},
    "SendInvitationAgain": {"an administrator"},
    "EndRole": {"an administrator"},
}

#: (operation, what was done) that is valid after all.
ACCEPTED: frozenset[tuple[str, str]] = frozenset({
    *((operation, f"text.questions.help: {what}") for operation in ("DraftDuty", "ReviseDuty")
      for what in ("empty", "blank")),  # a question needs no help text
    *((operation, f"answers.{part}: {what}") for operation in ("SaveReturn", "SubmitReturn")
      for part in ("post", "email") for what in ("empty", "blank")),  # only a named person has these
    ("SaveReturn", "answers.value: empty"), ("SaveReturn", "answers.value: blank"),  # a draft may be half finished
    *(("ConfirmReturns", f"answers.{part}: {what}") for part in ("key", "value", "post", "email")
      for what in ("too long", "empty", "blank")),  # answered request by request, each with what is wrong
    *((operation, f"connection.settings.value: {what}") for operation in ("LinkSystem", "ChangeConnection")
      for what in ("empty", "blank")),  # most settings of a system need not be said
    ("OpenDutyCycle", "arrangementsVersion: too long"),  # not read for a duty of each academic year
})  # fmt: skip

#: Answered line by line: each line has its own key, made from the one sent, and its own problems.
BY_LINE: frozenset[str] = frozenset({"ConfirmReturns"})

#: Mutations without a recipe. The list only gets shorter.
UNTRIED: frozenset[str] = frozenset(
    {
        "AgreeTogether",  # answered item by item; tried by every actor in tests/graphql/resourcing/test_agreements.py
    }
)

#: Valid a second time, knowing how it stands now.
REPEATABLE: frozenset[str] = frozenset(
    {
        # adds one more
        *("AddAgencyNote", "AddBudgetLine", "AddSeat", "DraftDuty", "LinkSystem", "PledgeContribution"),
        "AddWebhookEndpoint",
        *("PostRequestMessage", "RaiseFlag", "UploadIndicatorFile"),
        "Appoint",  # of scrutineers there may be several; of a lead only one: the constraint says so
        "ReceiveContribution",  # a part payment
        *("MakeHookSecret", "MakeWebhookSecret"),  # a secret may be changed anew, until three are good at once
        *("SendWebhookTest", "SendWebhookAgain"),  # the receiver knows a message by its id
        # says again how it is, as a person may at any time
        *("AmendFlag", "ChangeBudgetLine", "ChangeConnection", "ChangePledge", "ChooseIndicatorNeighbours"),
        *("CorrectAppointment", "CorrectGroup", "CorrectPartner", "CorrectSeat", "LinkAccount", "LinkPartner"),
        *("RecordOutturn", "RenameArea", "ReviseAgency", "ReviseDuty", "SaveReturn", "SetConnectionCredential"),
        "ChangeWebhookEndpoint",
        *("SwitchMachineClient", "SwitchSignInProvider"),
        *("MakeHookSecret", "RotateSigningKey"),  # one more beside the last, which goes on for its overlap
        "DecideFlag",  # a decision may be taken anew, with its reasons
        "TellAgencies",  # a version may be sent again
        # does what is left to do, which is nothing
        *("AskLatecomers", "ChooseEstablishments", "ConfirmReturns"),
    }
)
