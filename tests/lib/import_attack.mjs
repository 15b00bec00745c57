// Hostile texts in every field of a WordPress export, imported, and every page of it looked at.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { visitAll } from './attack.mjs';
import { crawl } from './crawl.mjs';
import { client } from './fetch.mjs';
import { createPublication, serve } from './site.mjs';

const SITE = 'https://old.example';
const MENU_LINKS = 40;

// What XML can hold at all.
const held = (text) => text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');
const cdata = (text) => `<![CDATA[${held(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
const attribute = (text) => held(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;').replace(/[\t\n\r]/g, ' ');
const element = (name, text) => `<${name}>${cdata(text)}</${name}>`;
const meta = (key, value) => `<wp:postmeta>${element('wp:meta_key', key)}${element('wp:meta_value', value)}</wp:postmeta>`;
const php = (text) => `s:${Buffer.byteLength(text)}:"${text}";`;

// Every payload in every place of a body where one can stand: as it is, in shortcodes, in blocks.
function bodyOf(group, mark) {
    const quoted = (text) => text.replaceAll('"', '&quot;');
    return `${mark}\n\n${group.map((p) => `${p}

[caption caption="${quoted(p)}" width="${quoted(p)}"]<img src="${p}" alt="${quoted(p)}">${p}[/caption]
[caption caption='${p}']<img src='${p}'>[/caption] [gallery ids="7" columns="${quoted(p)}"] [audio src="${p}"] [video mp4='${p}' poster="${p}"]
[embed]${p}[/embed] [embed src="${p}"] [youtube id="${quoted(p)}"] [youtube=${p}] [quote author="${quoted(p)}"]${p}[/quote]
[button link="${p}"]${p}[/button] [playlist ids="7,${p}"] [box title="${quoted(p)}"]${p}[/box] [[caption ${p}]] [code]${p}[/code]
`).join('\n\n')}`;
}

function blocksOf(group, mark) {
    return `<!-- wp:paragraph --><p>${mark}</p><!-- /wp:paragraph -->${group.map((p) => `
<!-- wp:cover {"url":${JSON.stringify(p)}} --><div>${p}</div><!-- /wp:cover --><!-- wp:block {"ref":8} /-->
<!-- wp:embed {"url":${JSON.stringify(p)}} --><figure><div>${p}</div></figure><!-- /wp:embed --><!-- wp:html -->${p}<!-- /wp:html -->
<!-- wp:${p} {"a":"${p}"} -->${p}<!-- /wp:${p} --><!-- wp:shortcode -->[caption caption="${p}"]${p}[/caption]<!-- /wp:shortcode -->`).join('')}`;
}

function recordsOf(group, n) {
    const all = (field) => `q${n}${field} ${group.join(' ')}`, first = group[0], path = encodeURIComponent(held(first)) || 'x';
    const term = (domain, field) => `<category domain="${domain}" nicename="${attribute(`${field}-${n}-${first}`)}">${cdata(all(field))}</category>`;
    const comment = (id, parent, field) => `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_parent>${parent}</wp:comment_parent>
${element('wp:comment_author', all(`${field}er`))}${element('wp:comment_author_email', first)}${element('wp:comment_author_url', first)}
${element('wp:comment_author_IP', first)}${element('wp:comment_date', first)}${element('wp:comment_content', all(field))}<wp:comment_approved>1</wp:comment_approved>
${element('wp:comment_type', '')}</wp:comment>`;
    const item = (id, type, link, more) => `<item><wp:post_id>${id}</wp:post_id><wp:post_type>${type}</wp:post_type><link>${attribute(SITE + link)}</link>
<wp:post_date>2020-01-02 03:04:05</wp:post_date><wp:status>publish</wp:status>${element('dc:creator', `a${n}${first}`)}${more}</item>`;
    const id = 100 + n * 10;
    return {
        heads: `<wp:author>${element('wp:author_login', `a${n}${first}`)}${element('wp:author_display_name', all('author'))}${element('wp:author_description', all('biography'))}</wp:author>
<wp:category>${element('wp:category_nicename', `section-${n}-${first}`)}${element('wp:category_parent', first)}${element('wp:cat_name', all('section'))}${element('wp:category_description', all('about'))}</wp:category>
<wp:tag>${element('wp:tag_slug', `topic-${n}-${first}`)}${element('wp:tag_name', all('topic'))}${element('wp:tag_description', all('topicabout'))}</wp:tag>
<wp:term>${element('wp:term_taxonomy', first)}${element('wp:term_slug', first)}${element('wp:term_name', first)}</wp:term>`,
        items: [
            item(id, 'post', `/2020/${n}/${path}/`, `${element('title', all('title'))}${element('content:encoded', bodyOf(group, `q${n}body`))}
${element('excerpt:encoded', all('standfirst'))}${element('wp:post_name', first)}${term('category', 'section')}${term('post_tag', 'topic')}${term(attribute(first), 'other')}
${meta('_thumbnail_id', String(id + 3))}${meta('_wp_old_slug', `old-${n}-${first}`)}${meta(first, first)}${comment(id, 0, 'comment')}${comment(id + 1, id, 'reply')}`),
            item(id + 1, 'post', `/2020/${n}-blocks/`, `${element('title', all('blocktitle'))}${element('content:encoded', blocksOf(group, `q${n}blocks`))}
${element('wp:post_name', `b${first}`)}<category domain="author" nicename="${attribute(`cap-g${n}${first}`)}">${cdata(all('guest'))}</category>${term('category', 'section')}`),
            item(id + 2, 'page', `/page-${n}/`, `${element('title', all('pagetitle'))}${element('content:encoded', bodyOf(group, `q${n}page`))}${element('excerpt:encoded', first)}${comment(id + 2, 0, 'pagecomment')}${comment(id + 3, id + 2, 'pagereply')}`),
            item(id + 3, 'attachment', `/up-${n}/${path}/`, `${element('title', first)}${element('excerpt:encoded', all('caption'))}<wp:post_parent>${id}</wp:post_parent>
${element('wp:attachment_url', `https://old.example/up/${n}${path}.jpg`)}${meta('_wp_attachment_image_alt', all('alt'))}${meta('_media_credit', all('credit'))}
${meta('_wp_attachment_metadata', `a:2:{s:5:"width";i:80;s:10:"image_meta";a:1:{s:6:"credit";${php(held(first))}}}`)}`),
        ],
    };
}

function menuItem(payload, i) {
    return `<item>${element('title', `q${i}label ${payload}`)}<wp:post_id>${50000 + i}</wp:post_id><wp:menu_order>${i}</wp:menu_order><wp:post_type>nav_menu_item</wp:post_type><wp:status>publish</wp:status>
<category domain="nav_menu" nicename="main">${cdata(payload)}</category>${meta('_menu_item_type', 'custom')}${meta('_menu_item_url', payload)}${meta('_menu_item_menu_item_parent', '0')}</item>`;
}

// An export with all payloads in every field, `together` of them in each.
export function hostileExport(payloads, together) {
    const records = [];
    for (let at = 0; at < payloads.length; at += together) records.push(recordsOf(payloads.slice(at, at + together), records.length));
    const head = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
${element('title', payloads[0])}<link>${SITE}</link>${element('description', payloads[0])}<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>${SITE}</wp:base_blog_url>`;
    const reusable = `<item><wp:post_id>8</wp:post_id><wp:post_type>wp_block</wp:post_type><wp:status>publish</wp:status>${element('content:encoded', payloads.slice(0, 40).join('\n'))}</item>
<item><wp:post_id>7</wp:post_id><wp:post_type>attachment</wp:post_type>${element('excerpt:encoded', payloads.slice(0, 40).join(' '))}${element('wp:attachment_url', 'https://old.example/7.jpg')}
${meta('_wp_attachment_image_alt', payloads.slice(0, 10).join(' '))}</item>`;
    return { count: records.length, xml: `${head}${records.map((r) => r.heads).join('')}${reusable}${records.flatMap((r) => r.items).join('\n')}
${payloads.slice(0, MENU_LINKS).map(menuItem).join('\n')}</channel></rss>` };
}

// Imports them, follows every link, and looks at every page in the browser, without the policy that would stop what
// runs, at every fifth with it.
export async function attackImport(browser, payloads, { together, tabs = 3 }) {
    const publication = createPublication();
    let server, reader;
    try {
        const { count, xml } = hostileExport(payloads, together), path = join(publication.data, 'export.xml');
        writeFileSync(path, xml);
        const report = JSON.parse(publication.run('import', 'wordpress', path, '--json'));
        rmSync(path);
        assert.deepEqual([report.came_in.stories.created, report.came_in.pages.created], [count * 2, count], JSON.stringify(report.notes));
        server = await serve(publication);
        publication.run('publication', '--base-url', server.url);
        reader = client(server, { sockets: 4 });
        const { texts } = await crawl(reader, new URL(server.url), SITE);
        const all = [...texts.values()].join('\n');
        for (let n = 0; n < count; n++)
            for (const field of ['title', 'body', 'standfirst', 'blocktitle', 'blocks', 'pagetitle', 'page', 'author', 'guest', 'topic', 'comment', 'commenter', 'reply', 'pagecomment', 'pagecommenter', 'pagereply'])
                assert.ok(new RegExp(`q${n}${field}\\b`).test(all), `q${n}${field} is to be read somewhere`);
        // Each is built in its own way: none is compared with another.
        const pages = [...texts.keys()].map((address, i) => ({ kind: `imported ${i}`, path: address }));
        const faults = await visitAll(browser, server.url, pages, { policy: false, tabs });
        faults.push(...await visitAll(browser, server.url, pages.filter((_, i) => i % 5 === 0), { policy: true, tabs }));
        await server.stop();
        return { faults, pages: pages.length };
    } finally {
        reader?.close();
        if (server?.status === undefined) await server?.kill();
        publication.remove();
    }
}
