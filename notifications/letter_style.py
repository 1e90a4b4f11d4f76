"""How mails look. Mail programs read no stylesheet: each element carries its style, all named here.

Colours are the portal's own. Programs that turn light into dark by themselves find no pictures and no pure
black or white in their way; those that ask for it get the dark values of letter_base.html.
"""

FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif"
SERIF = "font-family:Georgia,'Noto Serif','Times New Roman',serif"
INK = "color:#1a1c22"
SECOND_INK = "color:#565b69"
NILA = "color:#24408e"

STYLE = {
    "body": "margin:0;padding:0;background-color:#fbfaf6;-webkit-text-size-adjust:100%",
    "page": "width:100%;background-color:#fbfaf6;border-collapse:collapse",
    "sheet": "width:100%;max-width:600px;border-collapse:collapse;background-color:#fefefd",
    "brand": f"padding:16px 20px;{FONT};font-size:16px;font-weight:700;{NILA};"
    "border-bottom:3px solid #f2b01e",
    "content": f"padding:20px;{FONT};font-size:16px;line-height:1.55;{INK}",
    "text": f"margin:0 0 16px;{FONT};font-size:16px;line-height:1.55;{INK}",
    "headline": f"margin:0 0 16px;{SERIF};font-size:22px;line-height:1.25;font-weight:700;{INK}",
    "group": f"margin:28px 0 4px;{FONT};font-size:17px;line-height:1.3;font-weight:700;{NILA}",
    "place": f"margin:0 0 12px;{FONT};font-size:14px;line-height:1.4;{SECOND_INK}",
    "title": f"margin:0 0 4px;{SERIF};font-size:18px;line-height:1.3;font-weight:700",
    "title_link": f"{NILA};text-decoration:none",
    "lead": f"margin:0 0 18px;{FONT};font-size:15px;line-height:1.5;{INK}",
    "quote": f"margin:0 0 16px;padding:2px 0 2px 14px;border-left:3px solid #e3dfd5;{INK}",
    "button": "margin:4px 0 8px;border-collapse:separate",
    "button_cell": "border-radius:8px;background-color:#24408e",
    "button_link": f"display:inline-block;padding:13px 22px;{FONT};font-size:16px;font-weight:700;"
    "color:#fefefd;text-decoration:none",
    "link": NILA,
    "foot": f"padding:16px 20px 24px;{FONT};font-size:13px;line-height:1.5;{SECOND_INK};"
    "border-top:1px solid #e3dfd5",
}
