-- By date, in two snapshots of one transaction or in one of two; a standby knows no third level.
\set n random(1, 4)
\set level random(1, :levels)
\if :level = 1
BEGIN;
\elif :level = 2
BEGIN ISOLATION LEVEL REPEATABLE READ;
\else
BEGIN ISOLATION LEVEL SERIALIZABLE;
\endif
CALL stress.compare_by_date(:n);
\sleep 2 ms
CALL stress.compare_by_date(:n);
COMMIT;
