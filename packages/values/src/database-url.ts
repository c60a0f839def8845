import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';

/** Whether connections to a database use TLS. `ca` has certificates in PEM; without it, those of well-known authorities are trusted. */
export type DatabaseTls = 'off' | { ca?: string };

export type DatabaseAddress = {
  host: string;
  port: number;
  user: string;
  password: string;
  /** Empty for the server itself. */
  database: string;
  tls: DatabaseTls;
};

const DEFAULT_PORT = 3306;

/** The address of a MySQL database, with the password of its user: a secret setting. */
export function databaseUrl(): StringSchema {
  return Joi.string().uri({ scheme: 'mysql' }).custom(refuseFaults).meta({ isSecret: true });
}

function refuseFaults(url: string, helpers: CustomHelpers): string | ErrorReport {
  const fault = faultOf(new URL(url));
  return fault === undefined ? url : helpers.message({ custom: `{{#label}} ${fault}` });
}

/**
 * Reads `mysql://user:password@host:port/database`. Its parameters `tls` (required or off) and `ca` (PEM) say whether connections
 * use TLS, so that every connection that is given the address does. Without them it is off.
 *
 * @throws Error if it has another parameter, or TLS cannot check the server's name
 */
export function readDatabaseUrl(url: string): DatabaseAddress {
  const parsed = new URL(url);
  const fault = faultOf(parsed);
  if (fault !== undefined) throw new Error(`The address of the database ${fault}`);
  const ca = parsed.searchParams.get('ca');
  return {
    host: hostOf(parsed),
    port: Number(parsed.port || DEFAULT_PORT),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)),
    tls: parsed.searchParams.get('tls') === 'required' ? { ...(ca !== null && { ca }) } : 'off',
  };
}

/**
 * Adds to an address whether connections use TLS. What the address itself says takes precedence.
 *
 * @throws Error like `readDatabaseUrl`
 */
export function withDatabaseTls(url: string, tls: DatabaseTls): string {
  readDatabaseUrl(url);
  const parsed = new URL(url);
  if (tls !== 'off' && !parsed.searchParams.has('tls')) {
    parsed.searchParams.set('tls', 'required');
    if (tls.ca !== undefined) parsed.searchParams.set('ca', tls.ca);
  }
  readDatabaseUrl(parsed.href);
  return parsed.search === '' ? url : parsed.href;
}

/** Another database at the same server, with the same parameters. */
export function atDatabase(url: string, database: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return parsed.href;
}

/** No message contains the address: it has a password. */
function faultOf(url: URL): string | undefined {
  const { searchParams } = url;
  const unknown = [...searchParams.keys()].filter((name) => name !== 'tls' && name !== 'ca');
  if (unknown.length > 0)
    return `has the unknown parameter ${unknown.join(', ')}. For TLS set DATABASE_TLS=required, or the parameter tls=required`;
  const tls = searchParams.get('tls');
  if (tls !== null && tls !== 'required' && tls !== 'off') return 'has a parameter tls that is neither required nor off';
  if (tls !== 'required') return searchParams.has('ca') ? 'has a parameter ca, which needs tls=required' : undefined;
  return isUncheckable(hostOf(url))
    ? 'needs a host name for TLS, which the server’s certificate names: it has an IP address'
    : undefined;
}

/** mysql2 checks the certificate of an IP address against `localhost`, which is right for the loopback addresses only. */
function isUncheckable(host: string): boolean {
  const isAddress = host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host);
  return isAddress && host !== '::1' && !host.startsWith('127.');
}

/** Without the brackets of an IPv6 address, which Node's sockets do not take. */
function hostOf({ hostname }: URL): string {
  return decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1');
}
