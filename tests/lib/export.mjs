// WordPress exports for tests: made, read by ways that share nothing with the program, imported and served.
// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { client } from './fetch.mjs';
import { createPublication, serve } from './site.mjs';

// The folder of real exports, and why there is none.
export const FOLDER = join(process.env.CORPORA ?? '', 'wordpress');
export const skip = process.env.CORPORA && existsSync(FOLDER) ? false : 'CORPORA names no folder with exports';
export const BAD = { 'crazy-cdata.xml': /:18:\d+: the file is not well-formed/, 'malformed.xml': /:90:\d+: the file is not well-formed/,
    'invalid-version-tag.xml': /:36:\d+: the version of the export is "abc"/, 'missing-version-tag.xml': /:35:\d+: there is no <wp:wxr_version>/ };
const SITE = /<wp:base_blog_url>([^<]*)</;

// Those that can be imported.
export const GOOD = skip ? [] : ['themeunittestdata.wordpress.xml', 'digitalgov.wxr.xml.gz',
    ...readdirSync(join(FOLDER, 'edge')).filter((name) => !BAD[name]).map((name) => `edge/${name}`)];

// ---- the export, read by ways that share nothing with the program

const unescaped = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');

function field(xml, name) {
    const found = new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`).exec(xml);
    if (!found) return '';
    const inner = found[1];
    if (!inner.includes('<![CDATA[')) return unescaped(inner).trim();
    return [...inner.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g)].map((m) => m[1]).join('').trim();
}

export function itemsOf(xml) {
    return [...xml.matchAll(/<item>([\s\S]*?)<\/item>/g)].map(([, item]) => ({
        xml: item,
        title: field(item, 'title'), link: field(item, 'link'), id: field(item, 'wp:post_id'), type: field(item, 'wp:post_type'),
        status: field(item, 'wp:status'), password: field(item, 'wp:post_password'), content: field(item, 'content:encoded'), parent: field(item, 'wp:post_parent'),
        comments: [...item.matchAll(/<wp:comment>([\s\S]*?)<\/wp:comment>/g)].map(([, c]) => ({
            text: field(c, 'wp:comment_content'), approved: field(c, 'wp:comment_approved'), type: field(c, 'wp:comment_type'),
            author: field(c, 'wp:comment_author'), id: field(c, 'wp:comment_id'), parent: field(c, 'wp:comment_parent'),
        })),
    }));
}

export const readExport = (path) => (path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path)).toString();
export const isShown = (item) => ['post', 'page'].includes(item.type) && item.status === 'publish' && !item.password;

// The address of the site that was exported.
export const siteOf = (xml) => (SITE.exec(xml)?.[1] ?? '').trim() || 'http://none.invalid';

// ---- one publication for each export

export async function imported(path, work) {
    const publication = createPublication();
    let server, reader;
    try {
        const report = JSON.parse(publication.run('import', 'wordpress', path, '--json'));
        server = await serve(publication);
        reader = client(server, { sockets: 4 });
        const page = async (address) => {
            let answer = await reader.get(address);
            for (let hops = 0; hops < 3 && [301, 308].includes(answer.status); hops++)
                answer = await reader.get(answer.headers.location.replace(/^http:\/\/127\.0\.0\.1:8080/, ''));
            return answer;
        };
        await work({ publication, report, page, reader, server });
    } finally {
        reader?.close();
        try { await server?.stop(); } finally { publication.remove(); }
    }
}

// ---- made

export const export_ = (items, { version = '1.2', scheme = 'http', prefix = 'wp', title = 'Old Site', more = '' } = {}) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="${scheme}://wordpress.org/export/${version}/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:${prefix}="${scheme}://wordpress.org/export/${version}/"><channel><title>${title}</title>${more}
<link>https://old.example</link><${prefix}:wxr_version>${version}</${prefix}:wxr_version><${prefix}:base_blog_url>https://old.example</${prefix}:base_blog_url>
${items.join('\n')}</channel></rss>`;

export const item = (id, { title = `Item ${id}`, body = `Body ${id}`, status = 'publish', type = 'post', link = `https://old.example/2020/item-${id}/`,
    password = '', more = '', prefix = 'wp', gmt = '2020-01-02 03:04:05', local = gmt } = {}) =>
    `<item><title>${title}</title><link>${link}</link><dc:creator><![CDATA[jo]]></dc:creator>
<content:encoded><![CDATA[${body}]]></content:encoded><${prefix}:post_id>${id}</${prefix}:post_id><${prefix}:post_date>${local}</${prefix}:post_date><${prefix}:post_date_gmt>${gmt}</${prefix}:post_date_gmt>
<${prefix}:status>${status}</${prefix}:status><${prefix}:post_type>${type}</${prefix}:post_type><${prefix}:post_password>${password}</${prefix}:post_password>${more}</item>`;

export const said = (id, { text = `Said ${id}.`, approved = '1', parent = 0, author = `Reader ${id}` } = {}) =>
    `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>${author}</wp:comment_author>
<wp:comment_date_gmt>${new Date(Date.UTC(2020, 1, 1) + id * 1000).toISOString().slice(0, 19).replace('T', ' ')}</wp:comment_date_gmt>
<wp:comment_content><![CDATA[${text}]]></wp:comment_content><wp:comment_approved>${approved}</wp:comment_approved><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`;

export async function withFiles(files, work) {
    const folder = mkdtempSync(join(tmpdir(), 'wxr-'));
    try {
        const paths = Object.entries(files).map(([name, bytes]) => {
            writeFileSync(join(folder, name), bytes);
            return join(folder, name);
        });
        await work(paths);
    } finally { rmSync(folder, { recursive: true, force: true }); }
}
