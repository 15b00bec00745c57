"""Ships, tills and kettles: how things move and are paid for. Stills of films are 16 by 9."""
# SPDX-License-Identifier: Apache-2.0
from draw import (BLUE, BRICK, INK, MIST, MOSS, NIGHT, OCHRE, PAPER, Picture, ROSE, SAND, SKY, STONE, WHITE)

BOXES = (OCHRE, BRICK, SKY, WHITE, BLUE, MOSS, BRICK, STONE, OCHRE, MIST)


def still(ground):
    return Picture(1600, 900, ground)


def stack(p, x, y, columns, heights, w=86, h=50, seed=1):
    for c in range(columns):
        for k in range(heights[c % len(heights)]):
            fill = BOXES[(c * 7 + k * 3 + seed) % len(BOXES)]
            left, top = x + c * (w + 4), y - (k + 1) * (h + 4)
            p.rect(left, top, w, h, fill)
            for i in range(1, 4):
                p.rect(left + i * w / 4 - 2, top + 6, 4, h - 12, "#00000022")


def container_ship():
    p = Picture(ground=SAND)
    p.circle(1230, 330, 190, OCHRE)
    p.rect(0, 800, 1600, 267, BLUE)
    stack(p, 320, 668, 10, (5, 6, 6, 7, 6, 7, 7, 6, 5, 4))
    p.poly([(150, 668), (1480, 668), (1390, 850), (250, 850)], NIGHT)
    p.poly([(164, 696), (1466, 696), (1452, 724), (180, 724)], BRICK)
    p.rect(1240, 380, 150, 288, WHITE)
    p.rect(1210, 380, 210, 46, WHITE)
    for i in range(5):
        p.rect(1226 + i * 38, 392, 26, 22, NIGHT)
    p.rect(1290, 290, 60, 90, BRICK)
    p.rect(1290, 310, 60, 20, WHITE)
    for i in range(4):
        y = 850 + i * 58
        p.path(f"M0 {y}" + "".join(f"q50 {-22 if (k + i) % 2 else 22} 100 0" for k in range(16)), stroke="#2d6a92", width=8)
    return p


def freight_quarter():
    p = Picture(ground=BLUE)
    for i in range(5):
        p.rect(0, 190 + i * 190, 1600, 4, "#1d5a84")
    for y, length, x, count in ((250, 1150, 380, 3), (520, 900, 330, 11), (790, 700, 280, 14)):
        p.poly([(x - 140, y), (x + length, y), (x + length - 70, y + 84), (x - 90, y + 84)], NIGHT)
        for k in range(count):
            w = (length - 120) / count
            p.rect(x - 60 + k * w, y - 64, w - 8, 60, OCHRE if count == 3 else (SKY if k % 2 else MIST))
        p.rect(x - 130, y - 110, 56, 110, WHITE)
    return p


def commuter_train():
    p = Picture(ground=MIST)
    p.rect(0, 780, 1600, 287, "#9fb4bd")
    p.rect(0, 846, 1600, 16, NIGHT)
    for i in range(17):
        p.rect(i * 100, 862, 54, 20, "#6f8590")
    p.line([(0, 150), (1600, 150)], NIGHT, 5)
    p.path("M240 380L360 150L480 380", stroke=NIGHT, width=9)
    p.poly([(0, 380), (1180, 380), (1330, 440), (1450, 600), (1500, 760), (1500, 846), (0, 846)], BRICK)
    p.poly([(0, 690), (1478, 690), (1500, 760), (1500, 846), (0, 846)], "#8f3721")
    p.poly([(1160, 420), (1300, 460), (1400, 600), (1160, 600)], NIGHT)
    p.poly([(1160, 420), (1220, 436), (1160, 560)], "#2b4d66")
    for i in range(4):
        p.rect(70 + i * 260, 440, 170, 150, NIGHT)
        p.poly([(70 + i * 260, 440), (150 + i * 260, 440), (70 + i * 260, 560)], "#2b4d66")
    for x in (30, 520):
        p.rect(x + 245 - 30, 430, 6, 390, "#8f3721")
    p.rect(0, 640, 1466, 16, OCHRE)
    p.circle(1440, 730, 22, WHITE)
    for x in (160, 330, 1040, 1210):
        p.circle(x, 846, 44, INK)
        p.circle(x, 846, 18, STONE)
    return p


def hatchback():
    p = Picture(ground=ROSE)
    p.rect(0, 780, 1600, 287, "#c7846c")
    p.ellipse(760, 880, 560, 46, "#a8664f")
    p.path("M230 800C210 700 250 640 380 620L560 470C590 444 620 430 670 430H960C1010 430 1040 446 1070 480L1170 610C1290 630 1330 670 1330 800Z", BLUE)
    p.path("M610 480C630 464 640 462 670 462H780V610H450Z", MIST)
    p.path("M810 462H950C990 462 1010 470 1030 496L1110 610H810Z", MIST)
    p.rect(230, 730, 1100, 26, "#0b3d62")
    for x in (440, 1110):
        p.circle(x, 800, 106, NIGHT)
        p.circle(x, 800, 56, STONE)
        p.circle(x, 800, 18, NIGHT)
    p.ellipse(1310, 690, 24, 30, OCHRE)
    p.path("M1130 560C1190 760 1330 800 1390 690", stroke=INK, width=5)
    p.ellipse(1402, 500, 132, 170, "#8f3721", 12)
    p.ellipse(1392, 492, 128, 166, BRICK, 12)
    p.poly([(1356, 640), (1404, 650), (1370, 694)], BRICK)
    p.ellipse(1346, 420, 22, 44, "#cf7a63", 22)
    p.text(1396, 520, "£9,400", 60, WHITE, "middle", 700)
    return p


def card_terminal():
    p = Picture(ground=NIGHT)
    p.open("rotate(-10 800 560)")
    p.rect(600, 150, 470, 900, "#051420", r=60)
    p.rect(560, 100, 470, 900, MIST, r=60)
    p.rect(610, 160, 370, 280, BLUE, r=14)
    p.text(795, 280, "11:52", 104, WHITE, "middle", 600)
    p.text(795, 370, "Expired", 60, SAND, "middle", 600)
    for i in range(12):
        x, y = 640 + i % 3 * 116, 490 + i // 3 * 96
        fill = {9: BRICK, 11: MOSS}.get(i, WHITE)
        p.rect(x, y, 90, 66, fill, r=12)
    p.rect(590, 920, 410, 20, STONE)
    p.close()
    p.open("rotate(8 1230 800)")
    p.rect(1050, 700, 420, 265, OCHRE, r=22)
    p.rect(1050, 750, 420, 52, "#8a5f14")
    p.rect(1090, 850, 80, 60, SAND, r=10)
    p.close()
    return p


def travel_card():
    p = Picture(ground=SKY)
    for i in range(7):
        p.ring(1600, 1067, 240 + i * 190, "#93b8cd", 5)
    p.open("rotate(-14 760 530)")
    p.rect(420, 330, 840, 530, "#5d89a4", r=40)
    p.rect(370, 280, 840, 530, BLUE, r=40)
    p.path("M370 700C560 560 720 760 900 620S1160 540 1210 560V770A40 40 0 0 1 1170 810H410A40 40 0 0 1 370 770Z", "#17608f")
    p.rect(440, 430, 118, 92, SAND, r=14)
    p.line([(440, 476), (558, 476)], "#b99b55", 5)
    p.line([(499, 430), (499, 522)], "#b99b55", 5)
    p.text(1150, 380, "Tern", 88, WHITE, "end", 500, "Newsreader")
    p.path("M640 520C700 450 760 450 800 500C840 450 910 450 960 520C900 500 850 520 800 570C750 520 700 500 640 520Z", WHITE)
    for k in range(4):
        p.rect(440 + k * 180, 660, 140, 22, MIST)
    p.close()
    return p


def half_shutter():
    p = Picture(ground="#33414b")
    p.rect(240, 90, 1120, 977, NIGHT)
    p.rect(240, 640, 1120, 427, OCHRE)
    p.poly([(240, 1067), (520, 760), (1080, 760), (1360, 1067)], "#b67c1c")
    for i in range(11):
        y = 90 + i * 50
        p.rect(240, y, 1120, 44, SKY if i % 2 else "#8fb5ca")
    p.rect(240, 640, 1120, 34, "#4d7690")
    p.rect(740, 634, 120, 46, NIGHT)
    p.rect(760, 612, 80, 30, STONE)
    for i, h in enumerate((150, 210, 180, 240, 190)):
        x = 430 + i * 170
        p.rect(x - 32, 1067 - h, 64, h, NIGHT)
        p.circle(x, 1067 - h - 26, 38, NIGHT)
    return p


def palisade():
    p = Picture(ground=MOSS)
    p.rect(0, 780, 1600, 287, "#465e4c")
    for i in range(10):
        x = 50 + i * 156
        odd = i == 7
        fill = BRICK if odd else WHITE
        top = 360 if odd else 240
        p.cast([(x, 900), (x + 100, 900), (x + 50, top)], 130, 80, "#3b5141")
        p.poly([(x, 900), (x, top + 60), (x + 50, top), (x + 100, top + 60), (x + 100, 900)], fill)
        p.poly([(x + 70, 900), (x + 70, top + 24), (x + 100, top + 60), (x + 100, 900)], "#00000014")
    for y in (460, 720):
        p.rect(0, y, 1600, 40, MIST)
        p.rect(0, y + 28, 1600, 12, STONE)
    return p


def block_of_flats():
    p = Picture(ground=SAND)
    p.poly([(420, 1067), (1010, 150), (1600, 300), (1600, 1067)], "#dcc08a")
    p.rect(330, 150, 680, 917, BLUE)
    p.rect(1010, 150, 130, 917, "#0b3d62")
    for row in range(6):
        for col in range(4):
            x, y = 380 + col * 155, 210 + row * 140
            fit = (row, col) == (2, 2)
            p.rect(x, y, 112, 92, OCHRE if fit else MIST)
            p.rect(x + 52, y, 8, 92, BLUE)
            p.rect(x - 8, y + 92, 128, 12, WHITE)
    p.open("rotate(6 1250 560)")
    p.rect(1140, 400, 270, 350, "#00000022")
    p.rect(1120, 380, 270, 350, WHITE)
    for k in range(4):
        p.rect(1156, 430 + k * 44, 198 - (k == 3) * 70, 14, STONE)
    p.circle(1330, 660, 44, BRICK)
    p.path("M1310 660L1326 678L1354 642", stroke=WHITE, width=11)
    p.close()
    return p


def overdue():
    p = Picture(ground=BLUE)
    p.rect(400, 170, 860, 840, "#0b3d62")
    p.rect(360, 130, 860, 840, WHITE)
    p.rect(360, 130, 860, 130, BRICK)
    for x in (520, 1060):
        p.rect(x - 14, 90, 28, 90, NIGHT)
    for i in range(35):
        x, y = 400 + i % 7 * 114, 300 + i // 7 * 130
        late = i > 26
        p.rect(x, y, 96, 108, ROSE if late else MIST if i % 7 < 5 else PAPER)
        if i < 27:
            p.line([(x + 24, y + 30), (x + 72, y + 80)], STONE, 7)
        if i == 26:
            p.ring(x + 48, y + 54, 62, OCHRE, 13)
    return p


def staked():
    p = Picture(ground=NIGHT)
    for i in range(60):
        x, y = 150 + i % 10 * 92, 270 + i // 10 * 92
        p.circle(x + 8, y + 8, 38, "#051420")
        p.circle(x, y, 38, OCHRE)
        p.rect(x - 7, y - 22, 14, 60, "#8a5f14")
    for i in range(40):
        p.circle(1140 + i % 4 * 92, 60 + i // 4 * 100, 38, SKY)
    return p


def copper_coil():
    p = still(SKY)
    p.rect(0, 640, 1600, 260, "#5c86a0")
    p.ellipse(860, 770, 600, 70, "#48718b")
    for i in range(9):
        y = 720 - i * 62
        p.ellipse(780, y, 410, 104, "#9a4a26")
        p.ellipse(780, y - 20, 410, 104, "#c56a3c")
        p.ellipse(780, y - 26, 392, 94, "#dd8a5a" if i == 8 else "#b85f34")
    p.ellipse(780, 198, 210, 46, "#6f3218")
    p.ellipse(780, 214, 196, 34, "#4a2110")
    p.path("M1168 250C1340 260 1450 330 1440 470C1430 600 1300 640 1330 760C1350 830 1450 850 1600 840", stroke="#9a4a26", width=34)
    p.path("M1166 242C1336 252 1446 322 1436 462C1426 592 1296 632 1326 752C1346 822 1446 842 1600 832", stroke="#dd8a5a", width=20)
    return p


def rate_board():
    p = still(NIGHT)
    p.rect(170, 90, 1260, 740, "#051420")
    p.rect(140, 60, 1260, 740, "#16344a")
    p.text(200, 150, "We buy", 44, SKY)
    p.text(1340, 150, "You get for £500", 44, SKY, "end")
    for i, (code, got) in enumerate((("EUR", "497"), ("EUR", "502"), ("EUR", "529"), ("EUR", "571"))):
        y = 190 + i * 148
        best = i == 3
        for k, letter in enumerate(code):
            p.rect(200 + k * 126, y, 114, 124, OCHRE if best else INK)
            p.text(257 + k * 126, y + 94, letter, 88, NIGHT if best else WHITE, "middle", 600)
            p.rect(200 + k * 126, y + 60, 114, 4, "#16344a")
        for k, digit in enumerate(got):
            p.rect(974 + k * 126, y, 114, 124, OCHRE if best else INK)
            p.text(1031 + k * 126, y + 94, digit, 88, NIGHT if best else WHITE, "middle", 600)
            p.rect(974 + k * 126, y + 60, 114, 4, "#16344a")
    return p


def till_drawer():
    p = still(BRICK)
    p.rect(200, 130, 1280, 720, "#8f3721")
    p.rect(160, 90, 1280, 720, NIGHT)
    for i in range(5):
        x = 196 + i * 246
        p.rect(x, 126, 226, 320, "#1c3a52")
        if i < 4:
            fill = (MOSS, OCHRE, SKY, ROSE)[i]
            for k in range(3):
                p.rect(x + 18 + k * 4, 150 + k * 10, 182, 280 - k * 10, "#00000030")
                p.rect(x + 14 + k * 4, 146 + k * 10, 182, 280 - k * 10, fill)
            p.circle(x + 113, 300, 46, WHITE)
        p.rect(x + 94, 118, 34, 200, STONE)
    for i in range(6):
        x = 196 + i * 204
        p.path(f"M{x} 470H{x + 186}V720A50 50 0 0 1 {x + 136} 770H{x + 50}A50 50 0 0 1 {x} 720Z", "#1c3a52")
        for k in range((9, 7, 8, 5, 6, 4)[i]):
            cx, cy, r = x + 44 + k % 3 * 49, 530 + k // 3 * 78, (36, 40, 32, 38, 34, 42)[i]
            p.circle(cx + 4, cy + 6, r, "#00000055")
            p.circle(cx, cy, r, (OCHRE, MIST, STONE, MIST, "#b86139", "#c9764a")[i])
            p.ring(cx, cy, r - 8, "#00000022", 3)
    return p


def kettle_and_bill():
    p = still(SAND)
    p.rect(0, 660, 1600, 240, "#d3b77c")
    p.open("rotate(5 1130 480)")
    p.rect(960, 210, 420, 560, "#c2a566")
    p.rect(935, 185, 420, 560, WHITE)
    p.rect(935, 185, 420, 70, BLUE)
    p.text(965, 234, "Electricity", 40, WHITE, weight=600)
    for k in range(4):
        p.rect(970, 300 + k * 56, 180, 16, MIST)
        p.rect(1230, 300 + k * 56, 90, 16, STONE)
    p.rect(970, 560, 350, 4, INK)
    p.text(970, 640, "One cup", 40, INK)
    p.text(1320, 640, "1.2p", 54, BRICK, "end", 700)
    p.close()
    p.ellipse(520, 790, 330, 44, "#b39a60")
    p.poly([(290, 770), (350, 350), (640, 350), (700, 770)], BRICK)
    p.poly([(560, 350), (640, 350), (700, 770), (590, 770)], "#8f3721")
    p.rect(350, 318, 290, 36, NIGHT)
    p.circle(495, 300, 26, NIGHT)
    p.poly([(352, 400), (230, 420), (220, 370), (346, 350)], BRICK)
    p.path("M640 380C810 360 850 500 800 640", stroke=NIGHT, width=42, cap="round")
    p.rect(270, 766, 450, 36, NIGHT)
    p.path("M200 330C160 290 240 250 196 200C160 160 220 130 200 90", stroke=WHITE, width=16, cap="round")
    p.path("M262 300C230 262 300 236 262 190", stroke=WHITE, width=12, cap="round")
    return p


def quay_crane():
    p = still(ROSE)
    p.circle(330, 300, 150, WHITE)
    p.rect(0, 720, 1600, 180, BLUE)
    p.rect(860, 690, 740, 210, NIGHT)
    p.poly([(60, 640), (840, 640), (800, 790), (130, 790)], "#7a2c1b")
    stack(p, 150, 638, 7, (3, 4, 4, 2, 4, 3, 4), 84, 46, 4)
    for x in (960, 1330):
        p.rect(x, 160, 36, 540, INK)
    p.rect(960, 420, 406, 26, INK)
    p.line([(975, 700), (1350, 446)], INK, 14)
    p.rect(330, 150, 1180, 34, INK)
    p.line([(345, 150), (1140, 30), (1500, 150)], INK, 10)
    p.rect(1120, 26, 40, 130, INK)
    p.rect(560, 184, 110, 46, OCHRE)
    p.line([(586, 230), (570, 340)], INK, 5)
    p.line([(644, 230), (660, 340)], INK, 5)
    p.rect(550, 340, 130, 62, OCHRE)
    for i in range(1, 4):
        p.rect(550 + i * 32, 348, 5, 46, "#00000030")
    stack(p, 1030, 688, 3, (2, 1, 2), 84, 46, 2)
    return p


def decision_stamp():
    p = still(BLUE)
    p.open("rotate(-7 700 480)")
    for d, fill in ((56, "#0b3d62"), (28, MIST), (0, WHITE)):
        p.rect(300 + d, 120 + d * .6, 720, 900, fill)
    p.text(360, 220, "Application", 60, INK, weight=500, face="Newsreader")
    for k in range(6):
        p.rect(360, 280 + k * 74, 150, 18, STONE)
        p.rect(550, 280 + k * 74, (400, 330, 380, 240, 360, 300)[k], 18, MIST)
    p.rect(352, 480, 612, 84, "#f4d98c")
    p.rect(360, 502, 150, 18, STONE)
    p.rect(550, 502, 240, 18, STONE)
    p.close()
    p.poly([(1060, 660), (1400, 660), (1440, 780), (1020, 780)], NIGHT)
    p.rect(1020, 780, 420, 44, BRICK)
    p.poly([(1190, 360), (1270, 360), (1310, 660), (1150, 660)], OCHRE)
    p.poly([(1240, 360), (1270, 360), (1310, 660), (1250, 660)], "#b67c1c")
    p.circle(1230, 310, 86, OCHRE)
    p.circle(1212, 292, 50, "#eab85a")
    return p


PICTURES = {f.__name__.replace("_", "-"): f for f in (
    container_ship, freight_quarter, commuter_train, hatchback, card_terminal, travel_card, half_shutter, palisade,
    block_of_flats, overdue, staked, copper_coil, rate_board, till_drawer, kettle_and_bill, quay_crane, decision_stamp)}
