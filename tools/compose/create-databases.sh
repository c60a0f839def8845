#!/bin/bash
# Run by the MySQL image when it makes its data directory: a database and a user of its own for each service.
set -euo pipefail
for service in auth product payment; do
  password_of="${service^^}_DB_PASSWORD"
  MYSQL_PWD=$MYSQL_ROOT_PASSWORD mysql --user=root <<SQL
CREATE DATABASE florin_$service CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER 'florin_$service'@'%' IDENTIFIED BY '${!password_of:-florin}';
GRANT ALL ON florin_$service.* TO 'florin_$service'@'%';
SQL
done
