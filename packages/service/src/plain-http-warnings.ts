import type { ServiceConfig } from './service-definition.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** The warning for the log of a service in production whose HTTP others on the network can read. */
export function plainHttpWarnings({
  isProduction,
  host,
  httpTls,
}: Pick<ServiceConfig, 'isProduction' | 'host' | 'httpTls'>): string[] {
  if (!isProduction || httpTls !== undefined || LOOPBACK.has(host)) return [];
  return [`HTTP without TLS on ${host}: set HTTP_TLS_CERTIFICATE, or keep gateway and services on a private network`];
}
