// What a table's cells say of its columns.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gumbo.h>
#include <stdint.h>

struct runs;

// `numbers`: bit n is set where column n (below 64) holds numbers and nothing else; never of the
// first column, which names the rows, nor of any where cells reach over several rows.
struct table_shape {
    uint64_t numbers;
    int columns;
};

// Of a clean table, whose text may stand in runs.
struct table_shape table_shape(const GumboNode *table, const struct runs *runs);

// How many columns a cell takes.
int table_span(const GumboNode *cell);
