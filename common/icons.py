"""The portal's few icons: one path each on a 24 × 24 ground, drawn as strokes (parts/icon.css)."""

ICONS: dict[str, str] = {
    "alert": "M12 4 2.5 20h19zM12 10v4.5M12 17.4v.1",
    "back": "M15 5l-7 7 7 7",
    "bell": "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
    "check": "M4.5 12.5l5 5 10-11",
    "clock": "M12 3.5a8.5 8.5 0 1 0 .1 0M12 7.5V12l3 2.5",
    "close": "M6 6l12 12M18 6L6 18",
    "copy": "M9 9h11v11H9zM15 9V4H4v11h5",
    "desk": "M3 9h18M5 9v10M19 9v10M8 9V5h8v4M5 14h14",
    "down": "M6 9.5l6 6 6-6",
    "file": "M6 3.5h8l4 4v13H6zM14 3.5v4h4",
    "home": "M4 11l8-7 8 7v9h-5.5v-5.5h-5V20H4z",
    "info": "M12 3.5a8.5 8.5 0 1 0 .1 0M12 11v6M12 7.5v.1",
    "leave": "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
    "megaphone": "M4 10v4.5h3.5L17 19V5.5L7.5 10zM8 14.5l1.5 5.5M19.5 10v4.5",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "next": "M9 5l7 7-7 7",
    "people": (
        "M8.5 11a3.2 3.2 0 1 0-.1 0M2.5 19.5c.5-3.5 3-5 6-5s5.5 1.5 6 5M16 5"
        "a3 3 0 0 1 .5 5.9M17.5 14.8c2.2.5 3.7 2 4 4.7"
    ),
    "person": "M12 11.5a4 4 0 1 0-.1 0M4.5 20.5c.7-4 3.7-6 7.5-6s6.8 2 7.5 6",
    "pin": "M12 21.5c-4.5-5-7-8.5-7-12a7 7 0 0 1 14 0c0 3.5-2.5 7-7 12zM12 12a2.5 2.5 0 1 0-.1 0",
    "rss": "M5 11a8 8 0 0 1 8 8M5 5a14 14 0 0 1 14 14M6 18v.1",
    "search": "M10.5 4a6.5 6.5 0 1 0 .1 0M15.3 15.3 20.5 20.5",
    "send": "M3.5 11.5 20.5 4l-5 16-4-7zM11.5 13l9-9",
    "share": "M12 14.5V3.5M8 7.5l4-4 4 4M5 12v8.5h14V12",
    "voice": "M4 5h16v11h-8.5L7 20v-4H4zM8 9h8M8 12.5h5",
    "write": "M4 20l1-4.5L16.5 4 20 7.5 8.5 19z",
}
