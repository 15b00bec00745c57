// A publication's own colour and logo in Chromium: readable in light and dark, and nothing moves for them.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { faultsOf } from '../lib/axe.mjs';
import { launchBrowser } from '../lib/browser.mjs';
import { openDemo } from '../lib/demo.mjs';
import { png } from '../lib/picture.mjs';
import { createPublication, PROGRAM, serve } from '../lib/site.mjs';

const THEMES = new URL('../../themes/', import.meta.url).pathname;

// The masthead's logos: which is seen, how large, and in what shape.
const logos = (tab) => tab.evaluate(() => [...document.querySelectorAll('.masthead .logo')].map((logo) => {
    const { width, height } = logo.getBoundingClientRect();
    return { name: logo.className, seen: logo.checkVisibility(), width, height };
}));

test('a yellow accent and a logo: accessible, in light and dark, the logo in its shape before it is there', async (t) => {
    const publication = createPublication();
    const light = join(publication.data, 'light.png');
    const dark = join(publication.data, 'dark.png');
    writeFileSync(light, png(600, 100));
    writeFileSync(dark, png(600, 100, { seed: 1 }));
    publication.run('publication', '--accent', '#ffdd00', '--headline-font', 'georgia', '--logo', light, '--logo-dark', dark);
    publication.run('section', 'add', 'news', '--name', 'News');
    const file = join(publication.data, 'a.md');
    writeFileSync(file, '---\ntitle: A headline\nslug: a\nsection: news\n---\nText with [a link](https://example.com/).\n');
    publication.run('story', 'publish', file);
    const [browser, server] = await Promise.all([launchBrowser(), serve(publication)]);
    t.after(async () => { await browser.close(); await server.stop(); publication.remove(); });
    for (const colorScheme of ['light', 'dark']) {
        for (const width of [360, 1440]) {
            const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
            const tab = await context.newPage();
            for (const path of ['/', '/news/a/']) {
                await tab.goto(server.url + path, { waitUntil: 'load' });
                assert.deepEqual(await faultsOf(tab), [], `${path} ${colorScheme} ${width}`);
                const all = await logos(tab);
                assert.deepEqual(all.filter((one) => one.seen).map((one) => one.name), [`logo ${colorScheme}`]);
            }
            // Without its file it takes the same room.
            const [arrived] = (await logos(tab)).filter((one) => one.seen);
            await tab.route('**/pictures/**', (route) => route.abort());
            await tab.reload();
            const [missing] = (await logos(tab)).filter((one) => one.seen);
            assert.deepEqual(missing, arrived);
            assert.ok(arrived.height >= 24 && Math.abs(arrived.width / arrived.height - 6) < 0.1, JSON.stringify(arrived));
            await context.close();
        }
    }
});

// In the page: whatever is drawn in the colour, plain and under a pointer, and what it is drawn on; words that stand on
// it; and the colour on each paper, where no page of the demo may show it.
function drawnInAccent() {
    const probe = document.body.appendChild(document.createElement('i'));
    const resolved = (value) => { probe.style.color = value; return getComputedStyle(probe).color; };
    const accents = ['--accent', '--accent-hover'].map((name) => resolved(`var(${name})`));
    const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
    const luminance = (colour) => parts(colour).slice(0, 3).map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0.05);
    const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)]; return Math.max(x, y) / Math.min(x, y); };
    const ground = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if ((parts(colour)[3] ?? 1) === 1) return colour;
        }
        return 'rgb(255, 255, 255)';
    };
    const hasWords = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const seen = [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility() && hasWords(one))
        .map((one) => ({ what: one.outerHTML.slice(0, 80), ink: getComputedStyle(one).color, on: ground(one) }))
        .filter(({ ink, on }) => accents.includes(ink) || accents.includes(on));
    const papers = ['--paper', '--tint', '--note'].flatMap((name) =>
        accents.map((ink) => ({ what: name, ink, on: resolved(`var(${name})`) })));
    probe.remove();
    return { words: seen.length, unreadable: [...seen, ...papers].filter(({ ink, on }) => contrast(ink, on) < 4.5)
        .map(({ what, ink, on }) => `${ink} on ${on} (${contrast(ink, on).toFixed(2)}): ${what}`) };
}

// Hues around the circle, light and dark and pale, and what has no hue.
const ACCENTS = ['#ffdd00', '#ff8800', '#ff0000', '#ff66cc', '#c000c0', '#5522ff', '#0033aa', '#0a4d78', '#00aaff', '#00ffff', '#00cc44',
    '#99ff00', '#7a1f2b', '#3a2a10', '#000000', '#707070', '#b0b0b0', '#ffffff'];

for (const theme of ['', ...readdirSync(THEMES)]) {
    test(`any colour can be read ${theme ? `in the theme ${theme}` : 'in the first theme'}, light and dark`, async () => {
        const [browser, demo] = await Promise.all([launchBrowser(), openDemo(...(theme ? ['--assets', THEMES + theme] : []))]);
        const set = (accent) => execFileSync(PROGRAM, ['publication', '--accent', accent, '--data', demo.data]);
        const faults = [];
        try {
            const tabs = [];
            for (const colorScheme of ['light', 'dark']) {
                const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 }, bypassCSP: true });
                for (const kind of ['front', 'section', 'corrected']) tabs.push({ colorScheme, kind, tab: await context.newPage() });
            }
            for (const accent of ACCENTS) {
                set(accent);
                await Promise.all(tabs.map(async ({ colorScheme, kind, tab }) => {
                    await tab.goto(demo.server.url + demo.pages.find((page) => page.kind === kind).path);
                    const { words, unreadable } = await tab.evaluate(drawnInAccent);
                    assert.ok(words > 0, `${kind} shows the colour`);
                    faults.push(...unreadable.map((one) => `${accent} ${colorScheme} ${kind}: ${one}`));
                }));
            }
        } finally {
            await browser.close();
            try { await demo.server.stop(); } finally { demo.remove(); }
        }
        assert.equal(faults.length, 0, `${faults.length} faults\n${faults.slice(0, 20).join('\n')}`);
    });
}

// In the page: the fonts that its head asks for ahead, and the files of the faces that its words made the browser load.
async function fontFiles() {
    await document.fonts.ready;
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSFontFaceRule);
    const file = (rule) => /url\("([^"]*)"\)/.exec(rule.style.getPropertyValue('src'))?.[1];
    // The faces of rules stand first, in their order.
    const loaded = [...document.fonts].map((face, i) => [face, rules[i]]).filter(([face, rule]) => rule && face.status === 'loaded');
    return {
        ahead: [...document.querySelectorAll('link[rel=preload][as=font]')].map((link) => link.getAttribute('href')),
        used: [...new Set(loaded.map(([, rule]) => file(rule)).filter(Boolean))],
    };
}

// What the settings make of the faces, and what every page is to ask for then.
const FACES = [[[], ['newsreader', 'public-sans'], ['public-sans']],
    [['--headline-font', 'georgia'], ['public-sans'], ['public-sans']],
    [['--headline-font', 'newsreader', '--sans-font', 'system'], ['newsreader'], ['newsreader']],
    [['--headline-font', 'georgia', '--sans-font', 'system', '--text-font', 'georgia'], [], []],
    [['--headline-font', 'georgia', '--sans-font', 'system', '--text-font', 'public-sans'], [], [], ['public-sans']]];

for (const theme of ['', ...readdirSync(THEMES)]) {
    test(`no page asks ahead for a font that it does not use, ${theme ? `in the theme ${theme}` : 'in the first theme'}`, async () => {
        const [browser, demo] = await Promise.all([launchBrowser(), openDemo(...(theme ? ['--assets', THEMES + theme] : []))]);
        try {
            for (const [words, first, others, inText = []] of FACES) {
                execFileSync(PROGRAM, ['publication', '--headline-font', '', '--text-font', '', '--sans-font', '', ...words, '--data', demo.data]);
                for (const width of words.length ? [1440] : [360, 1440]) {
                    const tab = await browser.newPage({ viewport: { width, height: 900 }, bypassCSP: true });
                    for (const { kind, path } of demo.pages) {
                        await tab.goto(demo.server.url + path);
                        const { ahead, used } = await tab.evaluate(fontFiles);
                        assert.deepEqual(ahead.filter((one) => !used.includes(one)), [], `${words.join(' ')} ${kind} ${width}: asked for, not used`);
                        const names = ahead.map((one) => /static\/(.*)\.\w{16}\.woff2/.exec(one)[1]);
                        const wanted = theme ? others : first;
                        assert.deepEqual(names.filter((one) => !inText.includes(one)), wanted.filter((one) => !inText.includes(one)), `${words.join(' ')} ${kind}`);
                        if (kind === 'front' || kind === 'section') assert.deepEqual(names, wanted, `${words.join(' ')} ${kind}`);
                        if (kind === 'story') assert.deepEqual(names, [...wanted, ...inText], `${words.join(' ')} ${kind}`);
                    }
                    await tab.close();
                }
            }
        } finally {
            await browser.close();
            try { await demo.server.stop(); } finally { demo.remove(); }
        }
    });
}
