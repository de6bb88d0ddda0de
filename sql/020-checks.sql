-- ---------------------------------------------------------------------------
-- Codes of charges, and what the CHECKs of the rate tables call
-- ---------------------------------------------------------------------------

CREATE FUNCTION _mission_rates.charge_codes(
	OUT charge_order integer,
	OUT charge text,
	OUT service text,
	OUT is_fee boolean,
	OUT needed boolean)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'charge_codes'
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 30;

COMMENT ON FUNCTION _mission_rates.charge_codes IS
'Internal: the codes of charges that the ordinance and its functions know, fees last and in the order of the ordinance; service: as on a bill line; is_fee: a row of the table fee; needed: a fee that a function rates by';

CREATE FUNCTION _mission_rates.reserved_code(code text, for_fee boolean)
	RETURNS boolean
	AS 'MODULE_PATHNAME', 'reserved_code'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.reserved_code IS
'Internal: whether a code is that of a charge which another table rates; for_fee: the codes of fees are free, else those of fees that no function rates by';

CREATE FUNCTION _mission_rates.monthly_codes(codes text[])
	RETURNS boolean
	AS 'MODULE_PATHNAME', 'monthly_codes'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.monthly_codes IS
'Internal: whether every element is the code of a monthly charge, or could be that of a service charge; false for an empty array, one of several dimensions or not from subscript 1, and a code that occurs twice';

-- The CHECK of every number in a rate table.  NaN and infinity are not below a
-- billion.
CREATE FUNCTION _mission_rates.check_rate(
	value numeric,
	rate_table text,
	column_name text,
	may_be_negative boolean,
	decimals integer)
	RETURNS boolean
	AS 'MODULE_PATHNAME', 'check_rate'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.check_rate IS
'Internal: true for a number that a column of a rate table may hold: 0 or more, or negative too, below 1,000,000,000, at most so many decimals, four or six, never NaN or infinite; else 23514, which names the column';

CREATE FUNCTION _mission_rates.check_unit(unit text)
	RETURNS boolean
	AS 'MODULE_PATHNAME', 'check_unit'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION _mission_rates.check_unit IS
'Internal: true for the unit of a service charge; else 23514, whose hint lists the units';
