# Sourced by /usr/bin/lab and by the package's scripts: where the package keeps what.
# The kind of machine is read where no environment can say otherwise.
drydock_jars=/usr/share/drydock/lib
drydock_labs=/usr/share/drydock/labs
drydock_native=/usr/lib/drydock/${BASH_VERSINFO[5]%%-*}
drydock_archive=/var/cache/drydock/lab.jsa
source /usr/share/drydock/java.bash
