// A publication taken out into one file and restored from it is the same site, at every address.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { Oracle } from '../lib/oracle.mjs';
import { createPublication, ENGINES, openEditor, PROGRAM, serve } from '../lib/site.mjs';

const CHANGES = 250;

// A publication on `engine` after many changes of every kind, with nothing left to do.
async function newsroom(t, engine) {
    const publication = createPublication({ engine });
    t.after(() => publication.remove());
    const editor = await openEditor(publication, { seed: 11 });
    await editor.run(CHANGES);
    await editor.settle();
    return { publication, editor };
}

function bare(t, engine) {
    const publication = createPublication({ engine, bare: true });
    t.after(() => publication.remove());
    return publication;
}

// Everything that either site links to, and what neither does, is the same on both.
async function assertSameSite(t, was, is) {
    const original = await serve(was, '--cache', '0');
    const restored = await serve(is);
    const oracle = new Oracle(restored, original);
    try {
        await oracle.compare();
        assert.equal(oracle.faults.length, 0, oracle.faults.slice(0, 5).join('\n'));
        assert.ok(oracle.counts.compared > 400, `${oracle.counts.compared} addresses`);
        t.diagnostic(`${oracle.counts.compared} addresses are the same`);
    } finally {
        await restored.stop();
        await original.stop();
    }
}

for (const engine of ENGINES) {
    const other = ENGINES.find((name) => name !== engine) ?? engine;
    test(`the restored site is the same, from ${engine} to ${other}`, async (t) => {
        const { publication, editor } = await newsroom(t, engine);
        await editor.close();
        const file = join(publication.data, 'a.tar.zst');
        const said = publication.run('export', 'archive', file);
        assert.match(said, /\d+ stories.*\nexported .* to .*a\.tar\.zst: .* MB, .* MB unpacked, in .* s\n$/);
        const copy = bare(t, other);
        assert.match(copy.run('import', 'archive', file), /\nimported .* into /);
        // And on: a copy of the copy is the same file but for its date.
        copy.run('export', 'archive', join(copy.data, 'b.tar'));
        publication.run('export', 'archive', join(publication.data, 'a.tar'));
        const undated = (path) => readFileSync(path, 'latin1').replace(/"created":"[^"]*"/, '');
        assert.ok(undated(join(publication.data, 'a.tar')) === undated(join(copy.data, 'b.tar')), 'the copy of the copy');
        await assertSameSite(t, publication, copy);
    });
}

test('an export beside a busy newsroom is one moment of it', async (t) => {
    const { publication, editor } = await newsroom(t, 'sqlite');
    const server = await serve(publication);
    const busy = editor.run(150);
    const files = [0, 1, 2].map((n) => join(publication.data, `${n}.tar.gz`));
    for (const file of files) {
        const [status] = await once(spawn(PROGRAM, ['export', 'archive', file, '--data', publication.data]), 'close');
        assert.equal(status, 0);
    }
    await busy;
    await editor.close();
    await server.stop();
    // Lists, parts and ledgers of another moment would not agree, and be refused.
    for (const file of files) bare(t, 'sqlite').run('import', 'archive', file);
});

test('an import that was killed leaves nothing, and is repeated', async (t) => {
    const { publication, editor } = await newsroom(t, 'sqlite');
    await editor.close();
    const file = join(publication.data, 'a.tar.gz');
    publication.run('export', 'archive', file);
    const copy = bare(t, 'sqlite');
    const words = ['import', 'archive', file, '--data', copy.data];
    for (let kills = 0, wait = 20; kills < 6; kills++, wait += 30) {
        const life = spawn(PROGRAM, words);
        const timer = setTimeout(() => life.kill('SIGKILL'), wait);
        const [status] = await once(life, 'close');
        clearTimeout(timer);
        if (status === 0) break; // it was quicker
    }
    if (!existsSync(join(copy.data, 'broadsheet.db')) || !holdsStories(copy)) copy.run(...words.slice(0, 3));
    await assertSameSite(t, publication, copy);
});

function holdsStories(publication) {
    try {
        return publication.run('story', 'list').length > 0;
    } catch {
        return false; // no publication yet
    }
}

test('what is refused is told in one sentence, and nothing is made', async (t) => {
    const { publication, editor } = await newsroom(t, 'sqlite');
    await editor.close();
    const refused = (place, sentence, ...words) => assert.throws(() => place.run(...words), (error) => {
        assert.equal(error.status, 1);
        assert.match(error.stderr, sentence);
        assert.equal(error.stderr.trim().split('\n').length, 1);
        return true;
    });
    const file = join(publication.data, 'a.tar.gz');
    publication.run('export', 'archive', file);
    refused(publication, /is there already/, 'export', 'archive', file);
    refused(publication, /ends with \.tar/, 'export', 'archive', `${file}.rar`);
    refused(publication, /holds a publication already/, 'import', 'archive', file);
    const copy = bare(t, 'sqlite');
    refused(copy, /tar file/, 'import', 'archive', PROGRAM);
    refused(copy, /cannot be opened/, 'import', 'archive', '/nonexistent.tar');
    assert.ok(!existsSync(join(copy.data, 'broadsheet.db')));
});
