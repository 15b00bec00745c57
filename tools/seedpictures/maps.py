"""Maps of a country that is not there."""
# SPDX-License-Identifier: Apache-2.0
import math

from draw import BLUE, BRICK, GREY, INK, MIST, NIGHT, OCHRE, PAPER, Picture, SAND, SKY, WHITE

COAST = [(0, 0), (560, 0), (548, 62), (600, 118), (570, 170), (498, 190), (470, 262), (520, 312), (610, 322), (640, 380),
         (600, 430), (520, 452), (505, 530), (560, 596), (650, 610), (700, 668), (690, 742), (610, 780), (540, 770), (500, 820),
         (520, 900), (600, 950), (640, 1010), (620, 1067), (0, 1067)]
RIVERS = ([(498, 190), (400, 236), (330, 210), (250, 260), (170, 250)],
          [(505, 530), (420, 520), (330, 580), (240, 560), (130, 620)],
          [(500, 820), (410, 850), (320, 820), (210, 880)])


def coast(p, scale=1.0, dx=0.0, dy=0.0, land=PAPER, river=SKY):
    def put(corner):
        return corner[0] * scale + dx, corner[1] * scale + dy

    for grow in (46, 24):
        p.line([put(c) for c in COAST], "#ffffff22", grow * 2)
    p.poly([put(c) for c in COAST], land)
    for line in RIVERS:
        p.line([put(c) for c in line], river, 7, cap="round")


def label(p, x, y, words, fill=INK, anchor="start", size=40, weight=600):
    p.text(x, y, words, size, fill, anchor, weight)


def two_ports():
    p = Picture(ground=BLUE)
    coast(p, 1.12, 0, -60, river=PAPER)
    arden, castleward = (566, 236), (566, 590)
    p.path(f"M1600 700C1300 640 980 560 {arden[0] + 40} {arden[1] + 6}", stroke=WHITE, width=5, dash="4 16", cap="round")
    p.path(f"M1600 700C1300 690 960 640 {castleward[0] + 40} {castleward[1] - 20}", stroke=WHITE, width=5, dash="4 16", cap="round")
    for (x, y), name, boxes, r in ((arden, "Arden", "1.24m boxes", 44), (castleward, "Castleward", "2.9m boxes", 68)):
        p.circle(x, y, r, BRICK)
        p.circle(x, y, 10, WHITE)
        label(p, x - r - 24, y + 2, name, INK, "end", 48)
        label(p, x - r - 24, y + 50, boxes, GREY, "end", 36, 400)
    p.poly([(1210, 610), (1440, 610), (1410, 666), (1240, 666)], NIGHT)
    for i, fill in enumerate((OCHRE, WHITE, SKY, BRICK, OCHRE)):
        p.rect(1240 + i * 34, 578, 30, 32, fill)
    p.rect(1412, 560, 22, 50, WHITE)
    label(p, 880, 290, "90 miles between them", WHITE, size=38, weight=400)
    p.line([(860, 236), (840, 236), (840, 590), (860, 590)], WHITE, 4)
    p.text(1330, 1000, "West Sea", 54, SKY, "middle", 400, "Newsreader")
    return p


def gas_stores():
    p = Picture(ground=MIST)
    coast(p, 1.15, -40, -80, WHITE, WHITE)
    sites = [("Rough Head", 900, 250, 20.4, .83, BLUE), ("Marrick", 210, 330, 7.9, .9, BLUE), ("Saltby", 470, 505, 4.6, .97, BRICK),
             ("Ossley Moor", 180, 660, 3.1, .88, BLUE), ("Cawder", 560, 700, 2.8, .98, BRICK), ("Holme", 300, 880, 1.2, .96, BRICK),
             ("Tarn End", 480, 960, 1.0, .91, OCHRE)]
    for name, x, y, days, full, fill in sites:
        r = 36 * math.sqrt(days)
        p.circle(x, y, r, fill + "44")
        p.circle(x, y, r * math.sqrt(full), fill)
        label(p, x + r + 16, y + 13, name, INK, size=38)
        if days > 7:
            label(p, x, y + 14, f"{days:.1f}", WHITE, "middle", 42)
    label(p, 1080, 700, "Days of winter demand", INK, size=40)
    for i, (words, fill) in enumerate((("old fields: slow", BLUE), ("salt caverns: fast", BRICK), ("liquid, in tanks", OCHRE))):
        p.circle(1102, 762 + i * 62, 20, fill)
        label(p, 1140, 775 + i * 62, words, INK, size=38, weight=400)
    return p


def branch_map():
    p = Picture(ground=SKY)
    coast(p, 1.0, 0, 0, PAPER, MIST)
    p.open("translate(1600 0) scale(-1 1)")
    p.poly([(x * .9, y) for x, y in COAST], PAPER)
    p.close()
    p.poly([(430, 1067), (520, 900), (640, 800), (840, 760), (1040, 830), (1140, 940), (1150, 1067)], PAPER)
    state = 17
    kept, gone = 0, 0
    while kept < 84 or gone < 41:
        state = (state * 1103515245 + 12345) % 2 ** 31
        x = 40 + state % 1520
        state = (state * 1103515245 + 12345) % 2 ** 31
        y = 40 + state % 980
        inland = x < 450 + 60 * math.sin(y / 90) or x > 1150 + 50 * math.sin(y / 120) or (y > 880 and 560 < x < 1080)
        if not inland:
            continue
        if kept < 84:
            p.circle(x, y, 15, BLUE)
            kept += 1
        else:
            p.ring(x, y, 11, BRICK, 6)
            gone += 1
    p.rect(600, 150, 400, 190, WHITE)
    p.circle(650, 215, 15, BLUE)
    label(p, 690, 229, "84 stay open", INK, size=40)
    p.ring(650, 285, 11, BRICK, 6)
    label(p, 690, 299, "41 close", INK, size=40)
    return p


def town_plan():
    p = Picture(ground=SAND)
    p.poly([(0, 640), (1600, 450), (1600, 560), (0, 750)], WHITE)
    p.poly([(690, 0), (790, 0), (1000, 1067), (880, 1067)], WHITE)
    p.path("M0 930C300 880 520 1010 800 960S1300 860 1600 900V1067H0Z", SKY)
    blocks = [(60, 470, 170, 130), (260, 440, 130, 140), (420, 420, 150, 130), (600, 400, 110, 120), (830, 370, 150, 130),
              (1010, 350, 120, 130), (1160, 330, 170, 130), (1360, 310, 180, 130), (60, 780, 150, 110), (240, 760, 180, 110),
              (450, 735, 130, 120), (610, 715, 190, 120), (960, 650, 150, 130), (1140, 630, 190, 120), (1360, 605, 180, 120)]
    for i, (x, y, w, h) in enumerate(blocks):
        p.rect(x, y, w, h, BRICK if i == 4 else ("#d9c08a", "#cdb27a", "#e0cb9c")[i % 3], -7)
    for i in range(6):
        p.circle(120 + i * 95, 330 - i * 12, 34, "#8fa37f")
    for i in range(4):
        p.circle(1090 + i * 120, 230 - i * 16, 40, "#8fa37f")
    p.circle(905, 300, 66, BLUE)
    p.poly([(851, 338), (959, 338), (905, 430)], BLUE)
    p.circle(905, 300, 26, WHITE)
    p.text(60, 120, "Aldercombe", 74, INK, face="Newsreader", weight=500)
    label(p, 995, 315, "the shared counter", BLUE, size=40)
    return p


PICTURES = {f.__name__.replace("_", "-"): f for f in (two_ports, gas_stores, branch_map, town_plan)}
