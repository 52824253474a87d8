"""The triggers of the library: they keep the counts, so that these are exact whoever writes, in the same transaction.

Each looks only at what changed: marking ten thousand entries read costs as many small steps and no recount.
"""

from __future__ import annotations

from typing import Final

TRIGGERS: Final = """
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
"""
