// Every noun's rows as they stand, out of one database and into another: for archives.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct arena;
struct work;

enum {
    TRANSFER_COLUMNS = 32,
    TRANSFER_LISTS = 2,
    TRANSFER_LIST_MOST = 64,    // ids in a list
    TRANSFER_WORDS_MOST = 16384 // bytes of a text that is no body
};

enum transfer_kind {
    TRANSFER_NUMBER,
    TRANSFER_REFERENCE, // an id; 0 stands for NULL
    TRANSFER_WORDS,     // plain text
    TRANSFER_UNIQUE,    // plain text or NULL
    TRANSFER_LONG,      // plain text as long as a body
    TRANSFER_MARKUP,    // clean HTML
    TRANSFER_SAID,      // clean HTML of a reader
    TRANSFER_PATH,      // a path of the site
    TRANSFER_ADDRESS,   // a path, an http(s) address, or empty
};

// Column i stands in numbers[i] or texts[i], as its kind says; a text without ptr is NULL.
struct transfer_row {
    int64_t numbers[TRANSFER_COLUMNS];
    str texts[TRANSFER_COLUMNS];
    struct list lists[TRANSFER_LISTS]; // of struct transfer_member
};

// What a row holds in order, e.g. a story's authors.
struct transfer_member {
    int64_t owner, id;
};

struct transfer_list {
    str name; // "people"; empty for none
    int select, insert;
};

// One noun: what its columns are, the statements that read and write it. To add one, or a column:
// a line in src/model/transfer.c and its statements in transfer.sql.
struct transfer_noun {
    str name;                    // "stories"
    const struct fields *fields; // of a struct transfer_row, in the order of the parameters
    const enum transfer_kind *kinds;
    size_t keys; // the first so many columns are its key
    int select, insert;
    int insert_rest; // a second table: takes the key and the columns from `split` on; or -1
    size_t split;
    int set_identity; // or -1
    size_t rows_most; // rows read at once
    struct transfer_list lists[TRANSFER_LISTS];
};
// In the order that they must be written in; ends with one without a name.
extern const struct transfer_noun transfer_nouns[];

bool transfer_is_text(enum transfer_kind kind);

// Reads a noun's rows page by page, each from behind the last: memory stays that of a page.
struct transfer_reader;
struct transfer_reader *transfer_reader_open(const struct transfer_noun *noun);
void transfer_reader_close(struct transfer_reader *r);

// The next rows (struct transfer_row), none at the end.
error transfer_read(struct transfer_reader *r, struct work *w, struct arena *a,
                    struct list *rows) fallible;

// Whether nothing at all is there.
error transfer_is_empty(struct work *w, struct arena *a, bool *out) fallible;

// Stores a row with its own ids. FAULT_INPUT for a text that may not stand there, FAULT_CONFLICT
// for a row that is there already or names one that is not.
error transfer_write(struct work *w, struct arena *a, const struct transfer_noun *noun,
                     const struct transfer_row *row) fallible;

// Whether the body of story `id` is `body`.
error transfer_body_is(struct work *w, struct arena *a, int64_t id, str body, bool *out) fallible;

// After the last row: makes the lists, sees that paths, versions and archive parts agree with the
// stories (FAULT_INPUT), and has every reader's kept page forgotten.
error transfer_finish(struct work *w) fallible;
