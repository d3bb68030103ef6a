"""The commands: each module has ``run(arguments)``, which returns the exit status."""
