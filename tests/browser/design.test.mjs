// What the design promises, measured in Chromium: columns that end together, margins, long headlines, weights, ages.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser, layOutAll } from '../lib/browser.mjs';
import { openDemo } from '../lib/demo.mjs';

let browser, demo;
before(async () => { [browser, demo] = await Promise.all([launchBrowser(), openDemo()]); });
after(async () => {
    await browser?.close();
    try { await demo?.server.stop(); } finally { demo?.remove(); }
});

// One tab of that width; `use(tab, page)` for each page that is wanted.
async function eachPage(width, pages, use) {
    const tab = await browser.newPage({ viewport: { width, height: 900 } });
    try {
        for (const page of pages) {
            await tab.goto(demo.server.url + page.path);
            await tab.evaluate(() => document.fonts.ready);
            await layOutAll(tab);
            await use(tab, page);
        }
    } finally {
        await tab.close();
    }
}
const front = () => demo.pages.filter((page) => page.kind === 'front');

test('on a desktop the columns of every row of the front end within 80 pixels', () => eachPage(1440, front(), async (tab) => {
    const rows = await tab.evaluate(() => {
        const end = (one) => Math.max(...[...one.querySelectorAll('h3, p, img, time')].filter((part) => part.checkVisibility()).map((part) => part.getBoundingClientRect().bottom));
        const columns = (row) => row.matches('.top') ? [[...row.querySelectorAll('.lead, .secondary')], [row.querySelector('.latest')]]
            : row.matches('.feature') ? [[row.querySelector('.block-lead')], [row.querySelector('ul')]]
                : [...row.querySelectorAll('.block')].map((block) => [block]);
        return [...document.querySelectorAll('.top, .row:is(.feature, .pair, .ledger)')].map((row) => {
            const ends = columns(row).map((parts) => Math.max(...parts.map(end)));
            return [row.querySelector('h2').textContent, Math.round(Math.max(...ends) - Math.min(...ends))];
        });
    });
    assert.ok(rows.length >= 4, 'the front has its rows');
    assert.deepEqual(rows.filter(([, apart]) => apart > 80), []);
}));

test('headlines of 160 letters run over no edge of a phone', () => eachPage(360, demo.pages, async (tab, { path }) => {
    const over = await tab.evaluate(() => {
        const long = 'Unvorhersehbarkeitsbegrenzungsverordnung '.repeat(4).slice(0, 160);
        for (const one of document.querySelectorAll('h1, h2, h3, .breadcrumb li:last-child span, .pager a')) (one.querySelector('a') ?? one).textContent = long;
        return document.scrollingElement.scrollWidth - innerWidth;
    });
    assert.ok(over <= 0, `${path}: ${over} pixels over the edge`);
}));

for (const width of [360, 768, 1024, 1440])
    test(`words keep off the window's edges, ${width} pixels wide`, () => eachPage(width, demo.pages, async (tab, { path }) => {
        const faults = await tab.evaluate(() => [...document.querySelectorAll('main :is(h1, h2, h3, p, li, time, td), .newest :is(h2, h3), .footer :is(p, a)')]
            .filter((one) => one.checkVisibility() && !one.closest('.hidden, .band ul, .share, .watch, table'))
            .filter((one) => { const { left, right } = one.getBoundingClientRect(); return left < 15 || right > innerWidth - 15; })
            .map((one) => one.outerHTML.slice(0, 100)));
        assert.deepEqual(faults.slice(0, 5), [], path);
        assert.ok(await tab.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
    }));

for (const [width, figure, quote] of [[360, [0, 360], [16, 328]], [768, [24, 720], [96, 576]], [1440, [84, 1272], [192, 732]]])
    test(`in a long read a picture and a quote reach out of the text, ${width} pixels wide`, () => eachPage(width, demo.pages.filter((page) => page.kind === 'feature'), async (tab) => {
        const box = (what) => tab.evaluate((what) => { const { left, width } = document.querySelector(what).getBoundingClientRect(); return [Math.round(left), Math.round(width)]; }, what);
        assert.deepEqual(await box('.full-figure'), figure);
        assert.deepEqual(await box('.pullquote:nth-child(n + 7)'), quote);
        assert.deepEqual(await tab.evaluate(() => ['', '[aria-hidden]'].map((how) => document.querySelectorAll(`.pullquote${how}`).length)), [4, 3], 'what the text says as well is read once');
    }));

test('headlines have the one weight of their font', () => eachPage(1440, demo.pages, async (tab, { path }) => {
    const faults = await tab.evaluate(() => [...document.querySelectorAll('h1, h2, h3, .pager a')]
        .filter((one) => { const { fontFamily, fontWeight } = getComputedStyle(one); return fontFamily.startsWith('Newsreader') && fontWeight !== '500'; })
        .map((one) => one.outerHTML.slice(0, 100)));
    assert.deepEqual(faults, [], path);
}));

test('what is younger than twelve hours says how long ago it was, and the rest its date', () => eachPage(1440, front(), async (tab) => {
    const times = await tab.evaluate(() => [...document.querySelectorAll('time[data-ago]')].map((one) => [(Date.now() - Date.parse(one.dateTime)) / 3_600_000, one.textContent]));
    assert.ok(times.some(([hours]) => hours < 11) && times.some(([hours]) => hours > 13), 'the demo has both');
    for (const [hours, text] of times)
        if (hours < 11.9) assert.match(text, /^(Just now|\d+ (min|h) ago)$/);
        else if (hours > 12.1) assert.match(text, /\d \w{3}/);
}));
