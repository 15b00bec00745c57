-- What the editors want on top of the front, newest wish first; rules fill what they leave open.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE feature (
    story_id BIGINT PRIMARY KEY REFERENCES story (id),
    is_big BIGINT NOT NULL,            -- as its lead on a big day
    made_at BIGINT NOT NULL
);
