# A fingerprint is the same wherever the rates are the same: in databases of other encodings and locales, after a dump
# and restore between them, and on a standby.  self_test passes in each.  The extension is installed in every encoding.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Server;
use Test::More;

my $node = new_server('main', 'client_min_messages = error', allows_streaming => 1);
my $files = PostgreSQL::Test::Utils::tempdir;

my %databases = (utf8 => 'UTF8', latin1 => 'LATIN1', latin9 => 'LATIN9', bytes => 'SQL_ASCII');
foreach my $db (sort keys %databases)
{
	$node->safe_psql('postgres', "CREATE DATABASE $db TEMPLATE template0 ENCODING '$databases{$db}' LOCALE 'C'");
	$node->safe_psql($db, 'CREATE EXTENSION mission_rates');
}

# Rates with letters that the encodings write differently
sub make_rates
{
	my ($db) = @_;
	$node->safe_psql($db, q{
		SET client_encoding = 'UTF8';
		SELECT mission_rates.draft_schedule('Ordonnance été', 'Ordinance 5244');
		UPDATE mission_rates.fee SET label = 'Tapa de caja, año ' || code WHERE schedule = 'Ordonnance été';
		SELECT mission_rates.adopt_schedule('Ordonnance été', '2999-01-01', accept_warnings => true);
	});
	return;
}

sub fingerprints
{
	my ($on, $db) = @_;
	return $on->safe_psql($db, q{SET client_encoding = 'SQL_ASCII';
		SELECT count(*), string_agg(mission_rates.schedule_fingerprint(schedule), ' ' ORDER BY effective_from),
			bool_and(mission_rates.schedule_fingerprint(schedule) = fingerprint) FROM mission_rates.schedule});
}

sub failed
{
	my ($on, $db) = @_;
	return $on->safe_psql($db, 'SELECT test, actual FROM mission_rates.self_test() WHERE passed IS NOT TRUE');
}

is(failed($node, $_), '', "$_: self_test") foreach sort keys %databases;
make_rates($_) foreach qw(utf8 latin1 latin9);
my $wanted = fingerprints($node, 'utf8');
like($wanted, qr/^2\|[0-9a-f]{64} [0-9a-f]{64}\|t$/, 'two schedules, as they were adopted');
is(fingerprints($node, $_), $wanted, "the same in $databases{$_}") foreach qw(latin1 latin9);

# From one encoding to another
foreach my $way ([ 'utf8', 'LATIN1' ], [ 'latin1', 'UTF8' ])
{
	my ($from, $encoding) = @$way;
	my $to = "from_$from";
	$node->safe_psql('postgres', "CREATE DATABASE $to TEMPLATE template0 ENCODING '$encoding' LOCALE 'C'");
	command_ok([ 'pg_dump', '-Fc', '-f', "$files/$from.dump", '-d', $node->connstr($from) ], "$from: dump");
	command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr($to), "$files/$from.dump" ], "$from: restore into $encoding");
	is(fingerprints($node, $to), $wanted, "$from: the same");
	is(failed($node, $to), '', "$from: self_test");
}

# Every encoding that a server may have; MULE_INTERNAL, which the server cannot convert to UTF-8, is none for fingerprints.
# One database has them in turn: what is in a new one is ASCII, which is the same in each.
$node->safe_psql('postgres', q{CREATE DATABASE probe TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'});
foreach my $encoding (split /\n/, $node->safe_psql('postgres', q{
	SELECT pg_encoding_to_char(n) FROM generate_series(0, 34) AS n
	WHERE pg_encoding_to_char(n) NOT IN ('', 'MULE_INTERNAL')}))
{
	$node->safe_psql('postgres', "UPDATE pg_database SET encoding = pg_char_to_encoding('$encoding') WHERE datname = 'probe'");
	my (undef, $answer, $error) = $node->psql('probe', q{BEGIN; CREATE EXTENSION mission_rates; SHOW server_encoding;
		SELECT mission_rates.bill_total('A1', '3/4', 6000, schedule => 'Ordinance 5244'); ROLLBACK});
	is("$answer$error", "$encoding\n40.45", "$encoding: a bill");
}

# Strings as before version 9.1
$node->safe_psql('postgres', $_) foreach 'DROP DATABASE probe', 'CREATE DATABASE probe';
SKIP:
{
	my ($status) = $node->psql('postgres', 'ALTER DATABASE probe SET standard_conforming_strings = off');
	skip 'this server has no other strings', 3 if $status != 0;
	$node->safe_psql('probe', 'CREATE EXTENSION mission_rates');
	is(failed($node, 'probe'), '', 'standard_conforming_strings off: self_test');
	make_rates('probe');
	is(fingerprints($node, 'probe'), $wanted, 'standard_conforming_strings off: the same');
	is($node->safe_psql('probe', q{SELECT mission_rates.draft_from_document(mission_rates.schedule_document('Ordinance 5244'), 'Copy');
		SELECT count(*) FROM mission_rates.check_schedule('Copy');
		SELECT count(*) > 50 FROM mission_rates.scale_schedule('Copy', 5)}), "Copy\n0\nt", 'standard_conforming_strings off: a document');
}

# On a standby
$node->backup('backup');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'backup', has_streaming => 1);
$standby->start;
is(fingerprints($standby, 'utf8'), $wanted, 'standby: the same');
is(failed($standby, 'utf8'), '', 'standby: self_test');
is($standby->safe_psql('utf8', q{SELECT count(*) FROM mission_rates.check_schedule('Ordinance 5244')}), '0', 'standby: check_schedule');

$standby->stop;
$node->stop;
done_testing();
