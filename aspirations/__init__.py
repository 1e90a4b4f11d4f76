"""Aspirations (aspirasi): what people tell the office of their region, and what becomes of it."""
