-- ---------------------------------------------------------------------------
-- Converters: codes as cities keep them
-- ---------------------------------------------------------------------------
--
-- STABLE, not IMMUTABLE: labels may be added.

CREATE FUNCTION mission_rates.to_customer_class(code text)
	RETURNS mission_rates.customer_class
	AS 'MODULE_PATHNAME', 'to_customer_class'
	LANGUAGE C STABLE PARALLEL SAFE COST 50;

COMMENT ON FUNCTION mission_rates.to_customer_class IS
'Customer class of a code in any case and with spaces around it, such as ''a1 ''; NULL gives NULL; anything else is 22023; § 114-54(a)';

CREATE FUNCTION mission_rates.to_meter_size(size text)
	RETURNS mission_rates.meter_size
	AS 'MODULE_PATHNAME', 'to_meter_size'
	LANGUAGE C STABLE PARALLEL SAFE COST 80;

COMMENT ON FUNCTION mission_rates.to_meter_size(text) IS
'Meter size of a text in inches, such as ''3/4"'', ''0.75'', ''1-1/2'', ''1.5'' or ''5/8x3/4'' (a 5/8 meter); NULL gives NULL; anything else is 22023';

CREATE FUNCTION mission_rates.to_meter_size(inches numeric)
	RETURNS mission_rates.meter_size
	AS 'MODULE_PATHNAME', 'to_meter_size_inches'
	LANGUAGE C STABLE PARALLEL SAFE COST 80;

COMMENT ON FUNCTION mission_rates.to_meter_size(numeric) IS
'Meter size of a number of inches, such as 0.75; NULL gives NULL; anything else is 22023';

CREATE FUNCTION mission_rates.to_service_area(area text)
	RETURNS mission_rates.service_area
	AS 'MODULE_PATHNAME', 'to_service_area'
	LANGUAGE C STABLE PARALLEL SAFE COST 50;

COMMENT ON FUNCTION mission_rates.to_service_area IS
'Service area of a text in any case and with spaces around it, such as ''Inside''; NULL gives NULL; anything else is 22023';
