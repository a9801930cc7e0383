"""The rooms behind `corpus.figures`: numbers, what they count, whose, where, when."""
