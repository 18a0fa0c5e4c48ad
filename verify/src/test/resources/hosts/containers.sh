# After docker.sh: containers of every kind.
docker network create --subnet 172.20.0.0/16 mynet >/dev/null
docker network create --subnet 172.21.0.0/16 --gateway 172.21.0.254 other >/dev/null
docker run -d --name web busybox sleep 1d >/dev/null
docker run -d --name rr1 --network mynet --network-alias rr -p 8080:80 busybox httpd -f -p 80 -h /etc >/dev/null
docker run -d --name rr2 --network mynet --network-alias rr busybox sh -c 'echo hello; echo oops >&2; exec sleep 1d' >/dev/null
docker network connect other rr2
docker run -d --name hosty --net host busybox sleep 1d >/dev/null
docker run -d --name lonely --net none busybox sleep 1d >/dev/null
docker run -d --name side --net container:web busybox sleep 1d >/dev/null
docker run --name done busybox sh -c 'echo bye; exit 3' >/dev/null || [[ $? == 3 ]]
docker create --name made busybox true >/dev/null
