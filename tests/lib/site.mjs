// Starts publications and servers for tests: a fresh data directory, port 0, stopped by their pid.
// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const PROGRAM = process.env.BROADSHEET;
const BUILD = process.env.BUILD;
const START_MS = 60_000;

// What lacks is said at once: a test that waits for a program that is not there only ends late.
if (!PROGRAM || !existsSync(PROGRAM)) throw new Error(`BROADSHEET names no program: ${PROGRAM}`);

// A program of the build folder that tests use.
export function toolOf(name) {
    const path = join(BUILD ?? '', 'tests/tools', name);
    if (!BUILD || !existsSync(path)) throw new Error(`${path} is not there: BUILD must name a build with -Dtests=enabled`);
    return path;
}

// The engines to test on: PostgreSQL where TEST_POSTGRES names a server.
export const ENGINES = process.env.TEST_POSTGRES ? ['sqlite', 'postgres'] : ['sqlite'];

let databases = 0;

// A database of its own on the test server.
function createPostgres() {
    const server = process.env.TEST_POSTGRES;
    const name = `test_${process.pid}_${++databases}`;
    execFileSync('psql', ['--quiet', '--dbname', server, '--command', `create database ${name}`]);
    return {
        url: server.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`),
        drop: () => execFileSync('psql', ['--quiet', '--dbname', server, '--command',
            `drop database ${name} with (force)`]),
    };
}

// A fresh, empty publication, or a data directory without one. `within` is the folder to put it in.
export function createPublication({ engine = 'sqlite', within = tmpdir(), init = [], bare = false } = {}) {
    const data = mkdtempSync(join(within, 'broadsheet-'));
    const postgres = engine === 'postgres' ? createPostgres() : null;
    const url = postgres?.url ?? `sqlite:${data}/broadsheet.db`;
    const options = postgres ? ['--database', url] : [];
    const run = (...words) => execFileSync(PROGRAM, [...words, '--data', data, ...options],
        { encoding: 'utf8' });
    if (!bare) run('init', '--preset', 'blank', '--name', 'The Test', ...init);
    const children = new Set();
    return {
        data, url, options, run, children,
        // What still runs on it was left behind by a test that failed.
        remove() {
            for (const life of children) life.child.kill('SIGKILL');
            rmSync(data, { recursive: true, force: true });
            postgres?.drop();
        },
    };
}

// A child process whose standard error is kept, and whose end can be waited for.
function launch(publication, program, words) {
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
    const life = { child, pid: child.pid, errors: '', status: undefined };
    child.stderr.setEncoding('utf8').on('data', (text) => { life.errors = (life.errors + text).slice(-200_000); });
    child.stdin.on('error', () => {}); // it may be gone already
    publication.children.add(life);
    life.ended = new Promise((resolve) => child.on('close', (code, signal) => {
        life.status = signal ?? code;
        publication.children.delete(life);
        resolve(life.status);
    }));
    return life;
}

// What a sanitizer found, if it did: tests show it rather than a broken connection.
export function complaint(life) {
    return /(ERROR: (?:Address|Leak)Sanitizer|WARNING: ThreadSanitizer|runtime error:)[\s\S]*/.exec(life.errors)?.[0];
}

// A server on that publication. Words are further options of "serve"; a last {program} is another
// program than the one under test.
export async function serve(publication, ...words) {
    const { program = PROGRAM } = typeof words.at(-1) === 'object' ? words.pop() : {};
    const listen = words.includes('--takeover') ? [] : ['--listen', '127.0.0.1:0'];
    const life = launch(publication, program, ['serve', '--data', publication.data, ...publication.options, ...listen, ...words]);
    const lines = createInterface({ input: life.child.stdout });
    const address = await new Promise((resolve, reject) => {
        const late = setTimeout(() => {
            life.child.kill('SIGKILL');
            reject(new Error(`the server did not start:\n${life.errors}`));
        }, START_MS);
        lines.on('line', (line) => {
            const found = /^Serving http:\/\/([^/]+)\/$/.exec(line);
            if (found) { clearTimeout(late); resolve(found[1]); }
        });
        life.ended.then((status) => {
            clearTimeout(late);
            reject(new Error(`the server ended with ${status}:\n${life.errors}`));
        });
    });
    const [host, port] = address.split(':');
    return Object.assign(life, {
        address, host, port: Number(port), url: `http://${address}`,
        // Ends it as an operator would, and tells when something went wrong meanwhile.
        async stop() {
            if (life.status === undefined) life.child.kill('SIGTERM');
            const status = await life.ended;
            if (complaint(life) || status !== 0)
                throw new Error(`the server ended with ${status}:\n${complaint(life) ?? life.errors.slice(-4000)}`);
        },
        async kill() {
            life.child.kill('SIGKILL');
            await life.ended;
        },
    });
}

// The newsroom: see tests/tools/editor.c. `seen` is called with every change.
export async function openEditor(publication, { seed = 1, seen = () => {} } = {}) {
    const life = launch(publication, toolOf('editor'), ['--data', publication.data, '--database', publication.url, String(seed)]);
    const lines = createInterface({ input: life.child.stdout });
    const waiting = [];
    const answers = [];
    const give = (answer) => (waiting.length ? waiting.shift().resolve(answer) : answers.push(answer));
    lines.on('line', (line) => {
        const said = JSON.parse(line);
        if (said.kind || said.error) seen(said);
        if (!said.kind && !(said.error && !said.error.startsWith('desk'))) give(said);
    });
    life.ended.then((status) => {
        life.gone = true;
        for (const one of waiting) one.reject(new Error(`the editor ended with ${status}:\n${life.errors}`));
    });
    const answer = () => new Promise((resolve, reject) => {
        if (answers.length) resolve(answers.shift());
        else if (life.gone) reject(new Error(`the editor is gone:\n${life.errors}`));
        else waiting.push({ resolve, reject });
    });
    const ask = (line) => { life.child.stdin.write(`${line}\n`); return answer(); };
    await answer(); // ready
    return Object.assign(life, {
        run: (count, kind = '') => ask(kind ? `run ${count} ${kind}` : `run ${count}`),
        settle: () => ask('settle'),
        verify: () => ask('verify'),
        async close() {
            life.child.stdin.end();
            await life.ended;
            if (complaint(life) || life.status !== 0)
                throw new Error(`the editor ended with ${life.status}:\n${life.errors.slice(-4000)}`);
        },
        async kill() {
            life.child.kill('SIGKILL');
            await life.ended;
        },
    });
}
