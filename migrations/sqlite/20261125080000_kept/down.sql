-- Takes everything of this step back.

DROP TABLE kept_course;
DROP TABLE kept_need;
DELETE FROM entry_value WHERE entry_id IN (SELECT id FROM entry WHERE kind IN (
    'need', 'course', 'charter-action', 'recognition-scheme', 'charter-version'));
DELETE FROM entry_version WHERE entry_id IN (SELECT id FROM entry WHERE kind IN (
    'need', 'course', 'charter-action', 'recognition-scheme', 'charter-version'));
DELETE FROM entry WHERE kind IN (
    'need', 'course', 'charter-action', 'recognition-scheme', 'charter-version');

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    '''introduction'', ''need'', ''course'', ''charter-action'', ''recognition-scheme'',
        ''charter-version''', '''introduction''') WHERE type = 'table' AND name = 'entry';
UPDATE sqlite_schema SET sql = replace(sql, '''cohort'', ''soc'', ''sector'', ''cited'', ''stance'', ''focus-area'',
        ''scheme-kind''',
    '''cohort''') WHERE type = 'table' AND name = 'entry_value';
PRAGMA writable_schema = RESET;
