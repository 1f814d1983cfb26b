"""OFD, the fixed layout of Chinese official documents (GB/T 33190-2016) -> grids, as those of a PDF."""
