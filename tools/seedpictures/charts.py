"""Charts, from the figures that their stories give."""
# SPDX-License-Identifier: Apache-2.0
import math

from draw import BLUE, BRICK, GREY, INK, MIST, OCHRE, Picture, SAND, SKY, SLATE, WHITE

LEFT, RIGHT, TOP, BOTTOM = 220, 1500, 190, 930
RULE = "#d8d1c0"


class Chart(Picture):
    """A plot with a title, whose scales run over the given ranges."""

    def __init__(self, title, x, y, right=RIGHT):
        super().__init__()
        self.xs, self.ys, self.right = x, y, right
        self.rect(80, 64, 90, 8, INK)
        self.text(80, 132, title, 46, weight=600)

    def at(self, x, y):
        (x0, x1), (y0, y1) = self.xs, self.ys
        return (LEFT + (x - x0) / (x1 - x0) * (self.right - LEFT),
                BOTTOM - (y - y0) / (y1 - y0) * (BOTTOM - TOP))

    def levels(self, values, form):
        for value in values:
            _, y = self.at(self.xs[0], value)
            base = value == self.ys[0]
            self.line([(LEFT, y), (self.right, y)], INK if base else RULE, 4 if base else 2)
            self.text(LEFT - 22, y + 12, form.format(value), 34, GREY, "end")

    def marks(self, pairs):
        for x, words in pairs:
            self.text(self.at(x, 0)[0], BOTTOM + 58, words, 36, INK, "middle")

    def series(self, values, stroke, name=None, width=9, dash=None, lift=12):
        corners = [self.at(x, y) for x, y in values]
        self.line(corners, stroke, width, dash)
        if name:
            x, y = corners[-1]
            self.text(x + 16, y + lift, name, 36, stroke, weight=600)

    def bar(self, x, wide, value, fill):
        (px, py), (_, base) = self.at(x, value), self.at(x, self.ys[0])
        self.rect(px - wide / 2, py, wide, base - py, fill)


def rate_steps():
    steps = [(0, 5.25), (3, 5.0), (6, 4.75), (10, 4.5), (14, 4.25), (19, 4.0), (24, 3.75), (29, 3.75)]
    c = Chart("The central bank’s rate, per cent", (0, 33), (3, 5.5))
    c.levels([3, 3.5, 4, 4.5, 5], "{:.1f}")
    corners = []
    for (x, y), (after, _) in zip(steps, steps[1:]):
        corners += [(x, y), (after, y)]
    area = [c.at(x, y) for x, y in corners]
    c.poly(area + [c.at(29, 3), c.at(0, 3)], MIST)
    c.series(corners, BLUE, width=12)
    c.series([(29, 3.75), (31, 3.5), (33, 3.25)], BRICK, width=8, dash="4 20")
    c.circle(*c.at(29, 3.75), 16, BLUE)
    c.text(c.at(29, 0)[0] + 4, c.at(0, 3.75)[1] - 40, "3.75", 52, BLUE, "middle", 600)
    c.text(c.at(33, 0)[0] + 6, c.at(0, 3.25)[1] + 54, "what markets expect", 34, BRICK, "end")
    c.marks([(1, "Summer"), (10, "Spring"), (19, "Winter"), (29, "Now")])
    return c


def inflation_groups():
    c = Picture()
    rows = [("Housing and rents", .69, .71), ("Restaurants, hotels", .47, .46), ("Food and drink", .62, .38),
            ("Recreation", .33, .34), ("Gas and electricity", .28, .28), ("Transport", .27, .22)]
    c.rect(80, 64, 90, 8, INK)
    c.text(80, 132, "Points added to the yearly rate", 46, weight=600)
    for i, (name, before, now) in enumerate(rows):
        y = 205 + i * 132
        food = name.startswith("Food")
        c.text(80, y + 62, name, 38, BRICK if food else INK, weight=600 if food else 400)
        c.rect(480, y + 6, before * 1150, 34, SAND if food else MIST)
        c.rect(480, y + 44, now * 1150, 46, BRICK if food else BLUE)
        c.text(494 + now * 1150, y + 81, f"{now:.2f}", 36, BRICK if food else BLUE, weight=600)
    c.rect(480, 200, 3, 770, INK)
    c.rect(80, 996, 34, 26, MIST)
    c.text(128, 1021, "month before", 34, GREY)
    c.rect(370, 996, 34, 26, BLUE)
    c.text(418, 1021, "latest", 34, GREY)
    return c


def savings_lines():
    rates = {"Quay Street": [1.2, 3.4, 5.05, 4.65, 4.25], "Tern Online": [.75, 3.05, 4.85, 4.3, 3.65],
             "Fenwater": [1.5, 3.6, 5.1, 2.05, 1.45], "Stour Valley": [.45, 1.95, 3.1, 2.9, 2.6],
             "Tern Everyday": [.25, 1.1, 1.75, 1.5, 1.3]}
    c = Chart("£10,000 over five years", (0, 5), (9800, 12900), 1200)
    c.levels([10000, 11000, 12000], "£{:,.0f}")

    def grown(each):
        out = [(0, 10000)]
        for i, rate in enumerate(each):
            out.append((i + 1, out[-1][1] * (1 + rate / 100)))
        return out

    c.series(grown([7.9, 6.8, 3.9, 3.2, 2.9]), BRICK, "Prices", 9, "22 14")
    inks = {"Quay Street": BLUE, "Tern Everyday": OCHRE}
    for name, each in rates.items():
        c.series(grown(each), inks.get(name, SLATE), name, 11 if name in inks else 6)
    c.marks([(0.1, "Start"), (1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "Year 5")])
    return c


def vat_cliff():
    c = Chart("Firms by yearly sales, thousands", (50, 130), (0, 42))
    c.levels([0, 10, 20, 30, 40], "{:.0f}")
    counts = [40, 37, 34, 31, 28.5, 26, 25.5, 34, 13, 15, 15.5, 15, 14, 13, 12, 11.2]
    for i, count in enumerate(counts):
        low = 50 + 5 * i
        c.bar(low + 2.5, 74, count, BRICK if low == 85 else OCHRE if low == 90 else BLUE)
    x, _ = c.at(90, 0)
    c.line([(x, 230), (x, BOTTOM)], INK, 4, "6 12")
    c.text(x + 18, 262, "£90,000: register for VAT", 38, INK, weight=600)
    c.marks([(52, "£50,000"), (70, "£70,000"), (90, "£90,000"), (110, "£110,000")])
    return c


def fix_and_swap():
    c = Chart("Two-year money, per cent", (0, 12), (3, 5.2), 1210)
    c.levels([3, 3.5, 4, 4.5, 5], "{:.1f}")
    fix = [5.02, 4.98, 4.9, 4.86, 4.8, 4.74, 4.7, 4.66, 4.63, 4.6, 4.58, 4.55, 4.31]
    swap = [4.32, 4.3, 4.2, 4.18, 4.1, 4.05, 4.06, 4.0, 3.94, 3.86, 3.8, 3.74, 3.69]
    upper = [c.at(i, v) for i, v in enumerate(fix)]
    c.poly(upper + [c.at(i, v) for i, v in reversed(list(enumerate(swap)))], SAND)
    c.series(list(enumerate(fix)), BRICK, "Average fix")
    c.series(list(enumerate(swap)), BLUE, "Swap rate")
    x, y = c.at(8.2, 4.26)
    c.text(x, y + 12, "what lenders keep", 36, INK, "middle")
    c.marks([(0.4, "January"), (4, "May"), (8, "September"), (12, "Now")])
    return c


def copper_stocks():
    c = Chart("Copper in warehouses, thousand tonnes", (0, 27), (100, 200))
    c.levels([100, 125, 150, 175, 200], "{:.0f}")
    stocks = [149, 146, 144, 140, 139, 135, 131, 128, 126, 121, 119, 118, 116, 117, 119, 118, 121, 124, 126, 128,
              134, 139, 148, 157, 168, 176.3, 187.7]
    for i, value in enumerate(stocks):
        c.bar(i + .5, 38, value, OCHRE if i < 21 else BRICK)
    c.text(c.at(27, 0)[0], c.at(0, 187.7)[1] - 26, "187.7", 46, BRICK, "end", 600)
    c.text(c.at(21, 0)[0] - 10, c.at(0, 165)[1], "six weeks of increases", 36, BRICK, "end")
    c.marks([(1.5, "May"), (10, "July"), (19, "September"), (25.5, "Now")])
    return c


def quiet_pound():
    c = Chart("Dollars for a pound", (0, 120), (1.24, 1.36))
    c.levels([1.24, 1.27, 1.30, 1.33, 1.36], "{:.2f}")
    values, level = [], 1.262
    for i in range(100):
        level += .0045 * math.sin(i * .73) * math.cos(i * .19) + .0022 * math.sin(i * .11) + .0003
        values.append((i, level))
    drift = 1.31 - values[-1][1]
    values = [(i, v + drift * i / 99) for i, v in values]
    values += [(i, 1.31 + .006 * math.sin(i * 1.7) * math.cos(i * .41)) for i in range(100, 121)]
    x0, y0 = c.at(100, 1.32)
    x1, y1 = c.at(120, 1.30)
    c.rect(x0, y0, x1 - x0, y1 - y0, SAND)
    c.series(values, BLUE, width=7)
    c.text(x1, y0 - 90, "twenty days within a cent", 36, INK, "end")
    c.marks([(4, "June"), (50, "August"), (100, "October"), (119, "Now")])
    return c


def falling_minimum():
    c = Chart("A debt of £2,400, two ways to pay it", (0, 168), (0, 2600))
    c.levels([0, 500, 1000, 1500, 2000], "£{:,.0f}")
    month = 1.249 ** (1 / 12) - 1
    slow, fast, debt = [], [], 2400.0
    for i in range(159):
        slow.append((i, debt))
        debt += debt * month - max(debt * (month + .01), 25)
        if debt <= 0:
            break
    debt = 2400.0
    for i in range(60):
        fast.append((i, max(debt, 0)))
        if debt <= 0:
            break
        debt += debt * month - 68.88
    c.poly([c.at(*p) for p in slow] + [c.at(slow[-1][0], 0), c.at(0, 0)], SAND)
    c.poly([c.at(*p) for p in fast] + [c.at(0, 0)], MIST)
    c.series(slow, BRICK)
    c.series(fast, BLUE)
    c.text(*c.at(78, 1320), "the minimum, as it falls", 38, BRICK, weight=600)
    c.text(*c.at(3, 300), "£68.88, fixed", 38, BLUE, weight=600)
    c.marks([(0.5, "Now"), (57, "4 years 9 months"), (150, "13 years")])
    return c


def trust_drawer():
    c = Chart("Months of dividend held in reserve", (0, 6), (0, 15))
    c.levels([0, 5, 10], "{:.0f}")
    for i, value in enumerate([13.1, 12.4, 10.9, 9.2, 7.7, 6.4]):
        c.bar(i + .5, 150, value, BRICK if i == 5 else BLUE)
        x, y = c.at(i + .5, value)
        c.text(x, y - 20, f"{value:.1f}", 40, BRICK if i == 5 else BLUE, "middle", 600)
    c.marks([(.5, "Five years ago"), (5.5, "Now")])
    return c


def insurance_hundred():
    c = Picture()
    parts = [("Claims", 58.1, 49.8, BLUE, WHITE), ("Reinsurance", 11.4, 19.7, BRICK, WHITE),
             ("Sellers", 15.9, 15.6, SKY, INK), ("Running costs", 12.2, 11.5, SAND, INK), ("Left over", 2.4, 3.4, OCHRE, INK)]
    c.rect(80, 64, 90, 8, INK)
    c.text(80, 132, "Where £100 of premium went", 46, weight=600)
    edges = []
    for column, x in ((1, 420), (2, 960)):
        y, tops = 190, []
        for part in parts:
            high = part[column] * 7.6
            c.rect(x, y, 330, high - 4, part[3])
            if part[column] > 5:
                c.text(x + 165, y + high / 2 + 12, f"£{part[column]:.2f}", 40, part[4], "middle", 600)
            tops.append((y, high))
            y += high
        edges.append(tops)
    for (y0, h0), (y1, h1), part in zip(*edges, parts):
        c.poly([(750, y0), (960, y1), (960, y1 + h1 - 4), (750, y0 + h0 - 4)], part[3] + "33")
        c.text(1310, y1 + h1 / 2 + 12, part[0], 36, INK)
    c.text(585, 1012, "Year before", 38, INK, "middle")
    c.text(1125, 1012, "Latest year", 38, INK, "middle")
    return c


def half_of_you():
    c = Picture(ground=BLUE)
    for i in range(100):
        x, y = 365 + i % 10 * 97, 97 + i // 10 * 97
        c.circle(x, y, 37, WHITE if i < 51 else OCHRE)
    return c


def five_loans():
    """Wide and low: it stands across a page, and must be legible on a phone."""
    c = Picture(1200, 640)
    c.rect(40, 36, 60, 8, INK)
    c.text(40, 92, "The rate on 14 Garrick Street, per cent", 40, weight=600)

    def at(year, rate):
        return 90 + (year - 1984.3) * 25.4, 560 - rate * 25

    for rate in (0, 5, 10, 15):
        y = at(0, rate)[1]
        c.line([(90, y), (1170, y)], INK if rate == 0 else RULE, 3 if rate == 0 else 2)
        c.text(74, y + 11, str(rate), 32, GREY, "end")
    owners = (
        ("Aspinall", SLATE, [(1984.3, 12.5), (1989.33, 12.5)]),
        ("Meek", BRICK, [(1989.33, 13.5), (1989.8, 15.4), (1991, 13.2), (1992, 10.4), (1993.2, 8.2), (1996, 7.2),
                         (1997.5, 8.1), (1999, 7.4)]),
        ("Qureshi", OCHRE, [(1999, 6.5), (2005.3, 5.2), (2007.7, 5.2)]),
        ("Vance", BLUE, [(2007.7, 5.9), (2008.9, 4.0), (2009.3, 2.25), (2021.85, 2.25)]),
        ("Tolland, Dudek", INK, [(2021.85, 2.29), (2023.85, 5.64), (2025.85, 4.31), (2026.9, 4.31)]),
    )
    for name, colour, steps in owners:
        corners = []
        for (year, rate), (after, _) in zip(steps, steps[1:]):
            corners += [at(year, rate), at(after, rate)]
        c.poly([*corners, at(steps[-1][0], 0), at(steps[0][0], 0)], {BRICK: "#ecd3c8", OCHRE: SAND, INK: "#dcd8cd"}.get(colour, MIST))
        c.line(corners, colour, 8)
    for name, x, y, colour, anchor in (("Aspinall", 1984.55, 10.9, SLATE, "start"), ("Meek", 1991.2, 14.1, BRICK, "start"),
                                       ("Qureshi", 2003.3, 7.2, OCHRE, "middle"), ("Vance", 2014.8, 3.0, BLUE, "middle"),
                                       ("Tolland, Dudek", 2026.9, 6.4, INK, "end")):
        c.text(*at(x, y), name, 34, "#9a6a10" if colour == OCHRE else colour, anchor, 600)
    for year in (1984.3, 1989.33, 1999, 2007.7, 2021.85):
        c.text(at(year, 0)[0], 608, str(int(year)), 32, INK, "start" if year < 1985 else "middle")
    return c


PICTURES = {f.__name__.replace("_", "-"): f for f in (
    rate_steps, inflation_groups, savings_lines, vat_cliff, fix_and_swap, copper_stocks, quiet_pound, falling_minimum,
    trust_drawer, insurance_hundred, half_of_you, five_loans)}
