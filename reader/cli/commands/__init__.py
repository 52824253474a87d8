"""The commands, a module each; see ``catalogue`` for what a module has."""
