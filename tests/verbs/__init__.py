"""One call of every verb, by its subject: each module here has VERBS, and tests/test_audit.py runs them."""
