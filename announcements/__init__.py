"""Announcements (siaran): what an office tells all beneath it, and how far it has come down."""
