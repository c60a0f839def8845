import { randomBytes } from 'node:crypto';
import type { KafkaSecurity, SaslMechanism } from '@florin/runtime';
import { type Certified, makeAuthority, makeCertificate } from './make-certificates.ts';

export type Login = { username: string; password: string };

/** Certificates and users of a private database server and broker that take no connection without TLS. */
export type InfraSecurity = {
  /** Certificate of the authority that certified the servers, in PEM. */
  ca: string;
  server: Certified;
  /** May do everything on the broker. */
  kafkaAdmin: Login;
  kafkaUsers: readonly Login[];
};

/** Makes new certificates, and a password for each user. */
export function makeInfraSecurity(usernames: readonly string[]): InfraSecurity {
  const authority = makeAuthority('Florin test authority');
  return {
    ca: authority.certificate,
    server: makeCertificate(authority, 'florin-server', ['localhost', '127.0.0.1']),
    kafkaAdmin: loginOf('admin'),
    kafkaUsers: usernames.map(loginOf),
  };
}

/** How a user connects to the broker. */
export function kafkaSecurityOf(
  security: InfraSecurity,
  username = security.kafkaAdmin.username,
  mechanism: SaslMechanism = 'scram-sha-512',
): Exclude<KafkaSecurity, 'plaintext'> {
  return { ca: security.ca, login: { mechanism, ...findLogin(security, username) } };
}

function findLogin({ kafkaAdmin, kafkaUsers }: InfraSecurity, username: string): Login {
  const login = [kafkaAdmin, ...kafkaUsers].find((user) => user.username === username);
  if (login === undefined) throw new Error(`The broker has no user ${username}`);
  return login;
}

function loginOf(username: string): Login {
  return { username, password: randomBytes(18).toString('base64url') };
}

/** The settings of a service or command that connects as this user of the broker. */
export function transportEnvironment(security: InfraSecurity, username: string): Record<string, string> {
  const { ca } = security;
  const { password } = findLogin(security, username);
  return {
    KAFKA_SECURITY: 'sasl_ssl',
    KAFKA_TLS_CA: ca,
    KAFKA_SASL_USERNAME: username,
    KAFKA_SASL_PASSWORD: password,
    DATABASE_TLS: 'required',
    DATABASE_TLS_CA: ca,
  };
}
