"""map(function, items): serial, processes, dask. No engine of our own, only one way to call three."""

from bangfu_excel.engine.mapping import ENGINES, Done, Engine, Progress, map_items

__all__ = ["ENGINES", "Done", "Engine", "Progress", "map_items"]
