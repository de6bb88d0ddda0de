-- Two edits of a draft.  With one snapshot for both none that adds rows: a key is free when somebody else has deleted its
-- row, and the snapshot then shows two of it.
\set draft random(1, 3)
\set level random(1, :levels)
\set what random(0, 12)
\set then random(0, 12)
\set what case when :level > 1 and (:what = 4 or :what = 5 or :what = 8 or :what = 10) then 12 else :what end
\set then case when :level > 1 and (:then = 4 or :then = 5 or :then = 8 or :then = 10) then 2 else :then end
\set cents random(1, 3000)
\set end random(1, 4)
\if :level = 1
BEGIN;
\elif :level = 2
BEGIN ISOLATION LEVEL REPEATABLE READ;
\else
BEGIN ISOLATION LEVEL SERIALIZABLE;
\endif
CALL stress.edit('Draft ' || :draft, :what, :cents / 100.0);
CALL stress.compare('Draft ' || :draft, 1, 5);
CALL stress.edit('Draft ' || :draft, :then, :cents / 50.0);
\if :end = 1
ROLLBACK;
\else
COMMIT;
\endif
