"""PDF with text -> grids. A page's tables are "第1页表1", "第1页表2", …; one that goes on over pages is "第1-2页表1".

Text is read by where it stands, never by its order in the file. What cannot be read for certain is a problem: pages that
are pictures, fonts that do not say which characters they draw.
"""
