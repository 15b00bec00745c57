"""Portraits of the writers, in a few flat shapes, looking a little to one side."""
# SPDX-License-Identifier: Apache-2.0
from draw import BLUE, BRICK, INK, MIST, MOSS, NIGHT, OCHRE, PAPER, Picture, ROSE, SAND, SKY, STONE, WHITE

SIZE = 800


def bust(ground, skin, shade, coat, collar=None):
    """Shoulders, neck and head; the right side of everything in shade."""
    p = Picture(SIZE, SIZE, ground)
    p.path("M90 800C90 640 210 596 330 574H470C590 596 710 640 710 800Z", coat)
    p.path("M400 800V574H470C590 596 710 640 710 800Z", "#00000020")
    if collar:
        p.poly([(330, 566), (400, 700), (470, 566)], collar)
    p.path("M338 470V580C338 640 462 640 462 580V470Z", shade)
    p.path("M278 300C278 190 340 150 400 150S522 190 522 300C522 440 470 530 400 530S278 440 278 300Z", skin)
    p.path("M414 150C480 156 522 196 522 300C522 440 470 530 400 530C452 500 470 420 458 350C450 310 448 220 414 150Z", shade)
    return p


def features(p, ink, lips, brow=None, glasses=None):
    brow = brow or ink
    for x in (346, 438):
        p.ellipse(x, 326, 10, 8, ink)
        p.path(f"M{x - 28} 298Q{x} 282 {x + 26} 294", stroke=brow, width=9, cap="round")
    p.path("M392 330L380 404Q392 414 408 408", stroke="#00000040", width=7, cap="round")
    p.path("M362 456Q396 472 432 454", stroke=lips, width=9, cap="round")
    if glasses:
        for x in (344, 440):
            p.add("rect", x=x - 40, y=296, width=80, height=64, rx=26, fill="#ffffff30", stroke=glasses, stroke_width=8)
        p.line([(384, 318), (400, 318)], glasses, 8)


def ines_calloway():
    p = Picture(SIZE, SIZE, SAND)
    hair = "#3c2a24"
    p.path("M240 330C230 160 330 96 410 96C520 96 580 180 566 340C560 440 590 500 560 560H250C214 500 246 430 240 330Z", hair)
    q = bust(SAND, "#e9c0a0", "#d29f7d", BRICK, WHITE)
    p.parts += q.parts[1:]
    p.path("M272 330C262 200 330 140 410 136C500 140 536 210 528 320C500 290 470 240 440 214C400 262 330 290 272 330Z", hair)
    features(p, INK, BRICK)
    return p


def hamish_laird():
    p = bust(SKY, "#efc9ae", "#d9a688", "#4b5b43", WHITE)
    hair = "#b4653a"
    p.path("M268 330C256 190 330 126 410 130C500 132 546 200 530 320C512 300 508 270 500 244C440 250 350 244 300 226C284 260 284 300 268 330Z", hair)
    p.path("M276 350C284 470 330 556 400 556S518 470 524 350C512 400 496 430 470 436C440 420 360 420 330 436C304 430 288 400 276 350Z", hair)
    features(p, INK, "#8f3721", "#8a4a28")
    p.poly([(384, 590), (416, 590), (430, 760), (400, 800), (370, 760)], BLUE)
    return p


def leo_ferrante():
    p = bust(BLUE, "#d9ab85", "#bd8a63", PAPER, MIST)
    hair = "#c9cfd2"
    p.path("M270 320C252 250 270 190 310 160C300 220 290 270 288 320Z", hair)
    p.path("M530 320C548 250 530 190 490 160C500 220 510 270 512 320Z", hair)
    p.path("M342 430Q398 404 458 430Q430 446 398 438Q366 446 342 430Z", hair)
    features(p, INK, "#8a4a3a", STONE, NIGHT)
    return p


def maya_oduya():
    p = Picture(SIZE, SIZE, OCHRE)
    hair = "#1d1512"
    for x, y, r in ((290, 220, 96), (400, 150, 116), (510, 220, 96), (250, 330, 80), (550, 330, 80), (330, 150, 90), (470, 150, 90)):
        p.circle(x, y, r, hair)
    q = bust(OCHRE, "#8a5539", "#6d3f29", "#2f5f5b")
    p.parts += q.parts[1:]
    p.path("M274 300C266 200 330 136 404 138S540 200 530 304C490 250 450 226 400 226S310 250 274 300Z", hair)
    features(p, INK, "#4f2418")
    p.circle(280, 420, 15, SAND)
    p.circle(522, 420, 15, SAND)
    return p


def priya_raman():
    p = Picture(SIZE, SIZE, MIST)
    hair = "#191518"
    p.path("M236 340C230 180 320 100 404 100C500 100 572 180 564 340C560 460 640 560 600 720H200C170 560 240 460 236 340Z", hair)
    q = bust(MIST, "#bf8560", "#a26a48", "#5a3d82")
    p.parts += q.parts[1:]
    p.path("M270 340C264 210 330 134 400 132C400 200 340 270 270 340Z", hair)
    p.path("M400 132C480 134 540 210 530 340C470 280 412 210 400 132Z", hair)
    p.path("M528 330C560 470 600 580 566 740H660C660 560 590 470 564 320Z", hair)
    features(p, INK, "#7a3626", glasses=BRICK)
    return p


def tobias_wren():
    p = bust(MOSS, "#6f4a36", "#553626", NIGHT, SKY)
    hair = "#15100e"
    p.path("M272 310C262 190 330 128 402 128S540 190 528 310C520 280 512 250 500 226C450 200 350 200 300 226C288 250 280 280 272 310Z", hair)
    p.path("M334 470C350 440 450 440 466 470C470 520 440 540 400 540S330 520 334 470Z", hair)
    p.path("M362 462Q398 474 434 460", stroke="#9a5a44", width=10, cap="round")
    for x in (346, 438):
        p.ellipse(x, 326, 10, 8, INK)
        p.path(f"M{x - 28} 298Q{x} 284 {x + 26} 296", stroke=hair, width=11, cap="round")
    p.path("M392 330L380 404Q392 414 408 408", stroke="#00000050", width=7, cap="round")
    p.poly([(386, 596), (414, 596), (428, 800), (372, 800)], BRICK)
    return p


def gwen_pritchard():
    p = Picture(SIZE, SIZE, ROSE)
    hair = "#dfe3e4"
    p.path("M246 330C236 180 320 104 402 104S566 180 556 330C566 400 540 440 530 450H270C256 440 238 400 246 330Z", hair)
    q = bust(ROSE, "#f0cdb8", "#dcab92", BLUE)
    p.parts += q.parts[1:]
    p.path("M268 320C268 200 320 130 402 130C470 130 536 190 532 320C520 270 490 236 452 220C400 250 330 250 268 320Z", hair)
    features(p, INK, BRICK, STONE)
    p.rect(250, 640, 300, 160, OCHRE)
    p.rect(270, 574, 30, 80, OCHRE)
    p.rect(500, 574, 30, 80, OCHRE)
    p.rect(350, 690, 100, 70, "#b67c1c")
    p.rect(420, 664, 8, 60, INK)
    return p


def salma_haddad():
    p = Picture(SIZE, SIZE, "#8c3f33")
    scarf, fold = SAND, "#d9bd84"
    p.path("M226 350C210 180 310 90 402 90S594 180 574 350C566 470 600 560 640 640L640 800H160V640C200 560 236 470 226 350Z", scarf)
    q = bust("#8c3f33", "#d8a680", "#be8760", NIGHT)
    p.parts += q.parts[-2:]
    p.path("M264 340C256 220 320 136 402 136S546 220 536 340C536 250 480 196 402 196S272 250 264 340Z", scarf)
    p.path("M278 400C250 520 300 600 400 612C500 600 556 520 522 400C514 480 470 536 400 536S290 480 278 400Z", scarf)
    p.path("M250 540C330 640 480 650 580 560C590 640 540 740 400 740S210 640 250 540Z", fold)
    p.path("M120 800C120 720 200 690 280 680C350 740 450 740 520 680C600 690 680 720 680 800Z", NIGHT)
    features(p, INK, "#8a3a2c")
    return p


PICTURES = {f.__name__.replace("_", "-"): f for f in (
    ines_calloway, hamish_laird, leo_ferrante, maya_oduya, priya_raman, tobias_wren, gwen_pritchard, salma_haddad)}
