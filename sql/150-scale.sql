-- ---------------------------------------------------------------------------
-- Raising the amounts of a draft by a percent
-- ---------------------------------------------------------------------------

CREATE FUNCTION _mission_rates.scaled_amount(
	amount numeric,
	percent numeric,
	decimals integer)
	RETURNS numeric
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT round($1 * (100 + $2) * 0.01, $3);
END;
COMMENT ON FUNCTION _mission_rates.scaled_amount IS
'Amount raised by a percent, halves rounded away from zero';

CREATE FUNCTION _mission_rates.scaled_values(
	schedule text,
	charges text[],
	OUT rate_table text,
	OUT item_order numeric[],
	OUT column_order integer,
	OUT item text,
	OUT amount numeric)
	RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 150
BEGIN ATOMIC
	SELECT v.rate_table, v.item_order, v.column_order,
		   CASE WHEN v.column_name = 'amount' THEN v.item
				ELSE v.item || ', ' || v.column_name END,
		   v.amount
	FROM _mission_rates.rate_values($1) AS v
	WHERE v.amount IS NOT NULL
	AND _mission_rates.charge_group(v.rate_table, v.column_name, v.item, v.unit)
		= ANY ($2);
END;
COMMENT ON FUNCTION _mission_rates.scaled_values IS
'Amounts of a schedule that are of these kinds of charges, those left open (NULL) not among them';

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
BEGIN ATOMIC
	SELECT count(*),
		   count(*) FILTER (WHERE v.amount <> 0 AND $2 <> 0 AND v.amount
			= _mission_rates.scaled_amount(v.amount, $2, $4)),
		   coalesce(jsonb_agg(v), '[]')
	FROM _mission_rates.scaled_values($1, $3) AS v;
END;
COMMENT ON FUNCTION _mission_rates.amounts_to_scale IS
'Amounts before they are scaled, how many there are, and how many of them rounding leaves as they are';

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
BEGIN ATOMIC
	SELECT v.rate_table, v.item, b.amount, v.amount,
		   round(100 * (v.amount - b.amount) / nullif(b.amount, 0), 2)
	FROM _mission_rates.scaled_values($1, $2) AS v
	JOIN jsonb_to_recordset($3) AS b (rate_table text, item text, amount numeric)
		ON b.rate_table = v.rate_table AND b.item = v.item
	JOIN _mission_rates.rate_tables() AS t ON t.rate_table = v.rate_table
	ORDER BY t.table_order, v.item_order, v.item COLLATE "C", v.column_order;
END;
COMMENT ON FUNCTION _mission_rates.scaled_from IS
'Amounts as they are now beside those before';

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
COMMENT ON FUNCTION mission_rates.scale_schedule IS
'Amounts of a draft raised by a percent (negative: lowered), each with what rounding made of the percent; charges: any of water, sewer, services, fees, deposits, taps and permits';
