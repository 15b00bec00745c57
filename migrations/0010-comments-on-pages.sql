-- Readers talk below static pages too, not only below stories.
-- SPDX-License-Identifier: Apache-2.0

-- sqlite:
-- It cannot take a NOT NULL away.
ALTER TABLE comment RENAME TO comment_before;
CREATE TABLE comment (
    id INTEGER PRIMARY KEY,
    story_id BIGINT REFERENCES story (id), -- what it is on: a story
    page_id BIGINT REFERENCES page (id),   -- or a page; the other is NULL
    parent_id BIGINT NOT NULL,             -- 0 for one that answers the story or page
    status TEXT NOT NULL,                  -- held approved spam removed
    author_name TEXT NOT NULL,
    author_email TEXT NOT NULL,            -- never shown
    author_url TEXT NOT NULL,
    body TEXT NOT NULL,                    -- clean HTML
    created_at BIGINT NOT NULL,
    CHECK ((story_id IS NULL) <> (page_id IS NULL))
);
INSERT INTO comment (id, story_id, parent_id, status, author_name, author_email, author_url, body, created_at)
SELECT id, story_id, parent_id, status, author_name, author_email, author_url, body, created_at
FROM comment_before ORDER BY id;
DROP TABLE comment_before;

-- postgres:
ALTER TABLE comment ALTER COLUMN story_id DROP NOT NULL;
ALTER TABLE comment ADD COLUMN page_id BIGINT REFERENCES page (id);
ALTER TABLE comment ADD CHECK ((story_id IS NULL) <> (page_id IS NULL));
DROP INDEX comment_story;

-- both:
-- One thread in the order of time, whatever it is on.
CREATE INDEX comment_thread ON comment (COALESCE(story_id, 0), COALESCE(page_id, 0), created_at, id);

-- Imports before this left the comments of pages behind: another one looks at each page again.
UPDATE import_item SET hash = '' WHERE kind = 'page';
