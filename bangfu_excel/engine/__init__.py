"""map(function, items): serial, processes, dask."""
