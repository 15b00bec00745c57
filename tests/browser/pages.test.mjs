// One page of every kind, in Chromium: accessible, valid, quiet, whole on narrow screens and without
// script. SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axeFaults } from '../lib/axe.mjs';
import { launchBrowser, layOutAll } from '../lib/browser.mjs';
import { openDemo } from '../lib/demo.mjs';

const require = createRequire(import.meta.url);
const KINDS = ['front', 'section', 'subsection', 'story', 'author', 'topic', 'month', 'archive', 'page', 'latest', 'missing', 'withdrawn'];

let browser, demo;
before(async () => { [browser, demo] = await Promise.all([launchBrowser(), openDemo()]); });
after(async () => {
    await browser?.close();
    try { await demo?.server.stop(); } finally { demo?.remove(); }
});

// Visits every page in one tab, and says what the browser complained of meanwhile.
async function visitEach(options, look) {
    const context = await browser.newContext(options);
    const tab = await context.newPage();
    const faults = [];
    let at;
    const say = (what) => faults.push(`${at.path} (${at.kind}): ${what}`);
    tab.on('console', (message) => { if (!/status of 4(04|10)/.test(message.text())) say(`console: ${message.text()}`); });
    tab.on('pageerror', (error) => say(`error: ${error.message}`));
    tab.on('request', (request) => { if (!request.url().startsWith(demo.server.url)) say(`asks for ${request.url()}`); });
    tab.on('requestfailed', (request) => { if (request.failure()?.errorText !== 'net::ERR_ABORTED') say(`${request.url()} failed: ${request.failure()?.errorText}`); });
    tab.on('response', (answer) => { if (answer.status() >= 400 && answer.request().resourceType() !== 'document') say(`${answer.url()}: ${answer.status()}`); });
    for (at of demo.pages) {
        const answer = await tab.goto(demo.server.url + at.path);
        if (answer.status() !== at.status) say(`status ${answer.status()}`);
        for (const fault of await look(tab, at)) say(fault);
    }
    await context.close();
    assert.equal(faults.length, 0, `${faults.length} faults\n${faults.slice(0, 40).join('\n')}`);
}

test('the demo has a page of every kind', () => {
    for (const kind of KINDS) assert.ok(demo.pages.some((page) => page.kind === kind), kind);
});

for (const colorScheme of ['light', 'dark'])
    for (const width of [360, 1440])
        test(`axe finds nothing, ${colorScheme}, at ${width} pixels`, () =>
            visitEach({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true }, axeFaults));

test('axe finds nothing with the menus open', () =>
    visitEach({ viewport: { width: 360, height: 900 }, bypassCSP: true }, async (tab) => {
        await tab.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.removeAttribute('name'); one.open = true; }));
        await tab.locator('.masthead .menu-button').evaluate((one) => one.click());
        return axeFaults(tab);
    }));

for (const width of [320, 768, 1440])
    test(`nothing runs over the edge at ${width} pixels`, () =>
        visitEach({ viewport: { width, height: 800 } }, async (tab) => {
            await layOutAll(tab);
            return tab.evaluate(() => {
                const over = document.scrollingElement.scrollWidth - innerWidth;
                if (over <= 0) return [];
                const scrolls = (one) => one && (getComputedStyle(one).overflowX !== 'visible' || scrolls(one.parentElement));
                const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !scrolls(one.parentElement));
                return [`${over} pixels over: ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 100)).join(' | ')}`];
            });
        }));

test('every page reads the same without script', () =>
    visitEach({ javaScriptEnabled: false, viewport: { width: 360, height: 900 } }, async (tab, at) => {
        const shown = await tab.locator('main').innerText();
        const faults = shown.length > 60 ? [] : [`shows only ${JSON.stringify(shown)}`];
        if (at.kind === 'story' && !(await tab.locator('.story-body .body p').last().isVisible())) faults.push('hides the end of the story');
        await tab.locator('.masthead .menu-button').click();
        if (!(await tab.locator('#menu nav').isVisible())) faults.push('the menu does not open');
        return faults;
    }));

test('the first stop of the keyboard skips to the text', () =>
    visitEach({ viewport: { width: 1440, height: 900 } }, async (tab) => {
        await tab.keyboard.press('Tab');
        const first = await tab.evaluate(() => [document.activeElement.getAttribute('href'), document.activeElement.getBoundingClientRect().top >= 0]);
        return first[0] === '#main' && first[1] ? [] : [`the first stop is ${first}`];
    }));

const java = spawnSync('java', ['-version']).status === 0;

test('the validator finds nothing', { skip: java ? false : 'there is no java' }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'));
    try {
        for (const { kind, path } of demo.pages)
            writeFileSync(join(folder, `${kind}.html`), await (await fetch(demo.server.url + path)).text());
        execFileSync('java', ['-jar', require.resolve('vnu-jar/build/dist/vnu.jar'), '--errors-only', '--skip-non-html', folder], { encoding: 'utf8', stdio: 'pipe' });
    } catch (failure) {
        assert.fail(String(failure.stderr ?? failure).replaceAll(`file:${folder}/`, '').slice(0, 6000));
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
});
