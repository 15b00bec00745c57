// What comes out of a printer: the text whole, black, in one column, and nothing of the site around it.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../lib/browser.mjs';
import { openDemo } from '../lib/demo.mjs';

const A4 = 658, LETTER = 680, A3 = 987; // pixels between margins of 18 mm
let browser, demo;
before(async () => { [browser, demo] = await Promise.all([launchBrowser(), openDemo()]); });
after(async () => {
    await browser?.close();
    try { await demo?.server.stop(); } finally { demo?.remove(); }
});

// A page as it is laid out on paper of that width; readers with dark colours print on white as well.
async function onPaper(path, use, width = A4) {
    const tab = await browser.newPage({ viewport: { width, height: 985 }, colorScheme: 'dark' });
    try {
        await tab.goto(demo.server.url + path);
        await tab.emulateMedia({ media: 'print' });
        await tab.evaluate(() => dispatchEvent(new Event('beforeprint')));
        await use(tab);
    } finally {
        await tab.close();
    }
}
const pathOf = (kind) => demo.pages.find((page) => page.kind === kind).path;
const seen = (tab, what) => tab.evaluate((what) => [...document.querySelectorAll(what)].filter((one) => one.checkVisibility() && one.getClientRects().length).length, what);
const WIDE = '/banking/what-10-000-became-in-twelve-savings-accounts-over-five-years/';

test('a printed story is its text, its picture, where it was and when it was printed', () => onPaper(pathOf('story'), async (tab) => {
    for (const what of ['.masthead .brand', 'h1', ':is(.byline, .writer-name)', '.dates time', '.story-body .body p', '.printed']) assert.ok(await seen(tab, what), `${what} is printed`);
    for (const what of ['nav', '.tools', '.share', '.comments', '.rail', '.related', '.newest', '.authors', '.notice', 'button', '.footer-grid', '.breadcrumb'])
        assert.equal(await seen(tab, what), 0, `${what} is not`);
    assert.match(await tab.locator('.printed').textContent(), /^https?:\/\/\S+\/ \(printed \d+ \w+ 20\d\d.*\)$/);
}));

test('no link is written out, but a film and what is embedded say where they are', () => onPaper(pathOf('video'), async (tab) => {
    const told = (what) => tab.evaluate((what) => getComputedStyle(document.querySelector(what), '::after').content, what);
    assert.match(await told('.watch a'), /https:/);
    assert.equal(await seen(tab, '.play'), 0);
}));

for (const width of [A4, LETTER, A3])
    test(`everything stands within the paper, ${width} pixels wide`, async () => {
        for (const path of [...demo.pages.map((page) => page.path), WIDE])
            await onPaper(path, async (tab) => {
                const faults = await tab.evaluate(() => [...document.querySelectorAll('body :is(h1, h2, h3, p, li, td, th, img, table)')]
                    .filter((one) => one.checkVisibility() && !one.closest('.hidden'))
                    .filter((one) => { const { left, right, width } = one.getBoundingClientRect(); return width && (left < -1 || right > innerWidth + 1); })
                    .map((one) => one.outerHTML.slice(0, 100)));
                assert.deepEqual(faults.slice(0, 5), [], path);
            }, width);
    });

test('tables are printed whole: nothing scrolls', () => onPaper(WIDE, async (tab) => {
    const cut = await tab.evaluate(() => [...document.querySelectorAll('table')].filter((table) => table.scrollWidth > table.clientWidth + 1 || getComputedStyle(table).overflowX !== 'visible').length);
    assert.equal(cut, 0);
}));

test('what is printed is black or nearly so on white, in dark too', async () => {
    for (const kind of ['front', 'section', 'story', 'video', 'opinion', 'event', 'corrected', 'comparison'])
        await onPaper(pathOf(kind), async (tab) => {
            const pale = await tab.evaluate(() => [...document.querySelectorAll('body :is(h1, h2, h3, p, li, a, time, span, td)')]
                .filter((one) => one.checkVisibility() && one.textContent.trim() && !one.closest('.hidden'))
                .filter((one) => Math.max(...getComputedStyle(one).color.match(/\d+/g).slice(0, 3)) > 0x40)
                .map((one) => `${getComputedStyle(one).color} ${one.outerHTML.slice(0, 100)}`));
            assert.deepEqual(pale.slice(0, 5), [], kind);
        });
});

test('the logo stands over its rule, and pictures are at half height', () => onPaper(pathOf('story'), async (tab) => {
    const { brand, rule } = await tab.evaluate(() => {
        const bar = document.querySelector('.masthead-bar'), after = getComputedStyle(bar, '::after');
        return { brand: document.querySelector('.masthead .brand').getBoundingClientRect().bottom, rule: bar.getBoundingClientRect().bottom - parseFloat(after.bottom) - parseFloat(after.height) };
    });
    assert.ok(brand <= rule + 1, `the logo ends at ${brand}, the rule begins at ${rule}`);
    const heights = await tab.evaluate(() => [...document.querySelectorAll('main img')].filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().height));
    for (const height of heights) assert.ok(height < 330, `${height} pixels`);
}));

test('paper says dates, not how long ago that was', () => onPaper('/', async (tab) => {
    const ages = await tab.evaluate(() => [...document.querySelectorAll('main time[data-ago]')].map((one) => one.textContent).filter((text) => /ago|now/.test(text)));
    assert.deepEqual(ages, []);
    await tab.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.ok(await tab.evaluate(() => [...document.querySelectorAll('main time[data-ago]')].some((one) => /ago/.test(one.textContent))), 'and the screen says it again');
}));
