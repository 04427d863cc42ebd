#!/bin/sh
# /usr/local/bin/alongside: any command of Alongside, as its own user and with the place's settings. As root.
exec systemd-run --quiet --pipe --wait --collect --uid=alongside --gid=alongside \
    --property=EnvironmentFile=/etc/alongside/environment --property=EnvironmentFile=-/etc/alongside/owner \
    --property=UMask=0077 --property=WorkingDirectory=/opt/alongside \
    /opt/alongside/.venv/bin/alongside "$@"
