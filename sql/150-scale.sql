-- ---------------------------------------------------------------------------
-- Raising the amounts of a draft by a percent
-- ---------------------------------------------------------------------------

-- The one place that tells which amounts are which kind of charge.  A unit may
-- be that of the row, "dollar", or in words, "dollar of water_volume".
CREATE FUNCTION _mission_rates.charge_group(
	rate_table text,
	column_name text,
	code text,
	unit text)
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
		WHEN $1 = 'water_minimum' AND $2 = 'amount' THEN 'water'
		WHEN $1 = 'water_volume' AND $2 = 'rate_per_1000' THEN 'water'
		WHEN $1 = 'sewer_rate' AND $2 IN ('fixed', 'rate_per_1000') THEN 'sewer'
		WHEN $1 = 'sewer_volume' AND $2 = 'rate_per_1000' THEN 'sewer'
		WHEN $1 = 'service_charge' AND $2 = 'amount' AND $4 NOT LIKE 'dollar%'
			THEN 'services'
		WHEN $1 = 'fee' AND $2 = 'amount' AND $3 <> 'late_fee'
			THEN CASE (SELECT c.service
					   FROM _mission_rates.charge_codes() AS c
					   WHERE c.is_fee AND c.charge = $3)
				WHEN 'fire' THEN 'water'
				WHEN 'sewer' THEN 'sewer'
				ELSE 'fees' END
		WHEN $1 = 'deposit' AND $2 IN ('deposit', 'service_fee')
			THEN 'deposits'
		WHEN $1 = 'water_tap' AND $2 = 'amount' THEN 'taps'
		WHEN $1 = 'sewer_permit' AND $2 = 'amount' THEN 'permits'
	END;
END;

COMMENT ON FUNCTION _mission_rates.charge_group(text, text, text, text) IS
'Part of scale_schedule(): the kind of charge that a column of a rate table is, of a row with this code and unit where the table has them; NULL: none that is raised by a percent';

CREATE FUNCTION _mission_rates.scaled_amount(
	amount numeric,
	percent numeric,
	decimals integer)
	RETURNS numeric
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT round($1 * (100 + $2) * 0.01, $3);
END;

COMMENT ON FUNCTION _mission_rates.scaled_amount(numeric, numeric, integer) IS
'Part of scale_schedule(): an amount raised by a percent, halves rounded away from zero; exact until then';

CREATE FUNCTION _mission_rates.scaled_values(
	schedule text,
	charges text[],
	OUT table_order integer,
	OUT rate_table text,
	OUT item_order numeric[],
	OUT column_order integer,
	OUT item text,
	OUT amount numeric)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 150
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT v.table_order, v.rate_table, v.item_order, v.column_order,
		   CASE WHEN v.column_name = 'amount' THEN v.item
				ELSE v.item || ', ' || v.column_name END,
		   v.amount
	FROM _mission_rates.rate_values($1) AS v
	WHERE v.amount IS NOT NULL
	AND _mission_rates.charge_group(v.rate_table, v.column_name, v.item, v.unit)
		= ANY ($2)
$$;

COMMENT ON FUNCTION _mission_rates.scaled_values(text, text[]) IS
'Part of scale_schedule(): the amounts of a schedule that are of these kinds of charges; those that are open (NULL) are not among them';

CREATE FUNCTION _mission_rates.amounts_to_scale(
	schedule text,
	percent numeric,
	charges text[],
	decimals integer,
	OUT number bigint,
	OUT unchanged bigint,
	OUT amounts jsonb)
	RETURNS record
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT count(*),
		   count(*) FILTER (WHERE v.amount <> 0 AND $2 <> 0 AND v.amount
			= _mission_rates.scaled_amount(v.amount, $2, $4)),
		   coalesce(jsonb_agg(v), '[]')
	FROM _mission_rates.scaled_values($1, $3) AS v
$$;

COMMENT ON FUNCTION _mission_rates.amounts_to_scale(
	text, numeric, text[], integer) IS
'Part of scale_schedule(): the amounts before, how many there are, and how many of them rounding leaves as they are';

CREATE FUNCTION _mission_rates.scaled_from(
	schedule text,
	charges text[],
	amounts jsonb,
	OUT rate_table text,
	OUT item text,
	OUT old numeric,
	OUT new numeric,
	OUT percent numeric)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 150
	SET search_path = pg_catalog, pg_temp
	AS $$
	SELECT v.rate_table, v.item, b.amount, v.amount,
		   round(100 * (v.amount - b.amount) / nullif(b.amount, 0), 2)
	FROM _mission_rates.scaled_values($1, $2) AS v
	JOIN jsonb_to_recordset($3) AS b (rate_table text, item text, amount numeric)
		ON b.rate_table = v.rate_table AND b.item = v.item
	ORDER BY v.table_order, v.item_order, v.item COLLATE "C", v.column_order
$$;

COMMENT ON FUNCTION _mission_rates.scaled_from(text, text[], jsonb) IS
'Part of scale_schedule(): the amounts as they are now beside those before';

CREATE FUNCTION mission_rates.scale_schedule(
	schedule text,
	percent numeric,
	charges text[] DEFAULT '{water,sewer}',
	decimals integer DEFAULT 2,
	OUT rate_table text,
	OUT item text,
	OUT old numeric,
	OUT new numeric,
	OUT percent numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'scale_schedule'
	LANGUAGE C VOLATILE PARALLEL UNSAFE ROWS 150;

COMMENT ON FUNCTION mission_rates.scale_schedule(
	text, numeric, text[], integer) IS
'Raises the amounts of a draft by a percent (negative: lowers them), rounded to decimals (0 to 4), halves away from zero, and returns each with the percent that rounding made of it (NULL: it was zero); charges: any of water (minimums, volume, fire_sprinkler), sewer (sewer rates and blocks, sewer_flat, dumping_station), services (service charges not per dollar), fees (the others, not late_fee), deposits, taps and permits; thresholds, factors and fractions stay; an adopted schedule is 55000, an unknown one P0002, a percent of -100 or less or that is no number, another kind of charge or none, other decimals or a NULL 22023, an amount beyond the limit 23514; the caller needs the right to write to the rate tables';
