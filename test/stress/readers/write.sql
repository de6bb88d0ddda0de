\set draft random(1, 3)
\set what random(0, 12)
\set then random(0, 12)
\set cents random(1, 3000)
\set end random(1, 4)
\set level random(1, :levels)
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
