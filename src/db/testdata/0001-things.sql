-- One table with a column of each kind.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE thing (
    id      IDENTITY,
    name    TEXT COLLATE "C" NOT NULL UNIQUE, -- "IDENTITY" and COLLATE "C" are spelled per engine
    note    TEXT,
    number  BIGINT,
    real    DOUBLE PRECISION,
    flag    BIGINT NOT NULL DEFAULT 0,
    at      BIGINT,
    part_of BIGINT REFERENCES thing (id)
);
