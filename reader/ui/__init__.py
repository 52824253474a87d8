"""The screen: the only room that knows Textual.

    app             puts the screen together: theme, keys, life and death of the program
    screens/        the reading screen with its three panes, triage mode, help
    panes/          one widget each: sources, entries, article, search bar, status line
    dialogs/        what is asked in between: tags, an address, a date, a command line
    desk            the library as the screen sees it: what is open, its rows, the counts
    listing         the list that stays still (pure)
    verbs           what a verb wishes of which entries (pure)
    writer          one queue of changes, drained by one task
    keys            key presses to commands: counts, sequences, sides (pure)
    rows, words     how a row and a span of time are written (pure)
    ports           what the command line hands in: refreshing, subscribing, opening

Attributes go down, messages go up: a pane knows the model and never the library; the screen wires them.
"""
