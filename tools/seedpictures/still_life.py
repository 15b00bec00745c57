"""Things on a table: one subject each, large, lit from the upper left."""
# SPDX-License-Identifier: Apache-2.0
import math

from draw import (BLUE, BRICK, INK, MIST, MOSS, NIGHT, OCHRE, PAPER, Picture, SAND, SKY, STONE, WHITE, box)


def till_receipt():
    p = Picture(ground=OCHRE)
    p.cast(box(600, 0, 420, 850), 420, 420, "#c28720")
    teeth = [(600, 0), (1020, 0)]
    teeth += [(1020 - 30 * i, 850 + (24 if i % 2 else 0)) for i in range(15)]
    p.poly(teeth, WHITE)
    p.text(810, 92, "CAFÉ BRANDT", 40, INK, "middle", 700)
    p.line([(650, 126), (970, 126)], INK, 3)
    rows = (("Flat white", "3.40"), ("Almond bun", "2.45"), ("Total", "5.85"))
    for i, (what, price) in enumerate(rows):
        bold = 700 if what == "Total" else 400
        p.text(650, 196 + i * 62, what, 36, INK, weight=bold)
        p.text(970, 196 + i * 62, price, 36, INK, "end", bold)
    p.line([(650, 352), (970, 352)], INK, 3)
    p.text(650, 424, "To be paid", 32, STONE)
    p.rect(650, 452, 320, 54, MIST)
    p.rect(650, 452, 26, 54, BRICK)
    p.text(970, 556, "£0.10", 36, BRICK, "end", 700)
    for i, w in enumerate((5, 11, 5, 5, 16, 8, 5, 14, 5, 8, 11, 5, 16, 5, 8, 5, 11, 5)):
        p.rect(658 + i * 17.4, 640, w, 130, INK)
    p.ellipse(250, 850, 250, 76, "#c28720")
    p.ellipse(232, 830, 226, 62, WHITE)
    p.poly([(112, 610), (352, 610), (322, 830), (142, 830)], PAPER)
    p.poly([(260, 610), (352, 610), (322, 830), (240, 830)], SAND)
    p.ellipse(232, 610, 120, 34, WHITE)
    p.ellipse(232, 614, 100, 25, "#6b3a22")
    p.path("M345 660C420 650 424 750 330 760", stroke=PAPER, width=24)
    return p


def terrace():
    p = Picture(ground=MIST)
    p.poly([(0, 430), (380, 250), (820, 360), (1240, 190), (1600, 320), (1600, 700), (0, 700)], "#b4cad4")
    for i in range(5):
        x = -130 + i * 372
        ours = i == 2
        wall = BRICK if ours else ("#8796a0", "#7d8d98")[i % 2]
        p.poly([(x, 470), (x + 186, 330), (x + 372, 470)], NIGHT if ours else "#5c6c78")
        p.rect(x, 468, 372, 440, wall)
        p.rect(x + 300, 300, 58, 120, wall)
        p.rect(x + 292, 290, 74, 18, NIGHT if ours else "#5c6c78")
        glass = "#f4d98c" if ours else "#aebcc4"
        for wx, wy in ((50, 520), (222, 520), (50, 700)):
            p.rect(x + wx, wy, 100, 130, WHITE if ours else "#98a6af")
            p.rect(x + wx + 9, wy + 9, 82, 112, glass)
            p.rect(x + wx + 46, wy + 9, 8, 112, WHITE if ours else "#98a6af")
        p.rect(x + 226, 690, 96, 218, BLUE if ours else "#62737f")
        p.circle(x + 305, 804, 6, OCHRE if ours else "#98a6af")
    p.text(888, 748, "14", 44, WHITE, "middle", 500, "Newsreader")
    p.rect(0, 908, 1600, 160, "#5c6c78")
    p.rect(0, 908, 1600, 34, "#a9b4ba")
    p.poly([(614, 942), (986, 942), (1180, 1067), (808, 1067)], "#4c5b66")
    return p


def key_and_term():
    p = Picture(ground=BLUE)
    p.poly([(250, 1067), (250, 560), (800, 150), (1350, 560), (1350, 1067)], "#17597f")
    p.poly([(800, 150), (1350, 560), (1350, 1067), (800, 1067)], "#0c3f64")
    p.open("rotate(-38 800 620)")
    p.cast(box(620, 584, 620, 62), 60, 90, "#09334f")
    p.ring(520, 615, 132, "#b67c1c", 74)
    p.ring(512, 605, 132, OCHRE, 74)
    p.rect(640, 584, 610, 62, OCHRE)
    p.rect(640, 632, 610, 14, "#b67c1c")
    for x, h in ((1040, 96), (1110, 64), (1180, 118)):
        p.rect(x, 640, 44, h, OCHRE)
        p.rect(x + 32, 640, 12, h, "#b67c1c")
    p.close()
    p.line([(392, 744), (330, 850), (300, 880)], WHITE, 5)
    p.poly([(180, 850), (330, 830), (368, 960), (160, 990)], WHITE)
    p.text(266, 930, "40 years", 44, BRICK, "middle", 700)
    return p


def coins():
    p = Picture(ground=PAPER)
    p.rect(0, 700, 1600, 367, SAND)
    for i, count in enumerate((9, 7, 5, 3, 1)):
        x, top = 240 + i * 262, 850 - count * 56
        p.cast([(x + 108, 850), (x + 108, top), (x - 20, 850)], 170, 60, "#d3b77c")
        for k in range(count):
            y = 850 - k * 56
            p.rect(x - 108, y - 48, 216, 48, "#a5502f" if k % 2 else "#b86139")
            p.ellipse(x, y, 108, 27, "#a5502f" if k % 2 else "#b86139")
            p.ellipse(x, y - 48, 108, 27, "#c9764a")
        p.ellipse(x, 850 - (count - 1) * 56 - 50, 84, 19, "#dd9468")
    return p


def cash_weight():
    p = Picture(ground=NIGHT)
    p.circle(800, 560, 430, BLUE)
    p.wedge(800, 560, 430, 0, 60, BRICK)
    p.circle(800, 560, 300, NIGHT)
    p.circle(800, 560, 276, OCHRE)
    p.wedge(800, 560, 276, 0, 60, "#7d5a1e")
    p.text(790, 660, "£", 300, NIGHT, "middle", 500, "Newsreader")
    return p


def noughts():
    p = Picture(ground=BRICK)
    for i, (x, fill) in enumerate(((270, SAND), (800, WHITE), (1330, OCHRE))):
        p.ellipse(x + 70, 600, 236, 360, "#8f3721")
        p.ellipse(x, 534, 236, 360, fill)
        p.ellipse(x, 534, 112, 236, BRICK)
    p.poly([(1290, 900), (1370, 900), (1370, 1067), (1290, 1067)], NIGHT)
    p.circle(1330, 850, 42, NIGHT)
    return p


def shared_bill():
    p = Picture(ground="#2f5f5b")
    for x, r, fill in ((430, 230, WHITE), (1130, 330, WHITE)):
        p.circle(x + 44, 590, r, "#244a47")
        p.circle(x, 540, r, fill)
        p.circle(x, 540, r * .72, PAPER)
    p.wedge(430, 540, 165, 0, 133, OCHRE)
    p.wedge(1130, 540, 237, 0, 133, OCHRE)
    for x in (130, 700):
        p.rect(x, 330, 20, 430, MIST)
        for k in (-26, 0, 26):
            p.rect(x + 4 + k, 270, 12, 110, MIST)
        p.rect(x - 22, 374, 64, 20, MIST)
    return p


def water_glass():
    p = Picture(ground=SKY)
    p.rect(0, 700, 1600, 367, "#6690aa")
    p.cast([(620, 240), (980, 240), (930, 860), (670, 860)], 420, 170, "#557f99")
    p.poly([(600, 200), (1000, 200), (940, 880), (660, 880)], "#e9f1f4")
    p.poly([(634, 560), (966, 560), (932, 862), (668, 862)], BLUE)
    p.poly([(800, 560), (966, 560), (932, 862), (800, 862)], "#0b3d62")
    p.ellipse(800, 560, 166, 26, "#3a7ea6")
    p.path("M800 300C840 360 858 390 858 424A58 58 0 0 1 742 424C742 390 760 360 800 300Z", OCHRE)
    p.rect(540, 60, 520, 70, NIGHT)
    p.rect(770, 120, 60, 80, NIGHT)
    p.rect(750, 190, 100, 30, NIGHT)
    return p


def drawers():
    p = Picture(ground="#5d4631")
    for row in range(6):
        for col in range(9):
            x, y = 20 + col * 175, 16 + row * 175
            open_one = (row, col) == (2, 5)
            if open_one:
                p.rect(x, y, 162, 162, "#2c2016")
                continue
            p.rect(x, y, 162, 162, ("#9c7448", "#a67d4f", "#936b41")[(row * 5 + col * 3) % 3])
            p.rect(x, y + 150, 162, 12, "#7a5936")
            p.rect(x + 41, y + 40, 80, 34, PAPER)
            p.circle(x + 81, y + 108, 14, OCHRE)
    x, y = 895, 366
    p.poly([(x, y + 20), (x + 162, y + 20), (x + 210, y + 250), (x - 48, y + 250)], "#c89a63")
    p.poly([(x + 14, y + 34), (x + 148, y + 34), (x + 178, y + 220), (x - 16, y + 220)], "#3b2b1d")
    for i, (dx, dy, r) in enumerate(((40, 90, 24), (100, 80, 18), (70, 150, 30), (136, 160, 22), (20, 180, 18))):
        p.ring(x + dx, y + dy, r, (STONE, MIST, OCHRE)[i % 3], 11)
    p.rect(x - 48, y + 236, 258, 120, "#b88a55")
    p.rect(x + 41, y + 262, 80, 34, PAPER)
    p.circle(x + 81, y + 326, 14, OCHRE)
    return p


def chocolate():
    p = Picture(ground=SAND)
    p.open("rotate(-12 800 540)")
    p.rect(330, 300, 1000, 560, "#c9ac6b")
    p.rect(280, 250, 1000, 560, "#4a2a1b")
    for row in range(4):
        for col in range(7):
            if col == 6 and row < 3 or (col, row) == (5, 0):
                continue
            x, y = 292 + col * 141, 262 + row * 138
            p.rect(x, y, 128, 124, "#5f3825")
            p.poly([(x, y), (x + 128, y), (x + 104, y + 22), (x + 24, y + 22), (x + 24, y + 100), (x, y + 124)], "#7d4d35")
    p.poly([(990, 230), (1345, 230), (1345, 674), (1131, 674), (1131, 392), (990, 392)], SAND)
    p.poly([(220, 220), (520, 220), (486, 330), (530, 440), (480, 560), (528, 690), (490, 850), (220, 850)], BLUE)
    p.poly([(486, 330), (530, 440), (480, 560), (528, 690), (490, 850), (530, 850), (566, 690), (516, 560), (566, 440), (520, 330), (552, 220), (520, 220)], WHITE)
    p.text(360, 560, "Skerry", 84, WHITE, "middle", 500, "Newsreader")
    p.close()
    return p


def oil():
    p = Picture(ground=MOSS)
    p.rect(0, 760, 1600, 307, "#4d6853")
    p.cast(box(900, 330, 230, 560), 330, 120, "#435c49")
    p.rect(900, 360, 230, 530, "#c7b545")
    p.rect(900, 360, 230, 200, "#dfe3cf")
    p.poly([(900, 360), (968, 270), (1062, 270), (1130, 360)], "#dfe3cf")
    p.rect(968, 130, 94, 150, "#dfe3cf")
    p.rect(956, 100, 118, 70, NIGHT)
    p.rect(1040, 360, 90, 530, "#00000022")
    p.rect(900, 600, 230, 190, PAPER)
    p.text(1015, 716, "£8.00", 60, INK, "middle", 700)
    p.path("M120 300C330 330 520 470 700 760", stroke="#33452f", width=12)
    for i, (x, y, turn) in enumerate(((210, 270, 20), (250, 400, 70), (360, 320, 30), (390, 480, 85), (500, 420, 40), (520, 600, 95), (630, 560, 55))):
        p.ellipse(x, y, 92, 22, "#8fa67c" if i % 2 else "#a9bb93", turn)
    for x, y in ((300, 430), (470, 560), (420, 380), (590, 690)):
        p.ellipse(x + 12, y + 16, 40, 50, "#33452f")
        p.ellipse(x, y, 40, 50, NIGHT)
        p.ellipse(x - 12, y - 16, 10, 14, STONE)
    return p


def scissors():
    p = Picture(ground=MIST)
    for i, (y, fill, name) in enumerate(((150, BLUE, "A"), (420, OCHRE, "B"), (690, BRICK, "C"))):
        p.rect(430, y + 30, 460, 250, "#aac1cc", r=20)
        p.rect(400, y, 460, 250, fill, r=20)
        p.rect(440, y + 60, 70, 54, SAND, r=8)
        p.text(822, y + 74, name, 60, WHITE, "end", 600)
        for k in range(4):
            p.rect(440 + k * 100, y + 170, 78, 16, "#ffffff88")
    p.poly([(628, 690), (660, 780), (640, 850), (668, 940), (700, 940), (672, 850), (692, 780), (660, 690)], MIST)
    p.poly([(590, 846), (1050, 652), (1230, 590), (1250, 632), (1090, 735)], "#6b747a")
    p.poly([(590, 776), (1060, 664), (1240, 800), (1210, 842), (1050, 748)], STONE)
    p.ring(1310, 560, 86, NIGHT, 40)
    p.ring(1300, 870, 86, NIGHT, 40)
    p.circle(1068, 705, 17, INK)
    return p


def doormat():
    p = Picture(ground="#7b8f99")
    for row in range(5):
        for col in range(8):
            if (row + col) % 2 == 0:
                p.rect(col * 200, row * 214, 200, 214, "#8ea1aa")
    p.rect(250, 330, 1130, 560, "#5b4330")
    p.rect(220, 300, 1130, 560, "#8a6845")
    for i in range(28):
        p.rect(240 + i * 40, 300, 16, 560, "#7c5c3b")
    for x, y, turn, fill, bar in ((420, 430, -14, WHITE, BRICK), (760, 400, 9, PAPER, BLUE), (610, 580, -4, WHITE, BRICK)):
        p.open(f"rotate({turn} {x + 190} {y + 120})")
        p.rect(x + 16, y + 18, 400, 240, "#5b4330")
        p.rect(x, y, 400, 240, fill)
        p.rect(x, y, 400, 22, bar)
        p.rect(x + 40, y + 110, 190, 74, MIST)
        for k in range(3):
            p.rect(x + 54, y + 124 + k * 18, 150 - 30 * k, 8, STONE)
        p.close()
    p.poly([(0, 0), (520, 0), (0, 520)], "#ffffff1c")
    return p


def blanket():
    p = Picture(ground=BRICK)
    for i in range(3):
        y = 690 - i * 190
        p.rect(330, y + 30, 960, 170, "#8f3721", r=60)
        p.rect(300, y, 960, 170, (SAND, WHITE, OCHRE)[i], r=60)
        for k in range(6):
            p.rect(400 + k * 140, y, 40, 170, (BLUE, BRICK, NIGHT)[i])
            p.rect(456 + k * 140, y, 12, 170, (BLUE, BRICK, NIGHT)[i])
    p.line([(1180, 330), (1330, 250)], WHITE, 6)
    p.poly([(1310, 160), (1520, 160), (1520, 330), (1310, 330), (1260, 245)], WHITE)
    p.circle(1310, 245, 14, BRICK)
    p.text(1420, 266, "34.9%", 54, INK, "middle", 700)
    return p


def ladder():
    p = Picture(ground=SKY)
    p.poly([(0, 1067), (0, 900), (1600, 760), (1600, 1067)], BLUE)
    p.cast([(520, 960), (590, 960), (590, 940)], 520, 60, "#0b3d62")
    for x0, x1 in ((470, 760), (770, 1060)):
        p.poly([(x0, 980), (x0 + 44, 980), (x1 + 24, 40), (x1 - 14, 40)], WHITE)
        p.poly([(x0 + 30, 980), (x0 + 44, 980), (x1 + 24, 40), (x1 + 12, 40)], MIST)
    for i in range(5):
        y = 880 - i * 180
        x = 500 + (980 - y) * .309
        p.rect(x - 10, y, 330 - i * 3, 44, OCHRE)
        p.rect(x - 10, y + 32, 330 - i * 3, 12, "#b67c1c")
        p.text(x + 155, y - 16, f"Year {i + 1}", 40, NIGHT if i else WHITE, "middle", 600)
    return p


def tea_glass():
    p = Picture(ground="#8c3f33")
    p.circle(800, 1040, 620, "#7a342a")
    p.circle(800, 1040, 520, "#8c3f33")
    p.ellipse(820, 900, 330, 84, "#5f261e")
    p.ellipse(790, 876, 320, 78, WHITE)
    p.ellipse(790, 870, 230, 50, MIST)
    p.path("M650 420C650 560 730 580 730 660C730 730 690 770 690 850H890C890 770 850 730 850 660C850 580 930 560 930 420Z", "#f4e7d2")
    p.path("M664 500C672 580 742 590 742 660C742 730 706 770 704 838H876C874 770 838 730 838 660C838 590 908 580 916 500Z", "#b5541c")
    p.path("M790 500H916C908 580 838 590 838 660C838 730 874 770 876 838H790Z", "#933f12")
    p.ellipse(790, 500, 126, 20, "#d47a34")
    p.ellipse(790, 420, 140, 22, "#fdf6ea")
    p.rect(1090, 560, 260, 460, NIGHT, 14, 30)
    p.rect(1112, 600, 216, 380, SKY, 14, 8)
    p.text(1205, 800, "£204", 58, NIGHT, "middle", 700)
    p.open("rotate(-20 390 780)")
    p.rect(190, 690, 400, 190, MOSS)
    p.rect(206, 706, 368, 158, "#86a18b")
    p.circle(390, 785, 56, PAPER)
    p.close()
    return p


def nested_boxes():
    p = Picture(ground=BLUE)
    for i, fill in enumerate((NIGHT, SKY, MIST, WHITE)):
        d = i * 120
        p.rect(420 + d, 140 + d, 780 - 2 * d, 780 - 2 * d, fill)
        p.poly([(420 + d, 920 - d), (1200 - d, 920 - d), (1200 - d, 140 + d), (1174 - d, 166 + d), (1174 - d, 894 - d), (446 + d, 894 - d)], "#00000018")
    p.circle(810, 530, 44, OCHRE)
    p.circle(802, 522, 32, "#eab85a")
    return p


def gas_dials():
    p = Picture(ground=STONE)
    p.rect(230, 130, 1200, 860, "#6f797e", r=30)
    p.rect(190, 90, 1200, 860, WHITE, r=30)
    p.rect(250, 640, 1080, 230, NIGHT, r=10)
    for i, digit in enumerate("04624"):
        p.rect(285 + i * 205, 668, 176, 174, "#1c3a52")
        p.text(373 + i * 205, 800, digit, 140, WHITE, "middle", 600)
    for i, turn in enumerate((150, 245, 20, 300)):
        x = 390 + i * 265
        p.circle(x, 360, 112, MIST)
        p.circle(x, 360, 96, PAPER)
        for k in range(10):
            a = math.radians(k * 36)
            p.circle(x + 76 * math.sin(a), 360 - 76 * math.cos(a), 6, INK)
        p.open(f"rotate({turn} {x} 360)")
        p.poly([(x - 10, 372), (x + 10, 372), (x, 282)], BRICK)
        p.close()
        p.circle(x, 360, 13, BRICK)
    p.text(250, 570, "cubic metres", 44, STONE)
    p.rect(560, 0, 90, 92, OCHRE)
    p.rect(930, 0, 90, 92, OCHRE)
    return p


def two_glances():
    p = Picture(ground=PAPER)
    p.circle(590, 533, 400, BLUE)
    p.circle(1010, 533, 400, OCHRE)
    p.path("M800 193A400 400 0 0 1 800 873A400 400 0 0 1 800 193Z", NIGHT)
    p.text(400, 640, "£", 320, WHITE, "middle", 500, "Newsreader")
    p.text(1200, 640, "€", 320, WHITE, "middle", 500, "Newsreader")
    p.text(800, 560, "3.0%", 84, SAND, "middle", 700)
    return p


def five_nameplates():
    p = Picture(1600, 940, NIGHT)
    p.rect(0, 0, 1600, 640, "#123a58")
    for x in range(0, 1600, 200):
        p.rect(x + 40, 60, 120, 500, "#0f3350")
        p.rect(x + 56, 76, 88, 468, "#17466a")
    p.rect(0, 600, 1600, 60, BRICK)
    p.rect(0, 660, 1600, 280, "#8f3823")
    p.rect(0, 660, 1600, 14, "#7b301e")
    for i, bank in enumerate(("NORTHMOOR", "TERN", "HALDEN", "PENHALLOW", "QUAY ST")):
        x = 160 + i * 320
        p.path(f"M{x + 62} 600C{x + 62} 500 {x + 40} 470 {x + 18} 440", stroke=INK, width=9, cap="round")
        p.circle(x + 12, 430, 20, INK)
        p.rect(x + 40, 592, 48, 14, INK)
        p.ellipse(x - 92, 604, 34, 9, "#7b301e")
        p.poly([(x - 118, 512), (x - 66, 512), (x - 72, 600), (x - 112, 600)], MIST)
        p.poly([(x - 116, 546), (x - 68, 546), (x - 72, 600), (x - 112, 600)], SKY)
        p.poly([(x - 104, 720), (x + 104, 720), (x + 116, 826), (x - 116, 826)], WHITE)
        p.poly([(x - 116, 826), (x + 116, 826), (x + 128, 846), (x - 128, 846)], SAND)
        p.text(x, 790, bank, 34 if len(bank) < 9 else 30, INK, "middle", 700)
    return p


PICTURES = {f.__name__.replace("_", "-"): f for f in (
    till_receipt, terrace, key_and_term, coins, cash_weight, noughts, shared_bill, water_glass, drawers, chocolate, oil, scissors,
    doormat, blanket, ladder, tea_glass, nested_boxes, gas_dials, two_glances, five_nameplates)}
