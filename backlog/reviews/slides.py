"""The pages of a review, in the order they are shown."""

SLIDES = ("promise", "delivery", "effect", "money", "feedback", "decision")
