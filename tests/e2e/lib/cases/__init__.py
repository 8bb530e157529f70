from . import (admin, configs, edges, fetching, frames, offsets, producing, resources, settings, systematic,  # noqa: F401
               topics)  # each registers its cases
from . import committed, consumers, members, transactions  # noqa: F401  after topics: they bring internal topics into being
