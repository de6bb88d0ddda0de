# The fenced blocks of a page of the documentation.  A block whose fence says where it runs (```sql each node) is run
# by the test of that page on the servers that it names; the plain ones are run by documents.pl.
package Page;
use strict;
use warnings;

use FindBin;
use IPC::Run qw(run);
use PostgreSQL::Test::Utils ();
use Test::More;

my $top = "$FindBin::Bin/../..";

# The blocks below one heading, in order: language, place, text
sub chapter
{
	my ($page, $heading) = @_;
	open my $file, '<:encoding(UTF-8)', "$top/$page" or die "$page: $!";
	local $/;
	my ($text) = <$file> =~ /^## \Q$heading\E\n(.*?)(?=^## |\z)/ms or die "$page has no chapter $heading";
	my @blocks;
	push @blocks, { language => $1, place => $2, text => $3 } while $text =~ /^```(\w+)(?: ([^\n]+))?\n(.*?)^```$/msg;
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

# Runs one block with psql; variables come as a hash.
sub run_block
{
	my ($node, $block, $variables) = @_;
	my ($out, $err) = ('', '');
	local $ENV{PGOPTIONS} = '-c client_min_messages=warning';
	my ($title) = $block->{text} =~ /\A(?:--[^\n]*\n)*([^\n]*)/;
	run [
		'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1',
		(map { ('-v', "$_=$variables->{$_}") } sort keys %$variables),
		'-d', $node->connstr('city') ],
	  '<', \$block->{text}, '>', \$out, '2>', \$err;
	is($err, '', $node->name . ": $title");
	return $out;
}

# Changes to a folder with the file ordinance-6000.json, a schedule raised by 6 percent that is not left on the node.
sub write_ordinance_6000
{
	my ($node) = @_;
	my $document = $node->safe_psql('city', q{
		DO $$BEGIN
			PERFORM mission_rates.draft_schedule('Ordinance 6000');
			PERFORM mission_rates.scale_schedule('Ordinance 6000', 6);
		END$$;
		SELECT mission_rates.schedule_document('Ordinance 6000')});
	$node->safe_psql('city', q{SELECT mission_rates.drop_draft('Ordinance 6000')});
	chdir PostgreSQL::Test::Utils::tempdir();
	PostgreSQL::Test::Utils::append_to_file('ordinance-6000.json', "$document\n");
	return;
}

# Runs the blocks of a chapter: %$places says which nodes a place stands for, each with its variables.  What a block
# prints is compared with the block "text" below it.
sub run_chapter
{
	my ($places, @blocks) = @_;
	for my $i (0 .. $#blocks)
	{
		my $block = $blocks[$i];
		next unless $block->{language} eq 'sql' && defined $block->{place};
		my $nodes = $places->{ $block->{place} } or die "no place $block->{place}";
		foreach my $pair (@$nodes)
		{
			my $out = run_block(@{$pair}[0], $block, @{$pair}[1]);
			next unless $i < $#blocks && $blocks[ $i + 1 ]{language} eq 'text';
			is(tidy($out), tidy($blocks[ $i + 1 ]{text}), $pair->[0]->name . ' prints what the page shows');
		}
	}
	return;
}

1;
