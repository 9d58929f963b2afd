"""The command `bangfu`: one file a command."""
