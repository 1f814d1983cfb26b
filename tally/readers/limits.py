"""How much a reader takes in before it says `too_large`: guards against zip bombs and stray far cells."""

FILE_BYTES = 300 * 2**20  # a file as received
PART_BYTES = 1 * 2**30  # one unpacked part of an office file or archive
ARCHIVE_BYTES = 1 * 2**30  # everything unpacked from one file as received, archives within archives counted together
ARCHIVE_MEMBERS = 2_000  # likewise
NESTED_ARCHIVES = 5  # archives and mails within one another
GRID_CELLS = 40_000_000  # rows × columns of one grid
MOST_COLUMNS = 16_384  # of any grid, as in Excel
TEXT_BYTES = 200 * 2**20  # delimited or running text
CONVERT_SECONDS = 120  # LibreOffice, one file
