from . import admin, configs, fetching, frames, offsets, producing, resources, topics  # noqa: F401  each registers its cases
from . import committed  # noqa: F401  after topics: it brings the internal topic into being
