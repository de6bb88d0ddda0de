-- By date, in two snapshots of one transaction or in one of two.
\set n random(1, 4)
\set level random(1, 3)
\if :level = 1
BEGIN ISOLATION LEVEL REPEATABLE READ;
\elif :level = 2
BEGIN ISOLATION LEVEL SERIALIZABLE;
\else
BEGIN;
\endif
CALL stress.compare_by_date(:n);
\sleep 2 ms
CALL stress.compare_by_date(:n);
COMMIT;
