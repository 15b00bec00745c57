-- Events: programmes, webinars, trainings.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE event (
    id IDENTITY,
    path TEXT NOT NULL UNIQUE,         -- fixed when it is announced
    kind TEXT NOT NULL,                -- programme webinar training conference meeting
    status TEXT NOT NULL,              -- planned cancelled removed
    title TEXT NOT NULL,
    summary TEXT NOT NULL,             -- a sentence, for lists
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,           -- after starts_at
    zone TEXT NOT NULL,                -- whose clocks its times are shown by: Europe/London
    place TEXT NOT NULL,               -- a hall and its town; empty: online only
    online_url TEXT NOT NULL,          -- where to follow it; empty: in the hall only
    organiser TEXT NOT NULL,
    price TEXT NOT NULL,               -- in words: "Free", "£40, members £25"
    signup_url TEXT NOT NULL,
    picture_id BIGINT REFERENCES picture (id), -- NULL for none
    body TEXT NOT NULL,                -- clean HTML
    updated_at BIGINT NOT NULL
);
CREATE INDEX event_starts ON event (starts_at, id);
CREATE INDEX event_ends ON event (ends_at);
