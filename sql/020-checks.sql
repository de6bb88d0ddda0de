-- ---------------------------------------------------------------------------
-- Codes of charges, and what the CHECKs of the rate tables call
-- ---------------------------------------------------------------------------

CREATE FUNCTION _mission_rates.charge_codes(
	OUT charge_order integer,
	OUT charge text,
	OUT service text,
	OUT is_fee boolean,
	OUT needed boolean,
	OUT monthly boolean)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'charge_codes'
	LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 30;
COMMENT ON FUNCTION _mission_rates.charge_codes IS
'Codes of charges that the ordinance and its functions know, fees last and in the order of the ordinance; is_fee: a row of the table fee; needed: a fee that a function rates by; monthly: a charge of the monthly bill';

CREATE FUNCTION _mission_rates.reserved_code(code text, for_fee boolean)
	RETURNS boolean
	AS 'MODULE_PATHNAME', 'reserved_code'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.reserved_code IS
'Whether a code is that of a charge which another table rates; for_fee: the codes of fees are free, else those of fees that no function rates by';

CREATE FUNCTION _mission_rates.monthly_codes(codes text[])
	RETURNS boolean
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT coalesce(
		array_ndims($1) = 1 AND array_lower($1, 1) = 1
		AND count(DISTINCT c.code COLLATE "C") = count(*)
		AND bool_and(c.code <> '' AND c.code = btrim(c.code)
					 AND coalesce(k.monthly OR k.is_fee AND NOT k.needed, true)),
		false)
	FROM unnest($1) AS c (code)
	LEFT JOIN _mission_rates.charge_codes() AS k
		ON k.charge = c.code COLLATE "C";
END;
COMMENT ON FUNCTION _mission_rates.monthly_codes IS
'Whether every element is the code of a monthly or service charge: one dimension from subscript 1, not empty, no code twice';

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
'Range of a number in a rate table: 0 or more, or negative too, below 1,000,000,000, at most so many decimals, never NaN; true, else an error that names the column';

CREATE FUNCTION _mission_rates.check_unit(unit text)
	RETURNS boolean
	AS 'MODULE_PATHNAME', 'check_unit'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _mission_rates.check_unit IS
'Unit of a service charge: true, else an error whose hint lists the units';
