"""The icons: lines of 2 px in a field of 24. They are drawn inside the page, beside a word, and hidden from readers."""

ICONS = {
    "check": '<path d="M4 12.5l5 5L20 6.5"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "minus": '<path d="M5 12h14"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "warning": '<path d="M12 3.5L2.5 20h19L12 3.5zM12 10v4.5M12 17.3v.1"/>',
    "error": '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5v.1"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.3v.1"/>',
    "help": (
        '<circle cx="12" cy="12" r="9"/><path d="M9.3 9.2a2.8 2.8 0 1 1 3.9 2.6c-.8.4-1.2 1-1.2 1.9M12 17.2v.1"/>'
    ),
    "phone": (
        '<path d="M5 3.5h3.5l1.7 4.5-2.2 1.6a13 13 0 0 0 6.4 6.4l1.6-2.2 4.5 1.7V19'
        'a2 2 0 0 1-2.2 2A17 17 0 0 1 3 5.7 2 2 0 0 1 5 3.5z"/>'
    ),
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3.5 7l8.5 6 8.5-6"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "search": '<circle cx="11" cy="11" r="7"/><path d="M16.2 16.2L21 21"/>',
    "file": '<path d="M6 3h8l5 5v13H6zM14 3v5h5"/>',
    "globe": (
        '<circle cx="12" cy="12" r="9"/>'
        '<path d="M3 12h18M12 3c2.7 2.5 4 5.5 4 9s-1.3 6.5-4 9c-2.7-2.5-4-5.5-4-9s1.3-6.5 4-9"/>'
    ),
    "lock": '<rect x="5" y="11" width="14" height="10" rx="2"/><path d="M8 11V7.5a4 4 0 0 1 8 0V11"/>',
    "download": '<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>',
    "pencil": '<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19z"/>',
    "people": (
        '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6'
        'M16 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.3c2.3.7 3.6 2.6 4 5.7"/>'
    ),
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.7-4.3 3.5-6.5 7.5-6.5s6.8 2.2 7.5 6.5"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z"/>',
    "inbox": '<path d="M3 13l3-8h12l3 8v6H3zM3 13h5.5a3.5 3.5 0 0 0 7 0H21"/>',
    "send": '<path d="M21 3L10 14M21 3l-7 18-4-7-7-4z"/>',
    "place": '<path d="M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>',
    "wheelchair": (
        '<circle cx="10" cy="4.5" r="1.5"/><path d="M10 8v6h5l2.5 5M10 10.5h4.5M7.5 12.5a5 5 0 1 0 6.7 6"/>'
    ),
    "calendar": '<rect x="3" y="5" width="18" height="16" rx="2"/><path d="M3 10h18M8 3v4M16 3v4"/>',
    "repeat": '<path d="M5 9.5A8 8 0 0 1 19.5 11M19 14.5A8 8 0 0 1 4.5 13M5 4.5v5h5M19 19.5v-5h-5"/>',
    "sound": '<path d="M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "back": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "book": '<path d="M4 4.5h6a2 2 0 0 1 2 2V20a2 2 0 0 0-2-2H4zM20 4.5h-6a2 2 0 0 0-2 2V20a2 2 0 0 1 2-2h6z"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="M11 12L20 3M16.5 6.5l3 3"/>',
    "out": '<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>',
}
