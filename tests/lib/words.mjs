// The words of an article, from its file and from its page, by ways that share nothing with the
// program. SPDX-License-Identifier: Apache-2.0

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…', lsquo: '‘',
    rsquo: '’', ldquo: '“', rdquo: '”', copy: '©', reg: '®', trade: '™', bull: '•', eacute: 'é', ntilde: 'ñ', aacute: 'á',
    iacute: 'í', oacute: 'ó', uacute: 'ú', deg: '°', frac12: '½', middot: '·', laquo: '«', raquo: '»', times: '×', rarr: '→',
    larr: '←', zwnj: '\u200c', zwj: '\u200d', shy: '\u00ad', thinsp: ' ', ensp: ' ', emsp: ' ', iexcl: '¡', iquest: '¿', uuml: 'ü',
    ouml: 'ö', auml: 'ä', ccedil: 'ç', egrave: 'è', agrave: 'à', sect: '§', para: '¶', cent: '¢', pound: '£', euro: '€' };

function decoded(text) {
    return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, number, name) =>
        (hex || number ? String.fromCodePoint(Math.min(hex ? parseInt(hex, 16) : Number(number), 0x10ffff)) : NAMED[name] ?? all));
}

// What a reader sees of markup, in one line.
export function textOf(markup) {
    return decoded(markup.replace(/<(script|style|template|noscript|iframe|audio|video|object|svg)\b[\s\S]*?<\/\1\s*>/gi, ' ')
        .replace(/<!--[\s\S]*?-->/g, ' ')
        .replace(/<\/?(?:a|b|i|em|strong|span|u|s|del|ins|mark|small|code|tt|font|abbr|cite|q|time|kbd|bdi|bdo|wbr)\b[^>]*>/gi, '')
        .replace(/<\/?[a-z][^>]*>/gi, ' ')).replace(/\s+/g, ' ').trim();
}

export function wordsOf(text) {
    return text.normalize('NFC').replace(/\u00ad/g, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function counts(words) {
    const found = new Map();
    for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
    return found;
}

function lacking(words, there) {
    const left = counts(there);
    return words.filter((word) => {
        const count = left.get(word) ?? 0;
        left.set(word, count - 1);
        return count <= 0;
    });
}

// The part of `words` that is in `there`, each as often as it stands.
export function shared(words, there) {
    return words.length ? 1 - lacking(words, there).length / words.length : 1;
}

// Markdown without its marks: only what could be taken for words has to go.
function unmarked(text) {
    return text
        .replace(/^ {0,3}\[[^\]\n]+\]:\s*\S+.*$/gm, ' ') // where references lead
        .replace(/^(```|~~~).*$/gm, ' ')
        .replace(/^[ \t>]*\d{1,9}[.)](?=\s)/gm, ' ') // numbers that a list draws by itself
        .replace(/!\[((?:[^\][]|\[[^\]]*\])*)\]\((?:<[^>]*>|[^()\s]|\([^()]*\))*(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g, ' ')
        .replace(/\]\(\s*(?:<[^>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+(?:"(?:[^"\\]|\\.)*"|'[^']*'|\([^)]*\)))?\s*\)/g, ']')
        .replace(/\]\[[^\]\n]*\]/g, ']')
        .replace(/<(https?:[^>\s]+|[^>\s@]+@[^>\s]+)>/g, ' $1 ')
        .replace(/\\([!-/:-@[-`{-~])/g, '$1')
        .replace(/\*\*|__|[*~`]/g, '');
}

// An article's file: {name, title, words, missing(of)}.
export function sourceOf(file, name) {
    const [, head, body] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(file);
    const line = /^title:\s*(.*)$/m.exec(head)[1].trim();
    const title = decoded(line.startsWith('"') ? JSON.parse(line) : line.replace(/^'(.*)'$/, (_, text) => text.replaceAll("''", "'")))
        .replace(/\s+/g, ' ').trim();
    const words = wordsOf(textOf(unmarked(body)));
    return { name, title, words, missing: (there) => lacking(words, there) };
}
