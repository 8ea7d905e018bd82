"""Time-boxes, their scope and ceremonies, burndown, velocity and flow."""
