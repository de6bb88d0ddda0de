-- ---------------------------------------------------------------------------
-- Token of the compiled rate book
-- ---------------------------------------------------------------------------
--
-- A session keeps the rate tables compiled for as long as it sees the same
-- token.  Whoever writes to a rate table gives it a new value; a random one,
-- so that no value ever comes back after a rollback or from another server.
-- It is not dumped: a new database has a token of its own.

CREATE TABLE mission_rates.rate_token (
	only_row	boolean NOT NULL DEFAULT true,
	token		uuid NOT NULL,
	CONSTRAINT rate_token_pkey PRIMARY KEY (only_row),
	CONSTRAINT rate_token_one_row CHECK (only_row)
);

COMMENT ON TABLE mission_rates.rate_token IS
'One row, which names the present state of the rate tables; written by their triggers';
COMMENT ON COLUMN mission_rates.rate_token.only_row IS
'True';
COMMENT ON COLUMN mission_rates.rate_token.token IS
'Random value, a new one after every change of a rate table';
COMMENT ON CONSTRAINT rate_token_pkey ON mission_rates.rate_token IS
'There is one row';
COMMENT ON CONSTRAINT rate_token_one_row ON mission_rates.rate_token IS
'There is one row';

INSERT INTO mission_rates.rate_token (token) VALUES (gen_random_uuid());

CREATE FUNCTION mission_rates.rate_token_touch() RETURNS trigger
	AS 'MODULE_PATHNAME', 'rate_token_touch'
	LANGUAGE C;

COMMENT ON FUNCTION mission_rates.rate_token_touch() IS
'Trigger of the rate tables: gives the token a new value';

-- Before the statement, so that a second clerk waits before he changes
-- anything; after each row, so that a trigger of the city's own that rates in
-- between cannot leave a half-changed book behind.  Row triggers also fire
-- where a logical subscriber applies changes.  After the statement: until then
-- it is half done, and nothing is kept.  ENABLE ALWAYS: under
-- session_replication_role = replica too.

CREATE TRIGGER "0_token_before"
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.schedule
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_row"
	AFTER INSERT OR UPDATE OR DELETE ON mission_rates.schedule
	FOR EACH ROW EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_after"
	AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.schedule
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
ALTER TABLE mission_rates.schedule
	ENABLE ALWAYS TRIGGER "0_token_before",
	ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
COMMENT ON TRIGGER "0_token_before" ON mission_rates.schedule IS
'New token before the statement';
COMMENT ON TRIGGER "0_token_row" ON mission_rates.schedule IS
'New token after each row';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.schedule IS
'New token after the statement';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.schedule IS
'The statement is whole';

CREATE TRIGGER "0_token_before"
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.class_rule
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_row"
	AFTER INSERT OR UPDATE OR DELETE ON mission_rates.class_rule
	FOR EACH ROW EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_after"
	AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.class_rule
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
ALTER TABLE mission_rates.class_rule
	ENABLE ALWAYS TRIGGER "0_token_before",
	ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
COMMENT ON TRIGGER "0_token_before" ON mission_rates.class_rule IS
'New token before the statement';
COMMENT ON TRIGGER "0_token_row" ON mission_rates.class_rule IS
'New token after each row';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.class_rule IS
'New token after the statement';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.class_rule IS
'The statement is whole';

CREATE TRIGGER "0_token_before"
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.water_minimum
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_row"
	AFTER INSERT OR UPDATE OR DELETE ON mission_rates.water_minimum
	FOR EACH ROW EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_after"
	AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.water_minimum
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
ALTER TABLE mission_rates.water_minimum
	ENABLE ALWAYS TRIGGER "0_token_before",
	ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
COMMENT ON TRIGGER "0_token_before" ON mission_rates.water_minimum IS
'New token before the statement';
COMMENT ON TRIGGER "0_token_row" ON mission_rates.water_minimum IS
'New token after each row';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.water_minimum IS
'New token after the statement';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.water_minimum IS
'The statement is whole';

CREATE TRIGGER "0_token_before"
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.water_volume
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_row"
	AFTER INSERT OR UPDATE OR DELETE ON mission_rates.water_volume
	FOR EACH ROW EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_after"
	AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.water_volume
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
ALTER TABLE mission_rates.water_volume
	ENABLE ALWAYS TRIGGER "0_token_before",
	ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
COMMENT ON TRIGGER "0_token_before" ON mission_rates.water_volume IS
'New token before the statement';
COMMENT ON TRIGGER "0_token_row" ON mission_rates.water_volume IS
'New token after each row';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.water_volume IS
'New token after the statement';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.water_volume IS
'The statement is whole';

CREATE TRIGGER "0_token_before"
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.sewer_rate
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_row"
	AFTER INSERT OR UPDATE OR DELETE ON mission_rates.sewer_rate
	FOR EACH ROW EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_after"
	AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.sewer_rate
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
ALTER TABLE mission_rates.sewer_rate
	ENABLE ALWAYS TRIGGER "0_token_before",
	ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
COMMENT ON TRIGGER "0_token_before" ON mission_rates.sewer_rate IS
'New token before the statement';
COMMENT ON TRIGGER "0_token_row" ON mission_rates.sewer_rate IS
'New token after each row';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.sewer_rate IS
'New token after the statement';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.sewer_rate IS
'The statement is whole';

CREATE TRIGGER "0_token_before"
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.fee
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_row"
	AFTER INSERT OR UPDATE OR DELETE ON mission_rates.fee
	FOR EACH ROW EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_after"
	AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.fee
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
ALTER TABLE mission_rates.fee
	ENABLE ALWAYS TRIGGER "0_token_before",
	ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
COMMENT ON TRIGGER "0_token_before" ON mission_rates.fee IS
'New token before the statement';
COMMENT ON TRIGGER "0_token_row" ON mission_rates.fee IS
'New token after each row';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.fee IS
'New token after the statement';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.fee IS
'The statement is whole';

CREATE TRIGGER "0_token_before"
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.deposit
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_row"
	AFTER INSERT OR UPDATE OR DELETE ON mission_rates.deposit
	FOR EACH ROW EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_after"
	AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.deposit
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
ALTER TABLE mission_rates.deposit
	ENABLE ALWAYS TRIGGER "0_token_before",
	ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
COMMENT ON TRIGGER "0_token_before" ON mission_rates.deposit IS
'New token before the statement';
COMMENT ON TRIGGER "0_token_row" ON mission_rates.deposit IS
'New token after each row';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.deposit IS
'New token after the statement';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.deposit IS
'The statement is whole';

CREATE TRIGGER "0_token_before"
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.water_tap
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_row"
	AFTER INSERT OR UPDATE OR DELETE ON mission_rates.water_tap
	FOR EACH ROW EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_after"
	AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.water_tap
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
ALTER TABLE mission_rates.water_tap
	ENABLE ALWAYS TRIGGER "0_token_before",
	ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
COMMENT ON TRIGGER "0_token_before" ON mission_rates.water_tap IS
'New token before the statement';
COMMENT ON TRIGGER "0_token_row" ON mission_rates.water_tap IS
'New token after each row';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.water_tap IS
'New token after the statement';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.water_tap IS
'The statement is whole';

CREATE TRIGGER "0_token_before"
	BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.sewer_permit
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_row"
	AFTER INSERT OR UPDATE OR DELETE ON mission_rates.sewer_permit
	FOR EACH ROW EXECUTE FUNCTION mission_rates.rate_token_touch();
CREATE TRIGGER "0_token_after"
	AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON mission_rates.sewer_permit
	FOR EACH STATEMENT EXECUTE FUNCTION mission_rates.rate_token_touch();
ALTER TABLE mission_rates.sewer_permit
	ENABLE ALWAYS TRIGGER "0_token_before",
	ENABLE ALWAYS TRIGGER "0_token_row",
	ENABLE ALWAYS TRIGGER "0_token_after";
COMMENT ON TRIGGER "0_token_before" ON mission_rates.sewer_permit IS
'New token before the statement';
COMMENT ON TRIGGER "0_token_row" ON mission_rates.sewer_permit IS
'New token after each row';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.sewer_permit IS
'New token after the statement';
COMMENT ON TRIGGER "0_token_after" ON mission_rates.sewer_permit IS
'The statement is whole';
