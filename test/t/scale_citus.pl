# The chapter of doc/scale.md on Citus, as its statements stand there: a
# coordinator and two workers.  Left out where the library of Citus is not
# installed.
use strict;
use warnings;

use Page;
use Server;
use Test::More;

my $control = `pg_config --sharedir`;
chomp $control;
plan skip_all => 'the library of Citus is not installed' unless -e "$control/extension/citus.control";

sub new_node
{
	my ($name) = @_;
	my $node = new_server($name, q(
fsync = off
shared_preload_libraries = 'citus'
listen_addresses = '127.0.0.1'
citus.node_conninfo = 'sslmode=disable'
max_connections = 100
max_prepared_transactions = 200
citus.shard_count = 8
), allows_streaming => 'logical');
	$node->safe_psql('postgres', 'CREATE DATABASE city');
	$node->safe_psql('city', 'CREATE EXTENSION citus');
	return $node;
}

my ($coordinator, @workers) = map { new_node($_) } qw(coordinator worker1 worker2);
$coordinator->safe_psql('city', "SELECT citus_set_coordinator_host('127.0.0.1', " . $coordinator->port . ")");
$coordinator->safe_psql('city', "SELECT citus_add_node('127.0.0.1', " . $_->port . ")") foreach @workers;

my $effective = $coordinator->safe_psql('city', 'SELECT current_date + 400');
my %places = (citus => [ [ $coordinator, { effective => $effective } ] ]);
my @blocks = grep { $_->{language} eq 'text' || defined $_->{place} } Page::chapter('doc/scale.md', 'Citus');
my ($sums) = grep { $blocks[$_]{text} =~ /FROM cis\.charges/ } 0 .. $#blocks;
my ($change) = grep { $blocks[$_]{text} =~ /draft_from_document/ } 0 .. $#blocks;
my ($compare) = grep { $blocks[$_]{text} =~ /FROM cis\.node_differs/ } 0 .. $#blocks;
my ($fill) = grep { $blocks[$_]{text} =~ /^INSERT INTO cis\.bill_line/ } 0 .. $#blocks;

Page::run_chapter(\%places, @blocks[ 0 .. $sums - 1 ]);
is($_->safe_psql('city', "SELECT count(*) FROM pg_extension WHERE extname = 'mission_rates'"), 1, $_->name . ' has the extension')
  foreach @workers;

my $accounts = q(SELECT n AS account_no, (ARRAY['A1', 'A2', 'A3', 'A1', 'A7'])[1 + n % 5] AS class,
	(ARRAY[0.75, 1, 2])[1 + n % 3] AS meter, n * 10 AS gallons, 'inside' AS area, date '2026-09-01' + n % 2 * 30 AS service_date
	FROM generate_series(1, 3000) AS n);
$coordinator->safe_psql('city', "INSERT INTO cis.account $accounts; CREATE TABLE cis.whole AS $accounts");

# ---- the shards rate, and the sums are right ----

Page::run_chapter(\%places, @blocks[ $sums, $sums + 1 ]);
(my $query = $blocks[$sums]{text}) =~ s/;\s*$//;
my $local = $query =~ s/FROM cis\.charges/FROM (SELECT a.account_no, a.service_date, a.class, a.gallons, c.problem_code,
	c.water_minimum + c.water_volume AS water, c.sewer_fixed + c.sewer_volume + c.sewer_flat AS sewer, c.total
	FROM cis.whole AS a CROSS JOIN LATERAL mission_rates.account_charges(a) AS c) AS charges/r;
is($coordinator->safe_psql('city', $query), $coordinator->safe_psql('city', $local), 'the sums are those of one table');

my $plan = $coordinator->safe_psql('city', "SET citus.explain_all_tasks = on; EXPLAIN (VERBOSE, COSTS OFF) $query");
my $tasks = () = $plan =~ /mission_rates\.account_charges/g;
cmp_ok($tasks, '>=', 8, 'every shard rates its accounts');
is( $coordinator->safe_psql('city', q(SELECT count(*), sum(b.amount)
	FROM cis.account AS a CROSS JOIN LATERAL mission_rates.account_bill(a) AS b)),
	$coordinator->safe_psql('city', q(SELECT count(*), sum(b.amount)
	FROM cis.whole AS a CROSS JOIN LATERAL mission_rates.account_bill(a) AS b)),
	'lines come from the shards');
is( $coordinator->safe_psql('city', q(SELECT sum((r).bills), sum((r).total)
	FROM (SELECT account_no, mission_rates.account_revenue(a) AS r FROM cis.account AS a GROUP BY account_no) AS t)),
	$coordinator->safe_psql('city', q(SELECT (r).bills, (r).total
	FROM (SELECT mission_rates.account_revenue(a) AS r FROM cis.whole AS a) AS t)),
	'account_revenue, grouped by the distribution column');

# Over all accounts it is refused, or right where Citus pulls the rows; never the sum of a part.
my ($status, $sum, $refusal) = $coordinator->psql('city',
	'SELECT (r).total FROM (SELECT mission_rates.account_revenue(a) AS r FROM cis.account AS a) AS t');
my $right = $coordinator->safe_psql('city', 'SELECT sum(mission_rates.account_total(a)) FROM cis.whole AS a');
ok($status == 0 ? $sum eq $right : $refusal =~ /could not confirm type correctness|type record/, 'account_revenue over all shards');

# ---- a table, wherever the function stands ----

foreach my $query (
	'SELECT sum(mission_rates.account_total(a)) FROM %s AS a',
	'SELECT class, count(*) FROM %s AS a WHERE mission_rates.account_total(a) > 50 GROUP BY class ORDER BY class',
	'SELECT account_no, mission_rates.account_problem(a), mission_rates.account_total(a) FROM %s AS a WHERE account_no < 10 ORDER BY account_no',
	'SELECT sum((mission_rates.account_charges(a)).total) FROM %s AS a',
	'SELECT p.problem_code, count(*) FROM %s AS a, mission_rates.account_problems(a) AS p GROUP BY p.problem_code')
{
	is($coordinator->safe_psql('city', sprintf($query, 'cis.account')), $coordinator->safe_psql('city', sprintf($query, 'cis.whole')), $query =~ s/%s/cis.account/r);
}

# ---- subqueries ----

my $renamed = '(SELECT account_no, class, meter, gallons, area, service_date FROM cis.account) AS t';
$coordinator->psql('city', "SELECT sum(mission_rates.account_total(t)) FROM $renamed", stderr => \$refusal);
like($refusal, qr/row of accounts has no column "class"/, 'a scalar function over a subquery fails as the page says');
is($coordinator->safe_psql('city', "SELECT sum(b.total) FROM $renamed CROSS JOIN LATERAL mission_rates.account_total(t) AS b (total)"),
	$right, 'beside it, it is right');

# ---- the ledger ----

Page::run_chapter(\%places, @blocks[ $fill - 1, $fill ]);
my $lines = 'SELECT count(*), sum(amount) FROM cis.bill_line';
my $expected = $coordinator->safe_psql('city', q(SELECT count(*), sum(b.amount) FROM cis.whole AS a
	CROSS JOIN LATERAL mission_rates.account_bill(a) AS b WHERE a.service_date = '2026-10-01' AND b.service <> 'problem'));
is($coordinator->safe_psql('city', $lines), $expected, 'the ledger has the lines of one table');
Page::run_chapter(\%places, $blocks[$fill]);
is($coordinator->safe_psql('city', $lines), $expected, 'and no more of them after a second run');
unlike($coordinator->safe_psql('city', "EXPLAIN (COSTS OFF) $blocks[$fill]{text}"), qr/INSERT\/SELECT method/, 'the INSERT is pushed down as a whole');

# ---- a rate change ----

my $worker = sub { return '127.0.0.1:' . $workers[ $_[0] ]->port; };
Page::run_chapter(\%places, @blocks[ $change .. $compare - 1 ]);
my $differs = sub { return $coordinator->safe_psql('city', $blocks[$compare]{text}); };
is($differs->(), '', 'all three nodes are alike');
my $beside = "CROSS JOIN LATERAL mission_rates.account_total(a, 'Ordinance 6000') AS b (total)";
is($coordinator->safe_psql('city', "SELECT sum(b.total) FROM cis.account AS a $beside"),
	$coordinator->safe_psql('city', "SELECT sum(b.total) FROM cis.whole AS a $beside"), 'and rate by the new schedule');

Page::run_chapter(\%places, @blocks[ $compare + 1 .. $#blocks ]);
my $checked = "SELECT sum(total) FROM cis.checked_charges WHERE service_date = '2026-10-01' OR service_date = '$effective'";
$coordinator->safe_psql('city', "INSERT INTO cis.account SELECT account_no + 10000, class, meter, gallons, area, '$effective' FROM cis.whole");
like($coordinator->safe_psql('city', $checked), qr/^\d+\.\d\d$/, 'the view that compares gives its sums while they are');

$workers[1]->safe_psql('city', q(
	SELECT mission_rates.withdraw_schedule('Ordinance 6000');
	SELECT mission_rates.draft_schedule('Ordinance 7000');
	SELECT mission_rates.add_class('B1');
	UPDATE mission_rates.water_minimum SET amount = amount + 1 WHERE schedule = 'Ordinance 6000' AND meter_size = '3/4'));
my $node = $worker->(1);
is($differs->(), join("\n", "$node|label B1 of customer_class|extra", "$node|schedule Ordinance 6000|different", "$node|schedule Ordinance 7000|extra"),
	'what a node has otherwise is named');
$coordinator->psql('city', $checked, stderr => \$refusal);
like($refusal, qr/this node rates by "Ordinance 5244", the coordinator by "Ordinance 6000"/, 'and a node that lacks a schedule is refused by the view');
$workers[1]->safe_psql('city', "SELECT mission_rates.adopt_schedule('Ordinance 6000', '$effective', accept_warnings => true)");
$coordinator->psql('city', $checked, stderr => \$refusal);
like($refusal, qr/this node has other rates of "Ordinance 6000"/, 'as is one with other rates of that name');

done_testing();
