"""A Word file that somebody uploads: judged, read in a process of its own, and given back as plain data."""
