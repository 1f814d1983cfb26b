"""What a county's notebook costs: plain papermill, our engine, and the same functions without notebooks."""
