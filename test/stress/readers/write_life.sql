-- Drafted, adopted, withdrawn, edited and adopted again, under a few names and dates; drafted, which adds rows, in READ
-- COMMITTED alone, as in write.sql.
\set level random(1, :levels)
\set what random(case when :level > 1 then 1 else 0 end, 3)
\set n random(1, 4)
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
