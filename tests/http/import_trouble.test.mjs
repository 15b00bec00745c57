// What an import says on the way, and what it does on a full disk.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { smallDisk } from '../lib/disk.mjs';
import { export_, item, withFiles } from '../lib/export.mjs';
import { client } from '../lib/fetch.mjs';
import { PROGRAM, createPublication, serve } from '../lib/site.mjs';

const many = (count, words = 60) => export_(Array.from({ length: count }, (_, i) => item(i + 1, { body: `Body ${i + 1}. ${'word '.repeat(words)}` })));

// Runs a program whose standard error is a terminal, and gives what it wrote there.
const ON_A_TERMINAL = `
import os, subprocess, sys
ours, theirs = os.openpty()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=theirs)
os.close(theirs)
while True:
    try:
        read = os.read(ours, 4096)
    except OSError:
        break
    if not read:
        break
    sys.stdout.buffer.write(read)
sys.exit(child.wait())
`;

test('on a terminal an import says how far it is, in a pipe it says nothing', async () => {
    await withFiles({ 'a.xml': many(6000, 400) }, ([path]) => {
        const publication = createPublication();
        try {
            const words = ['import', 'wordpress', path, '--data', publication.data];
            const terminal = spawnSync('python3', ['-c', ON_A_TERMINAL, PROGRAM, ...words], { encoding: 'utf8', maxBuffer: 1 << 24 });
            assert.equal(terminal.status, 0);
            const told = [...terminal.stdout.matchAll(/\r(\d+) of (\d+) items, (\d+) a second, (\d+) s left/g)];
            assert.ok(told.length > 0, JSON.stringify(terminal.stdout));
            let before = 0;
            for (const [, done, all, rate] of told) {
                assert.ok(Number(done) > before && Number(done) <= 6000 && all === '6000' && Number(rate) > 0);
                before = Number(done);
            }
            assert.ok(terminal.stdout.endsWith('\r\x1b[K'), 'the line is cleared at the end');
            const pipe = spawnSync(PROGRAM, words, { encoding: 'utf8' });
            assert.deepEqual([pipe.status, pipe.stderr], [0, '']);
            assert.match(pipe.stdout, /6000 as they were/);
        } finally { publication.remove(); }
    });
});

// Every row but for times, hashes that hold them, and what the running server makes of the stories: two imports never begin in
// the same millisecond, nor do jobs run at the same moments.
const rows = (publication) => execFileSync('sqlite3', [join(publication.data, 'broadsheet.db'), '.dump'], { encoding: 'utf8', maxBuffer: 1 << 28 })
    .replace(/^INSERT INTO (?:schema_migration|commit_counter|change|job|related|sqlite_sequence) .*\n/gm, '').replace(/\b1[789]\d{11}\b/g, 'TIME')
    .replace(/'[0-9a-f]{64}'/g, 'HASH');

test('a full disk: the import says so, readers are served, and with room it goes on to the same rows', async (t) => {
    const disk = smallDisk(t, 14);
    if (!disk) return t.skip('no file system can be mounted here');
    await withFiles({ 'a.xml': many(3000, 300) }, async ([path]) => {
        const publication = createPublication({ within: disk }), other = createPublication();
        const server = await serve(publication), reader = client(server);
        try {
            other.run('import', 'wordpress', path);
            const words = ['import', 'wordpress', path, '--data', publication.data];
            const full = spawnSync(PROGRAM, words, { encoding: 'utf8' });
            assert.equal(full.status, 1);
            assert.match(full.stderr, /full/i);
            assert.equal(full.stderr.trim().split('\n').length, 1, full.stderr);
            const there = Number(execFileSync('sqlite3', [join(publication.data, 'broadsheet.db'), 'SELECT COUNT(*) FROM story'], { encoding: 'utf8' }));
            t.diagnostic(`${there} of 3000 stories found room; then: ${full.stderr.trim()}`);
            assert.ok(there > 0 && there < 3000 && there % 200 === 0, 'batches are whole');
            for (const address of ['/', '/2020/item-1/', `/2020/item-${there}/`])
                assert.equal((await reader.get(address)).status, 200, address);
            execFileSync('mount', ['-o', 'remount,size=200m', disk]);
            assert.match(spawnSync(PROGRAM, words, { encoding: 'utf8' }).stdout, new RegExp(`${3000 - there} new, ${there} as they were`));
            assert.equal((await reader.get('/2020/item-3000/')).status, 200);
            assert.ok(rows(publication) === rows(other), 'the rows are those of an import undisturbed');
        } finally {
            reader.close();
            try { await server.stop(); } finally { publication.remove(); other.remove(); }
        }
    });
});
