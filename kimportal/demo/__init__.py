"""The demo data: what a first `make run` shows. Content, pictures made by code, and their loading."""
