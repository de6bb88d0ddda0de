# Every recipe of the cookbook over a second city.  The statements are those of the pages, but for the sample data (the
# blocks that begin with INSERT INTO cis and print nothing), which test/cookbook replaces.  What they print is compared
# with an answer that is computed in a database without the extension, from the amounts as the ordinance prints them.
#
# test/cookbook/NAME.sql holds for each chapter of doc/NAME.md a part "-- ## Chapter": the second data, then, after a
# line "-- answer", the statements that print what the recipe must.  Each part is the data of its chapter in both
# databases.
use strict;
use warnings;

use FindBin;
use IPC::Run qw(run);
use Page;
use Server;
use Test::More;

my $top = "$FindBin::Bin/../..";
my $node = new_server('cookbook');
$node->safe_psql('postgres', 'CREATE DATABASE answers');
add_city($node, 'city');

sub text_of
{
	my ($file) = @_;
	open my $in, '<:encoding(UTF-8)', "$top/$file" or die "$file: $!";
	local $/;
	return <$in>;
}

sub anchor
{
	my ($heading) = @_;
	return lc($heading =~ s/[^\w\- ]//gr) =~ s/ /-/gr;
}

# What a text prints in a database: rows without heading and alignment; empty ones (of functions without a result) are
# left out.
sub rows
{
	my ($database, $sql, $what) = @_;
	my ($out, $err) = ('', '');
	local $ENV{PGOPTIONS} = '-c client_min_messages=warning';
	utf8::encode($sql);
	run [ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr($database) ], '<', \$sql, '>', \$out, '2>', \$err;
	is($err, '', "$what runs ($database)") if $err ne '';
	utf8::decode($out);
	return join '', map { "$_\n" } grep { $_ ne '' } split /\n/, $out;
}

sub prints
{
	my ($blocks, $i) = @_;
	return $i < $#$blocks && $blocks->[ $i + 1 ]{language} eq 'text';
}

sub is_sample
{
	my ($blocks, $i) = @_;
	return $blocks->[$i]{language} eq 'sql' && $blocks->[$i]{text} =~ /^INSERT INTO cis/ && !prints($blocks, $i);
}

# One chapter: its data at the place of its first sample, or first of all; its tables and views in both databases.
sub run_recipe
{
	my ($page, $heading, $part) = @_;
	my ($data, $answer) = split /^-- answer\n/m, $part;
	my $printed = '';
	my @blocks = Page::chapter($page, $heading);
	my ($at) = ((grep { is_sample(\@blocks, $_) } 0 .. $#blocks), 0);
	for my $i (0 .. $#blocks)
	{
		my $sql = $blocks[$i]{text};
		if ($i == $at)
		{
			rows($_, $data, "$heading: second data") foreach 'city', 'answers';
		}
		next if $blocks[$i]{language} ne 'sql' || is_sample(\@blocks, $i);
		rows('answers', $sql, $heading) if $sql =~ /^CREATE/ && $sql !~ /mission_rates/;
		my $rows = rows('city', $sql, $heading);
		$printed .= $rows if prints(\@blocks, $i);
	}
	is($printed, rows('answers', $answer, "$heading: answer"), "$page: $heading");
	isnt($printed, '', "$page: $heading prints something");
	return;
}

sub run_page
{
	my ($name) = @_;
	my (undef, %parts) = split /^-- ## (.*)\n/m, text_of("test/cookbook/$name.sql");
	my @headings = text_of("doc/$name.md") =~ /^## (.*)$/mg;
	foreach my $heading (grep { grep { $_->{language} eq 'sql' } Page::chapter("doc/$name.md", $_) } @headings)
	{
		my $part = delete $parts{$heading};
		ok(defined $part, "$heading has an answer") or next;
		run_recipe("doc/$name.md", $heading, $part);
	}
	is_deeply([ keys %parts ], [], "every answer of $name belongs to a chapter");
	my @listed = text_of('doc/cookbook.md') =~ /\]\(\Q$name\E\.md#([^)]*)\)/g;
	is_deeply(\@listed, [ map { anchor($_) } @headings ], "the index lists the chapters of $name") if $name =~ /-/;
	return;
}

# Each page goes on from the sample city.
run_page('cookbook');
$node->safe_psql('postgres', "ALTER DATABASE $_ RENAME TO ${_}_sample") foreach 'city', 'answers';
foreach my $page (grep { /-/ } glob "$top/doc/cookbook-*.md")
{
	my ($name) = $page =~ m{([^/]*)\.md$};
	foreach my $database ('city', 'answers')
	{
		$node->safe_psql('postgres', "DROP DATABASE IF EXISTS $database");
		$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE ${database}_sample");
	}
	run_page($name);
}

done_testing();
