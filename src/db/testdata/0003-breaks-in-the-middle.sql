-- A migration whose second statement fails.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE half (id BIGINT);
INSERT INTO nowhere (id) VALUES (1);
