-- What 0003 began: it fails if that left anything behind.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE half (id BIGINT);
