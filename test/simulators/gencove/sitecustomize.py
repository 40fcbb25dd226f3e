"""Read by Python when it starts: the client sends files in parts of 100 MiB, with smaller ones tests are faster."""
import sys

if sys.argv[0].endswith('gencove'):
    import gencove.utils

    assert gencove.utils.CHUNK_SIZE == 100 * 1024**2
    gencove.utils.CHUNK_SIZE = 5 * 1024**2
