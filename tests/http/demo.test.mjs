// The demo publication's pictures: drawn apart from its texts, once, and shown when they are there.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PROGRAM, serve } from '../lib/site.mjs';

const STORY = '/small-business/what-a-cafe-pays-to-be-paid/';

test('pictures come in while the demo is served, and are drawn once', async () => {
    const data = mkdtempSync(join(tmpdir(), 'broadsheet-'));
    const demo = (which) => execFileSync(PROGRAM, ['demo', '--data', data, '--pictures', which], { encoding: 'utf8' });
    try {
        demo('no');
        const server = await serve({ data, options: [], children: new Set() });
        try {
            const text = async () => (await fetch(server.url + STORY)).text();
            assert.doesNotMatch(await text(), /<figure class="story-picture"/);
            assert.match(demo('only'), /drew \d+ pictures; shown after/);
            const page = await text();
            assert.match(page, /<figure class="story-picture"/);
            const [, picture] = /srcset="([^" ]+\.webp)/.exec(page);
            assert.equal((await fetch(server.url + picture)).headers.get('content-type'), 'image/webp');
            assert.equal(demo('only'), '');
        } finally { await server.stop(); }
    } finally { rmSync(data, { recursive: true, force: true }); }
});

test('an unknown wish for pictures is refused', () => {
    assert.throws(() => execFileSync(PROGRAM, ['demo', '--pictures', 'some', '--data', '/nonexistent/x'], { stdio: 'pipe' }), /yes, no or only/);
});
