from . import (admin, configs, edges, fetching, frames, offsets, producing, resources, settings, systematic,  # noqa: F401
               topics)  # each registers its cases
