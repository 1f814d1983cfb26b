"""The executed report notebook -> HTML, PDF, Word and Excel, each a module here and a line in its registry."""
