-- sample.sql: a customer information system as cities have them, in schema cis.
--
-- psql variable: accounts (how many).  The rows are the same on every machine: what looks random comes from md5.
-- Classes are char codes, sizes numbers, the last reading a number, the new one text; nothing here is typed with
-- the extension's types, so nothing here is lost with the extension.
--
-- Consumption follows what is published for this city: 37 percent of residential customers take 5,000 to 9,000
-- gallons a month, about 30 percent less.  One account in 997 of each kind is dirty.

CREATE SCHEMA cis;
COMMENT ON SCHEMA cis IS 'A sample customer information system';

CREATE TABLE cis.account (
	account_no char(8) PRIMARY KEY,
	address varchar(40) NOT NULL,
	class_code char(3),
	place varchar(8),
	water char(1) NOT NULL,
	sewer char(1) NOT NULL,
	fire_line numeric(4, 1),
	dumping_stations smallint NOT NULL,
	garbage_carts smallint NOT NULL
);

CREATE TABLE cis.meter (
	meter_no char(10) PRIMARY KEY,
	account_no char(8) NOT NULL REFERENCES cis.account,
	size numeric(5, 3),
	works char(1) NOT NULL
);

CREATE TABLE cis.reading (
	account_no char(8) NOT NULL REFERENCES cis.account,
	period_start date NOT NULL,
	previous numeric(12, 0) NOT NULL,
	current text,
	PRIMARY KEY (account_no, period_start)
);

COMMENT ON TABLE cis.account IS 'Who is served, where, and of which class';
COMMENT ON TABLE cis.meter IS 'Meters with their sizes in inches';
COMMENT ON TABLE cis.reading IS 'Readings in gallons, the new one as it was keyed in';

-- A number from 0 up to 1 that depends only on its arguments.
CREATE FUNCTION pg_temp.share(n integer, purpose text) RETURNS numeric
	LANGUAGE sql IMMUTABLE
	RETURN ('x' || substr(md5(n || purpose), 1, 7))::bit(28)::integer / 268435456.0;

-- The element of a list at a share of its length.
CREATE FUNCTION pg_temp.pick(list anyarray, share numeric) RETURNS anyelement
	LANGUAGE sql IMMUTABLE
	AS 'SELECT list[1 + floor(share * array_length(list, 1))::integer]';

-- Who each account is; class and size before anything is made dirty.
CREATE TEMPORARY TABLE customer AS
SELECT n, class, n % 997 AS kind, pg_temp.share(n, 'use') AS draw, pg_temp.share(n, 'within') AS within,
	CASE WHEN class = 'A8' OR (class <> 'A6' AND pg_temp.share(n, 'place') < 0.02) THEN 'outside' ELSE 'inside' END AS place,
	CASE class
		WHEN 'A2' THEN pg_temp.pick('{0.625,0.75,0.75,0.75,1,1,1,1.5,1.5,2,2,3,4}'::numeric[], pg_temp.share(n, 'size'))
		WHEN 'A3' THEN pg_temp.pick('{0.75,1,1.5,2,2,3,4,6}'::numeric[], pg_temp.share(n, 'size'))
		WHEN 'A4' THEN pg_temp.pick('{1.5,2,2,3,4}'::numeric[], pg_temp.share(n, 'size'))
		WHEN 'A5' THEN pg_temp.pick('{1,2,3,4,6,8}'::numeric[], pg_temp.share(n, 'size'))
		ELSE pg_temp.pick('{0.5,0.625,0.625,0.75,0.75,0.75,0.75,0.75,0.75,1}'::numeric[], pg_temp.share(n, 'size'))
	END AS size
FROM (
	SELECT n,
		CASE
			WHEN n = 1 THEN 'A1'
			WHEN share < 0.860 THEN 'A1'
			WHEN share < 0.945 THEN 'A2'
			WHEN share < 0.955 THEN 'A3'
			WHEN share < 0.960 THEN 'A4'
			WHEN share < 0.965 THEN 'A5'
			WHEN share < 0.967 THEN 'A6'
			WHEN share < 0.990 THEN 'A8'
			ELSE 'A9'
		END AS class
	FROM (SELECT n, pg_temp.share(n, 'class') AS share FROM generate_series(1, :accounts) AS n) AS a
) AS a;

INSERT INTO cis.account
SELECT lpad(c.n::text, 8, '0'),
	(100 + 4 * (c.n % 2200)) || ' ' || pg_temp.pick('{N Conway Ave,E 8th St,Bryan Rd,W Griffin Pkwy,Mayberry Rd,Los Ebanos Rd,
		Glasscock Rd,Inspiration Rd,Shary Rd,W Mile 2 Rd}'::text[], pg_temp.share(c.n, 'street')),
	CASE
		WHEN c.kind = 101 THEN ''
		WHEN c.kind = 202 THEN 'A7'
		WHEN pg_temp.share(c.n, 'case') < 0.05 THEN lower(c.class)
		ELSE c.class
	END,
	CASE WHEN pg_temp.share(c.n, 'case') < 0.5 THEN initcap(c.place) ELSE upper(c.place) END,
	CASE WHEN c.class = 'A6' THEN 'N' ELSE 'Y' END,
	CASE WHEN c.n > 1 AND c.class NOT IN ('A4', 'A6') AND pg_temp.share(c.n, 'sewer') < 0.08 THEN 'N' ELSE 'Y' END,
	CASE WHEN c.class IN ('A2', 'A3', 'A5') AND pg_temp.share(c.n, 'fire') < 0.15
		THEN pg_temp.pick('{2.5,4,6,8}'::numeric[], pg_temp.share(c.n, 'fire line')) END,
	CASE WHEN c.class = 'A4' AND c.n % 2 = 0 THEN 1 + c.n % 3 ELSE 0 END,
	CASE WHEN c.place = 'outside' OR c.class NOT IN ('A1', 'A3', 'A9') THEN 0
		WHEN c.n > 1 AND pg_temp.share(c.n, 'carts') < 0.12 THEN 2 ELSE 1 END
FROM customer AS c;

-- A customer of another water service provider has no working city meter.
INSERT INTO cis.meter
SELECT 'M' || lpad(c.n::text, 9, '0'), lpad(c.n::text, 8, '0'),
	CASE WHEN c.n = 1 THEN 0.75 WHEN c.kind = 303 THEN 1.25 ELSE c.size END,
	CASE WHEN c.class = 'A6' OR (c.n > 1 AND pg_temp.share(c.n, 'works') < 0.004) THEN 'N' ELSE 'Y' END
FROM customer AS c;

INSERT INTO cis.reading
SELECT lpad(u.n::text, 8, '0'), date '2025-10-01', u.previous,
	CASE
		WHEN u.kind = 404 THEN pg_temp.pick('{NULL," "}'::text[], u.within)
		WHEN u.kind = 505 THEN (u.previous - 1 - u.gallons)::text
		WHEN u.n % 3 = 0 THEN lpad((u.previous + u.gallons)::text, 10)
		ELSE (u.previous + u.gallons)::text
	END
FROM (
	SELECT c.n, c.kind, c.within, 1000000 + floor(pg_temp.share(c.n, 'previous') * 8000000) AS previous,
		floor(CASE
			WHEN c.n = 1 THEN 6000
			WHEN c.class = 'A9' THEN c.within * 300
			WHEN c.class IN ('A1', 'A6', 'A8') AND c.draw < 0.30 THEN 5000 * sqrt(c.within)
			WHEN c.class IN ('A1', 'A6', 'A8') AND c.draw < 0.67 THEN 5000 + c.within * 4001
			WHEN c.class IN ('A1', 'A6', 'A8') THEN 9001 + 31000 * c.within ^ 2
			ELSE 3000 * c.size * (0.2 + 8 * c.within ^ 3) * c.size
		END) AS gallons
	FROM customer AS c
) AS u;

DROP TABLE customer;
ANALYZE cis.account;
ANALYZE cis.meter;
ANALYZE cis.reading;
