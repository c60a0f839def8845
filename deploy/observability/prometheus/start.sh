#!/bin/sh
# Starts Prometheus in the compose profile `observability`, with prometheus.yml for services that speak SERVICES_PROTOCOL, http
# (default) or https. HTTP_TLS_CA has the authorities that certify them; without it the well-known ones do.
set -eu
etc=${PROMETHEUS_ETC:-/etc/prometheus}
work=${TMPDIR:-/tmp}
ca=$work/services-ca.pem

if [ -n "${HTTP_TLS_CA:-}" ]; then
  printf '%s\n' "$HTTP_TLS_CA" >"$ca"
  authority="s|ca_file: [^,]*|ca_file: $ca|"
else
  authority='s|ca_file: [^,]*, ||'
fi
sed -e "s|^    scheme: http\$|    scheme: ${SERVICES_PROTOCOL:-http}|" -e "$authority" -e "s|rules/|$etc/rules/|" \
  "$etc/prometheus.yml" >"$work/prometheus.yml"
exec prometheus --config.file="$work/prometheus.yml" "$@"
