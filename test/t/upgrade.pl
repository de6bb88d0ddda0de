# An upgrade arrives at the catalogue of a fresh install, and keeps the city's
# rows.  Version 1.0 is frozen: every later one is 1.0 and a script for each
# step.  All versions that are there are tried, and one more that is thrown
# away, made of what a step may contain.
use strict;
use warnings;

use File::Find;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::RecursiveCopy;
use PostgreSQL::Test::Utils;
use Test::More;

# A copy of the private installation, in which a script can be added
my $conf = $ENV{MISSION_RATES_CONF} // '';
my $copy = PostgreSQL::Test::Utils::tempdir . '/inst';
my ($installed) = $conf =~ m{^extension_(?:destdir|control_path) = '([^':]*)}m;
plan skip_all => 'needs a private installation' unless $installed;
$installed =~ s{/inst/.*}{/inst};
PostgreSQL::Test::RecursiveCopy::copypath($installed, $copy);
$conf =~ s/\Q$installed\E/$copy/g;
my $scripts;
find(sub { $scripts = $File::Find::dir if $_ eq 'mission_rates.control' }, $copy);

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "$conf\nfsync = off\nclient_min_messages = warning\n");
$node->start;

# ---- what is compared ----

# Every object of the extension by name, with all that can be said about it:
# definition, comment, owner, privileges (also as a dump sees them), and what
# belongs to it, such as columns, constraints and triggers with their state.
my $catalogue = q{
	WITH member AS (
		SELECT d.classid, d.objid, i.type, i.identity
		FROM pg_depend AS d, pg_extension AS e, pg_identify_object(d.classid, d.objid, 0) AS i
		WHERE d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'mission_rates'
			AND d.deptype = 'e'
	), fact AS (
		SELECT m.type, m.identity, 'comment' AS kind, obj_description(m.objid, m.classid::regclass::name) AS fact
		FROM member AS m
		UNION ALL
		SELECT m.type, m.identity, 'initial privileges ' || i.objsubid,
			(SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(i.initprivs) AS a)
		FROM member AS m JOIN pg_init_privs AS i ON i.classoid = m.classid AND i.objoid = m.objid
		UNION ALL
		SELECT m.type, m.identity, 'schema', concat_ws(' ', n.nspowner::regrole,
			(SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(n.nspacl) AS a))
		FROM member AS m JOIN pg_namespace AS n ON n.oid = m.objid AND m.classid = 'pg_namespace'::regclass
		UNION ALL
		SELECT m.type, m.identity, 'function', concat_ws(' ', pg_get_functiondef(p.oid), p.proowner::regrole,
			(SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(p.proacl) AS a))
		FROM member AS m JOIN pg_proc AS p ON p.oid = m.objid AND m.classid = 'pg_proc'::regclass
		UNION ALL
		SELECT m.type, m.identity, 'type', concat_ws(' ', t.typtype, t.typcategory, t.typnotnull, t.typbasetype::regtype,
			t.typdefault, t.typowner::regrole,
			(SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(t.typacl) AS a),
			(SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum AS e WHERE e.enumtypid = t.oid))
		FROM member AS m JOIN pg_type AS t ON t.oid = m.objid AND m.classid = 'pg_type'::regclass
		UNION ALL
		SELECT m.type, m.identity, 'relation', concat_ws(' ', c.relkind, c.relpersistence, c.relowner::regrole,
			c.relrowsecurity, c.relforcerowsecurity, c.relreplident, c.reloptions,
			(SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(c.relacl) AS a))
		FROM member AS m JOIN pg_class AS c ON c.oid = m.objid AND m.classid = 'pg_class'::regclass
		UNION ALL
		SELECT m.type, m.identity, 'column ' || a.attnum, concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
			a.attnotnull, a.attcollation::regcollation, a.attstattarget, a.attstorage, a.attacl,
			pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum))
		FROM member AS m JOIN pg_class AS c ON c.oid = m.objid AND m.classid = 'pg_class'::regclass
			OR m.classid = 'pg_type'::regclass AND c.reltype = m.objid AND c.relkind = 'c'
		JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
		LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		UNION ALL
		SELECT m.type, m.identity, 'constraint ' || k.conname, concat_ws(' ', pg_get_constraintdef(k.oid),
			k.convalidated, obj_description(k.oid, 'pg_constraint'))
		FROM member AS m JOIN pg_constraint AS k ON m.classid = 'pg_class'::regclass AND k.conrelid = m.objid
			OR m.classid = 'pg_type'::regclass AND k.contypid = m.objid
		UNION ALL
		SELECT m.type, m.identity, 'index', concat_ws(' ', pg_get_indexdef(x.indexrelid), x.indisclustered)
		FROM member AS m JOIN pg_index AS x ON x.indrelid = m.objid AND m.classid = 'pg_class'::regclass
		UNION ALL
		SELECT m.type, m.identity, 'trigger ' || t.tgname, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled,
			obj_description(t.oid, 'pg_trigger'))
		FROM member AS m JOIN pg_trigger AS t ON t.tgrelid = m.objid AND m.classid = 'pg_class'::regclass
			AND NOT t.tgisinternal
		UNION ALL
		SELECT m.type, m.identity, 'rule ' || r.rulename, pg_get_ruledef(r.oid)
		FROM member AS m JOIN pg_rewrite AS r ON r.ev_class = m.objid AND m.classid = 'pg_class'::regclass
		UNION ALL
		SELECT m.type, m.identity, 'policy ' || p.polname, concat_ws(' ', p.polcmd, pg_get_expr(p.polqual, p.polrelid))
		FROM member AS m JOIN pg_policy AS p ON p.polrelid = m.objid AND m.classid = 'pg_class'::regclass
		UNION ALL
		SELECT 'extension', e.extname, 'itself', concat_ws(' ', e.extversion, e.extnamespace::regnamespace,
			e.extrelocatable, obj_description(e.oid, 'pg_extension'))
		FROM pg_extension AS e WHERE e.extname = 'mission_rates'
		UNION ALL
		SELECT 'extension', e.extname, 'dumped table ' || c.relation::regclass, e.extcondition[c.n]
		FROM pg_extension AS e, unnest(e.extconfig) WITH ORDINALITY AS c (relation, n) WHERE e.extname = 'mission_rates'
	)
	SELECT concat_ws('|', f.type, f.identity, f.kind, f.fact) FROM fact AS f ORDER BY 1
};

sub catalogue_of { return $node->safe_psql($_[0], $catalogue); }

# The rows of every table of the extension, but for the random token; the city's
# where $city, else those that are shipped
sub rows_of
{
	my ($db, $city) = @_;
	my @tables = split /\n/, $node->safe_psql($db, q{SELECT c.relname FROM pg_class AS c
		WHERE c.relnamespace = 'mission_rates'::regnamespace AND c.relkind = 'r' AND c.relname <> '_rate_token'
		ORDER BY 1});
	my $where = $city ? q{<> 'Ordinance 5244'} : q{= 'Ordinance 5244'};
	return $node->safe_psql($db, join(' UNION ALL ',
			map { "SELECT '$_ ' || r::text FROM mission_rates.$_ AS r WHERE r.schedule $where" } @tables) . ' ORDER BY 1');
}

# ---- a step that is thrown away ----

my ($last) = slurp_file("$scripts/mission_rates.control") =~ /^default_version = '(.*)'/m;
my $next = "$last.1";
append_to_file("$scripts/mission_rates--$last--$next.sql", q{
\echo Use "ALTER EXTENSION mission_rates UPDATE" to load this file. \quit
CREATE TABLE mission_rates.remark (
	schedule text NOT NULL CONSTRAINT remark_pkey PRIMARY KEY,
	remark text NOT NULL DEFAULT ''
);
COMMENT ON TABLE mission_rates.remark IS 'Remarks';
INSERT INTO mission_rates.remark VALUES ('Ordinance 5244', 'shipped with the step');
SELECT pg_extension_config_dump('mission_rates.remark', $$WHERE schedule <> 'Ordinance 5244'$$);
CREATE TRIGGER "1_guard_rows" BEFORE INSERT OR UPDATE OR DELETE ON mission_rates.remark
	FOR EACH ROW EXECUTE FUNCTION mission_rates._guard_rate_rows();
GRANT SELECT ON mission_rates.remark TO PUBLIC;
ALTER TABLE mission_rates.fee ADD COLUMN note text;
COMMENT ON COLUMN mission_rates.fee.note IS 'A note';
ALTER TABLE mission_rates.fee ADD CONSTRAINT fee_note_not_empty CHECK (note <> '');
CREATE FUNCTION mission_rates.answer() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT 42';
COMMENT ON FUNCTION mission_rates.answer() IS 'The answer';
REVOKE EXECUTE ON FUNCTION mission_rates.answer() FROM PUBLIC;
ALTER TYPE mission_rates.deposit_category ADD VALUE 'church';
ALTER FUNCTION mission_rates.rate_loads() COST 7;
});

# ---- upgrades ----

# Rows of the city's own: an adopted schedule, a draft, and the rights of a clerk
sub make_city
{
	my ($db, $version) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $db");
	$node->safe_psql($db, "CREATE EXTENSION mission_rates VERSION '$version'");
	$node->safe_psql($db, q{
		SELECT mission_rates.draft_schedule('Ordinance 6000');
		UPDATE mission_rates.fee SET amount = amount + 1 WHERE schedule = 'Ordinance 6000';
		SELECT mission_rates.adopt_schedule('Ordinance 6000', '2999-01-01', accept_warnings => true);
		SELECT mission_rates.draft_schedule('Draft');
		DELETE FROM mission_rates.water_tap WHERE schedule = 'Draft';
	});
	return;
}

my @paths = split /\n/, $node->safe_psql('postgres', q{
	SELECT source || ' ' || target FROM pg_extension_update_paths('mission_rates')
	WHERE source = '1.0' AND path IS NOT NULL ORDER BY 1
});
ok((grep { $_ eq "1.0 $next" } @paths), 'there is a way from 1.0 to the version that is thrown away');

foreach my $path (@paths)
{
	my ($from, $to) = split / /, $path;
	make_city('upgraded', $from);
	my $city = rows_of('upgraded', 1);
	my $adopted = q{SELECT mission_rates.fee('boring', service_date => '2999-01-01')};
	is($node->safe_psql('upgraded', $adopted), '13.00', "$path: the city's rates");
	$node->safe_psql('upgraded', "ALTER EXTENSION mission_rates UPDATE TO '$to'");

	$node->safe_psql('postgres', 'CREATE DATABASE fresh');
	$node->safe_psql('fresh', "CREATE EXTENSION mission_rates VERSION '$to'");
	is(catalogue_of('upgraded'), catalogue_of('fresh'), "$path: the catalogue of a fresh install");
	is(rows_of('upgraded', 0), rows_of('fresh', 0), "$path: the shipped rows of a fresh install");
	$node->safe_psql('upgraded', 'ALTER TABLE mission_rates.fee DROP COLUMN note') if $to eq $next;
	is(rows_of('upgraded', 1), $city, "$path: the city's rows are kept");
	is($node->safe_psql('upgraded', $adopted), '13.00', "$path: the city's rates go on");
	isnt($node->psql('upgraded', q{UPDATE mission_rates.fee SET amount = 0 WHERE schedule = 'Ordinance 6000'}),
		0, "$path: they are guarded");
	$node->safe_psql('postgres', "DROP DATABASE $_") foreach ('upgraded', 'fresh');
}

# ---- the comparison notices what a step might forget ----

$node->safe_psql('postgres', 'CREATE DATABASE probe');
$node->safe_psql('probe', 'CREATE EXTENSION mission_rates');
my $whole = catalogue_of('probe');
my $shipped = rows_of('probe', 0);
foreach my $change (
	q{COMMENT ON FUNCTION mission_rates.bill_total(mission_rates.customer_class, mission_rates.meter_size, bigint,
		mission_rates.service_area, boolean, boolean, boolean, bigint, numeric, integer, date, text) IS NULL},
	q{COMMENT ON COLUMN mission_rates.bill_line.rate IS 'x'},
	q{COMMENT ON TRIGGER "0_token_row" ON mission_rates.fee IS NULL},
	q{COMMENT ON CONSTRAINT fee_pkey ON mission_rates.fee IS NULL},
	q{COMMENT ON CONSTRAINT rate_value_range ON DOMAIN mission_rates.rate_value IS NULL},
	q{ALTER TABLE mission_rates.fee ENABLE TRIGGER "0_token_row"},
	q{ALTER TABLE mission_rates.fee DISABLE TRIGGER "1_guard_rows"},
	q{DROP TRIGGER "1_guard_truncate" ON mission_rates.deposit},
	q{ALTER TABLE mission_rates.fee DROP CONSTRAINT fee_code_not_reserved},
	q{ALTER TABLE mission_rates.fee ALTER COLUMN unit SET DEFAULT 'each'},
	q{ALTER TABLE mission_rates.fee ALTER COLUMN label DROP NOT NULL},
	q{ALTER TABLE mission_rates.fee ADD COLUMN note text},
	q{CREATE INDEX ON mission_rates.fee (amount)},
	q{REVOKE SELECT ON mission_rates.fee FROM PUBLIC},
	q{REVOKE USAGE ON SCHEMA mission_rates FROM PUBLIC},
	q{GRANT EXECUTE ON FUNCTION mission_rates._guard_truncate() TO PUBLIC},
	q{ALTER FUNCTION mission_rates.rate_loads() COST 99},
	q{ALTER FUNCTION mission_rates.rate_loads() PARALLEL SAFE},
	q{ALTER FUNCTION mission_rates.rate_sheet(date, text) RESET ALL},
	q{ALTER DOMAIN mission_rates.rate_value SET DEFAULT 0},
	q{ALTER TYPE mission_rates.rate_group RENAME VALUE 'commercial' TO 'business'},
	q{ALTER EXTENSION mission_rates DROP FUNCTION mission_rates.rate_loads()},
	q{ALTER TABLE mission_rates.fee ENABLE ROW LEVEL SECURITY},
	q{UPDATE pg_extension SET extcondition[6] = '' WHERE extname = 'mission_rates'})
{
	my $seen = $node->safe_psql('probe', "BEGIN;\n$change;\n$catalogue;\nROLLBACK;");
	isnt($seen, $whole, "noticed: $change");
}
is(catalogue_of('probe'), $whole, 'all of it was taken back');
isnt($node->safe_psql('probe', q{SET session_replication_role = replica;
		UPDATE mission_rates.fee SET amount = 13 WHERE code = 'boring'}) . rows_of('probe', 0), $shipped,
	'noticed: another rate');

$node->stop;
done_testing();
