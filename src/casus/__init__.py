"""Casus reads reports of political violence and keeps the record of them."""
