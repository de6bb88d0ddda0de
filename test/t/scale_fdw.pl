# The chapter of doc/scale.md on accounts on several servers, as its statements stand there: a coordinator and two
# nodes.  The totals are those of one server with all accounts, the nodes rate, and a node that was forgotten in a rate
# change is found.
use strict;
use warnings;

use Page;
use Server;
use Test::More;

sub new_node
{
	my ($name) = @_;
	my $node = new_server($name);
	$node->safe_psql('postgres', 'CREATE DATABASE city');
	return $node;
}

# Every node has the accounts of its number, so that both together have all of them.
sub add_accounts
{
	my ($node, $condition) = @_;
	$node->safe_psql('city', qq(
		CREATE EXTENSION mission_rates;
		CREATE SCHEMA cis;
		CREATE TABLE cis.account AS
		SELECT n AS account_no, (ARRAY['A1', 'A2', 'A3', 'A1', 'A7'])[1 + n % 5] AS class,
			(ARRAY[0.75, 1, 2])[1 + n % 3] AS meter, n * 10 AS gallons, 'inside' AS area,
			date '2026-09-01' + n % 2 * 30 AS service_date
		FROM generate_series(1, 3000) AS n
		WHERE $condition;
	));
	return;
}

my ($coordinator, $north, $south, $whole) = map { new_node($_) } qw(coordinator north south whole);
add_accounts($north, 'n % 3 = 0');
add_accounts($south, 'n % 3 > 0');
add_accounts($whole, 'true');

my $effective = $whole->safe_psql('city', 'SELECT current_date + 400');
Page::write_ordinance_6000($whole);
my %nodes = (north => $north, south => $south);
my %settings;
$settings{$_} = { node => $_, effective => $effective } foreach keys %nodes;
my %at = map { ("${_}_host" => $nodes{$_}->host, "${_}_port" => $nodes{$_}->port) } keys %nodes;

my %places = (
	'each node' => [ map { [ $nodes{$_}, $settings{$_} ] } sort keys %nodes ],
	'coordinator' => [ [ $coordinator, \%at ] ]);
my @blocks = Page::chapter('doc/scale.md', 'Accounts on several servers');
my ($change) = grep { $blocks[$_]{text} =~ /adopt_schedule/ } 0 .. $#blocks;

# Up to the rate change
Page::run_chapter(\%places, @blocks[ 0 .. $change - 1 ]);

# ---- totals ----

my $sums = "sum(bills), sum(set_aside), sum(gallons), sum(total)";
my $one_server = $whole->safe_psql('city', q(
	SELECT class, count(*) FILTER (WHERE c.problem IS NULL), count(*) FILTER (WHERE c.problem IS NOT NULL),
		coalesce(sum(a.gallons) FILTER (WHERE c.problem IS NULL), 0), coalesce(sum(c.total), 0.00)
	FROM cis.account AS a CROSS JOIN LATERAL mission_rates.account_charges(a) AS c
	WHERE a.service_date = '2026-10-01' GROUP BY class ORDER BY class));
my $by_class = "SELECT class, $sums FROM cis.revenue WHERE service_date = '2026-10-01' GROUP BY class ORDER BY class";
is($coordinator->safe_psql('city', $by_class), $one_server, 'the totals are those of one server');
cmp_ok(length $one_server, '>', 60, 'and they are some');

# ---- who rates ----

my $plan = $coordinator->safe_psql('city', "EXPLAIN (VERBOSE, COSTS OFF) $by_class");
my @asked = $plan =~ /Async Foreign Scan on cis\.(revenue_\w+)/g;
is_deeply([ sort @asked ], [qw(revenue_north revenue_south)], 'both nodes are asked at once');
my @sent = $plan =~ /Remote SQL: (SELECT .* FROM cis\.revenue_here WHERE \(\(service_date = '2026-10-01'(?:::date)?\)\))/g;
is(scalar @sent, 2, 'the view and the date are what is sent');
is($coordinator->safe_psql('city', "SELECT count(*) FROM pg_extension WHERE extname = 'mission_rates'"),
	0, 'the coordinator could not rate at all');

my $by_node = $coordinator->safe_psql('city', "SET enable_partitionwise_aggregate = on;
	EXPLAIN (VERBOSE, COSTS OFF) SELECT node, sum(total) FROM cis.revenue GROUP BY node");
like($by_node, qr/Remote SQL: SELECT node, sum\(total\) FROM cis\.revenue_here GROUP BY 1/, 'by node, the nodes group too');

# ---- a rate change, and the node that was forgotten ----

my ($compare) = grep { $_ > $change && ($blocks[$_]{place} // '') eq 'coordinator' } 0 .. $#blocks;
my $different = sub { return Page::run_block($coordinator, $blocks[$compare], {}); };

like($different->(), qr/\(0 rows\)/, 'before the change all nodes are alike');
Page::run_block($north, $blocks[$change], $settings{north});
like($different->(), qr/Ordinance 6000 \| north\s+\(1 row\)/, 'the node that was forgotten is found');

$south->safe_psql('city', qq(
	SELECT mission_rates.draft_schedule('Ordinance 6000');
	SELECT count(*) FROM mission_rates.scale_schedule('Ordinance 6000', 7);
	SELECT mission_rates.adopt_schedule('Ordinance 6000', '$effective', accept_warnings => true)));
like($different->(), qr/Ordinance 6000 \| north\s+Ordinance 6000 \| south\s+\(2 rows\)/, 'one that differs is found');

$south->safe_psql('city', q(
	SELECT mission_rates.withdraw_schedule('Ordinance 6000');
	SELECT mission_rates.drop_draft('Ordinance 6000')));
Page::run_block($south, $blocks[$change], $settings{south});
like($different->(), qr/\(0 rows\)/, 'after the change all nodes are alike again');

$whole->safe_psql('city', qq(
	SELECT mission_rates.draft_schedule('Ordinance 6000');
	SELECT count(*) FROM mission_rates.scale_schedule('Ordinance 6000', 6);
	SELECT mission_rates.adopt_schedule('Ordinance 6000', '$effective', accept_warnings => true)));
is( $coordinator->safe_psql('city', "SELECT sum(total) FROM cis.revenue_what_if WHERE schedule = 'Ordinance 6000'"),
	$whole->safe_psql('city', "SELECT sum(mission_rates.account_total(a, 'Ordinance 6000')) FROM cis.account AS a"),
	'the new rates give what one server gives');

done_testing();
