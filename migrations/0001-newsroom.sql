-- The newsroom's nouns. Rules for both engines: BIGINT for every number, 0 and 1 for truth values,
-- times in UTC milliseconds, no ordering by text. IDENTITY is replaced by each engine's own words.
-- SPDX-License-Identifier: Apache-2.0

-- What the publication is. One row.
CREATE TABLE publication (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    tagline TEXT NOT NULL,
    description TEXT NOT NULL,
    language TEXT NOT NULL,            -- BCP 47, e.g. en-GB
    zone TEXT NOT NULL,                -- time zone for display, e.g. Europe/London
    base_url TEXT NOT NULL,            -- https://example.com, without a final slash
    created_at BIGINT NOT NULL
);

-- The number of the newest commit that changed anything; its order is the order of visibility,
-- because every writer holds this row from its last statement to its commit.
CREATE TABLE commit_counter (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    number BIGINT NOT NULL,
    pruned BIGINT NOT NULL             -- rows of change up to this number are gone
);

-- The write set of each commit: what every process that keeps pages must forget.
CREATE TABLE change (
    number BIGINT NOT NULL,            -- the commit
    position BIGINT NOT NULL,          -- within the commit
    key TEXT NOT NULL,
    low_at BIGINT NOT NULL,            -- the stretch of the range that changed;
    low_id BIGINT NOT NULL,            -- all of it for a facet
    high_at BIGINT NOT NULL,
    high_id BIGINT NOT NULL,
    PRIMARY KEY (number, position)
);

-- Every path that ever named something. A row that is not current answers 301 to the target's
-- current one; kind 'redirect' names an address instead.
CREATE TABLE path (
    path TEXT PRIMARY KEY,             -- starts with a slash; ends with one where a page stands
    kind TEXT NOT NULL,                -- story section person topic page redirect
    target BIGINT NOT NULL,            -- the id of what it names; 0 for a redirect
    is_current BIGINT NOT NULL,
    address TEXT NOT NULL,             -- for a redirect: where to
    created_at BIGINT NOT NULL
);
CREATE INDEX path_target ON path (kind, target);

CREATE TABLE picture (
    id IDENTITY,
    address TEXT NOT NULL UNIQUE,      -- where its bytes are, or where it came from
    alt TEXT NOT NULL,
    caption TEXT NOT NULL,
    credit TEXT NOT NULL,
    media_type TEXT NOT NULL,
    width BIGINT NOT NULL,             -- pixels; 0 when not known
    height BIGINT NOT NULL
);

CREATE TABLE section (
    id IDENTITY,
    parent_id BIGINT NOT NULL,         -- 0 at the top
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    position BIGINT NOT NULL,          -- among its siblings
    path TEXT NOT NULL UNIQUE,
    UNIQUE (parent_id, slug)
);

CREATE TABLE person (
    id IDENTITY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,                -- "Markets editor"
    biography TEXT NOT NULL,           -- clean HTML
    picture_id BIGINT REFERENCES picture (id),
    path TEXT NOT NULL UNIQUE
);

CREATE TABLE topic (
    id IDENTITY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    path TEXT NOT NULL UNIQUE
);

-- A story as lists show it; what only its own page shows stands in story_body.
CREATE TABLE story (
    id IDENTITY,
    kind TEXT NOT NULL,                -- news analysis opinion explainer video live wire
    status TEXT NOT NULL,              -- published withdrawn
    headline TEXT NOT NULL,
    standfirst TEXT NOT NULL,
    excerpt TEXT NOT NULL,             -- from the body, where there is no standfirst
    section_id BIGINT NOT NULL REFERENCES section (id),
    path TEXT NOT NULL UNIQUE,         -- fixed at first publication
    picture_id BIGINT REFERENCES picture (id),
    person1_id BIGINT REFERENCES person (id),  -- the first two of the byline, as cards show it
    person2_id BIGINT REFERENCES person (id),
    byline_count BIGINT NOT NULL,
    source_name TEXT NOT NULL,         -- for a wire story: where it comes from
    published_at BIGINT NOT NULL,      -- first publication
    updated_at BIGINT NOT NULL,        -- last change of substance
    version BIGINT NOT NULL
);

CREATE TABLE story_body (
    story_id BIGINT PRIMARY KEY REFERENCES story (id),
    language TEXT NOT NULL,            -- BCP 47; empty for the publication's own
    source_url TEXT NOT NULL,
    video_url TEXT NOT NULL,
    comments_open BIGINT NOT NULL,
    words BIGINT NOT NULL,
    reading_minutes BIGINT NOT NULL,
    withdrawn_at BIGINT NOT NULL,      -- 0 while it stands
    withdrawn_why TEXT NOT NULL,
    file TEXT,                         -- the file it was published from: known again by it
    file_hash TEXT NOT NULL,           -- of that file's content when it was last taken in
    body TEXT NOT NULL,                -- clean HTML
    plain TEXT NOT NULL                -- the body's text
);
CREATE UNIQUE INDEX story_file ON story_body (file);

CREATE TABLE story_byline (
    story_id BIGINT NOT NULL REFERENCES story (id),
    position BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id),
    PRIMARY KEY (story_id, position)
);

CREATE TABLE story_topic (
    story_id BIGINT NOT NULL REFERENCES story (id),
    position BIGINT NOT NULL,
    topic_id BIGINT NOT NULL REFERENCES topic (id),
    PRIMARY KEY (story_id, position)
);
CREATE INDEX story_topic_topic ON story_topic (topic_id, story_id);

-- Every public version of a story, chained by hash.
CREATE TABLE story_version (
    story_id BIGINT NOT NULL REFERENCES story (id),
    number BIGINT NOT NULL,            -- from 1
    change_kind TEXT NOT NULL,         -- first typo update correction clarification retraction
    note TEXT NOT NULL,                -- what readers are told about it
    approved_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    headline TEXT NOT NULL,
    standfirst TEXT NOT NULL,
    previous_hash TEXT NOT NULL,       -- empty for the first
    hash TEXT NOT NULL,                -- SHA-256 over the previous hash and this version, in hex
    body TEXT NOT NULL,
    PRIMARY KEY (story_id, number)
);

-- Where each published story stands in each list: the publication's (kind 0, id 0), its section's and
-- the sections' above (1), its topics' (2), its authors' (3). Newest first is the order of
-- (published_at, story_id), descending.
CREATE TABLE listing (
    list_kind BIGINT NOT NULL,
    list_id BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    story_id BIGINT NOT NULL,
    PRIMARY KEY (list_kind, list_id, published_at, story_id)
);
CREATE INDEX listing_story ON listing (story_id);

-- The parts that a list's months are read in, at addresses that keep: a part holds the stories between
-- its marks. A new part, with the next free number, is begun when the newest is full, or split off
-- when one grew too long in its middle; numbers never change.
CREATE TABLE archive_part (
    list_kind BIGINT NOT NULL,
    list_id BIGINT NOT NULL,
    month BIGINT NOT NULL,             -- 202611, in the publication's zone when the part was begun
    part BIGINT NOT NULL,              -- from 1, as they were begun
    low_at BIGINT NOT NULL,            -- the first place in it
    low_id BIGINT NOT NULL,
    high_at BIGINT NOT NULL,           -- the first place after it
    high_id BIGINT NOT NULL,
    stories BIGINT NOT NULL,
    PRIMARY KEY (list_kind, list_id, month, part)
);

-- Stories close to a story, best first; computed by a job.
CREATE TABLE related (
    story_id BIGINT NOT NULL REFERENCES story (id),
    position BIGINT NOT NULL,
    other_id BIGINT NOT NULL REFERENCES story (id),
    PRIMARY KEY (story_id, position)
);
CREATE INDEX related_other ON related (other_id);

CREATE TABLE comment (
    id IDENTITY,
    story_id BIGINT NOT NULL REFERENCES story (id),
    parent_id BIGINT NOT NULL,         -- 0 for one that answers the story
    status TEXT NOT NULL,              -- held approved spam removed
    author_name TEXT NOT NULL,
    author_email TEXT NOT NULL,        -- never shown
    author_url TEXT NOT NULL,
    body TEXT NOT NULL,                -- clean HTML
    created_at BIGINT NOT NULL
);
CREATE INDEX comment_story ON comment (story_id, created_at, id);

-- A static page: about, terms.
CREATE TABLE page (
    id IDENTITY,
    path TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    body TEXT NOT NULL,                -- clean HTML
    updated_at BIGINT NOT NULL
);

CREATE TABLE menu_item (
    id IDENTITY,
    place TEXT NOT NULL,               -- main compact company more-info
    parent_id BIGINT NOT NULL,         -- 0 at the top
    position BIGINT NOT NULL,
    label TEXT NOT NULL,
    address TEXT NOT NULL              -- a path of the site or an http(s) address; may be empty for a heading
);
CREATE INDEX menu_item_place ON menu_item (place, parent_id, position);

-- Work to be done once, outside the request that caused it; leased, retried with back-off.
CREATE TABLE job (
    id IDENTITY,
    kind TEXT NOT NULL,
    subject BIGINT NOT NULL,           -- what it is about, e.g. a story's id
    due_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,      -- 0 while nobody works on it
    attempts BIGINT NOT NULL,
    last_error TEXT NOT NULL,
    UNIQUE (kind, subject)
);
CREATE INDEX job_due ON job (due_at);

-- A published story as lists show it, with the names that stand on it.
CREATE VIEW story_card AS
SELECT story.id, story.kind, story.status, story.headline, story.standfirst, story.excerpt, story.path,
       story.section_id, section.name AS section_name, section.path AS section_path,
       story.picture_id, picture.address AS picture_address, picture.alt AS picture_alt,
       picture.width AS picture_width, picture.height AS picture_height,
       story.person1_id, person1.name AS person1_name, person1.path AS person1_path,
       story.person2_id, person2.name AS person2_name, person2.path AS person2_path,
       story.byline_count, story.source_name, story.published_at
FROM story
JOIN section ON section.id = story.section_id
LEFT JOIN picture ON picture.id = story.picture_id
LEFT JOIN person AS person1 ON person1.id = story.person1_id
LEFT JOIN person AS person2 ON person2.id = story.person2_id;

INSERT INTO commit_counter (id, number, pruned) VALUES (1, 0, 0);
