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

ALTER TABLE entry DROP CONSTRAINT entry_kind_check;
ALTER TABLE entry ADD CONSTRAINT entry_kind_check CHECK (kind IN (
    'organisation', 'signature', 'pledge', 'posture', 'opening', 'event', 'case-study',
    'introduction', 'need', 'course', 'charter-action', 'recognition-scheme',
    'charter-version'
));
ALTER TABLE entry_value DROP CONSTRAINT entry_value_list_check;
ALTER TABLE entry_value ADD CONSTRAINT entry_value_list_check CHECK (list IN (
    'sic', 'offer', 'offence', 'pattern', 'licence', 'cohort', 'soc', 'sector', 'cited',
    'stance', 'focus-area', 'scheme-kind'
));
