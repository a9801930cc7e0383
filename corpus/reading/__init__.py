"""The rooms behind `corpus.article` and `corpus.pages`: what a saved page is made of."""
