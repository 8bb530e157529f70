from . import admin, configs, fetching, frames, offsets, producing, topics  # noqa: F401  each registers its cases
