-- One statement that lasts while others commit.
\set draft random(1, 3)
CALL stress.compare_slowly('Draft ' || :draft, 1, 200);
