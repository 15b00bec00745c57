-- What publications that move in need: texts that are not for readers, old addresses that stand for
-- something, and what was brought in from where. Statuses of a story beside published and withdrawn:
-- draft pending private future trash protected, all of them closed.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE page ADD COLUMN status TEXT NOT NULL DEFAULT 'published'; -- or closed, as a story's

-- What an import made of what it was given, so that it can be resumed and repeated.
CREATE TABLE import_item (
    source TEXT NOT NULL,              -- where from: wordpress:https://example.com
    kind TEXT NOT NULL,                -- story page person section topic picture comment
    external_id TEXT NOT NULL,         -- its id over there
    local_id BIGINT NOT NULL,          -- 0 when it was left out
    hash TEXT NOT NULL,                -- of what was given
    local_hash TEXT NOT NULL,          -- of what stood here after that: another one now is an edit of ours
    PRIMARY KEY (source, kind, external_id)
);
