from . import (admin, configs, edges, fetching, frames, offsets, producing, resources, settings, systematic,  # noqa: F401
               topics)  # each registers its cases
from . import committed  # noqa: F401  after topics: it brings the internal topic into being
