-- A function that edits and rates in one statement, a cursor that is opened inside it, and one that is held.
\set draft random(1, 3)
\set cents random(1, 3000)
\set end random(1, 3)
BEGIN;
SELECT stress.edit_and_rate('Draft ' || :draft, :cents / 100.0);
CALL stress.compare('Draft ' || :draft, 1, 5);
DECLARE held CURSOR WITH HOLD FOR SELECT * FROM stress.both('Draft ' || :draft, 1, 5);
SAVEPOINT one;
CALL stress.edit('Draft ' || :draft, 12, :cents / 50.0);
SELECT stress.check_cursor('held');
CALL stress.compare('Draft ' || :draft, 1, 5);
ROLLBACK TO SAVEPOINT one;
CALL stress.compare('Draft ' || :draft, 1, 5);
\if :end = 1
ROLLBACK;
\else
COMMIT;
MOVE ABSOLUTE 0 IN held;
SELECT stress.check_cursor('held');
CLOSE held;
\endif
