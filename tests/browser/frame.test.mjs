// The frame of every page in Chromium: menus by keyboard, pointer and touch, settings that keep, the bell,
// the notice, and nothing that moves. SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser, layOutAll } from '../lib/browser.mjs';
import { openDemo } from '../lib/demo.mjs';

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

let browser, demo, story;
before(async () => {
    [browser, demo] = await Promise.all([launchBrowser(), openDemo()]);
    story = demo.pages.find((page) => page.kind === 'story').path;
});
after(async () => {
    await browser?.close();
    try { await demo?.server.stop(); } finally { demo?.remove(); }
});

// A reader with one tab; `use(tab, go)`.
async function reader(options, use) {
    const context = await browser.newContext(options);
    try {
        const tab = await context.newPage();
        await use(tab, (path) => tab.goto(demo.server.url + path));
    } finally {
        await context.close();
    }
}

const classes = (tab) => tab.evaluate(() => document.documentElement.className);
const focused = (tab) => tab.evaluate(() => document.activeElement.textContent.trim());
const markets = (tab) => tab.locator('.menu details', { hasText: 'Markets' });

// ---- menus

test('a sub-menu opens and closes by keyboard', () => reader(WIDE, async (tab, go) => {
    await go('/');
    await markets(tab).locator('summary').focus();
    await tab.keyboard.press('Enter');
    assert.ok(await markets(tab).getByText('Commodities').isVisible());
    await tab.keyboard.press('Tab');
    assert.equal(await focused(tab), 'All Markets');
    await tab.keyboard.press('Escape');
    assert.equal(await markets(tab).getByText('Commodities').isVisible(), false);
    assert.equal(await focused(tab), 'Markets', 'the focus is not lost');
    await tab.keyboard.press('Space');
    for (let i = 0; i < 6; i++) await tab.keyboard.press('Tab');
    assert.equal(await markets(tab).getByText('Commodities').isVisible(), false, 'closed when the focus has left');
}));

test('a sub-menu opens below the pointer, and a click does not close it at once', () => reader(WIDE, async (tab, go) => {
    await go('/');
    await markets(tab).locator('summary').hover();
    await markets(tab).getByText('Commodities').waitFor();
    await markets(tab).locator('summary').click();
    assert.ok(await markets(tab).getByText('Commodities').isVisible());
    await markets(tab).getByText('Commodities').hover();
    assert.ok(await markets(tab).getByText('Commodities').isVisible());
    await tab.mouse.move(700, 800);
    await markets(tab).getByText('Commodities').waitFor({ state: 'hidden' });
}));

test('one sub-menu is open at a time', () => reader(WIDE, async (tab, go) => {
    await go('/');
    await markets(tab).locator('summary').focus();
    await tab.keyboard.press('Enter');
    await tab.locator('.menu details', { hasText: 'Small Business' }).locator('summary').evaluate((one) => one.click());
    assert.equal(await tab.locator('.menu details[open]').count(), 1);
}));

for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with script' : 'without script';
    test(`the menu from the side opens by touch, leads on and closes, ${how}`, () => reader({ ...PHONE, javaScriptEnabled }, async (tab, go) => {
        await go('/');
        await tab.locator('.masthead .menu-button').tap();
        const menu = tab.locator('#menu');
        await menu.waitFor();
        await menu.locator('.close').tap();
        await menu.waitFor({ state: 'hidden' });
        await tab.locator('.masthead .menu-button').tap();
        await menu.getByRole('link', { name: 'Stocks' }).tap();
        await tab.waitForURL('**/markets/stocks/');
    }));
}

test('the menu from the side takes the focus, and gives it back', () => reader(PHONE, async (tab, go) => {
    await go('/');
    await tab.locator('.masthead .menu-button').focus();
    await tab.keyboard.press('Enter');
    assert.ok(await tab.evaluate(() => document.querySelector('#menu').contains(document.activeElement)));
    await tab.keyboard.press('Escape');
    assert.ok(await tab.evaluate(() => document.activeElement.matches('.masthead .menu-button')));
}));

test('the menu says where the reader is', () => reader(WIDE, async (tab, go) => {
    await go('/markets/stocks/');
    assert.equal(await tab.locator('.menu details [aria-current="page"]').textContent(), 'Stocks');
    assert.equal(await tab.locator('.compact [aria-current]').count(), 0);
    await go('/markets/');
    assert.equal(await tab.locator('.compact [aria-current="page"]').textContent(), 'Markets');
}));

test('the short menu stays in sight, and covers nothing that has the focus', () => reader(WIDE, async (tab, go) => {
    await go('/');
    await tab.evaluate(() => scrollTo(0, 2000));
    await tab.locator('.bar.stuck > div').waitFor();
    assert.equal((await tab.locator('.bar > div').boundingBox()).y, 0);
    const hiddenBelow = await tab.evaluate(() => {
        const bar = document.querySelector('.bar > div').getBoundingClientRect().bottom;
        const faults = [];
        for (const link of [...document.querySelectorAll('main a')].reverse()) {
            link.focus();
            if (link.getBoundingClientRect().bottom <= bar) faults.push(link.outerHTML.slice(0, 80));
        }
        return faults;
    });
    assert.deepEqual(hiddenBelow, []);
}));

// ---- settings

for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with script' : 'without script';
    test(`text size and colours keep from the first byte on, ${how}`, () => reader({ ...WIDE, javaScriptEnabled, colorScheme: 'light' }, async (tab, go) => {
        await go(`${story}?from=test`);
        for (const [tool, name] of [['Text size', 'A large'], ['Colours', 'Dark']]) {
            await tab.locator('.masthead summary', { hasText: tool }).click();
            const stored = tab.waitForResponse((answer) => answer.url().endsWith('/-/prefs'));
            await tab.locator('.masthead').getByRole('button', { name, exact: true }).click();
            assert.equal((await stored).status(), 303);
            await tab.locator(name === 'Dark' ? 'html.scheme-dark' : 'html.text-3').waitFor();
            assert.equal(new URL(tab.url()).pathname + new URL(tab.url()).search, `${story}?from=test`, 'back on the same page');
        }
        for (const path of ['/', story, '/nothing-here/']) {
            const first = await (await go(path)).text();
            assert.match(first.slice(0, 120), /<html lang="[^"]*" class="text-3 scheme-dark">/, path);
        }
        assert.equal(await tab.evaluate(() => getComputedStyle(document.documentElement).fontSize), '20px');
        assert.equal(await tab.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(17, 20, 23)');
    }));
    test(`the notice goes for good when it is accepted, and moves nothing, ${how}`, () => reader({ ...PHONE, javaScriptEnabled }, async (tab, go) => {
        await go(story);
        const place = () => tab.locator('h1').boundingBox();
        const before = await place();
        const stored = tab.waitForResponse((answer) => answer.url().endsWith('/-/prefs'));
        await tab.locator('.notice button').click();
        await stored;
        await tab.locator('.notice').waitFor({ state: 'hidden' });
        assert.deepEqual(await place(), before);
        await go('/');
        assert.equal(await tab.locator('.notice').isVisible(), false);
        assert.match(await classes(tab), /\baccepted\b/);
    }));
}

test('colours follow the system until they are chosen, and then do not', () => reader({ ...WIDE, colorScheme: 'dark' }, async (tab, go) => {
    const paper = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await go('/');
    assert.equal(await paper(), 'rgb(17, 20, 23)');
    await tab.locator('.masthead summary', { hasText: 'Colours' }).click();
    await tab.locator('.masthead').getByRole('button', { name: 'Light' }).click();
    assert.equal(await paper(), 'rgb(255, 255, 255)');
    assert.equal(await tab.locator('.masthead .choice button[value="light"]').getAttribute('aria-pressed'), 'true');
    await tab.locator('.masthead').getByRole('button', { name: 'Automatic' }).click();
    assert.equal(await paper(), 'rgb(17, 20, 23)');
}));

// ---- the bell

test('the bell marks what came since the last visit, lists it, and forgets it when it was seen', () => reader(WIDE, async (tab, go) => {
    await go('/');
    assert.equal(await tab.locator('[data-bell].unread').count(), 0, 'a first visit has missed nothing');
    await tab.evaluate(() => localStorage.setItem('seen', Number(localStorage.getItem('seen')) - 1));
    await tab.reload();
    const bell = tab.getByRole('link', { name: 'Newest stories, some new' });
    await bell.click();
    await tab.locator('.news li.unread').waitFor();
    assert.equal(await tab.locator('.news li.unread .new').first().textContent(), 'New');
    assert.equal(await tab.locator('.news li.unread').count(), 1);
    assert.equal(await tab.locator('.news').getByRole('link', { name: 'Show more' }).getAttribute('href'), '/latest/');
    await tab.keyboard.press('Escape');
    await tab.locator('.news').waitFor({ state: 'hidden' });
    await tab.reload();
    assert.equal(await tab.locator('[data-bell].unread').count(), 0);
}));

test('the bell is a link without script', () => reader({ ...PHONE, javaScriptEnabled: false }, async (tab, go) => {
    await go('/');
    await tab.locator('[data-bell]').tap();
    await tab.waitForURL('**/latest/');
}));

// ---- nothing jumps, nothing leaves

for (const [name, options] of [['a phone', PHONE], ['a desktop', WIDE]])
    test(`nothing moves while a page is made on a slow network, on ${name}`, () => reader(options, async (tab, go) => {
        await tab.addInitScript(() => {
            window.shifts = [];
            new PerformanceObserver((list) => {
                for (const shift of list.getEntries())
                    if (!shift.hadRecentInput) window.shifts.push([shift.value, ...shift.sources.map(({ node }) => node?.className || node?.nodeName)]);
            }).observe({ type: 'layout-shift', buffered: true });
        });
        // The fonts come last of all, long after the text was first drawn.
        await tab.route('**/*.woff2', async (route) => { await new Promise((done) => setTimeout(done, 400)); await route.continue(); });
        for (const path of ['/', story, '/markets/']) {
            await go(path);
            await tab.evaluate(() => document.fonts.ready);
            assert.ok(await tab.evaluate(() => document.fonts.check('16px "Newsreader"') && document.fonts.check('16px "Public Sans"')), 'the fonts came');
            await tab.evaluate(() => scrollTo(0, 1500));
            await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
            const shifts = await tab.evaluate(() => window.shifts);
            const sum = shifts.reduce((all, [value]) => all + value, 0);
            assert.ok(sum < 0.005, `${path}: ${JSON.stringify(shifts)}`);
        }
    }));

test('targets of the frame are 44 pixels high', () => reader(PHONE, async (tab, go) => {
    await go('/');
    await layOutAll(tab);
    await tab.locator('.masthead .menu-button').tap();
    const small = await tab.evaluate(() => [...document.querySelectorAll('.masthead :is(a, button, summary), .compact a, .drawer :is(a, button), .footer li a, .notice button')]
        .filter((one) => one.checkVisibility() && !one.closest('.brand'))
        .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 44 || box.width < 24).map(([text, box]) => `${text} ${box.width}x${box.height}`));
    assert.deepEqual(small, []);
}));

test('a page at 200 per cent text loses nothing', () => reader(PHONE, async (tab, go) => {
    await tab.addInitScript(() => document.addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; }));
    for (const path of ['/', '/about/', story, '/markets/', '/latest/', '/events/', '/corrections/']) {
        await go(path);
        await layOutAll(tab);
        assert.ok(await tab.evaluate(() => document.scrollingElement.scrollWidth) <= 361, path);
        assert.ok(await tab.locator('.masthead .menu-button').isVisible());
    }
}));

test('a printed story is the story and where it stood', () => reader(WIDE, async (tab, go) => {
    await go(story);
    await tab.emulateMedia({ media: 'print' });
    for (const gone of ['.menu', '.tools', '.notice', '.newest', '.footer-grid', '.menu-button'])
        assert.equal(await tab.locator(`body > * ${gone}, body > ${gone}`).first().isVisible(), false, gone);
    for (const stays of ['.masthead .brand', 'h1', '.story-body .body', '.printed'])
        assert.ok(await tab.locator(stays).first().isVisible(), stays);
    assert.equal(await tab.evaluate(() => getComputedStyle(document.body).color), 'rgb(0, 0, 0)');
}));
