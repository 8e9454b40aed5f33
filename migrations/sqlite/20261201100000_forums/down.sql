-- Takes everything of this step back.

DROP TABLE classification_code;
DROP TABLE classification;
DROP TABLE kept_partnership_action;
DROP TABLE kept_meeting;
DELETE FROM entry_value WHERE entry_id IN (SELECT id FROM entry WHERE kind IN (
    'workforce-partnership', 'meeting', 'partnership-action'));
DELETE FROM entry_version WHERE entry_id IN (SELECT id FROM entry WHERE kind IN (
    'workforce-partnership', 'meeting', 'partnership-action'));
DELETE FROM entry WHERE kind IN ('workforce-partnership', 'meeting', 'partnership-action');

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    '''charter-version'', ''workforce-partnership'', ''meeting'', ''partnership-action''',
    '''charter-version''') WHERE type = 'table' AND name = 'entry';
UPDATE sqlite_schema SET sql = replace(sql, '''scheme-kind'', ''member''', '''scheme-kind''')
    WHERE type = 'table' AND name = 'entry_value';
PRAGMA writable_schema = RESET;
