# `make test` looks into tests/ by itself, where there are no phpt files.
TESTS = $(top_srcdir)/phpt
