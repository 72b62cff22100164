"""A part of the table of permissions: who may do what with the rows of each model in the admin."""

from tests.house.permission_answers import Row, by, organizers

# What the roles may do with the rows of a model in the admin: v(iew), a(dd), c(hange), d(elete).
# "!" after the name: the rows belong to a forum, so that an owner of another one finds none of them.
# "?": neither does anybody else who may not see them; where that is not said, the answer is 403.
ADMIN_MODELS = """
                                viewer  desk   agenda  owner
    outbox.message!?            -       v      -       v
    outbox.wordingoverride!?    -       v      -       v
    accounts.organization       v       vacd   vacd    vacd
    accounts.user!?             -       -      -       v
    accounts.forumrole!?        -       -      -       vad
    accounts.auditentry!?       -       -      -       v
    speakers.speaker            v       v      vacd    vacd
    events.forum!               v       v      vc      vc
    events.venue                v       v      vacd    vacd
    events.track!               v       v      vacd    vacd
    events.topic                v       v      vacd    vacd
    events.session!             v       v      vacd    vacd
    events.agendarelease!       v       v      v       v
    events.roombulletin!        v       v      vacd    vacd
    events.agendadigest!?       -       -      vc      vc
    events.proposal!?           -       -      v       v
    events.material!?           -       -      vcd     vcd
    registrations.registration!?      -     vac    -     vac
    registrations.delegation!?        -     vac    -     vac
    registrations.registrationtype!   v     vacd   v     vacd
    registrations.quota!?             -     vacd   -     vacd
    registrations.priorityclass!?     -     vacd   -     vacd
    registrations.invitation!?        -     vacd   -     vacd
    registrations.question!?          -     vacd   -     vacd
    registrations.consentpurpose!?    -     v      -     vacd
    registrations.decisionreason!?    -     vacd   -     vacd
    registrations.broadcast!?   -       vacd   -       vacd
    registrations.door!?        -       vacd   -       vacd
    registrations.checkindevice!?     -     vac    -     vac
    registrations.scan!?        -       v      -       v
    registrations.documentbatch!?     -     va     -     va
    registrations.certificate!?       -     va     -     va
    exhibitors.exhibition!      v       v      v       vacd
    exhibitors.hall!            v       v      v       vacd
    exhibitors.boothtype!       v       v      v       vacd
    exhibitors.booth!           v       v      v       vacd
    exhibitors.extra!           v       v      v       vacd
    exhibitors.exhibitor!       v       v      v       vacd
    exhibitors.exhibitortask!?      -   -      -       vacd
    exhibitors.exhibitordocument!?  -   -      -       vacd
    exhibitors.exhibitormessage!?   -   -      -       va
    exhibitors.boothbooking!?   -       -      -       v
    leads.passsetting!?         -       -      -       vacd
    exhibitors.invoice!?        -       -      -       v
    exhibitors.seller!?         -       -      -       vac
"""


def admin_rights() -> dict[str, dict[str, str]]:
    """Return ADMIN_MODELS as model → role → letters."""
    head, *lines = [line.split() for line in ADMIN_MODELS.strip().splitlines()]
    rights = {}
    for model, *letters in lines:
        held = dict(zip(head, letters, strict=True))
        # Whoever owns another forum is an owner here for what belongs to no forum.
        rights[model.rstrip("!?")] = held | {"elsewhere": held["owner"]}
    return rights


def marked(model: str, mark: str) -> bool:
    """Tell whether the table has ``mark`` behind the name of ``model``."""
    return any(name.rstrip("!?") == model and mark in name for name in ADMIN_MODELS.split())


def admin_row(model: str, view: str) -> Row:
    """Return the row of one of the admin's five pages for a model."""
    rights = admin_rights()[model]

    def allowed(right: str, otherwise: int = 403) -> dict[str, int]:
        return {role: 200 if right in letters else otherwise for role, letters in rights.items()}

    letter = {"changelist": "v", "add": "a", "change": "v", "delete": "d", "history": "v"}[view]
    get = allowed(letter)
    post = allowed("c") if view == "change" else dict(get)
    if view in {"change", "delete", "history"}:
        for role, letters in rights.items():
            unseen = "v" not in letters and marked(model, "?")
            if unseen or (role == "elsewhere" and marked(model, "!")):
                get[role] = post[role] = 404
    return Row(get=organizers(by(403, **get)), post=organizers(by(403, **post)))
