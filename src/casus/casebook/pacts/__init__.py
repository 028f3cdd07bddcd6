"""The register of agreements: what readings tell and people enter, and what people decide about it."""
