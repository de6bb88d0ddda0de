# doc/ordinance.md defines every code of the reading that source, SQL and tests
# cite, and its worked examples are what the functions compute.
use strict;
use warnings;

use File::Find;
use FindBin;
use PostgreSQL::Test::Utils;
use Server;
use Test::More;

my $top = "$FindBin::Bin/../..";
my $reading = slurp_file("$top/doc/ordinance.md");

# ---- codes ----

my %defined;
foreach my $codes ($reading =~ /^\| ((?:[GCWSTDLUMF]\d+ ?)+)\|[^|]*\|[^|]*\|$/mg)
{
	$defined{$_}++ foreach split ' ', $codes;
}
is_deeply([ grep { $defined{$_} > 1 } sort keys %defined ], [], 'no code is defined twice');
my %last = (G => 15, C => 12, W => 16, S => 18, T => 15, D => 14, L => 15, U => 5, M => 7, F => 8);
my @all = map { my $letter = $_; map { "$letter$_" } 1 .. $last{$letter} } sort keys %last;
is_deeply([ sort keys %defined ], [ sort @all ], 'every code of the reading is defined');

# The codes that a comment cites: alone, in a list, or in a range such as W13-W15
sub cited
{
	my ($text) = @_;
	my @codes;
	while ($text =~ /\b([GCWSTDLUMF])([1-9]\d?)\b(?:-\1([1-9]\d?)\b)?/g)
	{
		push @codes, map { "$1$_" } $2 .. ($3 // $2);
	}
	return @codes;
}

is_deeply([ cited('see G3, W8 and W13-W15; not A1') ], [qw(G3 W8 W13 W14 W15)], 'codes are found in a text');

my %unknown;
my $citations = 0;
find(
	{
		no_chdir => 1,
		wanted => sub {
			return unless /\.(?:c|h|sql|pl|spec)$/;
			foreach my $code (cited(slurp_file($_)))
			{
				$citations++;
				$unknown{"$code in " . substr($File::Find::name, 1 + length $top)} = 1 unless $defined{$code};
			}
		}
	},
	map { "$top/$_" } qw(src sql test));
is_deeply([ sort keys %unknown ], [], 'every code that is cited is defined');
cmp_ok($citations, '>', 60, 'citations are found');

# ---- worked examples ----

my $node = new_server('main');
$node->safe_psql('postgres', 'CREATE EXTENSION mission_rates');

my $examples = 0;
while ($reading =~ /^\| ([^|]*) \| `([^`]*)\)` \| ([\d.]+) \|$/mg)
{
	my ($facts, $call, $amount) = ($1, $2, $3);
	$examples++;
	is($node->safe_psql('postgres', "SET search_path = mission_rates; SELECT $call, schedule => 'Ordinance 5244')"),
		$amount, $facts);
}
cmp_ok($examples, '>=', 23, 'the worked examples are there');

# ---- the figures of the places where another reading is arguable ----

$node->safe_psql('postgres', q{
	SELECT mission_rates.draft_schedule('Otherwise', based_on => 'Ordinance 5244');
	UPDATE mission_rates.class_rule SET outside_class = class WHERE schedule = 'Otherwise' AND class = 'A1';
	UPDATE mission_rates.sewer_rate SET factor = 0.65 WHERE schedule = 'Otherwise' AND class = 'A4'});
foreach (
	[ "sewer_charge('A4', 100000", '154.00', '103.25' ],
	[ "bill_total('A1', '3/4', 6000, 'outside'", '54.79', '43.39' ],
	[ "bill_total('A2', '2', 100000, 'outside'", '409.36' ],
	[ "bill_total('A8', '2', 100000", '404.22' ],
	[ "sewer_charge('A1', 6000", '17.70' ],
	[ "bill_total('A1', '3/4', 0", '20.50' ])
{
	my ($call, @amounts) = @$_;
	foreach my $schedule ('Ordinance 5244', 'Otherwise')
	{
		my $amount = shift @amounts or last;
		is($node->safe_psql('postgres', "SELECT mission_rates.$call, schedule => '$schedule')"), $amount, "$call) under $schedule");
		like($reading, qr/^\| [^|]+ \| [^|]+ \| [^|]+ \| [^|]*\Q$amount\E/m, 'the page says so');
	}
}

$node->stop;
done_testing();
