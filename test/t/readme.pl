# Every SQL block of README.md runs, in order, in one database, and prints what
# the block below it shows.
use strict;
use warnings;

use FindBin;
use IPC::Run qw(run);
use PostgreSQL::Test::Cluster;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', $ENV{MISSION_RATES_CONF} // '');
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE readme');

# The fenced blocks of the file, as pairs of language and text.
sub blocks
{
	open my $file, '<:encoding(UTF-8)', "$FindBin::Bin/../../README.md" or die "README.md: $!";
	my $text = do { local $/; <$file> };
	my @blocks;
	push @blocks, [ $1, $2 ] while $text =~ /^```(\w+)\n(.*?)^```$/msg;
	return @blocks;
}

# Blanks at the ends of lines, and empty lines at the end, do not count.
sub tidy
{
	my ($text) = @_;
	$text =~ s/[ \t]+$//mg;
	$text =~ s/\n+\z/\n/;
	return $text;
}

my @blocks = blocks();
for my $i (0 .. $#blocks)
{
	my ($language, $sql) = @{ $blocks[$i] };
	next unless $language eq 'sql';
	my ($title) = $sql =~ /\A(.*)$/m;
	my ($out, $err) = ('', '');
	run [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('readme') ], '<', \$sql, '>', \$out, '2>', \$err;
	is($err, '', "runs: $title");
	is(tidy($out), tidy($blocks[ $i + 1 ][1]), "prints what README shows: $title")
	  if $i < $#blocks && $blocks[ $i + 1 ][0] eq 'text';
}
cmp_ok(scalar(grep { $_->[0] eq 'sql' } @blocks), '>', 9, 'README has its SQL blocks');

$node->stop;
done_testing();
