-- Drafted, adopted, withdrawn, edited and adopted again, under a few names and dates.
\set what random(0, 3)
\set n random(1, 4)
\set level random(1, :levels)
\if :level = 1
BEGIN;
\elif :level = 2
BEGIN ISOLATION LEVEL REPEATABLE READ;
\else
BEGIN ISOLATION LEVEL SERIALIZABLE;
\endif
CALL stress.live(:what, :n);
CALL stress.compare_by_date(:n);
COMMIT;
