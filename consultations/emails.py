"""The messages of this floor; the app config imports this module so that its builders register."""
