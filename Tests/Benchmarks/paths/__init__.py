"""The hot paths, one a file; each has a function `comparison` that says who runs and what is measured."""
