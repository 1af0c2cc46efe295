-- The tables are described in doc.go of the package. Moments are microseconds since
-- 1970; the numbers of articles and statements begin with the day of publication.

-- +goose Up
CREATE TABLE head (
	one        INTEGER PRIMARY KEY CHECK (one = 1),
	recorded   INTEGER NOT NULL,
	articles   INTEGER NOT NULL,
	statements INTEGER NOT NULL
);
INSERT INTO head VALUES (1, 0, 0, 0);

CREATE TABLE raw (
	hash     BLOB PRIMARY KEY,
	media    TEXT NOT NULL,
	size     INTEGER NOT NULL,
	recorded INTEGER NOT NULL,
	body     BLOB NOT NULL
);

CREATE TABLE article (
	id        INTEGER PRIMARY KEY,
	name      TEXT NOT NULL UNIQUE,
	locator   TEXT NOT NULL,
	outlet    TEXT NOT NULL,
	title     TEXT NOT NULL,
	published TEXT NOT NULL,
	fetched   TEXT NOT NULL,
	text_hash BLOB NOT NULL,
	raw_hash  BLOB,
	recorded  INTEGER NOT NULL,
	before    INTEGER REFERENCES article (id),
	replaced  INTEGER,
	reading   INTEGER NOT NULL,
	labels    INTEGER NOT NULL
);
CREATE INDEX article_locator ON article (locator);
CREATE INDEX article_text ON article (text_hash);
CREATE INDEX article_raw ON article (raw_hash) WHERE raw_hash IS NOT NULL;
CREATE INDEX article_before ON article (before) WHERE before IS NOT NULL;
CREATE INDEX article_recorded ON article (recorded);

CREATE TABLE reading (
	article  INTEGER NOT NULL REFERENCES article (id),
	number   INTEGER NOT NULL,
	reader   TEXT NOT NULL,
	recorded INTEGER NOT NULL,
	frame    BLOB NOT NULL,
	PRIMARY KEY (article, number)
);

CREATE TABLE statement (
	id      INTEGER PRIMARY KEY,
	article INTEGER NOT NULL REFERENCES article (id),
	reading INTEGER NOT NULL,
	label   INTEGER NOT NULL,
	since   INTEGER NOT NULL,
	until   INTEGER
);
CREATE INDEX statement_article ON statement (article, label);

CREATE VIRTUAL TABLE statement_find USING fts5 (
	content, source, role, about, facets,
	content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 0'
);
INSERT INTO statement_find (statement_find, rank) VALUES ('rank', 'bm25(1.0, 0.6, 0.0, 0.0, 0.0)');

CREATE VIRTUAL TABLE article_find USING fts5 (
	title, text, about, facets,
	content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 0'
);
INSERT INTO article_find (article_find, rank) VALUES ('rank', 'bm25(4.0, 1.0, 0.0, 0.0)');

CREATE TABLE mark (
	hash    INTEGER NOT NULL,
	article INTEGER NOT NULL REFERENCES article (id),
	label   INTEGER NOT NULL,
	PRIMARY KEY (hash, article, label)
) WITHOUT ROWID;
CREATE INDEX mark_article ON mark (article);

CREATE TABLE link (
	id        INTEGER PRIMARY KEY,
	a_article INTEGER NOT NULL REFERENCES article (id),
	a_label   INTEGER NOT NULL,
	b_article INTEGER NOT NULL REFERENCES article (id),
	b_label   INTEGER NOT NULL,
	score     REAL NOT NULL,
	evidence  TEXT NOT NULL,
	person    TEXT NOT NULL,
	recorded  INTEGER NOT NULL,
	until     INTEGER
);
CREATE INDEX link_a ON link (a_article, a_label);
CREATE INDEX link_b ON link (b_article, b_label);

CREATE TABLE telling (
	id            INTEGER PRIMARY KEY,
	claim_article INTEGER NOT NULL REFERENCES article (id),
	claim_label   INTEGER NOT NULL,
	article       INTEGER NOT NULL REFERENCES article (id),
	label         INTEGER NOT NULL,
	since         INTEGER NOT NULL,
	until         INTEGER
);
CREATE INDEX telling_claim ON telling (claim_article, claim_label);
CREATE INDEX telling_article ON telling (article, label);

CREATE TABLE correction (
	id       INTEGER PRIMARY KEY,
	article  INTEGER NOT NULL REFERENCES article (id),
	label    INTEGER NOT NULL,
	what     TEXT NOT NULL,
	value    TEXT NOT NULL,
	person   TEXT NOT NULL,
	reason   TEXT NOT NULL,
	recorded INTEGER NOT NULL
);
CREATE INDEX correction_article ON correction (article, label);

CREATE TABLE redaction (
	id        INTEGER PRIMARY KEY,
	name      TEXT NOT NULL UNIQUE,
	text_hash BLOB NOT NULL,
	raw_hash  BLOB,
	person    TEXT NOT NULL,
	reason    TEXT NOT NULL,
	recorded  INTEGER NOT NULL
);
CREATE INDEX redaction_text ON redaction (text_hash);

CREATE TABLE feed (
	address  TEXT PRIMARY KEY,
	kind     TEXT NOT NULL,
	title    TEXT NOT NULL,
	outlet   TEXT NOT NULL,
	every    INTEGER NOT NULL,
	due      INTEGER NOT NULL,
	tried    INTEGER NOT NULL,
	worked   INTEGER NOT NULL,
	etag     TEXT NOT NULL,
	modified TEXT NOT NULL,
	health   TEXT NOT NULL,
	problem  TEXT NOT NULL,
	fails    INTEGER NOT NULL,
	more     TEXT NOT NULL
);
CREATE INDEX feed_due ON feed (due);

CREATE TABLE task (
	id      INTEGER PRIMARY KEY,
	run     TEXT NOT NULL,
	name    TEXT NOT NULL,
	payload BLOB NOT NULL,
	state   TEXT NOT NULL,
	tries   INTEGER NOT NULL,
	due     INTEGER NOT NULL,
	problem TEXT NOT NULL,
	UNIQUE (run, name)
);
CREATE INDEX task_state ON task (run, state, due);

CREATE TABLE checkpoint (
	name     TEXT PRIMARY KEY,
	value    TEXT NOT NULL,
	recorded INTEGER NOT NULL
);

-- +goose Down
DROP TABLE checkpoint;
DROP TABLE task;
DROP TABLE feed;
DROP TABLE redaction;
DROP TABLE correction;
DROP TABLE telling;
DROP TABLE link;
DROP TABLE mark;
DROP TABLE article_find;
DROP TABLE statement_find;
DROP TABLE statement;
DROP TABLE reading;
DROP TABLE article;
DROP TABLE raw;
DROP TABLE head;
