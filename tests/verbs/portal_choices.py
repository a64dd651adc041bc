from portal.actions import choosing

VERBS = {
    "choose how often mail comes": lambda w: choosing.choose(w.member, "writing", "daily", by=w.member),
}
