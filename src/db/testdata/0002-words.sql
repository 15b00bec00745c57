-- A stretch for one engine only: full-text search has no common spelling.
-- SPDX-License-Identifier: Apache-2.0
CREATE INDEX thing_number ON thing (number);
-- sqlite:
CREATE VIRTUAL TABLE thing_words USING fts5 (body);
-- postgres:
CREATE TABLE thing_words (words TSVECTOR);
CREATE INDEX thing_words_words ON thing_words USING gin (words);
-- both:
INSERT INTO thing (name, note) VALUES ('first', 'IDENTITY; -- stays as it is');
