// Strings that try to break out of a page: our own few, and those of the corpora where there are some.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Enough to tell a page that escapes from one that does not, in every context that ours have.
const OWN = [
    '<script>alert(1)</script>', '</script><script>alert(1)</script>', '</title><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>', "'><img src=x onerror=alert(1)>", '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)", '`><svg/onload=alert(1)>', '<svg><script>alert(1)</script></svg>',
    '<iframe src="javascript:alert(1)"></iframe>', '<iframe srcdoc="<script>parent.alert(1)</script>">',
    '<object data="javascript:alert(1)">', '<embed src="javascript:alert(1)">', '<base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">', '<link rel=stylesheet href=//evil.example/a.css>',
    '<form action="https://evil.example/"><button>Log in</button></form>', '<style>*{display:none}</style>',
    '<a href="javascript:alert(1)">a</a>', '<a href="java&#9;script:alert(1)">a</a>', '<a href="&#1;javascript:alert(1)">a</a>',
    '<a href="data:text/html,<script>alert(1)</script>">a</a>', '<a href="vbscript:alert(1)">a</a>',
    '[a](javascript:alert(1))', '[a](<javascript:alert(1)>)', '![a](x"onerror="alert(1))', '<javascript:alert(1)>',
    '[a]: javascript:alert(1)\n\n[a]', '`<img src=x onerror=alert(1)>`', '```\n</code></pre><script>alert(1)</script>\n```',
    '<math><mtext></p><style><!--</style><img src=x onerror=alert(1)>', '<svg></p><style><a id="</style><img src=x onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<textarea><img title="</textarea><img src=x onerror=alert(1)>">',
    '<!--><img src=x onerror=alert(1)>-->', '<![CDATA[><img src=x onerror=alert(1)>]]>', '<?php ><img src=x onerror=alert(1)>',
    '</article></main></body></html><script>alert(1)</script>', '</p></div></div></div></div></article><h1>Mine</h1>',
    '<table><tr><td></div></article><img src=x onerror=alert(1)>', '<template><script>alert(1)</script></template>',
    '{{{body}}}', '{{#authors}}{{name}}{{/authors}}', '${alert(1)}', '</textarea></style></title></xmp><svg onload=alert(1)>',
    '\u2028alert(1)\u2029', '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e', '"}</script><script>alert(1)</script>{"', '\\"},alert(1),{"',
    ']]><script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;', '&#60;img src=x onerror=alert(1)&#62;', '&quot;&apos;&amp;amp;',
    'javascript:alert(1)', 'JaVaScRiPt:alert(1)', '//evil.example/', '\\\\evil.example', 'https://evil.example/"onclick="alert(1)',
    '/\tjavascript:alert(1)', 'data:text/html,<script>alert(1)</script>', '<div style="position:fixed;inset:0" onclick=alert(1)>x',
    '<video><source onerror=alert(1) src=x></video>', '<details open ontoggle=alert(1)>x</details>', '<marquee onstart=alert(1)>x</marquee>',
    '<p id=main class=masthead>x</p>', '<img name=body><a id=location href=x>', '\u202egnp.exe', 'a\u0000b<\u0000script>alert(1)</script>',
];

function lines(folder, name) {
    return readFileSync(join(folder, name), 'utf8').split('\n');
}

function treeCases(folder) {
    const found = [];
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) found.push(...treeCases(join(folder, entry.name)));
        else if (entry.name.endsWith('.dat'))
            for (const one of readFileSync(join(folder, entry.name), 'utf8').split(/^#data\n/m).slice(1))
                found.push(one.split(/^#errors$/m)[0].replace(/\n$/, ''));
    }
    return found;
}

// All there are, each once: {own, corpora}.
export function payloads(corpora = process.env.CORPORA) {
    if (!corpora) return { own: OWN, corpora: [] };
    const folder = join(corpora, 'html');
    const pairs = ['bluemonday.jsonl', 'bleach.jsonl'].flatMap((name) =>
        lines(folder, name).filter(Boolean).map((line) => JSON.parse(line).in));
    const all = [...pairs, ...treeCases(join(folder, 'tree-construction')), ...lines(folder, 'xss-payload-list.txt')];
    const known = new Set(OWN);
    return { own: OWN, corpora: [...new Set(all.filter((one) => one.trim()))].filter((one) => !known.has(one)) };
}

// Our own, and `count` of the others spread evenly over all of them.
export function sample(count) {
    const { own, corpora } = payloads();
    const step = Math.max(1, corpora.length / count);
    const some = [];
    for (let at = 0; at < corpora.length && some.length < count; at += step) some.push(corpora[Math.floor(at)]);
    return [...own, ...some];
}
