# places.sh: where the readers of a program of "make stress" are.  To be sourced by bash.
#
# Beside the primary, the database of PGDATABASE, there is the same one on a physical standby, and a database that
# subscribes to its rate tables.

subscriber=${PGDATABASE}_subscriber

# Runs a command for one of the places.
at() {
	case $1 in
	primary) "${@:2}" ;;
	standby) PGPORT=$STRESS_STANDBY_PORT "${@:2}" ;;
	subscriber) PGDATABASE=$subscriber "${@:2}" ;;
	esac
}

# Makes the subscriber, and runs a script in it and then in the primary: what the latter writes to rates is replicated.
# The variable "subscriber" tells the script where it is.
set_up() {
	psql -Xqc "CREATE DATABASE $subscriber"
	psql -XAtq -v ON_ERROR_STOP=1 <<-END
		SELECT format('CREATE PUBLICATION rates FOR TABLE %s', string_agg('mission_rates.' || rate_table, ', '))
			FROM _mission_rates.rate_tables() \gexec
		SELECT pg_create_logical_replication_slot('$subscriber', 'pgoutput') \g /dev/null
	END
	at subscriber psql -Xq -v ON_ERROR_STOP=1 -v subscriber=true -c 'CREATE EXTENSION mission_rates' -f "$1" -c "
		CREATE SUBSCRIPTION $subscriber CONNECTION 'host=$PGHOST user=$PGUSER dbname=$PGDATABASE' PUBLICATION rates
		WITH (copy_data = false, create_slot = false)"
	psql -Xq -v ON_ERROR_STOP=1 -v subscriber=false -f "$1"
	catch_up
}

# Waits until the other places have seen all that was written; fails where they never do.
catch_up() {
	psql -Xq -v ON_ERROR_STOP=1 <<-'END'
		DO $$
		DECLARE
			written pg_lsn := pg_current_wal_insert_lsn();
		BEGIN
			FOR n IN 1 .. 600 LOOP
				IF (SELECT count(*) FILTER (WHERE r.replay_lsn >= written) FROM pg_stat_replication AS r) = 2 THEN
					RETURN;
				END IF;
				PERFORM pg_sleep(0.2);
			END LOOP;
			RAISE 'the standby or the subscriber is not following';
		END;
		$$;
	END
}

# Ends the subscription; fails where the places have not arrived at the same rates.
tear_down() {
	local place rates all=()

	catch_up
	for place in primary standby subscriber; do
		rates=$(at "$place" psql -XAtqc "SELECT md5(string_agg(s.schedule || mission_rates.schedule_fingerprint(s.schedule), ','
			ORDER BY s.schedule COLLATE \"C\")) FROM mission_rates.schedule AS s")
		all+=("$rates")
	done
	at subscriber psql -Xqc "SET client_min_messages = warning" -c "DROP SUBSCRIPTION $subscriber"
	[ "${all[0]}" = "${all[1]}" ] && [ "${all[0]}" = "${all[2]}" ] && return 0
	echo "the places have different rates: ${all[*]}"
	return 1
}
