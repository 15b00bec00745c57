"""Flat shapes in a small palette, written as SVG."""
# SPDX-License-Identifier: Apache-2.0
import math
from xml.sax.saxutils import escape

PAPER = "#f3eee2"
WHITE = "#fdfbf5"
INK = "#15191d"
NIGHT = "#0a2438"
BLUE = "#0f4a73"
SKY = "#7fa9c2"
MIST = "#cddce3"
OCHRE = "#d99a2b"
SAND = "#ecd6a4"
BRICK = "#b0452c"
ROSE = "#dfa58f"
STONE = "#8b9499"
GREY = "#5d666c"
SLATE = "#3f6f8c"
MOSS = "#5c7a63"


def number(value):
    return f"{value:.1f}".rstrip("0").rstrip(".")


def points(corners):
    return " ".join(f"{number(x)},{number(y)}" for x, y in corners)


class Picture:
    """A drawing of a fixed size; each method puts one shape on top of what is there."""

    def __init__(self, width=1600, height=1067, ground=PAPER):
        self.width, self.height = width, height
        self.parts = []
        self.rect(0, 0, width, height, ground)

    def add(self, tag, **attributes):
        words = "".join(f' {k.replace("_", "-")}="{number(v) if isinstance(v, (int, float)) else v}"'
                        for k, v in attributes.items() if v is not None)
        self.parts.append(f"<{tag}{words}/>")

    def rect(self, x, y, w, h, fill, turn=None, r=None):
        self.add("rect", x=x, y=y, width=w, height=h, rx=r, fill=fill,
                 transform=turn and f"rotate({turn} {number(x + w / 2)} {number(y + h / 2)})")

    def poly(self, corners, fill):
        self.add("polygon", points=points(corners), fill=fill)

    def circle(self, x, y, r, fill):
        self.add("circle", cx=x, cy=y, r=r, fill=fill)

    def ellipse(self, x, y, rx, ry, fill, turn=None):
        self.add("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill,
                 transform=turn and f"rotate({turn} {number(x)} {number(y)})")

    def ring(self, x, y, r, stroke, width):
        self.add("circle", cx=x, cy=y, r=r, fill="none", stroke=stroke, stroke_width=width)

    def path(self, d, fill="none", stroke=None, width=None, cap=None, dash=None):
        self.add("path", d=d, fill=fill, stroke=stroke, stroke_width=width, stroke_linecap=cap,
                 stroke_linejoin=stroke and "round", stroke_dasharray=dash)

    def line(self, corners, stroke, width, dash=None, cap=None):
        self.add("polyline", points=points(corners), fill="none", stroke=stroke, stroke_width=width,
                 stroke_dasharray=dash, stroke_linecap=cap, stroke_linejoin="round")

    def text(self, x, y, words, size=38, fill=INK, anchor="start", weight=400, face="Public Sans"):
        family = f"{face},{'serif' if face == 'Newsreader' else 'sans-serif'}"
        self.parts.append(f'<text x="{number(x)}" y="{number(y)}" font-family="{family}" font-size="{size}"'
                          f' font-weight="{weight}" text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>')

    def wedge(self, x, y, r, start, end, fill):
        """A slice of a disc, in degrees clockwise from the top."""
        a, b = math.radians(start - 90), math.radians(end - 90)
        large = int(end - start > 180)
        self.path(f"M{number(x)} {number(y)}L{number(x + r * math.cos(a))} {number(y + r * math.sin(a))}"
                  f"A{r} {r} 0 {large} 1 {number(x + r * math.cos(b))} {number(y + r * math.sin(b))}Z", fill)

    def cast(self, corners, dx, dy, fill):
        """The shadow that a convex shape throws: all that it sweeps on its way by (dx, dy)."""
        swept = sorted({*corners, *((x + dx, y + dy) for x, y in corners)})

        def half(ordered):
            out = []
            for p in ordered:
                while len(out) > 1 and ((out[-1][0] - out[-2][0]) * (p[1] - out[-2][1])
                                        <= (out[-1][1] - out[-2][1]) * (p[0] - out[-2][0])):
                    out.pop()
                out.append(p)
            return out[:-1]

        self.poly(half(swept) + half(swept[::-1]), fill)

    def open(self, transform):
        self.parts.append(f'<g transform="{transform}">')

    def close(self):
        self.parts.append("</g>")

    def svg(self):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}"'
                f' viewBox="0 0 {self.width} {self.height}">\n' + "\n".join(self.parts) + "\n</svg>\n")


def box(x, y, w, h):
    """The corners of a rectangle, for poly and cast."""
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
