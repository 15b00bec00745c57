// Killed at any moment or out of disk: nothing acknowledged is lost, nothing half-done shows.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fill, smallDisk } from '../lib/disk.mjs';
import { client } from '../lib/fetch.mjs';
import { createPublication, ENGINES, openEditor, serve } from '../lib/site.mjs';

const EDITS = Number(process.env.KILL_EDITS ?? 1000);
const HEADLINE = /<h1[^>]*>[^<]*?M(\d+)\./;
const BODY = /<p>Body B(\d+)\./;

// What was acknowledged for each path, in the order it was.
class Ledger {
    constructor() {
        this.paths = new Map();
        this.changes = 0;
        this.errors = [];
    }

    seen(change) {
        if (change.error) { this.errors.push(change.error); return; }
        this.changes++;
        if (!change.commit || !change.path) return;
        const known = this.paths.get(change.path) ?? {};
        if (change.kind.startsWith('publish')) Object.assign(known, { exists: true, headline: change.mark });
        if (change.kind === 'headline') known.headline = change.mark;
        if (change.kind === 'body') known.body = change.mark;
        if (change.kind === 'withdraw') known.gone = true;
        if (change.kind === 'restore') known.gone = false;
        this.paths.set(change.path, known);
    }

    // `unsure`: what was under way when the editor was killed may be there or not.
    async check(site, unsure = false) {
        const { get, close } = client(site);
        let different = 0;
        for (const [path, known] of this.paths) {
            if (!known.exists) continue;
            const answer = await get(path);
            const text = answer.body.toString();
            if (answer.status === 410 || answer.status === 200) {
                if (known.gone !== undefined && known.gone !== (answer.status === 410)) different++;
            } else {
                assert.fail(`${path}: acknowledged, but answers ${answer.status}`);
            }
            if (answer.status !== 200) continue;
            assert.match(text, /<\/html>\s*$/, `${path} is whole`);
            for (const [what, pattern] of [['headline', HEADLINE], ['body', BODY]])
                assert.ok(Number(pattern.exec(text)?.[1]) >= (known[what] ?? 0),
                    `${path}: the ${what} ${known[what]} was acknowledged, ${pattern.exec(text)?.[1]} is there`);
        }
        close();
        assert.ok(different <= (unsure ? 1 : 0), `${different} stories are withdrawn or restored against what was acknowledged`);
    }
}

async function verify(publication) {
    const editor = await openEditor(publication);
    const found = await editor.verify();
    await editor.close();
    assert.deepEqual(found.faults, []);
    return found.stories;
}

for (const engine of ENGINES) {
    test(`kill -9 of server and editor loses nothing acknowledged, on ${engine}`, { timeout: 600_000 }, async (t) => {
        const publication = createPublication({ engine });
        t.after(() => publication.remove());
        const ledger = new Ledger();
        const seen = (change) => ledger.seen(change);
        let kills = 0;
        let site = await serve(publication);
        const edits = engine === 'sqlite' ? EDITS : EDITS / 4;
        while (ledger.changes < edits) {
            const editor = await openEditor(publication, { seed: kills + 1, seen });
            const enough = ledger.changes + 20 + Math.floor(Math.random() * 80);
            const done = editor.run(10_000).catch(() => 'killed');
            while (ledger.changes < enough && editor.status === undefined) await new Promise(setImmediate);
            // Now the one, now the other first, at once: the editor waits for a server that is gone.
            const victims = [site, editor];
            if (kills % 2) victims.reverse();
            if (kills % 3 === 2) {
                await editor.kill();
                await ledger.check(site, true);
                await site.kill();
            } else {
                await Promise.all(victims.map((one) => one.kill()));
            }
            await done;
            kills++;
            if (engine === 'sqlite') assert.ok(existsSync(join(publication.data, 'control.sock')), 'the socket stays behind');
            site = await serve(publication);
            await ledger.check(site, true);
            // What was unsure is known now.
            for (const known of ledger.paths.values()) delete known.gone;
        }
        assert.deepEqual(ledger.errors.filter((error) => !/busy/.test(error)), []);
        t.diagnostic(`${ledger.changes} changes, ${kills} kills, ${await verify(publication)} stories whole`);
        if (engine === 'sqlite')
            assert.equal(execFileSync('sqlite3', [join(publication.data, 'broadsheet.db'), 'pragma integrity_check'],
                { encoding: 'utf8' }).trim(), 'ok');
        const fresh = await serve(publication, '--cache', '0');
        await ledger.check(fresh);
        await fresh.stop();
        await site.stop();
    });
}

test('a full disk: a clear error, readers still served, nothing lost, and on it goes', { timeout: 300_000 }, async (t) => {
    const disk = smallDisk(t, 12);
    if (!disk) return t.skip('no file system can be mounted here');
    const publication = createPublication({ within: disk });
    const ledger = new Ledger();
    const site = await serve(publication);
    const editor = await openEditor(publication, { seen: (change) => ledger.seen(change) });
    await editor.run(50);
    const ballast = join(disk, 'ballast');
    fill(ballast);
    const before = ledger.changes;
    while (!ledger.errors.length) {
        await editor.run(10);
        assert.ok(ledger.changes - before < 5000, 'the disk never was full');
    }
    t.diagnostic(`${ledger.changes - before} changes found room; then: ${ledger.errors[0]}; ${editor.errors.trim().split('\n').pop()}`);
    assert.match(editor.errors, /full/i, 'the error says what is wrong');
    await ledger.check(site);
    const again = createCommand(publication, editor);
    assert.match(again, /full/i);
    const other = await serve(publication, '--cache', '0').catch((error) => error);
    // A server that renders all afresh reads even now.
    if (other instanceof Error) t.diagnostic(`no other server starts: ${other.message.split('\n')[1]}`);
    else { await ledger.check(other); await other.stop(); }
    const said = site.errors.match(/event=jobs-failed/g)?.length ?? 0;
    assert.ok(said <= 3, `the background work complains once, not ${said} times`);
    rmSync(ballast);
    ledger.errors.length = 0;
    await editor.run(50);
    assert.deepEqual(ledger.errors, [], 'with room again it goes on');
    await editor.settle();
    await editor.close();
    await ledger.check(site);
    assert.ok(await verify(publication) > 60);
    await site.stop();
});

// What a command on the full disk says on standard error; it must fail.
function createCommand(publication) {
    try {
        for (let n = 0; n < 200; n++)
            publication.run('publication', '--tagline', `${'x'.repeat(400)} ${n}`);
    } catch (error) {
        assert.equal(error.status, 1);
        return error.stderr;
    }
    return assert.fail('a command found room');
}
