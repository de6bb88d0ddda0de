# Servers with the private installation.  The superuser is postgres, and locale and time zone are the same, whoever runs
# the test.
package Server;
use strict;
use warnings;

use Exporter 'import';
use PostgreSQL::Test::Cluster;

our @EXPORT = qw(new_server add_city);

$ENV{PGUSER} = 'postgres';

# Further settings are one text; what init takes follows them.
sub new_server
{
	my ($name, $settings, %init) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	$node->init(extra => [ qw(-U postgres --locale=C --encoding=UTF8) ], %init);
	$node->append_conf('postgresql.conf', join "\n", $ENV{MISSION_RATES_CONF} // '', "timezone = 'UTC'", 'log_statement = none', $settings // '');
	$node->start;
	return $node;
}

# Databases with the extension
sub add_city
{
	my ($node, @databases) = @_;
	foreach my $database (@databases)
	{
		$node->safe_psql('postgres', "CREATE DATABASE $database");
		$node->safe_psql($database, 'CREATE EXTENSION mission_rates');
	}
	return;
}

1;
