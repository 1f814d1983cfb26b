"""Faces are found by name, the official ones first, the shipped one last."""

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection

from tally.render.document import fonts


def font_file(folder, family, weight=400):
    """A tiny font of that name and weight with one glyph."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "uni4EBA"])
    builder.setupCharacterMap({0x4EBA: "uni4EBA"})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", "uni4EBA")})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "uni4EBA": (1000, 0)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")})
    builder.setupOS2(usWeightClass=weight)
    builder.setupPost()
    builder.save(folder / f"{family}-{weight}.ttf")


def test_with_pip_alone_every_part_has_the_shipped_face():
    found = fonts.find(system=False)
    assert set(found.families) == set(fonts.WANTED)
    shipped = {fonts.PIP_FAMILY, fonts.PIP_MONO, fonts.PIP_SERIF}
    assert {family for families in found.families.values() for family in families} == shipped
    assert found.folders == (fonts.pip_font().parent, fonts.pip_serif().parent)


def test_with_pip_alone_four_parts_look_different():
    found = fonts.find(system=False)
    looks = {part: (found.families[part][0], found.bold[part]) for part in ("title", "hei", "kai", "body")}
    assert looks["body"] == (fonts.PIP_SERIF, False)
    assert looks["hei"] == (fonts.PIP_FAMILY, False)
    assert looks["kai"] == (fonts.PIP_SERIF, True), "told from body text by its weight"
    assert looks["title"] == (fonts.PIP_SERIF, True), "told from the rest by weight and size"


def test_every_part_ends_with_the_shipped_face_on_any_machine():
    assert all(faces[-1].path == fonts.pip_font() for faces in fonts.find().parts.values())


def test_an_official_face_goes_before_a_look_alike_and_the_shipped_one(tmp_path):
    font_file(tmp_path, "FandolFang R")
    font_file(tmp_path, "FangSong")
    found = fonts.find(system=False, folders=(tmp_path,))
    assert found.families["body"] == ["FangSong", "FandolFang R", fonts.PIP_SERIF, fonts.PIP_FAMILY]
    assert found.families["kai"] == [fonts.PIP_SERIF, fonts.PIP_FAMILY]
    assert found.bold["kai"] and not found.bold["body"]
    assert tmp_path in found.folders


def test_the_title_takes_the_bold_face_of_a_family_and_the_text_the_regular_one(tmp_path):
    font_file(tmp_path, "FandolSong", 700)
    font_file(tmp_path, "FandolSong", 400)
    parts = fonts.find(system=False, folders=(tmp_path,)).parts
    assert [parts[part][0].path.name for part in ("title", "song")] == ["FandolSong-700.ttf", "FandolSong-400.ttf"]


def test_the_record_names_face_file_and_hash_but_no_path():
    record = fonts.find(system=False).record()["body"]
    assert record["family"] == fonts.PIP_SERIF
    assert record["file"] == "NotoSerifSC-Regular.otf"
    assert len(record["sha256"]) == 64


@pytest.mark.parametrize("character", "㙟堃喆𬭎鑫燚")
def test_the_shipped_face_has_the_rare_characters_of_firms_names(character):
    face = TTCollection(fonts.pip_font(), lazy=True).fonts[0]
    assert ord(character) in face.getBestCmap()
