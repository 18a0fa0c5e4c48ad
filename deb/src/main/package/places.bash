# Sourced by /usr/bin/lab and by the package's scripts: where the package keeps what.
drydock_jars=/usr/share/drydock/lib
drydock_labs=/usr/share/drydock/labs
drydock_native=/usr/lib/drydock/$HOSTTYPE
drydock_archive=/var/cache/drydock/lab.jsa
source /usr/share/drydock/java.bash
