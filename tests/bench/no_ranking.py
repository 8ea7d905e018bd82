"""What a child process holds that ranks nothing: Python and NumPy alone."""

import numpy as np

assert np
