"""The metrics that a scheme may name, by id, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bangfu_excel.assess.metrics import children, formalism, helping, paired, papers, problems, submitting, visiting
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.measuring import measured as measured_metrics
from bangfu_excel.core.metric import Measured, Metric

METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        metric.id: metric
        for part in (paired, visiting, helping, children, problems, papers, submitting, formalism)
        for metric in part.METRICS
    }
)


SHOWN = tuple(name for name, metric in METRICS.items() if metric.signal or name == "findings_per_100")
"""Metrics that are shown whatever a plan scores: signs of visiting for the record, and the quality of what was handed in."""


def measured(metric_ids: Iterable[str], counting: Counting) -> Measured:
    """Items and figures of the metrics of these ids, each once, in the order of `METRICS`."""
    wanted = set(metric_ids)
    return measured_metrics([metric for name, metric in METRICS.items() if name in wanted], counting)


__all__ = ["METRICS", "SHOWN", "Counting", "Measured", "Metric", "measured"]
