# An upgrade arrives at the catalog of a fresh install, and keeps the rows of a
# city.  Before it, and where the library is the older one, nothing is rated.
#
# The parts in sql/ make the script of the latest version.  The scripts of
# published versions are kept in test/upgrade/; sql/ has a step from each to the
# one after it.  Every published version is upgraded to the latest.  Until there
# are two of them, and ever after, the latest is upgraded to one that is thrown
# away, made of what a step may contain, with a library that knows its columns
# and tables.
use strict;
use warnings;

use File::Copy qw(copy);
use File::Find;
use FindBin;
use PostgreSQL::Test::RecursiveCopy;
use PostgreSQL::Test::Utils;
use Server;
use Test::More;

# A copy of the private installation, in which scripts can be added and the
# library can be exchanged
my $conf = $ENV{MISSION_RATES_CONF} // '';
my $copy = PostgreSQL::Test::Utils::tempdir . '/inst';
my ($installed) = $conf =~ m{^extension_(?:destdir|control_path) = '([^':]*)}m;
plan skip_all => 'needs a private installation' unless $installed;
$installed =~ s{/inst/.*}{/inst};
PostgreSQL::Test::RecursiveCopy::copypath($installed, $copy);
$conf =~ s/\Q$installed\E/$copy/g;
my ($scripts, $library);
find(sub {
	$scripts = $File::Find::dir if $_ eq 'mission_rates.control';
	$library = $File::Find::name if $_ eq 'mission_rates.so';
}, $copy);
copy($library, "$copy/latest.so") or die "$library: $!";

# ---- versions ----

my ($latest) = slurp_file("$scripts/mission_rates.control") =~ /^default_version = '(.*)'/m;
my $script = slurp_file("$scripts/mission_rates--$latest.sql");
my @published;
foreach my $kept (sort glob("$FindBin::Bin/../upgrade/mission_rates--*.sql"))
{
	my ($version) = $kept =~ /--(.*)\.sql$/;
	if ($version eq $latest)
	{
		ok($script eq slurp_file($kept), "$version is published, and the parts in sql/ still make it");
		next;
	}
	push @published, $version;
	copy($kept, $scripts) or die "$kept: $!";
}

# A version that is thrown away: what its step adds, and what it changes in the
# script of the latest version
my $next = "$latest.thrown.away";
my $added = q{
CREATE TABLE mission_rates.remark (
	schedule text NOT NULL CONSTRAINT remark_pkey PRIMARY KEY,
	remark text NOT NULL DEFAULT ''
);
COMMENT ON TABLE mission_rates.remark IS 'Remarks';
SELECT pg_extension_config_dump('mission_rates.remark', $$WHERE schedule <> 'Ordinance 5244'$$);
DO $$
DECLARE
	t record;
BEGIN
	FOR t IN SELECT i.* FROM _mission_rates.installed_triggers() AS i WHERE i.relation = 'mission_rates.remark' LOOP
		EXECUTE t.definition;
		EXECUTE format('ALTER TABLE %s ENABLE %s TRIGGER %I', t.relation, CASE t.enabled WHEN 'A' THEN 'ALWAYS' END, t.name);
	END LOOP;
END $$;
GRANT SELECT ON mission_rates.remark TO PUBLIC;
CREATE FUNCTION mission_rates.answer() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE BEGIN ATOMIC SELECT 42; END;
COMMENT ON FUNCTION mission_rates.answer() IS 'The answer';
REVOKE EXECUTE ON FUNCTION mission_rates.answer() FROM PUBLIC;
};
# In the step; in the parts: what is there, and what takes its place
my @changes = (
	[ q{ALTER TABLE mission_rates.fee ADD COLUMN thrown_away text;},
		'CONSTRAINT fee_pkey PRIMARY KEY', 'thrown_away text, CONSTRAINT fee_pkey PRIMARY KEY' ],
	[ q{ALTER TABLE mission_rates.fee ADD CONSTRAINT fee_unit_no_comma CHECK (unit !~ ',');},
		'CONSTRAINT fee_unit_not_empty CHECK', q{CONSTRAINT fee_unit_no_comma CHECK (unit !~ ','), CONSTRAINT fee_unit_not_empty CHECK} ],
	[ q{ALTER TABLE mission_rates.fee DROP CONSTRAINT fee_unit_not_empty;},
		q{CONSTRAINT fee_unit_not_empty CHECK (unit <> ''),}, '' ],
	[ q{COMMENT ON TABLE mission_rates.fee IS 'Fees';}, "COMMENT ON TABLE mission_rates.fee IS\n'", "COMMENT ON TABLE mission_rates.fee IS 'Fees';--" ],
	[ q{ALTER TYPE mission_rates.deposit_category ADD VALUE 'church' BEFORE 'commercial';},
		'traveling_meter, commercial', 'traveling_meter, church, commercial' ],
	[ q{ALTER FUNCTION _mission_rates.rate_loads() COST 7;},
		'LANGUAGE C VOLATILE PARALLEL RESTRICTED;', 'LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 7;' ]);

# In the descriptor of the library, likewise
my @described = (
	[ '#define FEE_COLUMNS', qq{#define REMARK_COLUMNS(COLUMN) COLUMN(REMARK_SCHEDULE, "schedule", OF_TEXT, true)}
		. qq{ COLUMN(REMARK_REMARK, "remark", OF_TEXT, true)\n#define FEE_COLUMNS} ],
	[ "\n\n#define SERVICE_CHARGE_COLUMNS", qq{ COLUMN(FEE_THROWN_AWAY, "thrown_away", OF_TEXT, false)\n\n#define SERVICE_CHARGE_COLUMNS} ],
	[ 'TABLE(SERVICE_CHARGE, service_charge)', 'TABLE(SERVICE_CHARGE, service_charge) TABLE(REMARK, remark)' ]);

sub change
{
	my ($text, $from, $to) = @_;
	my $at = index($$text, $from);
	BAIL_OUT("not there: $from") if $at < 0;
	substr($$text, $at, length($from)) = $to;
	return;
}

sub write_next
{
	my ($full, $step) = ($script, '');
	foreach my $change (@changes)
	{
		my ($command, $from, $to) = @$change;
		change(\$full, $from, $to);
		$step .= "$command\n";
	}
	# A version that adds a label also tells that it ships it.
	my ($labels) = $full =~ /(CREATE FUNCTION _mission_rates\.shipped_labels.*?\n\$\$;\n)/s;
	$step .= $labels =~ s/CREATE FUNCTION/CREATE OR REPLACE FUNCTION/r;
	# Privileges and comments of all functions are the last part: additions follow.
	append_to_file("$scripts/mission_rates--$next.sql", $full . $added);
	append_to_file("$scripts/mission_rates--$latest--$next.sql",
		qq{\\echo Use "ALTER EXTENSION mission_rates UPDATE" to load this file. \\quit\n} . $added . $step);
	return;
}
write_next();

# Nothing is optimized: it is built for a few calls.
sub build_next
{
	my $sources = PostgreSQL::Test::Utils::tempdir . '/sources';
	mkdir $sources;
	system_or_bail('cp', '-R', map({ "$FindBin::Bin/../../$_" } qw(Makefile mission_rates.control sql src)), $sources);
	my $descriptor = slurp_file("$sources/src/tables/descriptor.h");
	change(\$descriptor, @$_) foreach @described;
	unlink "$sources/src/tables/descriptor.h";
	append_to_file("$sources/src/tables/descriptor.h", $descriptor);
	local %ENV = %ENV;
	delete @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL)};
	system_or_bail('make', '-s', '-j2', '-C', $sources, 'with_llvm=no', 'CFLAGS=-O0', 'mission_rates.so');
	copy("$sources/mission_rates.so", "$copy/next.so") or die "$sources: $!";
	return;
}
build_next();

# New sessions have this library, 'latest' or 'next'.
sub use_library
{
	my ($name) = @_;
	unlink $library;
	copy("$copy/$name.so", $library) or die "$library: $!";
	return;
}

$ENV{MISSION_RATES_CONF} = $conf;
my $node = new_server('main', 'client_min_messages = warning');

# ---- what is compared ----

# Every object of the extension by name, with all that can be said about it:
# definition, comment, owner, privileges (also as a dump sees them), and what
# belongs to it, such as columns, constraints and triggers with their state.
my $catalog = q{
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
		SELECT m.type, m.identity, 'function', concat_ws(' ', CASE WHEN p.prokind = 'a'
				THEN concat(p.oid::regprocedure, pg_get_function_arguments(p.oid), p.proparallel,
					(SELECT to_jsonb(a) - 'aggfnoid' FROM pg_aggregate AS a WHERE a.aggfnoid = p.oid))
				ELSE pg_get_functiondef(p.oid) END, p.proowner::regrole,
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

sub catalog_of { return $node->safe_psql($_[0], $catalog); }

# The tables of the extension with their columns
sub columns_of
{
	my ($db) = @_;
	return map { split /\|/ } split /\n/, $node->safe_psql($db, q{
		SELECT c.oid::regclass, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
		FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE c.relnamespace IN ('mission_rates'::regnamespace, '_mission_rates'::regnamespace) AND c.relkind = 'r'
		GROUP BY c.oid});
}

# The rows of those tables: the city's, or those that are shipped.  What names
# no schedule is the city's.
sub rows_of
{
	my ($db, $city, %columns) = @_;
	my @parts;
	foreach my $table (sort keys %columns)
	{
		my $shipped = $columns{$table} =~ /\bschedule\b/ ? q{schedule = 'Ordinance 5244'} : 'false';
		push @parts, "SELECT '$table ' || ROW($columns{$table})::text FROM $table WHERE "
			. ($city ? "NOT ($shipped)" : $shipped);
	}
	return $node->safe_psql($db, join(' UNION ALL ', @parts) . ' ORDER BY 1');
}

# ---- upgrades ----

# The fingerprint of the city's adopted schedule, the same in every version
my $fingerprint = '0' x 64;

# Rows of a city as a restore writes them, so that any version takes them: an
# adopted schedule with other rates, and a draft that lacks some rows.
sub make_city
{
	my ($db, $version) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $db");
	$node->safe_psql($db, "CREATE EXTENSION mission_rates VERSION '$version'");
	my %columns = columns_of($db);
	my $rows = "BEGIN;\nSET LOCAL session_replication_role = replica;\n";
	foreach my $table (grep { $columns{$_} =~ /^schedule\b/ } sort keys %columns)
	{
		foreach my $schedule ('Ordinance 6000', 'Draft')
		{
			my $values = $columns{$table} =~ s/^schedule/'$schedule'/r;
			$values =~ s/\beffective_from\b/effective_from + 365000/;
			$values =~ s/\b(effective_from \+ 365000|sealed_rows|fingerprint)/NULL/g if $schedule eq 'Draft';
			$rows .= "INSERT INTO $table ($columns{$table}) SELECT $values FROM $table"
				. " WHERE schedule = 'Ordinance 5244';\n";
		}
	}
	$node->safe_psql($db, $rows . qq{
		UPDATE mission_rates.fee SET amount = amount + 1 WHERE schedule = 'Ordinance 6000';
		DELETE FROM mission_rates.water_tap WHERE schedule = 'Draft';
		UPDATE mission_rates.schedule SET fingerprint = '$fingerprint' WHERE schedule = 'Ordinance 6000';
		COMMIT;
	});
	return;
}

# What is refused while library and tables are of different versions
my @calls = map { "SELECT * FROM mission_rates.$_" } (
	q{water_charge('A1', '3/4', 6000, service_date => '2024-01-01')},
	q{bill('A1', '3/4', 6000, schedule => 'Draft')},
	q{billing_problem('A1', '3/4', 6000, service_date => '2024-01-01')},
	q{fee('boring')},
	q{account_total((SELECT a FROM (SELECT 'A1' AS class, '3/4' AS meter, 6000 AS gallons, 'inside' AS area, date '2024-01-01' AS service_date) AS a))},
	q{explain_amount(40.45, service_date => '2024-01-01')},
	q{rate_sheet(schedule => 'Ordinance 5244')},
	q{compare_schedules('Ordinance 5244', 'Ordinance 6000')},
	q{check_schedule('Ordinance 5244')},
	q{schedule_fingerprint('Ordinance 5244')},
	q{schedule_document('Ordinance 5244')},
	q{draft_schedule('Other')},
	q{scale_schedule('Draft', 6)},
	q{adopt_schedule('Draft', '3200-01-01')},
	q{withdraw_schedule('Ordinance 6000')},
	q{drop_draft('Draft')});

sub check_refused
{
	my ($db, $name) = @_;
	foreach my $call (@calls)
	{
		my $error;
		$node->psql($db, "\\set VERBOSITY verbose\n$call", stderr => \$error);
		like($error, qr/^psql:\S* ERROR:  55000: .*^HINT:  Run ALTER EXTENSION mission_rates UPDATE\.$/ms, "$name: $call");
	}
	return;
}

sub check_upgrade
{
	my ($from, $to) = @_;
	my $path = "$from to $to";
	make_city('upgraded', $from);
	my %columns = columns_of('upgraded');
	my $city = rows_of('upgraded', 1, %columns);
	check_refused('upgraded', "the library of $to, the tables of $from") if $to eq $next;
	$node->safe_psql('upgraded', "ALTER EXTENSION mission_rates UPDATE TO '$to'");
	$node->safe_psql('postgres', 'CREATE DATABASE fresh');
	$node->safe_psql('fresh', "CREATE EXTENSION mission_rates VERSION '$to'");

	is(catalog_of('upgraded'), catalog_of('fresh'), "$path: the catalog of a fresh install");
	my %now = columns_of('fresh');
	is(rows_of('upgraded', 0, %now), rows_of('fresh', 0, %now), "$path: the shipped rows of a fresh install");
	is(rows_of('upgraded', 1, %columns), $city, "$path: the rows of the city are kept");
	is($node->safe_psql('upgraded', q{SELECT mission_rates.fee('boring', service_date => '3100-01-01')}), '13.00',
		"$path: the rates of the city are in force");
	isnt($node->psql('upgraded', q{UPDATE mission_rates.fee SET amount = 0 WHERE schedule = 'Ordinance 6000'}),
		0, "$path: they are guarded");
	is($node->safe_psql('upgraded', q{SELECT test, expected, actual FROM mission_rates.self_test()
		WHERE passed IS NOT TRUE AND test <> 'adopted schedules that are not in the log'}),
		'', "$path: self_test() finds nothing");
	$node->safe_psql('postgres', "DROP DATABASE $_") foreach ('upgraded', 'fresh');
	return;
}

make_city('probe', $latest);
$fingerprint = $node->safe_psql('probe', q{SELECT mission_rates.schedule_fingerprint('Ordinance 6000')});
foreach my $from (@published)
{
	is($node->safe_psql('postgres', qq{SELECT path IS NOT NULL FROM pg_extension_update_paths('mission_rates')
		WHERE source = '$from' AND target = '$latest'}), 't', "there is a way from $from to $latest");
	check_upgrade($from, $latest);
}
use_library('next');
check_upgrade($latest, $next);
$node->safe_psql('postgres', 'CREATE DATABASE newer');
$node->safe_psql('newer', "CREATE EXTENSION mission_rates VERSION '$next'");
use_library('latest');
check_refused('newer', "the library of $latest, the tables of $next");

# ---- the comparison notices what a step might forget ----

my $whole = catalog_of('probe');
my @shipped_columns = columns_of('probe');
my $shipped = rows_of('probe', 0, @shipped_columns);
foreach my $change (
	q{COMMENT ON FUNCTION mission_rates.rate_sheet(date, text) IS NULL},
	q{COMMENT ON COLUMN mission_rates.bill_line.rate IS 'x'},
	q{COMMENT ON TRIGGER _end_statement ON mission_rates.fee IS NULL},
	q{COMMENT ON CONSTRAINT fee_pkey ON mission_rates.fee IS NULL},
	q{COMMENT ON CONSTRAINT fee_amount_range ON mission_rates.fee IS NULL},
	q{ALTER TABLE mission_rates.fee ENABLE TRIGGER _end_statement},
	q{ALTER TABLE mission_rates.fee DISABLE TRIGGER _guard_rows},
	q{DROP TRIGGER _guard_truncate ON mission_rates.deposit},
	q{ALTER TABLE mission_rates.fee DROP CONSTRAINT fee_code_not_reserved},
	q{ALTER TABLE mission_rates.fee ALTER COLUMN unit SET DEFAULT 'each'},
	q{ALTER TABLE mission_rates.fee ALTER COLUMN label DROP NOT NULL},
	q{ALTER TABLE mission_rates.fee ADD COLUMN thrown_away text},
	q{CREATE INDEX ON mission_rates.fee (amount)},
	q{REVOKE SELECT ON mission_rates.fee FROM PUBLIC},
	q{REVOKE USAGE ON SCHEMA mission_rates FROM PUBLIC},
	q{GRANT EXECUTE ON FUNCTION _mission_rates.guard_truncate() TO PUBLIC},
	q{ALTER FUNCTION _mission_rates.rate_loads() COST 99},
	q{ALTER FUNCTION _mission_rates.rate_loads() PARALLEL SAFE},
	q{ALTER FUNCTION mission_rates.check_schedule(text) RESET ALL},
	q{ALTER TABLE mission_rates.fee ALTER amount SET DEFAULT 0},
	q{ALTER TYPE mission_rates.rate_group RENAME VALUE 'commercial' TO 'business'},
	q{ALTER EXTENSION mission_rates DROP FUNCTION _mission_rates.rate_loads()},
	q{ALTER TABLE mission_rates.fee ENABLE ROW LEVEL SECURITY},
	q{UPDATE pg_extension SET extcondition[6] = '' WHERE extname = 'mission_rates'})
{
	my $seen = $node->safe_psql('probe', "BEGIN;\n$change;\n$catalog;\nROLLBACK;");
	isnt($seen, $whole, "noticed: $change");
}
is(catalog_of('probe'), $whole, 'all of it was taken back');
isnt($node->safe_psql('probe', q{SET session_replication_role = replica;
		UPDATE mission_rates.fee SET amount = 13 WHERE code = 'boring'}) . rows_of('probe', 0, @shipped_columns), $shipped,
	'noticed: another rate');

$node->stop;
done_testing();
