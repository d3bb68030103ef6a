"""The language server: what the checker finds, in the editor, as the Language Server Protocol puts it."""
