# Version 1.0 is frozen: what changes comes as a step from it.  A database that
# was made by 1.0 would never get a change of its script.
use strict;
use warnings;

use Digest::SHA;
use FindBin;
use Test::More;

my $digest = Digest::SHA->new(256);
$digest->addfile($_) foreach sort glob("$FindBin::Bin/../../sql/[0-9]*.sql");
is( $digest->hexdigest,
	'eec317ae3f2038468910f88cc4d99435143f66da5488615dfa31c66deb352b38',
	'the parts of the install script of 1.0 are as they were released');
done_testing();
