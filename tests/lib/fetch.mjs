// Requests as tests make them: kept connections, raw bodies, raw sockets, and the links of a page.
// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';
import net from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

const PATIENCE_MS = 30_000;
const AGAIN_MS = 100;
const LATEST_MS = 120_000;

// One client: an agent with kept connections. Answers are {status, headers, body: Buffer}.
export function client(server, { sockets = 16, keepAlive = true } = {}) {
    const agent = new http.Agent({ keepAlive, maxSockets: sockets });
    const get = (path, { method = 'GET', headers = {} } = {}) => new Promise((resolve, reject) => {
        const request = http.request({ host: server.host, port: server.port, path, method, headers, agent,
            timeout: PATIENCE_MS }, (answer) => {
            const parts = [];
            answer.on('data', (part) => parts.push(part));
            answer.on('error', reject);
            answer.on('aborted', () => reject(new Error(`${path}: the answer broke off`)));
            answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers,
                rawHeaders: answer.rawHeaders, body: Buffer.concat(parts) }));
        });
        request.on('timeout', () => request.destroy(new Error(`${path}: no answer`)));
        request.on('error', reject);
        request.end();
    });
    return { get, close: () => agent.destroy() };
}

// The address of the newest month that has stories, as the archive of the site at `base` names it.
export async function newestMonth(base) {
    const archive = await (await fetch(`${base}/archive/`)).text();
    return /href="(\/\d{4}\/\d\d\/)"/.exec(archive)?.[1];
}

// Only so many pictures are drawn at once: who comes too soon is told to come again, and does.
export async function patiently(get, path, options) {
    for (const began = Date.now();;) {
        const answer = await get(path, options);
        if (answer.status !== 503 || Date.now() - began > LATEST_MS || !/^\/(share|icon)\//.test(path)) return answer;
        if (!answer.headers['retry-after']) throw new Error(`${path}: busy, and does not say until when`);
        await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
    }
}

// The body without its coding; a broken one is a text that says so, and equals nothing.
export function plain(answer) {
    try {
        return decoded(answer);
    } catch (error) {
        return Buffer.from(`BROKEN ${answer.headers['content-encoding']}: ${error.message}`);
    }
}

function decoded(answer) {
    switch (answer.headers['content-encoding']) {
    case undefined: return answer.body;
    case 'gzip': return gunzipSync(answer.body);
    case 'br': return brotliDecompressSync(answer.body);
    default: throw new Error(`coding ${answer.headers['content-encoding']}`);
    }
}

// Sends bytes, one piece after the other, and gathers what comes until the server closes or
// `until(text)` says that it is enough.
export function exchange(server, pieces, { until = () => false, patience = PATIENCE_MS, gap = 0 } = {}) {
    return new Promise((resolve) => {
        const socket = net.connect(server.port, server.host);
        const list = [].concat(pieces);
        let text = '';
        let next;
        const began = Date.now();
        const done = (closed) => {
            clearTimeout(late);
            clearTimeout(next);
            socket.destroy();
            resolve({ text, closed, ms: Date.now() - began });
        };
        const late = setTimeout(() => done(false), patience);
        const send = () => {
            if (list.length && !socket.destroyed) socket.write(list.shift());
            if (list.length) next = setTimeout(send, gap);
        };
        socket.on('connect', send);
        socket.setEncoding('latin1').on('data', (part) => { text += part; if (until(text)) done(false); });
        socket.on('error', () => done(true));
        socket.on('close', () => done(true));
    });
}

const ENTITIES = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'" };
const unescaped = (text) => text.replace(/&(amp|quot|lt|gt|#39);/g, (_, name) => ENTITIES[name]);

// Every path of the site that a document names: attributes of HTML, <link> and <loc> of XML.
export function links(body, base) {
    const text = body.toString('utf8');
    const found = new Set();
    for (const match of text.matchAll(/(?:href|src|og:image" content)="([^"]*)"|<(?:loc|link|guid[^>]*)>([^<]*)</g)) {
        let address = unescaped(match[1] ?? match[2]);
        if (address.startsWith(base)) address = address.slice(base.length) || '/';
        if (address.startsWith('/') && !address.startsWith('//')) found.add(address.split('#')[0]);
    }
    return found;
}

// Runs `work(item)` over all items, `width` at a time.
export async function forAll(items, width, work) {
    const rest = [...items];
    await Promise.all(Array.from({ length: width }, async () => {
        while (rest.length) await work(rest.pop());
    }));
}
