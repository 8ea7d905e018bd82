"""Time-boxes, their scope and ceremonies, burndown and velocity."""
