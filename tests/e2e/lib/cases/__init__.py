from . import (admin, configs, credentials, edges, fetching, frames, offsets, producing, quotas, replicas, resources,  # noqa: F401
               settings, systematic, topics)  # each registers its cases
from . import committed, consumers, members, odd, transactions  # noqa: F401  after topics: they bring internal topics into being
