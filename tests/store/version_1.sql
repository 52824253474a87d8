-- A library as its first version made it.

CREATE TABLE folder (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,          -- names joined by '/', every ancestor has a row of its own
    position INTEGER NOT NULL DEFAULT 0 -- order among its siblings; equal ones go by name
) STRICT;

CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,                -- the person's name for it, else the feed's, else its host
    named INTEGER NOT NULL DEFAULT 0,   -- 1 when the person chose the title: the feed's never replaces it
    site_url TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',  -- as the feed declares it; entries without one inherit it
    icon_url TEXT NOT NULL DEFAULT '',
    folder_id INTEGER REFERENCES folder(id) ON DELETE SET NULL, -- NULL at the top level
    kind TEXT NOT NULL DEFAULT 'feed',  -- model.SourceKind
    rule TEXT NOT NULL DEFAULT '',      -- JSON of the rule that finds the entries of a page without a feed
    full_text TEXT NOT NULL DEFAULT 'auto', -- model.FullText
    interval_seconds INTEGER,           -- the person's own; NULL lets the schedule decide
    quiet INTEGER NOT NULL DEFAULT 0,   -- 1: not announced and not in the inbox
    keep INTEGER,                       -- articles to keep; NULL keeps all
    keep_days INTEGER,                  -- days to keep; NULL keeps all
    tags TEXT NOT NULL DEFAULT '[]',    -- JSON list of tag names each new entry gets
    attributes TEXT NOT NULL DEFAULT '[]', -- JSON list of [name, value]: what another reader's list said of it besides
    private_host INTEGER NOT NULL DEFAULT 0, -- a person typed the address: its host may be private
    added INTEGER NOT NULL,
    removed_at INTEGER,                 -- unsubscribed then; NULL while subscribed
    policy TEXT NOT NULL DEFAULT 'guid', -- identity.Policy
    -- what the schedule knows
    health TEXT NOT NULL DEFAULT 'new', -- model.Health
    error TEXT NOT NULL DEFAULT '',     -- the last failure as a sentence
    failures INTEGER NOT NULL DEFAULT 0, -- failed fetches in a row
    decision TEXT NOT NULL DEFAULT '',  -- what was decided at the last fetch, in words
    last_fetch INTEGER,
    last_success INTEGER,
    last_new INTEGER,                   -- when an entry was last new
    next_fetch INTEGER,                 -- NULL is due at once
    etag TEXT NOT NULL DEFAULT '',      -- byte for byte as received
    last_modified TEXT NOT NULL DEFAULT '',
    validators_at INTEGER,              -- when the validators were first stored; dropped after eight days
    body_hash BLOB NOT NULL DEFAULT x'', -- SHA-256 of the decoded body last stored
    moved_to TEXT NOT NULL DEFAULT '',  -- where a permanent redirect pointed, until it is confirmed
    moved_at INTEGER,                   -- when that was first seen
    gone_at INTEGER,                    -- when 410 was first seen
    held_until INTEGER                  -- its host asked to be left alone until then (Retry-After)
) STRICT;

CREATE TABLE revision (                 -- one row
    number INTEGER NOT NULL             -- another, random one after every change of a feed or folder
) STRICT;
INSERT INTO revision VALUES (random());

CREATE TABLE feed_alias (               -- addresses under which a source was known
    url TEXT PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feed(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------------------------------ what a person did

CREATE TABLE state (
    entry_id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feed(id),
    arrived INTEGER NOT NULL,           -- first stored
    read_at INTEGER,                    -- NULL is unread
    starred_at INTEGER,
    later_at INTEGER,
    hidden_at INTEGER,
    snoozed_until INTEGER,              -- out of sight until then; NULL again once the time has come
    absent INTEGER NOT NULL DEFAULT 0,  -- 1: its source was removed, and nothing kept it; 2: its content was lost
                                        -- with a damaged file, until the feed is asked again
    tagged INTEGER NOT NULL DEFAULT 0,  -- number of tags, kept by trigger
    noted INTEGER NOT NULL DEFAULT 0,   -- 1 when it has a note, kept by trigger
    position REAL NOT NULL DEFAULT 0,   -- reading position, 0 to 1
    purged_at INTEGER,                  -- content was let go then: it is not to be stored again
    listed INTEGER GENERATED ALWAYS AS  -- shown by default, and counted
        (hidden_at IS NULL AND snoozed_until IS NULL AND absent = 0 AND purged_at IS NULL) VIRTUAL
) STRICT;
CREATE INDEX state_feed ON state(feed_id, entry_id);
CREATE INDEX state_unread ON state(entry_id) WHERE read_at IS NULL AND listed = 1;
CREATE INDEX state_feed_unread ON state(feed_id, entry_id) WHERE read_at IS NULL AND listed = 1;
CREATE INDEX state_arrived ON state(arrived);
CREATE INDEX state_read ON state(read_at) WHERE read_at IS NOT NULL;
CREATE INDEX state_starred ON state(entry_id, starred_at) WHERE starred_at IS NOT NULL;
CREATE INDEX state_later ON state(entry_id, later_at) WHERE later_at IS NOT NULL;
CREATE INDEX state_hidden ON state(entry_id) WHERE hidden_at IS NOT NULL;
CREATE INDEX state_snoozed ON state(snoozed_until, entry_id) WHERE snoozed_until IS NOT NULL;
CREATE INDEX state_tagged ON state(entry_id) WHERE tagged > 0;

CREATE TABLE note (
    entry_id INTEGER PRIMARY KEY REFERENCES state(entry_id),
    text TEXT NOT NULL
) STRICT;

CREATE TABLE highlight (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES state(entry_id),
    quote TEXT NOT NULL,                -- the words, by which it is found again after the page was cleaned anew
    occurrence INTEGER NOT NULL DEFAULT 0, -- which occurrence of these words, counted from 0
    note TEXT NOT NULL DEFAULT '',
    added INTEGER NOT NULL
) STRICT;
CREATE INDEX highlight_entry ON highlight(entry_id);

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                 -- as the person wrote it first; may be nested by '/'
    folded TEXT NOT NULL UNIQUE,        -- casefold() of the name: what tags are found and compared by
    colour TEXT NOT NULL DEFAULT '',
    used_at INTEGER NOT NULL DEFAULT 0, -- last set on an entry, for suggestions
    total INTEGER NOT NULL DEFAULT 0,   -- listed entries, kept by trigger
    unread INTEGER NOT NULL DEFAULT 0   -- listed unread entries, kept by trigger
) STRICT;

CREATE TABLE entry_tag (
    tag_id INTEGER NOT NULL REFERENCES tag(id),
    entry_id INTEGER NOT NULL REFERENCES state(entry_id),
    added INTEGER NOT NULL,
    listed INTEGER NOT NULL DEFAULT 0,  -- the entry's, kept by trigger
    unread INTEGER NOT NULL DEFAULT 0,  -- listed and unread, kept by trigger
    PRIMARY KEY (tag_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_tag_entry ON entry_tag(entry_id, tag_id);
CREATE INDEX entry_tag_unread ON entry_tag(tag_id, entry_id) WHERE unread = 1;

CREATE TABLE view (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    query TEXT NOT NULL,                -- as written: relative dates are resolved when it runs
    position INTEGER NOT NULL DEFAULT 0,
    unread INTEGER,                     -- as last counted; NULL until then
    counted_at INTEGER
) STRICT;

-- ------------------------------------------------------------------------ what was done, and how to undo it

CREATE TABLE step (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL,                -- "Marked 12 read"
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,                -- triage.Actor
    session TEXT NOT NULL,              -- the window that acted
    undone INTEGER NOT NULL DEFAULT 0,
    undone_by TEXT,                     -- the session that may redo it; NULL once that did something else
    undone_order INTEGER,               -- counts undoings: the highest is redone first
    removed_feed INTEGER REFERENCES feed(id), -- the source this step unsubscribed from
    size INTEGER NOT NULL DEFAULT 0     -- number of changes
) STRICT;
CREATE INDEX step_session ON step(session, id) WHERE undone = 0;
CREATE INDEX step_undone ON step(undone_by, undone_order) WHERE undone = 1;

CREATE TABLE change (
    step_id INTEGER NOT NULL REFERENCES step(id) ON DELETE CASCADE,
    entry_id INTEGER NOT NULL,
    field TEXT NOT NULL,                -- triage.Field
    tag TEXT NOT NULL DEFAULT '',       -- the tag's name, for field 'tag'
    old ANY,                            -- the column's value before: an instant, a text or NULL
    new ANY,                            -- and after
    PRIMARY KEY (step_id, entry_id, field, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_entry ON change(entry_id);

-- ------------------------------------------------------------------------ by what an entry is known again

CREATE TABLE identity (
    entry_id INTEGER PRIMARY KEY REFERENCES state(entry_id),
    feed_id INTEGER NOT NULL REFERENCES feed(id),
    key BLOB NOT NULL,                  -- identity.Planned.key
    link BLOB NOT NULL,                 -- link_mark when last stored, x'' for none
    title BLOB NOT NULL,                -- title_mark when last stored, x'' for none
    published INTEGER,
    content_hash BLOB NOT NULL,         -- of what was last stored
    edits INTEGER NOT NULL DEFAULT 0    -- updates by a changed hash
) STRICT;
CREATE UNIQUE INDEX identity_key ON identity(feed_id, key);
CREATE INDEX identity_link ON identity(feed_id, link) WHERE link <> x'';
CREATE INDEX identity_title ON identity(feed_id, title) WHERE title <> x'';

CREATE TABLE identity_alias (           -- keys an entry had before
    feed_id INTEGER NOT NULL REFERENCES feed(id),
    key BLOB NOT NULL,
    entry_id INTEGER NOT NULL REFERENCES identity(entry_id) ON DELETE CASCADE,
    PRIMARY KEY (feed_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_alias_entry ON identity_alias(entry_id);

-- ------------------------------------------------------------------------ what was fetched

CREATE TABLE entry (
    id INTEGER PRIMARY KEY REFERENCES state(entry_id),
    feed_id INTEGER NOT NULL,           -- that of its state
    title TEXT NOT NULL,
    link TEXT NOT NULL,
    site TEXT NOT NULL DEFAULT '',      -- words.site_key of the link: 'com.example.blog', so that a domain is a range
    author TEXT NOT NULL DEFAULT '',    -- names joined by ', '
    published INTEGER,
    updated INTEGER,                    -- as the feed says
    changed_at INTEGER,                 -- when its content was last seen to differ; NULL if never
    lede TEXT NOT NULL DEFAULT '',
    words INTEGER NOT NULL DEFAULT 0,   -- of the text that is shown
    language TEXT NOT NULL DEFAULT '',  -- BCP 47, lower case; declared or detected
    comments_url TEXT NOT NULL DEFAULT '',
    image_url TEXT NOT NULL DEFAULT '',
    media INTEGER NOT NULL DEFAULT 0,   -- enclosures: 1 any, 2 audio, 4 video, 8 image
    teaser INTEGER NOT NULL DEFAULT 0,  -- 1: the feed's own text is too short to be the article
    page TEXT NOT NULL DEFAULT '',      -- '' none wanted, 'wanted', 'done', 'failed'
    verdict TEXT                        -- model.Verdict of the cleaned page; NULL until then
) STRICT;
CREATE INDEX entry_published ON entry(published) WHERE published IS NOT NULL;
CREATE INDEX entry_site ON entry(site, id);
CREATE INDEX entry_changed ON entry(changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX entry_media ON entry(id, media) WHERE media > 0;
CREATE INDEX entry_words ON entry(words);
CREATE INDEX entry_language ON entry(language, id);
CREATE INDEX entry_anonymous ON entry(id) WHERE author = '';
CREATE INDEX entry_comments ON entry(id) WHERE comments_url <> '';
CREATE INDEX entry_fulltext ON entry(id) WHERE verdict IN ('good', 'doubtful');
CREATE INDEX entry_displaced ON entry(id) -- ids that do not follow their date within a day: see store.plan
    WHERE published IS NOT NULL AND (id - max(1, (published - 946684800) / 15)) NOT BETWEEN 0 AND 5760;
CREATE INDEX entry_page_wanted ON entry(id) WHERE page = 'wanted';
CREATE INDEX entry_page_failed ON entry(id) WHERE page = 'failed';

CREATE TABLE topic (                    -- categories supplied by feeds and pages
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE         -- casefold() of the name
) STRICT;

CREATE TABLE entry_topic (
    topic_id INTEGER NOT NULL REFERENCES topic(id),
    entry_id INTEGER NOT NULL REFERENCES entry(id) ON DELETE CASCADE,
    PRIMARY KEY (topic_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_topic_entry ON entry_topic(entry_id);

CREATE TABLE body (                     -- what the feed itself says
    entry_id INTEGER PRIMARY KEY REFERENCES entry(id) ON DELETE CASCADE,
    blocks BLOB NOT NULL,               -- codec.encode_blocks
    html BLOB NOT NULL,                 -- the feed's HTML, zlib; empty when it has none
    base_url TEXT NOT NULL DEFAULT '',
    enclosures TEXT NOT NULL DEFAULT '[]' -- JSON: [[url, type, length, title], ...]
) STRICT;

CREATE TABLE article (                  -- the page behind it, cleaned
    entry_id INTEGER PRIMARY KEY REFERENCES entry(id) ON DELETE CASCADE,
    document BLOB,                      -- codec.encode_article; NULL while there is only an error
    page BLOB,                          -- the page's bytes, zlib; NULL when not kept
    version INTEGER NOT NULL DEFAULT 0, -- cleaning.VERSION that made the document
    tried_at INTEGER NOT NULL,
    error TEXT NOT NULL DEFAULT ''      -- why it could not be fetched, as a sentence
) STRICT;
CREATE INDEX article_version ON article(version, entry_id) WHERE page IS NOT NULL;

-- ------------------------------------------------------------------------ search

CREATE VIRTUAL TABLE fts USING fts5(    -- rowid is entry.id; holds the words that query.words makes of a text
    title, author, body,
    link,                               -- words of the link, each marked so that it is no word of the text
    content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);

CREATE TABLE index_queue (              -- entries whose text differs from what is indexed; written by store.indexing
    entry_id INTEGER PRIMARY KEY,
    old BLOB                            -- what the index holds of it, to be taken out; NULL for nothing
) STRICT;

CREATE TABLE term (                     -- about how many entries hold a word, for prefixes, plans and spelling
    term TEXT PRIMARY KEY,
    entries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX term_entries ON term(entries);

CREATE TABLE search_state (             -- one row
    id INTEGER PRIMARY KEY CHECK (id = 1),
    folding INTEGER NOT NULL            -- words.FOLDING_VERSION by which the index was made
) STRICT;

-- ------------------------------------------------------------------------ rules

CREATE TABLE rule (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    query TEXT NOT NULL,                -- as written
    events TEXT NOT NULL DEFAULT 'new', -- names of rules.Event joined by ','
    actions TEXT NOT NULL DEFAULT '[]', -- JSON: [[action, argument], ...] in the order they are done
    enabled INTEGER NOT NULL DEFAULT 1,
    mute INTEGER NOT NULL DEFAULT 0,    -- 1: made by muting; what it hides is is:muted
    until INTEGER,                      -- asleep from then on; NULL for ever
    position INTEGER NOT NULL DEFAULT 0, -- order in which rules run
    added INTEGER NOT NULL,
    error TEXT NOT NULL DEFAULT ''      -- why it could not run the last time, as a sentence
) STRICT;

CREATE TABLE rule_hit (                 -- what a rule matched; once for each entry
    rule_id INTEGER NOT NULL REFERENCES rule(id) ON DELETE CASCADE,
    entry_id INTEGER NOT NULL REFERENCES state(entry_id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    done TEXT NOT NULL DEFAULT '',      -- names of the actions that changed something, joined by ','
    PRIMARY KEY (rule_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_hit_entry ON rule_hit(entry_id);

CREATE TABLE rule_task (                -- what a rule asks for outside the library, until somebody takes it on
    id INTEGER PRIMARY KEY,
    rule_id INTEGER NOT NULL REFERENCES rule(id) ON DELETE CASCADE,
    entry_id INTEGER NOT NULL REFERENCES state(entry_id) ON DELETE CASCADE,
    verb TEXT NOT NULL,                 -- 'notify' or 'run'
    argument TEXT NOT NULL
) STRICT;

-- ------------------------------------------------------------------------ counts, kept by ``triggers``

CREATE TABLE feed_count (
    feed_id INTEGER PRIMARY KEY REFERENCES feed(id) ON DELETE CASCADE,
    total INTEGER NOT NULL DEFAULT 0,   -- listed
    unread INTEGER NOT NULL DEFAULT 0,  -- listed and unread
    starred INTEGER NOT NULL DEFAULT 0, -- listed and starred
    later INTEGER NOT NULL DEFAULT 0    -- listed and on the later list
) STRICT;

CREATE TABLE arrival_count (            -- unread by the quarter of an hour in which they arrived
    quarter INTEGER PRIMARY KEY,        -- arrived / 900
    unread INTEGER NOT NULL             -- listed and unread, but of quiet sources too
) STRICT;

CREATE TRIGGER feed_added AFTER INSERT ON feed BEGIN
    INSERT INTO feed_count(feed_id) VALUES (new.id);
    UPDATE revision SET number = random();
END;

CREATE TRIGGER feed_changed AFTER UPDATE ON feed BEGIN
    UPDATE revision SET number = random();
END;

CREATE TRIGGER feed_dropped AFTER DELETE ON feed BEGIN
    UPDATE revision SET number = random();
END;

CREATE TRIGGER folder_changed AFTER UPDATE OF path ON folder BEGIN
    UPDATE revision SET number = random();
END;

CREATE TRIGGER state_added AFTER INSERT ON state WHEN new.listed BEGIN
    UPDATE feed_count SET
        total = total + 1,
        unread = unread + (new.read_at IS NULL),
        starred = starred + (new.starred_at IS NOT NULL),
        later = later + (new.later_at IS NOT NULL)
    WHERE feed_id = new.feed_id;
    INSERT INTO arrival_count(quarter, unread) SELECT new.arrived / 900, 1 WHERE new.read_at IS NULL
        ON CONFLICT DO UPDATE SET unread = unread + 1;
END;

CREATE TRIGGER state_dropped AFTER DELETE ON state WHEN old.listed BEGIN
    UPDATE feed_count SET
        total = total - 1,
        unread = unread - (old.read_at IS NULL),
        starred = starred - (old.starred_at IS NOT NULL),
        later = later - (old.later_at IS NOT NULL)
    WHERE feed_id = old.feed_id;
    UPDATE arrival_count SET unread = unread - 1 WHERE quarter = old.arrived / 900 AND old.read_at IS NULL;
END;

CREATE TRIGGER state_changed
AFTER UPDATE OF read_at, starred_at, later_at, hidden_at, snoozed_until, absent, purged_at ON state
WHEN old.listed <> new.listed
    OR (old.read_at IS NULL) <> (new.read_at IS NULL)
    OR (old.starred_at IS NULL) <> (new.starred_at IS NULL)
    OR (old.later_at IS NULL) <> (new.later_at IS NULL)
BEGIN
    UPDATE feed_count SET
        total = total + new.listed - old.listed,
        unread = unread + (new.listed AND new.read_at IS NULL) - (old.listed AND old.read_at IS NULL),
        starred = starred + (new.listed AND new.starred_at IS NOT NULL) - (old.listed AND old.starred_at IS NOT NULL),
        later = later + (new.listed AND new.later_at IS NOT NULL) - (old.listed AND old.later_at IS NOT NULL)
    WHERE feed_id = new.feed_id;
    INSERT INTO arrival_count(quarter, unread)
        SELECT new.arrived / 900, (new.listed AND new.read_at IS NULL) - (old.listed AND old.read_at IS NULL)
        WHERE (new.listed AND new.read_at IS NULL) <> (old.listed AND old.read_at IS NULL)
        ON CONFLICT DO UPDATE SET unread = unread + excluded.unread;
END;

CREATE TRIGGER state_changed_tagged
AFTER UPDATE OF read_at, hidden_at, snoozed_until, absent, purged_at ON state
WHEN new.tagged > 0
    AND (old.listed <> new.listed OR (old.read_at IS NULL) <> (new.read_at IS NULL))
BEGIN
    UPDATE entry_tag SET listed = new.listed, unread = (new.listed AND new.read_at IS NULL)
    WHERE entry_id = new.entry_id;
END;

CREATE TRIGGER entry_tag_added AFTER INSERT ON entry_tag BEGIN
    UPDATE entry_tag SET
        listed = (SELECT listed FROM state WHERE entry_id = new.entry_id),
        unread = (SELECT listed AND read_at IS NULL FROM state WHERE entry_id = new.entry_id)
    WHERE tag_id = new.tag_id AND entry_id = new.entry_id;
    UPDATE state SET tagged = tagged + 1 WHERE entry_id = new.entry_id;
END;

CREATE TRIGGER entry_tag_changed AFTER UPDATE OF listed, unread ON entry_tag
WHEN old.listed <> new.listed OR old.unread <> new.unread BEGIN
    UPDATE tag SET total = total + new.listed - old.listed, unread = unread + new.unread - old.unread
    WHERE id = new.tag_id;
END;

CREATE TRIGGER entry_tag_dropped AFTER DELETE ON entry_tag BEGIN
    UPDATE tag SET total = total - old.listed, unread = unread - old.unread WHERE id = old.tag_id;
    UPDATE state SET tagged = tagged - 1 WHERE entry_id = old.entry_id;
END;

CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
    UPDATE state SET noted = 1 WHERE entry_id = new.entry_id;
END;

CREATE TRIGGER note_dropped AFTER DELETE ON note BEGIN
    UPDATE state SET noted = 0 WHERE entry_id = old.entry_id;
END;
PRAGMA application_id = 1114795873;
PRAGMA user_version = 1;
