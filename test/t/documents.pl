# Every SQL block of README.md and of the pages in doc/ runs, in order, in one
# database for each page, and prints what the block "text" below it shows, or the
# values in comments behind its statements, "-- → 40.45".  A page doc/NAME-MORE.md
# begins with what the blocks of doc/NAME.md made.  Every link within the
# documentation leads somewhere.
use strict;
use utf8;
use warnings;

use Encode;
use FindBin;
use IPC::Run qw(run);
use Page;
use Server;
use Test::More;

my $top = "$FindBin::Bin/../..";
my @pages = map { substr $_, 1 + length $top } grep { -e } "$top/README.md", "$top/CONTRIBUTING.md", sort glob "$top/doc/*.md";

sub text_of
{
	my ($page) = @_;
	open my $file, '<:encoding(UTF-8)', "$top/$page" or die "$page: $!";
	local $/;
	return <$file>;
}

# The fenced blocks of a page, as pairs of language and text
sub blocks
{
	my ($text) = @_;
	my @blocks;
	push @blocks, [ $1, $2 ] while $text =~ /^```(\w+)\n(.*?)^```$/msg;
	return @blocks;
}

# ---- SQL ----

my $node = new_server('main');

sub run_blocks
{
	my ($page, @blocks) = @_;
	for my $i (0 .. $#blocks)
	{
		my ($language, $sql) = @{ $blocks[$i] };
		next unless $language eq 'sql';
		my ($out, $err) = ('', '');
		my @values = map { Encode::encode_utf8($_) } $sql =~ /;[ ]+--[ ]→[ ](.*)$/mg;
		$sql = Encode::encode_utf8($sql);
		my ($title) = $sql =~ /\A(.*)$/m;
		run [ 'psql', '-X', '-q', @values ? '-At' : (), '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('city') ],
		  '<', \$sql, '>', \$out, '2>', \$err;
		is($err, '', "$page runs: $title");
		is($out, join('', map { "$_\n" } @values), "$page has the values: $title") if @values;
		is(Page::tidy($out), Page::tidy($blocks[ $i + 1 ][1]), "$page prints what it shows: $title")
		  if $i < $#blocks && $blocks[ $i + 1 ][0] eq 'text';
	}
	return;
}

# A page and those that go on from it; the database is set back before each of these.  Roles go with the family.
sub run_family
{
	my ($first, @others) = @_;
	$node->safe_psql('postgres', 'CREATE DATABASE city');
	$node->safe_psql('city', 'CREATE EXTENSION mission_rates') unless $first eq 'README.md';
	run_blocks($first, blocks(text_of($first)));
	$node->safe_psql('postgres', 'ALTER DATABASE city RENAME TO sample');
	foreach my $page (@others)
	{
		$node->safe_psql('postgres', 'CREATE DATABASE city TEMPLATE sample');
		run_blocks($page, blocks(text_of($page)));
		$node->safe_psql('postgres', 'DROP DATABASE city');
	}
	$node->safe_psql('postgres', q{DROP DATABASE sample;
		SELECT format('DROP ROLE %I', rolname) FROM pg_roles WHERE oid > 16383 \gexec});
	return;
}

my @with_sql = grep { grep { $_->[0] eq 'sql' } blocks(text_of($_)) } @pages;
foreach my $first (grep { !/-/ } @with_sql)
{
	my ($stem) = $first =~ /(.*)\.md$/;
	run_family($first, grep { /^\Q$stem\E-/ } @with_sql);
}
cmp_ok(scalar(grep { $_->[0] eq 'sql' } blocks(text_of('README.md'))), '>', 6, 'README has its SQL blocks');

# ---- links ----

# The anchors of a page's headings, as forges make them
sub anchors
{
	my ($text) = @_;
	$text =~ s/^```.*?^```$//msg;
	my %anchors;
	foreach my $heading ($text =~ /^#+ (.*)$/mg)
	{
		my $anchor = lc $heading;
		$anchor =~ s/[^\w\- ]//g;
		$anchor =~ s/ /-/g;
		$anchors{$anchor} = 1;
	}
	return %anchors;
}

foreach my $page (@pages)
{
	my $text = text_of($page);
	my ($folder) = $page =~ m{^(.*/)};
	my @broken;
	$text =~ s/^```.*?^```$//msg;
	foreach my $link ($text =~ /\]\(([^)\s]+)\)/g)
	{
		next if $link =~ /^(?:https?|mailto):/;
		my ($file, $anchor) = $link =~ /^([^#]*)#?(.*)$/;
		my $target = $file eq '' ? $page : ($folder // '') . $file;
		$target =~ s{\w+/\.\./}{}g;
		push @broken, $link unless -e "$top/$target" && ($anchor eq '' || { anchors(text_of($target)) }->{$anchor});
	}
	is_deeply(\@broken, [], "the links of $page");
}

# ---- files ----

# What pages for developers name is there, but for what a build or a release makes.
foreach my $page (grep { /CONTRIBUTING|design/ } @pages)
{
	my $text = text_of($page);
	$text =~ s/^```.*?^```$//msg;
	my @missing;
	foreach my $name ($text =~ m{`((?:bin|src|sql|test|expected|doc)/[^`\s]*)`}g)
	{
		my @found = grep { -e } glob "$top/$name";
		push @missing, $name unless @found || $name =~ m{--1\.|NAME|^test/upgrade/};
	}
	is_deeply(\@missing, [], "the files that $page names");
}

done_testing();
