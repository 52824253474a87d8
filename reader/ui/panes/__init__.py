"""The panes: one widget each; they know the model and messages, not one another and not the library."""
