#!/bin/sh
# Runs in a Debian 13 container: makes of Debian's own WordPress packages an archive shaped like wordpress.org's, for
# machines that cannot reach that site, and prints its release. $1: folder for wordpress.tar.gz.
set -eu
cd "$(mktemp -d)"
{
  apt-get update
  libraries=$(apt-cache depends wordpress | sed -nE 's/.*Depends: ((libjs-|php-getid3)[a-z0-9-]*)$/\1/p')
  # shellcheck disable=SC2086
  apt-get download wordpress wordpress-theme-twentytwentyfive $libraries
  for package in ./*.deb; do dpkg-deb -x "$package" unpacked; done
  mv unpacked/usr/share/wordpress unpacked/usr/share/wordpress.debian
  # Debian links to its other packages; what cannot be followed belongs to its own way of configuring.
  (cd unpacked/usr/share/wordpress.debian && find . -xtype l -delete && rm -f wp-config.php)
  cp -RL unpacked/usr/share/wordpress.debian wordpress
  tar --sort=name --owner=0 --group=0 --numeric-owner -czf "$1/wordpress.tar.gz" wordpress
} >&2
sed -nE "s/^\\\$wp_version = '([^']+)';\$/\\1/p" wordpress/wp-includes/version.php
