// Goes through a publication as a reader could who follows every link.
// SPDX-License-Identifier: Apache-2.0
import { patiently } from './fetch.mjs';

const AT_ONCE = 8;
const plain = (text) => text.replace(/&#(?:x27|39);/gi, "'").replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

// Follows every link of every page from the front on. Gives the answers' statuses by address, where each
// was linked from, the links that lead to the old site still, and the texts of pages.
export async function crawl(reader, base, site) {
    const found = new Map([['/', ''], ['/latest/', ''], ['/archive/', ''], ['/feed.xml', ''], ['/sitemap.xml', '']]);
    const statuses = new Map(), outward = new Map(), texts = new Map();
    const rest = [...found.keys()];
    const host = new URL(site).hostname.replace(/^www\./, '');
    const see = (url, from) => {
        url.hash = '';
        const address = url.pathname + url.search;
        if (url.host === base.host && !found.has(address)) {
            found.set(address, from);
            rest.push(address);
        } else if (url.hostname.replace(/^www\./, '') === host) outward.set(url.href, from);
    };
    const look = async () => {
        for (let address; (address = rest.shift());) {
            const answer = await patiently(reader.get, address);
            statuses.set(address, answer.status);
            const here = new URL(address, base), type = answer.headers['content-type'] ?? '';
            if (answer.headers.location) see(new URL(answer.headers.location, here), address);
            if (!/html|xml/.test(type) || answer.status !== 200) continue;
            if (type.includes('html')) texts.set(address, answer.body.toString());
            // The site that somebody names as theirs below a comment stays as it is.
            const links = type.includes('html') ? [...answer.body.toString().replace(/<p class="comment-head"><b><a [^>]*>/g, '').matchAll(/<(?:a|link)\b[^>]*?\shref="([^"]*)"/g)]
                : [...answer.body.toString().matchAll(/<(?:loc|link)>([^<]*)<\/(?:loc|link)>/g)];
            for (const [, href] of links) {
                const url = URL.canParse(plain(href), here) ? new URL(plain(href), here) : null;
                if (url && /^https?:$/.test(url.protocol)) see(url, address);
            }
        }
    };
    while (rest.length) await Promise.all(Array.from({ length: AT_ONCE }, look));
    return { statuses, found, outward, texts };
}
