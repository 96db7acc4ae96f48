"""The command line, and what holds for every process that it starts."""

import os

# The matrices here are small, and pages have threads of their own: more for the numbers would only wait for one
# another, and a judged page takes half as long again. It counts only before numbers are loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
