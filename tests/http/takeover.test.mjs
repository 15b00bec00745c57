// One server takes over from another while readers read and editors edit: no request is refused,
// broken or answered with something old. SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import test from 'node:test';
import { client } from '../lib/fetch.mjs';
import { complaint, createPublication, openEditor, serve } from '../lib/site.mjs';

const TAKEOVERS = Number(process.env.TAKEOVERS ?? 6);
const HEADLINE = /<h1[^>]*>[^<]*?M(\d+)\./;

// Asks without end; every answer has to be whole and right.
function crowd(site, count, keepAlive, check) {
    const state = { asked: 0, faults: [], on: true };
    state.done = Promise.all(Array.from({ length: count }, async () => {
        const { get, close } = client(site, { sockets: 1, keepAlive });
        while (state.on) {
            try {
                await check(get);
                state.asked++;
            } catch (error) {
                state.faults.push(`${keepAlive ? 'kept' : 'new'} connection: ${error.message}`);
                if (state.faults.length > 10) break;
            }
        }
        close();
    }));
    return state;
}

test('servers take over from each other under load, and nobody notices', { timeout: 300_000 }, async (t) => {
    const publication = createPublication();
    t.after(() => publication.remove());
    let site = await serve(publication);
    const acknowledged = new Map();
    const paths = ['/', '/latest/', '/feed.xml'];
    let hot = [];
    const errors = [];
    const editor = await openEditor(publication, { seen(change) {
        if (change.error) errors.push(change.error);
        if (!change.path) return;
        if (change.kind === 'headline' || change.kind === 'publish') acknowledged.set(change.path, change.mark);
        if (change.kind === 'publish') paths.push(change.path);
        hot = [change.path, ...hot.filter((path) => path !== change.path)].slice(0, 6);
    } });
    const check = async (get) => {
        // Mostly the few stories that are edited again and again: something old would show there first.
        const path = hot.length && Math.random() < 0.8 ? hot[Math.floor(Math.random() * hot.length)]
            : paths[Math.floor(Math.random() * paths.length)];
        const due = acknowledged.get(path) ?? 0;
        const { status, body } = await get(path);
        assert.equal(status, 200, path);
        assert.match(body.toString(), /<\/(html|rss)>\s*$/, `${path} is whole`);
        const shown = Number(HEADLINE.exec(body)?.[1] ?? Infinity);
        assert.ok(shown >= due, `${path} shows ${shown} after ${due} was acknowledged`);
    };
    const crowds = [crowd(site, 6, true, check), crowd(site, 4, false, check)];
    let editing = true;
    const edits = (async () => {
        while (editing) {
            await editor.run(20, 'headline');
            await editor.run(1, 'publish');
        }
    })();
    for (let n = 0; n < TAKEOVERS; n++) {
        const asked = crowds[0].asked + crowds[1].asked;
        const next = await serve(publication, '--takeover');
        assert.equal(next.address, site.address);
        assert.equal(await site.ended, 0, `the old one ends by itself:\n${site.errors.slice(-2000)}`);
        assert.equal(complaint(site), undefined);
        site = next;
        while (crowds[0].asked + crowds[1].asked < asked + 200 && !crowds[0].faults.length && !crowds[1].faults.length)
            await new Promise(setImmediate);
    }
    for (const one of crowds) one.on = false;
    editing = false;
    await edits;
    await Promise.all(crowds.map((one) => one.done));
    t.diagnostic(`${TAKEOVERS} takeovers, ${crowds[0].asked} requests on kept and ${crowds[1].asked} on new connections, ${acknowledged.size} stories edited`);
    assert.deepEqual([...crowds[0].faults, ...crowds[1].faults], []);
    assert.deepEqual(errors, []);
    await editor.close();
    await site.stop();
});

test('--takeover where no server runs just starts one', async (t) => {
    const publication = createPublication();
    t.after(() => publication.remove());
    const site = await serve(publication, '--takeover', '--listen', '127.0.0.1:0');
    assert.equal((await client(site, { keepAlive: false }).get('/')).status, 200);
    await site.stop();
    assert.ok(!existsSync(join(publication.data, 'control.sock')), 'it leaves no socket behind');
});

test('a second server on the same directory is refused with what to do', async (t) => {
    const publication = createPublication();
    t.after(() => publication.remove());
    const site = await serve(publication);
    await assert.rejects(serve(publication), /ended with 1:\n.*runs on this data directory already.*--takeover\n$/s);
    assert.equal((await client(site, { keepAlive: false }).get('/')).status, 200, 'the first one is not disturbed');
    const editor = await openEditor(publication);
    await editor.run(3); // and can still be asked
    await editor.close();
    await site.stop();
});

test('SIGTERM: what has begun is finished, then it ends', { timeout: 120_000 }, async (t) => {
    const publication = createPublication();
    t.after(() => publication.remove());
    const site = await serve(publication, '--cache', '0');
    const editor = await openEditor(publication);
    await editor.close();
    // Twenty requests under way at once, and one whose last bytes come after the signal.
    const agent = new http.Agent({ maxSockets: 20 });
    const begun = Array.from({ length: 20 }, () => new Promise((resolve) => {
        http.get({ host: site.host, port: site.port, path: '/', agent }, (answer) => {
            let text = '';
            answer.setEncoding('utf8').on('data', (part) => { text += part; });
            answer.on('end', () => resolve(answer.statusCode === 200 && /<\/html>\s*$/.test(text)));
            answer.on('error', () => resolve(false));
        }).on('error', () => resolve(false));
    }));
    const late = net.connect(site.port, site.host);
    let text = '';
    late.setEncoding('latin1').on('data', (part) => { text += part; });
    const closed = new Promise((resolve) => late.on('close', resolve));
    late.write('GET /feed.xml HTTP/1.1\r\nHost: a\r\n');
    await begun[0];
    site.child.kill('SIGTERM');
    while (!site.errors.includes('event=stopping')) await new Promise(setImmediate);
    late.write('\r\n');
    assert.deepEqual(await Promise.all(begun), Array(20).fill(true));
    await closed;
    assert.match(text, /^HTTP\/1\.1 200 /);
    assert.match(text, /<\/rss>\s*$/);
    assert.equal(await site.ended, 0);
    assert.equal(complaint(site), undefined);
});

// The sockets that listen on a port, once for each descriptor that the process holds of them.
function listening(pid, port) {
    const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    const inodes = new Set(readFileSync('/proc/net/tcp', 'utf8').split('\n').map((line) => line.trim().split(/\s+/))
        .filter((field) => field[1]?.endsWith(hex) && field[3] === '0A').map((field) => `socket:[${field[9]}]`));
    return readdirSync(`/proc/${pid}/fd`).map((fd) => {
        try { return readlinkSync(`/proc/${pid}/fd/${fd}`); } catch { return ''; }
    }).filter((link) => inodes.has(link));
}

test('a server that took over holds each socket once, and lets go of it at its end', async (t) => {
    const publication = createPublication();
    t.after(() => publication.remove());
    const first = await serve(publication);
    t.after(() => first.kill());
    const second = await serve(publication, '--takeover');
    t.after(() => second.kill());
    await first.ended;
    const held = listening(second.child.pid, second.port);
    assert.ok(held.length > 0);
    assert.equal(new Set(held).size, held.length);
    assert.equal(second.address, first.address);
    const reader = client(second);
    assert.equal((await reader.get('/-/health')).status, 200);
    reader.close();
    await second.stop();
    const late = client(first);
    await assert.rejects(late.get('/'), /ECONNREFUSED/);
    late.close();
});
