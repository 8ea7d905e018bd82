"""Costs and benefits, attribution, and the hybrid ROI."""
