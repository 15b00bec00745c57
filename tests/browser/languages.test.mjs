// Stories in Chinese, Japanese, Korean, Arabic and Hebrew in an English publication: faces, lines, stress, lists.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axeFaults } from '../lib/axe.mjs';
import { launchBrowser } from '../lib/browser.mjs';
import { createPublication, serve } from '../lib/site.mjs';

const STORIES = {
    'zh-Hans': ['央行维持利率不变，删去“渐进”一词', '九名委员中有六人投票支持维持利率在3.75%。', '中央银行周四中午宣布将基准利率维持在3.75%。*五家*机构已下调。'],
    ja: ['中銀、政策金利を3.75％に据え置き　声明から「緩やかな」の文言を削除', '委員9人のうち6人が据え置きに賛成した。', '中央銀行は政策金利を3.75％に据え置くと発表した。*5行*が下げた。'],
    ko: ['중앙은행, 기준금리 3.75% 동결하고 ‘점진적’이라는 표현 삭제', '위원 아홉 명 중 여섯 명이 동결에 찬성했다.', '중앙은행은 기준금리를 3.75%로 유지한다고 발표했다. *다섯* 곳이 내렸다.'],
    ar: ['ما الذي يصل فعلاً حين ترسل مئتي جنيه إلى أهلك؟', 'الرسوم المعلنة نصف الحكاية.', 'كل شهر يقف *عصام* في محل صغير ويرسل 200 جنيه.'],
    he: ['הבנק המרכזי השאיר את הריבית על 3.75%', 'שישה מתשעת החברים הצביעו בעד.', 'הבנק המרכזי הותיר את הריבית על 3.75 *אחוזים*.'],
};
const RIGHT = ['ar', 'he'];
let browser, publication, site;

before(async () => {
    publication = createPublication();
    publication.run('section', 'add', 'news', '--name', 'News');
    const folder = mkdtempSync(join(tmpdir(), 'broadsheet-'));
    const publish = (name, head, text) => {
        writeFileSync(join(folder, `${name}.md`), `---\n${head}\n---\n\n${text}\n`);
        publication.run('story', 'publish', join(folder, `${name}.md`), '--section', 'news');
    };
    Object.entries(STORIES).forEach(([language, [title, standfirst, text]], i) =>
        publish(language, `title: "${title.replaceAll('"', '\\"')}"\nstandfirst: "${standfirst}"\nslug: in-${language.toLowerCase()}\nlanguage: ${language}\nkind: opinion\ndate: 2026-01-0${i + 1} 10:00`, `${text}\n\n${text}\n\n## ${standfirst}\n\n> ${text}`));
    publish('english', 'title: Gold steadies\nstandfirst: After a week of falls.\ndate: 2026-01-08 10:00', 'Words.');
    rmSync(folder, { recursive: true, force: true });
    [browser, site] = await Promise.all([launchBrowser(), serve(publication)]);
});
after(async () => {
    await browser?.close();
    try { await site?.stop(); } finally { publication?.remove(); }
});

async function onPage(path, width, use, options = {}) {
    const tab = await browser.newPage({ viewport: { width, height: 900 }, ...options });
    try {
        assert.equal((await tab.goto(site.url + path)).status(), 200, path);
        await use(tab);
    } finally {
        await tab.close();
    }
}
const path = (language) => `/news/in-${language.toLowerCase()}/`;

for (const language of Object.keys(STORIES))
    test(`a story in ${language} is set in faces of its own, upright, with room between its lines`, () => onPage(path(language), 1440, async (tab) => {
        const found = await tab.evaluate(() => {
            const style = (what) => getComputedStyle(document.querySelector(what));
            const h1 = style('h1'), body = style('.story-body .body p');
            return {
                language: document.querySelector('article').lang, direction: style('h1').direction, first: h1.fontFamily.split(',')[0], weight: h1.fontWeight,
                spacing: h1.letterSpacing, ratio: parseFloat(h1.lineHeight) / parseFloat(h1.fontSize), text: body.fontFamily.split(',')[0],
                textRatio: parseFloat(body.lineHeight) / parseFloat(body.fontSize), slant: [style('.body em').fontStyle, style('.standfirst').fontStyle],
                stress: style('.body em').textEmphasisStyle, bold: style('.body em').fontWeight, breaks: body.wordBreak, aligned: body.textAlign,
            };
        });
        assert.equal(found.language, language);
        assert.equal(found.direction, RIGHT.includes(language) ? 'rtl' : 'ltr');
        assert.doesNotMatch(found.first, /Newsreader|Georgia/);
        assert.doesNotMatch(found.text, /Newsreader|Georgia/);
        assert.equal(found.weight, '700', 'Newsreader has one weight; these faces have two');
        assert.ok(['normal', '0px'].includes(found.spacing), found.spacing);
        assert.ok(found.ratio >= 1.3 && found.textRatio >= 1.8, `lines of ${found.ratio} and ${found.textRatio}`);
        assert.deepEqual(found.slant, ['normal', 'normal']);
        assert.ok(found.stress !== 'none' || found.bold === '700', 'what is stressed can be seen');
        assert.equal(found.breaks, language === 'ko' ? 'keep-all' : 'normal');
    }));

test('nothing in these languages runs over the edge of a phone', async () => {
    for (const one of ['/', '/news/', ...Object.keys(STORIES).map(path)])
        await onPage(one, 360, async (tab) => assert.ok(await tab.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), one));
});

test('in lists every headline says its language, and all begin at one edge', async () => {
    for (const list of ['/', '/news/', '/latest/'])
        await onPage(list, 1440, async (tab) => {
            const found = await tab.evaluate(() => [...document.querySelectorAll('main h3')].map((one) => ({
                href: one.querySelector('a').pathname, lang: one.lang, dir: getComputedStyle(one).direction, align: getComputedStyle(one).textAlign })));
            for (const language of Object.keys(STORIES)) {
                const headline = found.find((one) => one.href === path(language));
                if (!headline && list === '/') continue; // the front has room for a few
                assert.equal(headline.lang, language, list);
                assert.equal(headline.dir, RIGHT.includes(language) ? 'rtl' : 'ltr');
                if (RIGHT.includes(language)) assert.equal(headline.align, 'left');
            }
            assert.equal(found.find((one) => one.href.includes('gold')).lang, '');
        });
});

test('axe finds nothing on them, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'])
        for (const one of ['/', '/news/', ...Object.keys(STORIES).map(path)])
            await onPage(one, 1440, async (tab) => {
                assert.deepEqual(await axeFaults(tab), [], one);
            }, { colorScheme, bypassCSP: true });
});
