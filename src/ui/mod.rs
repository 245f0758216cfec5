//! Paints what `view` laid out and returns what the user did as commands.
