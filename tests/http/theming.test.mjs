// Themes: a folder replaces what it has, and the guide says what templates may show.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { client } from '../lib/fetch.mjs';
import { createPublication, PROGRAM, serve } from '../lib/site.mjs';

const PATIENCE_MS = 20_000;
const ROOT = new URL('../..', import.meta.url).pathname;

async function until(holds) {
    for (const late = Date.now() + PATIENCE_MS; !(await holds());) {
        if (Date.now() > late) throw new Error(`this never came: ${holds}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

test('the guide tells every field; else: build/broadsheet fields > docs/theme-fields.md', () => {
    const told = readFileSync(join(ROOT, 'docs/theme-fields.md'), 'utf8');
    assert.equal(told, execFileSync(PROGRAM, ['fields'], { encoding: 'utf8' }));
});

test('a theme of one file replaces that file alone', async (t) => {
    const theme = mkdtempSync(join(tmpdir(), 'broadsheet-theme-'));
    const publication = createPublication();
    t.after(() => { rmSync(theme, { recursive: true, force: true }); publication.remove(); });
    mkdirSync(join(theme, 'templates'));
    mkdirSync(join(theme, 'static/style'), { recursive: true });
    writeFileSync(join(theme, 'templates/error.html'), '<main id="main"><h1>Lost: {{headline}}</h1></main>\n');
    writeFileSync(join(theme, 'static/style/75-events.css'), '.mine{color:red}\n');
    writeFileSync(join(theme, 'static/icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>');
    const site = await serve(publication, '--assets', theme);
    const { get, close } = client(site);
    try {
        const lost = (await get('/nowhere/')).body.toString();
        assert.match(lost, /<h1>Lost: This page is not here<\/h1>/);
        assert.match(lost, /<footer class="footer/);
        const style = (await get(/href="(\/static\/style[^"]*)"/.exec(lost)[1])).body.toString();
        assert.match(style, /\.mine\{/);
        assert.match(style, /--paper:/);
        assert.doesNotMatch(style, /\.event-off\{/);
        const icon = await get(/rel="icon" href="([^"]*)"/.exec(lost)[1]);
        assert.match(icon.body.toString(), /M0 0h8v8z/);
    } finally {
        close();
        await site.stop();
    }
});

test('a theme says what its text stands on in a form that can be reckoned with, or is refused', async (t) => {
    const theme = mkdtempSync(join(tmpdir(), 'broadsheet-theme-'));
    const publication = createPublication();
    t.after(() => { rmSync(theme, { recursive: true, force: true }); publication.remove(); });
    mkdirSync(join(theme, 'templates'));
    mkdirSync(join(theme, 'static/style'), { recursive: true });
    const write = (rules) => writeFileSync(join(theme, 'static/style/11-mine.css'), rules);
    write('@media print { :root { --paper: white } }\n:root { --paper: oklch(1 0 0); }\n');
    await assert.rejects(serve(publication, '--assets', theme), /static\/style: --paper is "oklch\(1 0 0\)"; the program reckons with it/);
    write(':root { --tint: light-dark(#666, #222); }\n');
    await assert.rejects(serve(publication, '--assets', theme), /no colour can be read on --paper #ffffff, --tint #666666 and --note #fff5d9 together/);
    write(':root { --paper: light-dark(#ddd, #222); }\n');
    const site = await serve(publication, '--assets', theme);
    const { get, close } = client(site);
    try {
        const accent = async () => {
            publication.run('publication', '--accent', '#ff8800');
            const style = /rel="stylesheet" href="([^"]*)"/.exec((await get('/')).body)[1];
            return [...(await get(style)).body.toString().matchAll(/--accent:light-dark\((#\w{6})/g)].at(-1)[1]; // behind the theme's own
        };
        const onGrey = await accent();
        // What is refused while it runs leaves the theme as it was.
        write(':root { --paper: red; }\n');
        await until(() => /theme-refused[^\n]*--paper is/.test(site.errors));
        assert.equal(await accent(), onGrey);
        write('');
        await until(async () => (await accent()) !== onGrey);
    } finally {
        close();
        await site.stop();
    }
});
