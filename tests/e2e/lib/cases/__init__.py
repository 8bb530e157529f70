from . import (admin, configs, edges, fetching, frames, offsets, producing, resources, settings, systematic,  # noqa: F401
               topics)  # each registers its cases
from . import committed, consumers, members  # noqa: F401  after topics: they bring the internal topic into being
