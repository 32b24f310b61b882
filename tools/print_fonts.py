"""Make the fonts of printed things: `python tools/print_fonts.py SC.ttf CJK.ttc` (needs fonttools).

SC.ttf is NotoSansSC_400Regular.ttf of npm `@expo-google-fonts/noto-sans-sc` 0.4.3, CJK.ttc the
NotoSansCJK-Regular.ttc of Debian's `fonts-noto-cjk`; both under the OFL. Three files, looked up in
this order: `common` (GB 2312, Latin, signs), `rare` (every other character of SC), `extra` (names
such as 𠮷 that only CJK has; its curves are turned into TrueType ones, which reportlab needs).
The results are committed, so nobody needs this to run the portal.
"""

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

FONTS = Path(__file__).resolve().parent.parent / "common" / "print" / "fonts"
WINDOWS = 3
SIMPLIFIED = 2  # the face inside the collection
SIGNS = range(0x20, 0x3400)
HANGUL = range(0xAC00, 0xD7FC)
UNSEEN = {*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)}


def is_common(code):
    try:
        chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def cut(font, codes, name):
    options = Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 3, 4, 6, 13, 14])
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "GDEF", "DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    if "CFF " in font:
        to_truetype(font)
    font["name"].names = [kept for kept in font["name"].names if kept.platformID == WINDOWS]
    for number in (1, 4, 6):  # reportlab tells fonts apart by this name
        font["name"].setName(f"PortalSans-{name}", number, 3, 1, 0x409)
    font.save(FONTS / f"{name}.ttf")


def to_truetype(font):
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    outlines = {}
    for glyph in order:
        pen = TTGlyphPen(None)
        glyphs[glyph].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        outlines[glyph] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00010000, len(order)
    for field in [
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ]:
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 3.0, [], {}
    font["head"].glyphDataFormat = 0
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"


def main(simplified, collection):
    known = set(TTFont(simplified).getBestCmap()) - UNSEEN
    common = {code for code in known if code in SIGNS or is_common(code)}
    more = set(TTFont(collection, fontNumber=SIMPLIFIED).getBestCmap()) - UNSEEN
    cut(TTFont(simplified), common, "common")
    cut(TTFont(simplified), {code for code in known - common if code > 0x33FF}, "rare")
    extra = {code for code in more - known if code > 0x33FF and code not in HANGUL}
    cut(TTFont(collection, fontNumber=SIMPLIFIED), extra, "extra")


if __name__ == "__main__":
    main(*sys.argv[1:])
