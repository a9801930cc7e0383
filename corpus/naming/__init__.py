"""The rooms behind `corpus.places`: names of places and the parts they play."""
