from . import admin, committed, configs, fetching, frames, offsets, producing, resources, topics  # noqa: F401  each registers its cases
