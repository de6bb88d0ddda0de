# The commands of doc/tariffs.md, in a shell, in the order of the page: each
# prints what the page shows below it.
use strict;
use warnings;

use FindBin;
use IPC::Run qw(run);
use Page;
use PostgreSQL::Test::Utils;
use Server;
use Test::More;

plan skip_all => 'git is not installed' unless eval { run [ 'git', '--version' ], '>', \my $version, '2>', \my $noise };

my $top = "$FindBin::Bin/../..";
my $node = new_server('main');
add_city($node, 'test', 'production');

# One shell, so that a block goes on where the one before stopped; a line says where each ends.
my $page = slurp_file("$top/doc/tariffs.md");
my @blocks;
push @blocks, [ $1, $2 ] while $page =~ /^```(\w+)\n(.*?)^```$/msg;
my ($script, @expected) = ('');
foreach my $i (0 .. $#blocks)
{
	next unless $blocks[$i][0] eq 'sh';
	$script .= "$blocks[$i][1]echo '==== end of block'\n";
	push @expected, $i < $#blocks && $blocks[ $i + 1 ][0] eq 'text' ? $blocks[ $i + 1 ][1] : undef;
}
# The documentation need not be installed where it is tested.
$script =~ s{\$\(pg_config --docdir\)/extension/mission_rates/doc}{$top/doc};

local %ENV = (%ENV,
	PGHOST => $node->host, PGPORT => $node->port, PGCLIENTENCODING => 'UTF8', HOME => PostgreSQL::Test::Utils::tempdir(),
	GIT_AUTHOR_NAME => 'Clerk', GIT_AUTHOR_EMAIL => 'clerk@example.org', GIT_COMMITTER_NAME => 'Clerk',
	GIT_COMMITTER_EMAIL => 'clerk@example.org', GIT_CONFIG_NOSYSTEM => 1);
chdir $ENV{HOME};
my ($out, $err) = ('', '');
run [ 'sh', '-e' ], '<', \$script, '>', \$out, '2>', \$err;
is($err =~ s/^(?:WARNING|DETAIL|HINT):.*\n//mgr, '', 'the commands run without a message of error');

my @printed = split /^==== end of block\n/m, $out, -1;
is(scalar(@printed), @expected + 1, 'every block runs to its end');
foreach my $i (0 .. $#expected)
{
	is(Page::tidy($printed[$i] // ''), Page::tidy($expected[$i]), 'block ' . ($i + 1) . ' prints what the page shows') if defined $expected[$i];
}

$node->stop;
done_testing();
