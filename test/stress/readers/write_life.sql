\set what random(0, 3)
\set n random(1, 4)
CALL stress.live(:what, :n);
