/* mission_rates--1.0.sql */

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION mission_rates" to load this file. \quit

-- The script makes its schema itself: so the schema belongs to the extension,
-- and one of that name made by somebody else stops the install.
CREATE SCHEMA mission_rates;

COMMENT ON SCHEMA mission_rates IS
'Utility rates of the City of Mission, Texas: rate tables by schedule, and functions that rate every charge of Ordinance 5244';
