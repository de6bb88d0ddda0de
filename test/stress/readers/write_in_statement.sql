-- A statement that edits and rates, after an edit that nobody has looked at.
\set draft random(1, 3)
\set cents random(1, 3000)
\set end random(1, 3)
CALL stress.compare('Draft ' || :draft, 1, 5);
BEGIN;
CALL stress.edit('Draft ' || :draft, 2, :cents / 100.0);
SELECT stress.edited('Draft ' || :draft, 12, :cents / 20.0), stress.check_both('Draft ' || :draft, 1, 5);
\if :end = 1
ROLLBACK;
\else
COMMIT;
\endif
CALL stress.compare('Draft ' || :draft, 1, 5);
