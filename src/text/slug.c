// Names for addresses, made from titles.
// SPDX-License-Identifier: Apache-2.0
#include "text/slug.h"

#include <assert.h>
#include <pthread.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/utf8.h"

// A title beyond this is a text by mistake; its start names it well enough.
enum { TITLE_READ = 1000, UNITS = 8 * TITLE_READ };

// Opening a transliterator compiles rules for milliseconds and using one is not thread-safe, so one
// is opened per process and each thread keeps a clone until it ends.
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t clone_key;
static UTransliterator *original;

static void close_clone(void *clone)
{
    utrans_close(clone);
}

static void open_original(void)
{
    static const UChar rules[] = u"Any-Latin; Latin-ASCII; Any-Lower";
    UErrorCode status = U_ZERO_ERROR;
    original = utrans_openU(rules, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    assert(U_SUCCESS(status));
    pthread_key_create(&clone_key, close_clone);
}

static UTransliterator *transliterator(void)
{
    pthread_once(&once, open_original);
    UTransliterator *mine = pthread_getspecific(clone_key);
    if (!mine) {
        UErrorCode status = U_ZERO_ERROR;
        mine = utrans_clone(original, &status);
        assert(U_SUCCESS(status));
        pthread_setspecific(clone_key, mine);
    }
    return mine;
}

// The title spelled in ASCII as far as ICU can; the title itself if it cannot.
static str romanized(struct arena *a, str title)
{
    UChar *units = arena_array(a, UChar, UNITS);
    int32_t len = 0, limit;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(units, UNITS, &len, title.ptr, (int32_t)title.len, 0xFFFD, NULL, &status);
    limit = len;
    utrans_transUChars(transliterator(), units, &len, UNITS, 0, &limit, &status);
    char *text = arena_text(a, UNITS * 3);
    int32_t text_len = 0;
    u_strToUTF8WithSub(text, UNITS * 3, &text_len, units, len, 0xFFFD, NULL, &status);
    return U_SUCCESS(status) ? (str){text, (size_t)text_len} : title;
}

static bool is_ascii(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] & 0x80)
            return false;
    return true;
}

static char slug_char(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c + 32);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
}

// Marks inside words that vanish instead of parting them: "Fed's", "U.S.", "AT&T".
static bool vanishes(str s, size_t i)
{
    char before = i ? slug_char(s.ptr[i - 1]) : 0;
    char after = i + 1 < s.len ? slug_char(s.ptr[i + 1]) : 0;
    if (s.ptr[i] == '\'' || s.ptr[i] == '`')
        return true;
    if (s.ptr[i] == '&')
        return before && after;
    bool single = i < 2 || !slug_char(s.ptr[i - 2]);
    return s.ptr[i] == '.' && single && before > '9' && after > '9';
}

static void add_words(struct buf *out, str ascii)
{
    bool gap = false;
    for (size_t i = 0; i < ascii.len; i++) {
        char c = slug_char(ascii.ptr[i]);
        if (!c) {
            bool lone_and = ascii.ptr[i] == '&' && !vanishes(ascii, i);
            gap = gap || !vanishes(ascii, i);
            if (lone_and && out->len)
                buf_add(out, S("-and"));
            continue;
        }
        if (gap && out->len)
            buf_add_char(out, '-');
        gap = false;
        buf_add_char(out, c);
    }
}

static str cut_between_words(str slug, size_t most)
{
    if (slug.len <= most)
        return slug;
    str head = str_sub(slug, 0, most);
    ptrdiff_t last = slug.ptr[most] == '-' ? -1 : str_rfind_char(head, '-');
    return last > 0 ? str_sub(head, 0, (size_t)last) : head;
}

// U+2019 is how apostrophes are written; ICU would romanize it to one, so ASCII does it alone.
static str plain_apostrophes(struct arena *a, str title)
{
    struct buf out = buf_new(a, title.len);
    for (size_t i = 0; i < title.len; i++) {
        if (str_starts(str_from(title, i), S("\xE2\x80\x99"))) {
            buf_add_char(&out, '\'');
            i += 2;
        } else {
            buf_add_char(&out, title.ptr[i]);
        }
    }
    return buf_str(&out);
}

str slug_from(struct arena *a, str title, size_t most)
{
    assert(most >= 16 && most <= SLUG_MAX);
    str read = str_trim(utf8_cut(title, TITLE_READ));
    if (!is_ascii(read))
        read = plain_apostrophes(a, read);
    if (!is_ascii(read))
        read = romanized(a, read);
    struct buf out = buf_new(a, UNITS * 6);
    add_words(&out, read);
    if (out.len)
        return cut_between_words(buf_str(&out), most);
    if (!read.len)
        return S("untitled");
    return str_format(a, "story-%08x", (unsigned)(str_hash(title, 0) & 0xFFFFFFFF));
}

bool slug_valid(str s)
{
    if (!s.len || s.len > SLUG_MAX || s.ptr[0] == '-' || s.ptr[s.len - 1] == '-')
        return false;
    for (size_t i = 0; i < s.len; i++) {
        bool joint = s.ptr[i] == '-' && s.ptr[i - 1] != '-';
        if (!joint && slug_char(s.ptr[i]) != s.ptr[i])
            return false;
    }
    return true;
}

str slug_numbered(struct arena *a, str slug, int n)
{
    // A number takes at most 12 bytes with its '-'.
    return str_format(a, "%.*s-%d", STR(cut_between_words(slug, SLUG_MAX - 12)), n);
}
