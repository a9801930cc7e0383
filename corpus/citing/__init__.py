"""The rooms behind `corpus.resolutions`: citations and what they may mean."""
